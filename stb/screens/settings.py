"""The settings: sections at the start edge, their rows beside them; what is chosen applies at once."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from stb.messages import ChangeSetting, Intent, Open, RemoveSource, ScreenName, StopReading, UseSource
from stb.model import GuideSource, Key, Source
from stb.screens.choices import Fact, Further, Link, Operator, Reading, Row, Setting, Task, Zone, sections
from stb.screens.guides import GuidePage
from stb.screens.operators import FORMS, OperatorForm
from stb.screens.parts import CONTENT_TOP, MARGIN, common, header, hints, overlays
from stb.screens.rows import ROW, Line, listing, page, walked
from stb.screens.screen import Binding, to_next_minute, toward_start
from stb.screens.view import View
from stb.screens.zones import ZonePicker, suggested
from stb.ui.geometry import Region
from stb.ui.scene import Colour, Item, Plate, Scene, Style, Text

_SECTION = 72
_ROWS = 8
_HINTS = (
    Binding("\N{LEFT-TO-RIGHT MARK}◀▶", "hint.change"),
    Binding("OK", "hint.choose"),
    Binding("CH±", "hint.section"),
    Binding("BACK", "hint.back"),
)
_PAGE_HINTS = (Binding("OK", "hint.choose"), Binding("BACK", "hint.back"))
_CHANGEABLE = (
    "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}  {}  \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK}"
)
_TASKS = (Task.CHANGE, Task.TEST, Task.USE, Task.REMOVE)
_SURE = (Task.KEEP, Task.REMOVE)


@dataclass(frozen=True, slots=True)
class Choosing:
    """A page of values of the focused row."""

    focus: int


@dataclass(frozen=True, slots=True)
class Asking:
    """A page of what to do with an operator; the second one asks whether it is meant."""

    source: Source
    tasks: tuple[Task, ...] = _TASKS
    focus: int = 0


Page = Choosing | Asking | ZonePicker | OperatorForm | GuidePage


@dataclass(frozen=True, slots=True)
class SettingsScreen:
    """The focused row, and the page that is open over the rows."""

    name: ClassVar[ScreenName] = ScreenName.SETTINGS
    section: int = 0
    row: int = 0
    page: Page | None = None

    def opened(self, view: View) -> Self:
        """Where it was left, without a page: one comes back here from the remote's tester.

        An operator that did not take what was typed leads straight to the form.
        """
        if view.form_first and view.source and view.source.kind in FORMS:
            operators = [title for title, _ in sections(view)].index("settings.operators")
            return replace(self, section=operators, row=0, page=OperatorForm.refused(view.source))
        section = min(self.section, len(sections(view)) - 1)
        row = min(self.row, max(0, len(sections(view)[section][1]) - 1))
        return replace(self, section=section, row=row, page=None)

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """Arrows move and change, OK opens, CH+ and CH- turn sections, BACK goes back."""
        if held and key in (Key.OK, Key.BACK) and not isinstance(self.page, OperatorForm | GuidePage):
            return self, None
        match self.page:
            case None:
                return self._rows(key, view)
            case Choosing(focus):
                return self._choose(key, view, focus)
            case Asking():
                return self._ask(key, view, self.page)
            case ZonePicker():
                return self._zone(key, view, self.page)
            case OperatorForm():
                return self._operator(key, view, self.page, held=held)
            case GuidePage():
                page, intent = self.page.press(key, view, held=held)
                return replace(self, page=page), intent or (common(key) if page == self.page else None)

    def _rows(self, key: Key, view: View) -> tuple[Self, Intent | None]:
        match key:
            case Key.UP | Key.DOWN:
                return self._walk(view, 1 if key is Key.DOWN else -1), None
            case Key.CHANNELUP | Key.CHANNELDOWN:
                step = 1 if key is Key.CHANNELDOWN else -1
                return replace(self, section=(self.section + step) % len(sections(view)), row=0), None
            case Key.LEFT | Key.RIGHT:
                return self, self._beside(view, -1 if toward_start(key, view) else 1)
            case Key.OK:
                return self._enter(view)
            case Key.BACK:
                return self, Open(ScreenName.HOME)
        return self, common(key)

    def _walk(self, view: View, step: int) -> Self:
        """Through all rows, section after section, and round."""
        places = [
            (section, row) for section, (_, rows) in enumerate(sections(view)) for row in range(len(rows))
        ]
        here = places.index((self.section, self.row)) if (self.section, self.row) in places else 0
        section, row = places[(here + step) % len(places)]
        return replace(self, section=section, row=row)

    def _focused(self, view: View) -> Row | None:
        rows = sections(view)[self.section][1]
        return rows[self.row] if self.row < len(rows) else None

    def _beside(self, view: View, step: int) -> Intent | None:
        row = self._focused(view)
        if not isinstance(row, Setting) or row.beside(view, step) == row.value(view):
            return None
        return ChangeSetting(row.path, row.beside(view, step))

    def _enter(self, view: View) -> tuple[Self, Intent | None]:
        row = self._focused(view)
        match row:
            case Setting():
                return replace(self, page=Choosing(row.place(view))), None
            case Zone():
                return replace(self, page=ZonePicker()), None
            case Operator(None):
                return replace(self, page=OperatorForm()), None
            case Operator(Source() as source):
                return replace(self, page=Asking(source)), None
            case Further(guide):
                return replace(self, page=GuidePage.of(guide)), None
            case Reading():
                return self, StopReading()
            case Link(screen):
                return self, Open(screen)
        return self, None

    def _choose(self, key: Key, view: View, focus: int) -> tuple[Self, Intent | None]:
        row = self._focused(view)
        if key is Key.BACK or not isinstance(row, Setting):
            return replace(self, page=None), None
        if key is Key.OK:
            return replace(self, page=None), ChangeSetting(row.path, row.values[focus])
        return replace(self, page=Choosing(walked(view, key, focus, len(row.values), _ROWS))), common(key)

    def _ask(self, key: Key, view: View, page: Asking) -> tuple[Self, Intent | None]:
        if key is Key.BACK:
            return replace(self, page=None), None
        if key is not Key.OK:
            focus = walked(view, key, page.focus, len(page.tasks), _ROWS)
            return replace(self, page=replace(page, focus=focus)), common(key)
        match page.tasks[page.focus]:
            case Task.USE:
                return replace(self, page=None), UseSource(page.source)
            case Task.CHANGE:
                return replace(self, page=OperatorForm.of(page.source)), None
            case Task.TEST:
                form, intent = OperatorForm.trying(page.source)
                return replace(self, page=form), intent
            case Task.REMOVE if page.tasks is _TASKS:
                return replace(self, page=replace(page, tasks=_SURE, focus=0)), None
            case Task.REMOVE:
                return replace(self, page=None), RemoveSource(page.source.id)
            case Task.KEEP:
                return replace(self, page=None), None

    def _zone(self, key: Key, view: View, page: ZonePicker) -> tuple[Self, Intent | None]:
        if key is Key.BACK:
            return replace(self, page=page.back()), None
        zones, zone = page.press(key, view)
        if not zone:
            return replace(self, page=zones), common(key)
        return replace(self, page=None), ChangeSetting("time_zone", zone)

    def _operator(
        self, key: Key, view: View, page: OperatorForm, *, held: bool
    ) -> tuple[Self, Intent | None]:
        if key is Key.BACK and page.at_start:
            return replace(self, page=None), None
        form, intent = page.press(key, view, held=held)
        return replace(self, page=form), intent or common(key)

    def scene(self, view: View) -> Scene:
        """The rows, or the page over them."""
        match self.page:
            case None:
                items = self._rows_page(view)
            case Choosing(focus):
                items = self._choices_page(view, focus)
            case Asking():
                items = _asking_page(view, self.page)
            case ZonePicker():
                how = view.words("welcome.zone_how")
                items = (
                    *page(view, view.words("settings.time_zone"), how),
                    *self.page.items(view, _list(view)),
                    *hints(view, _PAGE_HINTS),
                )
            case OperatorForm() | GuidePage():
                items = self.page.items(view)
        return Scene((*items, *overlays(view)))

    def _rows_page(self, view: View) -> tuple[Item, ...]:
        rows = sections(view)[self.section][1]
        start = MARGIN + _sections_width(view) + 40
        region = Region(start, CONTENT_TOP, view.width - MARGIN - start, _ROWS * ROW)
        focused = self._focused(view)
        how = view.words(focused.how) if focused and focused.how else ""
        return (
            *header(view, view.words("settings.title")),
            *self._sections(view),
            *listing(region, lambda row: _line(view, rows[row], row == self.row), len(rows), self.row),
            Text(
                Region(start + 64, region.bottom + 16, region.width - 128, 90),
                how,
                Style.SECOND,
                Colour.SOFT,
                lines=2,
            ),
            *hints(view, _HINTS),
        )

    def _sections(self, view: View) -> tuple[Item, ...]:
        items: list[Item] = []
        for place, (title, _) in enumerate(sections(view)):
            region = Region(MARGIN, CONTENT_TOP + place * _SECTION, _sections_width(view), _SECTION)
            here = place == self.section
            bar = Region(region.x, region.y + 16, 6, _SECTION - 32)
            items += (Plate(region, Colour.PLATE, 14), Plate(bar, Colour.ACCENT, 3)) if here else ()
            words = Region(region.x + 24, region.y, region.width - 40, _SECTION)
            items.append(Text(words, view.words(title), Style.BODY, Colour.INK if here else Colour.SOFT))
        return tuple(items)

    def _choices_page(self, view: View, focus: int) -> tuple[Item, ...]:
        row = self._focused(view)
        if not isinstance(row, Setting):
            return ()
        now = row.value(view)

        def line(index: int) -> Line:
            value = row.values[index]
            return Line(row.called(view, value), marked=value == now)

        how = view.words(row.how) if row.how else ""
        return (
            *page(view, view.words(row.title), how),
            *listing(_list(view), line, len(row.values), focus),
            *hints(view, _PAGE_HINTS),
        )

    def changes_in(self, view: View) -> float | None:
        """When the clock does."""
        return to_next_minute(view.now)


def _list(view: View) -> Region:
    return Region(MARGIN, 320, view.width - 2 * MARGIN, 7 * ROW)


def _sections_width(view: View) -> int:
    return min(400, view.width // 5)


def _asking_page(view: View, asking: Asking) -> tuple[Item, ...]:
    sure = asking.tasks is _SURE
    how = view.words("operator.remove_how") if sure else asking.source.address
    return (
        *page(view, asking.source.name, how),
        *listing(
            _list(view),
            lambda index: Line(view.words(asking.tasks[index].value)),
            len(asking.tasks),
            asking.focus,
        ),
        *hints(view, _PAGE_HINTS),
    )


def _line(view: View, row: Row, focused: bool) -> Line:  # noqa: FBT001 - of a row being drawn
    match row:
        case Setting():
            called = row.called(view, row.value(view))
            return Line(view.words(row.title), _CHANGEABLE.format(called) if focused else called)
        case Zone():
            return Line(view.words(row.title), view.words.city(suggested(view)))
        case Operator(Source() as source):
            return Line(source.name, source.address)
        case Further(GuideSource() as guide):
            return Line(guide.name, guide.address)
        case Fact(title, text):
            return Line(view.words(title), text)
        case Reading(share=share):
            return Line(view.words(row.title), "" if share is None else view.words.share(share))
        case Operator() | Further() | Link():
            return Line(view.words(row.title))
