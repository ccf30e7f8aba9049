"""One life of the player's process, from its start to the reason of its end."""

import os
import select
import subprocess
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from stb.errors import PlayerError
from stb.player.murmur import Murmur
from stb.player.wire import Command, Configure, Told, decode_report, encode_command

FIRST_WORDS = 4
"""How many times the usual patience the first command has: libVLC is read from a slow card."""
LAST_WORDS = 1.0
"""Seconds a child has to be gone when its input or its output has ended."""
LONGEST_LINE = 1 << 16
"""Bytes; what is longer is not a report."""


class Bell:
    """Wakes the thread that waits for it; safe in every thread."""

    def __init__(self) -> None:
        """Be silent."""
        self._fd = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)

    def fileno(self) -> int:
        """Readable when it was rung."""
        return self._fd

    def ring(self) -> None:
        """Wake whoever waits."""
        os.eventfd_write(self._fd, 1)

    def hush(self) -> None:
        """Be silent again."""
        with suppress(BlockingIOError):
            os.eventfd_read(self._fd)

    def close(self) -> None:
        """Give the descriptor back; nobody may ring any more."""
        os.close(self._fd)


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """What a life needs of its host."""

    bell: Bell
    """Rung when there may be a new wish, or the end is wanted."""
    next_wish: Callable[[], Command | None]
    """Takes the command to send next, if there is one."""
    told: Callable[[Told], None]
    """Takes what the child tells."""
    over: Callable[[], bool]
    """Whether the end is wanted."""
    patience: float
    """Seconds that a command may stay unanswered."""


class Life:
    """Speaks with one child; everything happens in the caller's thread."""

    def __init__(self, owner: Owner, command: Sequence[str]) -> None:
        """Start the child.

        Raises:
            OSError: it cannot be started.
        """
        pipe = subprocess.PIPE
        self._owner = owner
        self._child = subprocess.Popen(
            command, stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0, start_new_session=True
        )
        self._input, self._output, self._errors = (
            each.fileno() for each in (self._child.stdin, self._child.stdout, self._child.stderr) if each
        )
        for end in (self._input, self._errors):
            os.set_blocking(end, False)
        self._murmur = Murmur()
        self._number = 0
        self._asked: Command | None = None
        self._deadline = 0.0
        self._unsent = b""
        self._heard = b""

    def live(self, configure: Configure) -> str:
        """Serve the child until it ends or must be ended; it is gone when this says why."""
        try:
            self._ask(configure, FIRST_WORDS * self._owner.patience)
            while not self._owner.over():
                self._turn()
            reason = "no longer wanted"
        except EOFError:
            reason = ""
        except PlayerError as error:
            self._child.kill()
            reason = str(error)
        status = self._end()
        return reason or (f"ended by signal {-status}" if status < 0 else f"ended with status {status}")

    def _turn(self) -> None:
        """Send, wait and read once."""
        if self._asked is None and (wish := self._owner.next_wish()):
            self._ask(wish, self._owner.patience)
        patience = max(0.0, self._deadline - time.monotonic()) if self._asked else None
        writing = [self._input] if self._unsent else []
        bell = self._owner.bell.fileno()
        readable, writable, _ = select.select([bell, self._output, self._errors], writing, [], patience)
        if bell in readable:
            self._owner.bell.hush()
        if self._errors in readable:
            self._murmur.hear(os.read(self._errors, LONGEST_LINE))
        if self._output in readable:
            self._hear(os.read(self._output, LONGEST_LINE))
        if writable:
            self._send()
        if self._asked and time.monotonic() >= self._deadline:
            raise PlayerError(f"did not answer {type(self._asked).__name__.lower()}")

    def _ask(self, command: Command, patience: float) -> None:
        self._asked = command
        self._deadline = time.monotonic() + patience
        self._unsent = encode_command(self._number, command)

    def _send(self) -> None:
        try:
            self._unsent = self._unsent[os.write(self._input, self._unsent) :]
        except BrokenPipeError as error:
            raise EOFError from error

    def _hear(self, text: bytes) -> None:
        if not text:
            raise EOFError
        *lines, self._heard = (self._heard + text).split(b"\n")
        for line in lines:
            report = decode_report(line)
            if isinstance(report, Told):
                self._owner.told(report)
            elif report.number == self._number:
                self._number += 1
                self._asked = None
        if len(self._heard) > LONGEST_LINE:
            raise PlayerError("tells something that never ends")

    def _end(self) -> int:
        """Let the child end by itself, or end it; its status, negative for a signal."""
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe:
                pipe.close()
        try:
            status = self._child.wait(LAST_WORDS)
        except subprocess.TimeoutExpired:
            self._child.kill()
            status = self._child.wait()
        with suppress(BlockingIOError):
            self._murmur.hear(os.read(self._errors, LONGEST_LINE))
        self._murmur.end()
        if self._child.stderr:
            self._child.stderr.close()
        return status
