"""Finds the portal over HTTP, and keeps in mind where it was."""

import logging

from stb.errors import BadReply, ProviderError
from stb.net import Reply
from stb.providers.access import Access
from stb.providers.stalker.discovery import GREETINGS, Answer, Endpoint, candidates, discovering
from stb.providers.stalker.mag import Mag, Pass
from stb.providers.stalker.wire import NotThere, Silent

log = logging.getLogger(__name__)


class Finder:
    """Knows where one source's portal is, or may be."""

    def __init__(self, access: Access, mag: Mag) -> None:
        """Recall where it was; nothing is sent yet.

        Raises:
            SettingsError: the source's address is none.
        """
        self._access = access
        self._mag = mag
        self._places = candidates(access.source.address)
        self.found: Endpoint | None = None
        self.recall()

    @property
    def likely(self) -> Endpoint:
        """Where it is; where it most likely is until that is known."""
        return self.found or self._places[0]

    def recall(self) -> None:
        """Take up what was found before, by this process or another."""
        memory = self._access.memory
        api, page = memory.get("api"), memory.get("page")
        if api and page and memory.get("typed") == self._access.source.address:
            self.found = Endpoint(api, page, greets=memory.get("greets") == "1")

    def forget(self) -> None:
        """It is there no more."""
        self.found = None
        self._access.memory.put(api="", page="")

    def find(self, zone: str) -> Reply:
        """Look for it.

        Returns:
            Its answer to our handshake.

        Raises:
            ProviderError: there is none; the error that says most.
        """
        source = self._access.source
        search = discovering(self._places, source.id)
        try:
            probe = next(search)
            while True:
                probe = search.send(self._probed(probe.endpoint, probe.part, zone))
        except StopIteration as ended:
            found: tuple[Endpoint, Reply] = ended.value
        except (Silent, NotThere) as error:
            raise BadReply(
                "no portal", where="address", got=str(error), source=source.id, status=error.status
            ) from None
        self.found, reply = found
        log.info("portal found source=%s page=%s greets=%s", source.id, self.found.page, self.found.greets)
        self._access.memory.put(
            typed=source.address,
            api=self.found.api,
            page=self.found.page,
            greets="1" if self.found.greets else "",
        )
        return reply

    def greet(self, zone: str) -> None:
        """Ask for the parts of the page that its host wants to see asked for, where it does."""
        if self.likely.greets:
            for part in GREETINGS:
                self._probed(self.likely, part, zone)

    def _probed(self, endpoint: Endpoint, part: str, zone: str) -> Answer:
        headers = self._mag.headers(endpoint.page, Pass(), zone)
        asked = self._mag.handshake(Pass()).query
        address = f"{endpoint.page}{part}" if part else f"{endpoint.api}?{asked}"
        try:
            return self._access.http.get(address, headers)
        except ProviderError as error:
            return error
