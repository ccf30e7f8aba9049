"""What a search found, as rows under headings: what each is, and what the viewer wants who chooses it."""

from dataclasses import dataclass
from datetime import datetime

from stb.catalogue.search import Airing, Found
from stb.messages import Intent, LookAt, ShowDay, Watch
from stb.model import Channel, Film, PastRef, Series
from stb.screens.airing import Access, access, day_entry
from stb.screens.onair import moment
from stb.screens.parts import logo
from stb.screens.screen import Binding
from stb.screens.titles import facts
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Colour, Image, Item, Plate, Style, Text

Hit = Channel | Film | Series | Airing
_ROW = 76
_LOGO = (104, 60)
_POSTER = (40, 60)
_TEXT_X = 148


@dataclass(frozen=True, slots=True)
class Heading:
    """What the rows below it are."""

    label: str


def hits(found: Found) -> tuple[Hit, ...]:
    """All that was found, in the order of the rows."""
    return (*found.channels, *found.films, *found.series, *found.programmes)


def wanted(view: View, hit: Hit) -> Intent:
    """Watch a channel, or a programme that is on or is kept; look closer at what else there is."""
    match hit:
        case Channel(ref=ref):
            return Watch(ref)
        case Film(ref=ref) | Series(ref=ref):
            return LookAt(ref)
        case Airing(channel, programme):
            what = access(view, channel, programme)
            if what in (Access.LIVE, Access.LIVE_KEPT):
                return Watch(channel.ref)
            if what is not Access.KEPT:
                return ShowDay(channel.ref, programme.start)
            past = PastRef(channel.ref, programme.start)
            mark = view.marked(past)
            return Watch(past, mark.position if mark and not mark.seen else 0.0, item=programme)


def binding(view: View, hit: Hit) -> Binding:
    """What OK does."""
    match wanted(view, hit):
        case LookAt():
            return Binding("OK", "hint.details")
        case ShowDay():
            return Binding("OK", "hint.guide")
        case Watch(ref=PastRef()):
            return Binding("OK", "hint.play")
    return Binding("OK", "hint.watch")


def rows(view: View, place: Region, found: Found, focus: int | None) -> tuple[Item, ...]:
    """As many rows as the place holds, the focused one among them."""
    lines = _lines(view, found)
    at = next((n for n, (_, index) in enumerate(lines) if index == (focus or 0)), 0)
    page = place.height // _ROW
    first = min(max(0, at - page // 2), max(0, len(lines) - page))
    items: list[Item] = []
    for row, (line, index) in enumerate(lines[first : first + page]):
        region = Region(place.x, place.y + row * _ROW, place.width, _ROW)
        if isinstance(line, Heading):
            items.append(Text(region.inset(20, 0), line.label, Style.SECOND, Colour.SOFT))
        else:
            items += _row(view, region, line, focused=index == focus)
    return tuple(items)


def _lines(view: View, found: Found) -> list[tuple[Heading | Hit, int | None]]:
    """Headings and hits, each hit with its place among the hits."""
    lines: list[tuple[Heading | Hit, int | None]] = []
    count = 0
    sections: tuple[tuple[str, tuple[Hit, ...]], ...] = (
        ("home.channels", found.channels),
        ("home.films", found.films),
        ("home.series", found.series),
        ("search.programmes", found.programmes),
    )
    for message, some in sections:
        if some:
            lines.append((Heading(view.words(message)), None))
            lines += [(hit, count + n) for n, hit in enumerate(some)]
            count += len(some)
    return lines


def _row(view: View, region: Region, hit: Hit, *, focused: bool) -> tuple[Item, ...]:
    ink, soft = (Colour.ON_FOCUS, Colour.ON_FOCUS) if focused else (Colour.INK, Colour.SOFT)
    name, said = _said(view, hit)
    upper = Region(region.x + _TEXT_X, region.y + 2, region.width - _TEXT_X - 24, 42 if said else _ROW - 4)
    return (
        *((Plate(region, Colour.FOCUS, 14),) if focused else ()),
        *_picture(view, region, hit, focused=focused),
        Text(upper, name, Style.BODY, ink),
        *((Text(upper.moved(0, 40)._replace(height=32), said, Style.SMALL, soft),) if said else ()),
    )


def _picture(view: View, region: Region, hit: Hit, *, focused: bool) -> tuple[Item, ...]:
    y = region.y + (_ROW - _LOGO[1]) // 2
    match hit:
        case Film(poster=address) | Series(poster=address):
            if not (address and view.has_poster(address)):
                return ()
            x = region.x + 20 + (_LOGO[0] - _POSTER[0]) // 2
            return (Image(Region(x, y, *_POSTER), address, Colour.PLATE, 6),)
        case Airing(channel):
            return logo(view, Region(region.x + 20, y, *_LOGO), channel, focused=focused)
        case Channel():
            return logo(view, Region(region.x + 20, y, *_LOGO), hit, focused=focused)


def _said(view: View, hit: Hit) -> tuple[str, str]:
    """The name of a hit, and what else is said of it."""
    match hit:
        case Channel():
            return hit.name, " · ".join(filter(None, (view.words.figures(str(hit.number)), hit.group)))
        case Airing(channel, programme):
            if programme.start <= view.now.timestamp() < (programme.stop or 0):
                when = view.words("day.live")
            else:
                begins = datetime.fromtimestamp(programme.start, view.now.tzinfo)
                when = f"{day_entry(view, begins.date()).label} {moment(view, programme.start)}"
            return programme.title, f"{when} · {channel.name}"
    return hit.name, " · ".join(facts(view, hit.year, hit.rating)) or hit.category
