"""The one door into the main loop, for every other thread."""

import os
from queue import Empty, SimpleQueue

from stb.app.asked import Asked
from stb.messages import Message, WindowClosed


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

    def renew(self) -> None:
        """Forget what is left of parts that have ended; questions and the wish to end stay."""
        for message in self.drain():
            if isinstance(message, Asked | WindowClosed):
                self.post(message)

    def close(self) -> None:
        """Give the descriptor back."""
        event, self._event = self._event, -1
        os.close(event)


class Outlet:
    """The way into an inbox for parts that end before it does: what they say afterwards is dropped."""

    def __init__(self, inbox: Inbox) -> None:
        """Lead to this inbox."""
        self._inbox = inbox
        self._open = True

    def post(self, message: Message) -> None:
        """As `Inbox.post`."""
        if self._open:
            self._inbox.post(message)

    def close(self) -> None:
        """Drop what still comes."""
        self._open = False
