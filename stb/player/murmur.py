"""The player's standard error on its way to the log: a few lines a minute, addresses taken out."""

import logging
import re
import time
from collections.abc import Callable

_log = logging.getLogger(__name__)

LINES_A_MINUTE = 10
MINUTE = 60.0

_ADDRESS = re.compile(rb"\w+://\S+")


class Murmur:
    """libVLC and the libraries below it say the same things over and over; they are not the box's log."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Start a minute."""
        self._clock = clock
        self._began = clock()
        self._lines = 0

    def hear(self, text: bytes) -> None:
        """Log these lines, or only count them."""
        if self._clock() - self._began >= MINUTE:
            self.end()
        for line in text.splitlines():
            self._lines += 1
            if self._lines <= LINES_A_MINUTE:
                _log.info("player says %r", _ADDRESS.sub(b"<address>", line)[:200].decode(errors="replace"))

    def end(self) -> None:
        """Say how many lines were not logged, and start another minute."""
        if self._lines > LINES_A_MINUTE:
            _log.info("player said more lines=%d", self._lines - LINES_A_MINUTE)
        self._began, self._lines = self._clock(), 0
