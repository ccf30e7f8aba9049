"""Lines: what an operator of the Xtream kind calls a subscription with a user name and a password."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

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
    created INTEGER NOT NULL
) STRICT
"""
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
    ) -> Line:
        """Begin a subscription.

        Args:
            username: how the viewer signs in.
            password: None draws one.
            days: until it ends; None: never.
            trial: it is for trying only.
            connections: how many may watch at once; 0: as many as like.
            formats: in which live channels can be had.

        Raises:
            PortalError: there is a line of this name.
        """
        if self.find(username) is not None:
            raise PortalError(f"there is a line {username!r} already")
        drawn = "".join(secrets.choice(_LETTERS) for _ in range(10))
        with self._books.open() as db:
            db.execute(
                "INSERT INTO line (username, password, banned, enabled, expires, is_trial, max_connections,"
                " formats, created) VALUES (?, ?, 0, 1, ?, ?, ?, ?, ?)",
                (
                    username,
                    drawn if password is None else password,
                    self._in_days(days),
                    int(trial),
                    connections,
                    ",".join(formats),
                    int(self._clock().timestamp()),
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

    def change_password(self, username: str, password: str) -> Line:
        """Give a line another password."""
        return self._change(username, "password = ?", password)

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
        )

    def _status(self, row: Row) -> LineStatus:
        if row["banned"]:
            return LineStatus.BANNED
        if not row["enabled"]:
            return LineStatus.DISABLED
        ended = row["expires"] is not None and row["expires"] <= self._clock().timestamp()
        return LineStatus.EXPIRED if ended else LineStatus.ACTIVE
