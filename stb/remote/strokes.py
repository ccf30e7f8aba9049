"""From the kernel's events to strokes of keys, one device at a time.

Events come in frames that end with SYN_REPORT. A key's frame may carry MSC_SCAN, what the remote sent;
rc-core sends it alone with each further signal of a held key, and for a code its table has no key for
(Linux, drivers/media/rc/rc-main.c). The first is nothing new, the second is a key without a name.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from stb.remote.devices import (
    EV_KEY,
    EV_MSC,
    EV_SYN,
    MSC_SCAN,
    PRESSED,
    REPEATED,
    SYN_DROPPED,
    InputEvent,
)

_STILL_HELD = 0.25
"""Seconds within which an unnamed code that comes again is the same press: RC-5 repeats every 114 ms,
NEC every 108 ms."""


class Phase(Enum):
    """What a finger did."""

    DOWN = "down"
    HELD = "held"
    UP = "up"


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key went down, stayed down or came up."""

    at: float
    """Seconds of a clock that never jumps."""
    phase: Phase
    names: tuple[str, ...]
    """All that the kernel calls the key; ``SCAN_E3F`` for the code 0xe3f that has no key."""
    scancode: int | None = None


class Strokes:
    """The frames of one device."""

    def __init__(self, names: Callable[[int], tuple[str, ...]]) -> None:
        """Begin between two frames; ``names`` knows what the kernel calls a key."""
        self._names = names
        self._scancode: int | None = None
        self._keys: list[InputEvent] = []
        self._lost = False
        self._named: set[int] = set()
        self._unnamed: dict[int, float] = {}

    def take(self, event: InputEvent) -> tuple[Stroke, ...]:
        """The next event; the end of a frame gives its strokes."""
        if event.type == EV_SYN:
            return self._end(event)
        if event.type == EV_MSC and event.code == MSC_SCAN:
            self._scancode = event.value & 0xFFFFFFFF
        elif event.type == EV_KEY:
            self._keys.append(event)
        return ()

    def _end(self, syn: InputEvent) -> tuple[Stroke, ...]:
        """A frame that the kernel had to drop is passed over up to its end (event-codes.rst, SYN_DROPPED)."""
        scancode, keys, lost = self._scancode, self._keys, self._lost
        self._scancode, self._keys, self._lost = None, [], syn.code == SYN_DROPPED
        if lost or self._lost:
            return ()
        if keys:
            return self._of_keys(keys, scancode)
        return () if scancode is None or scancode in self._named else (self._of_code(scancode, syn.at),)

    def _of_keys(self, keys: list[InputEvent], scancode: int | None) -> tuple[Stroke, ...]:
        if scancode is not None:
            self._named.add(scancode)
        named = ((key, self._names(key.code)) for key in keys)
        return tuple(Stroke(key.at, _phase(key.value), names, scancode) for key, names in named if names)

    def _of_code(self, scancode: int, at: float) -> Stroke:
        held = at - self._unnamed.get(scancode, -_STILL_HELD) < _STILL_HELD
        self._unnamed[scancode] = at
        return Stroke(at, Phase.HELD if held else Phase.DOWN, (f"SCAN_{scancode:X}",), scancode)


def _phase(value: int) -> Phase:
    return {PRESSED: Phase.DOWN, REPEATED: Phase.HELD}.get(value, Phase.UP)
