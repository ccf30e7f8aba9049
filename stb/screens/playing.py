"""What lasts, while it plays: its keys, the bar that says how far it is, the episode that is offered next."""

from datetime import timedelta

from stb.messages import Intent, Leave, PauseLive, PlayNext, Seek, ShowBanner
from stb.model import Episode, Film, Key, PlayerState, Programme, Work
from stb.screens import tracks
from stb.screens.banner import SHOWING, chips, clock, plate
from stb.screens.onair import span
from stb.screens.screen import toward_start, whole
from stb.screens.view import View
from stb.ui.geometry import SCREEN_HEIGHT, Region
from stb.ui.scene import Align, Colour, Item, Plate, Style, Text

_STEPS = ((0.0, 10), (1.5, 30), (4.0, 60))
"""Seconds for which a key has been held, and how far it winds then."""
_ON_ITS_WAY = 90.0
"""Seconds until what is on the air is in an archive too, and a minute of it whole."""
_AT_ONCE = (Key.OK, Key.PLAY, Key.PLAYPAUSE)
"""Keys that do not wait for the next try at what was lost."""
_FAR = 6
"""REWIND and FASTFORWARD wind so many times as far as an arrow."""


def press(key: Key, view: View, *, held: bool) -> Intent | None:
    """What a key means here that means something else over a channel."""
    if view.following is not None:
        return _at_the_end(key, held=held)
    if view.retry_in is not None and key in _AT_ONCE and not held:
        return PauseLive(paused=False)
    match key:
        case Key.LEFT | Key.RIGHT:
            step = _step(view.held)
            return Seek(-step if toward_start(key, view) else step, _there(view))
        case Key.REWIND | Key.FASTFORWARD:
            step = _FAR * _step(view.held)
            return Seek(-step if key is Key.REWIND else step, _there(view))
        case Key.UP | Key.DOWN:
            return ShowBanner(shown=True)
        case Key.OK | Key.INFO if not held:
            return ShowBanner(shown=not view.banner)
        case Key.PLAY if view.status.state is PlayerState.PAUSED and not held:
            return PauseLive(paused=False)
        case Key.BACK if view.banner and view.status.state is PlayerState.PLAYING:
            return ShowBanner(shown=False)
        case Key.BACK | Key.STOP if not held:
            return Leave()
    return None


def _at_the_end(key: Key, *, held: bool) -> Intent | None:
    match key:
        case Key.OK | Key.PLAY | Key.PLAYPAUSE if not held:
            return PlayNext()
        case Key.BACK | Key.STOP if not held:
            return Leave()
    return None


def _there(view: View) -> float | None:
    """How much of a programme that is still on the air can be there; whole minutes are asked for."""
    now = view.now.timestamp()
    if not isinstance(view.item, Programme) or (view.item.stop and now >= view.item.stop):
        return None
    return max(view.position, now - view.item.start - _ON_ITS_WAY)


def _step(held: float) -> float:
    return [step for since, step in _STEPS if held >= since][-1]


def bar_due(view: View) -> bool:
    """In a pause it stays."""
    return view.banner or view.winding or view.status.state is not PlayerState.PLAYING


def bar(view: View, item: Work) -> tuple[Item, ...]:
    """What it is, how far it is, and when it will be over."""
    area = plate(view)
    inside = area.inset(36, 0)
    room = inside.width - 260
    return (
        Plate(area, Colour.GROUND, 24),
        Text(Region(inside.x, 804, room, 66), _title(item), Style.NAME),
        Text(Region(inside.x, 864, room, 44), _second_line(view, item), Style.SECOND, Colour.SOFT),
        Text(
            Region(inside.right - 400, 868, 400, 40),
            tracks.offer(view),
            Style.SMALL,
            Colour.SOFT,
            Align.END,
        ),
        *clock(view, area),
        *_line(view, Region(inside.x, 928, inside.width, 10)),
        *_below(view, Region(inside.x, 954, inside.width, 52)),
    )


def _title(item: Work) -> str:
    return item.title if isinstance(item, Programme) else item.name


def _second_line(view: View, item: Work) -> str:
    """What it waits for; else more about it."""
    if view.status.state not in SHOWING and not view.trouble:
        return view.words("watching.opening")
    if view.status.state is PlayerState.PAUSED:
        return f"{view.words('watching.paused')} · {view.words('watching.go_on')}"
    match item:
        case Episode(season=season, number=number) if season and number:
            number_of = view.words.number
            return view.words("watching.episode", season=number_of(season), episode=number_of(number))
        case Film(year=year):
            return view.words.figures(str(year)) if year else ""
        case Programme(start=start):
            day = view.words.day(view.now.fromtimestamp(start, view.now.tzinfo))
            channel = (view.channel.name,) if view.channel else ()
            return " · ".join((*channel, day, span(view, item)))
    return ""


def _line(view: View, region: Region) -> tuple[Item, ...]:
    """The bar, with a knob where it is."""
    if not view.duration:
        return (Plate(region, Colour.LINE, 5),)
    x = round(region.width * min(1.0, view.position / view.duration))
    size = 34 if view.winding else 24
    knob = Region(region.x + x - size // 2, region.y + (region.height - size) // 2, size, size)
    done = region._replace(width=x)
    return (
        Plate(region, Colour.LINE, 5),
        *((Plate(done, Colour.ACCENT, 5),) if x else ()),
        Plate(knob, Colour.FOCUS, size // 2),
    )


def _below(view: View, line: Region) -> tuple[Item, ...]:
    """Where it is at the start, how long it is at the end."""
    words = view.words
    position = words.length(view.position)
    width = view.measure(position, Style.BODY).width + 4
    first = Region(line.x + width + 32, line.y + 6, 0, 40)
    return (
        Text(line._replace(width=width), position, Style.BODY, Colour.ACCENT if view.winding else Colour.INK),
        *chips(view, first),
        *(_length(view, line) if view.duration else ()),
    )


def _length(view: View, line: Region) -> tuple[Item, ...]:
    left = timedelta(seconds=max(0.0, view.duration - view.position))
    ends = view.words("watching.ends_at", time=view.words.clock(view.now + left))
    length = view.words.length(view.duration)
    width = view.measure(length, Style.BODY).width + 4
    return (
        Text(line._replace(x=line.right - width, width=width), length, Style.BODY, align=Align.END),
        Text(
            line._replace(x=line.right - width - 632, width=600),
            ends,
            Style.SMALL,
            Colour.SOFT,
            Align.END,
        ),
    )


def offer(view: View, episode: Episode) -> tuple[Item, ...]:
    """The next episode, on an empty screen, with the count-down."""
    title = view.words("watching.next_in", n=whole(view.next_in))
    how = view.words("watching.next_how")
    measured = (
        view.measure(title, Style.NAME),
        view.measure(episode.name, Style.BODY),
        view.measure(how, Style.SMALL),
    )
    room = min(max(each.width for each in measured) + 8, view.width - 400)
    card = Region((view.width - room - 112) // 2, 400, room + 112, 240)
    x = card.x + 56
    return (
        Plate(Region(0, 0, view.width, SCREEN_HEIGHT), Colour.GROUND),
        Plate(card, Colour.PLATE, 20),
        Text(Region(x, card.y + 26, room, 70), title, Style.NAME, align=Align.CENTRE),
        Text(Region(x, card.y + 98, room, 56), episode.name, Style.BODY, align=Align.CENTRE),
        Text(Region(x, card.y + 166, room, 46), how, Style.SMALL, Colour.SOFT, Align.CENTRE),
    )
