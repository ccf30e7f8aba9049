"""A source's list, written into the tables of `schema.CATALOGUE`."""

import sqlite3
from collections.abc import Iterator, Sequence

from stb.model import Channel, SourceId


def write_list(
    connection: sqlite3.Connection, source: SourceId, ordered: Sequence[Channel], revision: str
) -> int:
    """Put a list in the place of the source's old one, inside the caller's transaction; the source's key."""
    (key,) = connection.execute(
        "INSERT INTO source (id, revision, count) VALUES (?, ?, ?) ON CONFLICT (id) DO UPDATE"
        " SET revision = excluded.revision, count = excluded.count RETURNING key",
        (source, revision, len(ordered)),
    ).fetchone()
    connection.execute("DELETE FROM former WHERE source = ?", (key,))
    connection.execute(
        "INSERT INTO former (source, id, number) SELECT source, id, number FROM channel WHERE source = ?",
        (key,),
    )
    connection.execute("DELETE FROM channel WHERE source = ?", (key,))
    connection.execute("DELETE FROM grp WHERE source = ?", (key,))
    groups = _write_groups(connection, key, ordered)
    connection.executemany(
        "INSERT INTO channel (source, place, grp, grp_place, id, number, name, link, logo, has_news)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        _placed(key, groups, ordered),
    )
    connection.execute(
        "DELETE FROM former WHERE source = ?1 AND id IN (SELECT id FROM channel WHERE source = ?1)", (key,)
    )
    return int(key)


def _write_groups(connection: sqlite3.Connection, source: int, ordered: Sequence[Channel]) -> dict[str, int]:
    """Write the groups of a list; their keys by name."""
    firsts: dict[str, int] = {}
    counts: dict[str, int] = {}
    for place, channel in enumerate(ordered):
        firsts.setdefault(channel.group, place)
        counts[channel.group] = counts.get(channel.group, 0) + 1
    connection.executemany(
        "INSERT INTO grp (source, name, first, count) VALUES (?, ?, ?, ?)",
        ((source, name, firsts[name], counts[name]) for name in firsts),
    )
    return dict(connection.execute("SELECT name, key FROM grp WHERE source = ?", (source,)))


def _placed(
    source: int, groups: dict[str, int], ordered: Sequence[Channel]
) -> Iterator[tuple[int | str, ...]]:
    seen = dict.fromkeys(groups, 0)
    for place, channel in enumerate(ordered):
        yield (
            source,
            place,
            groups[channel.group],
            seen[channel.group],
            channel.ref.channel,
            channel.number,
            channel.name,
            channel.link,
            channel.logo,
            channel.has_news,
        )
        seen[channel.group] += 1
