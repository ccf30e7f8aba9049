"""What several lists share: the column at the start edge, and the panel that tells of the focused row."""

from collections.abc import Sequence
from dataclasses import dataclass

from stb.screens.parts import CONTENT_BOTTOM, CONTENT_TOP, MARGIN
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Item, Plate, Style, Text

LIST_X = 536
"""Where the list beside the column begins."""
_WIDTH = 400
_ROW = 72
_ROWS = 11
_PADDING = 24
_GAP = 40
_PANEL = 528
_NARROWEST = 560
"""What a list keeps for itself; where there is not so much, there is no panel."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A group, a category, a season, a day."""

    label: str
    detail: str = ""
    """Said small at its end: how much is in it."""


def edge(view: View, entries: Sequence[Entry], chosen: int, *, focused: bool) -> tuple[Item, ...]:
    """The column, as far as it is seen; the chosen entry is in it, and focused while the viewer is there."""
    first = min(max(0, chosen - _ROWS // 2), max(0, len(entries) - _ROWS))
    items: list[Item] = []
    for row, entry in enumerate(entries[first : first + _ROWS]):
        region = Region(MARGIN, CONTENT_TOP + row * _ROW, _WIDTH, _ROW)
        here = first + row == chosen
        items += _entry(view, region, entry, chosen=here, focused=here and focused)
    return tuple(items)


def _entry(view: View, region: Region, entry: Entry, *, chosen: bool, focused: bool) -> tuple[Item, ...]:
    ink = Colour.ON_FOCUS if focused else Colour.INK if chosen else Colour.SOFT
    faint = Colour.ON_FOCUS if focused else Colour.FAINT
    plates: tuple[Item, ...] = ()
    if focused:
        plates = (Plate(region, Colour.FOCUS, 14),)
    elif chosen:
        bar = Region(region.x, region.y + 16, 6, region.height - 32)
        plates = (Plate(region, Colour.PLATE, 14), Plate(bar, Colour.ACCENT, 3))
    inside = region.inset(_PADDING, 0)
    taken = view.measure(entry.detail, Style.SMALL).width + 4
    detail = Region(inside.right - taken, region.y, taken, region.height)
    return (
        *plates,
        Text(inside._replace(width=inside.width - taken - 12), entry.label, Style.BODY, ink),
        Text(detail, entry.detail, Style.SMALL, faint, Align.END),
    )


def beside(view: View, panel: int = _PANEL) -> tuple[Region, Region | None]:
    """Where the list stands beside the column, and beside that, where there is room, its panel so wide."""
    whole = Region(LIST_X, CONTENT_TOP, view.width - MARGIN - LIST_X, CONTENT_BOTTOM - CONTENT_TOP)
    left = whole.width - panel - _GAP
    if left < _NARROWEST:
        return whole, None
    return whole._replace(width=left), whole._replace(x=whole.right - panel, width=panel)
