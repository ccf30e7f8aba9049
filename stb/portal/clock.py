"""A channel that shows the moment, encoded while it is watched, so that a picture proves when it was made."""

from datetime import datetime

from stb.portal import scenery
from stb.portal.recipes import FPS, SAMPLE_RATE

WIDTH = 640
HEIGHT = 360
"""Small, so that it can be encoded beside everything else on two slow cores."""
STRIP = 8
"""Height of the strip at the bottom, pixels."""
BITS = 32
"""The strip is the Unix time, most significant bit at the left, white for 1."""


def picture(channel: int, name: str) -> bytes:
    """What does not move, as a PNG for the first input of `arguments`."""
    return scenery.clock_plate(scenery.look_of(channel), WIDTH, HEIGHT, name)


def arguments(start: datetime, tone: int, ahead: float = 0.0) -> list[str]:
    """What ffmpeg is told to show the time from ``start`` on, at the pace of time.

    With ``ahead``, so many of the first seconds are sent at once.

    The moment comes from the picture's own timestamp and not from the encoder's clock, so the digits (in
    local time), the strip and the timestamps cannot disagree.
    """
    paced = ("-itsoffset", f"-{ahead}", "-re", "-f", "lavfi", "-i")
    return [
        *("-framerate", str(FPS), "-f", "png_pipe", "-i", "pipe:0"),
        *(*paced, f"color=c=black:s={BITS}x2:r={FPS}"),
        *(*paced, f"sine=frequency={tone}:sample_rate={SAMPLE_RATE}"),
        *("-filter_complex", _graph(start.timestamp(), ahead), "-map", "[v]", "-map", "[a]"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-crf", "24", "-g", str(FPS)),
        *("-c:a", "aac", "-b:a", "96k", "-ac", "2"),
    ]


def _graph(start: float, ahead: float) -> str:
    whole, part = divmod(start, 1)
    # Filters count from the last whole second before the start, so that the digits change with the clock.
    shift = f"setpts=PTS+{part:.3f}/TB"
    shift_back = f"PTS+{part + ahead:.3f}/TB"
    bit = bits(f"{whole:.0f}+T")
    return ";".join(
        (
            f"[0:v]format=yuv420p,loop=loop=-1:size=1,{shift}[plate]",
            f"[1:v]setpts={shift_back},format=gray,geq=lum={quoted(bit)},scale={WIDTH}:{STRIP}:flags=neighbor[strip]",
            f"[plate][strip]overlay=0:{HEIGHT - STRIP}:format=yuv420,"
            + ",".join((_text(whole, 96, 120, "%H:%M:%S"), _text(whole, 32, 220, "%Y-%m-%d")))
            + ",format=yuv420p[v]",
            f"[2:a]asetpts={shift_back}[a]",
        )
    )


def _text(start: float, size: int, top: int, form: str) -> str:
    return digits(f"localtime:{start:.0f}", size, top, form)


def bits(seconds: str) -> str:
    """Level of a pixel of the strip that shows a number of whole seconds, an expression of ``T``."""
    return f"255*mod(floor(({seconds})/pow(2,{BITS - 1}-X)),2)"


def digits(clock: str, size: int, top: int, form: str) -> str:
    """A filter that writes a picture's own timestamp into it, by this clock of ffmpeg and in this form."""
    moment = "%{pts:" + clock + ":" + form.replace(":", r"\:") + "}"
    # ffmpeg asks fontconfig for the family; digits are all it has to have.
    font = f"font=Noto Sans:fontsize={size}:fontcolor=white"
    return f"drawtext={font}:x=(w-tw)/2:y={top}:text={quoted(moment)}"


def quoted(value: str) -> str:
    """A value inside a filter graph, escaped for the filter and for the graph (ffmpeg-filters, 4.1)."""
    for special in (r"\':", r"\'[],;"):
        value = "".join(f"\\{letter}" if letter in special else letter for letter in value)
    return value
