"""Texts as pictures: measured for the screens, drawn once and kept.

Where a text stands follows the interface (START is right where it is mirrored); the order inside it
follows its own first letter, and the interface only where it has none. What is set in fixed width is
always left to right: the groups of a device number must not change places.
"""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from stb.ui.cache import Cache
from stb.ui.cairo import Drawing
from stb.ui.geometry import SCREEN_HEIGHT, Region, Size
from stb.ui.pango import Direction, Layout, Paragraph, Side, direction
from stb.ui.scene import Align, Crawl, Style, Text
from stb.ui.sdl import pygame
from stb.ui.theme import Face, Rgb, Theme

CACHE_BYTES = 24 * 2**20
"""Of drawn texts: some ten full screens at 1080p."""
_PLAIN = "Noto Sans,Noto Sans Arabic,Noto Sans CJK SC"
_FIXED = "Noto Sans Mono,Noto Sans Arabic,Noto Sans Mono CJK SC"
_LONGEST = 600
"""Characters of a line that could be seen at all; shaping more of a hostile name only takes time."""
_SPARE = 1
"""Pixels a line may be longer than its region: edges of regions are rounded, widths of glyphs are not."""
_ALL_LINES = 10_000
_MARKS = {
    Direction.LTR: "\N{LEFT-TO-RIGHT MARK}",
    Direction.RTL: "\N{RIGHT-TO-LEFT MARK}",
    Direction.NEUTRAL: "",
}
_BLANKS = dict.fromkeys((*range(32), 0x7F, 0x85, 0x2028, 0x2029), " ")
_BLANKS_BUT_BREAKS = _BLANKS | {ord("\n"): "\n"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn text, placed relative to its origin: the left edge and first baseline of its lines."""

    surface: pygame.Surface | None
    """None where nothing is to be seen."""
    ink: Region
    """The pixels it covers, relative to the origin."""
    advance: float
    """Pixels its lines are wide, blanks at their ends included."""

    @property
    def weight(self) -> int:
        """Bytes in memory."""
        return 4 * self.ink.width * self.ink.height if self.surface else 0


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a style, the same for every script, so that rows of mixed scripts share a baseline."""

    height: float
    ascent: float
    """From its top to its baseline."""


class Typesetter:
    """Sets texts in the faces of a theme for a screen of some height."""

    def __init__(self, theme: Theme, height: int) -> None:
        """For a screen of so many pixels in height."""
        self._theme = theme
        self._height = height
        self._layout = Layout()
        self._pictures = Cache[Picture](CACHE_BYTES, lambda picture: picture.weight)
        self._line = lru_cache(maxsize=None)(self._measure_line)
        self.measure = lru_cache(maxsize=4096)(self._measure)
        """How much room a text takes on one line, in design units: a `Ruler` for the screens."""
        self.wrap = lru_cache(maxsize=64)(self._wrap)
        """A paragraph in lines of a width in design units: a `Wrap` for the screens."""

    def place(self, text: Text, *, mirrored: bool) -> tuple[Picture, Region]:
        """The picture of a text, and the pixels of the screen it covers."""
        room = text.region.scaled(self._height)
        picture = self._picture(text, room.width, mirrored=mirrored)
        line = self._line(self._theme.faces[text.style], self._height)
        top = room.y if text.lines > 1 else room.y + (room.height - line.height) / 2
        left = room.x if text.lines > 1 else _left(_side(text.align, mirrored=mirrored), room, picture)
        bounds = picture.ink.moved(round(left), round(top + line.ascent))
        if text.lines > 1:
            bounds = bounds._replace(height=max(0, min(bounds.bottom, room.bottom) - bounds.y))
        return picture, bounds

    def place_crawl(self, crawl: Crawl, *, mirrored: bool) -> tuple[Picture, Region]:
        """The picture of a whole line, and the pixels it would cover if all of it were seen."""
        room = crawl.region.scaled(self._height)
        face = self._theme.faces[crawl.style]
        paragraph = _paragraph(crawl.text, face, self._height, mirrored=mirrored)
        colour = self._theme.colours[crawl.colour]
        picture = self._pictures.get((paragraph, colour), lambda: self._draw(paragraph, colour))
        line = self._line(face, self._height)
        gone = crawl.shift * self._height / SCREEN_HEIGHT
        left = room.right - picture.advance + gone if paragraph.rtl else room.x - gone
        top = room.y + (room.height - line.height) / 2
        return picture, picture.ink.moved(round(left), round(top + line.ascent))

    def _wrap(self, text: str, style: Style, width: int) -> tuple[str, ...]:
        mark = _MARKS[direction(text)]
        paragraph = _paragraph(text, self._theme.faces[style], SCREEN_HEIGHT, width=width, lines=_ALL_LINES)
        self._layout.set(paragraph)
        return tuple(mark + line for line in self._layout.lines(paragraph.text))

    def _picture(self, text: Text, width: int, *, mirrored: bool) -> Picture:
        paragraph = _paragraph(
            text.text,
            self._theme.faces[text.style],
            self._height,
            mirrored=mirrored,
            side=_side(text.align, mirrored=mirrored) if text.lines > 1 else Side.LEFT,
            width=width + _SPARE,
            lines=text.lines,
        )
        colour = self._theme.colours[text.colour]
        return self._pictures.get((paragraph, colour), lambda: self._draw(paragraph, colour))

    def _draw(self, paragraph: Paragraph, colour: Rgb) -> Picture:
        extent = self._layout.set(paragraph)
        baseline = round(extent.baseline)
        if not extent.ink.width:
            return Picture(None, extent.ink, extent.advance)
        # A pixel around it: glyphs stand at fractions of pixels, the ink is counted for whole ones.
        ink = extent.ink.inset(-1)
        with Drawing(Size(ink.width, ink.height), colour) as drawing:
            drawing.move(-ink.x, -ink.y + baseline - extent.baseline)
            self._layout.draw(drawing.pen)
        return Picture(drawing.surface, ink.moved(0, -baseline), extent.advance)

    def _measure(self, text: str, style: Style) -> Size:
        face = self._theme.faces[style]
        extent = self._layout.set(_paragraph(text, face, SCREEN_HEIGHT))
        return Size(ceil(extent.advance), ceil(self._line(face, SCREEN_HEIGHT).height))

    def _measure_line(self, face: Face, height: int) -> Line:
        extent = self._layout.set(_paragraph("Ag", face, height))
        return Line(extent.height, extent.baseline)


def _paragraph(  # noqa: PLR0913 - every one of them changes the picture
    text: str,
    face: Face,
    height: int,
    *,
    mirrored: bool = False,
    side: Side = Side.LEFT,
    width: int | None = None,
    lines: int = 1,
) -> Paragraph:
    return Paragraph(
        text=text[: _LONGEST * lines].translate(_BLANKS if lines == 1 else _BLANKS_BUT_BREAKS),
        families=_FIXED if face.fixed else _PLAIN,
        size=face.size * height / SCREEN_HEIGHT,
        bold=face.bold,
        rtl=not face.fixed and _runs_left(text, mirrored=mirrored),
        side=side,
        width=width,
        lines=lines,
    )


def _runs_left(text: str, *, mirrored: bool) -> bool:
    found = direction(text)
    return mirrored if found is Direction.NEUTRAL else found is Direction.RTL


def _side(align: Align, *, mirrored: bool) -> Side:
    if align is Align.CENTRE:
        return Side.CENTRE
    return Side.RIGHT if (align is Align.END) is not mirrored else Side.LEFT


def _left(side: Side, room: Region, picture: Picture) -> float:
    spare = room.width - picture.advance
    return room.x + {Side.LEFT: 0.0, Side.CENTRE: spare / 2, Side.RIGHT: spare}[side]
