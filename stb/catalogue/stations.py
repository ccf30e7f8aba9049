"""Which channel of a guide is which channel of an operator.

A channel says its id in the guide, or the name it has there, or it has only its own name; guides and lists
disagree about capitals, spaces and underscores.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import TYPE_CHECKING

from stb.model import Channel, ChannelRef

if TYPE_CHECKING:  # its library takes long to read, and only the refresh process has use for it
    from stb.catalogue.alike import Alike, Assignment

BY_ID, BY_NAME = 0, 1
"""Ranks of an alias: what the guide's ids are, folded; what it calls its channels, folded."""


def folded(name: str) -> str:
    """A name without what lists and guides do not agree about."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().replace("_", " ").split())


def candidates(channel: Channel) -> tuple[tuple[int, str], ...]:
    """Aliases by which a channel may be in the guide, the likeliest first; its very id comes before these."""
    wanted = (
        (BY_ID, folded(channel.guide_id)),
        (BY_NAME, folded(channel.guide_name)),
        (BY_NAME, folded(channel.name)),
    )
    return tuple(alias for alias in wanted if alias[1])


class Wanted:
    """What an operator's channels may be called in a guide, and for how long their past is kept."""

    def __init__(
        self,
        channels: Iterable[Channel],
        chosen: Mapping[ChannelRef, str] | None = None,
        alike: "Alike | None" = None,
    ) -> None:
        """Look through the channels once.

        Args:
            channels: of the operator.
            chosen: ids of guide channels that the viewer chose for some.
            alike: finds those of which no id and no name tells; None: nobody asks for them.
        """
        self._keep: dict[tuple[int, str], int] = {}
        """Days of the past, by alias."""
        self._long: dict[ChannelRef, int] = {}
        """Days of the past of the channels of which more than one is kept."""
        self._met: dict[str, tuple[tuple[str, ...], int]] = {}
        """Guide channels that came: what they are called, and how many days of them are kept."""
        self._alike = alike
        self._channels: list[Channel] = []
        """Those that are looked for by what their names say, if need be."""
        self._told: list[tuple[str, tuple[str, ...]]] = []
        """Guide channels that are somebody's already, and were not held against the names of the others."""
        self._looked = False
        self._named: tuple[tuple[ChannelRef, Assignment], ...] | None = None
        said = blake2b(digest_size=16)
        for channel in channels:
            days = max(1, -(-channel.archive // 24))
            choice = (chosen or {}).get(channel.ref, "")
            aliases = candidates(channel)
            for alias in (*aliases, *(((BY_ID, folded(choice)),) if choice else ())):
                self._keep[alias] = max(self._keep.get(alias, 0), days)
            if alike is not None:
                self._channels.append(channel)
            if days > 1:
                self._long[channel.ref] = days
            said.update(
                repr(
                    (channel.guide_id, channel.guide_name, channel.name, channel.group, days, choice)
                ).encode()
            )
        self.longest = max(self._keep.values(), default=1)
        """Days of the past of the channel whose past is kept longest."""
        self.digest = said.hexdigest()
        """Changes when what is wanted does."""

    def days(self, identifier: str, names: Iterable[str]) -> int:
        """How many days of a guide channel's past are kept; 0: no channel is this one."""
        called = tuple(names)
        known = self._met.get(identifier)
        if known is None or known[0] != called:
            known = self._met[identifier] = called, self._days(identifier, called)
        return known[1]

    def _days(self, identifier: str, names: tuple[str, ...]) -> int:
        kept = max(self._keep.get(alias, 0) for alias in _aliases(identifier, names))
        if kept:
            self._told.append((identifier, names))
            return kept
        return max((self.archive(ref) for ref in self._hold(identifier, names)), default=0)

    def _hold(self, identifier: str, names: tuple[str, ...]) -> tuple[ChannelRef, ...]:
        """The channels that a guide's may be by what their names say."""
        if self._alike is None:
            return ()
        if not self._looked:  # names are taken apart where there is need: it takes long
            self._looked = True
            for channel in self._channels:
                self._alike.add(channel)
        return self._alike.hold(identifier, names)

    def archive(self, channel: ChannelRef) -> int:
        """How many days of a channel's past are kept."""
        return self._long.get(channel, 1)

    @property
    def listed(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        """The guide channels that came, and what they are called."""
        return ((identifier, names) for identifier, (names, _) in self._met.items())

    def by_name(self) -> "tuple[tuple[ChannelRef, Assignment], ...]":
        """The channels that no alias tells, and which of the guide channels that came each most likely is.

        Asked when all of them came.
        """
        if self._named is None:
            self._named = tuple(self._by_name())
        return self._named

    def _by_name(self) -> "Iterator[tuple[ChannelRef, Assignment]]":
        if self._alike is None:
            return
        told = {alias for identifier, names in self.listed for alias in _aliases(identifier, names)}
        missing = [one.ref for one in self._channels if not any(alias in told for alias in candidates(one))]
        for identifier, names in self._told if missing else ():
            self._hold(identifier, names)
        for ref in missing:
            if best := self._alike.best.get(ref):
                yield ref, best


def _aliases(identifier: str, names: Iterable[str]) -> tuple[tuple[int, str], ...]:
    """Of a guide channel."""
    return (BY_ID, folded(identifier)), *((BY_NAME, folded(name)) for name in names)
