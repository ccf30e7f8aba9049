"""Pictures of any server, decoded and made small: the one place that reads what strangers drew.

A picture is refused before memory is taken for it when it is too large, cut short, animated beyond its
first frame, or of a format that televisions do not need.
"""

import warnings
from io import BytesIO
from struct import unpack_from

from PIL import Image
from PIL.Image import Resampling

from stb.errors import PictureError
from stb.ui.geometry import Size
from stb.ui.raster import Raster, fitted

MOST_PIXELS = 8 * 2**20
"""32 MB, twice while it is decoded: what a board with 512 MB can spare for a moment."""
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_DRAFT = 2
"""A JPEG is decoded at an eighth, a quarter or half, as long as that is so many times what is needed."""

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


def decode(data: bytes, room: Size) -> Raster:
    """A picture that fits the room and touches two of its sides, its empty margins cut away.

    Args:
        data: PNG, JPEG, WebP or GIF; of a moving one the first frame.
        room: pixels it may take.

    Raises:
        PictureError: it is none of these, is broken, holds too many pixels, or nothing is to be seen.
    """
    try:
        return _decode(data, room)
    except PictureError:
        raise
    except Exception as error:  # decoders raise anything for bytes made to break them
        raise PictureError(f"no picture: {type(error).__name__}") from error


def _decode(data: bytes, room: Size) -> Raster:
    # In colours multiplied by alpha, or the hidden colours of clear pixels bleed into the edges.
    whole = _opened(data, room).convert("RGBa")
    seen = whole.getchannel("a").getbbox()
    if seen is None:
        raise PictureError("no picture: all of it is clear")
    size = fitted(Size(seen[2] - seen[0], seen[3] - seen[1]), room)
    small = whole.resize(size, Resampling.LANCZOS, seen)
    return Raster(size, small.tobytes("raw", "BGRa"))


def _opened(data: bytes, room: Size) -> Image.Image:
    """All of the picture; what it was decoded from is gone when this returns."""
    _check(_webp_canvas(data))
    with Image.open(BytesIO(data), formats=_FORMATS) as picture:
        _check(Size(*picture.size))
        if picture.mode.startswith("I"):
            raise PictureError("no picture: 16 bits of grey")
        picture.draft(None, (room.width * _DRAFT, room.height * _DRAFT))
        return picture.convert("RGBA")


def _check(size: Size) -> None:
    if size.width * size.height > MOST_PIXELS:
        raise PictureError(f"no picture: {size.width}x{size.height} pixels")


def _webp_canvas(data: bytes) -> Size:
    """The size a WebP says of itself: its decoder takes memory for that as soon as it is opened.

    Source: RFC 9649, 2.5 to 2.7. Nothing for other formats and for headers that are no headers.
    """
    chunk = data[12:16] if data[:4] == b"RIFF" and data[8:12] == b"WEBP" and len(data) >= _WEBP_HEAD else b""
    if chunk == b"VP8X":
        width, height = (int.from_bytes(data[at : at + 3], "little") + 1 for at in (24, 27))
        return Size(width, height)
    if chunk == b"VP8L":
        (bits,) = unpack_from("<I", data, 21)
        return Size((bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1)
    if chunk == b"VP8 ":
        width, height = unpack_from("<HH", data, 26)
        return Size(width & 0x3FFF, height & 0x3FFF)
    return Size(0, 0)


_WEBP_HEAD = 30
"""Bytes up to the end of the size, in all three kinds."""
