"""Rows of the list of channels: number, picture and name, and what is on."""

from stb.model import Channel, Programme
from stb.screens.edge import LIST_X
from stb.screens.parts import CONTENT_TOP, logo, share
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Item, Plate, Style, Text

_MARK = 36


def channel_row(
    view: View, region: Region, channel: Channel, *, focused: bool, now: Programme | None
) -> tuple[Item, ...]:
    """One channel; marks behind its name say that it plays, and that it is a favourite."""
    ink = Colour.ON_FOCUS if focused else Colour.INK
    faint = Colour.ON_FOCUS if focused else Colour.FAINT
    name_x = region.x + 272
    place = Region(name_x, region.y, region.right - name_x - 60, region.height)
    if now:
        place = place._replace(y=region.y + 6, height=46)
    playing = view.channel is not None and view.channel.ref == channel.ref
    favourite = channel.ref in view.favourites
    name = place._replace(width=place.width - (_MARK if favourite else 0))
    mark = name._replace(
        x=name_x + min(view.measure(channel.name, Style.BODY).width, name.width) + 16, width=40
    )
    star = mark.moved(_MARK if playing else 0, 0)
    return (
        *((Plate(region, Colour.FOCUS, 14),) if focused else ()),
        Text(
            Region(region.x + 8, region.y, 104, region.height),
            str(channel.number),
            Style.BODY,
            faint,
            Align.END,
        ),
        *logo(view, Region(region.x + 140, region.y + 16, 104, 64), channel, focused=focused),
        Text(name, channel.name, Style.BODY, ink),
        *((Text(mark, "▶", Style.SMALL, Colour.ACCENT),) if playing else ()),
        *((Text(star, "★", Style.SMALL, Colour.GOLD),) if favourite else ()),
        *(_now(view, place, now, focused=focused) if now else ()),
    )


def _now(view: View, name: Region, now: Programme, *, focused: bool) -> tuple[Item, ...]:
    """What is on, below the name, over a line that is filled as far as it is."""
    title = Region(name.x, name.y + 44, name.width + 36, 34)
    bar = Region(name.x, name.y + 80, name.width + 36, 4)
    done = view.now.timestamp() - now.start
    return (
        Text(title, now.title, Style.SMALL, Colour.ON_FOCUS if focused else Colour.SOFT),
        *share(bar, done, (now.stop or now.start) - now.start, focused=focused),
    )


def nothing(view: View, end: int) -> tuple[Item, ...]:
    """What stands where there is no channel; ``end`` is where the list ends."""
    region = Region(LIST_X + 40, CONTENT_TOP + 120, end - LIST_X - 80, 160)
    message = "channels.all_hidden" if view.lists.count() else "channels.none"
    words = view.words(message, operator=view.operator)
    return (Text(region, words, Style.BODY, Colour.SOFT, lines=3),)
