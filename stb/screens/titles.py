"""A shelf of the library: categories, years or genres at the start edge, titles, the focused one's poster."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar, Self

from stb.catalogue.marks import Mark
from stb.catalogue.sifting import Selection
from stb.messages import Intent, LookAt, LookFor, Open, Part, ScreenName, SortShelf, StopReading
from stb.model import Film, FilmRef, Key, Query, Series, SeriesRef, Sorting
from stb.screens.columns import HINTS, ORDERS, Column, Value, after, entries, next_column, values
from stb.screens.edge import beside, edge
from stb.screens.parts import common, header, hints, overlays, poster, share
from stb.screens.prose import in_lines, stacked
from stb.screens.screen import Binding, to_next_minute, toward_start
from stb.screens.scrolling import moved, stride
from stb.screens.view import View
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
    """What is focused: a title, or what titles are chosen by. Each shelf is one of these, with a name."""

    name: ClassVar[ScreenName]
    shelf: ClassVar[str]
    """As `Library` calls it."""
    says: ClassVar[Sayings]
    category: str | None = None
    """The category listed; None lists all."""
    year: int | None = None
    """The year listed; None lists all."""
    genre: str | None = None
    """The genre listed; None lists all."""
    column: Column = Column.CATEGORY
    """What stands at the edge."""
    focus: FilmRef | SeriesRef | None = None
    at_edge: bool = False

    def opened(self, view: View) -> Self:
        """Where it was left."""
        del view
        return replace(self, at_edge=False)

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """Arrows move, CH+ and CH- page, OK looks closer, RED sorts, YELLOW turns to another column."""
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
                sorting = after(self._sorting(view))
                return replace(self, focus=None), SortShelf(replace(self.query(view), sorting=sorting))
            case Key.YELLOW if not held and (other := self._other(view)) is not self.column:
                return replace(self, column=other, at_edge=True), None
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
        """What is of another category, year or genre is looked for at the operator too, and what follows."""
        there = self._move(view, step)
        if there.query(view) != self.query(view):
            return there, LookFor(there.query(view))
        further = step > 0 and not self.at_edge and there.nears_end(view)
        return there, LookFor(self.query(view), further=True) if further else None

    def nears_end(self, view: View) -> bool:
        """Whether the focus comes near the last that the operator found, or the last there is."""
        found = view.library.position(view.last_find, self.selection(view)) if view.last_find else None
        return self._at(view) >= (self._count(view) if found is None else found) - ROWS

    def _move(self, view: View, step: int) -> Self:
        if self.at_edge:
            return self._turn(view, step)
        count = self._count(view)
        if not count:
            return self
        (title,) = _titles(view, self, moved(view, self._at(view), step, count), 1)
        return replace(self, focus=title.ref)

    def _turn(self, view: View, step: int) -> Self:
        """To the next category, year or genre."""
        there = self._values(view)
        at = moved(view, _place(there, getattr(self, self.column)), step, len(there))
        chosen: dict[str, Any] = {self.column: there[at]}
        return replace(self, focus=None, **chosen)

    def _values(self, view: View) -> Sequence[Value]:
        return values(view, self.shelf, self.column)

    def _sorting(self, view: View) -> Sorting:
        return view.sortings.get(self.shelf, Sorting.OPERATOR)

    def selection(self, view: View) -> Selection:
        """What is listed, and in which order."""
        return Selection(
            category=self.category, year=self.year, genre=self.genre, sorting=self._sorting(view)
        )

    def query(self, view: View) -> Query:
        """The same, as the operator is asked for it."""
        return Query(
            shelf=self.shelf,
            category=self.category,
            year=self.year,
            genre=self.genre,
            sorting=self._sorting(view),
        )

    def _other(self, view: View) -> Column:
        return next_column(view, self.shelf, self.column)

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
                *self._edge(view),
                *(self._list(view, count) if count else self._empty(view)),
                *(_closer(view, title, _mark(view, title)) if title else ()),
                *hints(view, self._hints(view, count)),
                *overlays(view),
            )
        )

    def _title(self, view: View) -> str:
        category = view.words(self.says.all) if self.category is None else self.category
        chosen = self._year_and_genre(view)
        return " · ".join((category or view.words("channels.other"), *chosen))

    def _year_and_genre(self, view: View) -> tuple[str, ...]:
        year = "" if self.year is None else view.words.figures(str(self.year))
        return tuple(filter(None, (year, self.genre)))

    def _extent(self, view: View, count: int) -> str:
        order = view.words(ORDERS[self._sorting(view)])
        return f"{view.words(self.says.count, n=count)} · {order}" if count else ""

    def _hints(self, view: View, count: int) -> tuple[Binding, ...]:
        stop = (_STOP,) if view.reading_library else ()
        if not view.library.count(self.shelf):
            return (*stop, _BACK)
        other = self._other(view)
        turn = (Binding("YELLOW", HINTS[other]),) if other is not self.column else ()
        listed = (_DETAILS,) if count else ()
        return (_SORT, *stop, *turn, _SEARCH, *listed, Binding("◀", HINTS[self.column]), _BACK)

    def _edge(self, view: View) -> tuple[Item, ...]:
        chosen = _place(self._values(view), getattr(self, self.column))
        shown = entries(view, self.shelf, self.column, view.words(self.says.all))
        return edge(view, shown, chosen, focused=self.at_edge)

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
        if (chosen := self._year_and_genre(view)) and view.library.count(self.shelf):
            said = words("shelf.none", chosen=" · ".join(chosen))
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


def _place(there: Sequence[Value], value: Value) -> int:
    """Where a value stands; the first place where it is gone."""
    return there.index(value) if value in there else 0


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
