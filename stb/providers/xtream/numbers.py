"""Numbers for channels: the operator's where they are good for typing, else the next free ones. Pure."""

from collections.abc import Iterable, Iterator

from stb.model import Channel

_HIGHEST = 999_999
"""The highest number a viewer is asked to type."""


def numbered(channels: Iterable[Channel]) -> Iterator[Channel]:
    """Give each channel a number of its own.

    The first one to wish for a number has it, and is given on at once. The others follow when all wishes are
    known, counted on from the highest: so one more of them, or one less, moves none of the first.
    """
    taken: set[int] = set()
    others: list[Channel] = []
    for channel in channels:
        if 0 < channel.number <= _HIGHEST and channel.number not in taken:
            taken.add(channel.number)
            yield channel
        else:
            others.append(channel)
    for number, channel in enumerate(others, start=max(taken, default=0) + 1):
        yield channel._replace(number=number)
