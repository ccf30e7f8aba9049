"""The questions to a panel, each a GET, and its long lists row by row."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum
from http import HTTPStatus
from pathlib import Path
from urllib.parse import quote, urlencode

from stb.errors import BadReply, LoginRefused, NoSuchItem, ProviderError, ServerFault, Unreachable
from stb.net import HttpClient, Limits, Reply, download
from stb.providers.access import Access
from stb.providers.unpacking import Unpacked
from stb.providers.xtream import wire
from stb.providers.xtream.address import Login
from stb.providers.xtream.rows import categories
from stb.providers.xtream.splitting import Row, json_rows

log = logging.getLogger(__name__)

_LISTS = Limits(read=90.0, whole=1800.0, size=512 << 20)
"""A panel makes the whole of a long list before it sends any of it."""
_ANSWERS = Limits(read=20.0, whole=45.0)
"""Some panels ask others before they answer."""


_BELIEVED = 5
"""How many categories bear out, being empty, that the whole list is empty; or, failing too, that it fails."""


class Listing(Enum):
    """The actions that ask for a list's categories and its rows, and the field of a row's id."""

    LIVE = ("get_live_categories", "get_live_streams", "stream_id")
    FILMS = ("get_vod_categories", "get_vod_streams", "stream_id")
    SERIES = ("get_series_categories", "get_series", "series_id")


class Panel:
    """One viewer's questions to one panel. Threads may share it."""

    headers: Mapping[str, str]
    """Of every question."""
    patient: HttpClient
    """For answers that are long in coming."""

    def __init__(self, login: Login, access: Access, user_agent: str) -> None:
        """Prepare to ask; nothing is sent yet."""
        self._login = login
        self._http = access.http.within(_ANSWERS)
        self.patient = access.http.within(_LISTS)
        self._source = access.source.id
        self._folder = access.folder
        self.headers = {"User-Agent": user_agent}
        self._fetched: dict[Listing, Path | ProviderError] = {}
        """Where lists lie on the disk, or why they do not."""
        self._names: dict[Listing, dict[str, str]] = {}

    def account(self) -> Reply:
        """Ask without an action."""
        return self._http.get(self._api(), self.headers)

    def ask(self, action: str, **fields: str) -> object:
        """The JSON of an answer that is small.

        Raises:
            Unreachable, Untrusted, LoginRefused, ServerFault, BadReply: as their names say.
        """
        reply = self._http.get(self._api(action=action, **fields), self.headers)
        return wire.value_of(reply, self._source)

    def names(self, listing: Listing) -> dict[str, str]:
        """Names of a list's categories by their ids, asked for once; empty where they do not come.

        Raises:
            Unreachable, Untrusted, LoginRefused: as their names say.
        """
        if listing not in self._names:
            try:
                self._names[listing] = categories(self._stream(listing.value[0]))
            except (ServerFault, BadReply) as error:
                log.warning("no categories source=%s list=%s why=%s", self._source, listing.name, error)
                self._names[listing] = {}
        return self._names[listing]

    def fetch(self, listing: Listing) -> str:
        """Fetch the whole of a list for `rows`; changes when the list does, empty where it did not come.

        Raises:
            CatalogueError: the disk does not take it.
        """
        self._fetched.pop(listing, None)
        _, action, _ = listing.value
        try:
            found = download(
                self.patient,
                self._api(action=action),
                self._folder / listing.name.lower(),
                limit=_LISTS.size,
                headers=self.headers,
            )
        except (Unreachable, ServerFault, BadReply) as error:
            self._fetched[listing] = error
        except (LoginRefused, NoSuchItem):  # whoever asks again hears the panel's words
            return ""
        else:
            self._fetched[listing] = found.path
            return found.revision
        return ""

    def rows(self, listing: Listing) -> Iterator[Row]:
        """The rows of a list that have an id; ``num`` only of the whole list, for it counts from 1 in each.

        Where the whole list fails, or has nothing in it, each category is asked for by itself; a row may come
        twice then.

        Raises:
            Unreachable, Untrusted, LoginRefused: as their names say.
            ServerFault, BadReply: neither the whole list nor any category came.
        """
        some, trouble = False, None
        try:
            for row in self._listed(listing, self._whole(listing)):
                some = True
                yield row
        except (Unreachable, ServerFault, BadReply) as error:
            trouble = error
        if not trouble and (some or not self.names(listing)):
            return
        log.warning(
            "list asked for by category source=%s list=%s why=%s", self._source, listing.name, trouble
        )
        for row in self._by_category(listing, trouble):
            row.pop("num", None)
            yield row

    def _by_category(self, listing: Listing, trouble: ProviderError | None) -> Iterator[Row]:
        some, answered, whole_came = False, False, trouble is None
        for number, category in enumerate(self.names(listing)):
            if number >= _BELIEVED and not (some if whole_came else answered):
                break
            try:
                for row in self._listed(listing, self._stream(listing.value[1], category_id=category)):
                    some = True
                    yield row
                answered = True
            except (ServerFault, BadReply) as error:
                trouble = error
                log.warning("category left out source=%s list=%s why=%s", self._source, listing.name, error)
        if trouble and not answered:
            raise trouble

    def _whole(self, listing: Listing) -> Iterator[Row]:
        fetched = self._fetched.get(listing)
        match fetched:
            case Path():
                yield from json_rows(Unpacked(fetched, _LISTS.size, telling=True), self._source)
            case ProviderError():
                raise fetched
            case _:
                yield from self._stream(listing.value[1])

    def _listed(self, listing: Listing, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows with an id.

        Raises:
            LoginRefused, BadReply: there is something else in their place.
        """
        _, _, field = listing.value
        some, other = False, None
        for row in rows:
            if field in row:
                some = True
                yield row
            elif row:
                other = other or row
        if other and not some:
            raise wire.no_row(other, self._source)

    def _stream(self, action: str, **fields: str) -> Iterator[Row]:
        address = self._api(action=action, **fields)
        with self.patient.opened(address, self.headers) as opened:
            pieces = opened.pieces()
            if opened.status >= HTTPStatus.BAD_REQUEST:
                reply = Reply(status=opened.status, body=next(pieces, b""))
                raise wire.refusal(reply, self._source)
            yield from json_rows(pieces, self._source)

    @property
    def guide_address(self) -> str:
        """Of the guide of all channels."""
        return self._address("xmltv.php", {})

    def _api(self, **fields: str) -> str:
        return self._address("player_api.php", fields)

    def _address(self, script: str, fields: Mapping[str, str]) -> str:
        who = {"username": self._login.user, "password": self._login.password}
        return f"{self._login.address}/{script}?{urlencode({**who, **fields}, quote_via=quote, safe='')}"
