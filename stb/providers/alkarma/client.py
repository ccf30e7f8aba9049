"""An AlKarma operator: three questions, each one POST."""

import logging
from collections.abc import Iterator

from stb.model import Account, Channel, NewsItem, Registration, Stream
from stb.net import Reply
from stb.providers.access import Access
from stb.providers.alkarma import wire
from stb.providers.alkarma.address import base_address, origin_of
from stb.providers.provider import Offer

log = logging.getLogger(__name__)


class AlKarma:
    """One device's view of one AlKarma server; the server knows it by its DUID alone."""

    offers: frozenset[Offer] = frozenset({Offer.ACTIVATION, Offer.NEWS})

    def __init__(self, access: Access) -> None:
        """Prepare to ask; nothing is sent yet.

        Raises:
            SettingsError: the source's address is none.
        """
        self._source = access.source.id
        self._duid = access.identity.duid
        self._http = access.http
        self.address = base_address(access.source.address)
        self._origin = origin_of(self.address)
        self._account: Account | None = None
        self._unread: dict[str, Reply] = {}
        """What ``check-device`` said last, for those who have not read their part of it."""

    def sign_in(self) -> Account:
        """Ask ``check-device``; see `Provider.sign_in`."""
        reply = self._ask("check-device")
        self._account = wire.account(reply, self._source, self._origin)
        self._unread = {"items": reply, "news": reply}
        return self._account

    def items(self) -> Iterator[Channel]:
        """The channels by number, as ``check-device`` has them.

        Those of the answer to signing in, which the account's revision is of; the next time it is asked anew.

        Raises:
            NotRegistered, AccountDisabled: the operator gives this device no channels.
        """
        found = wire.channels(self._heard("items"), self._source, self._origin)
        if found.skipped:
            log.warning(
                "channel rows skipped source=%s skipped=%d of=%d first=%s",
                self._source,
                len(found.skipped),
                len(found.skipped) + len(found.channels),
                found.skipped[0],
            )
        return iter(found.channels)

    def news(self) -> Iterator[NewsItem]:
        """The news of ``check-device``, as `items`; see `Reporting.news`."""
        return iter(wire.news(self._heard("news"), self._source))

    def stream(self, channel: Channel) -> Stream:
        """The channel's own link; AlKarma's links do not expire, so nobody is asked.

        Raises:
            NotRegistered, AccountDisabled: so the operator said when last asked.
        """
        if self._account is not None:
            wire.admit(self._account, self._source)
        return Stream(ref=channel.ref, address=channel.link)

    def register(self) -> Registration:
        """Ask ``register-device``; see `Activating.register`."""
        return wire.registration(self._ask("register-device"), self._source, self._duid)

    def activate(self, code: str) -> None:
        """Ask ``activate-device``; see `Activating.activate`."""
        wire.activated(self._ask("activate-device", activation_code=code), self._source)
        self._account = None  # what was known of the device is no longer so

    def close(self) -> None:
        """Give connections back. Safe to call twice."""
        self._http.close()

    def _heard(self, part: str) -> Reply:
        """What ``check-device`` said when we signed in, once for each part of it; else what it says now."""
        return self._unread.pop(part, None) or self._ask("check-device")

    def _ask(self, verb: str, **fields: str) -> Reply:
        return self._http.post_json(f"{self.address}/{verb}", {"duid": self._duid, **fields})
