"""What is known of decoding and drawing on each board: a table of libVLC options.

libVLC's ``set_xwindow`` overrides ``--vout``; what picks the video output is its order (``gl``, ``gles2``,
``xcb_xv``, ``xcb_x11``) and which of them can start, so a row says which ones must not. ``avcodec-hw``
likewise works only as an option of the media, with a colon in front.

Without a GPU plain X is by far the cheapest. Measured under Xvfb, 25 frames per second, per cent of one
core in the player, xcb_x11 against gl and gles2 on llvmpipe: 720p in a window of its size 9 against 51,
1080p 11 against 54; scaled from 720 to 1080 lines 17.
"""

from dataclasses import dataclass
from pathlib import Path

COMMON = (
    "--quiet",
    "--no-osd",
    "--no-video-title-show",
    "--no-lua",  # its scripts guess at web pages and ask outside servers for covers
    "--no-disable-screensaver",  # starts a D-Bus daemon; the box keeps the screen on itself
    "--network-caching=1000",  # ms; see below
)
"""Options of every board.

Caching does not delay the first picture, which libVLC shows at once, only when it starts to move.
With gaps of up to 0.8 s between deliveries 1000 ms played through, 600 and 300 stalled twice in 12 s.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """One row of the table."""

    model: str
    """How the device tree's model begins; empty fits every machine."""
    options: tuple[str, ...]


BOARDS = (
    Board(model="Raspberry Pi", options=("--gl=none",)),  # leaves gles2, which takes the decoder's frames
    Board(model="", options=("--gl=none", "--gles2=none", ":avcodec-hw=none")),
)
"""First row that fits."""

NULL_SOUND = ("--aout=adummy",)
"""Where there is no sound card: ALSA would flood the log and be tried again for seconds."""

WORDS = {
    "av1": "AV1",
    "h264": "H.264",
    "hevc": "HEVC",
    "mpeg1video": "MPEG-1",
    "mpeg2video": "MPEG-2",
    "mpeg4": "MPEG-4",
    "vc1": "VC-1",
    "vp8": "VP8",
    "vp9": "VP9",
}
"""What the viewer calls the pictures' codecs, by libavcodec's names."""

SILICON = ("v4l2m2m",)
"""What libavcodec appends to the names of decoders that are hardware: ``h264_v4l2m2m``."""


def described(decoder: str) -> tuple[str, bool]:
    """The viewer's word for a decoder and whether it is hardware; no word where it decodes no pictures.

    Args:
        decoder: libavcodec's name.
    """
    codec, _, maker = decoder.partition("_")
    return WORDS.get(codec, ""), maker in SILICON


def options(model: str, cards: str) -> tuple[str, ...]:
    """LibVLC's options for a machine; those with a colon in front belong to the media.

    Args:
        model: the device tree's model, empty where there is none.
        cards: the text of ``/proc/asound/cards``, empty where there is none.
    """
    board = next(row for row in BOARDS if model.startswith(row.model))
    silent = not any(line.split()[:1] and line.split()[0].isdigit() for line in cards.splitlines())
    return COMMON + board.options + (NULL_SOUND if silent else ())


def options_here() -> tuple[str, ...]:
    """LibVLC's options for this machine."""
    return options(_text("/proc/device-tree/model"), _text("/proc/asound/cards"))


def _text(path: str) -> str:
    try:
        return Path(path).read_text(errors="replace")
    except OSError:
        return ""
