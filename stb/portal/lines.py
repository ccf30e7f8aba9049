"""Lines: what an operator of the Xtream kind calls a subscription with a user name and a password."""

import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from ipaddress import ip_address, ip_network

from stb.errors import PortalError
from stb.portal.books import Books, Row

SCHEMA = """
CREATE TABLE IF NOT EXISTS line (
    id INTEGER PRIMARY KEY,
    username TEXT NOT NULL UNIQUE,
    password TEXT NOT NULL,
    banned INTEGER NOT NULL,
    enabled INTEGER NOT NULL,
    expires INTEGER,
    is_trial INTEGER NOT NULL,
    max_connections INTEGER NOT NULL,
    formats TEXT NOT NULL,
    created INTEGER NOT NULL,
    owner INTEGER,
    isp_locked INTEGER NOT NULL DEFAULT 0,
    network TEXT NOT NULL DEFAULT ''
) STRICT
"""
_ADDED = {
    "owner": "INTEGER",
    "isp_locked": "INTEGER NOT NULL DEFAULT 0",
    "network": "TEXT NOT NULL DEFAULT ''",
}
"""Columns that the table of an older version has not."""
FORMATS = ("m3u8", "ts")
"""In which live channels can be had; ``rtmp`` is a third that panels have."""
_SUBSCRIPTION_DAYS = 365
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Of passwords: none that looks like another."""


class LineStatus(StrEnum):
    """What the operator says of a line, in the words of the protocol."""

    ACTIVE = "Active"
    BANNED = "Banned"
    DISABLED = "Disabled"
    EXPIRED = "Expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line as the books have it, at one moment."""

    id: int
    username: str
    password: str
    status: LineStatus
    expires: int | None
    """Seconds since 1970; None: never."""
    is_trial: bool
    max_connections: int
    """How many may watch at once; 0: as many as like."""
    formats: tuple[str, ...]
    created: int
    """Seconds since 1970."""
    owner: int | None
    """Number of the reseller whose customer this is; None: the operator's own."""
    isp_locked: bool
    """It may watch from one network only."""
    network: str
    """From where it watches; empty: from nowhere yet."""


