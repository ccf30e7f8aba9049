"""The picture, and over it a banner, or the bar of what lasts; in words what is wrong."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from stb.messages import (
    HaveFavourites,
    Intent,
    NextShape,
    Open,
    PauseLive,
    ScreenName,
    ShowBanner,
    ShowDay,
    SwapBack,
    Watch,
)
from stb.model import Key, PlayerState
from stb.screens import playing, tracks
from stb.screens.banner import SHOWING, banner
from stb.screens.digits import typed
from stb.screens.favourites import toggled
from stb.screens.parts import EXPLAINED, MARGIN, common, overlays, trouble
from stb.screens.prose import in_lines, stacked
from stb.screens.screen import to_next_minute, toward_start
from stb.screens.ticker import ticker, ticker_moves_in
from stb.screens.view import View
from stb.ui.geometry import SCREEN_HEIGHT, Region
from stb.ui.scene import Colour, Item, Plate, Scene, Style

OLD_PICTURE_SECONDS = 3.0
"""How long the old picture stays when the new one does not come."""
_MOST_LINES = 4
"""Of what is wrong."""


@dataclass(frozen=True, slots=True)
class Watching:
    """What is shown, and for how long, is the box's; only where the viewer is in a list is its own."""

    row: int = 0
    name: ClassVar[ScreenName] = ScreenName.WATCHING

    def opened(self, view: View) -> Self:
        """Nothing to bring up to date."""
        del view
        return self

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """The remote grammar of UX section 0 while watching."""
        if key.digit and not held:
            return self, typed(view, key.digit)
        if not held and (answer := tracks.press(key, view, self.row)):
            return replace(self, row=answer[0]), answer[1]
        if view.item and (intent := playing.press(key, view, held=held)):
            return self, intent
        return self, self._meaning(key, view, held=held)

    def _meaning(self, key: Key, view: View, *, held: bool) -> Intent | None:
        match key:
            case Key.PLAY if view.trouble and view.channel and not view.item and not held:
                return Watch(view.channel.ref)
            case Key.CHANNELUP | Key.UP:
                return _neighbour(view, 1)
            case Key.CHANNELDOWN | Key.DOWN:
                return _neighbour(view, -1)
            case Key.LEFT | Key.RIGHT:
                start = toward_start(key, view)
                return Open(ScreenName.CHANNELS, groups=True) if start else ShowBanner(shown=True)
            case Key.OK if not held:
                return Open(ScreenName.CHANNELS)
            case Key.INFO if not held:
                return ShowBanner(shown=not view.banner)
            case Key.BACK:
                return ShowBanner(shown=False)
            case Key.LAST if not held:
                return SwapBack()
            case Key.TEXT if not held:
                return Open(ScreenName.NEWS)
        return (None if held else _transport(key, view)) or common(key)

    def scene(self, view: View) -> Scene:
        """LOOK, watching.png: only opaque plates over the picture."""
        return Scene(
            (
                *_cover(view),
                *(_trouble(view) if view.trouble else ()),
                *(tracks.paused(view) if view.status.state is PlayerState.PAUSED and not view.item else ()),
                *(_banner(view) if _banner_due(view) else ()),
                *(() if view.item else ticker(view, 710 if _banner_due(view) else 962)),
                *(playing.offer(view, view.following) if view.following else ()),
                *tracks.scene(view, self.row),
                *overlays(view),
            ),
            Region(0, 0, view.width, SCREEN_HEIGHT),
        )

    def changes_in(self, view: View) -> float | None:
        """Each second of a count-down; else when a shown clock does."""
        counted = view.next_in if view.retry_in is None else view.retry_in
        if counted is not None:
            return min(1.0, max(0.05, counted))
        waits = (
            ticker_moves_in(view),
            to_next_minute(view.now) if _banner_due(view) else None,
            _on_air_changes_in(view) if _banner_due(view) else None,
            _cover_due_in(view),
        )
        return min((wait for wait in waits if wait is not None), default=None)


def _cover(view: View) -> tuple[Item, ...]:
    """The picture of the channel before does not stand for the new one for long (UX, zap and failure)."""
    if view.waiting is None or view.waiting < OLD_PICTURE_SECONDS:
        return ()
    return (Plate(Region(0, 0, view.width, SCREEN_HEIGHT), Colour.GROUND),)


def _cover_due_in(view: View) -> float | None:
    left = None if view.waiting is None else OLD_PICTURE_SECONDS - view.waiting
    return left if left and left > 0 else None


def _transport(key: Key, view: View) -> Intent | None:
    paused = view.status.state is PlayerState.PAUSED
    match key:
        case Key.ZOOM:
            return NextShape()
        case Key.EPG if view.channel:
            return ShowDay(view.channel.ref)
        case Key.GREEN if view.channel and not view.item:
            return HaveFavourites(toggled(view.every_favourite, view.channel.ref))
        case Key.PAUSE | Key.PLAYPAUSE:
            return PauseLive(paused=not paused)
        case Key.PLAY | Key.STOP if paused:
            return PauseLive(paused=False)
    return None


def _neighbour(view: View, step: int) -> Intent | None:
    """Of the channel, or of the one watched before what lasts."""
    ref = view.channel.ref if view.channel else view.live
    hidden = view.hidden
    channel = view.lists.neighbour(ref, step, hidden=hidden) if ref else view.lists.first(hidden)
    return Watch(channel.ref) if channel else None


def _trouble(view: View) -> tuple[Item, ...]:
    """Why there is no picture, in words, with the count-down."""
    most = min(1200, view.width - 2 * MARGIN - 112)
    waits = view.trouble in EXPLAINED and view.retry_in is not None
    said = f"{trouble(view)} {view.words('watching.at_once')}" if waits else trouble(view)
    lines = in_lines(view, said, Style.BODY, most, _MOST_LINES)
    width = min(max(view.measure(line, Style.BODY).width for line in lines) + 8, most)
    height = 52 * len(lines)
    area = Region((view.width - width - 112) // 2, 492 - height // 2 - 30, width + 112, height + 60)
    first = Region(area.x + 56, area.y + 30, width, 52)
    return (Plate(area, Colour.PLATE, 16), *stacked(first, lines, Style.BODY))


def _on_air_changes_in(view: View) -> float | None:
    now = view.on_air.now if view.on_air else None
    left = now.stop - view.now.timestamp() if now and now.stop else None
    return left if left and left > 0 else None


def _banner(view: View) -> tuple[Item, ...]:
    if view.item:
        return () if view.following else playing.bar(view, view.item)
    return banner(view, view.channel) if view.channel else ()


def _banner_due(view: View) -> bool:
    """While there is no picture the banner stays, with radio too: nothing is ever black without words."""
    if view.item and playing.bar_due(view):
        return True
    return view.banner or view.status.state not in SHOWING or not view.status.height
