"""The banner over a channel: which it is, what is on and comes then, what decodes it, how quickly it came."""

from stb.model import Channel, PlayerState, Programme
from stb.screens import tracks
from stb.screens.onair import moment, span
from stb.screens.parts import MARGIN, logo, share
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Item, Plate, Style, Text

SHOWING = (PlayerState.PLAYING, PlayerState.PAUSED)
_END = 300
"""Room for clock and small print at the end of the plate."""


def plate(view: View) -> Region:
    """Where a banner lies."""
    return Region(MARGIN, 790, view.width - 2 * MARGIN, 236)


def banner(view: View, channel: Channel) -> tuple[Item, ...]:
    """LOOK, watching.png."""
    area = plate(view)
    x = area.x + 536
    room = area.right - _END - x
    return (
        Plate(area, Colour.GROUND, 24),
        Text(Region(area.x + 36, 812, 260, 100), str(channel.number), Style.TITLE),
        *logo(view, Region(area.x + 310, 818, 190, 118), channel),
        Text(Region(x, 810, room, 68), channel.name, Style.NAME),
        *_what_is_on(view, channel, Region(x, 874, room, 52)),
        *chips(view, Region(area.x + 36, 946, 0, 40)),
        *clock(view, area),
        *_small_print(view, area),
    )


def clock(view: View, area: Region) -> tuple[Item, ...]:
    """What time it is, at the end of the plate."""
    region = Region(area.right - 236, 812, 200, 60)
    return (Text(region, view.words.clock(view.now), Style.CLOCK, align=Align.END),)


def _what_is_on(view: View, channel: Channel, line: Region) -> tuple[Item, ...]:
    """What is on with how far it has gone, and what comes then; without a guide the channel's group."""
    now, following = (view.on_air.now, view.on_air.next) if view.on_air else (None, None)
    if now is None and following is None:
        return (Text(line, _progress(view) or channel.group, Style.BODY, Colour.SOFT),)
    return (*_now(view, line, now), *(_next(view, line.moved(0, 82), following) if following else ()))


def _now(view: View, line: Region, programme: Programme | None) -> tuple[Item, ...]:
    if programme is None:
        return ()
    time = span(view, programme)
    room = line.width - view.measure(time, Style.SMALL).width - 24
    width = min(view.measure(programme.title, Style.BODY).width + 4, room)
    bar = Region(line.x, line.bottom + 16, line.width, 6)
    part = view.now.timestamp() - programme.start
    return (
        Text(line._replace(width=width), programme.title, Style.BODY),
        Text(
            line._replace(x=line.x + width + 20, width=line.width - width - 20),
            time,
            Style.SMALL,
            Colour.SOFT,
        ),
        *(share(bar, part, programme.stop - programme.start) if programme.stop else ()),
    )


def _next(view: View, line: Region, programme: Programme) -> tuple[Item, ...]:
    time = moment(view, programme.start)
    width = view.measure(time, Style.SECOND).width + 4
    title = line._replace(x=line.x + width + 20, width=line.width - width - 20)
    return (
        Text(line._replace(width=width), time, Style.SECOND, Colour.SOFT),
        Text(title, programme.title, Style.SECOND, Colour.SOFT),
    )


def _progress(view: View) -> str:
    """What is done about the picture while it is not there; empty when there is nothing more to say."""
    status = view.status
    if view.trouble or status.state in SHOWING:
        return ""
    if status.state is PlayerState.BUFFERING and 0 < status.buffering < 100:  # noqa: PLR2004 - per cent
        return view.words("watching.buffering", n=status.buffering)
    return view.words("watching.tuning")


def chips(view: View, first: Region) -> tuple[Item, ...]:
    """Small and true: lines of the picture, and what decodes it."""
    status = view.status
    if status.state not in SHOWING:
        return ()
    height = f"{status.height}p" if status.height else ""
    decoder = f"{status.decoder} HW" if status.hardware and status.decoder else status.decoder
    items: list[Item] = []
    x = first.x
    for label in filter(None, (height, decoder)):
        chip = first._replace(x=x, width=view.measure(label, Style.SMALL).width + 24)
        items += [
            Plate(chip, Colour.RAISED, 8),
            Text(chip, label, Style.SMALL, Colour.SOFT, Align.CENTRE),
        ]
        x = chip.right + 10
    return tuple(items)


def _small_print(view: View, area: Region) -> tuple[Item, ...]:
    """What there is to hear and to read; how quickly it came, or what it waits for."""
    tuned = "" if view.tuned is None else view.words("watching.tuned", seconds=view.words.seconds(view.tuned))
    waits = _progress(view) if view.on_air and (view.on_air.now or view.on_air.next) else ""
    lines = tuple(filter(None, (tracks.offer(view), waits or tuned)))
    bottom = 990
    return tuple(
        Text(
            Region(area.right - 436, bottom - 44 * (len(lines) - line), 400, 44),
            text,
            Style.SMALL,
            Colour.SOFT,
            Align.END,
        )
        for line, text in enumerate(lines)
    )
