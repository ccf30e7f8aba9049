"""Scenes to pixels: only what differs from the scene before is drawn."""

from dataclasses import dataclass, field
from functools import partial

from stb.ui import shapes
from stb.ui.cairo import PREMULTIPLIED
from stb.ui.damage import damage
from stb.ui.gallery import Gallery
from stb.ui.geometry import SCREEN_HEIGHT, Region, Size
from stb.ui.scene import Colour, Crawl, Image, Item, Plate, QrCode, Scene, Text
from stb.ui.sdl import pygame
from stb.ui.text import Picture, Typesetter
from stb.ui.theme import Rgb, Theme

_MARGINS = Size(8, 6)
"""Units that a picture leaves free of its plate at the sides, and above and below."""
_BEHIND_VIDEO = Rgb(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Backdrop:
    """Black behind the picture of the channel, first in the display list."""

    region: Region


@dataclass(frozen=True, slots=True)
class Placed:
    """A piece of the display list and the pixels it covers."""

    item: Item | Backdrop
    bounds: Region
    picture: Picture | None = field(default=None, compare=False)
    """Of a text."""
    ink: Region = field(default=Region(0, 0, 0, 0), compare=False)
    """Where all of a text's picture would be, also what is not to be seen of it."""


class Canvas:
    """Draws scenes onto one surface and remembers what is on it."""

    def __init__(self, surface: pygame.Surface, theme: Theme, gallery: Gallery | None = None) -> None:
        """Draw on this surface, in the colours and faces of this theme, pictures from this gallery."""
        width, height = surface.get_size()
        self.gallery = gallery or Gallery(height)
        self.width = round(width * SCREEN_HEIGHT / height)
        """Of the surface in design units."""
        self.typesetter = Typesetter(theme, height)
        self._surface = surface
        self._whole = Region(0, 0, width, height)
        self._theme = theme
        self._mirrored = False
        self._shown: tuple[Placed, ...] | None = None

    def forget(self) -> None:
        """Draw everything the next time: what was drawn was lost."""
        self._shown = None

    def paint(self, scene: Scene, *, mirrored: bool = False) -> tuple[Region, ...]:
        """Draw a scene, turned round for a right-to-left language; the regions that changed, in pixels."""
        if mirrored is not self._mirrored:
            self.forget()
        self._mirrored = mirrored
        placed = self._place(scene.mirrored(self.width) if mirrored else scene)
        if self._shown is None:
            changed: tuple[Region, ...] = (self._whole,)
        else:
            changed = damage(self._shown, placed, lambda piece: piece.bounds.intersection(self._whole))
        for region in changed:
            self._draw(placed, region)
        self._shown = placed
        return changed

    def _place(self, scene: Scene) -> tuple[Placed, ...]:
        """The display list in pixels; pieces that were shown are taken over."""
        known = {piece.item: piece for piece in self._shown or ()}
        backdrop = (Backdrop(scene.video),) if scene.video else ()
        return tuple(known.get(item) or self._placed(item) for item in (*backdrop, *scene.items))

    def _placed(self, item: Item | Backdrop) -> Placed:
        if isinstance(item, Text):
            picture, bounds = self.typesetter.place(item, mirrored=self._mirrored)
            return Placed(item, bounds, picture, bounds)
        if isinstance(item, Crawl):
            picture, ink = self.typesetter.place_crawl(item, mirrored=self._mirrored)
            return Placed(item, ink.intersection(item.region.scaled(self._whole.height)), picture, ink)
        return Placed(item, item.region.scaled(self._whole.height))

    def _draw(self, placed: tuple[Placed, ...], region: Region) -> None:
        """Draw everything that shows within a region, and nothing outside it."""
        self._surface.set_clip(region)
        self._surface.fill(self._theme.colours[Colour.GROUND])
        for piece in placed:
            if piece.bounds.overlaps(region):
                self._draw_piece(piece)
        self._surface.set_clip(None)

    def _draw_piece(self, piece: Placed) -> None:
        match piece.item:
            case Backdrop():
                shapes.box(self._surface, piece.bounds, _BEHIND_VIDEO)
            case Plate() as plate:
                self._draw_plate(plate, piece.bounds)
            case QrCode(text=text):
                shapes.qr_code(self._surface, piece.bounds, text, self._theme.colours[Colour.PAPER])
            case Image() as image:
                self._draw_image(image, piece.bounds)
            case Text() | Crawl() if piece.picture and piece.picture.surface:
                part = piece.bounds.moved(-piece.ink.x, -piece.ink.y)
                self._surface.blit(piece.picture.surface, piece.bounds[:2], part, PREMULTIPLIED)

    def _draw_image(self, image: Image, bounds: Region) -> None:
        colour = Colour.PAPER if self.gallery.is_dark(image.address) else image.colour
        shapes.plate(self._surface, bounds, self._pixels(image.radius), self._theme.colours[colour])
        inside = bounds.inset(self._pixels(_MARGINS.width), self._pixels(_MARGINS.height))
        picture = self.gallery.surface(image.address, Size(inside.width, inside.height))
        if picture is not None:
            width, height = picture.get_size()
            place = (bounds.x + (bounds.width - width) // 2, bounds.y + (bounds.height - height) // 2)
            self._surface.blit(picture, place, special_flags=PREMULTIPLIED)

    def _draw_plate(self, plate: Plate, bounds: Region) -> None:
        draw = partial(shapes.plate, self._surface)
        radius = self._pixels(plate.radius)
        inside = bounds
        if plate.outline:
            draw(bounds, radius, self._theme.colours[plate.outline])
            line = max(1, self._pixels(plate.outline_width))
            inside, radius = bounds.inset(line), max(0, radius - line)
        draw(inside, radius, self._theme.colours[plate.colour])

    def _pixels(self, units: int) -> int:
        return round(units * self._whole.height / SCREEN_HEIGHT)
