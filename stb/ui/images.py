"""Pictures of any server, decoded and made small: the one place that reads what strangers drew.

A picture that is too large, or of a format that televisions do not need, is refused before memory is
taken for it; one that was cut short is refused too.
"""

import warnings
from io import BytesIO

from PIL import Image
from PIL.Image import Resampling

from stb.errors import PictureError
from stb.ui.geometry import Size
from stb.ui.raster import Raster, fitted

MOST_PIXELS = 8 * 2**20
"""32 MB, twice while it is decoded: what a board with 512 MB can spare for a moment."""
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
_OPAQUE = 230
"""A picture that covers so much of its ground, of 255, has a plate of its own."""
_DARK = 0.25
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
    return Raster(size, small.tobytes("raw", "BGRa"), _is_dark(small))


def _is_dark(picture: Image.Image) -> bool:
    """Whether what is seen of it would not be seen on the dark plates of the menu."""
    red, green, blue, alpha = picture.resize((1, 1), Resampling.BOX).tobytes()
    light = (0.2126 * red + 0.7152 * green + 0.0722 * blue) / max(alpha, 1)  # ITU-R BT.709
    return alpha < _OPAQUE and light < _DARK


def _opened(data: bytes, room: Size) -> Image.Image:
    """All of the picture; what it was decoded from is gone when this returns."""
    with Image.open(BytesIO(data), formats=_FORMATS) as picture:
        if picture.width * picture.height > MOST_PIXELS:
            raise PictureError(f"no picture: {picture.width}x{picture.height} pixels")
        if picture.mode.startswith("I"):
            raise PictureError("no picture: 16 bits of grey")
        picture.draft(None, (room.width * _DRAFT, room.height * _DRAFT))
        return picture.convert("RGBA")
