"""The proof of life that the service manager waits for (``WatchdogSec=``)."""

from collections.abc import Callable

from stb.messages import Beat
from stb.service import Manager


class Pulse:
    """Puts a `Beat` into the inbox when one is due, and tells the manager once it went all the way.

    All the way is: out of the inbox by the main loop, everything drawn that had to be, and answered
    for by the display. No thread beats by itself, so a box that hangs anywhere in that falls silent.
    """

    def __init__(self, manager: Manager, post: Callable[[Beat], None], clock: Callable[[], float]) -> None:
        """Beat as often as the manager wants, never where it does not care.

        Args:
            manager: who is told.
            post: puts a message into the inbox.
            clock: seconds of a monotonic clock.
        """
        self._manager = manager
        self._post = post
        self._clock = clock
        self._due = None if manager.feed_seconds is None else clock() + manager.feed_seconds
        self._felt = False

    def next_in(self) -> float | None:
        """Seconds until a beat is due; None where nobody waits for one."""
        return None if self._due is None else max(0.0, self._due - self._clock())

    def tick(self) -> None:
        """Put a beat into the inbox if one is due."""
        if self._manager.feed_seconds is not None and self.next_in() == 0:
            self._due = self._clock() + self._manager.feed_seconds
            self._post(Beat())

    def feel(self) -> None:
        """The main loop took a beat out of the inbox."""
        self._felt = True

    def pass_on(self, display_answers: Callable[[], None]) -> None:
        """Tell the manager of a beat that was felt, when the display has answered. Blocks until then."""
        if self._felt:
            self._felt = False
            display_answers()
            self._manager.alive()
