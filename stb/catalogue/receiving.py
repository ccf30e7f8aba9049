"""Which channels of the guides are a channel: asked when it is read, so a list that changes acts at once."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from stb.catalogue.stations import BY_ID, BY_NAME, folded
from stb.model import Channel, ChannelId, ChannelRef, GuideChoice, SourceId

_RECEPTIONS = f"""
    SELECT source.id, 0, station.key, 1.0, 0
    FROM source CROSS JOIN station ON station.source = source.key AND station.id = ?1
    UNION ALL
    SELECT source.id, 1, alias.station, 1.0, 0
    FROM source CROSS JOIN alias ON alias.source = source.key AND rank = {BY_ID} AND name = ?2
    UNION ALL
    SELECT source.id, 2, alias.station, 1.0, 0
    FROM source CROSS JOIN alias ON alias.source = source.key AND rank = {BY_NAME} AND name = ?3
    UNION ALL
    SELECT source.id, 3, alias.station, 1.0, 0
    FROM source CROSS JOIN alias ON alias.source = source.key AND rank = {BY_NAME} AND name = ?4
    UNION ALL
    SELECT source.id, 4, station.key, score, shift
    FROM source CROSS JOIN assigned ON assigned.source = source.key AND owner = ?5 AND channel = ?6
        CROSS JOIN station ON station.source = source.key AND station.id = assigned.station
"""  # noqa: S608 - numbers of ours
_CHOSEN = """
    SELECT station.key
    FROM source CROSS JOIN station ON station.source = source.key AND station.id = ?2 WHERE source.id = ?1
"""


class Reception(NamedTuple):
    """A guide's channel that is a channel of an operator."""

    guide: SourceId
    """Whose guide it is."""
    station: int
    """Key in the file."""
    shift: int
    """Seconds by which the channel is later."""
    score: float
    """How sure that is, 0 to 1; 1 where an id or a whole name says so, or the viewer."""


class Preference(NamedTuple):
    """Which guides are asked, and what the viewer chose."""

    order: Sequence[SourceId] = ()
    """The guides of the operator in use and of the viewer, the first one first."""
    choices: Mapping[ChannelRef, GuideChoice] = {}

    def of(self, channel: Channel) -> Sequence[SourceId]:
        """The guides that are asked about a channel; where nothing was said, that of its operator."""
        return self.order or (channel.ref.source,)


def receptions(
    connection: sqlite3.Connection, channel: Channel, preference: Preference
) -> tuple[Reception, ...]:
    """The guide channels that are this channel, one of each guide, in the order in which they are asked.

    A channel's own id counts most, then its id without regard to case, its name in the guide, its name, and
    last what names say that are only alike. What the viewer chose is asked alone, while its guide is asked.
    """
    order = preference.of(channel)
    choice = preference.choices.get(channel.ref)
    if choice is not None and not choice.guide:
        return ()
    if choice is not None and choice.guide in order:
        found = chosen(connection, choice)
        return (found._replace(shift=channel.guide_shift or found.shift),) if found else ()
    folds = map(folded, (channel.guide_id, channel.guide_name, channel.name))
    best: dict[str, tuple[str, int, int, float, int]] = {}
    for row in connection.execute(
        _RECEPTIONS, (channel.guide_id or None, *(fold or None for fold in folds), *channel.ref)
    ):
        if row[0] not in best or row[1] < best[row[0]][1]:
            best[row[0]] = row
    return tuple(_reception(best[guide], channel) for guide in order if guide in best)


def chosen(connection: sqlite3.Connection, choice: GuideChoice) -> Reception | None:
    """The guide channel that the viewer chose; None where nothing is kept of it."""
    row = connection.execute(_CHOSEN, (choice.guide, choice.station)).fetchone()
    return Reception(choice.guide, row[0], choice.shift, 1.0) if row else None


def _reception(row: tuple[str, int, int, float, int], channel: Channel) -> Reception:
    """What the operator says of a shift counts more than what the name does."""
    guide, _, station, score, shift = row
    return Reception(SourceId(guide), station, channel.guide_shift or shift, score)


def receivers(
    connection: sqlite3.Connection, source: str, station: str, preference: Preference
) -> Iterator[ChannelRef]:
    """The channels that are a guide's channel because the viewer says so, or by their names alone."""
    for ref, choice in preference.choices.items():
        if (choice.guide, choice.station) == (source, station):
            yield ref
    for owner, channel in connection.execute(
        "SELECT owner, channel FROM assigned WHERE station = ?2"
        " AND assigned.source = (SELECT key FROM source WHERE id = ?1)",
        (source, station),
    ):
        yield ChannelRef(SourceId(owner), ChannelId(channel))
