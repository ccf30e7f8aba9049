"""What the operator tells of a film, a series, or of what is on: asked in a worker's thread."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import cast

from stb.app.effects import AskAboutDay, LookClosely
from stb.app.workers import Job
from stb.catalogue.airtimes import put_right
from stb.catalogue.catalogue import Catalogue
from stb.catalogue.guide import Guide
from stb.catalogue.library import Library
from stb.errors import NoSuchItem
from stb.messages import DayReady, DetailsReady, FindsKept, Message, OperatorFound, ShortGuideReady
from stb.model import Channel, ChannelRef, Film, FilmRef, Query, Series, SeriesRef, SourceId
from stb.providers.provider import Lending, Offer, Provider, Recounting, Seeking, Telling


def details(provider: Provider, library: Library, asked: LookClosely) -> Job:
    """The question about a film or a series; looked up by the thread that owns the library."""
    ref = asked.ref
    title = library.film(ref) if isinstance(ref, FilmRef) else library.one_series(ref)
    return partial(_details, provider, ref, title or asked.found)


def seek(provider: Provider, library: Library, source: SourceId, query: Query) -> Job | None:
    """The question for films and series; None where the library has all, or this operator cannot say."""
    if Offer.SEARCH not in provider.offers or library.whole(source):
        return None
    return partial(_seek, cast("Seeking", provider), query)


def keep(source: SourceId, found: Sequence[Film | Series], path: Path) -> Job:
    """Putting finds into the library at this path; that waits while it is being read anew."""
    return partial(_keep, source, found, path)


def short_guide(provider: Provider, lists: Catalogue, guide: Guide, ref: ChannelRef, at: int) -> Job | None:
    """The question about a channel; None where the guide knows, or this operator cannot say.

    Args:
        provider: whom to ask.
        lists: where the channel is.
        guide: what may know already.
        ref: which channel.
        at: now, in seconds since 1970.
    """
    channel = lists.channel(ref)
    if channel is None or Offer.SHORT_GUIDE not in provider.offers or guide.now_next([channel], at):
        return None
    return partial(_short_guide, cast("Telling", provider), channel)


def day(provider: Provider, lists: Catalogue, asked: AskAboutDay) -> Job | None:
    """The question about a day of a channel; None where this operator cannot say."""
    channel = lists.channel(asked.ref)
    if channel is None or Offer.DAYS not in provider.offers:
        return None
    return partial(_day, cast("Recounting", provider), channel, asked)


def _details(provider: Provider, ref: FilmRef | SeriesRef, title: Film | Series | None) -> Message:
    if title is None or Offer.LIBRARY not in provider.offers:
        raise NoSuchItem("it is no longer in the library", source=ref.source)
    lending = cast("Lending", provider)
    return DetailsReady(ref, lending.film(title) if isinstance(title, Film) else lending.seasons(title))


def _seek(provider: Seeking, query: Query) -> Message:
    return OperatorFound(query, provider.seek(query))


def _keep(source: SourceId, found: Sequence[Film | Series], path: Path) -> Message:
    with Library(path) as library:
        library.add(source, found)
    return FindsKept()


def _short_guide(provider: Telling, channel: Channel) -> Message:
    return ShortGuideReady(channel.ref, provider.short_guide(channel))


def _day(provider: Recounting, channel: Channel, asked: AskAboutDay) -> Message:
    said = put_right(provider.day(channel, asked.begin, asked.end))
    there = (one for one in said if one.start < asked.end and (one.stop or one.start) > asked.begin)
    return DayReady(channel.ref, asked.begin, tuple(there))
