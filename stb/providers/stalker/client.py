"""A Stalker portal, as a well-behaved MAG box sees it."""

import hashlib
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from stb.errors import BadReply, ProviderError, ServerFault
from stb.model import (
    Account,
    Attention,
    Channel,
    ChannelId,
    EpisodeRef,
    Film,
    FilmDetails,
    FilmRef,
    PlayKind,
    Programme,
    Query,
    Series,
    SeriesDetails,
    Stream,
)
from stb.providers.access import Access
from stb.providers.provider import Guidebook, Offer, Shelf
from stb.providers.stalker import events
from stb.providers.stalker.archive import Archive
from stb.providers.stalker.book import fetch_book
from stb.providers.stalker.entering import Entry
from stb.providers.stalker.favourites import favourite_ids, merged
from stb.providers.stalker.library import Library
from stb.providers.stalker.linking import Linking
from stb.providers.stalker.links import read
from stb.providers.stalker.profile import Profile, account
from stb.providers.stalker.question import question
from stb.providers.stalker.reporting import Reports
from stb.providers.stalker.rows import Origin
from stb.providers.stalker.session import Session
from stb.providers.stalker.television import television
from stb.providers.stalker.wire import truth
from stb.providers.xmltv import fetch_guide

log = logging.getLogger(__name__)

_READING = 1
"""Raised when more of a row is read than before, so that lists on the box's disk are read again."""


