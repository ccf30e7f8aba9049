"""The remote: to its tester, to its lessons, and back to what it was."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from stb.messages import ForgetTaught, Intent, Open, ScreenName
from stb.model import Key
from stb.screens.parts import CONTENT_TOP, MARGIN, common, header, hints, overlays
from stb.screens.rows import ROW, Line, listing, walked
from stb.screens.screen import Binding, to_next_minute
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Colour, Scene, Style, Text

_BINDINGS = (Binding("OK", "hint.choose"), Binding("BACK", "hint.back"))
_ROWS: tuple[tuple[str, str, Intent], ...] = (
    ("remote.test", "remote.test_about", Open(ScreenName.REMOTE_TEST)),
    ("remote.learn", "remote.learn_about", Open(ScreenName.REMOTE_LEARN)),
    ("remote.forget", "remote.forget_about", ForgetTaught()),
)
"""What can be chosen: message ids of it and of what it is good for, and what it does."""


@dataclass(frozen=True, slots=True)
class Remote:
    """Which row is focused."""

    name: ClassVar[ScreenName] = ScreenName.REMOTE
    row: int = 0

    def opened(self, view: View) -> Self:
        """Where it was left: one comes back here from the tester."""
        return replace(self, row=min(self.row, _count(view) - 1))

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """Arrows move, OK chooses, BACK goes to the settings."""
        match key:
            case Key.OK if not held:
                return self, _ROWS[self.row][2]
            case Key.BACK if not held:
                return self, Open(ScreenName.SETTINGS)
            case Key.UP | Key.DOWN:
                return replace(self, row=walked(view, key, self.row, _count(view), len(_ROWS))), None
        return self, common(key)

    def scene(self, view: View) -> Scene:
        """Rows, and what the focused one is good for."""
        region = Region(MARGIN, CONTENT_TOP + 40, view.width - 2 * MARGIN, len(_ROWS) * ROW)
        about = view.words(_ROWS[self.row][1])
        below = Region(MARGIN + 64, region.bottom + 48, view.width - 2 * MARGIN - 128, 150)
        return Scene(
            (
                *header(view, view.words("remote.title")),
                *listing(region, lambda row: Line(view.words(_ROWS[row][0])), _count(view), self.row),
                Text(below, about, Style.SECOND, Colour.SOFT, lines=3),
                *hints(view, _BINDINGS),
                *overlays(view),
            )
        )

    def changes_in(self, view: View) -> float | None:
        """When the clock does."""
        return to_next_minute(view.now)


def _count(view: View) -> int:
    """There is something to forget only when something was taught."""
    return len(_ROWS) if view.taught else len(_ROWS) - 1
