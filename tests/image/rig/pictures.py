"""What is seen on a picture of the TV."""

import struct
from pathlib import Path

from PIL import Image, ImageChops, ImageStat

_SMALL = (160, 90)


def read(path: Path) -> Image.Image:
    """A PNG's pixels."""
    with Image.open(path) as picture:
        return picture.convert("RGB")


def dumped(dump: bytes) -> Image.Image:
    """The pixels of Xvfb's own memory, which is an X window dump (X11/XWDFile.h)."""
    header = struct.unpack(">25I", dump[:100])
    size, width, height, stride, palette = (header[place] for place in (0, 4, 5, 12, 19))
    pixels = dump[size + 12 * palette :]
    return Image.frombuffer("RGB", (width, height), pixels, "raw", "BGRX", stride, 1)


def colours(picture: Image.Image) -> int:
    """How many there are: few where a screen is empty, thousands in a running picture."""
    return len(picture.getcolors(1 << 24) or ())


def difference(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures are from each other, 0 (the same) to 1 (black and white).

    They are compared small, so that a letter's edge counts for nothing and a screen's parts for much.
    """
    apart = ImageChops.difference(one.resize(_SMALL), other.resize(_SMALL))
    return sum(ImageStat.Stat(apart).mean) / 3 / 255


def small(picture: Image.Image, target: Path) -> None:
    """Keep it for people, small."""
    picture.resize((640, 360), Image.Resampling.LANCZOS).quantize(64).save(target, optimize=True)
