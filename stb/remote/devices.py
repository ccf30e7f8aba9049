"""What the reader of remotes needs of the machine: devices that give events, and where they come and go."""

from dataclasses import dataclass
from typing import Protocol

EV_SYN, EV_KEY, EV_MSC = 0x00, 0x01, 0x04
"""Types of events (Linux, input-event-codes.h)."""
SYN_REPORT, SYN_DROPPED = 0, 3
MSC_SCAN = 0x04
RELEASED, PRESSED, REPEATED = 0, 1, 2
"""Values of EV_KEY (Linux, Documentation/input/event-codes.rst)."""


@dataclass(frozen=True, slots=True)
class InputEvent:
    """One event of the kernel's input layer (struct input_event)."""

    at: float
    """Seconds of a clock that never jumps."""
    type: int
    code: int
    value: int


@dataclass(frozen=True, slots=True)
class Change:
    """A device came or went."""

    path: str
    """Names the device until it goes."""
    there: bool


class DeviceGone(Exception):
    """The device was unplugged while it was open."""


class Device(Protocol):
    """One open device that has keys."""

    name: str
    """What the kernel calls it."""

    def fileno(self) -> int:
        """Readable when there are events."""
        ...

    def read(self) -> list[InputEvent]:
        """What happened since the last time; never waits.

        Raises:
            DeviceGone: it was unplugged.
        """
        ...

    def close(self) -> None:
        """Give it back."""
        ...


class Bus(Protocol):
    """Where devices are plugged in."""

    def fileno(self) -> int:
        """Readable when `changes` has something to tell."""
        ...

    def present(self) -> list[str]:
        """Paths of the devices that are there now."""
        ...

    def changes(self) -> list[Change]:
        """What came and went since the last time; never waits."""
        ...

    def open(self, path: str) -> Device | None:
        """Hear the device from now on; None where it is none that has keys for us.

        Raises:
            OSError: it cannot be opened, or somebody else has taken it.
        """
        ...

    def names(self, code: int) -> tuple[str, ...]:
        """The kernel's names of a key, ``KEY_...``; none for a code it gives no name to."""
        ...

    def close(self) -> None:
        """Listen no longer."""
        ...
