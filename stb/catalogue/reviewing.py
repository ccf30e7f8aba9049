"""Guide channels to choose from: that may be a channel, that are called so, that were given by name."""

import sqlite3
from collections.abc import Collection, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from stb.catalogue.indexing import LISTED
from stb.catalogue.matching import matches
from stb.model import Channel, ChannelId, ChannelRef, SourceId

if TYPE_CHECKING:
    from stb.catalogue.naming import Sense

_MOST = 300
"""Guide channels that share a word with a channel and are held against it."""
_LEAST = 0.2
"""Less likely ones are not proposed."""
_FOUND = 100
_LISTED = """
    SELECT source.id, listed.id, name, names FROM listed CROSS JOIN source ON source.key = listed.source
    WHERE listed.key = ?
"""


class Proposal(NamedTuple):
    """A guide's channel that may be a channel of an operator."""

    guide: SourceId
    """Whose guide it is."""
    station: str
    """`GuideChannel.id`."""
    name: str
    """What the guide calls it; its id where it says nothing."""
    score: float = 0.0
    """How likely it is that channel, 0 to 1."""
    shift: int = 0
    """Seconds by which the channel is later than the guide's."""


class Given(NamedTuple):
    """A channel whose guide was found by its name alone."""

    channel: ChannelRef
    proposal: Proposal


def proposals(
    connection: sqlite3.Connection, channel: Channel, guides: Collection[SourceId], limit: int
) -> tuple[Proposal, ...]:
    """The guide channels that are most likely a channel, the likeliest first; of each guide's name once."""
    from stb.catalogue.alike import match, senses_of  # noqa: PLC0415 - takes long to read, and is rarely needed

    said = [sense for sense, _ in senses_of(channel) if sense.words]
    found: list[Proposal] = []
    for key in _sharing(connection, said):
        one, names = _listed(connection, key)
        if one.guide in guides:
            best = match(channel, one.station, names)
            found.append(one._replace(score=best.score, shift=best.shift))
    likely = (one for one in found if one.score >= _LEAST)
    return tuple(sorted(likely, key=lambda one: (-one.score, one.name))[:limit])


def stations_called(
    connection: sqlite3.Connection, text: str, guides: Collection[SourceId], limit: int
) -> tuple[Proposal, ...]:
    """The guide channels with words that begin with those of a text, the best first."""
    found = (_listed(connection, key)[0] for key, _ in matches(connection, LISTED, text, _FOUND))
    return tuple(one for one in found if one.guide in guides)[:limit]


def count_given(connection: sqlite3.Connection) -> int:
    """How many channels' guides were found by name."""
    return int(connection.execute("SELECT count(*) FROM assigned").fetchone()[0])


def given(connection: sqlite3.Connection, first: int, limit: int) -> Iterator[Given]:
    """Those from a position on, at most so many; the least sure ones first."""
    for owner, channel, score, shift, guide, station, name in connection.execute(
        "SELECT owner, channel, score, shift, source.id, station, name"
        " FROM (SELECT * FROM assigned ORDER BY score, owner, channel, source LIMIT ?2 OFFSET ?1) AS one"
        " CROSS JOIN source ON source.key = one.source"
        " LEFT JOIN listed ON listed.source = one.source AND listed.id = station",
        (first, limit),
    ):
        ref = ChannelRef(SourceId(owner), ChannelId(channel))
        yield Given(ref, Proposal(SourceId(guide), station, name or station, score, shift))


def named(connection: sqlite3.Connection, station: int) -> Proposal | None:
    """A guide's channel by its key in the file; None where it is gone."""
    row = connection.execute(
        "SELECT source.id, station.id, name FROM station CROSS JOIN source ON source.key = station.source"
        " LEFT JOIN listed ON listed.source = station.source AND listed.id = station.id"
        " WHERE station.key = ?",
        (station,),
    ).fetchone()
    return Proposal(SourceId(row[0]), row[1], row[2] or row[1]) if row else None


def name_of(connection: sqlite3.Connection, guide: SourceId, station: str) -> str:
    """What a guide calls one of its channels; empty where it is gone."""
    row = connection.execute(
        "SELECT name FROM source CROSS JOIN listed ON listed.source = source.key AND listed.id = ?2"
        " WHERE source.id = ?1",
        (guide, station),
    ).fetchone()
    return str(row[0]) if row else ""


def _sharing(connection: sqlite3.Connection, said: Sequence["Sense"]) -> list[int]:
    """Keys of guide channels that have words of a name: first all that is in it, then each word, then any."""
    found: dict[int, None] = {}
    for question in (
        " OR ".join(f'"{one.closed}"' for one in said),
        " OR ".join("(" + " AND ".join(f'"{word}"*' for word in one.words) + ")" for one in said),
        " OR ".join(f'"{word}"*' for one in said for word in (*one.words, one.joined)),
    ):
        if question and len(found) < _MOST:
            rows = connection.execute(
                "SELECT rowid FROM listed_words WHERE listed_words MATCH ? LIMIT ?", (question, _MOST)
            )
            found |= dict.fromkeys(key for (key,) in rows)
    return list(found)[:_MOST]


def _listed(connection: sqlite3.Connection, key: int) -> tuple[Proposal, tuple[str, ...]]:
    guide, station, name, names = connection.execute(_LISTED, (key,)).fetchone()
    return Proposal(SourceId(guide), station, name), tuple(names.split("\n")) if names else ()
