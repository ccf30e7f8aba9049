"""What was watched lately is found again, and the remote's LAST key knows it after a power cut."""

import pytest

from stb.app.state import Phase
from stb.messages import Alarm, ScreenName
from stb.model import Key


@pytest.fixture
def pilot(switch_on, portal):
    """A box that watches its first channel."""
    pilot = switch_on()
    pilot.until_phase(Phase.ACTIVATION)
    portal.world.activate(pilot.box.identity.duid)
    pilot.ring(Alarm.ASK)
    pilot.until_watching(1)
    return pilot


def open_history(pilot):
    pilot.press(Key.HOME)
    for _ in range(8):
        pilot.press(Key.OK)
        if pilot.screen is ScreenName.HISTORY:
            return True
        pilot.press(Key.HOME, Key.DOWN)
    return False


def test_a_channel_is_watched_again_from_the_home_screen(pilot, switch_on):
    pilot.press(Key.HOME)
    assert pilot.box.words("history.title") not in pilot.words
    pilot.press(Key.HOME)
    pilot.ring(Alarm.WATCHED)
    first = pilot.box.view().channel.name
    pilot.press(Key.CHANNELUP)
    pilot.until_watching(2)
    pilot.ring(Alarm.WATCHED)
    pilot.ring(Alarm.SETTLED)

    pilot = switch_on(as_it_is=True)
    pilot.until_watching(2)
    second = pilot.box.view().channel.name
    assert open_history(pilot)
    assert pilot.words.index(second) < pilot.words.index(first)
    pilot.press(Key.DOWN, Key.OK)
    pilot.until_watching(1)

    assert open_history(pilot)
    pilot.press(Key.RED, Key.BACK)
    assert first in pilot.words
    pilot.press(Key.RED, Key.OK)
    assert first not in pilot.words
    assert pilot.box.words("history.empty") in pilot.words
    pilot.press(Key.BACK)
    assert pilot.screen is ScreenName.HOME
    assert pilot.box.words("history.title") not in pilot.words


def test_last_leads_back_after_a_power_cut(pilot, switch_on):
    pilot.press(Key.CHANNELUP)
    pilot.until_watching(2)
    pilot.ring(Alarm.SETTLED)
    pilot = switch_on(as_it_is=True)
    pilot.until_watching(2)
    pilot.press(Key.LAST)
    pilot.until_watching(1)
