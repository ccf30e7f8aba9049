"""The guides of a list: one, or several that are read as one."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from stb.errors import NoSuchItem, ProviderError
from stb.model import GuideChannel, Programme, Said
from stb.net import HttpClient, download
from stb.providers.m3u.address import checked
from stb.providers.provider import Guidebook
from stb.providers.xmltv import PACKED, XmltvGuide, open_guide

log = logging.getLogger(__name__)

MOST = 20
"""Guides that are read of one list."""


class Guides:
    """Several guides, one after the other."""

    def __init__(self, books: Sequence[XmltvGuide]) -> None:
        """Of at least one."""
        self._books = books
        told = "\n".join(book.revision for book in books)
        self.revision = books[0].revision if len(books) == 1 else sha256(told.encode()).hexdigest()[:32]

    @property
    def lost(self) -> int:
        """Entries of all that could not be read."""
        return sum(book.lost for book in self._books)

    def __iter__(self) -> Iterator[GuideChannel | Programme | Said]:
        """See `Guidebook`."""
        for book in self._books:
            yield from book


def guide_of(
    http: HttpClient, places: Sequence[str | Path], folder: Path, have: str, headers: Mapping[str, str]
) -> Guidebook | None:
    """Fetch all of them; one that cannot be had is left out, as long as there is another.

    Returns:
        None where nothing is new.

    Raises:
        NoSuchItem: there are none.
        ProviderError: as `download` says of the first, where none can be had.
    """
    books: list[XmltvGuide] = []
    troubles: list[ProviderError] = []
    for number, place in enumerate(places[:MOST]):
        try:
            books.append(_open(http, place, folder / f"guide-{number}", headers))
        except ProviderError as error:
            log.warning("guide left out source=%s number=%d %s", http.source, number, error)
            troubles.append(error)
    if not books:
        raise troubles[0] if troubles else NoSuchItem("the list names no guide", source=http.source)
    found = Guides(books)
    return None if have and found.revision == have else found


def _open(http: HttpClient, place: str | Path, folder: Path, headers: Mapping[str, str]) -> XmltvGuide:
    if isinstance(place, Path):
        return open_guide(checked(place))
    fetched = download(http, place, folder / "guide", limit=PACKED, headers=headers)
    return open_guide(fetched.path, fetched.revision)
