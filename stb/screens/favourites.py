"""The viewer's favourites as they are after one more, one less, or one that moved. Pure.

Those that are gone from the operator's list keep their places: they may come back.
"""

from collections.abc import Sequence

from stb.model import ChannelRef


def toggled(every: Sequence[ChannelRef], ref: ChannelRef) -> tuple[ChannelRef, ...]:
    """With a channel as the last one; without it, if it is one already."""
    if ref in every:
        return tuple(one for one in every if one != ref)
    return (*every, ref)


def moved(
    every: Sequence[ChannelRef], there: Sequence[ChannelRef], ref: ChannelRef, step: int
) -> tuple[ChannelRef, ...]:
    """With a channel so many places on, counted among those that are there; no further than to the end."""
    place = there.index(ref)
    goal = there[min(max(place + step, 0), len(there) - 1)]
    others = [one for one in every if one != ref]
    if goal == ref:
        return tuple(every)
    at = others.index(goal) + (1 if step > 0 else 0)
    return (*others[:at], ref, *others[at:])
