"""What goes wrong in a living room, and how the box comes back by itself."""

import os
import signal

import pytest

from stb.app.state import Phase
from stb.messages import Alarm, ScreenName
from stb.model import Key, key_named
from stb.portal.gate import Trouble


@pytest.fixture
def pilot(switch_on, portal):
    """A box that watches channel 1."""
    pilot = switch_on()
    pilot.until_phase(Phase.ACTIVATION)
    portal.world.activate(pilot.box.identity.duid)
    pilot.ring(Alarm.ASK)
    pilot.until_watching(1)
    return pilot


def test_a_server_that_is_gone_and_comes_back(pilot, portal):
    portal.stop()
    pilot.until_said("The picture was lost.")
    assert pilot.phase is Phase.TUNING
    portal.start()
    pilot.until_watching(1)
    assert "The picture was lost." not in pilot.words


def test_channels_can_be_changed_while_one_is_lost(pilot, portal):
    portal.stop()
    pilot.until_said("The picture was lost.")
    portal.start()
    pilot.press(Key.CHANNELUP)
    pilot.until_watching(2)


def test_a_player_that_is_killed_comes_back_with_the_picture(pilot):
    killed = pilot.players()[0]
    os.kill(killed, signal.SIGKILL)
    pilot.until_phase(Phase.TUNING)
    pilot.until_watching(1)
    assert pilot.players()[0] != killed


def test_the_menu_goes_on_while_the_player_does_not_answer(pilot):
    os.kill(pilot.players()[0], signal.SIGSTOP)
    pilot.press(Key.OK)
    assert pilot.screen is ScreenName.CHANNELS
    pilot.press(Key.DOWN, Key.OK)
    pilot.until_watching(2)


def test_an_account_that_expires_while_watching(pilot, portal):
    device = portal.world.expire(pilot.box.identity.duid)
    (lost,) = (channel for channel in portal.world.channels() if channel.type not in device.types)
    pilot.press(key_named(str(lost.id)))
    pilot.until_phase(Phase.NOTICE)
    assert "Your subscription has ended. You can only view Free-To-Air and Local channels now." in pilot.words
    pilot.until(lambda: not pilot.box.state.reading_lists, "the shorter list")
    pilot.press(Key.OK)
    assert pilot.screen is ScreenName.CHANNELS
    for channel in sorted(portal.world.channels(), key=lambda channel: channel.id)[:8]:
        assert (channel.name in pilot.words) is (channel != lost)
    pilot.press(Key.OK)
    pilot.until_watching(1)


def test_a_device_that_is_switched_off_while_watching_and_on_again(pilot, portal):
    portal.world.disable(pilot.box.identity.duid)
    pilot.until_phase(Phase.NOTICE)
    assert "Your device has been disabled by the administrator." in pilot.words
    pilot.press(Key.RIGHT, Key.OK)
    assert pilot.phase is Phase.ACTIVATION
    portal.world.activate(pilot.box.identity.duid)
    pilot.ring(Alarm.ASK)
    pilot.until_watching(1)


def test_a_device_the_operator_forgot_registers_again(pilot, portal):
    portal.world.forget(pilot.box.identity.duid)
    pilot.until_phase(Phase.ACTIVATION)
    code = portal.world.device(pilot.box.identity.duid).activation_code
    assert code in pilot.words.split("\n")


def test_an_operator_that_falls_silent_does_not_take_the_picture(pilot, portal):
    with portal.troubled(Trouble.CUT_OFF):
        asked = portal.answered("check-device")
        pilot.ring(Alarm.ASK)
        pilot.until(
            lambda: portal.answered("check-device") > asked and not pilot.box.state.asking, "an answer"
        )
        assert pilot.phase is Phase.WATCHING
    pilot.ring(Alarm.ASK)
    pilot.until(lambda: pilot.box.state.failures == 0, "a good answer")


def test_a_refused_stream_is_said_and_the_operator_is_asked(pilot, portal):
    asked = portal.answered("check-device")
    with portal.troubled(Trouble.NO_STREAMS):
        pilot.press(Key.NUMERIC_2)
        pilot.until_said("refuses this stream (HTTP 403)")
        pilot.until(lambda: portal.answered("check-device") > asked, "a question")
    pilot.until_watching(2)


def test_a_box_without_its_operator_starts_into_its_last_lists(pilot, switch_on, portal):
    with portal.troubled(Trouble.SILENT):
        pilot = switch_on()
        pilot.until_watching(1)
        pilot.press(Key.OK)
        assert portal.world.channels()[0].name in pilot.words
