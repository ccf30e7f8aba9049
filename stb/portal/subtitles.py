"""Subtitles as pictures, in the form of Blu-ray discs (PGS), which ffmpeg makes a broadcaster's of.

ffmpeg cannot draw letters into subtitles, so they are drawn here. The form is not published; what is
written are the five kinds of segments that ffmpeg's own reader understands (libavformat/supdec.c,
libavcodec/pgssubdec.c): composition, window, palette, object and end.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from stb.portal import scenery

_TICKS = 90_000
"""Of a second."""
_PALETTE, _OBJECT, _COMPOSITION, _WINDOW, _END = 0x14, 0x15, 0x16, 0x17, 0x80
_LEVELS = 16
"""Of grey, from the plate to the letters; DVB subtitles have palettes of 4, 16 or 256 colours."""
_SHORT_RUN = 63
_BOTTOM = 0.92
"""Where the plate's lower edge is, of the picture's height."""


@dataclass(frozen=True, slots=True)
class Cue:
    """One subtitle."""

    start: float
    """Seconds from the beginning of the clip."""
    end: float
    text: str


def encode(cues: Sequence[Cue], width: int, height: int) -> bytes:
    """A file of subtitles (``.sup``) for pictures of this size."""
    # Begins with nothing at 0: ffmpeg takes a file's first moment for the beginning.
    shown = (b"".join(_shown(cue, width, height)) + _cleared(cue.end, width, height) for cue in cues)
    return _cleared(0, width, height) + b"".join(shown)


def _shown(cue: Cue, width: int, height: int) -> Iterator[bytes]:
    plate = scenery.subtitle(cue.text, height // 14)
    x, y = (width - plate.width) // 2, round(height * _BOTTOM) - plate.height
    colours = [round(value / 255 * (_LEVELS - 1)) + 1 for value in plate.levels]
    rows = [colours[at : at + plate.width] for at in range(0, len(colours), plate.width)]
    pixels = b"".join(map(_run_lengths, rows))
    size = struct.pack(">HH", plate.width, plate.height)
    number, window = struct.pack(">H", 0), b"\0"
    yield _segment(cue.start, _COMPOSITION, _composition(width, height, number + window + b"\0", x, y))
    yield _segment(cue.start, _WINDOW, b"\1" + window + struct.pack(">HH", x, y) + size)
    yield _segment(cue.start, _PALETTE, b"\0\0" + b"".join(map(_grey, range(_LEVELS))))
    yield _segment(cue.start, _OBJECT, number + b"\0\xc0" + (len(pixels) + 4).to_bytes(3) + size + pixels)
    yield _segment(cue.start, _END, b"")


def _cleared(at: float, width: int, height: int) -> bytes:
    return _segment(at, _COMPOSITION, _composition(width, height)) + _segment(at, _END, b"")


def _composition(width: int, height: int, shown: bytes = b"", x: int = 0, y: int = 0) -> bytes:
    """Begin anew, with one object at a place, or with none."""
    at = struct.pack(">HH", x, y) if shown else b""
    return struct.pack(">HHBHBBBB", width, height, 0x10, 0, 0x80, 0, 0, bool(shown)) + shown + at


def _segment(at: float, kind: int, body: bytes) -> bytes:
    time = round(at * _TICKS)
    return b"PG" + struct.pack(">IIBH", time, time, kind, len(body)) + body


def _grey(level: int) -> bytes:
    """Entry of the palette: luma from black to white, and a plate one can see the picture through."""
    share = level / (_LEVELS - 1)
    return bytes([level + 1, round(16 + 219 * share), 128, 128, round(160 + 95 * share)])


def _run_lengths(row: list[int]) -> bytes:
    """One line: runs of a colour other than 0, then the end of the line."""
    coded = bytearray()
    for colour, run in ((colour, len(list(same))) for colour, same in groupby(row)):
        if run <= _SHORT_RUN:
            coded += bytes([0, 0x80 | run, colour])
        else:
            coded += bytes([0, 0xC0 | run >> 8, run & 0xFF, colour])
    return bytes(coded) + b"\0\0"
