"""Long texts: broken into lines, each at the side where its script begins, scrolled in their place."""

from stb.model import Key
from stb.screens.scrolling import stride
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Item, Plate, Style, Text

_RTL = "\N{RIGHT-TO-LEFT MARK}"
_LTR = "\N{LEFT-TO-RIGHT MARK}"


def broken(view: View, text: str, style: Style, width: int) -> tuple[str, ...]:
    """The lines of a text of paragraphs; none of an empty one."""
    paragraphs = text.split("\n") if text else []
    return tuple(line for paragraph in paragraphs for line in view.wrap(paragraph, style, width))


def in_lines(view: View, text: str, style: Style, width: int, most: int) -> tuple[str, ...]:
    """At most so many lines; the last one holds all the rest, and is cut where it is drawn."""
    lines = broken(view, text, style, width)
    return (*lines[: most - 1], " ".join(lines[most - 1 :])) if len(lines) > most else lines


def written(
    view: View, first: Region, lines: tuple[str, ...], style: Style, colour: Colour = Colour.INK
) -> tuple[Item, ...]:
    """Lines below each other, each at the side where its own script begins to read."""
    return tuple(
        Text(first.moved(0, number * first.height), line, style, colour, side(view, line))
        for number, line in enumerate(lines)
    )


def stacked(
    first: Region, lines: tuple[str, ...], style: Style, colour: Colour = Colour.INK
) -> tuple[Item, ...]:
    """Lines below each other at the start edge, as names stand there in every script."""
    return tuple(
        Text(first.moved(0, number * first.height), line, style, colour) for number, line in enumerate(lines)
    )


def side(view: View, line: str) -> Align:
    """Where a line stands that was broken off by `View.wrap`."""
    against = _LTR if view.words.mirrored else _RTL
    return Align.END if line.startswith(against) else Align.START


def scroll_bar(track: Region, first: int, room: int, count: int) -> tuple[Item, ...]:
    """How far a text was scrolled; nothing where all of it is seen."""
    if count <= room:
        return ()
    height = max(48, track.height * room // count)
    y = track.y + (track.height - height) * first // (count - room)
    return Plate(track, Colour.LINE, 3), Plate(Region(track.x, y, track.width, height), Colour.ACCENT, 3)


def scrolled(view: View, key: Key, line: int, last: int, room: int) -> int | None:
    """The first line seen after a key; None for a key that does not scroll.

    Args:
        view: how long the key has been held.
        key: what was pressed.
        line: first line seen before.
        last: the furthest that the text can be scrolled.
        room: how many lines are seen at once; pages overlap by one.
    """
    steps = {
        Key.UP: -stride(view.held),
        Key.DOWN: stride(view.held),
        Key.CHANNELUP: 1 - room,
        Key.CHANNELDOWN: room - 1,
    }
    return min(max(0, line + steps[key]), last) if key in steps else None
