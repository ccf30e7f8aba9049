"""From a box nobody knows to a picture, by key presses: real portal, real libVLC, real X."""

import pytest

from stb.app.state import Phase
from stb.messages import Alarm, ScreenName
from stb.model import Key, key_named
from stb.portal.gate import Trouble
from stb.ui.scene import Colour
from stb.ui.theme import DARK

SKY = (900, 40)
"""A place in the clips' moving sky, away from every plate; pixels of the 1280x720 window."""
BANNER = (560, 632)
"""A place of the banner that holds no word, above where the line of news goes when the banner has gone."""


def type_code(pilot, code):
    pilot.press(*(key_named(digit) for digit in code))


def activated(switch_on, portal, **how):
    """A box that watches channel 1."""
    pilot = switch_on(**how)
    pilot.until_phase(Phase.ACTIVATION)
    type_code(pilot, portal.world.device(pilot.box.identity.duid).activation_code)
    pilot.until_watching(1)
    return pilot


def test_a_new_box_registers_and_is_activated_by_its_code(switch_on, portal):
    pilot = switch_on()
    pilot.until_phase(Phase.ACTIVATION)
    device = portal.world.device(pilot.box.identity.duid)
    assert device.activation_code in pilot.words.split("\n")
    type_code(pilot, device.activation_code)
    pilot.until_watching(1)
    pilot.until_said("tuned in")
    pilot.until(lambda: pilot.box.state.status.displayed > 25, "a second of pictures")
    pilot.until(lambda: pilot.box.state.status.height == 720, "the picture's size is told")
    assert pilot.box.state.status.width == 1280


def test_a_wrong_code_is_refused_in_the_operators_words_and_the_right_one_still_works(switch_on, portal):
    pilot = switch_on()
    pilot.until_phase(Phase.ACTIVATION)
    code = portal.world.device(pilot.box.identity.duid).activation_code
    type_code(pilot, f"{(int(code) + 1) % 10000:04}")
    pilot.until_said("Invalid activation code")
    type_code(pilot, code)
    pilot.until_watching(1)


def test_the_operator_activates_the_box_and_it_goes_on_by_itself(switch_on, portal):
    pilot = switch_on()
    pilot.until_phase(Phase.ACTIVATION)
    portal.world.activate(pilot.box.identity.duid)
    pilot.ring(Alarm.ASK)
    pilot.until_watching(1)


def test_zapping_by_digit_and_keys_and_back_with_last(switch_on, portal):
    pilot = activated(switch_on, portal)
    pilot.press(Key.NUMERIC_2)
    pilot.until_watching(2)
    pilot.until(lambda: pilot.box.state.status.height == 1080, "the picture's size is told")
    pilot.press(Key.LAST)
    pilot.until_watching(1)
    pilot.press(Key.CHANNELDOWN)
    pilot.until_watching(12)
    pilot.press(Key.CHANNELUP)
    pilot.until_watching(1)
    pilot.until(lambda: portal.viewers(2) == 0, "the old stream closes")


def test_a_number_without_a_channel_is_said_and_the_picture_stays(switch_on, portal):
    pilot = activated(switch_on, portal)
    pilot.press(Key.NUMERIC_1, Key.NUMERIC_9)
    assert "19" in pilot.words.split("\n")
    pilot.ring(Alarm.DIGITS)
    pilot.until_said("There is no channel 19")
    assert pilot.phase is Phase.WATCHING


def test_the_banner_stands_over_a_moving_picture_and_goes_by_itself(switch_on, portal):
    pilot = activated(switch_on, portal)
    plate = DARK.colours[Colour.GROUND]
    first = pilot.look()
    assert first.get_at(BANNER)[:3] == tuple(plate)
    pilot.until(
        lambda: pilot.look().get_at(SKY) != first.get_at(SKY) or moved(first, pilot.look()), "movement"
    )
    assert pilot.look().get_at(BANNER)[:3] == tuple(plate)
    pilot.ring(Alarm.BANNER)
    assert pilot.look().get_at(BANNER)[:3] != tuple(plate)


def remembered(pilot):
    return pilot.box.crew.viewer.recall().watched


def moved(before, after):
    """Whether the picture above the banner changed."""
    area = (0, 0, 1280, 500)
    return before.subsurface(area).get_buffer().raw != after.subsurface(area).get_buffer().raw


def test_the_list_opens_over_the_running_picture_and_tunes_another(switch_on, portal):
    pilot = activated(switch_on, portal)
    pilot.press(Key.OK)
    assert pilot.screen is ScreenName.CHANNELS
    for channel in sorted(portal.world.channels(), key=lambda channel: channel.id)[:8]:
        assert channel.name in pilot.words
    assert pilot.look().get_at((1100, 200))[:3] != tuple(DARK.colours[Colour.GROUND])
    pilot.press(Key.DOWN, Key.OK)
    pilot.until_watching(2)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_box_that_was_let_in_starts_into_the_channel_it_was_left_with(switch_on, portal, language):
    pilot = activated(switch_on, portal, language=language)
    pilot.press(Key.NUMERIC_3)
    pilot.until_watching(3)
    pilot.until(lambda: remembered(pilot) == ("home", "3"), "the channel is remembered")
    pilot = switch_on(language=language)
    pilot.until_watching(3)


def test_volume_and_mute_are_shown_and_kept(switch_on, portal):
    pilot = activated(switch_on, portal)
    pilot.press(Key.VOLUMEDOWN, Key.VOLUMEDOWN)
    assert "60" in pilot.words.split("\n")
    pilot.press(Key.MUTE)
    assert "Sound off" in pilot.words
    pilot.ring(Alarm.VOLUME)
    pilot = switch_on()
    assert (pilot.box.state.volume, pilot.box.state.muted) == (60, True)


def test_an_operator_that_is_broken_is_said_and_asked_again(switch_on, portal):
    with portal.troubled(Trouble.SERVER_ERROR):
        pilot = switch_on()
        pilot.until_phase(Phase.NOTICE)
        assert "Internal server error" in pilot.words
    pilot.press(Key.OK)
    pilot.until_phase(Phase.ACTIVATION)