class Lines:
    """Sentences an operator says about lines; a test and the command line say the same ones."""

    def __init__(self, books: Books, clock: Callable[[], datetime]) -> None:
        """Speak about the lines in these books, whose table is there."""
        self._books = books
        self._clock = clock

    def all(self) -> tuple[Line, ...]:
        """Every line, the oldest first."""
        return tuple(self._line(row) for row in self._books.rows("SELECT * FROM line ORDER BY id"))

    def find(self, username: str) -> Line | None:
        """A line, or None when there is none of this name."""
        rows = self._books.rows("SELECT * FROM line WHERE username = ?", username)
        return self._line(rows[0]) if rows else None

    def with_id(self, number: int) -> Line | None:
        """The line of this number, or None."""
        rows = self._books.rows("SELECT * FROM line WHERE id = ?", number)
        return self._line(rows[0]) if rows else None

    def line(self, username: str) -> Line:
        """A line there is.

        Raises:
            PortalError: there is no such line.
        """
        line = self.find(username)
        if line is None:
            raise PortalError(f"no line {username!r}")
        return line

    def sign_in(self, username: str, password: str) -> Line | None:
        """The line of this name, whatever its status; None where it has another password."""
        line = self.find(username)
        known = line is not None and secrets.compare_digest(line.password.encode(), password.encode())
        return line if known else None

    def add(  # noqa: PLR0913 # said by name
        self,
        username: str,
        *,
        password: str | None = None,
        days: float | None = _SUBSCRIPTION_DAYS,
        trial: bool = False,
        connections: int = 1,
        formats: tuple[str, ...] = FORMATS,
        owner: int | None = None,
    ) -> Line:
        """Begin a subscription.

        Args:
            username: how the viewer signs in.
            password: None draws one.
            days: until it ends; None: never.
            trial: it is for trying only.
            connections: how many may watch at once; 0: as many as like.
            formats: in which live channels can be had.
            owner: number of the reseller whose customer this is.

        Raises:
            PortalError: there is a line of this name.
        """
        if self.find(username) is not None:
            raise PortalError(f"there is a line {username!r} already")
        drawn = "".join(secrets.choice(_LETTERS) for _ in range(10))
        with self._books.open() as db:
            db.execute(
                "INSERT INTO line (username, password, banned, enabled, expires, is_trial, max_connections,"
                " formats, created, owner) VALUES (?, ?, 0, 1, ?, ?, ?, ?, ?, ?)",
                (
                    username,
                    drawn if password is None else password,
                    self._in_days(days),
                    int(trial),
                    connections,
                    ",".join(formats),
                    int(self._clock().timestamp()),
                    owner,
                ),
            )
        return self.line(username)

    def expire(self, username: str, *, at: datetime | None = None) -> Line:
        """End a subscription at a moment; without one, it ended a minute ago."""
        at = at or self._clock() - timedelta(minutes=1)
        return self._change(username, "expires = ?", int(at.timestamp()))

    def renew(self, username: str, *, days: float | None = _SUBSCRIPTION_DAYS) -> Line:
        """Let a subscription go on for so long from now; None: for ever."""
        return self._change(username, "expires = ?", self._in_days(days))

    def ban(self, username: str) -> Line:
        """Shut a viewer out for what they did."""
        return self._change(username, "banned = 1")

    def unban(self, username: str) -> Line:
        """Take back `ban`."""
        return self._change(username, "banned = 0")

    def disable(self, username: str) -> Line:
        """Switch a line off."""
        return self._change(username, "enabled = 0")

    def enable(self, username: str) -> Line:
        """Switch a line on again."""
        return self._change(username, "enabled = 1")

    def limit(self, username: str, connections: int) -> Line:
        """Say how many may watch at once; 0: as many as like."""
        return self._change(username, "max_connections = ?", connections)

    def allow(self, username: str, *formats: str) -> Line:
        """Say in which formats live channels can be had."""
        return self._change(username, "formats = ?", ",".join(formats))

    def lock(self, username: str) -> Line:
        """Let a line watch from the network it last watched from, or will next, and from no other."""
        return self._change(username, "isp_locked = 1")

    def unlock(self, username: str) -> Line:
        """Take back `lock`."""
        return self._change(username, "isp_locked = 0")

    def reset_network(self, username: str) -> Line:
        """Forget where a line watches from; the next network it watches from is its own."""
        return self._change(username, "network = ''")

    def admits(self, line: Line, ip: str) -> bool:
        """Whether a line may watch from an address; its network is noted."""
        network = network_of(ip)
        if network != line.network and not (line.isp_locked and line.network):
            self._change(line.username, "network = ?", network)
            return True
        return network == line.network

    def forget(self, username: str) -> None:
        """Take a line out of the books.

        Raises:
            PortalError: there is no such line.
        """
        self.line(username)
        with self._books.open() as db:
            db.execute("DELETE FROM line WHERE username = ?", (username,))

    def _in_days(self, days: float | None) -> int | None:
        return None if days is None else int((self._clock() + timedelta(days=days)).timestamp())

    def _change(self, username: str, assignments: str, *values: str | int | None) -> Line:
        with self._books.open() as db:
            db.execute(f"UPDATE line SET {assignments} WHERE username = ?", (*values, username))  # noqa: S608 # ours
        return self.line(username)

    def _line(self, row: Row) -> Line:
        return Line(
            id=row["id"],
            username=row["username"],
            password=row["password"],
            status=self._status(row),
            expires=row["expires"],
            is_trial=bool(row["is_trial"]),
            max_connections=row["max_connections"],
            formats=tuple(row["formats"].split(",")),
            created=row["created"],
            owner=row["owner"],
            isp_locked=bool(row["isp_locked"]),
            network=row["network"],
        )

    def _status(self, row: Row) -> LineStatus:
        if row["banned"]:
            return LineStatus.BANNED
        if not row["enabled"]:
            return LineStatus.DISABLED
        ended = row["expires"] is not None and row["expires"] <= self._clock().timestamp()
        return LineStatus.EXPIRED if ended else LineStatus.ACTIVE


def network_of(ip: str) -> str:
    """The network that an address is taken to belong to; one that is none is a network of its own."""
    try:
        address = ip_address(ip)
    except ValueError:
        return ip
    return str(ip_network(f"{address}/{16 if address.version == 4 else 32}", strict=False))  # noqa: PLR2004


def mend(db: sqlite3.Connection) -> None:
    """Give the table of an older version the columns that it has not."""
    have = {row["name"] for row in db.execute("PRAGMA table_info(line)")}
    for name, form in _ADDED.items():
        if name not in have:
            db.execute(f"ALTER TABLE line ADD COLUMN {name} {form}")
