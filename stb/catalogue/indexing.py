"""Indices of words that follow their tables, whoever writes to those."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from stb.catalogue.folding import folded


@dataclass(frozen=True, slots=True)
class Index:
    """A full-text index of `stb.catalogue.schema`."""

    name: str
    table: str
    """Whose rows are found."""
    key: str
    """Column of the table: whole numbers."""
    words: str
    """Of a row; ``{row}`` stands for the row."""


CHANNELS = Index("channel_words", "channel", "rowid", "{row}.name || ' ' || {row}.number")
FILMS = Index("film_words", "item", "key", "{row}.name")
SERIES = Index("series_words", "item", "key", "{row}.name")
LISTED = Index("listed_words", "listed", "key", "{row}.names || ' ' || {row}.words")
SHELVES = {"films": FILMS, "series": SERIES}
"""By the names of the library's shelves."""


@contextmanager
def indexed(connection: sqlite3.Connection, index: Index) -> Iterator[None]:
    """Bring an index up to date at the end with what happened to its table, inside the caller's transaction.

    All at once and in the order of the keys: row by row, FTS5 takes four times as long.
    """
    old, new = (index.words.format(row=row) for row in ("old", "new"))
    # Of several things that happen to a row, the first one says what the index has of it.
    note = "INSERT OR IGNORE INTO touched VALUES"
    connection.execute("CREATE TEMP TABLE touched (key INTEGER PRIMARY KEY, was TEXT)")
    for event, key, was in (("INSERT", "new", "NULL"), ("UPDATE", "old", old), ("DELETE", "old", old)):
        changes = f"WHEN {old} != {new}" if event == "UPDATE" else ""
        connection.execute(
            f"CREATE TEMP TRIGGER touch_{event} AFTER {event} ON main.{index.table} {changes}"
            f" BEGIN {note} ({key}.{index.key}, {was}); END"
        )
    yield
    _drop(connection, index)
    _add(connection, index)
    for event in ("INSERT", "UPDATE", "DELETE"):
        connection.execute(f"DROP TRIGGER temp.touch_{event}")
    connection.execute("DROP TABLE temp.touched")


def _drop(connection: sqlite3.Connection, index: Index) -> None:
    rows = connection.execute("SELECT key, was FROM temp.touched WHERE was IS NOT NULL ORDER BY key")
    connection.executemany(
        f"INSERT INTO {index.name} ({index.name}, rowid, words) VALUES ('delete', ?, ?)",  # noqa: S608 - ours
        ((key, folded(was)) for key, was in rows),
    )


def _add(connection: sqlite3.Connection, index: Index) -> None:
    table = index.table
    rows = connection.execute(
        f"SELECT touched.key, {index.words.format(row=table)} FROM temp.touched"  # noqa: S608 - tables of ours
        f" JOIN {table} ON {table}.{index.key} = touched.key ORDER BY touched.key"
    )
    insert(connection, index, ((key, folded(words)) for key, words in rows))


def insert(connection: sqlite3.Connection, index: Index, rows: Iterable[tuple[int, str]]) -> None:
    """Bring rows into an index that it does not have: their keys, rising, and their folded words."""
    connection.executemany(
        f"INSERT INTO {index.name} (rowid, words) VALUES (?, ?)",  # noqa: S608 - a table of ours
        rows,
    )
