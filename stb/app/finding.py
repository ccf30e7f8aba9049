"""What a text finds: looked up once for each text that is typed, not for every picture."""

import logging
from collections.abc import Sequence
from dataclasses import replace

from stb.catalogue.search import Found, Search
from stb.errors import CatalogueError
from stb.model import ChannelRef, Film, Series

_log = logging.getLogger(__name__)

AT_MOST = 30
"""Seconds for which an answer holds: other lists may have come, and other programmes be on."""
_LIMIT = 8
"""Of each kind."""


class Finding:
    """Asks the search in the main loop: a question is a few milliseconds at a million programmes."""

    def __init__(self, search: Search) -> None:
        """Know nothing yet."""
        self._search = search
        self._key: tuple[str, int, tuple[ChannelRef, ...], frozenset[str]] = ("", 0, (), frozenset())
        self._found = Found()

    def of(
        self,
        text: str,
        at: int,
        favourites: tuple[ChannelRef, ...] = (),
        hidden: frozenset[str] = frozenset(),
    ) -> Found:
        """What is called like a text, at this second since 1970; nothing where the lists cannot be read."""
        key = (text, at // AT_MOST, favourites, hidden)
        if key != self._key:
            self._key, self._found = key, self._look(text, at, favourites, hidden)
        return self._found

    def _look(self, text: str, at: int, favourites: tuple[ChannelRef, ...], hidden: frozenset[str]) -> Found:
        try:
            return self._search.find(text, _LIMIT, at, favourites, hidden)
        except CatalogueError as error:
            _log.warning("not searched detail=%s", error)
            return Found()


def with_finds(found: Found, more: Sequence[Film | Series]) -> Found:
    """What the box found, and behind it what only the operator did, a few of each kind."""
    known = {*(film.ref for film in found.films), *(one.ref for one in found.series)}
    new = [one for one in more if one.ref not in known]
    films = [one for one in new if isinstance(one, Film)]
    series = [one for one in new if isinstance(one, Series)]
    return replace(found, films=(*found.films, *films[:_LIMIT]), series=(*found.series, *series[:_LIMIT]))
