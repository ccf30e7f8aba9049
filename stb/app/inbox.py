"""The one door into the main loop, for every other thread."""

import os
from queue import Empty, SimpleQueue

from stb.app.asked import Asked
from stb.messages import Message


class Inbox:
    """Messages in the order they came, and a file descriptor to block on until there is one."""

    def __init__(self) -> None:
        """Open the event descriptor (eventfd(2))."""
        self._messages: SimpleQueue[Message | Asked] = SimpleQueue()
        self._event = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)

    def fileno(self) -> int:
        """Readable while there is something to drain."""
        return self._event

    def post(self, message: Message | Asked) -> None:
        """Put a message in; from any thread and from a signal handler. Late ones are dropped."""
        self._messages.put(message)
        if self._event >= 0:
            os.eventfd_write(self._event, 1)

    def drain(self) -> list[Message | Asked]:
        """All that came since the last time, oldest first."""
        try:
            os.eventfd_read(self._event)
        except BlockingIOError:
            return []
        drained = []
        while True:
            try:
                drained.append(self._messages.get_nowait())
            except Empty:
                return drained

    def close(self) -> None:
        """Give the descriptor back."""
        event, self._event = self._event, -1
        os.close(event)
