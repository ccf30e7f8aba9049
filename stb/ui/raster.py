"""A small picture as memory, ready to be drawn."""

from dataclasses import dataclass

from stb.ui.geometry import Size


@dataclass(frozen=True, slots=True)
class Raster:
    """A small picture: blue, green, red, alpha, colours multiplied by alpha; rows from the top, no gaps."""

    size: Size
    pixels: bytes
    dark: bool = False
    """Drawn in dark colours on clear ground: it needs a light plate."""

    @property
    def weight(self) -> int:
        """Bytes in memory."""
        return len(self.pixels)


def fitted(size: Size, room: Size) -> Size:
    """The largest size of this shape that fits the room; at least a pixel each way."""
    scale = min(room.width / size.width, room.height / size.height)
    return Size(max(1, round(size.width * scale)), max(1, round(size.height * scale)))
