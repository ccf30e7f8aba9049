"""Channels found by words of their names, or by what a guide calls them."""

import sqlite3
from collections.abc import Iterable

from stb.catalogue.folding import folded
from stb.catalogue.indexing import CHANNELS
from stb.catalogue.listing import channels_where
from stb.catalogue.matching import matches
from stb.catalogue.titles import Station
from stb.model import Channel, ChannelRef

_DIGITS = 18
"""Of the longest number that the file can hold."""


def find_channels(
    connection: sqlite3.Connection, text: str, limit: int, *, whole: bool = False
) -> tuple[Channel, ...]:
    """As `Catalogue.find`; first the one whose number it is. ``whole``: only those with the very words."""
    typed = folded(text)
    found: dict[ChannelRef, Channel] = {}
    if typed.isdecimal() and len(typed) <= _DIGITS:
        found |= _by_ref(channels_where(connection, "channel.number = ? ORDER BY source.id", (int(typed),)))
    for key, _ in matches(connection, CHANNELS, text, limit, whole=whole):
        found |= _by_ref(channels_where(connection, "channel.rowid = ?", (key,)))
    return tuple(found.values())[:limit]


def channels_of(connection: sqlite3.Connection, station: Station, limit: int) -> tuple[Channel, ...]:
    """As `Catalogue.heard`: by the id, else by the name in the guide, else by the channels' own names."""
    operators = [operator for (operator,) in connection.execute("SELECT id FROM source ORDER BY id")]
    found: tuple[Channel, ...] = ()
    # A guide of the viewer's own is about the channels of all of them.
    for operator in [station.source] if station.source in operators else operators:
        found = found or _with(connection, "guide_id", operator, station.id, limit)
        for name in station.names:
            found = found or _with(connection, "guide_name", operator, name, limit)
    for name in (*station.names, station.id):
        found = found or find_channels(connection, name, limit, whole=True)
    return found


def _by_ref(channels: Iterable[Channel]) -> dict[ChannelRef, Channel]:
    return {channel.ref: channel for channel in channels}


def _with(
    connection: sqlite3.Connection, column: str, source: str, value: str, limit: int
) -> tuple[Channel, ...]:
    # With the plus SQLite does not walk through the list in its order.
    return tuple(
        channels_where(
            connection,
            f"source.id = ? AND {column} = ? COLLATE NOCASE AND {column} != '' ORDER BY +place LIMIT ?",
            (source, value, limit),
        )
    )
