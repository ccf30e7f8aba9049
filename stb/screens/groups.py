"""Groups of channels as the viewer sees them: favourites, all, the operator's without the hidden ones.

The channels of a hidden group are not among all of them either. A favourite stays one.
"""

from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

from stb.model import Channel, ChannelRef
from stb.screens.view import View


class Own(Enum):
    """Groups that no operator made; the value is the message id."""

    FAVOURITES = "channels.favourites"


Group = str | Own | None
"""An operator's by its name; None: all channels."""


class Size(NamedTuple):
    """A group, and how many channels are in it."""

    group: Group
    many: int


def groups(view: View, *, hidden: bool = False) -> tuple[Size, ...]:
    """The groups in their order; those that the viewer does not want to see are left out, or not."""
    own = (Size(Own.FAVOURITES, len(view.favourites)),) if view.favourites else ()
    theirs = (Size(one.name, one.count) for one in view.lists.groups())
    seen = (one for one in theirs if hidden or one.group not in view.hidden)
    return (*own, Size(None, count(view, None)), *seen)


def count(view: View, group: Group) -> int:
    """How many channels are in a group."""
    return len(view.favourites) if isinstance(group, Own) else view.lists.count(group, view.hidden)


def channels(view: View, first: int, limit: int, group: Group) -> tuple[Channel, ...]:
    """The rows of a group from a position on, at most so many."""
    if not isinstance(group, Own):
        return view.lists.channels(first, limit, group, view.hidden)
    return tuple(_there(view, view.favourites[first : first + limit]))


def position(view: View, ref: ChannelRef, group: Group) -> int | None:
    """Where a channel stands in a group; None where it does not."""
    if not isinstance(group, Own):
        return view.lists.position(ref, group, view.hidden)
    return view.favourites.index(ref) if ref in view.favourites else None


def called(view: View, group: Group) -> str:
    """What the viewer calls a group."""
    if isinstance(group, Own):
        return view.words(group.value)
    return view.words("channels.all") if group is None else group or view.words("channels.other")


def _there(view: View, refs: tuple[ChannelRef, ...]) -> Iterator[Channel]:
    for ref in refs:
        channel = view.lists.channel(ref)
        if channel is not None:
            yield channel
