"""A remote at a whole box: heard by the reader, through the inbox, to what the TV shows."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from functools import partial
from pathlib import Path

import pytest

from stb.app import wiring
from stb.app.asked import Asked
from stb.app.inbox import Inbox
from stb.app.loop import Loop
from stb.app.state import Phase
from stb.messages import KeyPressed, KeySeen, ScreenName, WindowClosed
from stb.model import Key
from stb.remote.devices import EV_KEY, EV_MSC, EV_SYN, MSC_SCAN, InputEvent
from stb.remote.fake import FakeBus, recording
from stb.remote.reader import RemoteReader
from stb.screens.lesson import ASKED
from stb.ui.geometry import Size

INFRARED, TV = "gpio_ir_recv", "vc4-hdmi-0"
SESSION = Path(__file__).with_name("session.jsonl")
"""A minute of a family, as a MAG remote's RC-5 (in rc-core's timing) and a TV's HDMI-CEC say it: zaps, held
arrows, digits, presses that arrive twice, keys nobody knows, stand-by; at the end 3 is pressed."""
DUPLICATES = 4
"""Presses of the TV that arrive twice."""
WITHOUT_MEANING = 2
"""Presses of KEY_APPSELECT."""


class Remote:
    """Devices at the box, and how many of their keys it has heard."""

    def __init__(self, pilot, bus):
        self.pilot, self.bus, self.heard = pilot, bus, []

    def hear(self, message: KeyPressed | KeySeen) -> None:
        self.pilot._inbox.post(message)
        self.heard.append(message)

    def signal(self, code: int, at: float) -> None:
        """A key of an infrared remote that the kernel has no table for."""
        before = len(self.heard)
        device = self.bus.devices[INFRARED]
        device.tell(InputEvent(at, EV_MSC, MSC_SCAN, code), InputEvent(at, EV_SYN, 0, 0))
        self.pilot.until(lambda: len(self.heard) > before, "the signal")
        self.pilot.turn()


@pytest.fixture
def plug_in() -> Iterator[Callable[..., Remote]]:
    with ExitStack() as ends:

        def plugged(pilot) -> Remote:
            bus = FakeBus(INFRARED, TV)
            remote = Remote(pilot, bus)
            meaning = pilot.box.crew.keymaps.meaning
            ends.enter_context(closing(RemoteReader(bus, meaning, remote.hear)))
            return remote

        yield plugged


@pytest.fixture
def pilot(switch_on, portal):
    """A box that watches channel 1."""
    pilot = switch_on()
    pilot.until_phase(Phase.ACTIVATION)
    pilot.press(*(Key[f"NUMERIC_{n}"] for n in portal.world.device(pilot.box.identity.duid).activation_code))
    pilot.until_watching(1)
    return pilot


def test_two_hundred_events_of_a_session_leave_the_box_alive_on_the_channel_pressed_last(pilot, plug_in):
    events = recording(SESSION.read_text(encoding="utf-8"))
    keys = [recorded for recorded in events if recorded.event.type == EV_KEY]
    assert len(keys) == 200
    remote = plug_in(pilot)
    for at in range(0, len(events), 8):
        remote.bus.play(events[at : at + 8])
        pilot.turn()
    pilot.until_watching(3)
    pilot.until(lambda: pilot.box.state.status.displayed > 25, "a second of pictures")
    presses = [message for message in remote.heard if isinstance(message, KeyPressed) and not message.held]
    assert {press.key for press in presses} >= {Key.POWER, Key.HOME, Key.SETUP, Key.LAST, Key.MUTE, Key.EPG}
    assert len(presses) == sum(recorded.event.value == 1 for recorded in keys) - DUPLICATES - WITHOUT_MEANING
    unknown = {message.name for message in remote.heard if isinstance(message, KeySeen)}
    assert unknown == {"SCAN_1A45", "SCAN_1A46", "KEY_APPSELECT"}


def test_a_remote_that_the_box_does_not_know_is_taught_and_works_at_once_and_after_a_restart(
    pilot, plug_in, switch_on
):
    remote = plug_in(pilot)
    pilot.press(Key.SETUP)
    while "Remote control" not in pilot.words:
        pilot.press(Key.CHANNELDOWN)
    pilot.press(Key.OK, Key.DOWN, Key.OK)
    assert pilot.screen is ScreenName.REMOTE_LEARN
    codes = {key: 0x4A00 + number for number, key in enumerate(ASKED)}
    for at, code in enumerate(codes.values()):
        remote.signal(code, 10.0 + at)
    assert "To keep all this" in pilot.words
    remote.signal(codes[Key.OK], 90.0)
    pilot.until_said("The keys mean now what you taught.")

    remote.signal(codes[Key.BACK], 91.0)
    assert pilot.screen is ScreenName.SETTINGS
    remote.signal(codes[Key.NUMERIC_1], 92.0)
    again = switch_on(as_it_is=True)
    again.until_watching(1)
    remote = plug_in(again)
    remote.signal(codes[Key.CHANNELUP], 10.0)
    again.until_watching(2)


def test_the_tester_shows_what_arrives_and_the_remote_leaves_it(pilot, plug_in):
    remote = plug_in(pilot)
    pilot.press(Key.SETUP)
    while "Remote control" not in pilot.words:
        pilot.press(Key.CHANNELDOWN)
    pilot.press(Key.OK, Key.OK)
    assert pilot.screen is ScreenName.REMOTE_TEST
    remote.signal(0x1A45, 10.0)
    pilot.until_said("SCAN_1A45")
    pilot.press(Key.POWER, Key.BACK)
    assert pilot.screen is ScreenName.REMOTE_TEST
    pilot.press(Key.BACK)
    assert pilot.screen is ScreenName.REMOTE


def test_back_held_down_leads_from_anywhere_straight_to_the_picture(pilot):
    pilot.press(Key.SETUP)
    assert pilot.screen is ScreenName.SETTINGS
    pilot.hold(Key.BACK, 1.2)
    assert pilot.screen is ScreenName.WATCHING


def test_the_command_line_presses_keys_by_the_kernels_names_too(pilot):
    pilot.box.handle(Asked("press", ("KEY_ENTER",)))
    assert pilot.screen is ScreenName.CHANNELS


def test_the_service_hears_the_kernels_devices_as_long_as_it_runs(places, display, monkeypatch):
    monkeypatch.setenv("DISPLAY", display)
    places.settings.write_text("[remote]\ngrab = false\n", "utf-8")
    with ExitStack() as power:
        inbox = power.enter_context(closing(Inbox()))
        screen = wiring.Screen(size=Size(1280, 720), title="test", remote=True)
        box = wiring.build(power, places, screen, inbox)
        inbox.post(WindowClosed())
        Loop(box, inbox, then=partial(wiring._hear, power, box, inbox)).run()
        assert "remote" in {thread.name for thread in threading.enumerate()}
    assert "remote" not in {thread.name for thread in threading.enumerate()}
