"""Set-top boxes that an operator of the Stalker kind goes by: one for each hardware address."""

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from stb.errors import PortalError
from stb.portal.books import Books, Row

SCHEMA = """
CREATE TABLE IF NOT EXISTS mac (
    id INTEGER PRIMARY KEY,
    mac TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'blocked', 'deleted')),
    expires INTEGER,
    login TEXT NOT NULL DEFAULT '',
    token TEXT NOT NULL DEFAULT '',
    panel_token TEXT NOT NULL DEFAULT '',
    device_id TEXT NOT NULL DEFAULT '',
    device_id2 TEXT NOT NULL DEFAULT '',
    serial TEXT NOT NULL DEFAULT '',
    banned INTEGER NOT NULL DEFAULT 0,
    favourites TEXT NOT NULL DEFAULT '',
    favourite_films TEXT NOT NULL DEFAULT '',
    locked TEXT NOT NULL DEFAULT '',
    closed TEXT NOT NULL DEFAULT '',
    only_favourites INTEGER NOT NULL DEFAULT 0,
    last_channel INTEGER NOT NULL DEFAULT 0,
    parent_password TEXT NOT NULL DEFAULT '0000',
    settings_password TEXT NOT NULL DEFAULT '0000',
    added INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS mac_rules (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    rules TEXT NOT NULL
) STRICT
"""
CONNECTIONS = 2
"""How many may watch at once with a box: what is left, and what is zapped to."""
_MAC = re.compile("(?:[0-9A-F]{2}:){5}[0-9A-F]{2}")
_LOOK_ALIKES = str.maketrans("АВСЕ", "ABCE")  # noqa: RUF001 # what this is about


class MacStatus(StrEnum):
    """What the operator says of a box."""

    ACTIVE = "active"
    BLOCKED = "blocked"
    EXPIRED = "expired"
    DELETED = "deleted"
    """Was known; its token is no longer good."""


class Strangers(StrEnum):
    """What becomes of a box that nobody has entered."""

    WELCOME = "welcome"
    """It is entered by itself."""
    REFUSED = "refused"
    SIGN_IN = "sign-in"
    """Its viewer has to give name and password of a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """How the operator runs the portal."""

    strangers: Strangers = Strangers.WELCOME
    censored: tuple[int, ...] = ()
    """Numbers of channels that are for adults."""
    adverts: bool = False
    """Something is shown before what was asked for."""
    disabled: bool = False
    """The whole portal is switched off."""
    filtered: tuple[str, ...] = ()
    """Addresses of boxes that a filter of the operator's own keeps out, whatever the books say of them."""
    each_start: bool = False
    """Name and password are asked for at each start, unless the box still has the token (auth_every_load)."""
    agents: str = ""
    """A regular expression: links are made for those players only in whose names it is found; empty: all."""
    watchdog_s: int = 30
    """How often boxes ask for events (a portal's config allows 30 to 300)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mac:
    """One box as the books have it, at one moment."""

    id: int
    mac: str
    status: MacStatus
    expires: int | None
    """Seconds since 1970; None: never."""
    login: str
    """User name of the line its viewer signed in with; empty: none."""
    token: str
    """The genuine portal's token: of whoever asked for the profile last; empty: any is good."""
    panel_token: str
    """The panel's token: that of the last handshake."""
    device_id: str
    """The first that it said; empty: none yet. The next two likewise."""
    device_id2: str
    serial: str
    banned: bool
    """The panel lets nobody at it, as its serial number was missing or another."""
    favourites: tuple[int, ...]
    """Numbers of channels in the viewer's order."""
    favourite_films: tuple[int, ...]
    locked: tuple[int, ...]
    """Channels for which the viewer wants the parental password."""
    closed: tuple[int, ...]
    """Channels that are not in its subscription."""
    only_favourites: bool
    last_channel: int
    """Watched last; 0: none."""
    parent_password: str
    settings_password: str
    added: int
    """Seconds since 1970."""


_LISTS = {"favourites", "favourite_films", "locked", "closed"}
_COLUMNS = {each.name for each in fields(Mac)} - {"id", "mac", "status", "added"}


