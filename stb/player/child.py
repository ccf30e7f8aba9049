"""The player's process: ``python -m stb.player.child``, spoken to in the language of `stb.player.wire`.

One thread makes every call to libVLC and X: it waits for commands, for libVLC's signs and for X. It
wakes by itself only while something plays or is held, once a second, for the statistics. A second thread
reads standard input and ends the process at its end, even while libVLC hangs: nothing outlives the box.
"""

import os
import queue
import select
import signal
import sys
import threading
import time
import traceback
from typing import BinaryIO, NoReturn

from stb.errors import PlayerError
from stb.model import VideoTarget
from stb.player.glass import Glass
from stb.player.tuner import Tuner
from stb.player.vlc import Seen, Vlc
from stb.player.wire import (
    Choose,
    Command,
    Configure,
    Delay,
    Done,
    Fill,
    Pause,
    Play,
    Report,
    Seek,
    Stop,
    Volume,
    decode_command,
    encode_report,
)

STATISTICS_EVERY = 1.0
"""Seconds between two tellings while something plays."""


class Mail:
    """What other threads have for the one that owns libVLC; can be waited for together with X."""

    def __init__(self) -> None:
        """Start empty."""
        self._items: queue.SimpleQueue[tuple[int, Command] | Seen] = queue.SimpleQueue()
        self._bell = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)

    def fileno(self) -> int:
        """Readable when there is mail."""
        return self._bell

    def post(self, item: tuple[int, Command] | Seen) -> None:
        """Leave something; safe in every thread."""
        self._items.put(item)
        os.eventfd_write(self._bell, 1)

    def take(self) -> list[tuple[int, Command] | Seen]:
        """Everything that is there, oldest first; waits for nothing."""
        try:
            os.eventfd_read(self._bell)
        except BlockingIOError:
            return []
        return [self._items.get() for _ in range(self._items.qsize())]


class Child:
    """A tuner that obeys commands and answers them."""

    def __init__(self, configure: Configure, mail: Mail, answers: BinaryIO) -> None:
        """Start libVLC and the watch over its window."""
        self._mail = mail
        self._answers = answers
        self._glass = Glass(VideoTarget(display=configure.display, xid=configure.xid))
        vlc = Vlc(configure.xid, configure.options, mail.post)
        self._tuner = Tuner(vlc, self._glass, configure.machine, self.answer)
        self._statistics_due = 0.0

    def answer(self, report: Report) -> None:
        """Tell the box; where that has ended, so does its player."""
        try:
            self._answers.write(encode_report(report))
        except BrokenPipeError:
            os._exit(0)

    def run(self) -> NoReturn:
        """Serve until the end of standard input ends the process."""
        while True:
            self._wait()
            for item in self._mail.take():
                if isinstance(item, Seen):
                    self._tuner.see(item)
                else:
                    number, command = item
                    self._obey(command)
                    self.answer(Done(number))
            if self._glass.shows_picture():
                self._tuner.show()
            if self._counting and time.monotonic() >= self._statistics_due:
                self._statistics_due = time.monotonic() + STATISTICS_EVERY
                self._tuner.count()

    @property
    def _counting(self) -> bool:
        """In a pause too: the viewer may wind."""
        return self._tuner.playing or self._tuner.held

    def _wait(self) -> None:
        """Sleep until there is mail, something was drawn, or statistics are due."""
        due = max(0.0, self._statistics_due - time.monotonic()) if self._counting else None
        select.select([self._mail.fileno(), self._glass.fileno()], [], [], due)

    def _obey(self, command: Command) -> None:
        match command:
            case Play(tune=tune, opening=opening, wanted=wanted):
                self._tuner.play(opening, tune, wanted)
                self._statistics_due = time.monotonic() + STATISTICS_EVERY
            case Stop():
                self._tuner.stop()
            case Pause(paused=paused):
                self._tuner.pause(paused=paused)
            case Seek(to=to):
                self._tuner.seek(to)
            case Volume(percent=percent, muted=muted):
                self._tuner.set_volume(percent, muted=muted)
            case Delay(milliseconds=milliseconds):
                self._tuner.set_delay(milliseconds)
            case Fill(shape=shape):
                self._tuner.set_shape(shape)
            case Choose(kind=kind, track=track):
                self._tuner.choose(kind, track)


def main() -> NoReturn:
    """Be the player of the box at the other end of standard input and output."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is for the box
    answers = _claim_stdout()
    mail = Mail()
    threading.Thread(target=_read_commands, args=(mail,), name="commands", daemon=True).start()
    select.select([mail.fileno()], [], [])
    match mail.take()[0]:
        case (number, Configure() as configure):
            pass
        case _:
            raise PlayerError("the first command must configure")
    os.environ["DISPLAY"] = configure.display
    child = Child(configure, mail, answers)
    child.answer(Done(number))
    child.run()


def _read_commands(mail: Mail) -> None:
    for line in sys.stdin.buffer:
        mail.post(decode_command(line))
    os._exit(0)


def _claim_stdout() -> BinaryIO:
    """Standard output for the answers alone; what a library prints there goes to standard error."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


if __name__ == "__main__":
    try:
        main()
    except Exception:  # noqa: BLE001 - whatever it is, the host starts another process
        traceback.print_exc(limit=-1)
        sys.stderr.flush()
        os._exit(1)  # Python's own way out waits for libVLC's threads
