"""Languages, a pause and the shapes of the picture: from the key to libVLC and back to the screen."""

import pytest

from stb.app.state import Phase
from stb.messages import Alarm
from stb.model import Key, PlayerState, Shape

FILMS = 7
"""The portal's channel with two languages of sound and of subtitles."""


@pytest.fixture
def television(switch_on, portal):
    """A box that watches a film in two languages."""
    pilot = switch_on()
    pilot.until_phase(Phase.ACTIVATION)
    portal.world.activate(pilot.box.identity.duid)
    pilot.ring(Alarm.ASK)
    pilot.until_watching(1)
    pilot.press(Key.NUMERIC_7)
    pilot.ring(Alarm.DIGITS)
    pilot.until_watching(FILMS)
    pilot.until(lambda: len(pilot.box.state.status.audio.offered) == 2, "two languages")
    return pilot


def heard(pilot):
    audio = pilot.box.state.status.audio
    return next((track.language for track in audio.offered if track.id == audio.chosen), "")


def test_another_language_is_chosen_and_stays_after_a_new_start(television, switch_on):
    television.until(lambda: heard(television) == "eng", "English")
    television.press(Key.AUDIO)
    television.until_said("Arabic")

    television.press(Key.DOWN, Key.OK)
    television.until(lambda: heard(television) == "ara", "Arabic")
    television.ring(Alarm.SETTLED)

    again = switch_on()
    again.until_watching(FILMS)
    again.until(lambda: heard(again) == "ara", "Arabic after a new start")


def test_a_picture_is_held_and_goes_on(television):
    television.press(Key.PAUSE)
    television.until_said("Paused")
    tune = television.box.state.tune

    television.press(Key.PLAY)
    television.until(lambda: television.box.state.status.state is PlayerState.PLAYING, "going on")

    assert television.box.state.tune == tune
    assert "Paused" not in television.words


def test_zoom_says_what_it_does(television):
    television.press(Key.ZOOM)

    assert television.box.state.shape == Shape(zoom="fill")
    assert "Fills the screen" in television.words
