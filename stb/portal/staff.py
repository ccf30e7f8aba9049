"""Who may run the operator's panel: administrators with permissions, resellers with lines of their own."""

import hashlib
import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from stb.errors import PortalError
from stb.portal.books import Books, Row

SCHEMA = """
CREATE TABLE IF NOT EXISTS administrator (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    password TEXT NOT NULL,
    is_reseller INTEGER NOT NULL,
    permissions TEXT NOT NULL,
    created INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS access_code (code TEXT NOT NULL) STRICT
"""
_COST, _BLOCK, _PARALLEL = 2**15, 8, 1
"""Of scrypt (RFC 7914): 32 MiB and about a tenth of a second."""
_MEMORY = 64 << 20
_SHORTEST = 8
_LONGEST = 256


class Permission(StrEnum):
    """What an administrator may do, in the words of panels."""

    ALL = "all"
    """Everything, as the first group of a panel may."""
    EDIT_STREAM = "edit_stream"
    EDIT_MOVIE = "edit_movie"
    EDIT_EPISODE = "edit_episode"
    EDIT_USER = "edit_user"
    CONNECTION_LOGS = "connection_logs"
    PROCESS_MONITOR = "process_monitor"
    EDIT_MAG = "edit_mag"
    """Boxes: devices and hardware addresses."""
    MANAGE_EVENTS = "manage_events"
    """What boxes are told: events, news."""
    DELETE_USERS = "delete_users"
    """Of a reseller, who may do the rest to their own users anyway."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Administrator:
    """Somebody who may sign in to the panel."""

    id: int
    name: str
    is_reseller: bool
    permissions: frozenset[Permission]

    def may(self, permission: Permission) -> bool:
        """Whether an administrator has this permission; a reseller has none but `DELETE_USERS`."""
        return bool({permission, Permission.ALL} & self.permissions) and (
            not self.is_reseller or permission is Permission.DELETE_USERS
        )


class Staff:
    """Sentences about those who run the panel."""

    def __init__(self, books: Books, clock: Callable[[], datetime]) -> None:
        """Speak about the staff in these books, whose tables are there."""
        self._books = books
        self._clock = clock

    def all(self) -> tuple[Administrator, ...]:
        """Everybody, the oldest first."""
        return tuple(map(_read, self._books.rows("SELECT * FROM administrator ORDER BY id")))

    def with_id(self, number: int) -> Administrator | None:
        """Who has this number, or None."""
        rows = self._books.rows("SELECT * FROM administrator WHERE id = ?", number)
        return _read(rows[0]) if rows else None

    def add(
        self,
        name: str,
        password: str,
        *,
        permissions: Collection[Permission] = (),
        reseller: bool = False,
    ) -> Administrator:
        """Let somebody in.

        Raises:
            PortalError: there is somebody of this name, or the password is no good.
        """
        if not name or any(each.name == name for each in self.all()):
            raise PortalError(f"there is an administrator {name!r} already" if name else "a name is needed")
        if not _SHORTEST <= len(password) <= _LONGEST:
            raise PortalError(f"a password has {_SHORTEST} to {_LONGEST} characters")
        with self._books.open() as db:
            db.execute(
                "INSERT INTO administrator (name, password, is_reseller, permissions, created)"
                " VALUES (?, ?, ?, ?, ?)",
                (
                    name,
                    _hashed(password),
                    int(reseller),
                    ",".join(sorted(permissions)),
                    int(self._clock().timestamp()),
                ),
            )
        return next(each for each in self.all() if each.name == name)

    def forget(self, name: str) -> None:
        """Let somebody in no more; the lines of a reseller are nobody's then.

        Raises:
            PortalError: there is nobody of this name.
        """
        with self._books.open() as db:
            db.execute(
                "UPDATE line SET owner = NULL WHERE owner IN (SELECT id FROM administrator WHERE name = ?)",
                (name,),
            )
            if not db.execute("DELETE FROM administrator WHERE name = ?", (name,)).rowcount:
                raise PortalError(f"no administrator {name!r}")

    def sign_in(self, name: str, password: str) -> Administrator | None:
        """Who has this name and password. A name that nobody has takes as long as one that somebody has."""
        rows = self._books.rows("SELECT * FROM administrator WHERE name = ?", name)
        kept = rows[0]["password"] if rows else _NOBODY
        right = len(password) <= _LONGEST and _is(password, kept)
        return _read(rows[0]) if rows and right else None

    @property
    def access_code(self) -> str:
        """The folder under which the panel of the newer kind is."""
        with self._books.open() as db:
            row = db.execute("SELECT code FROM access_code").fetchone()
            if row is None:
                row = {"code": secrets.token_hex(4)}
                db.execute("INSERT INTO access_code VALUES (?)", (row["code"],))
        code: str = row["code"]
        return code


def _hashed(password: str) -> str:
    salt = secrets.token_bytes(16)
    return f"scrypt${salt.hex()}${_scrypt(password, salt).hex()}"


def _is(password: str, kept: str) -> bool:
    _, salt, hashed = kept.split("$")
    return secrets.compare_digest(_scrypt(password, bytes.fromhex(salt)), bytes.fromhex(hashed))


def _scrypt(password: str, salt: bytes) -> bytes:
    return hashlib.scrypt(
        password.encode(errors="replace"), salt=salt, n=_COST, r=_BLOCK, p=_PARALLEL, maxmem=_MEMORY
    )


_NOBODY = f"scrypt${'00' * 16}${'00' * 64}"
"""A password that nobody can have."""


def _read(row: Row) -> Administrator:
    return Administrator(
        id=row["id"],
        name=row["name"],
        is_reseller=bool(row["is_reseller"]),
        permissions=frozenset(Permission(each) for each in row["permissions"].split(",") if each),
    )
