"""Opening a SQLite file of the box, whatever version of the box wrote it."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from stb.catalogue.folding import folded
from stb.catalogue.schema import Step
from stb.errors import CatalogueTooNew

_PRAGMAS = (
    "PRAGMA journal_mode = WAL",  # a reader goes on reading the old list while the new one is written
    "PRAGMA synchronous = NORMAL",  # after a power cut the file is whole; the last change may be missing
    "PRAGMA journal_size_limit = 4194304",
)
_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_PATIENCE = 10.0
"""Seconds to wait for another process that writes."""


def opened(path: Path, steps: Sequence[Step], *, check: bool) -> sqlite3.Connection:
    """A file, brought to the newest shape; first read through, if it is to be checked.

    Raises:
        CatalogueTooNew: a newer version of the box wrote it.
        sqlite3.Error: it cannot be opened; see `damaged`.
    """
    connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        for pragma in _PRAGMAS:
            connection.execute(pragma)
        connection.create_function("folded", 1, folded, deterministic=True)
        if check:
            _check(connection)
        migrate(connection, steps)
    except BaseException:
        connection.close()
        raise
    return connection


def damaged(error: BaseException) -> bool:
    """Whether it says that the file is damaged."""
    code = getattr(error, "sqlite_errorcode", 0)
    return (code & 0xFF) in _DAMAGE  # the low byte is the primary code


def _check(connection: sqlite3.Connection) -> None:
    """Read through the whole file (15 ms for 70,000 channels); damage is an error as it is elsewhere."""
    said = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    if said != "ok":
        error = sqlite3.DatabaseError(said)
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error


def migrate(connection: sqlite3.Connection, steps: Sequence[Step]) -> None:
    """Take the steps that the file has not taken yet, each in a transaction of its own."""
    while (taken := _version(connection)) < len(steps):
        connection.execute("BEGIN IMMEDIATE")
        try:
            if _version(connection) == taken:  # else another process was quicker
                for statement in steps[taken]:
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {taken + 1}")
            connection.commit()
        except BaseException:
            connection.rollback()
            raise
    if taken > len(steps):
        raise CatalogueTooNew(f"shape {taken} of the file, this version of the box knows {len(steps)}")


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
