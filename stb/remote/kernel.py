"""The kernel's input devices. The one file that sees evdev."""

import fcntl
import struct
import time
from collections.abc import Callable

import evdev
from evdev import ecodes

from stb.model import Key
from stb.remote.devices import EV_KEY, Change, Device, DeviceGone, InputEvent
from stb.remote.hotplug import Hotplug

_EVIOCSCLOCKID = 0x400445A0
"""Linux, input.h: _IOW('E', 0xa0, int)."""


def key_names(code: int) -> tuple[str, ...]:
    """The kernel's names of a key, ``("KEY_FULL_SCREEN", "KEY_ZOOM")``; none for buttons of mice and pads."""
    found = ecodes.KEY.get(code, ())
    return (found,) if isinstance(found, str) else tuple(found)


def event_codes(kind: str, name: str) -> tuple[int, int]:
    """Type and code of an event, by the kernel's names: ``("EV_KEY", "KEY_OK")``."""
    return ecodes.ecodes[kind], ecodes.ecodes[name]


class KernelDevice:
    """One ``/dev/input/event*``."""

    def __init__(self, device: "evdev.InputDevice[str]", *, grab: bool) -> None:
        """Hear it; with ``grab`` alone (EVIOCGRAB): X and the console no longer do.

        Raises:
            OSError: somebody else has taken it.
        """
        self.name = device.name
        self._device = device
        # Events carry the time of day unless told otherwise, and a box without a clock sets that late.
        fcntl.ioctl(device.fd, _EVIOCSCLOCKID, struct.pack("i", time.CLOCK_MONOTONIC))
        if grab:
            device.grab()

    def fileno(self) -> int:
        """Readable when there are events."""
        return self._device.fd

    def read(self) -> list[InputEvent]:
        """As `Device.read`."""
        try:
            return [
                InputEvent(event.timestamp(), event.type, event.code, event.value)
                for event in self._device.read()
            ]
        except BlockingIOError:
            return []
        except OSError as error:
            raise DeviceGone(self.name) from error

    def close(self) -> None:
        """Closing ends the grab too."""
        self._device.close()


class InputBus:
    """``/dev/input``, told by udev of what comes and goes."""

    def __init__(self, meaning: Callable[[tuple[str, ...]], Key | None], *, grab: bool = True) -> None:
        """Listen; ``meaning`` says which keys are of use to us, ``grab`` that nobody else is to hear them."""
        self._meaning = meaning
        self._grab = grab
        self._hotplug = Hotplug()

    def fileno(self) -> int:
        """As `Bus.fileno`."""
        return self._hotplug.fileno()

    def present(self) -> list[str]:
        """As `Bus.present`."""
        return self._hotplug.present()

    def changes(self) -> list[Change]:
        """As `Bus.changes`."""
        return self._hotplug.changes()

    def names(self, code: int) -> tuple[str, ...]:
        """As `Bus.names`."""
        return key_names(code)

    def open(self, path: str) -> Device | None:
        """Take a device that has a key which means something to us.

        A receiver of remotes says that it has every key there is (rc-core), a power button has one; a lid
        and a plain mouse have none. Names are not looked at: they say little.
        """
        device = evdev.InputDevice(path)
        try:
            if self.has_our_keys(device.capabilities().get(EV_KEY, [])):
                return KernelDevice(device, grab=self._grab)
        except OSError:
            device.close()
            raise
        device.close()
        return None

    def has_our_keys(self, codes: list[int]) -> bool:
        """Whether one of these keys means something to us."""
        return any(self._meaning(key_names(code)) for code in codes)

    def close(self) -> None:
        """As `Bus.close`."""
        self._hotplug.close()
