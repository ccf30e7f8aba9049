"""Pieces that several screens share, in design units (LOOK: margins 96 and 54, rows of 96)."""

from stb.messages import ChangeVolume, Intent, Open, ScreenName, ToggleMute
from stb.model import Channel, Key
from stb.screens.screen import Binding, whole
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Image, Item, Plate, Style, Text

MARGIN = 96
"""Left and right of everything: five per cent that an overscanning TV may cut."""
TOP = 54
CONTENT_TOP = 158
CONTENT_BOTTOM = 926
VOLUME_STEP = 5
_LEAST = 200
"""Beside a name that leaves less room, nothing more is said."""
_HINT_SPACE = 12
_HINT_GAP = 44
_CHIPS = {"RED": Colour.LIVE, "GREEN": Colour.ACCENT, "YELLOW": Colour.GOLD, "BLUE": Colour.BLUE}
"""Keys that are a colour instead of a name."""
_SPARE = ("◀", "CH±")
EXPLAINED = ("watching.clip", "watching.refused_with", "watching.off_air", "watching.astray")
"""Troubles of which more is known than that there is no picture."""
_QUALITIES = frozenset({"SD", "HD", "FHD", "UHD", "4K", "8K"})
"""Words in a channel's name that say nothing of whose it is."""


def common(key: Key) -> Intent | None:
    """What a key means on every screen of a box that is set up."""
    match key:
        case Key.HOME | Key.MENU:
            return Open(ScreenName.HOME)
        case Key.SETUP:
            return Open(ScreenName.SETTINGS)
        case Key.SEARCH:
            return Open(ScreenName.SEARCH)
    return sound(key)


def sound(key: Key) -> Intent | None:
    """What a key means wherever there may be sound."""
    match key:
        case Key.VOLUMEUP:
            return ChangeVolume(VOLUME_STEP)
        case Key.VOLUMEDOWN:
            return ChangeVolume(-VOLUME_STEP)
        case Key.MUTE:
            return ToggleMute()
    return None


def header(view: View, title: str, detail: str = "") -> tuple[Item, ...]:
    """A screen's name, how much there is, and the date and clock at the end."""
    clock, date = view.words.clock(view.now), view.words.day(view.now)
    clock_width = view.measure(clock, Style.CLOCK).width
    date_width = view.measure(date, Style.SECOND).width + 4
    end = view.width - MARGIN
    day = Region(end - clock_width - 16 - date_width, TOP, date_width, 70)
    name = Region(MARGIN, TOP, min(view.measure(title, Style.NAME).width + 4, day.x - 40 - MARGIN), 66)
    rest = Region(name.right + 16, TOP + 4, min(700, day.x - 40 - name.right - 16), 66)
    return (
        Text(name, title, Style.NAME),
        *((Text(rest, detail, Style.BODY, Colour.SOFT),) if detail and rest.width >= _LEAST else ()),
        Text(day, date, Style.SECOND, Colour.SOFT, Align.END),
        Text(Region(end - clock_width - 4, TOP, clock_width + 4, 66), clock, Style.CLOCK, align=Align.END),
    )


def hints(view: View, bindings: tuple[Binding, ...]) -> tuple[Item, ...]:
    """The bar at the bottom that says what the keys do here: colour keys from its start, others at its end.

    Key and meaning are texts of their own, so that their order follows the interface's direction. On a narrow
    screen what viewers know by themselves goes unsaid.
    """
    spare = [one for one in bindings if one.keys in _SPARE]
    while spare and sum(_hint_width(view, one) for one in bindings) > view.width - 2 * MARGIN:
        gone = spare.pop()
        bindings = tuple(one for one in bindings if one is not gone)
    items: list[Item] = []
    x = MARGIN
    for binding in (one for one in bindings if one.keys in _CHIPS):
        text = view.words(binding.message)
        width = view.measure(text, Style.SMALL).width
        items += [
            Plate(Region(x, 998, 26, 14), _CHIPS[binding.keys], 7),
            Text(Region(x + 26 + _HINT_SPACE, 980, width, 50), text, Style.SMALL, Colour.SOFT),
        ]
        x += 26 + _HINT_SPACE + width + _HINT_GAP
    x = view.width - MARGIN
    for binding in reversed([one for one in bindings if one.keys not in _CHIPS]):
        for text in (view.words(binding.message), binding.label(view)):
            width = view.measure(text, Style.SMALL).width
            x -= width
            items.append(Text(Region(x, 980, width, 50), text, Style.SMALL, Colour.SOFT))
            x -= _HINT_SPACE
        x -= _HINT_GAP - _HINT_SPACE
    return tuple(items)


