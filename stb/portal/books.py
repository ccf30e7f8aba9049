"""The operator's books: one SQLite file that several processes may read and write at the same time."""

import logging
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from stb.errors import PortalError

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

log = logging.getLogger(__name__)

Row = dict[str, Any]
_BUSY_S = 10.0
"""How long a sentence waits for another process to finish its own."""


class Books:
    """A file of rows, opened for each sentence: no thread of its own, nothing to shut down."""

    def __init__(self, path: Path) -> None:
        """Keep them at ``path``; a file that a power cut damaged is set aside, and the books begin anew.

        Raises:
            PortalError: the file cannot be used.
        """
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._set_damage_aside()

    @contextmanager
    def open(self) -> Iterator[sqlite3.Connection]:
        """One transaction, on a connection of its own, whose rows are dictionaries.

        Raises:
            PortalError: the file cannot be used.
        """
        try:
            with closing(sqlite3.connect(self.path, timeout=_BUSY_S)) as db:
                db.row_factory = lambda cursor, row: {
                    column[0]: value for column, value in zip(cursor.description, row, strict=True)
                }
                with db:
                    yield db
        except sqlite3.Error as error:
            raise PortalError(f"the portal's file {self.path} cannot be used: {error}") from error

    def rows(self, query: str, *values: object) -> list[Row]:
        """What a question finds."""
        with self.open() as db:
            return db.execute(query, values).fetchall()

    def _set_damage_aside(self) -> None:
        if not self.path.exists():
            return
        try:
            with closing(sqlite3.connect(self.path, timeout=_BUSY_S)) as db:
                sound = db.execute("PRAGMA quick_check").fetchone() == ("ok",)
        except sqlite3.OperationalError:
            return  # locked or not to be opened: whoever uses it says so
        except sqlite3.DatabaseError:
            sound = False
        if not sound:
            aside = self.path.with_suffix(".damaged")
            log.warning("the portal's file is damaged and set aside as %s", aside.name)
            self.path.replace(aside)


def write_rows(db: sqlite3.Connection, table: str, rows: "Iterable[DataclassInstance]") -> None:
    """Add these to a table whose columns are called as their fields; one that is there already stays."""
    for row in rows:
        names = [field.name for field in fields(row)]
        marks = ", ".join("?" for _ in names)
        db.execute(f"INSERT OR IGNORE INTO {table} ({', '.join(names)}) VALUES ({marks})", astuple(row))  # noqa: S608 # names of our own
