"""Plates with round corners and QR codes, drawn onto a surface in pixels.

Only corners are drawn by cairo and kept: a plate is four quarters of a disc and three plain rectangles.
"""

from functools import lru_cache

from stb.ui.cairo import PREMULTIPLIED, Drawing
from stb.ui.geometry import Region, Size
from stb.ui.sdl import pygame
from stb.ui.theme import Rgb

_QUIET = 4
"""Modules left white around a QR code (ISO/IEC 18004)."""
_BLACK = Rgb(0, 0, 0)


def box(target: pygame.Surface, region: Region, colour: Rgb) -> None:
    """A filled rectangle, clipped here: `Surface.fill` moves one that begins outside to the edge."""
    target.fill(colour, region.intersection(Region(*target.get_clip())))


def plate(target: pygame.Surface, region: Region, radius: int, colour: Rgb) -> None:
    """A filled rectangle with round corners; a radius of more than half its sides makes a pill."""
    radius = max(0, min(radius, region.width // 2, region.height // 2))
    middle = region.inset(0, radius)
    box(target, middle, colour)
    if not radius:
        return
    top = Region(region.x + radius, region.y, region.width - 2 * radius, radius)
    box(target, top, colour)
    box(target, top._replace(y=middle.bottom), colour)
    left, right, upper, lower = region.x, region.right - radius, region.y, region.bottom - radius
    corners = ((left, upper), (right, upper), (left, lower), (right, lower))
    for place, quarter in zip(corners, _quarters(radius, colour), strict=True):
        target.blit(quarter, place, special_flags=PREMULTIPLIED)


def qr_code(target: pygame.Surface, region: Region, text: str, paper: Rgb) -> None:
    """A QR code as large as whole pixels for a module allow, in the middle of white paper."""
    plate(target, region, region.height // 16, paper)
    modules = _modules(text)
    across = modules.get_width()
    module = min(region.width, region.height) // (across + 2 * _QUIET)
    if not module:
        return
    side = across * module
    code = pygame.transform.scale(modules, (side, side))
    code.set_colorkey((255, 255, 255))
    target.blit(code, (region.x + (region.width - side) // 2, region.y + (region.height - side) // 2))


@lru_cache(maxsize=256)
def _quarters(radius: int, colour: Rgb) -> tuple[pygame.Surface, ...]:
    """Of a disc: upper left, upper right, lower left, lower right."""
    with Drawing(Size(radius, radius), colour) as drawing:
        drawing.disc(radius)
    return tuple(
        pygame.transform.flip(drawing.surface, right, lower)
        for lower in (False, True)
        for right in (False, True)
    )


@lru_cache(maxsize=8)
def _modules(text: str) -> pygame.Surface:
    """A pixel a module, black on white."""
    import segno  # noqa: PLC0415 - 40 ms that only the activation screen needs

    matrix = segno.make_qr(text, error="m").matrix
    modules = pygame.Surface((len(matrix), len(matrix)), 0, 32)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            modules.set_at((x, y), _BLACK if dark else (255, 255, 255))
    return modules
