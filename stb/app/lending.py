"""What the viewer chose, made into a stream by its operator; in a worker's thread."""

from dataclasses import replace
from typing import cast

from stb.app.effects import FollowOn
from stb.catalogue.catalogue import Catalogue
from stb.catalogue.guide import Guide
from stb.catalogue.library import Library
from stb.errors import NoSuchItem
from stb.messages import ItemGone, Watch
from stb.model import (
    Channel,
    ChannelRef,
    Episode,
    EpisodeRef,
    Film,
    FilmRef,
    PastRef,
    Playable,
    Programme,
    Stream,
    Work,
)
from stb.providers.provider import Archiving, Lending, Offer, Provider

_NEAR = 600
"""What begins more than so many seconds after the end of another does not follow it."""


def channel_of(lists: Catalogue, ref: Playable) -> Channel | None:
    """The channel that plays, or the one on which it was; asked for by the thread that owns the lists."""
    match ref:
        case ChannelRef():
            return lists.channel(ref)
        case PastRef(channel=channel):
            return lists.channel(channel)
    return None


def find(wish: Watch, library: Library, guide: Guide, lists: Catalogue) -> Watch | ItemGone:
    """The wish with what it is about, as the lists on the disk have it."""
    item: Work | None = None
    match wish.ref:
        case FilmRef() as film:
            item = library.film(film)
        case PastRef(channel=ref, start=start) if channel := lists.channel(ref):
            item = guide.programme(channel, start)
    return replace(wish, item=item) if item else ItemGone()


def after(follow: FollowOn, guide: Guide, lists: Catalogue, now: float) -> Watch | None:
    """The wish to go on with what came next, if that has begun; the guide knows best."""
    channel = lists.channel(follow.ref)
    if channel is None:
        return None
    known = guide.now_next([channel], follow.stop).get(follow.ref)
    found = (known.now if known else None) or follow.told
    if found is None or not follow.stop <= found.start < min(follow.stop + _NEAR, now):
        return None
    return Watch(PastRef(follow.ref, found.start), item=found)


def name_for_all(lists: Catalogue, library: Library, ref: Playable, item: Work | None) -> str:
    """What is watched, as it is called; empty where it is gone, or not for everyone."""
    match ref, item:
        case ChannelRef() | PastRef(), _:
            channel = channel_of(lists, ref)
            return channel.name if channel and not channel.adult else ""
        case FilmRef(), Film(name=name, adult=adult):
            return "" if adult else name
        case EpisodeRef(series=series), Episode(name=name):
            one = library.one_series(series)
            return f"{one.name} · {name}" if one and not one.adult else ""
    return ""


def stream(provider: Provider, ref: Playable, item: Work | None, channel: Channel | None) -> Stream:
    """What the player can play now.

    Raises:
        NoSuchItem: it is in no list any more, or this operator has nothing of its kind.
        ProviderError: as the provider says.
    """
    match ref, item:
        case (FilmRef() | EpisodeRef(), Film(link=link) | Episode(link=link)) if (
            Offer.LIBRARY in provider.offers
        ):
            return cast("Lending", provider).lend(ref, link)
        case PastRef(), Programme() if channel and Offer.CATCH_UP in provider.offers:
            return cast("Archiving", provider).past(channel, item)
        case ChannelRef(), None if channel:
            return provider.stream(channel)
    raise NoSuchItem("it is no longer in the lists", source=ref.source)
