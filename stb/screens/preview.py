"""The small picture beside a list of channels: what it shows, and below it what is on the focused channel."""

from stb.catalogue.guide import NowNext
from stb.model import Channel, PlayerState, Programme
from stb.screens.onair import moment, on_air, span
from stb.screens.parts import CONTENT_BOTTOM, CONTENT_TOP, MARGIN, trouble
from stb.screens.prose import broken, in_lines, stacked, written
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Colour, Item, Plate, Style, Text

_PREVIEW = (480, 270)
_SMALLEST = 300
_NAMES = 720
"""Width of the list below which the small picture gives way."""


def place_of_preview(view: View, list_x: int) -> Region | None:
    """Beside a list that begins there, as large as names leave room for; nowhere on a narrow screen."""
    width, height = _PREVIEW
    room = view.width - MARGIN - list_x - 40 - _NAMES
    if view.channel is None or room < _SMALLEST:
        return None
    width, height = min(width, room), height * min(width, room) // width
    return Region(view.width - MARGIN - width, CONTENT_TOP, width, height)


def playing(view: View, preview: Region) -> tuple[Item, ...]:
    """What the small picture shows."""
    channel = view.channel
    if channel is None:
        return ()
    top = preview.bottom + 24
    return (
        Text(Region(preview.x, top, preview.width, 56), f"{channel.number}  {channel.name}", Style.STRONG),
        Text(
            Region(preview.x, top + 60, preview.width, 120),
            _shown(view),
            Style.SMALL,
            Colour.SOFT,
            lines=3,
        ),
    )


def coming(view: View, preview: Region, channel: Channel) -> tuple[Item, ...]:
    """Below it, what is on the focused channel, and what comes then."""
    both = on_air(view, [channel]).get(channel.ref, NowNext())
    if not (both.now or both.next):
        return ()
    line = Region(preview.x, preview.bottom + 136, preview.width, 2)
    top = Region(preview.x, line.bottom + 20, preview.width, 44)
    title = in_lines(view, both.now.title, Style.STRONG, top.width, 2) if both.now else ()
    times = top.moved(0, 44 * len(title))._replace(height=38)
    text = broken(view, both.now.text, Style.SMALL, top.width) if both.now else ()
    end = Region(preview.x, CONTENT_BOTTOM - 44, preview.width, 44)
    room = max(0, (end.y - times.bottom - 16) // 36)
    return (
        Plate(line, Colour.LINE),
        *stacked(top, title, Style.STRONG),
        *((Text(times, span(view, both.now), Style.SMALL, Colour.SOFT),) if both.now else ()),
        *written(view, times.moved(0, 46)._replace(height=36), _cut(text, room), Style.SMALL, Colour.SOFT),
        *((Text(end, _then(view, both.next), Style.SMALL, Colour.SOFT),) if both.next else ()),
    )


def _cut(lines: tuple[str, ...], room: int) -> tuple[str, ...]:
    """As many as there is room for; the last one says that there are more."""
    return lines if len(lines) <= room else (*lines[: room - 1], f"{lines[room - 1]} …") if room else ()


def _then(view: View, programme: Programme) -> str:
    return view.words("guide.then", time=moment(view, programme.start), title=programme.title)


def _shown(view: View) -> str:
    """What the small picture is, or why it is dark."""
    if view.status.state in (PlayerState.PLAYING, PlayerState.PAUSED):
        return view.words("channels.now_playing")
    return trouble(view) if view.trouble else view.words("watching.tuning")
