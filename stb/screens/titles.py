"""A shelf of the library: categories or years at the start edge, titles, the poster of the focused one."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from stb.catalogue.marks import Mark
from stb.catalogue.sifting import Selection
from stb.messages import Intent, LookAt, LookFor, Open, Part, ScreenName, SortShelf, StopReading
from stb.model import Film, FilmRef, Key, Query, Series, SeriesRef, Sorting
from stb.screens.edge import Entry, beside, edge
from stb.screens.parts import common, header, hints, overlays, poster, share
from stb.screens.prose import in_lines, stacked
from stb.screens.screen import Binding, View, to_next_minute, toward_start
from stb.screens.scrolling import moved, stride
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Item, Plate, Scene, Style, Text

ROWS = 8
_ROW = 96
_POSTER = (320, 480)
_TITLE_LINE = 44
_SORT, _SEARCH, _BACK = (
    Binding("RED", "hint.sort"),
    Binding("BLUE", "hint.search"),
    Binding("BACK", "hint.back"),
)
_STOP = Binding("GREEN", "hint.stop_reading")
_DETAILS = Binding("OK", "hint.details")
_ORDERS = {
    Sorting.OPERATOR: "shelf.operator",
    Sorting.NEWEST: "shelf.newest",
    Sorting.NAME: "shelf.name",
    Sorting.RATING: "shelf.rating",
    Sorting.YEAR: "shelf.year",
}

Title = Film | Series


@dataclass(frozen=True, slots=True, kw_only=True)
class Sayings:
    """Message ids of what a shelf says."""

    all: str
    count: str
    none: str
    reading: str


@dataclass(frozen=True, slots=True)
class Titles:
    """What is focused: a category, a year or a title of it. Each shelf is one of these, with a name."""

    name: ClassVar[ScreenName]
    shelf: ClassVar[str]
    """As `Library` calls it."""
    says: ClassVar[Sayings]
    category: str | None = None
    """The category listed; None lists all."""
    year: int | None = None
    """The year listed; None lists all."""
    by_year: bool = False
    """Years stand at the edge instead of categories."""
    focus: FilmRef | SeriesRef | None = None
    at_edge: bool = False

    def opened(self, view: View) -> Self:
        """Where it was left."""
        del view
        return replace(self, at_edge=False)

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """Arrows move, CH+ and CH- page, OK looks closer, RED sorts, YELLOW turns to years or categories."""
        match key:
            case Key.LEFT | Key.RIGHT:
                return replace(self, at_edge=toward_start(key, view)), None
            case Key.UP | Key.DOWN:
                step = stride(view.held)
                return self._moved(view, step if key is Key.DOWN else -step)
            case Key.CHANNELUP | Key.CHANNELDOWN:
                return self._moved(view, -ROWS if key is Key.CHANNELUP else ROWS)
            case Key.OK | Key.INFO if not held:
                return self._choose(view)
            case Key.BACK if self.at_edge:
                return replace(self, at_edge=False), None
            case Key.RED if not held:
                return replace(self, focus=None), SortShelf(self.shelf, _after(self._sorting(view)))
            case Key.YELLOW if not held and view.library.years(self.shelf):
                return replace(self, by_year=not self.by_year, at_edge=True), None
            case Key.BLUE if not held:
                return self, Open(ScreenName.SEARCH)
            case Key.BACK if not held:
                return self, Open(ScreenName.HOME)
        return self, StopReading() if key is Key.GREEN and view.reading_library and not held else common(key)

    def _choose(self, view: View) -> tuple[Self, Intent | None]:
        if self.at_edge:
            return replace(self, at_edge=False), None
        title = self._focused(view)
        return self, LookAt(title.ref) if title else None

    def _moved(self, view: View, step: int) -> tuple[Self, Intent | None]:
        """What is of another category or year is looked for at the operator too."""
        there = self._move(view, step)
        if (there.category, there.year) == (self.category, self.year):
            return there, None
        return there, LookFor(
            Query(shelf=self.shelf, category=there.category, year=there.year, sorting=self._sorting(view))
        )

    def _move(self, view: View, step: int) -> Self:
        if self.at_edge:
            return self._turn(view, step)
        count = self._count(view)
        if not count:
            return self
        (title,) = _titles(view, self, moved(view, self._at(view), step, count), 1)
        return replace(self, focus=title.ref)

    def _turn(self, view: View, step: int) -> Self:
        """To the next category, or the next year."""
        if self.by_year:
            years = [None, *view.library.years(self.shelf)]
            at = years.index(self.year) if self.year in years else 0
            return replace(self, year=years[moved(view, at, step, len(years))], focus=None)
        names = [None, *(group.name for group in view.library.categories(self.shelf))]
        at = names.index(self.category) if self.category in names else 0
        return replace(self, category=names[moved(view, at, step, len(names))], focus=None)

    def _sorting(self, view: View) -> Sorting:
        return view.sortings.get(self.shelf, Sorting.OPERATOR)

    def selection(self, view: View) -> Selection:
        """What is listed, and in which order."""
        return Selection(category=self.category, year=self.year, sorting=self._sorting(view))

    def _count(self, view: View) -> int:
        return view.library.count(self.shelf, self.selection(view))

    def _at(self, view: View) -> int:
        return (view.library.position(self.focus, self.selection(view)) if self.focus else None) or 0

    def _focused(self, view: View) -> Title | None:
        return next(iter(_titles(view, self, self._at(view), 1)), None)

    def scene(self, view: View) -> Scene:
        """Built as LOOK's list of channels."""
        count, title = self._count(view), self._focused(view)
        return Scene(
            (
                *header(view, self._title(view), self._extent(view, count)),
                *(self._years(view) if self.by_year else self._categories(view)),
                *(self._list(view, count) if count else self._empty(view)),
                *(_closer(view, title, _mark(view, title)) if title else ()),
                *hints(view, self._hints(view, count)),
                *overlays(view),
            )
        )

    def _title(self, view: View) -> str:
        category = view.words(self.says.all) if self.category is None else self.category
        year = "" if self.year is None else view.words.figures(str(self.year))
        return " · ".join(filter(None, (category or view.words("channels.other"), year)))

    def _extent(self, view: View, count: int) -> str:
        order = view.words(_ORDERS[self._sorting(view)])
        return f"{view.words(self.says.count, n=count)} · {order}" if count else ""

    def _hints(self, view: View, count: int) -> tuple[Binding, ...]:
        stop = (_STOP,) if view.reading_library else ()
        if not view.library.count(self.shelf):
            return (*stop, _BACK)
        other, here = ("hint.categories", "hint.years") if self.by_year else ("hint.years", "hint.categories")
        turn = (Binding("YELLOW", other),) if view.library.years(self.shelf) else ()
        listed = (_DETAILS,) if count else ()
        return (_SORT, *stop, *turn, _SEARCH, *listed, Binding("◀", here), _BACK)

    def _years(self, view: View) -> tuple[Item, ...]:
        years = view.library.years(self.shelf)
        entries = [Entry(view.words("shelf.all_years"), view.words.number(sum(years.values())))]
        entries += [
            Entry(view.words.figures(str(year)), view.words.number(count)) for year, count in years.items()
        ]
        chosen = [None, *years].index(self.year) if self.year in years else 0
        return edge(view, entries, chosen, focused=self.at_edge)

    def _categories(self, view: View) -> tuple[Item, ...]:
        groups = view.library.categories(self.shelf)
        entries = [
            Entry(view.words(self.says.all), view.words.number(view.library.count(self.shelf))),
            *(
                Entry(one.name or view.words("channels.other"), view.words.number(one.count))
                for one in groups
            ),
        ]
        names = [None, *(group.name for group in groups)]
        chosen = names.index(self.category) if self.category in names else 0
        return edge(view, entries, chosen, focused=self.at_edge)

    def _list(self, view: View, count: int) -> tuple[Item, ...]:
        at = self._at(view)
        first = min(max(0, at - ROWS // 2 + 1), max(0, count - ROWS))
        place, _ = beside(view, _POSTER[0])
        items: list[Item] = []
        for row, title in enumerate(_titles(view, self, first, ROWS)):
            region = Region(place.x, place.y + row * _ROW, place.width, _ROW)
            focused = first + row == at and not self.at_edge
            items += _row(view, region, title, _mark(view, title), focused=focused)
        return tuple(items)

    def _empty(self, view: View) -> tuple[Item, ...]:
        place, _ = beside(view, _POSTER[0])
        region = Region(place.x + 40, place.y + 120, place.width - 80, 160)
        words = view.words
        if self.year is not None and view.library.count(self.shelf):
            said = words("shelf.none", year=words.figures(str(self.year)))
        else:
            says = self.says.reading if view.reading_library else self.says.none
            said = words(says, operator=view.operator)
        reached = view.reading.get(Part.LIBRARY)
        return (
            Text(region, said, Style.BODY, Colour.SOFT, lines=3),
            Text(region.moved(0, 180), "" if reached is None else words.share(reached), Style.BODY),
        )

    def changes_in(self, view: View) -> float | None:
        """When the clock does."""
        return to_next_minute(view.now)


def facts(view: View, year: int, rating: float) -> list[str]:
    """When it was made and what it is worth, as far as anybody says."""
    stars = f"★ {view.words.rating(rating)}" if rating else ""
    return [fact for fact in (view.words.figures(str(year)) if year else "", stars) if fact]


def _titles(view: View, screen: Titles, first: int, limit: int) -> tuple[Title, ...]:
    """The rows from a position on, at most so many."""
    read = view.library.films if screen.shelf == "films" else view.library.series
    return read(first, limit, screen.selection(view))


def _after(sorting: Sorting) -> Sorting:
    """The next order of all there are."""
    every = list(Sorting)
    return every[(every.index(sorting) + 1) % len(every)]


def _mark(view: View, title: Title) -> Mark | None:
    """How far the viewer got; of a series only the episodes say that."""
    return view.marked(title.ref) if isinstance(title, Film) else None


def _row(view: View, region: Region, title: Title, mark: Mark | None, *, focused: bool) -> tuple[Item, ...]:
    ink, soft = (Colour.ON_FOCUS, Colour.ON_FOCUS) if focused else (Colour.INK, Colour.SOFT)
    inside = region.inset(28, 6)
    second = " · ".join(facts(view, title.year, title.rating))
    upper = inside._replace(width=inside.width - 56, height=44 if second else inside.height)
    tick = Region(inside.right - 40, inside.y, 40, inside.height)
    bar = Region(inside.x, region.bottom - 8, inside.width, 4)
    return (
        *((Plate(region, Colour.FOCUS, 14),) if focused else ()),
        Text(upper, title.name, Style.BODY, ink),
        *((Text(upper.moved(0, 44)._replace(height=34), second, Style.SMALL, soft),) if second else ()),
        *((Text(tick, "✓", Style.BODY, Colour.ACCENT, Align.END),) if mark and mark.seen else ()),
        *(share(bar, mark.position, mark.duration, focused=focused) if mark and not mark.seen else ()),
    )


def _closer(view: View, title: Title, mark: Mark | None) -> tuple[Item, ...]:
    """The poster of the focused title, and its whole name."""
    _, panel = beside(view, _POSTER[0])
    if panel is None:
        return ()
    region = panel._replace(height=_POSTER[1])
    lines = in_lines(view, title.name, Style.STRONG, panel.width, 3)
    name = Region(panel.x, region.bottom + 24, panel.width, _TITLE_LINE)
    below = name.moved(0, len(lines) * _TITLE_LINE + 6)
    said = facts(view, title.year, title.rating)
    seen = [view.words("details.seen")] if mark and mark.seen else []
    return (
        *poster(view, region, title.poster, title.name),
        *stacked(name, lines, Style.STRONG),
        Text(below, " · ".join(said + seen), Style.SMALL, Colour.SOFT),
    )
