"""The channels of a guide, and which of them are which of an operator's by their names: the writing of both.

Tables ``listed`` and ``assigned`` of `schema.GUIDE`; each verb inside the caller's transaction.
"""

import sqlite3
from collections.abc import Iterable

from stb.catalogue.alike import senses_of_station
from stb.catalogue.indexing import LISTED, indexed
from stb.catalogue.stations import Wanted
from stb.model import SourceId

_MOST_NAMES = 8
"""Of a guide channel are kept."""


def write_assigned(connection: sqlite3.Connection, source: SourceId, wanted: Wanted) -> None:
    """Put what a guide's channels are called, and are, in the place of what was known."""
    (key,) = connection.execute("SELECT key FROM source WHERE id = ?", (source,)).fetchone()
    with indexed(connection, LISTED):
        _write_listed(connection, key, wanted.listed)
    old = set(
        connection.execute(
            "SELECT owner, channel, station, score, shift FROM assigned WHERE source = ?", (key,)
        )
    )
    new = {(*ref, best.station, best.score, best.shift) for ref, best in wanted.by_name()}
    connection.executemany(
        "DELETE FROM assigned WHERE source = ? AND owner = ? AND channel = ?",
        ((key, *row[:2]) for row in sorted(old - new)),
    )
    connection.executemany(
        "INSERT INTO assigned (source, owner, channel, station, score, shift) VALUES (?, ?, ?, ?, ?, ?)",
        ((key, *row) for row in sorted(new - old)),
    )


def _write_listed(
    connection: sqlite3.Connection, source: int, listed: Iterable[tuple[str, tuple[str, ...]]]
) -> None:
    old = dict(connection.execute("SELECT id, names FROM listed WHERE source = ?", (source,)))
    new = {identifier: "\n".join(dict.fromkeys(names[:_MOST_NAMES])) for identifier, names in listed}
    gone = [identifier for identifier, names in old.items() if new.get(identifier) != names]
    connection.executemany("DELETE FROM listed WHERE source = ? AND id = ?", ((source, one) for one in gone))
    connection.executemany(
        "INSERT INTO listed (source, id, name, names, words) VALUES (?, ?, ?, ?, ?)",
        (
            (source, identifier, names.partition("\n")[0] or identifier, names, _words(identifier, names))
            for identifier, names in new.items()
            if old.get(identifier) != names
        ),
    )


def _words(identifier: str, names: str) -> str:
    """What else a guide channel is found by: its id, and its names as they are understood."""
    said = [sense for sense, _ in senses_of_station(identifier, names.split("\n") if names else ())]
    words = dict.fromkeys(word for sense in said for word in (*sense.words, sense.joined, sense.closed))
    return " ".join((identifier, *words))
