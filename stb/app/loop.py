"""The main loop: blocks in poll(2) until something comes, then answers, then draws."""

import math
import select
from collections.abc import Callable

from stb.app.box import Box
from stb.app.inbox import Inbox
from stb.board.arrivals import Arrivals
from stb.board.clock import Leaps
from stb.messages import ClockSet, NetworkCame


class Loop:
    """Turns a box. Nothing is polled by time: an idle box sleeps."""

    def __init__(
        self,
        box: Box,
        inbox: Inbox,
        leaps: Leaps | None = None,
        arrivals: Arrivals | None = None,
        then: Callable[[], None] | None = None,
    ) -> None:
        """Listen to the inbox, to the display, to leaps of the system's clock, and to networks that come.

        What is to be done ``then`` can wait until there is a first frame.
        """
        self._box = box
        self._inbox = inbox
        self._leaps = leaps
        self._arrivals = arrivals
        self._then = then
        self._poller = select.poll()
        others = [each.fileno() for each in (leaps, arrivals) if each]
        for descriptor in (inbox.fileno(), *box.window.filenos, *others):
            self._poller.register(descriptor, select.POLLIN)

    def run(self) -> None:
        """Until the viewer, a signal or ``stb stop`` ends it."""
        self._box.begin()
        if self._then:
            self._then()
        while not self._box.ended:
            self.turn()

    def turn(self, at_most: float | None = None) -> None:
        """Sleep until something happens, or so many seconds; answer it, and draw."""
        self._poller.poll(self._patience(at_most))
        for message in (*self._box.window.poll(), *self._inbox.drain()):
            self._box.handle(message)
        if self._leaps and self._leaps.take():
            self._box.handle(ClockSet())
        if self._arrivals and self._arrivals.take():
            self._box.handle(NetworkCame())
        self._box.tick()
        self._box.draw()

    def _patience(self, at_most: float | None) -> int | None:
        """How long to sleep in milliseconds; not at all while the window has more to give."""
        if self._box.window.pending:
            return 0
        waits = [wait for wait in (self._box.seconds_to_sleep(), at_most) if wait is not None]
        return math.ceil(min(waits) * 1000) if waits else None
