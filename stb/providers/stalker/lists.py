"""Films and series as a portal lists them: page by page, sorted and sifted by the portal itself."""

import logging
from collections.abc import Callable, Generator, Iterator, Mapping

from stb.catalogue.folding import folded
from stb.catalogue.genres import genres as parted
from stb.errors import BadReply, NoSuchItem, ServerFault, Unreachable
from stb.model import Query, Sorting
from stb.providers.decoding import words
from stb.providers.stalker.crawl import Page, Row, crawl, page
from stb.providers.stalker.question import question
from stb.providers.stalker.rows import Genre, genres
from stb.providers.stalker.session import Session
from stb.providers.stalker.wire import identifier, number

log = logging.getLogger(__name__)

PAGES = 1000
"""Of each list: 14 000 items, the newest first. A portal is not asked more often than that in one go."""
_FOUND_PAGES = 3
"""Of what was looked for."""
_PAUSE = 0.1
"""Seconds between two pages."""
_MOST_LOST = 3
"""Pages in a row that a portal does not give, until it is left alone."""
_ALL = "*"
_NEWEST = "added"
_SORTED = {Sorting.NAME: "name", Sorting.RATING: "rating"}
"""The portal's words; it has none for the year."""
_SEARCHED = ("name", "o_name", "actors", "director", "year")
"""Fields in which portals look for a text."""


class Lists:
    """Of one portal."""

    def __init__(self, session: Session, pause: Callable[[float], None]) -> None:
        """Ask over this session; ``pause`` waits for so many seconds."""
        self._session = session
        self._pause = pause
        self._categories: dict[str, tuple[Genre, ...]] = {}
        self._genres: tuple[Genre, ...] | None = None
        self.whole = True
        """Each list that was read to its end had all in it that the portal has, as far as can be known."""

    def categories(self, kind: str) -> tuple[Genre, ...]:
        """Of ``vod`` or ``series``, asked for once; none where the portal has no such list."""
        if kind not in self._categories:
            try:
                self._categories[kind] = genres(self._session.ask(question(kind, "get_categories")).js)
            except NoSuchItem:
                self._categories[kind] = ()
        return self._categories[kind]

    def all(self, kind: str, named: Mapping[str, Genre]) -> Iterator[Row]:
        """All rows of a list at once; where a portal does not give that, of one category after the other."""
        count = 0
        for row in self._read(kind, _ALL, PAGES):
            count += 1
            yield row
        if count == 0:
            for category in named:
                for row in self._read(kind, category, max(PAGES // len(named), 1)):
                    yield row | {"category_id": row.get("category_id") or category}

    def found(self, kind: str, query: Query) -> Iterator[Row]:
        """What the portal finds, a few pages of it in the order that is asked for: which, says the part.

        A portal that takes no notice of what is looked for gives all that it has: of that nothing is taken
        but what fits, and no second page is asked for where nothing does.
        """
        category = self._category(kind, query)
        if category is None:
            return
        asked = {
            "category": category,
            **({"genre": genre} if (genre := self._genre(kind, query)) else {}),
            **({"years": query.year} if query.year else {}),
            "sortby": _SORTED.get(query.sorting, _NEWEST),
            **({"search": query.text} if query.text else {}),
        }

        def ask(place: int) -> Page:
            got = self._page(kind, place, **asked)
            return got if any(fits(row, query, category) for row in got.rows) else Page(())

        first = query.part * _FOUND_PAGES + 1
        yield from (row for row in crawl(ask, _FOUND_PAGES, first) if fits(row, query, category))

    def _category(self, kind: str, query: Query) -> str | None:
        """The portal's id of the category; None where this list has no such one."""
        if query.category is None:
            return _ALL
        named = (genre.id for genre in self.categories(kind) if genre.title == query.category)
        return next(named, None)

    def _genre(self, kind: str, query: Query) -> str:
        """The portal's id of the genre; empty where it has none of that name, as the imitation."""
        if query.genre is None or kind != "vod":
            return ""
        if self._genres is None:
            asked = question(kind, "get_genres_by_category_alias", cat_alias=_ALL)
            try:
                self._genres = genres(self._session.ask(asked).js)
            except NoSuchItem:
                self._genres = ()
        wanted = folded(query.genre)
        return next((genre.id for genre in self._genres if folded(genre.title) == wanted), "")

    def _read(self, kind: str, category: str, limit: int) -> Generator[Row]:
        lost = 0

        def ask(place: int) -> Page:
            nonlocal lost
            if place > 1:
                self._pause(_PAUSE)
            try:
                got = self._page(kind, place, category=category, sortby=_NEWEST)
            except (Unreachable, ServerFault, BadReply) as error:
                lost += 1
                if place == 1 or lost == _MOST_LOST:
                    raise
                log.warning(
                    "page lost source=%s list=%s page=%d detail=%s", self._session.source, kind, place, error
                )
                return Page((), lost=True)
            lost = 0
            return got

        whole = yield from crawl(ask, limit)
        self.whole = self.whole and whole

    def _page(self, kind: str, place: int, **asked: str | int) -> Page:
        try:
            return page(self._session.ask(question(kind, "get_ordered_list", **asked, p=place)).js)
        except NoSuchItem:
            return Page(())


def fits(row: Row, query: Query, category: str) -> bool:
    """Whether a row is what was looked for; what it does not say is believed."""
    said = identifier(row.get("category_id"))
    if category != _ALL and said and said != category:
        return False
    if query.year and query.year != number(words(row.get("year"))[:4], query.year):
        return False
    kinds = parted(words(row.get("genres_str")))
    if query.genre is not None and kinds and folded(query.genre) not in kinds:
        return False
    there = folded(" ".join(words(row.get(name), 400) for name in _SEARCHED))
    return all(word in there for word in folded(query.text).split())
