"""The kernel's own devices: which of them are ours, and, where the kernel lets us make some, hearing them."""

import os
import time
from contextlib import closing, suppress
from queue import Empty, SimpleQueue

import pytest
from evdev import UInput, ecodes

from stb.app.places import packaged
from stb.messages import KeyPressed, KeySeen
from stb.model import Key
from stb.remote.kernel import InputBus, event_codes, key_names
from stb.remote.keymap import Keymaps
from stb.remote.reader import RemoteReader
from stb.settings.writing import write

PATIENCE = 60
uinput = pytest.mark.skipif(not os.access("/dev/uinput", os.W_OK), reason="this machine has no /dev/uinput")


@pytest.fixture
def bus(tmp_path):
    keymaps = Keymaps(packaged() / "keymaps", tmp_path / "keymap.toml", write)
    return InputBus(keymaps.meaning)


@pytest.mark.parametrize(
    ("names", "ours"),
    [
        (["KEY_POWER"], True),
        (["KEY_A", "KEY_ENTER", "KEY_LEFTSHIFT"], True),
        (["KEY_VOLUMEUP", "BTN_LEFT"], True),
        (["BTN_LEFT", "BTN_RIGHT"], False),
        (["KEY_BRIGHTNESSUP", "KEY_BRIGHTNESSDOWN"], False),
        ([], False),
    ],
    ids=["power button", "keyboard", "air mouse", "mouse", "the brightness of a laptop", "lid"],
)
def test_devices_are_known_by_what_they_can_do(bus, names, ours):
    with closing(bus):
        assert bus.has_our_keys([event_codes("EV_KEY", name)[1] for name in names]) is ours


def test_a_receiver_that_has_every_key_there_is_is_ours(bus):
    with closing(bus):
        assert bus.has_our_keys(list(range(ecodes.KEY_CNT)))


def test_all_names_of_a_key_are_known():
    assert key_names(ecodes.KEY_ZOOM) == ("KEY_FULL_SCREEN", "KEY_ZOOM")
    assert key_names(ecodes.KEY_OK) == ("KEY_OK",)
    assert key_names(ecodes.BTN_LEFT) == ()


def test_what_is_plugged_in_can_be_asked_and_listened_to(bus):
    with closing(bus):
        assert all(path.startswith("/dev/input/event") for path in bus.present())
        assert bus.changes() == []


@uinput
def test_a_real_device_is_found_grabbed_heard_and_given_back(bus):
    heard = SimpleQueue()
    keys = {ecodes.EV_KEY: [ecodes.KEY_OK, ecodes.KEY_DOWN]}
    meaning = {("KEY_OK",): Key.OK}.get
    with closing(RemoteReader(bus, meaning, heard.put)), UInput(keys, name="stb test remote") as remote:
        seen = KeySeen("stb test remote", "KEY_OK", None, Key.OK)
        assert press_until_heard(remote, heard) == KeyPressed(Key.OK, seen=seen)
        with pytest.raises(OSError, match="busy"):
            remote.device.grab()
    with UInput(keys, name="stb test remote") as remote:
        remote.device.grab()


def press_until_heard(remote, heard):
    """Udev says when a device may be opened; until then nobody hears it."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        for value in (1, 0):
            remote.write(ecodes.EV_KEY, ecodes.KEY_OK, value)
            remote.syn()
        with suppress(Empty):
            return heard.get(timeout=0.2)
    return pytest.fail("the device was never heard")
