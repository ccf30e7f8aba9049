"""What the operators tell their viewers: the list, and the text of the focused message beside it."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from stb.messages import Intent, Open, ScreenName
from stb.model import Key, NewsItem, NewsRef
from stb.screens.parts import CONTENT_BOTTOM, CONTENT_TOP, MARGIN, common, header, hints, overlays
from stb.screens.prose import broken, in_lines, scroll_bar, scrolled, side, written
from stb.screens.rows import walked
from stb.screens.screen import Binding, to_next_minute, toward_start
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Colour, Item, Plate, Scene, Style, Text

ROWS = 8
_ROW = 96
_LIST_WIDTH = 640
_TEXT_X = MARGIN + _LIST_WIDTH + 40
_PADDING = 44
_LINE = 50
"""From one line of a text to the next."""
_TITLE_LINE = 62
_LIST_HINTS = (Binding("BACK", "hint.back"),)
_LONG_HINTS = (Binding("OK", "hint.read"), *_LIST_HINTS)
_READING_HINTS = (Binding("▲▼", "hint.scroll"), Binding("CH±", "hint.page"), Binding("BACK", "hint.list"))


@dataclass(frozen=True, slots=True)
class News:
    """Which message is focused, and how far its text was scrolled."""

    name: ClassVar[ScreenName] = ScreenName.NEWS
    focus: NewsRef | None = None
    """None is the newest."""
    reading: bool = False
    line: int = 0
    """First line of the text that is seen."""

    def opened(self, view: View) -> Self:
        """The newest message is focused."""
        del view
        return replace(self, focus=None, reading=False, line=0)

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """Arrows walk the list, OK reads a long text, where they scroll; BACK leads back."""
        return self._read(key, view, held=held) if self.reading else self._walk(key, view, held=held)

    def _walk(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        match key:
            case Key.UP | Key.DOWN | Key.CHANNELUP | Key.CHANNELDOWN:
                place = walked(view, key, self._at(view), view.lists.news_count(), ROWS)
                item = next(iter(view.lists.news(place, 1)), None)
                return replace(self, focus=item.ref if item else None, line=0), None
            case Key.OK | Key.LEFT | Key.RIGHT if not held and not toward_start(key, view):
                return replace(self, reading=self._last(view) > 0), None
            case Key.BACK | Key.TEXT if not held:
                return self, Open(view.behind)
        return self, common(key)

    def _read(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        line = scrolled(view, key, self.line, self._last(view), _room(_title(view, self._item(view))))
        if line is not None:
            return replace(self, line=line), None
        if key in (Key.BACK, Key.OK, Key.LEFT, Key.RIGHT):
            stays = held or (key in (Key.LEFT, Key.RIGHT) and not toward_start(key, view))
            return (self if stays else replace(self, reading=False)), None
        if key is Key.TEXT and not held:
            return self, Open(view.behind)
        return self, common(key)

    def _at(self, view: View) -> int:
        return (view.lists.news_position(self.focus) if self.focus else None) or 0

    def _item(self, view: View) -> NewsItem | None:
        found = view.lists.news_item(self.focus) if self.focus else None
        return found or next(iter(view.lists.news(0, 1)), None)

    def _last(self, view: View) -> int:
        """The furthest that the text can be scrolled."""
        item = self._item(view)
        return max(0, len(_lines(view, item)) - _room(_title(view, item)))

    def scene(self, view: View) -> Scene:
        """The list at the start, the text at the end."""
        count = view.lists.news_count()
        item = self._item(view)
        return Scene(
            (
                *header(view, view.words("news.title"), view.words("news.count", n=count) if count else ""),
                *(self._list(view, count) if item else _empty(view)),
                *(self._text(view, item) if item else ()),
                *hints(view, self._hints(view)),
                *overlays(view),
            )
        )

    def _hints(self, view: View) -> tuple[Binding, ...]:
        if self.reading:
            return _READING_HINTS
        return _LONG_HINTS if self._last(view) else _LIST_HINTS

    def _list(self, view: View, count: int) -> tuple[Item, ...]:
        at = self._at(view)
        first = min(max(0, at - ROWS // 2 + 1), max(0, count - ROWS))
        items: list[Item] = []
        for row, item in enumerate(view.lists.news(first, ROWS)):
            region = Region(MARGIN, CONTENT_TOP + row * _ROW, _LIST_WIDTH, _ROW)
            items += self._row(view, region, item, chosen=first + row == at)
        return tuple(items)

    def _row(self, view: View, region: Region, item: NewsItem, *, chosen: bool) -> tuple[Item, ...]:
        focused = chosen and not self.reading
        ink, soft = (Colour.ON_FOCUS, Colour.ON_FOCUS) if focused else (Colour.INK, Colour.SOFT)
        plates: tuple[Item, ...] = ()
        if focused:
            plates = (Plate(region, Colour.FOCUS, 14),)
        elif chosen:
            bar = Region(region.x, region.y + 20, 6, _ROW - 40)
            plates = (Plate(region, Colour.PLATE, 14), Plate(bar, Colour.ACCENT, 3))
        inside = region.inset(28, 8)
        return (
            *plates,
            Text(inside._replace(height=46), item.title, Style.BODY, ink),
            Text(Region(inside.x, inside.y + 44, inside.width, 36), _day(view, item), Style.SMALL, soft),
        )

    def _text(self, view: View, item: NewsItem) -> tuple[Item, ...]:
        plate = _plate(view)
        inside = plate.inset(_PADDING, 36)
        title = _title(view, item)
        room, lines = _room(title), _lines(view, item)
        first = min(self.line, max(0, len(lines) - room))
        top = inside.y + len(title) * _TITLE_LINE
        return (
            Plate(plate, Colour.PLATE, 20, Colour.FOCUS if self.reading else None, 4),
            *written(view, Region(inside.x, inside.y, inside.width, _TITLE_LINE), title, Style.NAME),
            Text(
                Region(inside.x, top, inside.width, 50),
                _moment(view, item),
                Style.SECOND,
                Colour.SOFT,
                side(view, title[0]),
            ),
            *written(
                view, Region(inside.x, top + 74, inside.width, _LINE), lines[first : first + room], Style.BODY
            ),
            *scroll_bar(_track(plate), first, room, len(lines)),
        )

    def changes_in(self, view: View) -> float | None:
        """When the clock does."""
        return to_next_minute(view.now)


def _plate(view: View) -> Region:
    return Region(_TEXT_X, CONTENT_TOP, view.width - MARGIN - _TEXT_X, CONTENT_BOTTOM - CONTENT_TOP)


def _title(view: View, item: NewsItem | None) -> tuple[str, ...]:
    """At most two lines."""
    return in_lines(view, item.title, Style.NAME, _plate(view).width - 2 * _PADDING, 2) if item else ()


def _lines(view: View, item: NewsItem | None) -> tuple[str, ...]:
    """Of the body, all of them."""
    return broken(view, item.body if item else "", Style.BODY, _plate(view).width - 2 * _PADDING)


def _room(title: tuple[str, ...]) -> int:
    """Lines of the body that are seen at once below a title."""
    return (CONTENT_BOTTOM - CONTENT_TOP - 2 * 36 - len(title) * _TITLE_LINE - 74) // _LINE


def _track(plate: Region) -> Region:
    return Region(plate.right - 24, plate.y + 36, 6, plate.height - 72)


def _day(view: View, item: NewsItem) -> str:
    return view.words.date(item.created.astimezone(view.now.tzinfo)) if item.created else ""


def _moment(view: View, item: NewsItem) -> str:
    if item.created is None:
        return ""
    created = item.created.astimezone(view.now.tzinfo)
    return view.words("news.written", date=view.words.date(created), time=view.words.clock(created))


def _empty(view: View) -> tuple[Item, ...]:
    region = Region(MARGIN + 28, CONTENT_TOP + 120, view.width - 2 * MARGIN - 56, 160)
    return (Text(region, view.words("news.none", operator=view.operator), Style.BODY, Colour.SOFT, lines=3),)
