"""Lists of words to choose from, and buttons: what set-up and settings are made of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from stb.model import Key
from stb.screens.scrolling import moved, stride
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Item, Plate, Style, Text

ROW = 84
_BUTTON = 96


@dataclass(frozen=True, slots=True)
class Line:
    """A row: what it is, and what is to be said of it at its end."""

    label: str
    detail: str = ""
    marked: bool = False
    """It is what applies now."""


def walked(view: View, key: Key, at: int, count: int, page: int) -> int:
    """The focused row after a key: arrows move, CH+ and CH- turn pages of so many rows."""
    if not count:
        return 0
    steps = {
        Key.UP: -stride(view.held),
        Key.DOWN: stride(view.held),
        Key.CHANNELUP: -page,
        Key.CHANNELDOWN: page,
    }
    return moved(view, at, steps[key], count) if key in steps else at


def listing(region: Region, line: Callable[[int], Line], count: int, focus: int | None) -> tuple[Item, ...]:
    """As many rows as the region holds, the focused one among them; ``line`` is asked for those only."""
    page = region.height // ROW
    first = min(max(0, (focus or 0) - page // 2), max(0, count - page))
    items: list[Item] = []
    for place, index in enumerate(range(first, min(first + page, count))):
        row = Region(region.x, region.y + place * ROW, region.width, ROW)
        items += row_of(row, line(index), focused=index == focus)
    return tuple(items)


def row_of(region: Region, line: Line, *, focused: bool) -> tuple[Item, ...]:
    """One row; the focused one is a light plate."""
    ink, soft = (Colour.ON_FOCUS, Colour.ON_FOCUS) if focused else (Colour.INK, Colour.SOFT)
    room = (region.width - 96) * 4 // 5  # of each: where one is long, the other is short
    dot = Region(region.x + 28, region.y + ROW // 2 - 7, 14, 14)
    return (
        *((Plate(region, Colour.FOCUS, 14),) if focused else ()),
        *((Plate(dot, Colour.ACCENT, 7),) if line.marked else ()),
        Text(Region(region.x + 64, region.y, room, ROW), line.label, Style.BODY, ink),
        Text(
            Region(region.right - 32 - room, region.y, room, ROW), line.detail, Style.SECOND, soft, Align.END
        ),
    )


def buttons(view: View, labels: Sequence[str], focus: int, x: int, y: int) -> tuple[Item, ...]:
    """What the viewer can do, side by side."""
    items: list[Item] = []
    for place, label in enumerate(labels):
        key = Region(x, y, view.measure(label, Style.BODY).width + 88, _BUTTON)
        focused = place == focus
        items += [
            Plate(key, Colour.FOCUS if focused else Colour.RAISED, 14),
            Text(key, label, Style.BODY, Colour.ON_FOCUS if focused else Colour.INK, Align.CENTRE),
        ]
        x = key.right + 24
    return tuple(items)


def page(view: View, title: str, how: str, detail: str = "") -> tuple[Item, ...]:
    """The head of a set-up page: what it is about, what to do, how far it is."""
    width = view.width - 192
    far = view.measure(detail, Style.SECOND).width + 4 if detail else 0
    return (
        Text(Region(96, 84, width - far, 96), title, Style.TITLE),
        Text(Region(96 + width - far, 98, far, 66), detail, Style.SECOND, Colour.SOFT, Align.END),
        Text(Region(96, 190, min(width, 1400), 100), how, Style.BODY, Colour.SOFT, lines=2),
    )
