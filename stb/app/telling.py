"""How far a part of the refresh is: a few words a second at most, and none where nobody knows."""

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from stb.messages import Part
from stb.net import listening

Say = Callable[[Mapping[str, object]], None]
_SECONDS = 0.5
"""Between two of them."""


class Telling:
    """Of one part, or of a stretch of it."""

    def __init__(self, part: Part, say: Say, low: float = 0.0, high: float = 1.0) -> None:
        """Nothing is said yet.

        Args:
            part: of what is read.
            say: takes ``{"part": name, "progress": share}``, the share from 0 to 1.
            low: the share at which this begins.
            high: at which it ends.
        """
        self._part = part
        self._say = say
        self._low, self._width = low, high - low
        self._said_at = float("-inf")

    def stretch(self, low: float, high: float) -> "Telling":
        """From one share of this to another."""
        return Telling(self._part, self._say, self._low + low * self._width, self._low + high * self._width)

    @contextmanager
    def between(self, low: float, high: float) -> Iterator[None]:
        """Say how far the file is that is fetched or read inside: it takes this from one share to another."""

        def hear(share: float) -> None:
            now = time.monotonic()
            if now >= self._said_at + _SECONDS:
                self._said_at = now
                reached = self._low + self._width * (low + share * (high - low))
                self._say({"part": self._part, "progress": round(reached, 2)})

        with listening(hear):
            yield
