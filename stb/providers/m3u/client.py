"""A plain list behind the box's interface: nobody to sign in with, one file with everything in it."""

import logging
from collections.abc import Callable, Iterator
from pathlib import Path
from time import time

from stb.errors import NoSuchItem
from stb.model import (
    Account,
    AccountStatus,
    Channel,
    EpisodeRef,
    Film,
    FilmDetails,
    FilmRef,
    PastRef,
    Playable,
    Programme,
    Series,
    SeriesDetails,
    Stream,
)
from stb.net import Limits
from stb.providers.access import Access
from stb.providers.decoding import PICTURES, address
from stb.providers.m3u import catchup, wire
from stb.providers.m3u.address import panel_guide, place, places
from stb.providers.m3u.fetching import ListFile
from stb.providers.m3u.guides import guide_of
from stb.providers.m3u.lines import Lines
from stb.providers.m3u.link import read_link
from stb.providers.m3u.looking import HEAD, Look, look
from stb.providers.m3u.naming import about, may_be_live, may_be_stored
from stb.providers.m3u.playlist import Playlist
from stb.providers.provider import PLAYER_AGENT, Guidebook, Offer, Shelf, edition
from stb.providers.unpacking import Unpacked

log = logging.getLogger(__name__)

_PATIENCE = Limits(read=60.0, whole=90.0)
"""A panel makes the whole of a list before it sends any of it."""
_UNPACKED = 2 << 30
"""Bytes of a list as it is read, at most."""
_GUIDES = ("x-tvg-url", "url-tvg", "tvg-url", "x-tvg-urls", "url-epg")
_LASTS = 2 * 3600
"""Seconds that a programme is taken to last where its guide does not say."""


