"""Favourites that the operator keeps too: a worker's job."""

from collections.abc import Sequence

from stb.app.workers import Job
from stb.messages import FavouritesSynced, Message
from stb.model import ChannelId, ChannelRef, SourceId
from stb.providers.provider import Favouring


def share(
    provider: Favouring,
    source: SourceId,
    shared: Sequence[ChannelRef] | None,
    mine: Sequence[ChannelRef],
) -> Job:
    """Tell the operator of the viewer's favourites, and hear what it keeps.

    Args:
        provider: of the operator.
        source: the operator.
        shared: what it kept when it was asked last; None: it never was, and then nothing of its own is lost.
        mine: what the viewer made of that.
    """

    def job() -> Message:
        theirs = provider.favourites() if shared is None else None
        base = _ids(shared or ()) if theirs is None else theirs
        wanted = _ids(mine) if theirs is None else tuple(dict.fromkeys((*theirs, *_ids(mine))))
        kept = provider.favour(base, wanted)
        return FavouritesSynced(source, tuple(ChannelRef(source, one) for one in kept))

    return job


def _ids(refs: Sequence[ChannelRef]) -> tuple[ChannelId, ...]:
    return tuple(ref.channel for ref in refs)
