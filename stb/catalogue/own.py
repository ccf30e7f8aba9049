"""What the viewer chose for channels, in the tables of `viewer_schema`: guides, favourites, hidden groups.

Each verb inside the caller's transaction.
"""

import json
import sqlite3
from collections.abc import Collection, Sequence

from stb.model import ChannelId, ChannelRef, GuideChoice, SourceId

_SHARED = "favourites."
"""Begins the names of the favourites that operators keep, in the table `kept`."""


def read_guide_choices(connection: sqlite3.Connection) -> dict[ChannelRef, GuideChoice]:
    """The guide channels that the viewer chose."""
    rows = connection.execute("SELECT source, channel, guide, station, shift FROM guide_choice")
    return {
        ChannelRef(SourceId(source), ChannelId(channel)): GuideChoice(SourceId(guide), station, shift)
        for source, channel, guide, station, shift in rows
    }


def write_guide_choice(connection: sqlite3.Connection, ref: ChannelRef, choice: GuideChoice | None) -> None:
    """Put this choice in the place of another; None: what the box finds by itself applies again."""
    if choice is None:
        connection.execute("DELETE FROM guide_choice WHERE source = ? AND channel = ?", ref)
    else:
        connection.execute("INSERT OR REPLACE INTO guide_choice VALUES (?, ?, ?, ?, ?)", (*ref, *choice))


def read_favourites(connection: sqlite3.Connection, source: SourceId) -> tuple[ChannelRef, ...]:
    """The favourites among an operator's channels, in the viewer's order; some may be gone from its list."""
    rows = connection.execute("SELECT channel FROM favourite WHERE source = ? ORDER BY place", (source,))
    return tuple(ChannelRef(source, ChannelId(channel)) for (channel,) in rows)


def write_favourites(connection: sqlite3.Connection, source: SourceId, refs: Sequence[ChannelRef]) -> None:
    """Put these in the place of the operator's others."""
    connection.execute("DELETE FROM favourite WHERE source = ?", (source,))
    connection.executemany(
        "INSERT INTO favourite (source, place, channel) VALUES (?, ?, ?)",
        ((source, place, ref.channel) for place, ref in enumerate(dict.fromkeys(refs))),
    )


def read_shared(connection: sqlite3.Connection, source: SourceId) -> tuple[ChannelRef, ...] | None:
    """The favourites that an operator kept when it was asked last; None: it never was."""
    row = connection.execute("SELECT value FROM kept WHERE name = ?", (_SHARED + source,)).fetchone()
    return tuple(ChannelRef(source, ChannelId(one)) for one in json.loads(row[0])) if row else None


def write_shared(connection: sqlite3.Connection, source: SourceId, refs: Sequence[ChannelRef]) -> None:
    """Put these in their place."""
    text = json.dumps([ref.channel for ref in refs])
    connection.execute("INSERT OR REPLACE INTO kept (name, value) VALUES (?, ?)", (_SHARED + source, text))


def read_hidden(connection: sqlite3.Connection, source: SourceId) -> frozenset[str]:
    """The groups of an operator's channels that the viewer does not want to see."""
    rows = connection.execute("SELECT name FROM hidden_group WHERE source = ?", (source,))
    return frozenset(name for (name,) in rows)


def write_hidden(connection: sqlite3.Connection, source: SourceId, names: Collection[str]) -> None:
    """Put these in the place of the operator's others."""
    connection.execute("DELETE FROM hidden_group WHERE source = ?", (source,))
    connection.executemany(
        "INSERT INTO hidden_group (source, name) VALUES (?, ?)", ((source, name) for name in sorted(names))
    )
