"""An Xtream Codes operator behind the box's interface."""

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, tzinfo
from typing import TypeVar

from stb.errors import AccountDisabled, BadReply, LoginRefused, NoSuchItem
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
from stb.providers.access import Access
from stb.providers.decoding import identifier
from stb.providers.provider import PLAYER_AGENT, Guidebook, Offer, Shelf, edition
from stb.providers.xmltv import fetch_guide
from stb.providers.xtream import details, epg, rows, wire
from stb.providers.xtream.address import Login, login_of
from stb.providers.xtream.archive import FORMS, past_address
from stb.providers.xtream.asking import Listing, Panel
from stb.providers.xtream.numbers import numbered
from stb.providers.xtream.splitting import Row
from stb.providers.xtream.streams import file_address, live_address
from stb.providers.xtream.trying import working_form
from stb.providers.xtream.zones import zone_named

log = logging.getLogger(__name__)

_NOT_FOUND = 404
_SOON = "12"
"""How many programmes of the short guide are asked for."""
_MOST = 1_000_000
"""Rows; no panel has half as many, and the box's memory has an end."""
_LISTINGS = {None: Listing.LIVE, Shelf.FILMS: Listing.FILMS, Shelf.SERIES: Listing.SERIES}
_Item = TypeVar("_Item", Channel, Film, Series)


