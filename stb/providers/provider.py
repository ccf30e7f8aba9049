"""What the box asks of an operator, whatever protocol the operator speaks."""

from collections.abc import Iterator
from enum import Enum, auto
from typing import Protocol

from stb.model import Account, Channel, NewsItem, Registration, Stream


class Offer(Enum):
    """What a kind of operator can do beyond the verbs every provider has."""

    ACTIVATION = auto()
    """A new device registers itself and is activated with a code: the provider is `Activating`."""
    NEWS = auto()
    """The operator has messages for its viewers: the provider is `Reporting`."""


class Provider(Protocol):
    """One signed-in operator. Its verbs block and raise `ProviderError`; a worker calls them."""

    offers: frozenset[Offer]
    address: str
    """Whom it asks: the source's address, completed as the protocol has it; http or https."""

    def sign_in(self) -> Account:
        """Tell the operator who we are and hear what it thinks of us.

        A device the operator does not know is no error but `AccountStatus.UNREGISTERED`.

        Raises:
            Unreachable, Untrusted, LoginRefused, ServerFault, BadReply: as their names say.
        """
        ...

    def items(self) -> Iterator[Channel]:
        """All that the operator offers, in the operator's order; read by the refresh process."""
        ...

    def stream(self, channel: Channel) -> Stream:
        """Resolve a channel to what the player can play now."""
        ...

    def close(self) -> None:
        """Give connections back. Safe to call twice."""
        ...


class Activating(Provider, Protocol):
    """A provider with `Offer.ACTIVATION`."""

    def register(self) -> Registration:
        """Make this device known; a device that is pending already gets its code again."""
        ...

    def activate(self, code: str) -> None:
        """Activate this device; a device that is active already is no error.

        Raises:
            LoginRefused: the code is wrong; ``.words`` are the operator's.
            NotRegistered: the operator does not know this device.
        """
        ...


class Reporting(Provider, Protocol):
    """A provider with `Offer.NEWS`."""

    def news(self) -> Iterator[NewsItem]:
        """What the operator tells its viewers, newest first; read by the refresh process."""
        ...
