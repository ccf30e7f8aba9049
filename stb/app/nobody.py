"""The operator of a box that has none yet: it knows nobody and gives nothing."""

from collections.abc import Iterator
from typing import NoReturn

from stb.errors import Unreachable
from stb.model import Account, Channel, Source, SourceId, Stream
from stb.providers import Offer

NOBODY = Source(id=SourceId(""), kind="", name="", address="")


class Nobody:
    """A `Provider` that is never there."""

    offers: frozenset[Offer] = frozenset()
    address = ""

    def sign_in(self) -> Account:
        """Cannot be asked."""
        _absent()

    def items(self) -> Iterator[Channel]:
        """Cannot be asked."""
        _absent()

    def stream(self, channel: Channel) -> Stream:
        """Cannot be asked."""
        _absent(f" for {channel.ref}")

    def close(self) -> None:
        """Nothing to give back."""


def _absent(what: str = "") -> NoReturn:
    raise Unreachable(f"no operator is set up to be asked{what}")
