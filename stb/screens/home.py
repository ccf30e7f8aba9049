"""Where the remote's home key leads: all that the box has, one row each."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from stb.messages import Intent, Open, ScreenName, ShowDay
from stb.model import Key
from stb.screens.onair import has_guide
from stb.screens.parts import CONTENT_TOP, MARGIN, common, header, hints, overlays
from stb.screens.rows import ROW, Line, listing, walked
from stb.screens.screen import Binding, to_next_minute
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Scene

_HINTS = (Binding("OK", "hint.choose"), Binding("BACK", "hint.back"))
_PREVIEW = (800, 450)


@dataclass(frozen=True, slots=True)
class Entry:
    """A row: what it is called here, and what the viewer wants who chooses it."""

    intent: Intent
    label: str


@dataclass(frozen=True, slots=True)
class Home:
    """Which entry is focused."""

    name: ClassVar[ScreenName] = ScreenName.HOME
    focus: int = 0

    def opened(self, view: View) -> Self:
        """Where it was left."""
        return replace(self, focus=min(self.focus, len(entries(view)) - 1))

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """Arrows move, OK opens, BACK and HOME lead back to where the viewer came from."""
        match key:
            case Key.OK if not held:
                return self, self._entry(view).intent
            case Key.BACK | Key.HOME | Key.MENU if not held:
                return self, Open(view.behind)
            case Key.UP | Key.DOWN:
                return replace(self, focus=walked(view, key, self.focus, len(entries(view)), 1)), None
            case Key.HOME | Key.MENU:
                return self, None
        return self, common(key)

    def _entry(self, view: View) -> Entry:
        """The focused one."""
        offered = entries(view)
        return offered[min(self.focus, len(offered) - 1)]

    def scene(self, view: View) -> Scene:
        """The entries, and beside them the running picture."""
        offered = entries(view)
        region = Region(MARGIN, CONTENT_TOP, 640, 8 * ROW)
        width = min(_PREVIEW[0], view.width - MARGIN - region.right - 40)
        height = width * _PREVIEW[1] // _PREVIEW[0]
        preview = Region(view.width - MARGIN - width, CONTENT_TOP, width, height) if view.channel else None
        return Scene(
            (
                *header(view, view.words("home.title")),
                *listing(region, lambda index: Line(offered[index].label), len(offered), self.focus),
                *hints(view, _HINTS),
                *overlays(view),
            ),
            preview,
        )

    def changes_in(self, view: View) -> float | None:
        """When the clock does."""
        return to_next_minute(view.now)


def entries(view: View) -> tuple[Entry, ...]:
    """What the box has now: only what there is something in."""
    library, words = view.library, view.words
    channel = view.channel or (view.lists.channel(view.live) if view.live else None)
    offered = [Entry(Open(ScreenName.CHANNELS), words("home.channels"))]
    if channel and has_guide(view, channel):
        offered.append(Entry(ShowDay(channel.ref), words("home.guide", channel=channel.name)))
    films, series = library.count("films"), library.count("series")
    first_time = view.reading_library and not (films or series)
    if films or first_time:
        offered.append(Entry(Open(ScreenName.FILMS), words("home.films")))
    if series or first_time:
        offered.append(Entry(Open(ScreenName.SERIES), words("home.series")))
    if view.lately():
        offered.append(Entry(Open(ScreenName.HISTORY), words("history.title")))
    offered += [
        Entry(Open(ScreenName.SEARCH), words("home.search")),
        Entry(Open(ScreenName.NEWS), words("home.news")),
        Entry(Open(ScreenName.SETTINGS), words("home.settings")),
    ]
    return tuple(offered)
