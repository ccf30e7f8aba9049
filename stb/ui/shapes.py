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


def plate(target: pygame.Surface, region: Region, radius: int, colour: Rgb) -> None:
    """A filled rectangle with round corners; a radius of more than half its sides makes a pill."""
    radius = max(0, min(radius, region.width // 2, region.height // 2))
    middle = region.inset(0, radius)
    target.fill(colour, middle)
    if not radius:
        return
    top = Region(region.x + radius, region.y, region.width - 2 * radius, radius)
    target.fill(colour, top)
    target.fill(colour, top._replace(y=middle.bottom))
    disc = _disc(radius, colour)
    for right in (0, 1):
        for bottom in (0, 1):
            x = region.right - radius if right else region.x
            y = region.bottom - radius if bottom else region.y
            quarter = (right * radius, bottom * radius, radius, radius)
            target.blit(disc, (x, y), quarter, PREMULTIPLIED)


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
def _disc(radius: int, colour: Rgb) -> pygame.Surface:
    with Drawing(Size(2 * radius, 2 * radius), colour) as drawing:
        drawing.disc(radius)
    return drawing.surface


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
