"""The test strip of the interlaced channel: a bar that moves so fast that the two fields of a picture comb.

    line STRIP_TOP     ______________####____________
                                     ####  ->           BAR wide, STEP further in every field
    + STRIP_HEIGHT     ______________####____________

A picture holds field ``2 n`` in its even lines, counted from 0 at the top, and field ``2 n + 1`` in its
odd ones (top field first). Woven together the bar's edges are combed over `STEP` pixels; deinterlaced
they are straight.
"""

WIDTH = 720
HEIGHT = 576
FIELDS_PER_SECOND = 50
STRIP_TOP = 264
STRIP_HEIGHT = 96
BAR = 40
"""Width of the bar, pixels of the coded picture."""
STEP = 9
"""Pixels from one field to the next; after 80 fields, 1.6 s, the bar is where it was."""
_DARK, _LIGHT = "0x303030", "white"


def bar_left(field: int) -> int:
    """Column at which the bar begins in a field of the clip; cut off at the right edge."""
    return field * STEP % WIDTH


def filters() -> str:
    """Filter graph from whole pictures ``[whole]``, one a field, to the interlaced ones ``[v]``."""
    size = f"s={WIDTH}x{STRIP_HEIGHT}:r={FIELDS_PER_SECOND}"
    bar = f"s={BAR}x{STRIP_HEIGHT}:r={FIELDS_PER_SECOND}"
    return ";".join(
        (
            f"color=c={_DARK}:{size},format=yuv420p[strip]",
            f"color=c={_LIGHT}:{bar},format=yuv420p[bar]",
            rf"[strip][bar]overlay=x='mod({STEP}*round(t*{FIELDS_PER_SECOND})\,{WIDTH})':y=0:format=yuv420[test]",
            f"[whole][test]overlay=0:{STRIP_TOP}:shortest=1:format=yuv420[fields]",
            "[fields]tinterlace=interleave_top,setdar=16/9,format=yuv420p[v]",
        )
    )
