"""Pictures in memory, ready to be drawn at the size in which they are shown."""

from stb.ui.cache import Cache
from stb.ui.geometry import Region, Size
from stb.ui.raster import Raster, fitted
from stb.ui.sdl import pygame

LARGEST = Size(174, 106)
"""Design units of the largest place in which a picture is shown."""
POSTER = Size(344, 528)
"""The same of the largest place for a poster."""
_BYTES = 12 * 2**20
"""Some hundred and fifty logos at 1080p."""


class Gallery:
    """The pictures a scene may name; forgets those that were not shown for the longest."""

    def __init__(self, height: int, limit: int = _BYTES) -> None:
        """For a screen of so many pixels in height; at most so many bytes, and as many again scaled."""
        self.room = Size(*Region(0, 0, *LARGEST).scaled(height)[2:])
        """Pixels a picture needs at the most."""
        self.poster_room = Size(*Region(0, 0, *POSTER).scaled(height)[2:])
        """The same of a poster."""
        self._rasters = Cache[Raster](limit, lambda raster: raster.weight)
        self._surfaces = Cache[pygame.Surface](limit, _weight)

    def __contains__(self, address: str) -> bool:
        return self._rasters.find(address) is not None

    def put(self, address: str, raster: Raster) -> None:
        """Have this picture drawn where a scene names this address."""
        self._rasters.put(address, raster)

    def is_dark(self, address: str) -> bool:
        """Whether the picture needs a light plate."""
        raster = self._rasters.find(address)
        return raster is not None and raster.dark

    def surface(self, address: str, room: Size) -> pygame.Surface | None:
        """The picture as large as fits a room in pixels, for `PREMULTIPLIED`; None where it was forgotten."""
        raster = self._rasters.find(address)
        if raster is None or not (room.width and room.height):
            return None
        size = fitted(raster.size, room)
        return self._surfaces.get((address, size), lambda: _scaled(raster, size))


def _scaled(raster: Raster, size: Size) -> pygame.Surface:
    whole = pygame.image.frombuffer(raster.pixels, raster.size, "BGRA")
    return pygame.transform.smoothscale(whole, size)


def _weight(surface: pygame.Surface) -> int:
    return surface.get_pitch() * surface.get_height()
