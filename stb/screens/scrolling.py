"""How a list moves under arrows (UX, remote grammar: held arrows scroll with acceleration)."""

from stb.screens.view import View

_STRIDES = ((2.5, 8), (1.0, 3))
"""Seconds held, and rows that each repeat moves from then on."""


def stride(held: float) -> int:
    """Rows to move for a key held so many seconds; 0 is the press itself."""
    return next((rows for seconds, rows in _STRIDES if held >= seconds), 1)


def moved(view: View, at: int, step: int, count: int) -> int:
    """The place so many rows on: a press wraps round, pages and a held key stop at the ends."""
    if abs(step) == 1 and not view.held:
        return (at + step) % count
    return min(max(at + step, 0), count - 1)
