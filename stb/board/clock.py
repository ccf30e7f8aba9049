"""The box's wall clock. A Raspberry Pi has no battery: it starts in the past, and the time comes later.

The time is the network's (NTP), which sets the system's clock. Until it has, what an operator's server
says in its ``Date`` is better than nothing: it moves this clock, never the system's, and only forward.
"""

import ctypes
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

SYNCHRONISED = Path("/run/systemd/timesync/synchronized")
"""There since systemd-timesyncd heard a time server (systemd-timesyncd.service(8))."""
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)
"""This program was not there before."""
LATEST = EARLIEST + timedelta(days=20 * 365)
"""What claims to be later is wrong: no box lives so long."""
SLACK = timedelta(minutes=2)
"""Less is not worth a leap: the server's clock and the network are not better than that."""

_LIBC = ctypes.CDLL(None, use_errno=True)
_NOT_SYNCHRONISED = 5
"""adjtimex(2), TIME_ERROR."""
_TIMEX = 256
"""Bytes; larger than the kernel's structure is on any machine."""
_ABSTIME, _CANCEL_ON_SET = 1, 2
"""timerfd_settime(2), TFD_TIMER_ABSTIME and TFD_TIMER_CANCEL_ON_SET."""


def is_synchronised(heard: Path = SYNCHRONISED) -> bool:
    """Whether the system's clock was set by a time server: timesyncd's, or any that tells the kernel."""
    if heard.exists():
        return True
    timex = ctypes.create_string_buffer(_TIMEX)  # its first field, modes, is 0: only ask
    return bool(0 <= _LIBC.adjtimex(timex) < _NOT_SYNCHRONISED)


class Leaps:
    """Readable when somebody set the system's clock, so that nobody need look (timerfd_create(2))."""

    def __init__(self) -> None:
        """Watch from now on."""
        self._fd = _LIBC.timerfd_create(time.CLOCK_REALTIME, os.O_NONBLOCK | os.O_CLOEXEC)
        if self._fd < 0:
            raise OSError(ctypes.get_errno(), "timerfd_create")
        self._watch()

    def fileno(self) -> int:
        """Readable after a leap."""
        return int(self._fd)

    def take(self) -> bool:
        """Whether there was a leap since the last time."""
        try:
            os.read(self._fd, 8)
        except BlockingIOError:
            return False
        except OSError:  # ECANCELED: the clock was set
            pass
        self._watch()
        return True

    def close(self) -> None:
        """Watch no longer. Safe to call twice."""
        if self._fd >= 0:
            os.close(self._fd)
        self._fd = -1

    def _watch(self) -> None:
        """Wait for a moment that never comes; setting the clock cancels that."""
        never = (ctypes.c_long * 4)(0, 0, 2**62, 0)
        _LIBC.timerfd_settime(self._fd, _ABSTIME | _CANCEL_ON_SET, never, None)


class Clock:
    """What time it is for the viewer."""

    def __init__(
        self,
        seconds: Callable[[], float] = time.time,
        *,
        synchronised: Callable[[], bool] = is_synchronised,
    ) -> None:
        """Go with the system's clock.

        Args:
            seconds: since 1970, from the system's clock.
            synchronised: whether that clock was set by a time server.
        """
        self._seconds = seconds
        self._synchronised = synchronised
        self._ahead = timedelta(0)

    def now(self) -> datetime:
        """The best that is known, in UTC."""
        return self._system() + self._ahead

    def hear(self, told: datetime) -> bool:
        """An operator's server says it is that late; whether it was believed.

        Believed is what is plausible and ahead, while no time server was heard.
        """
        ahead = told - self._system()
        if self._synchronised() or not EARLIEST <= told <= LATEST or ahead < self._ahead + SLACK:
            return False
        self._ahead = ahead
        return True

    def set(self) -> None:
        """The system's clock was set: what was heard before counts no more."""
        self._ahead = timedelta(0)

    def _system(self) -> datetime:
        return datetime.fromtimestamp(self._seconds(), UTC)
