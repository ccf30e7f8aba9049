"""What is seen when the box itself does not start: why, what it does about it, and what the keys do.

Nothing here asks a list, a setting or an operator: whatever is broken, this can be drawn.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum, auto
from typing import Self

from stb.i18n import Words
from stb.model import Key
from stb.screens.parts import MARGIN
from stb.screens.screen import whole
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Item, Plate, Ruler, Scene, Style, Text, Wrap


class Way(StrEnum):
    """How the box is to be tried again."""

    AS_IT_WAS = auto()
    QUIETLY = auto()
    """With the list of channels; nothing plays by itself."""
    FRESH_SETTINGS = auto()
    """With the settings it came with."""
    FRESH_LISTS = auto()
    """Without what can be fetched again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that the screen may look at."""

    words: Words
    measure: Ruler
    wrap: Wrap
    width: int
    """Of the screen in design units."""
    reason: str
    """Message id of why the box does not start."""
    again_in: float
    """Seconds until it is tried again by itself."""
    said: tuple[str, ...] = ()
    """The last lines of its log, without secrets."""


_OK, _INFO, _POWER = "OK", "INFO", "POWER"
_ROWS: Mapping[str | Colour, str] = {
    _OK: "recovery.again",
    Colour.LIVE: "recovery.quietly",
    Colour.GOLD: "recovery.settings",
    Colour.BLUE: "recovery.lists",
    Colour.ACCENT: "recovery.language",
    _INFO: "recovery.log",
    _POWER: "recovery.power",
}
"""Which key does what, from the one that harms least: its name, or its colour."""
_WAYS = {
    Key.OK: Way.AS_IT_WAS,
    Key.RED: Way.QUIETLY,
    Key.YELLOW: Way.FRESH_SETTINGS,
    Key.BLUE: Way.FRESH_LISTS,
}
_INDENT = MARGIN + 44
_LINE = 54
_ROW = 64
_KEYS_WIDTH = 170
_LOG_TOP, _LOG_LINE, _LOG_LINES = 200, 42, 18
_MINUTES_FROM = 100
"""Count-downs longer than this many seconds are said in minutes."""


@dataclass(frozen=True, slots=True)
class Recovery:
    """Whether the log is open, whether the TV is dark, and which language is wanted."""

    language: str = "en"
    log: bool = False
    dark: bool = False

    def press(self, key: Key) -> tuple[Self, Way | None]:
        """Answer a key: the screen after it, and how the viewer wants the box to be tried again.

        Any key lights a dark screen, and does nothing else.
        """
        if self.dark:
            return replace(self, dark=False), None
        match key:
            case Key.INFO:
                return replace(self, log=not self.log), None
            case Key.BACK:
                return replace(self, log=False), None
            case Key.GREEN:
                return replace(self, language="en" if self.language == "ar" else "ar"), None
            case Key.POWER | Key.SLEEP:
                return replace(self, dark=True), None
        return self, _WAYS.get(key)

    def scene(self, page: Page) -> Scene:
        """What is seen."""
        if self.dark:
            return Scene(())
        return Scene(_log(page) if self.log else _explained(page))

    def changes_in(self, page: Page) -> float | None:
        """Each second while it counts seconds, each minute while it counts minutes."""
        if self.dark or self.log:
            return None
        return 1.0 if page.again_in <= _MINUTES_FROM else page.again_in % 60 + 0.01


def _explained(page: Page) -> tuple[Item, ...]:
    words, width = page.words, page.width - _INDENT - MARGIN
    lines = page.wrap(words(page.reason), Style.BODY, min(1500, width))
    below = 236 + len(lines) * _LINE
    rows = (_row(page, 470 + number * _ROW, key) for number, key in enumerate(_ROWS))
    return (
        Plate(Region(MARGIN, 108, 16, 76), Colour.GOLD, 8),
        Text(Region(_INDENT, 98, width, 96), words("recovery.title"), Style.TITLE),
        *(
            Text(Region(_INDENT, 224 + number * _LINE, width, _LINE), line, Style.BODY)
            for number, line in enumerate(lines)
        ),
        Text(Region(_INDENT, below, width, _LINE), _plan(page), Style.BODY, Colour.ACCENT),
        *(item for row in rows for item in row),
        Text(Region(_INDENT, 956, width, 50), words("recovery.plug"), Style.SMALL, Colour.SOFT),
    )


def _row(page: Page, y: int, key: str | Colour) -> tuple[Item, ...]:
    """A key and what it does."""
    words = Region(_INDENT + _KEYS_WIDTH, y, page.width - _INDENT - _KEYS_WIDTH - MARGIN, _ROW)
    does = Text(words, page.words(_ROWS[key]), Style.SECOND)
    if isinstance(key, Colour):
        return Plate(Region(_INDENT, y + 23, 60, 20), key, 10), does
    cap = Region(_INDENT, y + 8, page.measure(key, Style.LABEL).width + 36, _ROW - 16)
    return Plate(cap, Colour.RAISED, 10), Text(cap, key, Style.LABEL, align=Align.CENTRE), does


def _plan(page: Page) -> str:
    seconds = max(0.0, page.again_in)
    if seconds > _MINUTES_FROM:
        return page.words("recovery.in_minutes", n=whole(seconds / 60))
    return page.words("recovery.in_seconds", n=whole(seconds))


def _log(page: Page) -> tuple[Item, ...]:
    """The end of the log: as many whole lines as there is room for."""
    width = page.width - 2 * MARGIN
    broken = [line for said in page.said for line in page.wrap(said, Style.SMALL, width)]
    lines = broken[-_LOG_LINES:] or [page.words("recovery.no_log")]
    place = Region(MARGIN, _LOG_TOP, width, _LOG_LINE)
    back = page.words("hint.back")
    return (
        Text(Region(MARGIN, 98, width, 76), page.words("recovery.log_title"), Style.NAME),
        *(
            # A log is English whatever the box speaks, and so begins where English does.
            Text(
                place.moved(0, number * _LOG_LINE),
                line,
                Style.SMALL,
                Colour.SOFT,
                Align.END if page.words.mirrored else Align.START,
            )
            for number, line in enumerate(lines)
        ),
        Text(Region(MARGIN, 980, width, 50), f"BACK  {back}", Style.SMALL, Colour.SOFT, Align.END),
    )
