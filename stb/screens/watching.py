"""The picture, and over it a banner: what is on, how it is decoded, how quickly it came."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from stb.messages import Intent, NextShape, Open, PauseLive, ScreenName, ShowBanner, SwapBack, Watch
from stb.model import Channel, Key, PlayerState
from stb.screens import tracks
from stb.screens.digits import typed
from stb.screens.parts import MARGIN, common, logo, overlays, trouble
from stb.screens.screen import View, to_next_minute, toward_start
from stb.screens.ticker import ticker, ticker_moves_in
from stb.ui.geometry import SCREEN_HEIGHT, Region
from stb.ui.scene import Align, Colour, Item, Plate, Scene, Style, Text

OLD_PICTURE_SECONDS = 3.0
"""How long the old picture stays when the new one does not come."""
_SHOWING = (PlayerState.PLAYING, PlayerState.PAUSED)


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
        return self, self._meaning(key, view, held=held)

    def _meaning(self, key: Key, view: View, *, held: bool) -> Intent | None:
        match key:
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
                *(tracks.paused(view) if view.status.state is PlayerState.PAUSED else ()),
                *(_banner(view, view.channel) if view.channel and _banner_due(view) else ()),
                *ticker(view, 710 if _banner_due(view) else 962),
                *tracks.scene(view, self.row),
                *overlays(view),
            ),
            Region(0, 0, view.width, SCREEN_HEIGHT),
        )

    def changes_in(self, view: View) -> float | None:
        """Each second of a count-down; else when a shown clock does."""
        if view.retry_in is not None:
            return min(1.0, max(0.05, view.retry_in))
        waits = (
            ticker_moves_in(view),
            to_next_minute(view.now) if view.banner else None,
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
        case Key.PAUSE | Key.PLAYPAUSE:
            return PauseLive(paused=not paused)
        case Key.PLAY | Key.STOP if paused:
            return PauseLive(paused=False)
    return None


def _neighbour(view: View, step: int) -> Intent | None:
    channel = view.lists.neighbour(view.channel.ref, step) if view.channel else view.lists.first()
    return Watch(channel.ref) if channel else None


def _trouble(view: View) -> tuple[Item, ...]:
    """Why there is no picture, in words, with the count-down."""
    text = trouble(view)
    width = min(view.measure(text, Style.BODY).width + 112, view.width - 2 * MARGIN)
    plate = Region((view.width - width) // 2, 436, width, 112)
    return (
        Plate(plate, Colour.PLATE, 16),
        Text(plate.inset(40, 0), text, Style.BODY, align=Align.CENTRE),
    )


def _banner_due(view: View) -> bool:
    """While there is no picture the banner stays, with radio too: nothing is ever black without words."""
    return view.banner or view.status.state not in _SHOWING or not view.status.height


def _banner(view: View, channel: Channel) -> tuple[Item, ...]:
    plate = Region(MARGIN, 790, view.width - 2 * MARGIN, 236)
    x = plate.x + 536
    room = plate.right - 300 - x
    return (
        Plate(plate, Colour.GROUND, 24),
        Text(Region(plate.x + 36, 812, 260, 100), str(channel.number), Style.TITLE),
        *logo(view, Region(plate.x + 310, 818, 190, 118), channel),
        Text(Region(x, 810, room, 68), channel.name, Style.NAME),
        Text(Region(x, 876, room, 52), _second_line(view, channel), Style.BODY, Colour.SOFT),
        *_chips(view, plate.x + 36),
        Text(
            Region(plate.right - 236, 812, 200, 60),
            view.words.clock(view.now),
            Style.CLOCK,
            align=Align.END,
        ),
        *_tuned(view, plate),
    )


def _second_line(view: View, channel: Channel) -> str:
    status = view.status
    if view.trouble or status.state in _SHOWING:
        return channel.group
    if status.state is PlayerState.BUFFERING and 0 < status.buffering < 100:  # noqa: PLR2004 - per cent
        return view.words("watching.buffering", n=status.buffering)
    return view.words("watching.tuning")


def _chips(view: View, x: int) -> tuple[Item, ...]:
    """Small and true: lines of the picture, and what decodes it."""
    status = view.status
    if status.state not in _SHOWING:
        return ()
    height = f"{status.height}p" if status.height else ""
    decoder = f"{status.decoder} HW" if status.hardware and status.decoder else status.decoder
    items: list[Item] = []
    for label in filter(None, (height, decoder)):
        chip = Region(x, 946, view.measure(label, Style.SMALL).width + 24, 40)
        items += [
            Plate(chip, Colour.RAISED, 8),
            Text(chip, label, Style.SMALL, Colour.SOFT, Align.CENTRE),
        ]
        x = chip.right + 10
    return tuple(items)


def _tuned(view: View, plate: Region) -> tuple[Item, ...]:
    tuned = "" if view.tuned is None else view.words("watching.tuned", seconds=view.words.seconds(view.tuned))
    lines = tuple(filter(None, (tracks.offer(view), tuned)))
    bottom = 990
    return tuple(
        Text(
            Region(plate.right - 436, bottom - 44 * (len(lines) - line), 400, 44),
            text,
            Style.SMALL,
            Colour.SOFT,
            Align.END,
        )
        for line, text in enumerate(lines)
    )
