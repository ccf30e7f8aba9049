"""Where the remote's home key leads: all that the box has, one row each."""

from dataclasses import dataclass, replace
from typing import ClassVar, Final, Self

from stb.messages import Intent, Open, ScreenName
from stb.model import Key
from stb.screens.parts import CONTENT_TOP, MARGIN, common, header, hints, overlays
from stb.screens.rows import ROW, Line, listing, walked
from stb.screens.screen import Binding, View, to_next_minute
from stb.ui.geometry import Region
from stb.ui.scene import Scene

ENTRIES: Final = (
    (ScreenName.CHANNELS, "home.channels"),
    (ScreenName.NEWS, "home.news"),
    (ScreenName.SETTINGS, "home.settings"),
)
"""Screens, and the message id of what each is called here."""
_HINTS = (Binding("OK", "hint.choose"), Binding("BACK", "hint.back"))
_PREVIEW = (800, 450)


@dataclass(frozen=True, slots=True)
class Home:
    """Which entry is focused."""

    name: ClassVar[ScreenName] = ScreenName.HOME
    focus: int = 0

    def opened(self, view: View) -> Self:
        """Where it was left."""
        del view
        return self

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """Arrows move, OK opens, BACK and HOME lead back to where the viewer came from."""
        match key:
            case Key.OK if not held:
                return self, Open(ENTRIES[self.focus][0])
            case Key.BACK | Key.HOME | Key.MENU if not held:
                return self, Open(view.behind)
            case Key.UP | Key.DOWN:
                return replace(self, focus=walked(view, key, self.focus, len(ENTRIES), 1)), None
            case Key.HOME | Key.MENU:
                return self, None
        return self, common(key)

    def scene(self, view: View) -> Scene:
        """The entries, and beside them the running picture."""
        region = Region(MARGIN, CONTENT_TOP, 640, 8 * ROW)
        width = min(_PREVIEW[0], view.width - MARGIN - region.right - 40)
        height = width * _PREVIEW[1] // _PREVIEW[0]
        preview = Region(view.width - MARGIN - width, CONTENT_TOP, width, height) if view.channel else None
        return Scene(
            (
                *header(view, view.words("home.title")),
                *listing(region, lambda index: Line(view.words(ENTRIES[index][1])), len(ENTRIES), self.focus),
                *hints(view, _HINTS),
                *overlays(view),
            ),
            preview,
        )

    def changes_in(self, view: View) -> float | None:
        """When the clock does."""
        return to_next_minute(view.now)