class Macs:
    """Sentences an operator says about boxes; a test and the command line say the same ones."""

    def __init__(self, books: Books, clock: Callable[[], datetime]) -> None:
        """Speak about the boxes in these books, whose tables are there."""
        self._books = books
        self._clock = clock

    def all(self) -> tuple[Mac, ...]:
        """Every box, the longest known first."""
        rows = self._books.rows("SELECT * FROM mac WHERE state != 'deleted' ORDER BY id")
        return tuple(self._mac(row) for row in rows)

    def find(self, mac: str) -> Mac | None:
        """A box, also one that was deleted; None where nobody ever heard of it."""
        rows = self._books.rows("SELECT * FROM mac WHERE mac = ?", normal(mac))
        return self._mac(rows[0]) if rows else None

    def mac(self, mac: str) -> Mac:
        """A box the operator knows.

        Raises:
            PortalError: there is no such box.
        """
        found = self.find(mac)
        if found is None or found.status is MacStatus.DELETED:
            raise PortalError(f"no box {mac!r}")
        return found

    def add(self, mac: str, *, days: float | None = None, login: str = "") -> Mac:
        """Enter a box.

        Args:
            mac: its address, with or without colons.
            days: until its subscription ends; None: never.
            login: user name of a line it belongs to.

        Raises:
            PortalError: that is no address, or the box is known.
        """
        address = normal(mac)
        if not _MAC.fullmatch(address):
            raise PortalError(f"{mac!r} is no hardware address")
        known = self.find(address)
        if known is not None and known.status is not MacStatus.DELETED:
            raise PortalError(f"there is a box {address} already")
        with self._books.open() as db:
            db.execute("DELETE FROM mac WHERE mac = ?", (address,))
            db.execute(
                "INSERT INTO mac (mac, expires, login, added) VALUES (?, ?, ?, ?)",
                (address, self._in_days(days), login, int(self._clock().timestamp())),
            )
        return self.mac(address)

    def known(self, mac: str) -> Mac:
        """Enter a box unless it is there already.

        Raises:
            PortalError: that is no address.
        """
        found = self.find(mac)
        return self.add(mac) if found is None or found.status is MacStatus.DELETED else found

    def change(self, mac: str, **values: Any) -> Mac:  # noqa: ANN401 # fields of `Mac`
        """Note something about a box, by the names of its fields.

        Raises:
            PortalError: there is no such box.
        """
        if not values.keys() <= _COLUMNS:
            raise AssertionError(values)
        return self._change(mac, {name: _written(value) for name, value in values.items()})

    def block(self, mac: str) -> Mac:
        """Shut a box out."""
        return self._change(mac, {"state": "blocked"})

    def unblock(self, mac: str) -> Mac:
        """Take back `block`, and the panel's ban."""
        return self._change(mac, {"state": "active", "banned": 0})

    def expire(self, mac: str, *, at: datetime | None = None) -> Mac:
        """End a subscription at a moment; without one, it ended a minute ago."""
        at = at or self._clock() - timedelta(minutes=1)
        return self._change(mac, {"expires": int(at.timestamp())})

    def renew(self, mac: str, *, days: float | None = None) -> Mac:
        """Let a subscription go on for so long from now; None: for ever."""
        return self._change(mac, {"expires": self._in_days(days)})

    def release(self, mac: str) -> Mac:
        """Let another machine come with this address: what the first one said of itself is forgotten."""
        return self._change(mac, {"device_id": "", "device_id2": "", "serial": "", "token": ""})

    def forget(self, mac: str) -> None:
        """Delete a box. Should it come again it is a stranger.

        Raises:
            PortalError: there is no such box.
        """
        self._change(mac, {"state": "deleted"}, deleted=True)

    # --- how the portal is run ----------------------------------------------------------------

    def rules(self) -> Rules:
        """How the operator runs the portal now."""
        rows = self._books.rows("SELECT rules FROM mac_rules")
        if not rows:
            return Rules()
        kept = json.loads(rows[0]["rules"])
        kept |= {name: tuple(kept[name]) for name in ("censored", "filtered") if name in kept}
        return Rules(strangers=Strangers(kept.pop("strangers")), **kept)

    def decide(self, **changes: Any) -> Rules:  # noqa: ANN401 # fields of `Rules`
        """Run the portal another way from now on."""
        rules = replace(self.rules(), **changes)
        with self._books.open() as db:
            db.execute("INSERT OR REPLACE INTO mac_rules VALUES (1, ?)", (json.dumps(asdict(rules)),))
        return rules

    # --- the file -----------------------------------------------------------------------------

    def _in_days(self, days: float | None) -> int | None:
        return None if days is None else int((self._clock() + timedelta(days=days)).timestamp())

    def _change(self, mac: str, values: dict[str, str | int | None], *, deleted: bool = False) -> Mac:
        address = self.mac(mac).mac
        assignments = ", ".join(f"{name} = ?" for name in values)
        with self._books.open() as db:
            db.execute(f"UPDATE mac SET {assignments} WHERE mac = ?", (*values.values(), address))  # noqa: S608 # ours
        found = self.find(address)
        if found is None or (found.status is MacStatus.DELETED) is not deleted:
            raise PortalError(f"no box {mac!r}")
        return found

    def _mac(self, row: Row) -> Mac:
        row = {name: _read(name, value) for name, value in row.items()}
        state = row.pop("state")
        ended = row["expires"] is not None and row["expires"] <= self._clock().timestamp()
        status = MacStatus.EXPIRED if ended and state == "active" else MacStatus(state)
        return Mac(status=status, **row)


def normal(mac: str) -> str:
    """A hardware address as portals keep it: upper case, colons; letters that only look right are mended."""
    plain = mac.strip().upper().translate(_LOOK_ALIKES)
    return ":".join(re.findall("..", plain)) if re.fullmatch("[0-9A-F]{12}", plain) else plain


def _written(value: Any) -> str | int | None:  # noqa: ANN401 # any field
    if isinstance(value, tuple):
        return ",".join(str(number) for number in value)
    return int(value) if isinstance(value, bool) else value


def _read(name: str, value: Any) -> Any:  # noqa: ANN401 # any column
    if name in _LISTS:
        return tuple(int(number) for number in value.split(",") if number)
    return bool(value) if name in {"banned", "only_favourites"} else value
