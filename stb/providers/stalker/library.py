"""Films and series of a portal: its lists are crawled page by page, politely and not without end."""

from collections.abc import Callable, Iterator

from stb.errors import NoSuchItem
from stb.model import (
    EpisodeRef,
    Film,
    FilmDetails,
    FilmRef,
    Season,
    Series,
    SeriesDetails,
    Stream,
    Version,
)
from stb.providers.stalker import vod
from stb.providers.stalker.crawl import Page, Row, crawl, page
from stb.providers.stalker.linking import Linking
from stb.providers.stalker.links import Link, read
from stb.providers.stalker.question import question
from stb.providers.stalker.rows import Genre, Origin, genres
from stb.providers.stalker.session import Session
from stb.providers.stalker.wire import identifier, truth

PAGES = 1000
"""Of each list: 14 000 items, the newest first. A portal is not asked more often than that in one go."""
_PAUSE = 0.1
"""Seconds between two pages."""
_FEW_PAGES = 40
"""Of the seasons of one series, or the episodes of one season."""


class Library:
    """Reads lists, looks closely, lends."""

    def __init__(
        self, session: Session, linking: Linking, origin: Callable[[], Origin], pause: Callable[[float], None]
    ) -> None:
        """Ask over this session.

        Args:
            session: with the portal.
            linking: makes streams.
            origin: what rows are read with, once the portal was found.
            pause: waits for so many seconds.
        """
        self._session = session
        self._linking = linking
        self._origin = origin
        self._pause = pause
        self._categories: dict[str, tuple[Genre, ...]] = {}
        self._among_films: tuple[Series, ...] | None = None
        """The series that stood in the films' list, once that was read to its end."""

    def categories(self, kind: str) -> tuple[Genre, ...]:
        """Of ``vod`` or ``series``, asked for once; none where the portal has no such list."""
        if kind not in self._categories:
            try:
                self._categories[kind] = genres(self._session.ask(question(kind, "get_categories")).js)
            except NoSuchItem:
                self._categories[kind] = ()
        return self._categories[kind]

    def films(self) -> Iterator[Film]:
        """All films; the series among them are kept for `series`."""
        found: dict[str, Series] = {}
        origin = self._origin()
        named = {genre.id: genre for genre in self.categories("vod")}
        for row in self._all("vod", named):
            if vod.is_series(row):
                if one := vod.series(row, named, origin):
                    found.setdefault(one.ref.series, one)
            elif film := vod.film(row, named, origin):
                yield film
        self._among_films = tuple(found.values())

    def series(self) -> Iterator[Series]:
        """All series: those that stand among the films, and those of a list of their own."""
        if self._among_films is None:
            for _ in self.films():
                pass
        yield from self._among_films or ()
        seen = {one.ref for one in self._among_films or ()}
        origin = self._origin()
        named = {genre.id: genre for genre in self.categories("series")}
        if not named:
            return  # the genuine portal knows no such list
        for row in self._all("series", named):
            one = vod.series(row, named, origin, "series")
            if one and one.ref not in seen:
                seen.add(one.ref)
                yield one

    def film(self, film: Film) -> FilmDetails:
        """See `Lending.film`."""
        link = read(film.link)
        versions = self._files(link) if link.movie else ()
        return FilmDetails(film=film, about=vod.about(link), versions=versions)

    def seasons(self, series: Series) -> SeriesDetails:
        """See `Lending.seasons`."""
        link = read(series.link)
        found = (
            [vod.counted_season(series, 1, link.cmd, link.episodes)]
            if link.cmd
            else list(self._seasons(series, link))
        )
        return SeriesDetails(series=series, about=vod.about(link), seasons=vod.in_order(found))

    def lend(self, ref: FilmRef | EpisodeRef, text: str) -> Stream:
        """See `Lending.lend`."""
        link = read(text)
        if link.movie:
            files = self._files(link)
            if files:
                link = read(files[0].link)
            elif not link.cmd:
                raise NoSuchItem("there is no file of it", source=self._session.source)
        return self._linking.stream(ref, link)

    def _seasons(self, series: Series, link: Link) -> Iterator[Season]:
        rows = list(self._below(link.kind, series.ref.series))
        for place, row in enumerate(rows, start=1):
            if season := vod.season_row(row, series, place):
                yield season
            elif truth(row.get("is_season")):
                named = identifier(row.get("id"))
                yield self._season(series, link.kind, vod.season_of(row, place), named)
        loose = [row for row in rows if truth(row.get("is_episode"))]
        if loose:
            yield _season_with(series, 1, "0", loose)

    def _season(self, series: Series, kind: str, number: int, season_id: str) -> Season:
        rows = list(self._below(kind, series.ref.series, season_id))
        return _season_with(series, number, season_id, rows)

    def _files(self, link: Link) -> tuple[Version, ...]:
        rows = self._below("vod", link.movie, link.season or "0", link.episode or "0")
        return vod.versions(list(rows))

    def _below(self, kind: str, movie: str, season: str = "0", episode: str = "0") -> Iterator[Row]:
        """What there is below a film, a series, a season or an episode."""

        def ask(place: int) -> Page:
            asked = question(
                kind,
                "get_ordered_list",
                movie_id=movie,
                season_id=season,
                episode_id=episode,
                p=place,
            )
            return page(self._session.ask(asked).js)

        return crawl(ask, _FEW_PAGES)

    def _all(self, kind: str, named: dict[str, Genre]) -> Iterator[Row]:
        """All rows of a list at once; where a portal does not give that, of one category after the other."""
        count = 0
        for row in self._list(kind, "*", PAGES):
            count += 1
            yield row
        if count == 0:
            for category in named:
                for row in self._list(kind, category, max(PAGES // len(named), 1)):
                    yield row | {"category_id": row.get("category_id") or category}

    def _list(self, kind: str, category: str, limit: int) -> Iterator[Row]:
        def ask(place: int) -> Page:
            if place > 1:
                self._pause(_PAUSE)
            asked = question(
                kind,
                "get_ordered_list",
                category=category,
                sortby="added",
                p=place,
            )
            try:
                return page(self._session.ask(asked).js)
            except NoSuchItem:
                return Page(())

        return crawl(ask, limit)


def _season_with(series: Series, number: int, season_id: str, rows: list[Row]) -> Season:
    episodes = (vod.episode(row, series, number, season_id, place) for place, row in enumerate(rows, start=1))
    return Season(number=number, episodes=tuple(one for one in episodes if one is not None))
