"""Pictures the portal draws itself: landscapes for clips, plates for clocks, logos for channels."""

import math
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from io import BytesIO
from random import Random
from typing import NamedTuple

import cairocffi as cairo

from stb.ui.pango import Direction, Layout, Paragraph, direction

Colour = tuple[float, float, float]
"""Red, green, blue; 0 to 1."""

_TREES = 0.16
"""Share of the places on the ridge where a tree stands."""
HILLS = 3
"""How many rows of hills a landscape has, far to near."""
FONTS = "Noto Sans,Noto Sans Arabic"
"""Found by fontconfig, which has a stand-in where it is missing."""


@dataclass(frozen=True, slots=True)
class Look:
    """The colours and the lie of the land of one channel."""

    top: Colour
    middle: Colour
    horizon: Colour
    far: Colour
    near: Colour
    seed: int = 0
    """Which hills and trees."""


def _rgb(value: int) -> Colour:
    return (value >> 16) / 255, (value >> 8 & 0xFF) / 255, (value & 0xFF) / 255


_LOOKS = tuple(
    Look(_rgb(top), _rgb(middle), _rgb(horizon), _rgb(far), _rgb(near))
    for top, middle, horizon, far, near in (
        (0x0E1030, 0x4B3B8F, 0xF2A7B5, 0x6A5AA8, 0x14122E),  # night falls
        (0x27305E, 0xC4607A, 0xFFCB8E, 0x8B5E88, 0x1D1733),  # evening
        (0x10508A, 0x6FB7DE, 0xF6F2DF, 0x6C93B8, 0x0C2A43),  # clear day
        (0x0B3B3C, 0x3A9C96, 0xFBE8B0, 0x5F9E93, 0x0A2A2B),  # early morning
    )
)


def look_of(channel: int) -> Look:
    """Each channel has hills of its own, and other colours than its neighbours."""
    return replace(_LOOKS[channel % len(_LOOKS)], seed=channel)


def landscape(look: Look, width: int, height: int, title: str, subtitle: str) -> bytes:
    """One PNG with the parts of a landscape below each other, for ffmpeg to move.

    Top to bottom: the sky (``width`` x ``height``), then the title and `HILLS` rows of hills, far to
    near, each ``width`` x ``height / 2`` and transparent where there is none. Row *n* repeats itself
    ``HILLS - n`` times from left to right, so that it can be scrolled round without a seam.
    """
    half = height // 2
    surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, width, height + half * (HILLS + 1))
    context = cairo.Context(surface)
    _sky(context, look, width, height)
    context.translate(0, height)
    _title(context, half, title, subtitle)
    for row in range(HILLS):
        context.translate(0, half)
        _hills(context, look, row, width, half)
    return _png(surface)