class Xtream:
    """One viewer's account with one panel."""

    offers: frozenset[Offer] = frozenset(
        {Offer.LIBRARY, Offer.GUIDE, Offer.SHORT_GUIDE, Offer.CATCH_UP, Offer.DAYS, Offer.EDITIONS}
    )

    def __init__(self, access: Access) -> None:
        """Prepare to ask; nothing is sent yet.

        User name and password may also stand in the address, as operators hand it out.

        Raises:
            SettingsError: the source's address is none.
        """
        self._access = access
        self._source = access.source.id
        self._status, self._words = AccountStatus.ACTIVE, ""
        self._login = _login(access)
        self.address = self._login.address
        self._agent = access.source.user_agent or PLAYER_AGENT
        self._panel = Panel(self._login, access, self._agent)

    def sign_in(self) -> Account:
        """Ask for the account; see `Provider.sign_in`."""
        account, server = wire.account(self._panel.account(), self._source, datetime.now(UTC))
        self._access.memory.put(
            zone=server.zone, formats=" ".join(sorted(server.formats)), rtmp_port=str(server.rtmp_port)
        )
        self._status, self._words = account.status, account.message
        return account

    def fetch(self, shelf: Shelf | None = None) -> str:
        """Fetch a list; what its categories are called is part of it. See `Fetching.fetch`."""
        self._admit()
        listing = _LISTINGS[shelf]
        fetched = self._panel.fetch(listing)
        return edition(fetched, self.address, *self._panel.names(listing).items()) if fetched else ""

    def items(self) -> Iterator[Channel]:
        """Ask for the live channels; see `Provider.items`."""
        return numbered(self._each(Listing.LIVE, rows.channel))

    def stream(self, channel: Channel) -> Stream:
        """The address of a channel; nobody is asked.

        Raises:
            AccountDisabled: so the operator said when last asked.
        """
        memory = self._access.memory
        formats, port = memory.get("formats").split(), int(memory.get("rtmp_port") or 0)
        return self._stream(channel.ref, live_address(self._login, channel.link, formats, port))

    def categories(self, shelf: Shelf) -> tuple[str, ...]:
        """Ask for a shelf's categories; see `Lending.categories`."""
        return tuple(dict.fromkeys(self._panel.names(_LISTINGS[shelf]).values()))

    def films(self) -> Iterator[Film]:
        """Ask for the films; see `Lending.films`."""
        return self._each(Listing.FILMS, rows.film)

    def series(self) -> Iterator[Series]:
        """Ask for the series; see `Lending.series`."""
        return self._each(Listing.SERIES, rows.series)

    def film(self, film: Film) -> FilmDetails:
        """Ask for a film's details; see `Lending.film`."""
        value = self._details("get_vod_info", vod_id=film.ref.film)
        found = details.film_details(value, film, self.address)
        if found is None:
            raise NoSuchItem("the operator does not know this film", source=self._source)
        return found

    def seasons(self, series: Series) -> SeriesDetails:
        """Ask for a series' details; see `Lending.seasons`."""
        value = self._details("get_series_info", series_id=series.ref.series)
        return details.series_details(value, series, self.address)

    def lend(self, ref: FilmRef | EpisodeRef, link: str) -> Stream:
        """The address of a film or an episode; nobody is asked. See `Lending.lend`."""
        shelf = "movie" if isinstance(ref, FilmRef) else "series"
        return self._stream(ref, file_address(self._login, shelf, link))

    def guide(self, have: str = "") -> Guidebook | None:
        """Fetch the panel's guide, or the one that the viewer named instead; see `Guiding.guide`."""
        address = self._access.source.guide or self._panel.guide_address
        return fetch_guide(self._panel.patient, address, self._access.folder, have, self._panel.headers)

    def short_guide(self, channel: Channel) -> tuple[Programme, ...]:
        """Ask for the next programmes of a channel, or else for all of them; see `Telling.short_guide`.

        A channel that is in no guide is not asked about: on a real panel that is three of four.
        """
        if not channel.guide_id:
            return ()
        zone, now = self._zone(), int(datetime.now(UTC).timestamp())
        for action, more in (("get_short_epg", {"limit": _SOON}), ("get_simple_data_table", {})):
            value = self._panel.ask(action, stream_id=channel.ref.channel, **more)
            told = epg.programmes(value, channel.guide_id, zone)
            if soon := epg.from_now(told, now):
                return soon
        return ()

    def day(self, channel: Channel, begin: int, end: int) -> tuple[Programme, ...]:  # noqa: ARG002 - it tells all
        """Ask for everything the panel knows of a channel; see `Recounting.day`."""
        if not channel.guide_id:
            return ()
        value = self._panel.ask("get_simple_data_table", stream_id=channel.ref.channel)
        return epg.programmes(value, channel.guide_id, self._zone())

    def past(self, channel: Channel, programme: Programme) -> Stream:
        """The address of what was on; ways to ask for it are tried the first time. See `Archiving.past`."""
        if not channel.archive:
            raise NoSuchItem("the operator keeps nothing of this channel", source=self._source)
        zone, stream = self._zone(), channel.ref.channel
        addresses = {form.name: past_address(self._login, form, stream, programme, zone) for form in FORMS}
        known, _, of = self._access.memory.get("archive").partition(" ")
        if known not in addresses or of != self.address:
            known = working_form(self._access.http, addresses, self._panel.headers)
            self._access.memory.put(archive=f"{known} {self.address}")
        return self._stream(PastRef(channel.ref, programme.start), addresses[known])

    def close(self) -> None:
        """Give connections back. Safe to call twice."""
        self._access.http.close()

    def _each(
        self,
        listing: Listing,
        read: Callable[[Row, str, rows.Setting], _Item | None],
    ) -> Iterator[_Item]:
        """What the rows of a list are read as, each id once.

        Raises:
            AccountDisabled: the operator gives this viewer nothing.
            LoginRefused: the account is expired, and the list empty: it is not what the operator has.
            BadReply: the list has no end.
        """
        self._admit()
        setting = rows.Setting(source=self._source, names=self._panel.names(listing), base=self.address)
        seen, left_out, field = {""}, 0, listing.value[2]
        for row in self._panel.rows(listing):
            identity = identifier(row[field])
            item = None if identity in seen else read(row, identity, setting)
            if len(seen) + left_out > _MOST:
                raise BadReply("a list without end", where="list", got=str(_MOST), source=self._source)
            if item is None:
                left_out += 1
                continue
            seen.add(identity)
            yield item
        count = len(seen) - 1
        if not count and self._status is AccountStatus.EXPIRED:
            raise LoginRefused("nothing for an account that expired", source=self._source)
        log.info("list source=%s list=%s rows=%d left_out=%d", self._source, listing.name, count, left_out)

    def _admit(self) -> None:
        if self._status is AccountStatus.DISABLED:
            raise AccountDisabled(
                "the operator has disabled this account", source=self._source, words=self._words
            )

    def _stream(self, ref: Playable, address: str) -> Stream:
        self._admit()
        return Stream(ref=ref, address=address, user_agent=self._agent)

    def _details(self, action: str, **fields: str) -> object:
        try:
            return self._panel.ask(action, **fields)
        except LoginRefused as error:
            if error.status != _NOT_FOUND:
                raise
            raise NoSuchItem(
                "not found", source=self._source, status=error.status, words=error.words
            ) from error

    def _zone(self) -> tzinfo:
        """Of the server's clock; asked for where nobody has signed in yet."""
        if not self._access.memory.get("zone"):
            self.sign_in()
        return zone_named(self._access.memory.get("zone"))


def _login(access: Access) -> Login:
    typed, user = login_of(access.source.address), access.source.user.strip()
    password = access.password.strip() or ("" if user else typed.password)
    return Login(typed.address, user or typed.user, password)
