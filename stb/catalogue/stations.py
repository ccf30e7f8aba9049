"""Which channel of a guide is which channel of an operator.

A channel says its id in the guide, or the name it has there, or it has only its own name; guides and lists
disagree about capitals, spaces and underscores.
"""

import unicodedata
from collections.abc import Iterable
from hashlib import blake2b

from stb.model import Channel

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

    def __init__(self, channels: Iterable[Channel]) -> None:
        """Look through the channels once."""
        self._keep: dict[tuple[int, str], int] = {}
        """Days of the past, by alias."""
        said = blake2b(digest_size=16)
        for channel in channels:
            days = max(1, -(-channel.archive // 24))
            for alias in candidates(channel):
                self._keep[alias] = max(self._keep.get(alias, 0), days)
            said.update(repr((channel.guide_id, channel.guide_name, channel.name, days)).encode())
        self.longest = max(self._keep.values(), default=1)
        """Days of the past of the channel whose past is kept longest."""
        self.digest = said.hexdigest()
        """Changes when what is wanted does."""

    def days(self, identifier: str, names: Iterable[str]) -> int:
        """How many days of a guide channel's past are kept; 0: no channel is this one."""
        aliases = ((BY_ID, folded(identifier)), *((BY_NAME, folded(name)) for name in names))
        return max((self._keep.get(alias, 0) for alias in aliases), default=0)
