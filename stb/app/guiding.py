"""The refresh process's work on guides: the operator's own, and those that the viewer added."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from stb.app.places import Places
from stb.app.telling import Telling
from stb.catalogue.catalogue import Catalogue
from stb.catalogue.guide import Guide
from stb.catalogue.viewer import Viewer
from stb.errors import BadReply, CatalogueError, StbError
from stb.model import Channel, ChannelRef, GuideChannel, GuideSource, Programme, Said, Source, SourceId
from stb.providers import Guidebook, Guiding, Offer, Provider
from stb.providers.guides import open_guide_source
from stb.settings.settings import Settings

_log = logging.getLogger(__name__)

_AT_ONCE = 1000
"""Channels that are looked at together."""


@dataclass(frozen=True, slots=True)
class Opening:
    """A guide, and how it is opened: of a revision that is there already, None."""

    id: SourceId
    open: Callable[[str], Guidebook | None]


def asked_guides(provider: Provider, source: Source, settings: Settings) -> tuple[SourceId, ...]:
    """The guides about an operator's channels in the order in which they are asked, its own among them."""
    further = settings.guides_of(source.id)
    own = (source.id,) if Offer.GUIDE in provider.offers else ()
    before = tuple(guide.id for guide in further if guide.order < 0)
    return (*before, *own, *(guide.id for guide in further if guide.order >= 0))


def openings(
    provider: Provider, source: Source, guides: Sequence[GuideSource], places: Places
) -> tuple[Opening, ...]:
    """The operator's own guide, if it has one, and the viewer's."""
    own = (Opening(source.id, cast("Guiding", provider).guide),) if Offer.GUIDE in provider.offers else ()
    return (*own, *(further(guide, places) for guide in guides))


def further(guide: GuideSource, places: Places) -> Opening:
    """A guide of the viewer's."""
    return Opening(guide.id, lambda have: open_guide_source(guide, places.fetched, have))


def read_guides(
    wanted: Sequence[Opening], source: Source, lists: Catalogue, places: Places, telling: Telling
) -> tuple[int, str]:
    """Read each guide if it is another than before, or if the channels are; how much is in all of them.

    Returns:
        How many programmes there are, and the revision of the first guide.

    Raises:
        StbError: one could not be read; the others were.
    """
    count, revisions, troubles = 0, [], []
    with Guide(places.guide) as guide:
        for place, opening in enumerate(wanted):
            try:
                stretch = telling.stretch(place / len(wanted), (place + 1) / len(wanted))
                chosen = _chosen(places, opening.id)
                number, revision = _read(guide, opening, source, lists, chosen, stretch)
            except StbError as error:
                _log.warning("guide not read guide=%s detail=%s", opening.id, error)
                troubles.append(error)
            else:
                count += number
                revisions.append(revision)
    if troubles:
        raise troubles[0]
    return count, next(iter(revisions), "")


def _read(  # noqa: PLR0913, PLR0917 - what is read, to where, and for whom
    guide: Guide,
    opening: Opening,
    source: Source,
    lists: Catalogue,
    chosen: dict[ChannelRef, str],
    telling: Telling,
) -> tuple[int, str]:
    name = opening.id
    fits = guide.fits(name, _channels(lists, source), chosen)
    with telling.between(0.0, 0.5):
        book = opening.open(guide.revision(name) if fits else "")
    if book is None:
        return guide.count(name), guide.revision(name)
    entries = _not_empty(book, name)
    with telling.between(0.5, 1.0):
        count = guide.replace(name, entries, _channels(lists, source), book.revision, chosen=chosen)
    return count, book.revision


def _chosen(places: Places, guide: SourceId) -> dict[ChannelRef, str]:
    """The channels of a guide that the viewer chose; nobody's where that cannot be read."""
    if not places.viewer.exists():
        return {}
    try:
        with Viewer(places.viewer) as viewer:
            choices = viewer.guide_choices()
    except CatalogueError as error:
        _log.warning("choices not read detail=%s", error)
        return {}
    return {ref: choice.station for ref, choice in choices.items() if choice.guide == guide}


def _not_empty(book: Guidebook, source: SourceId) -> Iterator[GuideChannel | Programme | Said]:
    """The entries of a guide; one that has no programme at all must not take the old one's place."""
    entries = iter(book)
    for entry in entries:
        yield entry
        if not isinstance(entry, GuideChannel):
            yield from entries
            return
    raise BadReply("the guide is empty", where="guide", got="no programme", source=source)


def _channels(lists: Catalogue, source: Source) -> Iterator[Channel]:
    for first in range(0, lists.count(), _AT_ONCE):
        for channel in lists.channels(first, _AT_ONCE):
            if channel.ref.source == source.id:
                yield channel
