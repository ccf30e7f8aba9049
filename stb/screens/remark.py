"""Something the viewer is to know, over whatever the box is about; it goes when it was read."""

from dataclasses import dataclass
from typing import ClassVar, Self

from stb.messages import Intent, ScreenName, Understood
from stb.model import Key
from stb.screens.parts import MARGIN, common, hints, overlays
from stb.screens.screen import Binding
from stb.screens.view import Remark, View
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Item, Plate, Scene, Style, Text

_BINDINGS = (Binding("OK", "hint.understood"),)
_WIDTH = 1500
_LINES = 6
"""As many details are shown; how many more there are is said."""
_LINE_HEIGHT = 46
_BODY_HEIGHT = 56
_MOST = 9
"""Lines of the paragraph that there is room for."""


@dataclass(frozen=True, slots=True)
class RemarkScreen:
    """Has no state of its own: which remark is shown is the box's."""

    name: ClassVar[ScreenName] = ScreenName.REMARK

    def opened(self, view: View) -> Self:
        """Nothing to bring up to date."""
        del view
        return self

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """OK and BACK: it was read."""
        del view
        if key in (Key.OK, Key.BACK):
            return self, None if held else Understood()
        return self, common(key)

    def scene(self, view: View) -> Scene:
        """Title, what it means, the details, and OK."""
        remark = view.remark or Remark(title="error.unknown", says="error.unknown")
        width = view.width - 2 * MARGIN - 44
        said = view.words(remark.says, subject=remark.subject)
        button = view.words("choice.understood")
        key = Region(MARGIN + 44, 826, view.measure(button, Style.BODY).width + 88, 96)
        paragraph = _paragraph(view.wrap(said, Style.BODY, _WIDTH))
        below = paragraph[-1].region.bottom + 28
        return Scene(
            (
                Plate(Region(MARGIN, 182, 16, 76), Colour.GOLD, 8),
                Text(Region(MARGIN + 44, 172, width, 96), view.words(remark.title), Style.TITLE),
                *paragraph,
                *_details(view, remark, Region(MARGIN + 44, below, width, _LINE_HEIGHT)),
                Plate(key, Colour.FOCUS, 14),
                Text(key, button, Style.BODY, Colour.ON_FOCUS, Align.CENTRE),
                *hints(view, _BINDINGS),
                *overlays(view),
            )
        )

    def changes_in(self, view: View) -> float | None:
        """It stands still."""
        del view
        return None


def _paragraph(lines: tuple[str, ...]) -> tuple[Text, ...]:
    """Line by line, because a script with tall letters sets paragraphs wider than others."""
    first = Region(MARGIN + 44, 290, _WIDTH, _BODY_HEIGHT)
    return tuple(
        Text(first._replace(y=first.y + row * _BODY_HEIGHT), line, Style.BODY)
        for row, line in enumerate(lines if len(lines) <= _MOST else (*lines[: _MOST - 1], "…"))
    )


def _details(view: View, remark: Remark, first: Region) -> tuple[Item, ...]:
    """Labels in a column of their own, so that each text keeps its own direction."""
    details = remark.details
    shown = details if len(details) <= _LINES else details[: _LINES - 1]
    labels = [view.words(label) if label else "" for label, _ in shown]
    column = max((view.measure(label, Style.SECOND).width + 28 for label in labels if label), default=0)
    items: list[Item] = []
    row = first
    for label, (_, words) in zip(labels, shown, strict=True):
        items += [Text(row._replace(width=column), label, Style.SECOND, Colour.SOFT)] if label else []
        rest = row._replace(x=row.x + column, width=row.width - column)
        items.append(Text(rest, words, Style.SECOND, Colour.INK if label else Colour.SOFT))
        row = row._replace(y=row.y + _LINE_HEIGHT)
    if len(details) > len(shown):
        more = view.words("remark.more", n=len(details) - len(shown))
        items.append(Text(row, more, Style.SECOND, Colour.SOFT))
    return tuple(items)
