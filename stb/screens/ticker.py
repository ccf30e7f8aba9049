"""The operator's news over the picture: one message after the other, each once, then the line goes away.

A message stands with its beginning where its own script begins to read, so that it can be read at once; a
long one then runs until its end was seen. Where the board draws too slowly for that it turns pages.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from stb.model import NewsItem
from stb.screens.parts import MARGIN
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Crawl, Item, Plate, Style, Text

HEIGHT = 64
SPEED = 125
"""Units a second."""
FRAME_SECONDS = 0.04
HOLD_SECONDS = 2.0
"""How long the beginning and the end of a running message stand."""
STAND_SECONDS = 5.0
"""How long a message stands that need not run, and a page."""
_MOST = 5
"""Messages shown over the picture; the rest is read in the news."""
_LONGEST = 300
"""Characters of a message shown over the picture."""
_OVERLAP = 120
"""Units of a page that are on the next one too: a word at its end was cut."""


@dataclass(frozen=True, slots=True)
class _Moment:
    """What is to be seen of the news now."""

    text: str
    shift: int
    stays: float
    """Seconds until that changes."""


def ticker(view: View, top: int) -> tuple[Item, ...]:
    """The line of news at a height of the screen; nothing where none is due."""
    moment = _moment(view)
    if moment is None:
        return ()
    plate, chip = _places(view, top)
    return (
        Plate(plate, Colour.GROUND, 16),
        Plate(chip, Colour.LIVE, 16),
        Plate(Region(chip.x + 16, chip.y, chip.width - 16, chip.height), Colour.LIVE),
        Text(chip, view.words("news.chip"), Style.LABEL, Colour.INK, Align.CENTRE),
        Crawl(_window(plate, chip), moment.text, Style.BODY, Colour.INK, moment.shift),
    )


def ticker_moves_in(view: View) -> float | None:
    """Seconds until the line of news changes; None where there is none."""
    moment = _moment(view)
    return moment.stays if moment else None


def _places(view: View, top: int) -> tuple[Region, Region]:
    """The whole line, and the chip at its beginning."""
    plate = Region(MARGIN, top, view.width - 2 * MARGIN, HEIGHT)
    return plate, plate._replace(width=view.measure(view.words("news.chip"), Style.LABEL).width + 48)


def _window(plate: Region, chip: Region) -> Region:
    return Region(chip.right + 24, plate.y, plate.right - chip.right - 48, plate.height)


def _moment(view: View) -> _Moment | None:
    channel = view.channel
    if view.news_for is None or channel is None or not channel.has_news:
        return None
    if view.trouble or view.choosing:  # there is no picture, or the viewer is at something else
        return None
    room = _window(*_places(view, 0)).width
    since = view.news_for
    for text in _texts(view.lists.news(0, _MOST, channel.ref.source)):
        over = max(0, view.measure(text, Style.BODY).width - room)
        lasts = _lasts(over, room, smooth=view.smooth)
        if since < lasts:
            return _at(text, since, over, room, smooth=view.smooth)
        since -= lasts
    return None


def _texts(items: tuple[NewsItem, ...]) -> Iterator[str]:
    for item in items:
        body = " ".join(item.body.split())
        text = item.title if body in ("", item.title) else f"{item.title} — {body}"
        yield text if len(text) <= _LONGEST else text[:_LONGEST].rpartition(" ")[0] + " …"


def _lasts(over: int, room: int, *, smooth: bool) -> float:
    """Seconds that a message takes which is so much longer than the room."""
    if not over:
        return STAND_SECONDS
    return 2 * HOLD_SECONDS + over / SPEED if smooth else STAND_SECONDS * _pages(over, room)


def _at(text: str, since: float, over: int, room: int, *, smooth: bool) -> _Moment:
    """A message so many seconds after its beginning was shown."""
    left = _lasts(over, room, smooth=smooth) - since
    if not over:
        return _Moment(text, 0, left)
    if not smooth:
        page = int(since / STAND_SECONDS)
        return _Moment(text, min(page * (room - _OVERLAP), over), STAND_SECONDS * (page + 1) - since)
    if since < HOLD_SECONDS:
        return _Moment(text, 0, HOLD_SECONDS - since)
    shift = min(over, round((since - HOLD_SECONDS) * SPEED))
    return _Moment(text, shift, FRAME_SECONDS if shift < over else left)


def _pages(over: int, room: int) -> int:
    return 1 + -(-over // (room - _OVERLAP))