def clock_plate(look: Look, width: int, height: int, title: str) -> bytes:
    """The still part of a clock channel, ``width`` x ``height``: sky, a plate for the digits, the name."""
    surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, width, height)
    context = cairo.Context(surface)
    _sky(context, look, width, height)
    _rounded(context, (width * 0.1, height * 0.26, width * 0.8, height * 0.5), height * 0.05)
    context.set_source_rgb(0.05, 0.08, 0.11)
    context.fill()
    _title(context, height // 2, title, "")
    return _png(surface)


def logo(look: Look, name: str, size: int = 256) -> bytes:
    """A square PNG: the initials of ``name`` over the channel's hills, with rounded corners."""
    surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, size, size)
    context = cairo.Context(surface)
    _rounded(context, (0, 0, size, size), size * 0.2)
    context.clip()
    _sky(context, look, size, size)
    context.translate(0, size / 2)
    for row in range(HILLS):
        _hills(context, look, row, size, size // 2)
    context.translate(0, -size / 2)
    initials = "".join(word[0] for word in name.split())[:2].upper()
    _text(context, (size * 0.5, size * 0.5), initials, size * 0.42, centred=True)
    return _png(surface)


def poster(look: Look, title: str, width: int, height: int) -> bytes:
    """A PNG of hills under a sky, with the title in as many lines as it takes."""
    surface = cairo.ImageSurface(cairo.FORMAT_ARGB32, width, height)
    context = cairo.Context(surface)
    _sky(context, look, width, height)
    context.translate(0, height / 2)
    for row in range(HILLS):
        _hills(context, look, row, width, height // 2)
    context.translate(0, -height / 2)
    size = width * 0.11
    for number, line in enumerate(_wrapped(title)):
        _text(context, (width / 2, height * 0.14 + number * size * 1.4), line, size, centred=True)
    return _png(surface)


_LONGEST_LINE = 16
"""Letters of a title in one line of a poster."""


def _wrapped(title: str) -> list[str]:
    return textwrap.wrap(title, _LONGEST_LINE)


class Plate(NamedTuple):
    """A picture of one colour."""

    width: int
    height: int
    levels: bytes
    """A byte a pixel, row by row: 0 is the plate, 255 a letter."""


def subtitle(text: str, size: int) -> Plate:
    """A line of text on a plate that fits it; ``size`` is that of the letters, in pixels."""
    rtl = direction(text) is Direction.RTL
    layout = Layout()
    ink = layout.set(Paragraph(text, FONTS, size, bold=True, rtl=rtl)).ink
    width, height = round(ink.width + size), round(size * 1.6)
    surface = cairo.ImageSurface(cairo.FORMAT_A8, width, height)
    _text(cairo.Context(surface), (width / 2, height / 2), text, size, centred=True)
    stride, data = surface.get_stride(), bytes(surface.get_data())
    return Plate(width, height, b"".join(data[row * stride :][:width] for row in range(height)))


def _mixed(one: Colour, other: Colour, share: float) -> Colour:
    red, green, blue = (a + (b - a) * share for a, b in zip(one, other, strict=True))
    return red, green, blue


def _png(surface: cairo.ImageSurface) -> bytes:
    data = BytesIO()
    surface.write_to_png(data)
    return data.getvalue()


def _sky(context: cairo.Context, look: Look, width: int, height: int) -> None:
    horizon = height * 0.72
    gradient = cairo.LinearGradient(0, horizon, 0, 0)
    for stop, colour in enumerate((look.horizon, look.middle, look.top)):
        gradient.add_color_stop_rgb(stop / 2, *colour)
    context.rectangle(0, 0, width, height)
    context.set_source(gradient)
    context.fill()
    sun = (width * 0.68, height * 0.42)
    halo = cairo.RadialGradient(*sun, height * 0.06, *sun, height * 0.5)
    for at, alpha in ((0.0, 0.5), (0.5, 0.14), (1.0, 0.0)):
        halo.add_color_stop_rgba(at, 1, 0.97, 0.88, alpha)
    context.rectangle(0, 0, width, height)
    context.set_source(halo)
    context.fill()
    context.arc(*sun, height * 0.075, 0, math.tau)
    context.set_source_rgb(1, 0.97, 0.90)
    context.fill()


def _hills(context: cairo.Context, look: Look, row: int, width: int, height: int) -> None:
    """Fill one row of hills, with trees on the nearest, and haze rising from its foot."""
    nearness = (row + 1) / HILLS
    ridge = _ridge(_random(look.seed * HILLS + row), width / (HILLS - row), height, nearness)
    points = [(float(x), ridge(x)) for x in range(0, width + 4, 4)]
    _polygon(context, [(0, height), *points, (width, height)])
    land = _mixed(look.far, look.near, row / (HILLS - 1))
    gradient = cairo.LinearGradient(0, height * 0.25, 0, height)
    gradient.add_color_stop_rgb(0, *land)
    gradient.add_color_stop_rgb(1, *_mixed(land, look.horizon, 0.12))
    context.set_source(gradient)
    context.fill()
    if row == HILLS - 1:
        context.set_source_rgb(*_mixed(look.near, (0, 0, 0), 0.4))
        _trees(context, _random(look.seed), points, width, height)


def _random(seed: int) -> Random:
    return Random(seed)  # noqa: S311 # the same hills each time; nothing secret


def _ridge(random: Random, period: float, height: float, nearness: float) -> Callable[[float], float]:
    """A height over x that repeats itself after ``period``."""
    waves = [
        (k, random.uniform(0.5, 1) * height * 0.20 / k, random.uniform(0, math.tau)) for k in (1, 2, 3, 5)
    ]
    base = height * (0.30 + 0.34 * nearness)

    def ridge(x: float) -> float:
        return base + sum(a * math.sin(math.tau * k * x / period + phase) for k, a, phase in waves)

    return ridge


def _trees(
    context: cairo.Context, random: Random, points: list[tuple[float, float]], width: int, height: int
) -> None:
    """Firs along the ridge, none across the seam."""
    for x, y in points:
        size = height * random.uniform(0.05, 0.16)
        if random.random() < _TREES and size < x < width - size:
            for tier in range(3):
                top, half = y + height * 0.02 - size * (1 - 0.25 * tier), size * (0.12 + 0.06 * tier)
                _polygon(context, [(x, top), (x + half, top + size * 0.5), (x - half, top + size * 0.5)])
                context.fill()


def _polygon(context: cairo.Context, points: Iterable[tuple[float, float]]) -> None:
    context.new_path()
    for point in points:
        context.line_to(*point)
    context.close_path()


def _rounded(context: cairo.Context, box: tuple[float, float, float, float], radius: float) -> None:
    """A path round x, y, width and height."""
    x, y, width, height = box
    context.new_path()
    context.arc(x + width - radius, y + radius, radius, -math.pi / 2, 0)
    context.arc(x + width - radius, y + height - radius, radius, 0, math.pi / 2)
    context.arc(x + radius, y + height - radius, radius, math.pi / 2, math.pi)
    context.arc(x + radius, y + radius, radius, math.pi, math.pi * 1.5)
    context.close_path()


def _title(context: cairo.Context, unit: float, title: str, subtitle: str) -> None:
    """Name and second line at the top left, inside the part every screen shows."""
    _text(context, (unit * 0.18, unit * 0.12), title, unit * 0.16)
    _text(context, (unit * 0.18, unit * 0.38), subtitle, unit * 0.07)


def _text(
    context: cairo.Context, at: tuple[float, float], text: str, size: float, *, centred: bool = False
) -> None:
    """White text with a soft shadow, its top left (or the centre of its ink) at a point."""
    layout = Layout()
    rtl = direction(text) is Direction.RTL
    ink = layout.set(Paragraph(text, FONTS, size, bold=True, rtl=rtl)).ink
    x, y = at
    if centred:
        x, y = x - ink.x - ink.width / 2, y - ink.y - ink.height / 2
    pen = int(cairo.ffi.cast("intptr_t", context._pointer))  # noqa: SLF001 # documented for this use
    for offset, colour in ((size * 0.04, (0, 0, 0, 0.45)), (0.0, (1, 1, 1, 1))):
        context.move_to(x + offset, y + offset)
        context.set_source_rgba(*colour)
        layout.draw(pen)
