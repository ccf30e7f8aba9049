"""Channels, films, series and programmes by words of what they are called."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice

from stb.catalogue.catalogue import Catalogue
from stb.catalogue.folding import folded
from stb.catalogue.guide import Guide
from stb.catalogue.library import Library
from stb.catalogue.titles import Moment, Station, Title
from stb.model import Channel, ChannelRef, Film, Programme, Series

_HOUR = 3_600
_LASTS = 4 * _HOUR
"""How long ago at the most something began that is looked for among what is on."""
_RECEIVERS = 6
"""Channels of an operator that send the same at the same time: in two sizes, from two places."""
_MANY = 100
"""Channels that are looked through for favourites, and for those that are not hidden."""
_SPARE = 3
"""Titles looked at for each that is wanted: of some nothing can be watched."""


@dataclass(frozen=True, slots=True)
class Airing:
    """A programme and where it is, will be or was on; its times are the channel's, with an end."""

    channel: Channel
    programme: Programme


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What there is, of each the best first."""

    channels: tuple[Channel, ...] = ()
    films: tuple[Film, ...] = ()
    series: tuple[Series, ...] = ()
    programmes: tuple[Airing, ...] = ()
    """Of each title what is on now or next, else the newest one that its channel still keeps; those last."""


@dataclass(frozen=True, slots=True)
class Search:
    """Looks through all that the box has on its disk."""

    lists: Catalogue
    library: Library
    guide: Guide

    def find(
        self,
        text: str,
        limit: int,
        at: int,
        favourites: Collection[ChannelRef] = (),
        hidden: Collection[str] = (),
    ) -> Found:
        """What has words that begin with those of a text, whatever their order, case and accents.

        Args:
            text: as somebody typed it, anything at all; without a letter or digit nothing is found.
            limit: how many of each kind at the most.
            at: this moment, in seconds since 1970.
            favourites: come before other channels.
            hidden: groups whose channels come after all others.

        Raises:
            CatalogueError: the channel lists cannot be read.
        """
        with self.lists.at_once(), self.guide.at_once():
            return Found(
                channels=self._channels(text, limit, favourites, hidden),
                films=self.library.find_films(text, limit),
                series=self.library.find_series(text, limit),
                programmes=self._programmes(text, limit, at),
            )

    def _channels(
        self, text: str, limit: int, favourites: Collection[ChannelRef], hidden: Collection[str]
    ) -> tuple[Channel, ...]:
        found = self.lists.find(text, _MANY if favourites or hidden else limit)
        ordered = sorted(found, key=lambda one: (one.ref not in favourites, one.group in hidden))
        return tuple(ordered[:limit])

    def _programmes(self, text: str, limit: int, at: int) -> tuple[Airing, ...]:
        finder = _Finder(self.lists, self.guide, at, self.lists.latest_shift())
        soon = self.guide.coming(text, at, _LASTS, limit * _SPARE)
        found = list(islice(filter(None, map(finder.soon, soon)), limit))
        if len(found) < limit:
            known = {folded(one.programme.title) for one in found}
            before = (one for one in self.guide.bygone(text, at, limit * _SPARE) if one.words not in known)
            found += islice(filter(None, map(finder.kept, before)), limit - len(found))
        return tuple(found)


@dataclass(frozen=True, slots=True)
class _Finder:
    """Where titles can be watched at one moment."""

    lists: Catalogue
    guide: Guide
    at: int
    shift: int
    """The longest that a channel is later than its guide, in seconds."""
    known: dict[int, tuple[Channel, ...]] = field(default_factory=dict)
    """The channels that stations are."""

    def soon(self, title: Title) -> Airing | None:
        """What is on, else what comes next."""
        for moment in title.moments:
            over = moment.start <= self.at and self.guide.latest_end(moment) + self.shift <= self.at
            for channel in () if over else self._channels(moment):
                programme = self._programme(channel, moment, title)
                if programme and (programme.stop or 0) > self.at:
                    return Airing(channel, programme)
                if programme:
                    break  # the others send the same
        return None

    def kept(self, title: Title) -> Airing | None:
        """What was on last and is still kept."""
        for moment in title.moments:
            for channel in self._channels(moment):
                if moment.start >= self.at - channel.archive * _HOUR:
                    programme = self._programme(channel, moment, title)
                    if programme:
                        return Airing(channel, programme)
        return None

    def _channels(self, moment: Moment) -> tuple[Channel, ...]:
        if moment.station not in self.known:
            station = self.guide.station(moment.station)
            self.known[moment.station] = tuple(islice(self._heard(station), _RECEIVERS)) if station else ()
        return self.known[moment.station]

    def _heard(self, station: Station) -> Iterator[Channel]:
        found = self.lists.heard(station, _RECEIVERS)
        yield from found
        for ref in self.guide.receivers(station):
            channel = self.lists.channel(ref)
            if channel is not None and channel not in found:
                yield channel

    def _programme(self, channel: Channel, moment: Moment, title: Title) -> Programme | None:
        """What the guide has there; None where the channel is another one, or that is no longer so."""
        found = self.guide.programme(channel, moment.start + channel.guide_shift)
        return found if found and folded(found.title) == title.words else None
