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

from stb.app.guiding import Opening, further, openings, read_guides
from stb.app.keeping import open_kept
from stb.app.places import Places
from stb.catalogue.catalogue import Catalogue
from stb.catalogue.library import Library
from stb.errors import NoSuchItem, StbError
from stb.messages import Part
from stb.model import GuideSource, Identity, NewsItem, Source, SourceId
from stb.providers import Lending, Offer, Provider, Reporting, Seeking, Shelf
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
) -> Iterator[dict[str, Any]]:
    """Read parts of what an operator offers, in their order; the child's whole work.

    Args:
        source: whom to ask.
        identity: who asks.
        vault: the secrets.
        places: where the box keeps things.
        parts: which; all that the operator has.
        guides: of the viewer's own, to its channels.

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
                **_read(part, provider, source, revision=revision, places=places, opened=opened),
            }
    finally:
        provider.close()


def step_back() -> None:
    """Leave the processor and the card to the menu and the player (ionice(1), class idle)."""
    os.nice(_NICENESS)
    subprocess.run(["ionice", "--class", "3", "--ignore", "--pid", str(os.getpid())], check=False)


def refresh_guide(guide: GuideSource, source: Source, places: Places) -> dict[str, Any]:
    """Read one guide of the viewer's to an operator's channels, as `refresh` does all of them."""
    try:
        with Catalogue(places.lists) as lists:
            count, revision = read_guides([further(guide, places)], source, lists, places)
    except StbError as error:
        return {"part": Part.GUIDE, "failure": asdict(error.failure)}
    return {"part": Part.GUIDE, "count": count, "revision": revision}


def _read(  # noqa: PLR0913 - as above
    part: Part,
    provider: Provider,
    source: Source,
    *,
    revision: str,
    places: Places,
    opened: Sequence[Opening],
) -> dict[str, Any]:
    try:
        if part not in offered(provider) and not (part is Part.GUIDE and opened):
            raise NoSuchItem(f"this operator has no {part}", source=source.id)
        with Catalogue(places.lists) as lists:
            match part:
                case Part.LISTS:
                    count = lists.replace(source.id, provider.items(), revision, _news(provider))
                case Part.LIBRARY:
                    count = _read_library(cast("Lending", provider), source, places)
                case Part.GUIDE:
                    count, revision = read_guides(opened, source, lists, places)
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
        library.note_whole(
            source.id, whole=Offer.SEARCH not in provider.offers or cast("Seeking", provider).whole()
        )
    return films + series
