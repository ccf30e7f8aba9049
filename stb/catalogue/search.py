"""Channels, films, series and programmes by words of what they are called."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from stb.catalogue.catalogue import Catalogue
from stb.catalogue.guide import Guide
from stb.catalogue.library import Library
from stb.catalogue.titles import Moment
from stb.model import Channel, Film, Programme, Series

_HOUR = 3_600
_LASTS = 4 * _HOUR
"""How long ago at the most something began that is looked for among what is on."""
_TRIES = 12
"""Moments of a title that are looked at until one is found that the viewer can watch."""
_RECEIVERS = 6
"""Channels of an operator that send the same at the same time: in two sizes, from two places."""
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

    def find(self, text: str, limit: int, at: int) -> Found:
        """What has words that begin with those of a text, whatever their order, case and accents.

        Args:
            text: as somebody typed it, anything at all; without a letter or digit nothing is found.
            limit: how many of each kind at the most.
            at: this moment, in seconds since 1970.

        Raises:
            CatalogueError: the channel lists cannot be read.
        """
        return Found(
            channels=self.lists.find(text, limit),
            films=self.library.find_films(text, limit),
            series=self.library.find_series(text, limit),
            programmes=self._programmes(text, limit, at),
        )

    def _programmes(self, text: str, limit: int, at: int) -> tuple[Airing, ...]:
        finder = _Finder(self.lists, self.guide, at)
        found: list[Airing] = []
        for key, name in self.guide.titles(text, limit * _SPARE):
            airing = finder.airing(key, name)
            if airing is not None:
                found.append(airing)
            if len(found) == limit:
                break
        return tuple(sorted(found, key=lambda one: (one.programme.stop or 0) <= at))


@dataclass(frozen=True, slots=True)
class _Finder:
    """Where titles can be watched at one moment."""

    lists: Catalogue
    guide: Guide
    at: int
    known: dict[int, tuple[Channel, ...]] = field(default_factory=dict)
    """The channels that stations are."""

    def airing(self, title: int, name: str) -> Airing | None:
        """What is on, else what comes next, else what was on last and is still kept."""
        return next(self._soon(title, name), None) or next(self._kept(title, name), None)

    def _soon(self, title: int, name: str) -> Iterator[Airing]:
        begun = self.guide.began(title, self.at, _TRIES)
        coming = self.guide.begins(title, self.at, _TRIES)
        for moment in (*(one for one in begun if one.start > self.at - _LASTS), *coming):
            for channel in self._channels(moment):
                programme = self._programme(channel, moment, name)
                if programme and (programme.stop or 0) > self.at:
                    yield Airing(channel, programme)
                if programme:
                    break  # the others send the same

    def _kept(self, title: int, name: str) -> Iterator[Airing]:
        for moment in self.guide.began(title, self.at, _TRIES):
            for channel in self._channels(moment):
                if moment.start >= self.at - channel.archive * _HOUR:
                    programme = self._programme(channel, moment, name)
                    if programme:
                        yield Airing(channel, programme)

    def _channels(self, moment: Moment) -> tuple[Channel, ...]:
        if moment.station not in self.known:
            station = self.guide.station(moment.station)
            self.known[moment.station] = self.lists.heard(station, _RECEIVERS) if station else ()
        return self.known[moment.station]

    def _programme(self, channel: Channel, moment: Moment, name: str) -> Programme | None:
        """What the guide has there; None where the channel is another one, or that is no longer so."""
        found = self.guide.programme(channel, moment.start + channel.guide_shift)
        return found if found and found.title == name else None