class Stalker:
    """One device's view of one portal, genuine or imitation; the portal knows it by its hardware address."""

    offers: frozenset[Offer] = frozenset(
        {
            Offer.LIBRARY,
            Offer.SEARCH,
            Offer.GUIDE,
            Offer.SHORT_GUIDE,
            Offer.CATCH_UP,
            Offer.DAYS,
            Offer.EVENTS,
            Offer.FAVOURITES,
            Offer.PARENTAL_CODE,
        }
    )

    def __init__(
        self,
        access: Access,
        *,
        pause: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare to ask; nothing is sent yet.

        Args:
            access: who asks whom.
            pause: waits for so many seconds between two pages of a long list.
            clock: seconds of a clock that only ever goes on.

        Raises:
            SettingsError: the source's address is none.
        """
        self._access = access
        self._source = access.source.id
        self._pause = pause
        self._session = Session(access, clock)
        self._linking = Linking(self._session)
        self._library = Library(self._session, self._linking, self._origin, pause)
        self._archive = Archive(self._session, self._linking)
        self._reports = Reports(self._session.tell)

    @property
    def address(self) -> str:
        """The portal's script; where it most likely is until it was found."""
        return self._session.endpoint.api

    def sign_in(self) -> Account:
        """Handshake, profile and, where it is wanted, the viewer's name and password; see `entering`.

        Raises:
            NotRegistered: the portal does not know this device.
        """
        entry = self._session.sign_in()
        imitation = not entry.shown.genuine
        told = account(entry.profile, self._main_info(), imitation=imitation)
        return replace(told, revision=self._revision(entry))

    def items(self) -> Iterator[Channel]:
        """See `television`."""
        return television(self._session, self._origin(), self._pause)

    def stream(self, channel: Channel) -> Stream:
        """Resolve a channel: the portal makes a link only where it must, and is told what is watched."""
        link = read(channel.link)
        stream = self._linking.stream(channel.ref, link)
        if link.kind == "itv":
            self._reports.watched(channel, link.cmd)
        return stream

    def categories(self, shelf: Shelf) -> tuple[str, ...]:
        """See `Lending.categories`; series of the genuine portal stand in the films' categories."""
        films = self._library.categories("vod")
        found = films if shelf is Shelf.FILMS else (*self._library.categories("series"), *films)
        return tuple(dict.fromkeys(genre.title for genre in found))

    def films(self) -> Iterator[Film]:
        """See `Lending.films`."""
        return self._library.films()

    def series(self) -> Iterator[Series]:
        """See `Lending.series`."""
        return self._library.series()

    def whole(self) -> bool:
        """See `Seeking.whole`."""
        return self._library.whole

    def seek(self, query: Query) -> tuple[Film | Series, ...]:
        """See `Seeking.seek`."""
        return self._library.seek(query)

    def film(self, film: Film) -> FilmDetails:
        """See `Lending.film`."""
        return self._library.film(film)

    def seasons(self, series: Series) -> SeriesDetails:
        """See `Lending.seasons`."""
        return self._library.seasons(series)

    def lend(self, ref: FilmRef | EpisodeRef, link: str) -> Stream:
        """See `Lending.lend`."""
        stream = self._library.lend(ref, link)
        self._reports.lent(ref)
        return stream

    def guide(self, have: str = "") -> Guidebook | None:
        """See `Guiding.guide`; the portal does not tell whether its own changed."""
        if self._access.source.guide:
            return fetch_guide(self._access.http, self._access.source.guide, self._access.folder, have)
        return fetch_book(self._session, self._access.folder)

    def short_guide(self, channel: Channel) -> tuple[Programme, ...]:
        """See `Telling.short_guide`."""
        return self._archive.soon(channel)

    def day(self, channel: Channel, begin: int, end: int) -> tuple[Programme, ...]:
        """See `Recounting.day`."""
        return self._archive.day(channel, begin, end)

    def past(self, channel: Channel, programme: Programme) -> Stream:
        """See `Archiving.past`."""
        return self._archive.play(channel, programme)

    def attend(self, playing: PlayKind, shown: str = "", *, first: bool = False) -> Attention:
        """See `Attending.attend`: the first question at once, the next ones in this box's own time slot."""
        said = self._session.tell(events.asked(playing, shown, first=first))
        told = self._session.profile or Profile(status=0)
        again = float(told.period + (told.slot if first else 0))
        return Attention(again=again, event=events.event(said.js, self._session.mag))

    def confirm(self, event: str) -> None:
        """See `Attending.confirm`."""
        self._session.tell(events.confirmed(event))

    def favourites(self) -> tuple[ChannelId, ...]:
        """See `Favouring.favourites`.

        Raises:
            BadReply: the portal does not say.
        """
        found = favourite_ids(self._session.ask(question("itv", "get_fav_ids")).js)
        if found is None:
            raise BadReply("no list of favourites", where="js", got="", source=self._source)
        return tuple(map(ChannelId, found))

    def favour(self, base: Sequence[ChannelId], mine: Sequence[ChannelId]) -> tuple[ChannelId, ...]:
        """See `Favouring.favour`."""
        theirs = self.favourites()
        wanted = tuple(map(ChannelId, merged(base, mine, theirs)))
        if wanted != theirs:
            self._session.ask(question("itv", "set_fav", fav_ch=",".join(wanted)))
        return wanted

    def parental_code(self) -> str:
        """See `Guarding.parental_code`."""
        told = self._session.profile or self._session.sign_in().profile
        return told.parent_password

    def change_parental_code(self, code: str) -> None:
        """See `Guarding.change_parental_code`; the imitation wants to see the new one three times."""
        names = ("parent_password", "pass", "repeat_pass") if self._session.imitation else ("pass",)
        asked = question("stb", "set_parent_password", **dict.fromkeys(names, code))
        if not truth(self._session.ask(asked).js):
            raise ServerFault("the code was not taken", source=self._source)
        if self._session.profile is not None:
            self._session.profile = replace(self._session.profile, parent_password=code)

    def close(self) -> None:
        """Give connections back. Safe to call twice."""
        self._reports.close()
        self._access.http.close()

    def _main_info(self) -> object:
        """What the account's page says; a portal without one lets us in all the same."""
        try:
            return self._session.tell(question("account_info", "get_main_info")).js
        except ProviderError as error:
            log.debug("no account page source=%s detail=%s", self._source, error)
            return None

    def _origin(self) -> Origin:
        return Origin(
            source=self._source,
            base=self._session.endpoint.base,
            foreign_guide=bool(self._access.source.guide),
        )

    def _revision(self, entry: Entry) -> str:
        """A name for what the portal would list: it has none of its own, so what decides about it."""
        said = (_READING, self.address, self._session.mag.mac, entry.profile.tariff)
        return hashlib.sha256(repr(said).encode()).hexdigest()
