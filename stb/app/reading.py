"""The refresh process's work: what an operator offers, read part by part onto the box's disk.

Each part is in a file of its own and is replaced whole, by itself; until then the one before it stands, also
when this process is killed.
"""

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, cast

from stb.app.keeping import open_kept
from stb.app.places import Places
from stb.catalogue.catalogue import Catalogue
from stb.catalogue.guide import Guide
from stb.catalogue.library import Library
from stb.errors import BadReply, NoSuchItem, StbError
from stb.messages import Part
from stb.model import Channel, GuideChannel, Identity, NewsItem, Programme, Source, SourceId
from stb.providers import Guidebook, Guiding, Lending, Offer, Provider, Reporting, Shelf
from stb.settings.vault import Vault

_NICENESS = 10
"""The menu and the player go first."""
_AT_ONCE = 1000
"""Channels that are looked at together."""
_APART = "apart"
"""Folder and id of a list that is not set up."""
_NEEDED = {Part.LIBRARY: Offer.LIBRARY, Part.GUIDE: Offer.GUIDE}


def offered(provider: Provider) -> tuple[Part, ...]:
    """Which parts an operator has."""
    return tuple(part for part in Part if part not in _NEEDED or _NEEDED[part] in provider.offers)


def beside(places: Places) -> Places:
    """Where a list is read to that is not set up: in folders of its own below the box's, to be looked at."""
    apart = replace(places, state=places.state / _APART, cache=places.cache / _APART)
    apart.make()
    return apart


def unlisted(address: str, guide: str = "") -> Source:
    """A plain list that is not set up, and its guide; each the address of a server or a file."""
    return Source(
        id=SourceId(_APART), kind="m3u", name=_APART, address=_absolute(address), guide=_absolute(guide)
    )


def _absolute(written: str) -> str:
    return str(Path(written).absolute()) if written and Path(written).is_file() else written


def refresh(
    source: Source, identity: Identity, vault: Vault, places: Places, parts: Sequence[Part] = ()
) -> Iterator[dict[str, Any]]:
    """Read parts of what an operator offers, in their order; the child's whole work.

    Args:
        source: whom to ask.
        identity: who asks.
        vault: the secrets.
        places: where the box keeps things.
        parts: which; all that the operator has.

    Yields:
        For each part ``{"part": name, "count": number, "revision": text}``, or ``{"part": name, "failure":
        fields}`` where the old one stays.

    Raises:
        SettingsError: the operator cannot be asked at all.
    """
    provider = open_kept(source, identity, vault, places)
    try:
        parts = parts or offered(provider)
        try:
            revision = provider.sign_in().revision
        except StbError as error:
            yield from ({"part": part, "failure": asdict(error.failure)} for part in parts)
            return
        for part in parts:
            yield {"part": part, **_read(part, provider, source, revision, places)}
    finally:
        provider.close()


def step_back() -> None:
    """Leave the processor and the card to the menu and the player (ionice(1), class idle)."""
    os.nice(_NICENESS)
    subprocess.run(["ionice", "--class", "3", "--ignore", "--pid", str(os.getpid())], check=False)


def _read(part: Part, provider: Provider, source: Source, revision: str, places: Places) -> dict[str, Any]:
    try:
        if part not in offered(provider):
            raise NoSuchItem(f"this operator has no {part}", source=source.id)
        with Catalogue(places.lists) as lists:
            match part:
                case Part.LISTS:
                    count = lists.replace(source.id, provider.items(), revision, _news(provider))
                case Part.LIBRARY:
                    count = _read_library(cast("Lending", provider), source, places)
                case Part.GUIDE:
                    count, revision = _read_guide(cast("Guiding", provider), source, lists, places)
            lists.note_read(source.id, part, int(time.time()))
    except StbError as error:
        return {"failure": asdict(error.failure)}
    return {"count": count, "revision": revision}


def _news(provider: Provider) -> Iterator[NewsItem]:
    return cast("Reporting", provider).news() if Offer.NEWS in provider.offers else iter(())


def _read_library(provider: Lending, source: Source, places: Places) -> int:
    with Library(places.library) as library:
        films = library.replace_films(source.id, provider.films(), provider.categories(Shelf.FILMS))
        series = library.replace_series(source.id, provider.series(), provider.categories(Shelf.SERIES))
    return films + series


def _read_guide(provider: Guiding, source: Source, lists: Catalogue, places: Places) -> tuple[int, str]:
    """Read the guide if it is another than before, or if the channels are; how much is in it."""
    with Guide(places.guide) as guide:
        fits = guide.fits(source.id, _channels(lists, source))
        book = provider.guide(guide.revision(source.id) if fits else "")
        if book is None:
            return guide.count(source.id), guide.revision(source.id)
        entries = _not_empty(book, source)
        return guide.replace(source.id, entries, _channels(lists, source), book.revision), book.revision


def _not_empty(book: Guidebook, source: Source) -> Iterator[GuideChannel | Programme]:
    """The entries of a guide; one that has no programme at all must not take the old one's place."""
    found = False
    for entry in book:
        found = found or isinstance(entry, Programme)
        yield entry
    if not found:
        raise BadReply("the guide is empty", where="guide", got="no programme", source=source.id)


def _channels(lists: Catalogue, source: Source) -> Iterator[Channel]:
    for first in range(0, lists.count(), _AT_ONCE):
        for channel in lists.channels(first, _AT_ONCE):
            if channel.ref.source == source.id:
                yield channel
