"""Trying an operator, one step at a time; each blocks."""

import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, suppress
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeVar, cast
from urllib.parse import urlsplit

from stb.app.firstbytes import tried
from stb.errors import (
    AccountDisabled,
    LoginRefused,
    NoSuchItem,
    ProviderError,
    Unreachable,
)
from stb.messages import CheckStep
from stb.model import (
    Account,
    AccountStatus,
    Channel,
    GuideChannel,
    Identity,
    Programme,
    Said,
    Source,
    Stream,
    read_programmes,
)
from stb.providers import Guiding, Lending, Offer, Provider, Telling, client_for, open_provider

_Given = TypeVar("_Given")

CONNECT_SECONDS = 5.0
SAMPLES = 5
"""Names of each kind that are kept to be shown."""
_CANDIDATES = 3
"""Channels that are tried one after the other: one that is off says nothing of the operator."""
_RULED = "#=*-_~|•▬★ "
"""What a row that only heads others begins with."""
_FOUND = {
    AccountStatus.ACTIVE: "check.active",
    AccountStatus.EXPIRED: "check.expired",
    AccountStatus.DISABLED: "check.disabled",
    AccountStatus.UNREGISTERED: "check.unregistered",
}
_NAMELESS = ("m3u",)
"""Kinds that know nobody: there is no account to speak of."""
_WAITING = (AccountStatus.UNREGISTERED, AccountStatus.DISABLED)
"""An operator that activates devices gives these no lists, and that is no fault."""


class Found(NamedTuple):
    """What a step showed."""

    says: str = ""
    """Message id, where there is more to say than that it works."""
    number: int = 0
    """``n`` of that message."""


_WORKS = Found()


