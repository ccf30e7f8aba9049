"""Anti-aliased drawing with cairo into surfaces of pygame.

Both hold a pixel as blue, green, red, alpha with the colours multiplied by alpha, so a drawing and
its surface are the same memory. Blit such a surface with `PREMULTIPLIED`.
"""

from ctypes import c_char, c_double, c_int, c_void_p
from math import pi
from types import TracebackType
from typing import Self

from stb.ui.clibrary import load
from stb.ui.geometry import Size
from stb.ui.sdl import pygame
from stb.ui.theme import Rgb

PREMULTIPLIED = pygame.BLEND_PREMULTIPLIED

_ARGB32 = 0
_BYTES = 4
_CAIRO = load(
    "libcairo.so.2",
    {
        "cairo_image_surface_create_for_data": (c_void_p, c_void_p, c_int, c_int, c_int, c_int),
        "cairo_surface_destroy": (None, c_void_p),
        "cairo_create": (c_void_p, c_void_p),
        "cairo_destroy": (None, c_void_p),
        "cairo_translate": (None, c_void_p, c_double, c_double),
        "cairo_set_source_rgb": (None, c_void_p, c_double, c_double, c_double),
        "cairo_arc": (None, c_void_p, c_double, c_double, c_double, c_double, c_double),
        "cairo_fill": (None, c_void_p),
    },
)


class Drawing:
    """A transparent picture to draw on within a ``with`` block; after the block `surface` is finished."""

    def __init__(self, size: Size, colour: Rgb) -> None:
        """A picture of this size in pixels, drawn in one colour."""
        self._pixels = bytearray(size.width * size.height * _BYTES)
        self._size = size
        memory = (c_char * len(self._pixels)).from_buffer(self._pixels)
        image = _CAIRO.cairo_image_surface_create_for_data(memory, _ARGB32, *size, size.width * _BYTES)
        self.pen: int = _CAIRO.cairo_create(image)
        """The ``cairo_t`` itself, for Pango."""
        _CAIRO.cairo_surface_destroy(image)  # the pen holds it
        _CAIRO.cairo_set_source_rgb(self.pen, *(part / 255 for part in colour))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        _CAIRO.cairo_destroy(self.pen)

    @property
    def surface(self) -> pygame.Surface:
        """The picture, over the same memory."""
        return pygame.image.frombuffer(self._pixels, self._size, "BGRA")

    def move(self, x: float, y: float) -> None:
        """What is drawn from now on is drawn so much further right and down."""
        _CAIRO.cairo_translate(self.pen, x, y)

    def disc(self, radius: float) -> None:
        """A filled circle that touches the left and upper edge."""
        _CAIRO.cairo_arc(self.pen, radius, radius, radius, 0, 2 * pi)
        _CAIRO.cairo_fill(self.pen)
