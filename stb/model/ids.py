"""Names for things that are numbers or texts on the wire."""

from dataclasses import dataclass
from typing import NamedTuple, NewType

SourceId = NewType("SourceId", str)
"""The box's own short name of one operator's account, stable for its life: ``alkarma``."""

ChannelId = NewType("ChannelId", str)
"""The operator's own id of a channel as text; the same across refreshes."""

FilmId = NewType("FilmId", str)
"""The operator's own id of a film as text; the same across refreshes."""

SeriesId = NewType("SeriesId", str)
"""The operator's own id of a series as text; the same across refreshes."""

EpisodeId = NewType("EpisodeId", str)
"""The operator's own id of an episode as text, unique within its series at the least."""

NewsId = NewType("NewsId", str)
"""The operator's own id of one of its messages, as text; the same across refreshes."""

Duid = NewType("Duid", str)
"""Device Unique Identifier: 15 upper-case hexadecimal digits, as in the AlKarma document."""


class ChannelRef(NamedTuple):
    """Which channel of which source."""

    source: SourceId
    channel: ChannelId


class NewsRef(NamedTuple):
    """Which message of which source."""

    source: SourceId
    item: NewsId


@dataclass(frozen=True, slots=True)
class FilmRef:
    """Which film of which source."""

    source: SourceId
    film: FilmId


@dataclass(frozen=True, slots=True)
class SeriesRef:
    """Which series of which source."""

    source: SourceId
    series: SeriesId


@dataclass(frozen=True, slots=True)
class EpisodeRef:
    """Which episode of which series."""

    series: SeriesRef
    episode: EpisodeId

    @property
    def source(self) -> SourceId:
        """Of the series."""
        return self.series.source


@dataclass(frozen=True, slots=True)
class PastRef:
    """A programme that was on a channel: catch-up."""

    channel: ChannelRef
    start: int
    """When it began, in seconds since 1970, UTC."""

    @property
    def source(self) -> SourceId:
        """Of the channel."""
        return self.channel.source


Playable = ChannelRef | FilmRef | EpisodeRef | PastRef
"""What can be on the screen; values of two kinds are never equal."""

Lasting = FilmRef | EpisodeRef | PastRef
"""What has a beginning and an end: it can be wound, and gone on with another day."""
