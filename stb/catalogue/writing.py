"""A source's list, written into the tables of `schema.CATALOGUE`: only what is another than before."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence

from stb.model import Channel, SourceId

_Row = tuple[int | str, ...]
_COLUMNS = (
    "id, place, grp, grp_place, number, name, link, logo, has_news,"
    " guide_id, guide_name, guide_shift, archive, radio, adult"
)
_WIDTH = _COLUMNS.count(",") + 1
_ID = 0
"""Where in a row the id is."""


def write_list(
    connection: sqlite3.Connection, source: SourceId, ordered: Sequence[Channel], revision: str
) -> int:
    """Put a list in the place of the source's old one, inside the caller's transaction; the source's key."""
    (key,) = connection.execute(
        "INSERT INTO source (id, revision, count) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE"
        " SET revision = excluded.revision, count = excluded.count RETURNING key",
        (source, revision, len(ordered)),
    ).fetchone()
    _write_channels(connection, key, _write_groups(connection, key, ordered), ordered)
    return int(key)


def _write_groups(connection: sqlite3.Connection, source: int, ordered: Sequence[Channel]) -> dict[str, int]:
    """Write the groups of a list; their keys by name."""
    firsts: dict[str, int] = {}
    counts: dict[str, int] = {}
    for place, channel in enumerate(ordered):
        firsts.setdefault(channel.group, place)
        counts[channel.group] = counts.get(channel.group, 0) + 1
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
    connection: sqlite3.Connection, source: int, groups: Mapping[str, int], ordered: Sequence[Channel]
) -> None:
    """Write the rows that changed; channels that left the list are remembered with the numbers they had."""
    left = dict(connection.execute("SELECT id, rowid FROM channel WHERE source = ?", (source,)))
    changed = []
    replaced = []
    for row in _placed(groups, ordered):
        key = left.pop(row[_ID], None)
        if key is None or row != _row(connection, key):
            changed.append((source, *row))
            replaced.append((key,))
    _remember(connection, source, tuple(left.values()))
    # First all away, so that no two rows meet in one place.
    connection.executemany("DELETE FROM channel WHERE rowid = ?", replaced)
    connection.executemany("DELETE FROM channel WHERE rowid = ?", ((key,) for key in left.values()))
    connection.executemany(
        f"INSERT INTO channel (source, {_COLUMNS}) VALUES (?{', ?' * _WIDTH})",  # noqa: S608 - columns of ours
        changed,
    )
    connection.execute(
        "DELETE FROM former WHERE source = ?1 AND id IN (SELECT id FROM channel WHERE source = ?1)", (source,)
    )


def _row(connection: sqlite3.Connection, key: int) -> _Row:
    row: _Row = connection.execute(
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


def _placed(groups: Mapping[str, int], ordered: Sequence[Channel]) -> Iterator[_Row]:
    seen = dict.fromkeys(groups, 0)
    for place, channel in enumerate(ordered):
        yield (
            channel.ref.channel,
            place,
            groups[channel.group],
            seen[channel.group],
            channel.number,
            channel.name,
            channel.link,
            channel.logo,
            int(channel.has_news),
            channel.guide_id,
            channel.guide_name,
            channel.guide_shift,
            channel.archive,
            int(channel.radio),
            int(channel.adult),
        )
        seen[channel.group] += 1
