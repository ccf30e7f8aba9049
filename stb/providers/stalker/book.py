"""The guide of all channels: fetched into a file as it comes, and read from there while it is written down.

A week of a large portal is longer than the machine's memory, and the portal's own memory may not do either:
then less of it is asked for.
"""

import logging
from collections.abc import Iterator
from pathlib import Path

from stb.errors import BadReply, CatalogueError, NoSuchItem, ProviderError, ServerFault
from stb.model import Programme
from stb.net import Limits
from stb.providers.stalker import epg
from stb.providers.stalker.question import question
from stb.providers.stalker.session import Session

log = logging.getLogger(__name__)

HOURS = (168, 48, 12)
"""Asked for one after the other, until the portal can give as much."""
_PATIENCE = Limits(connect=5.0, read=120.0, whole=600.0, size=256 * 1024 * 1024)
_PIECE = 64 * 1024


class EpgBook:
    """A `Guidebook` in a file."""

    revision = ""
    """Only reading it tells whether it changed."""

    def __init__(self, path: Path, source: str) -> None:
        """Of the answer to ``get_epg_info`` in this file."""
        self._path = path
        self._source = source
        self.lost = 0

    def __iter__(self) -> Iterator[Programme]:
        """Programmes in the portal's order; what it cut short ends early."""
        with self._path.open("rb") as file:
            try:
                for channel, row in epg.rows(iter(lambda: file.read(_PIECE), b"")):
                    programme = epg.programme(row, channel)
                    if programme is None:
                        self.lost += 1
                    else:
                        yield programme
            except ValueError as error:
                self.lost += 1
                log.warning("guide cut short source=%s detail=%s", self._source, error)


def fetch_book(session: Session, folder: Path) -> EpgBook:
    """Fetch as much of the guide as the portal can give.

    Raises:
        NoSuchItem: it gives none, as the imitation never does.
        ProviderError: as in `Session.ask`.
        CatalogueError: the disk has no room for it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        return _fetched(session, folder / "guide.json")
    except OSError as error:
        raise CatalogueError(f"the guide cannot be kept: {error.strerror}") from error


def _fetched(session: Session, path: Path) -> EpgBook:
    failure: ProviderError | None = None
    for hours in HOURS:
        try:
            session.fetch(question("itv", "get_epg_info", period=hours), path, _PATIENCE)
        except (ServerFault, NoSuchItem, BadReply) as error:
            failure = error
            continue
        book = EpgBook(path, session.source)
        if next(iter(book), None) is None:
            raise NoSuchItem("the portal has no guide of all channels", source=session.source)
        return EpgBook(path, session.source)
    raise failure or NoSuchItem("no guide", source=session.source)
