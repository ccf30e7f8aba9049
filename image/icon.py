"""The picture in Raspberry Pi Imager's list: the sign that the box itself shows as it starts."""

import struct
import zlib

from stb.board import splash

FILE = "stb.png"
"""Its name, beside the image."""
SIDE = 128
"""Pixels; Imager shows it smaller."""
_PIXEL = 4
_SCREEN = 4 * SIDE
"""A square screen on which the sign is half as tall as the icon."""


def draw() -> bytes:
    """Draw it, as a PNG (W3C's Portable Network Graphics, 11): eight bits of red, green and blue."""
    line, margin = _SCREEN * _PIXEL, (_SCREEN - SIDE) // 2
    screen = splash.picture(_SCREEN, _SCREEN, line, 32)
    starts = (y * line + margin * _PIXEL for y in range(margin, margin + SIDE))
    rows = (screen[start : start + SIDE * _PIXEL] for start in starts)
    pixels = b"".join(b"\0" + _colours(row) for row in rows)
    form = struct.pack(">2I5B", SIDE, SIDE, 8, 2, 0, 0, 0)
    parts = ((b"IHDR", form), (b"IDAT", zlib.compress(pixels, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_part(kind, content) for kind, content in parts)


def _colours(row: bytes) -> bytes:
    """Take the framebuffer's XRGB8888, little-endian, as red, green, blue."""
    return b"".join(row[at : at + _PIXEL][2::-1] for at in range(0, len(row), _PIXEL))


def _part(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
