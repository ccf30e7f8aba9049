"""The thread that hears remotes: devices that are there, that come and go, that may not be opened."""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from queue import SimpleQueue

import pytest

from stb.messages import KeyPressed, KeySeen
from stb.model import Key
from stb.remote.devices import EV_KEY, EV_SYN, InputEvent
from stb.remote.fake import FakeBus, FakeDevice, recording
from stb.remote.kernel import event_codes
from stb.remote.keymap import Keymap
from stb.remote.reader import RemoteReader

from .conftest import KEYS

PATIENCE = 60


class Heard:
    """What the reader posted, in order."""

    def __init__(self) -> None:
        self._messages: SimpleQueue[KeyPressed | KeySeen] = SimpleQueue()
        self.post = self._messages.put

    def next(self) -> KeyPressed | KeySeen:
        return self._messages.get(timeout=PATIENCE)

    def next_press(self) -> Key:
        while True:
            message = self.next()
            if isinstance(message, KeyPressed):
                return message.key


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def read(heard: Heard) -> Iterator[Callable[[FakeBus], RemoteReader]]:
    with ExitStack() as ends:
        yield lambda bus: ends.enter_context(closing(RemoteReader(bus, Keymap(KEYS).meaning, heard.post)))


def press(device: FakeDevice, name: str, at: float) -> None:
    code = event_codes("EV_KEY", name)[1]
    for value in (1, 0):
        device.tell(InputEvent(at, EV_KEY, code, value), InputEvent(at, EV_SYN, 0, 0))


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate()]


def test_every_device_that_is_there_is_heard(read, heard):
    bus = FakeBus("infrared", "keyboard")
    read(bus)
    press(bus.devices["infrared"], "KEY_DOWN", 1.0)
    assert heard.next() == KeyPressed(Key.DOWN, seen=KeySeen("infrared", "KEY_DOWN", None, Key.DOWN))
    press(bus.devices["keyboard"], "KEY_ENTER", 2.0)
    assert heard.next_press() is Key.OK


def test_a_remote_that_is_plugged_in_later_is_heard(read, heard):
    bus = FakeBus()
    read(bus)
    press(bus.plug("flirc"), "KEY_OK", 1.0)
    assert heard.next_press() is Key.OK


def test_a_remote_that_is_pulled_out_is_given_back_and_the_others_are_heard(read, heard):
    bus = FakeBus("infrared", "keyboard")
    read(bus)
    gone = bus.devices["keyboard"]
    bus.unplug("keyboard")
    press(bus.devices["infrared"], "KEY_OK", 1.0)
    assert heard.next_press() is Key.OK
    press(bus.plug("keyboard"), "KEY_DOWN", 2.0)
    assert heard.next_press() is Key.DOWN
    assert gone.closed


def test_a_remote_that_is_gone_before_the_bus_says_so_harms_nobody(read, heard):
    bus = FakeBus("infrared", "keyboard")
    read(bus)
    gone = bus.devices["keyboard"]
    gone.tell(None)
    press(bus.devices["infrared"], "KEY_OK", 1.0)
    assert heard.next_press() is Key.OK
    bus.unplug("keyboard")
    press(bus.devices["infrared"], "KEY_DOWN", 2.0)
    assert heard.next_press() is Key.DOWN
    assert gone.closed


def test_devices_that_may_not_be_opened_are_said_once_and_what_to_do(read, heard, caplog):
    bus = FakeBus("infrared", refused=("event3", "event4"))
    with caplog.at_level(logging.ERROR):
        read(bus)
    (said,) = caplog.messages
    assert "group input" in said
    press(bus.devices["infrared"], "KEY_OK", 1.0)
    assert heard.next_press() is Key.OK


def test_the_end_gives_every_device_back(heard):
    bus = FakeBus("infrared", "keyboard")
    reader = RemoteReader(bus, Keymap(KEYS).meaning, heard.post)
    assert "remote" in threads()
    reader.close()
    assert "remote" not in threads()
    assert bus.closed
    assert all(device.closed for device in bus.devices.values())


def test_a_recording_is_played_through_the_reader(read, heard):
    bus = FakeBus("gpio_ir_recv")
    read(bus)
    bus.play(
        recording("""\
[12.000, "gpio_ir_recv", "EV_MSC", "MSC_SCAN", 3646]
[12.000, "gpio_ir_recv", "EV_KEY", "KEY_DOWN", 1]
[12.000, "gpio_ir_recv", "EV_SYN", "SYN_REPORT", 0]
[12.500, "gpio_ir_recv", "EV_KEY", "KEY_DOWN", 2]
[12.500, "gpio_ir_recv", "EV_SYN", "SYN_REPORT", 0]
""")
    )
    assert [heard.next() for _ in range(2)] == [
        KeyPressed(Key.DOWN, seen=KeySeen("gpio_ir_recv", "KEY_DOWN", 0x0E3E, Key.DOWN)),
        KeyPressed(Key.DOWN, 0.5),
    ]
