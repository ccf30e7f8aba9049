"""The first list of all, written into a file with nothing in it as it comes: nobody reads that file yet."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from stb.catalogue.folding import folded
from stb.catalogue.incoming import FIELDS
from stb.catalogue.indexing import CHANNELS, insert
from stb.model import Channel, SourceId

_COLUMNS = f"rowid, source, place, grp_place, {FIELDS}"
_MARKS = ", ".join("?" * (_COLUMNS.count(",") + 1))
_ORDERED = """
    SELECT rowid AS row, row_number() OVER (ORDER BY number) - 1 AS place,
        row_number() OVER (PARTITION BY grp ORDER BY number) - 1 AS grp_place
    FROM channel
"""


def fill_list(
    connection: sqlite3.Connection, source: SourceId, channels: Iterable[Channel], revision: str
) -> tuple[int, int]:
    """Write a list inside the caller's transaction; the source's key, and how many channels there are."""
    filling = _Filling(connection, source, revision)
    with _unindexed(connection, "channel"):
        filling.write(channels)
    rows = connection.execute(f"SELECT rowid, {CHANNELS.words.format(row='channel')} FROM channel")  # noqa: S608
    insert(connection, CHANNELS, ((row, folded(words)) for row, words in rows))
    return filling.key, filling.count


class _Filling:
    """One list on its way."""

    def __init__(self, connection: sqlite3.Connection, source: SourceId, revision: str) -> None:
        self._connection = connection
        (self.key,) = connection.execute(
            "INSERT INTO source (id, revision, count) VALUES (?, ?, 0) RETURNING key", (source, revision)
        ).fetchone()
        self.count = 0
        self._rising = True
        self._groups: dict[str, int] = {}
        """Their keys, from 1 on."""
        self._counts = [0]
        """Of channels in each group, by its key."""

    def write(self, channels: Iterable[Channel]) -> None:
        connection = self._connection
        connection.executemany(f"INSERT INTO channel ({_COLUMNS}) VALUES ({_MARKS})", self._rows(channels))  # noqa: S608 - columns of ours
        if not self._rising:  # most lists come in the order of their numbers
            connection.execute(
                "UPDATE channel SET place = ordered.place, grp_place = ordered.grp_place"  # noqa: S608 - ours
                f" FROM ({_ORDERED}) AS ordered WHERE ordered.row = channel.rowid"
            )
        firsts = dict(connection.execute("SELECT grp, place FROM channel WHERE grp_place = 0"))
        connection.executemany(
            "INSERT INTO grp (key, source, name, first, count) VALUES (?, ?, ?, ?, ?)",
            ((key, self.key, name, firsts[key], self._counts[key]) for name, key in self._groups.items()),
        )
        connection.execute("UPDATE source SET count = ? WHERE key = ?", (self.count, self.key))

    def _rows(self, channels: Iterable[Channel]) -> Iterator[tuple[object, ...]]:
        groups, counts, key, last = self._groups, self._counts, self.key, 0
        for place, (ref, number, name, link, group, *rest) in enumerate(channels):
            grp = groups.get(group)
            if grp is None:
                grp = groups[group] = len(counts)
                counts.append(0)
            yield (place + 1, key, place, counts[grp], ref.channel, number, name, link, grp, *rest)
            counts[grp] += 1
            self._rising = self._rising and number > last
            last = number
            self.count = place + 1


@contextmanager
def _unindexed(connection: sqlite3.Connection, table: str) -> Iterator[None]:
    """Write many rows: the table's indices are made at the end, each at once, in a third of the time."""
    indices = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL",
        (table,),
    ).fetchall()
    for name, _ in indices:
        connection.execute(f"DROP INDEX {name}")
    yield
    for _, made in indices:
        connection.execute(made)
