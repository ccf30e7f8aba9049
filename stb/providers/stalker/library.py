"""Films and series of a portal: its lists are crawled page by page, politely and not without end."""

from collections.abc import Callable, Iterator

from stb.errors import NoSuchItem
from stb.model import (
    EpisodeRef,
    Film,
    FilmDetails,
    FilmRef,
    Query,
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
from stb.providers.stalker.lists import Lists
from stb.providers.stalker.question import question
from stb.providers.stalker.rows import Genre, Origin
from stb.providers.stalker.session import Session
from stb.providers.stalker.wire import identifier, truth

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
        self._lists = Lists(session, pause)
        self._among_films: tuple[Series, ...] | None = None
        """The series that stood in the films' list, once that was read to its end."""

    @property
    def whole(self) -> bool:
        """See `Seeking.whole`."""
        return self._lists.whole

    def categories(self, kind: str) -> tuple[Genre, ...]:
        """Of ``vod`` or ``series``; none where the portal has no such list."""
        return self._lists.categories(kind)

    def films(self) -> Iterator[Film]:
        """All films; the series among them are kept for `series`."""
        found: dict[str, Series] = {}
        origin = self._origin()
        named = {genre.id: genre for genre in self.categories("vod")}
        for row in self._lists.all("vod", named):
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
        for row in self._lists.all("series", named):
            one = vod.series(row, named, origin, "series")
            if one and one.ref not in seen:
                seen.add(one.ref)
                yield one

    def seek(self, query: Query) -> tuple[Film | Series, ...]:
        """See `Seeking.seek`; series of the genuine portal stand among its films."""
        own = "series" if self.categories("series") else "vod"
        kinds = {"films": ("vod",), "series": (own,)}.get(query.shelf, ("vod", own))
        found = (one for kind in dict.fromkeys(kinds) for one in self._sought(kind, query))
        wanted = {"films": Film, "series": Series}.get(query.shelf, (Film, Series))
        return tuple(one for one in found if isinstance(one, wanted))

    def _sought(self, kind: str, query: Query) -> Iterator[Film | Series]:
        origin = self._origin()
        named = {genre.id: genre for genre in self.categories(kind)}
        for row in self._lists.found(kind, query):
            series = kind == "series" or vod.is_series(row)
            one = vod.series(row, named, origin, kind) if series else vod.film(row, named, origin)
            if one is not None:
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


def _season_with(series: Series, number: int, season_id: str, rows: list[Row]) -> Season:
    episodes = (vod.episode(row, series, number, season_id, place) for place, row in enumerate(rows, start=1))
    return Season(number=number, episodes=tuple(one for one in episodes if one is not None))
