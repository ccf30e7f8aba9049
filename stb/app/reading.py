"""The refresh process's work: what an operator offers, read part by part onto the box's disk.

Each part is in a file of its own and is replaced whole, by itself; until then the one before it stands, also
when this process is killed.
"""

import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, cast

from stb.app.guiding import Opening, further, openings, read_guides
from stb.app.keeping import open_kept
from stb.app.places import Places
from stb.app.telling import Say, Telling
from stb.catalogue.catalogue import Catalogue
from stb.catalogue.library import Library
from stb.errors import NoSuchItem, StbError
from stb.messages import Part
from stb.model import GuideSource, Identity, NewsItem, Source, SourceId
from stb.providers import Fetching, Lending, Offer, Provider, Reporting, Seeking, Shelf
from stb.settings.vault import Vault

_NICENESS = 10
"""The menu and the player go first."""
_APART = "apart"
"""Folder and id of a list that is not set up."""
_NEEDED = {Part.LIBRARY: Offer.LIBRARY, Part.GUIDE: Offer.GUIDE}


def offered(provider: Provider, guides: Sequence[GuideSource] = ()) -> tuple[Part, ...]:
    """Which parts an operator has, with the viewer's own guides to its channels."""
    has = {part for part in Part if part not in _NEEDED or _NEEDED[part] in provider.offers}
    return tuple(part for part in Part if part in has or (part is Part.GUIDE and guides))


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


def refresh(  # noqa: PLR0913 - all that is known of an operator
    source: Source,
    identity: Identity,
    vault: Vault,
    places: Places,
    parts: Sequence[Part] = (),
    *,
    guides: Sequence[GuideSource] = (),
    say: Say = lambda _: None,
) -> Iterator[dict[str, Any]]:
    """Read parts of what an operator offers, in their order; the child's whole work.

    Args:
        source: whom to ask.
        identity: who asks.
        vault: the secrets.
        places: where the box keeps things.
        parts: which; all that the operator has.
        guides: of the viewer's own, to its channels.
        say: takes how far a part is, as `Telling`.

    Yields:
        For each part ``{"part": name, "count": number, "revision": text}``, or ``{"part": name, "failure":
        fields}`` where the old one stays.

    Raises:
        SettingsError: the operator cannot be asked at all.
    """
    provider = open_kept(source, identity, vault, places)
    try:
        parts = parts or offered(provider, guides)
        opened = openings(provider, source, guides, places)
        try:
            revision = provider.sign_in().revision
        except StbError as error:
            yield from ({"part": part, "failure": asdict(error.failure)} for part in parts)
            return
        for part in parts:
            yield {
                "part": part,
                **_read(part, provider, source, revision, places, opened, Telling(part, say)),
            }
    finally:
        provider.close()


def step_back() -> None:
    """Leave the processor and the card to the menu and the player (ionice(1), class idle)."""
    os.nice(_NICENESS)
    subprocess.run(["ionice", "--class", "3", "--ignore", "--pid", str(os.getpid())], check=False)


def refresh_guide(guide: GuideSource, source: Source, places: Places, say: Say) -> dict[str, Any]:
    """Read one guide of the viewer's to an operator's channels, as `refresh` does all of them."""
    try:
        with Catalogue(places.lists) as lists:
            telling = Telling(Part.GUIDE, say)
            count, revision = read_guides([further(guide, places)], source, lists, places, telling)
    except StbError as error:
        return {"part": Part.GUIDE, "failure": asdict(error.failure)}
    return {"part": Part.GUIDE, "count": count, "revision": revision}


def _read(  # noqa: PLR0913, PLR0917 - as above
    part: Part,
    provider: Provider,
    source: Source,
    revision: str,
    places: Places,
    opened: Sequence[Opening],
    telling: Telling,
) -> dict[str, Any]:
    try:
        if part not in offered(provider) and not (part is Part.GUIDE and opened):
            raise NoSuchItem(f"this operator has no {part}", source=source.id)
        with Catalogue(places.lists) as lists:
            match part:
                case Part.LISTS:
                    count = _read_lists(provider, source, revision, lists, telling)
                case Part.LIBRARY:
                    count = _read_library(cast("Lending", provider), source, places, telling)
                case Part.GUIDE:
                    count, revision = read_guides(opened, source, lists, places, telling)
            lists.note_read(source.id, part, int(time.time()))
    except StbError as error:
        return {"failure": asdict(error.failure)}
    return {"count": count, "revision": revision}


def _news(provider: Provider) -> Iterator[NewsItem]:
    return cast("Reporting", provider).news() if Offer.NEWS in provider.offers else iter(())


def _edition(provider: Provider, shelf: Shelf | None) -> str:
    return cast("Fetching", provider).fetch(shelf) if Offer.EDITIONS in provider.offers else ""


def _read_lists(provider: Provider, source: Source, revision: str, lists: Catalogue, telling: Telling) -> int:
    """Read the channels, unless they are as they were; how many there are."""
    with telling.between(0.0, 0.5):
        edition = _edition(provider, None)
    if edition and edition == lists.edition(source.id):
        return lists.keep(source.id, revision)
    with telling.between(0.5 if edition else 0.0, 1.0):
        return lists.replace(source.id, provider.items(), revision, _news(provider), edition)


def _read_library(provider: Lending, source: Source, places: Places, telling: Telling) -> int:
    """Read the shelves that are not as they were; how much is on both.

    What was fetched before becomes one change of the file. What comes page by page may break off at any of
    them, and then the films that came are kept.
    """
    with telling.between(0.0, 0.25):
        films = _edition(provider, Shelf.FILMS)
    with telling.between(0.25, 0.5):
        series = _edition(provider, Shelf.SERIES)
    with Library(places.library) as library:
        changed = {
            shelf
            for shelf, edition in ((Shelf.FILMS, films), (Shelf.SERIES, series))
            if not edition or edition != library.edition(source.id, shelf)
        }
        fetched = bool(films and series)
        begin = 0.5 if fetched else 0.0
        middle = (begin + 1.0) / 2
        with library.together() if changed and fetched else nullcontext():
            if Shelf.FILMS in changed:
                with telling.between(begin, middle):
                    categories = provider.categories(Shelf.FILMS)
                    library.replace_films(source.id, provider.films(), categories, films)
            if Shelf.SERIES in changed:
                with telling.between(middle, 1.0):
                    categories = provider.categories(Shelf.SERIES)
                    library.replace_series(source.id, provider.series(), categories, series)
        if changed:
            whole = Offer.SEARCH not in provider.offers or cast("Seeking", provider).whole()
            library.note_whole(source.id, whole=whole)
        return library.size(source.id)