class Attempt:
    """One operator being tried, step by step; each step may go on from those before it."""

    def __init__(
        self, source: Source, identity: Identity, folder: Path, password: str = "", *, whole: bool = False
    ) -> None:
        """Ask nothing yet.

        Args:
            source: whom to try.
            identity: who asks.
            folder: where what is fetched may lie.
            password: the viewer's with this operator.
            whole: count films and series too, which takes as long as the operator has many.
        """
        self._source = source
        self._identity = identity
        self._folder = folder
        self._password = password
        self._whole = whole
        self._provider: Provider | None = None
        self._candidates: list[Channel] = []
        self._stream: Stream | None = None
        self.account: Account | None = None
        self.counts: dict[str, int] = {}
        """How much there is of what was looked at: ``groups``, ``channels``, ``films`` ..."""
        self.samples: dict[str, list[str]] = {}
        """A few names of each."""

    def close(self) -> None:
        """Give connections back. Safe to call twice."""
        if self._provider is not None:
            self._provider.close()

    def do(self, step: CheckStep) -> Found | None:
        """Do one step; None: this operator has nothing that could be tried.

        Raises:
            StbError: it failed; `failed` says it to the viewer.
        """
        if self._provider is None:
            self._provider = open_provider(
                self._source, self._identity, self._folder, password=self._password
            )
        match step:
            case CheckStep.ADDRESS:
                return self._address(self._provider)
            case CheckStep.PORT:
                return self._port(self._provider)
            case CheckStep.TLS:
                return self._tls(self._provider)
            case CheckStep.SIGN_IN:
                return self._sign_in(self._provider)
            case CheckStep.LISTS:
                return self._lists(self._provider)
            case CheckStep.LINK:
                return self._link(self._provider)
            case CheckStep.FIRST_BYTES:
                return self._first_bytes(self._provider)
            case CheckStep.GUIDE:
                return self._guide(self._provider)

    @staticmethod
    def _address(provider: Provider) -> Found:
        host, _ = _server(provider)
        if host:  # else it is a file, and its list is read later
            try:
                socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
            except (OSError, UnicodeError) as error:
                raise Unreachable(f"{host}: no such name") from error
        return _WORKS

    @staticmethod
    def _port(provider: Provider) -> Found | None:
        host, port = _server(provider)
        if not host:
            return None
        try:
            socket.create_connection((host, port), CONNECT_SECONDS).close()
        except (OSError, UnicodeError) as error:
            raise Unreachable(f"{host}:{port}: nothing listens there") from error
        return _WORKS

    def _tls(self, provider: Provider) -> Found | None:
        if urlsplit(provider.address).scheme != "https":
            return None
        with closing(client_for(self._source)) as http:
            http.greet(provider.address)
        return Found("check.trusted") if self._source.fingerprint else _WORKS

    def _sign_in(self, provider: Provider) -> Found | None:
        """An operator that activates devices has time; any other one serves now or not at all."""
        if self._source.kind in _NAMELESS:
            return None
        self.account = account = provider.sign_in()
        if Offer.ACTIVATION not in provider.offers:
            if account.status is AccountStatus.EXPIRED:
                raise _ExpiredError(account.message)
            if account.status is not AccountStatus.ACTIVE:
                raise AccountDisabled("not served", words=account.message)
        return Found(_FOUND[account.status])

    def _lists(self, provider: Provider) -> Found:
        if self.account is not None and self.account.status in _WAITING:
            return Found("check.lists_later")
        groups: dict[str, None] = {}
        names: list[str] = []
        count = 0
        for channel in provider.items():
            count += 1
            groups.setdefault(channel.group)
            if len(self._candidates) < _CANDIDATES and channel.name.lstrip(_RULED) == channel.name:
                self._candidates.append(channel)
                names.append(channel.name)
        groups.pop("", None)
        self.counts |= {"groups": len(groups), "channels": count}
        self.samples |= {"groups": list(islice(groups, SAMPLES)), "channels": names}
        if self._whole and Offer.LIBRARY in provider.offers:
            lending = cast("Lending", provider)
            self._note("films", (film.name for film in lending.films()))
            self._note("series", (series.name for series in lending.series()))
        if not count and not self.counts.get("films") and not self.counts.get("series"):
            raise NoSuchItem("no channels", source=self._source.id)
        return Found("check.lists", count)

    def _note(self, what: str, names: Iterable[str]) -> None:
        names = iter(names)
        self.samples[what] = list(islice(names, SAMPLES))
        self.counts[what] = len(self.samples[what]) + sum(1 for _ in names)

    def _link(self, provider: Provider) -> Found | None:
        if not self._candidates:
            return None
        self._stream = _any(self._candidates, provider.stream)
        return _WORKS

    def _first_bytes(self, provider: Provider) -> Found | None:
        if self._stream is None:
            return None
        with closing(client_for(self._source)) as http:
            kind = _any(self._candidates, lambda channel: tried(self._given(provider, channel), http))
        return _WORKS if kind else Found("check.untried")

    def _given(self, provider: Provider, channel: Channel) -> Stream:
        """The link that is there already, once: it may be good for one look."""
        stream, self._stream = self._stream, None
        return stream if stream and stream.ref == channel.ref else provider.stream(channel)

    def _guide(self, provider: Provider) -> Found | None:
        if self.account is not None and self.account.status in _WAITING:
            return None
        if Offer.GUIDE in provider.offers:
            try:
                book = cast("Guiding", provider).guide()
            except NoSuchItem:
                if self._source.guide:
                    raise
                return None
            self._note("programmes", _titles(book or ()))
        elif Offer.SHORT_GUIDE in provider.offers and self._candidates:
            telling = cast("Telling", provider)
            self._note("programmes", _titles(telling.short_guide(self._candidates[0])))
        else:
            return None
        return Found("check.programmes", self.counts["programmes"])


class _ExpiredError(LoginRefused):
    """The operator knows the account, and its time is over."""

    advice = "error.expired"

    def __init__(self, words: str) -> None:
        super().__init__("the account has expired", words=words)


def _any(channels: Sequence[Channel], give: Callable[[Channel], _Given]) -> _Given:
    """What the first channel gives that gives anything; if none does, what was wrong with the last."""
    for channel in channels[:-1]:
        with suppress(ProviderError):
            return give(channel)
    return give(channels[-1])


def _titles(entries: Iterable[GuideChannel | Programme | Said]) -> Iterator[str]:
    return (programme.title for programme in read_programmes(entries))


def _server(provider: Provider) -> tuple[str, int]:
    parts = urlsplit(provider.address)
    return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
