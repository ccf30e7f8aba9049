"""Passes: the short-lived addresses to which a panel sends those whom it lets in."""

import secrets
import time
from dataclasses import dataclass
from threading import Lock

from stb.portal.connections import Seat, Viewing

PASS_S = 5.0
"""How long a pass may be used for the first time."""
FILM_S = 4 * 3600.0
"""How long a film may be wound with one that was used in time."""


@dataclass(slots=True, eq=False)
class Pass:
    """Leave to watch one thing."""

    viewing: Viewing
    ends: float
    seat: Seat | None = None
    """Where its viewer sits; None before the first use."""


class Passes:
    """Those that are good now."""

    def __init__(self, pass_s: float = PASS_S) -> None:
        """Let each be used within so many seconds."""
        self._pass_s = pass_s
        self._good: dict[str, Pass] = {}
        self._lock = Lock()

    def issue(self, viewing: Viewing, pass_s: float | None = None) -> str:
        """The token of a new pass, to be used within so many seconds; may be asked from any thread."""
        now = time.monotonic()
        token = secrets.token_hex(16)
        with self._lock:
            self._good = {token: each for token, each in self._good.items() if each.ends > now}
            self._good[token] = Pass(viewing, now + (self._pass_s if pass_s is None else pass_s))
        return token

    def find(self, token: str) -> Pass | None:
        """A pass that is good now, or None."""
        found = self._good.get(token)
        return found if found is not None and found.ends > time.monotonic() else None

    @staticmethod
    def prolong(each: Pass) -> None:
        """Let a film be wound: players come back to where they were sent, again and again."""
        each.ends = time.monotonic() + FILM_S
