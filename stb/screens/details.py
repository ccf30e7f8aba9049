"""A film or a series, looked at closely: what the list knows at once, the rest when the operator told it."""

from dataclasses import dataclass, field, replace
from typing import ClassVar, Self

from stb.messages import Intent, Open, ScreenName
from stb.model import Film, FilmDetails, FilmRef, Key, Series, SeriesDetails, SeriesRef
from stb.screens.episodes import SeriesPage
from stb.screens.film import FilmPage, said_instead
from stb.screens.parts import CONTENT_TOP, MARGIN, common, header, hints, overlays
from stb.screens.screen import Binding, to_next_minute
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Colour, Scene, Style, Text

_HINTS = (Binding("BACK", "hint.back"),)


@dataclass(frozen=True, slots=True)
class Details:
    """What is looked at, and the page of it."""

    name: ClassVar[ScreenName] = ScreenName.DETAILS
    ref: FilmRef | SeriesRef | None = None
    page: FilmPage | SeriesPage = field(default_factory=FilmPage)

    def opened(self, view: View) -> Self:
        """Anew for another title; come back to from watching, at what is to be watched next."""
        title = _title(view)
        ref = title.ref if title else None
        if ref is not None and ref == self.ref:
            return replace(self, page=self.page.opened())
        return replace(self, ref=ref, page=SeriesPage() if isinstance(title, Series) else FilmPage())

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """The page says what a key means; BACK leads back to the shelf, or to the search."""
        if held and key in (Key.OK, Key.BACK):
            return self, None
        answer: tuple[FilmPage | SeriesPage, Intent | None] | None = None
        match self.page, _title(view):
            case FilmPage() as page, Film() as film:
                answer = page.press(key, view, film)
            case SeriesPage() as page, Series() as series:
                answer = page.placed(view).press(key, view, series)
        if answer is not None:
            return replace(self, page=answer[0]), answer[1]
        if key is Key.BACK:
            return self, Open(view.details_from or self._shelf)
        return self, common(key)

    @property
    def _shelf(self) -> ScreenName:
        return ScreenName.SERIES if isinstance(self.page, SeriesPage) else ScreenName.FILMS

    def scene(self, view: View) -> Scene:
        """The page under the name of the shelf."""
        match self.page, _title(view):
            case FilmPage() as page, Film() as film:
                items, below = page.scene(view, film), page.hints(view, film)
                top = header(view, view.words("films.title"), film.category)
            case SeriesPage() as page, Series() as series:
                items, below = page.placed(view).scene(view, series), page.hints(view)
                top = header(view, series.name, _extent(view))
            case _:
                region = Region(MARGIN, CONTENT_TOP + 120, view.width - 2 * MARGIN, 200)
                items = (Text(region, said_instead(view), Style.BODY, Colour.SOFT, lines=4),)
                top, below = header(view, view.words("films.title")), _HINTS
        return Scene((*top, *items, *hints(view, below), *overlays(view)))

    def changes_in(self, view: View) -> float | None:
        """When the clock does."""
        return to_next_minute(view.now)


def _title(view: View) -> Film | Series | None:
    """What is looked at, as the operator told it, or else as the list has it."""
    match view.details:
        case FilmDetails(film=film):
            return film
        case SeriesDetails(series=series):
            return series
    return view.looked_at


def _extent(view: View) -> str:
    seasons = view.details.seasons if isinstance(view.details, SeriesDetails) else ()
    return view.words("details.seasons", n=len(seasons)) if seasons else ""