def _hint_width(view: View, binding: Binding) -> int:
    """Of a key and its meaning, with the gap behind them."""
    key = 26 if binding.keys in _CHIPS else view.measure(binding.label(view), Style.SMALL).width
    return key + _HINT_SPACE + view.measure(view.words(binding.message), Style.SMALL).width + _HINT_GAP


def logo(view: View, region: Region, channel: Channel, *, focused: bool = False) -> tuple[Item, ...]:
    """A channel's picture; its initials while there is none."""
    colour, ink = (Colour.LINE, Colour.FOCUS) if focused else (Colour.RAISED, Colour.INK)
    if channel.logo and view.has_picture(channel.logo):
        return (Image(region, channel.logo, colour),)
    return (
        Plate(region, colour, 8),
        Text(region.inset(6, 0), initials(channel.name), Style.LABEL, ink, Align.CENTRE),
    )


def poster(view: View, region: Region, address: str, name: str) -> tuple[Item, ...]:
    """The picture of a film or a series; its initials while there is none."""
    if address and view.has_poster(address):
        return (Image(region, address, Colour.PLATE, 16),)
    return (
        Plate(region, Colour.PLATE, 16),
        Text(region.inset(12, 0), initials(name), Style.NAME, Colour.SOFT, Align.CENTRE),
    )


def share(bar: Region, part: float, whole: float, *, focused: bool = False) -> tuple[Item, ...]:
    """A line that is filled as far as something has gone on; on the light plate of a focused row too."""
    radius = bar.height // 2
    width = min(bar.width, round(bar.width * part / whole)) if whole > 0 else 0
    filled = (Plate(bar._replace(width=width), Colour.ACCENT, radius),) if width > 0 else ()
    return Plate(bar, Colour.SOFT if focused else Colour.LINE, radius), *filled


def initials(name: str) -> str:
    """A few letters that stand for a name: ``WN`` for "World News", ``N24`` for "News 24 HD".

    Letters of scripts without capitals join into words: there the first word stands for the name.
    """
    words = [word for word in name.split() if word[0].isalnum() and word.upper() not in _QUALITIES]
    words = words or [name]
    if len(words) == 1 or not words[0][0].isupper():
        return words[0][:6]
    return "".join(word if word.isdecimal() else word[0].upper() for word in words)[:4]


def overlays(view: View) -> tuple[Item, ...]:
    """What lies over any screen: typed digits, the volume, a short message."""
    shown: tuple[Item, ...] = ()
    if view.digits:
        shown += _digits(view)
    if view.volume_shown:
        shown += _volume(view)
    if view.toast:
        shown += _toast(view)
    return shown


def _digits(view: View) -> tuple[Item, ...]:
    width = view.measure(view.digits, Style.TITLE).width + 96
    plate = Region(view.width - MARGIN - width, TOP, width, 112)
    return (
        Plate(plate, Colour.FOCUS, 16),
        Text(plate, view.digits, Style.TITLE, Colour.ON_FOCUS, Align.CENTRE),
    )


def _volume(view: View) -> tuple[Item, ...]:
    plate = Region((view.width - 640) // 2, TOP, 640, 88)
    bar = Region(plate.x + 200, plate.y + 40, 340, 8)
    title = view.words("watching.muted" if view.muted else "watching.volume")
    filled = bar._replace(width=0 if view.muted else bar.width * view.volume // 100)
    return (
        Plate(plate, Colour.PLATE, 16),
        Text(Region(plate.x + 28, plate.y, 168, 88), title, Style.SMALL, Colour.SOFT),
        Plate(bar, Colour.LINE, 4),
        *((Plate(filled, Colour.ACCENT, 4),) if filled.width else ()),
        Text(
            Region(plate.right - 96, plate.y, 72, 88),
            view.words.number(view.volume),
            Style.SECOND,
            align=Align.END,
        ),
    )


def _toast(view: View) -> tuple[Item, ...]:
    width = min(view.measure(view.toast, Style.SECOND).width + 80, view.width - 2 * MARGIN)
    plate = Region((view.width - width) // 2, TOP, width, 88)
    return (
        Plate(plate, Colour.RAISED, 16),
        Text(plate.inset(32, 0), view.toast, Style.SECOND, align=Align.CENTRE),
    )


def trouble(view: View) -> str:
    """Why there is no picture, and when the box tries again."""
    if view.trouble in EXPLAINED:
        said = view.words(view.trouble, operator=view.operator, status=str(view.refused))
        again = "watching.trying" if view.retry_in is None else "watching.again"
        return f"{said} {view.words(again, n=whole(view.retry_in))}"
    if view.retry_in is None:
        return view.words(view.trouble, operator=view.operator)
    return view.words("watching.retry" if view.tuned else "watching.none", n=whole(view.retry_in))
