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


def arguments(start: datetime, tone: int) -> list[str]:
    """What ffmpeg is told to show the time from ``start`` on, at the pace of time.

    The moment comes from the picture's own timestamp and not from the encoder's clock, so the digits (in
    local time), the strip and the timestamps cannot disagree.
    """
    return [
        *("-framerate", str(FPS), "-f", "png_pipe", "-i", "pipe:0"),
        *("-re", "-f", "lavfi", "-i", f"color=c=black:s={BITS}x2:r={FPS}"),
        *("-re", "-f", "lavfi", "-i", f"sine=frequency={tone}:sample_rate={SAMPLE_RATE}"),
        *("-filter_complex", _graph(start.timestamp()), "-map", "[v]", "-map", "2:a"),
        *("-c:v", "libx264", "-preset", "ultrafast", "-tune", "zerolatency", "-crf", "24", "-g", str(FPS)),
        *("-c:a", "aac", "-b:a", "96k", "-ac", "2"),
    ]


def _graph(start: float) -> str:
    whole, part = divmod(start, 1)
    # Filters count from the last whole second before the start, so that the digits change with the clock.
    shift = f"setpts=PTS+{part:.3f}/TB"
    bit = f"255*mod(floor(({whole:.0f}+T)/pow(2,{BITS - 1}-X)),2)"
    return ";".join(
        (
            f"[0:v]format=yuv420p,loop=loop=-1:size=1,{shift}[plate]",
            f"[1:v]{shift},format=gray,geq=lum={_quoted(bit)},scale={WIDTH}:{STRIP}:flags=neighbor[strip]",
            f"[plate][strip]overlay=0:{HEIGHT - STRIP}:format=yuv420,"
            + ",".join((_text(whole, 96, 120, "%H:%M:%S"), _text(whole, 32, 220, "%Y-%m-%d")))
            + ",format=yuv420p[v]",
        )
    )


def _text(start: float, size: int, top: int, form: str) -> str:
    moment = "%{pts:localtime:" + f"{start:.0f}:" + form.replace(":", r"\:") + "}"
    # ffmpeg asks fontconfig for the family; digits are all it has to have.
    font = f"font=Noto Sans:fontsize={size}:fontcolor=white"
    return f"drawtext={font}:x=(w-tw)/2:y={top}:text={_quoted(moment)}"


def _quoted(value: str) -> str:
    """A value inside a filter graph, escaped for the filter and for the graph (ffmpeg-filters, 4.1)."""
    for special in (r"\':", r"\'[],;"):
        value = "".join(f"\\{letter}" if letter in special else letter for letter in value)
    return value
