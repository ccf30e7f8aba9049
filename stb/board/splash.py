"""Something to look at until the television shows itself: a sign on the kernel's framebuffer.

A program of its own, which imports nothing of the box: it runs before that is read, and is over when that is.
What is drawn stays until X takes the display. The framebuffer's form is that of the kernel's
``Documentation/fb/api.rst``; its size and depth are said in ``/sys/class/graphics/fb0``.
"""

import sys
from pathlib import Path

GROUND = 0x0B0F14
GOLD = 0xFFC857
_SIZE = 8
"""The sign is an eighth of the screen's height."""


def picture(width: int, height: int, stride: int, bits: int) -> bytes:
    """All the bytes of a framebuffer: dark, and a triangle in its middle, as players have it.

    Args:
        width: in pixels, as `height`.
        height: as said.
        stride: bytes from one line to the next.
        bits: of a pixel: 16 (RGB565) or 32 (XRGB8888), little-endian.

    Raises:
        ValueError: another depth.
    """
    ground, gold = _pixel(GROUND, bits), _pixel(GOLD, bits)
    tall = height // _SIZE
    left, top = (width - tall) // 2, (height - tall) // 2
    lines = []
    for y in range(height):
        half = min(y - top, top + tall - 1 - y)
        long = 2 * half if half > 0 else 0
        line = ground * left + gold * long + ground * (width - left - long)
        lines.append(line.ljust(stride, b"\0"))
    return b"".join(lines)


def _pixel(colour: int, bits: int) -> bytes:
    red, green, blue = colour >> 16, colour >> 8 & 0xFF, colour & 0xFF
    match bits:
        case 32:
            return bytes((blue, green, red, 0))
        case 16:
            return (red >> 3 << 11 | green >> 2 << 5 | blue >> 3).to_bytes(2, "little")
        case _:
            raise ValueError(bits)


def show(about: Path, device: Path) -> None:
    """Draw it.

    Args:
        about: what the kernel says of the framebuffer.
        device: the framebuffer.

    Raises:
        OSError, ValueError: there is none, or none that can be drawn on.
    """
    width, height = (int(number) for number in (about / "virtual_size").read_text().split(","))
    stride, bits = (int((about / name).read_text()) for name in ("stride", "bits_per_pixel"))
    with device.open("r+b", buffering=0) as screen:
        screen.write(picture(width, height, stride, bits))


if __name__ == "__main__":
    try:
        show(Path("/sys/class/graphics/fb0"), Path("/dev/fb0"))
    except (OSError, ValueError) as error:
        sys.exit(f"no picture: {error}")
