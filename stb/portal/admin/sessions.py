"""Who is signed in to the panel."""

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from stb.portal.audit import FLOOD, LOGIN, REFUSED
from stb.portal.staff import Administrator
from stb.portal.world import World

COOKIE = "PHPSESSID"
IDLE_S = 60 * 60.0
"""A session that nobody has used for so long has ended."""
MOST_REFUSED = 10
"""Refusals within a day after which an address may not try any more."""
_WITHIN = timedelta(days=1)
_MOST = 1000
"""Sessions kept at once; the oldest goes."""


@dataclass(slots=True)
class _Session:
    administrator: int
    address: str
    used: float


class Sessions:
    """Those that are good now. Each belongs to the address it began at."""

    def __init__(self, world: World, clock: Callable[[], float] = time.monotonic) -> None:
        """Let the staff of this world in; the clock counts seconds."""
        self._world = world
        self._clock = clock
        self._open: dict[str, _Session] = {}
        self._one_at_a_time = threading.Lock()

    def sign_in(self, name: str, password: str, address: str) -> str | None:
        """The token of a new session, whatever the browser had before; None: not let in."""
        with self._one_at_a_time:  # else many at once are counted too late; and a hash takes much memory
            who = self._recognised(name, password, address)
        if who is None:
            return None
        if len(self._open) >= _MOST:
            self._open.pop(next(iter(self._open)), None)
        token = secrets.token_hex(32)
        self._open[token] = _Session(who.id, address, self._clock())
        return token

    def _recognised(self, name: str, password: str, address: str) -> Administrator | None:
        audit = self._world.audit
        if audit.logins(address, REFUSED, _WITHIN) >= MOST_REFUSED:
            if not audit.logins(address, FLOOD, _WITHIN):  # or whoever goes on fills the disk
                audit.write(name, address, LOGIN, "", FLOOD)
            return None
        who = self._world.staff.sign_in(name, password)
        audit.write(name, address, LOGIN, "", REFUSED if who is None else "true")
        return who

    def find(self, token: str, address: str) -> Administrator | None:
        """Who is signed in with this token at this address; None: nobody, or no longer."""
        session = self._open.get(token)
        if session is None or session.address != address:
            return None
        if self._clock() - session.used > IDLE_S:
            self.end(token)
            return None
        session.used = self._clock()
        return self._world.staff.with_id(session.administrator)

    def end(self, token: str) -> None:
        """Sign out."""
        self._open.pop(token, None)
