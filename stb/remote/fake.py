"""A remote without a remote: plays what was recorded of a real one through the reader itself.

A recording is lines of JSON, one event each: seconds, device, type, code and value, in the words of evtest.

    [12.000, "gpio_ir_recv", "EV_MSC", "MSC_SCAN", 3645]
    [12.000, "gpio_ir_recv", "EV_KEY", "KEY_DOWN", 1]
    [12.000, "gpio_ir_recv", "EV_SYN", "SYN_REPORT", 0]
"""

import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from queue import Empty, SimpleQueue
from threading import Event
from typing import Generic, TypeVar

from stb.remote.devices import Change, DeviceGone, InputEvent
from stb.remote.kernel import event_codes, key_names

Told = TypeVar("Told")
_PATIENCE = 20.0


@dataclass(frozen=True, slots=True)
class Recorded:
    """One event, and the device it came from."""

    device: str
    event: InputEvent


def recording(text: str) -> list[Recorded]:
    """The events of a recording, in order."""
    rows = (json.loads(line) for line in text.splitlines() if line)
    return [
        Recorded(device, InputEvent(at, *event_codes(kind, code), value))
        for at, device, kind, code, value in rows
    ]


class _Channel(Generic[Told]):
    """What one thread tells another that blocks on a descriptor."""

    def __init__(self) -> None:
        self._told: SimpleQueue[Told] = SimpleQueue()
        self._taken = Event()
        self._event = os.eventfd(0, os.EFD_NONBLOCK | os.EFD_CLOEXEC)

    def fileno(self) -> int:
        """Readable while there is something to take."""
        return self._event

    def tell(self, *told: Told) -> None:
        """Have it taken, in this order."""
        self._taken.clear()
        for one in told:
            self._told.put(one)
        os.eventfd_write(self._event, 1)

    def take(self) -> list[Told]:
        """All that was told since the last time."""
        os.eventfd_read(self._event)
        taken: list[Told] = []
        while True:
            try:
                taken.append(self._told.get_nowait())
            except Empty:
                self._taken.set()
                return taken

    def wait(self, seconds: float) -> bool:
        """Until everything was taken; False where it was not in time."""
        return self._taken.wait(seconds)

    def close(self) -> None:
        """Give the descriptor back."""
        os.close(self._event)


class FakeDevice:
    """A device whose keys are pressed by `tell`; None is its end."""

    def __init__(self, name: str) -> None:
        """Plugged in, and no key down."""
        self.name = name
        self.closed = False
        self._events: _Channel[InputEvent | None] = _Channel()
        self.fileno = self._events.fileno
        self.tell = self._events.tell
        self.wait = self._events.wait

    def read(self) -> list[InputEvent]:
        """As `Device.read`."""
        events = self._events.take()
        if None in events:
            raise DeviceGone(self.name)
        return [event for event in events if event]

    def close(self) -> None:
        """As `Device.close`."""
        self.closed = True
        self._events.close()


class FakeBus:
    """Where fake devices are plugged in; their names are their paths."""

    def __init__(self, *names: str, refused: Iterable[str] = ()) -> None:
        """Devices that are there from the start, and those that nobody may open."""
        self.devices = {name: FakeDevice(name) for name in names}
        self.closed = False
        self._refused = frozenset(refused)
        self._changes: _Channel[Change] = _Channel()
        self.fileno = self._changes.fileno
        self.changes = self._changes.take

    def present(self) -> list[str]:
        """As `Bus.present`."""
        return [*self.devices, *self._refused]

    def open(self, path: str) -> FakeDevice:
        """As `Bus.open`."""
        if path in self._refused:
            raise PermissionError(13, "Permission denied", path)
        return self.devices[path]

    def names(self, code: int) -> tuple[str, ...]:
        """As `Bus.names`."""
        return key_names(code)

    def plug(self, name: str) -> FakeDevice:
        """A device comes."""
        self.devices[name] = FakeDevice(name)
        self._changes.tell(Change(name, there=True))
        return self.devices[name]

    def unplug(self, name: str) -> None:
        """It goes: its reader finds out by itself, or is told by the bus."""
        del self.devices[name]
        self._changes.tell(Change(name, there=False))

    def play(self, events: Iterable[Recorded]) -> None:
        """Everything that was recorded, in order and without its pauses: the rules go by its clock.

        Raises:
            TimeoutError: nobody reads.
        """
        for name, run in groupby(events, attrgetter("device")):
            device = self.devices[name]
            device.tell(*(recorded.event for recorded in run))
            if not device.wait(_PATIENCE):
                raise TimeoutError(name)

    def close(self) -> None:
        """As `Bus.close`."""
        self.closed = True
        self._changes.close()
