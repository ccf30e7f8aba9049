"""A source's list, written into the tables of `schema.CATALOGUE`: only what is another than before."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from itertools import compress

from stb.catalogue.incoming import FIELDS, Incoming, Row
from stb.model import SourceId

_COLUMNS = f"{FIELDS}, place, grp_place"
_GROUP = FIELDS.split(", ").index("grp")
"""Where in a row its group is."""
_WIDTH = _COLUMNS.count(",") + 1
_ID = 0
"""Where in a row the id is."""


def write_list(connection: sqlite3.Connection, source: SourceId, incoming: Incoming, revision: str) -> int:
    """Put a list in the place of the source's old one, inside the caller's transaction; the source's key."""
    (key,) = connection.execute(
        "INSERT INTO source (id, revision, count) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE"
        " SET revision = excluded.revision, count = excluded.count RETURNING key",
        (source, revision, len(incoming)),
    ).fetchone()
    _write_channels(connection, key, _write_groups(connection, key, incoming), incoming)
    return int(key)


def _write_groups(connection: sqlite3.Connection, source: int, incoming: Incoming) -> dict[str, int]:
    """Write the groups of a list; their keys by name."""
    firsts: dict[str, int] = {}
    counts: dict[str, int] = {}
    for place, group in enumerate(incoming.groups()):
        firsts.setdefault(group, place)
        counts[group] = counts.get(group, 0) + 1
    old = connection.execute("SELECT name FROM grp WHERE source = ?", (source,)).fetchall()
    connection.executemany(
        "DELETE FROM grp WHERE source = ? AND name = ?",
        ((source, name) for (name,) in old if name not in firsts),
    )
    connection.executemany(
        "INSERT INTO grp (source, name, first, count) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (name, source) DO UPDATE"
        " SET first = excluded.first, count = excluded.count"
        " WHERE first != excluded.first OR count != excluded.count",
        ((source, name, firsts[name], counts[name]) for name in firsts),
    )
    return dict(connection.execute("SELECT name, key FROM grp WHERE source = ?", (source,)))


def _write_channels(
    connection: sqlite3.Connection, source: int, groups: Mapping[str, int], incoming: Incoming
) -> None:
    """Write the rows that changed; channels that left the list are remembered with the numbers they had."""
    left = dict(connection.execute("SELECT id, rowid FROM channel WHERE source = ?", (source,)))
    changed = bytearray()
    replaced = []
    for row in _placed(groups, incoming):
        key = left.pop(row[_ID], None)
        changed.append(key is None or row != _row(connection, key))
        if key is not None and changed[-1]:
            replaced.append((key,))
    _remember(connection, source, tuple(left.values()))
    # First all away, so that no two rows meet in one place.
    connection.executemany("DELETE FROM channel WHERE rowid = ?", replaced)
    connection.executemany("DELETE FROM channel WHERE rowid = ?", ((key,) for key in left.values()))
    connection.executemany(
        f"INSERT INTO channel (source, {_COLUMNS}) VALUES (?{', ?' * _WIDTH})",  # noqa: S608 - columns of ours
        ((source, *row) for row in compress(_placed(groups, incoming), changed)),
    )
    connection.execute(
        "DELETE FROM former WHERE source = ?1 AND id IN (SELECT id FROM channel WHERE source = ?1)", (source,)
    )


def _row(connection: sqlite3.Connection, key: int) -> Row:
    row: Row = connection.execute(
        f"SELECT {_COLUMNS} FROM channel WHERE rowid = ?",  # noqa: S608 - columns of ours
        (key,),
    ).fetchone()
    return row


def _remember(connection: sqlite3.Connection, source: int, left: Sequence[int]) -> None:
    """Note the numbers of rows that leave the list; those that left it before are forgotten then."""
    if left:
        connection.execute("DELETE FROM former WHERE source = ?", (source,))
    connection.executemany(
        "INSERT INTO former (source, id, number) SELECT source, id, number FROM channel WHERE rowid = ?",
        ((key,) for key in left),
    )


def _placed(groups: Mapping[str, int], incoming: Incoming) -> Iterator[Row]:
    """`_COLUMNS` of each channel: its group's key, and its places in the list and in the group."""
    seen = dict.fromkeys(groups, 0)
    for place, row in enumerate(incoming.rows()):
        group = str(row[_GROUP])
        yield (*row[:_GROUP], groups[group], *row[_GROUP + 1 :], place, seen[group])
        seen[group] += 1
