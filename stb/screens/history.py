"""What was watched lately, to be watched again: channels, films and series, the newest first."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import ClassVar, Self

from stb.catalogue.history import Watched
from stb.messages import ForgetHistory, Intent, LookAt, Open, ScreenName, Watch
from stb.model import ChannelRef, EpisodeRef, FilmRef, Key
from stb.screens.airing import day_entry
from stb.screens.onair import moment
from stb.screens.parts import CONTENT_TOP, MARGIN, common, header, hints, overlays
from stb.screens.rows import ROW, walked
from stb.screens.screen import Binding, to_next_minute
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Item, Plate, Scene, Style, Text

ROWS = 9
_WEEK = 7
"""So many days ago, and the name of the day says no longer which."""
_BACK = Binding("BACK", "hint.back")
_ASKED = (Binding("OK", "hint.forget_all"), Binding("BACK", "hint.keep"))
_FORGET, _PAGE = Binding("RED", "hint.forget_all"), Binding("CH±", "hint.page")


@dataclass(frozen=True, slots=True)
class History:
    """The focused row, and whether the viewer is asked if all is to be forgotten."""

    name: ClassVar[ScreenName] = ScreenName.HISTORY
    focus: int = 0
    asking: bool = False

    def opened(self, view: View) -> Self:
        """At the newest."""
        del view
        return replace(self, focus=0, asking=False)

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """Arrows move, OK plays, RED forgets everything once OK was pressed after it."""
        if held and key in (Key.OK, Key.BACK, Key.RED):
            return self, None
        if self.asking and key in (Key.OK, Key.BACK):
            return replace(self, asking=False, focus=0), ForgetHistory() if key is Key.OK else None
        entries = view.lately()
        match key:
            case Key.BACK:
                return self, Open(ScreenName.HOME)
            case Key.OK | Key.PLAY | Key.PLAYPAUSE:
                return self, _wanted(view, entries[self._at(entries)]) if entries else None
            case Key.RED:
                return replace(self, asking=bool(entries)), None
        focus = walked(view, key, self._at(entries), len(entries), ROWS)
        return replace(self, focus=focus), common(key)

    def _at(self, entries: tuple[Watched, ...]) -> int:
        return min(self.focus, max(0, len(entries) - 1))

    def scene(self, view: View) -> Scene:
        """As many rows as there is room for, or the question."""
        entries = view.lately()
        return Scene(
            (
                *header(view, view.words("history.title")),
                *(self._rows(view, entries) if entries and not self.asking else self._said(view)),
                *hints(view, self._hints(view, entries)),
                *overlays(view),
            )
        )

    def _rows(self, view: View, entries: tuple[Watched, ...]) -> tuple[Item, ...]:
        focus = self._at(entries)
        first = min(max(0, focus - ROWS // 2), max(0, len(entries) - ROWS))
        items: list[Item] = []
        for row, watched in enumerate(entries[first : first + ROWS]):
            region = Region(MARGIN, CONTENT_TOP + row * ROW, view.width - 2 * MARGIN, ROW)
            items += _row(view, region, watched, focused=first + row == focus)
        return tuple(items)

    def _said(self, view: View) -> tuple[Item, ...]:
        said = ("history.clear", "history.how") if self.asking else ("history.empty",)
        region = Region(MARGIN, CONTENT_TOP + 120, view.width - 2 * MARGIN, 80)
        return tuple(
            Text(
                region.moved(0, 80 * row), view.words(message), Style.BODY, Colour.SOFT if row else Colour.INK
            )
            for row, message in enumerate(said)
        )

    def _hints(self, view: View, entries: tuple[Watched, ...]) -> tuple[Binding, ...]:
        if self.asking:
            return _ASKED
        if not entries:
            return (_BACK,)
        match _wanted(view, entries[self._at(entries)]):
            case None:
                return (_FORGET, _PAGE, _BACK)
            case LookAt():
                return (_FORGET, Binding("OK", "hint.details"), _PAGE, _BACK)
        return (_FORGET, Binding("OK", "hint.play"), _PAGE, _BACK)

    def changes_in(self, view: View) -> float | None:
        """When the clock does."""
        return to_next_minute(view.now)


def _wanted(view: View, watched: Watched) -> Intent | None:
    """Go on where the viewer left it; a series shows its episodes. None: it is not in the lists any more."""
    match watched.ref:
        case ChannelRef() as channel:
            return Watch(channel) if view.lists.channel(channel) else None
        case FilmRef() as film:
            mark = view.marked(film)
            at = mark.position if mark and not mark.seen else 0.0
            return Watch(film, at) if view.library.film(film) else None
        case EpisodeRef(series=series):
            return LookAt(series) if view.library.one_series(series) else None


def _row(view: View, region: Region, watched: Watched, *, focused: bool) -> tuple[Item, ...]:
    """What it is called, and when it was watched or that it is gone."""
    ink, soft = (Colour.ON_FOCUS, Colour.ON_FOCUS) if focused else (Colour.INK, Colour.SOFT)
    said = _said_of(view, watched)
    width = view.measure(said, Style.SECOND).width + 4
    inner = region.inset(32, 0)
    return (
        *((Plate(region, Colour.FOCUS, 14),) if focused else ()),
        Text(inner._replace(width=inner.width - width - 32), watched.name, Style.BODY, ink),
        Text(inner._replace(x=inner.right - width, width=width), said, Style.SECOND, soft, Align.END),
    )


def _said_of(view: View, watched: Watched) -> str:
    if _wanted(view, watched) is None:
        return view.words("watching.gone")
    begun = datetime.fromtimestamp(watched.at, view.now.tzinfo)
    day = day_entry(view, begun.date())
    named = day.label if (view.now.date() - begun.date()).days < _WEEK else day.detail
    return f"{named} {moment(view, watched.at)}"