class M3u:
    """One list, from a server or from a file of the box."""

    offers: frozenset[Offer] = frozenset({Offer.LIBRARY, Offer.GUIDE, Offer.CATCH_UP, Offer.EDITIONS})

    def __init__(self, access: Access) -> None:
        """Prepare to ask; nothing is sent or opened yet.

        Raises:
            SettingsError: the source's address or that of its guide is none.
        """
        self._source = access.source.id
        self._http = access.http.within(_PATIENCE)
        self._agent = access.source.user_agent
        self._folder = access.folder
        self._zone = access.zone
        self._headers = {"User-Agent": self._agent or PLAYER_AGENT}
        self._guides = places(access.source.guide)
        # An address with a login in it is a secret as a whole, and kept like one.
        where = place(access.password or access.source.address)
        self._list = ListFile(self._http, where, access.folder, self._headers)
        self._met: list[Series] | None = None
        """What there was beside the films, when all of those were read."""
        self.address = where.absolute().as_uri() if isinstance(where, Path) else where

    def sign_in(self) -> Account:
        """Look at the beginning of the list; who can read it is welcome. See `Provider.sign_in`."""
        glance = self._list.glance()
        look(glance.start)
        return Account(status=AccountStatus.ACTIVE, revision=glance.revision, told_at=glance.date)

    def fetch(self, shelf: Shelf | None = None) -> str:
        """Fetch the list, which has everything in it; see `Fetching.fetch`."""
        del shelf
        return edition(self._list.edition())

    def items(self) -> Iterator[Channel]:
        """Fetch the list for its channels; see `Provider.items`."""
        path = self._list.path(anew=True)
        if self._look(path) is Look.STREAM:
            yield wire.only_channel(self.address, self._source)
            return
        lines, playlist = self._opened(path, may_be_live)
        near = Lines(iter(Unpacked(path, _UNPACKED)), wire.NEAR_NUMBERS)
        yield from wire.channels(playlist, playlist.header, self._source, wire.claimed(near))
        if playlist.refused or lines.lost:
            log.warning(
                "lines of a list left out source=%s addresses=%d long=%d",
                self._source,
                playlist.refused,
                lines.lost,
            )

    def stream(self, channel: Channel) -> Stream:
        """The address that the list has; nobody is asked. See `Provider.stream`."""
        return self._stream(channel.ref, channel.link)

    def categories(self, shelf: Shelf) -> tuple[str, ...]:
        """None: a list names them only with its entries. See `Lending.categories`."""
        del shelf
        return ()

    def films(self) -> Iterator[Film]:
        """Fetch the list for its films; see `Lending.films`."""
        series: list[Series] = []
        for item in self._stored():
            if isinstance(item, Film):
                yield item
            else:
                series.append(item)
        self._met = series

    def series(self) -> Iterator[Series]:
        """Fetch the list for its series, unless they were met with the films; see `Lending.series`."""
        if self._met is not None:
            return iter(self._met)
        return (item for item in self._stored() if isinstance(item, Series))

    def film(self, film: Film) -> FilmDetails:
        """What the list has: there is no more of it. See `Lending.film`."""
        return FilmDetails(film=film)

    def seasons(self, series: Series) -> SeriesDetails:
        """Look the episodes up in the list that is kept; see `Lending.seasons`."""
        path = self._list.path(anew=False)
        found = wire.seasons(Playlist(about(self._opened(path)[0], series.link)), series)
        if not found.seasons:  # its name is written in another way
            found = wire.seasons(self._playlist(anew=False), series)
        if not found.seasons:
            raise NoSuchItem("no episode of it in the list", source=self._source)
        return found

    def lend(self, ref: FilmRef | EpisodeRef, link: str) -> Stream:
        """The address that the list has; nobody is asked. See `Lending.lend`."""
        return self._stream(ref, link)

    def guide(self, have: str = "") -> Guidebook | None:
        """Fetch the guides that the viewer named, or else the list; see `Guiding.guide`."""
        named = self._guides or self._named()
        return guide_of(self._http, named, self._folder, have, self._headers)

    def past(self, channel: Channel, programme: Programme) -> Stream:
        """The address of what was on, as the list says; nobody is asked. See `Archiving.past`."""
        link = read_link(channel.link)
        pattern = catchup.template(link.mode, link.source, link.address)
        begin = programme.start + link.correction
        end = (programme.stop or programme.start + _LASTS) + link.correction
        times = catchup.Times(begin=begin, end=end, now=int(time()), zone=self._zone())
        found = catchup.address(pattern, times, programme.link) if pattern else ""
        if not found:
            raise NoSuchItem("the list says no way to what was on", source=self._source)
        return self._stream(PastRef(channel.ref, programme.start), channel.link, found)

    def close(self) -> None:
        """Give connections back. Safe to call twice."""
        self._http.close()

    def _stored(self) -> Iterator[Film | Series]:
        return wire.stored(self._playlist(anew=True, worth=may_be_stored), self._source)

    def _stream(self, ref: Playable, link: str, elsewhere: str = "") -> Stream:
        return read_link(link).stream(ref, self._agent, elsewhere)

    def _look(self, path: Path) -> Look:
        return look(next(iter(Unpacked(path, HEAD)), b""))

    def _playlist(self, *, anew: bool, worth: Callable[[str], bool] = bool) -> Playlist:
        path = self._list.path(anew=anew)
        return Playlist(()) if self._look(path) is Look.STREAM else self._opened(path, worth)[1]

    @staticmethod
    def _opened(path: Path, worth: Callable[[str], bool] = bool) -> tuple[Lines, Playlist]:
        lines = Lines(iter(Unpacked(path, _UNPACKED, telling=True)))
        return lines, Playlist(lines, worth)

    def _named(self) -> tuple[str, ...]:
        """By the first line of the list, of which only addresses of the web count; else by its panel."""
        playlist = self._playlist(anew=False)
        next(iter(playlist), None)
        written = (playlist.header.get(name, "") for name in _GUIDES)
        found = (address(part, PICTURES) for text in written for part in text.replace(";", ",").split(","))
        return tuple(dict.fromkeys(filter(None, found))) or panel_guide(self.address)
