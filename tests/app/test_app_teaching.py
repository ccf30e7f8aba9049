"""The remote's tester and its lessons, as the viewer goes through them."""

from dataclasses import replace

import pytest

from stb.app.effects import ClearAlarm, ForgetKeys, KeepKeys, SetAlarm
from stb.app.grammar import LONG_PRESS, anywhere
from stb.app.standby import asleep
from stb.app.state import State
from stb.app.step import step
from stb.app.teaching import QUESTION_SECONDS, TEST_SECONDS
from stb.messages import Alarm, AlarmRang, ForgetTaught, KeyPressed, KeySeen, Open, ScreenName, StandBy
from stb.model import Key
from stb.screens.lesson import ASKED

SILENCE = AlarmRang(Alarm.SILENCE)


class Viewer:
    """Presses keys of a remote and remembers what the box was asked to do."""

    def __init__(self, screen):
        self.state, self.effects = step(State(screen=ScreenName.REMOTE), Open(screen), 100.0)

    def press(self, *names, key=None):
        for name in names:
            self.take(KeySeen("a remote", name, None, key))

    def wait(self, times=1):
        for _ in range(times):
            self.take(SILENCE)

    def take(self, message):
        self.state, self.effects = step(self.state, message, 200.0)

    @property
    def wanted(self):
        return self.state.lesson.wanted

    @property
    def kept(self):
        return next((dict(effect.taught) for effect in self.effects if isinstance(effect, KeepKeys)), None)


@pytest.fixture
def tester():
    return Viewer(ScreenName.REMOTE_TEST)


@pytest.fixture
def lesson():
    return Viewer(ScreenName.REMOTE_LEARN)


def test_the_tester_shows_the_newest_presses_first_and_not_too_many(tester):
    tester.press(*(f"KEY_{n}" for n in range(10)))
    assert [seen.name for seen in tester.state.seen] == [f"KEY_{n}" for n in range(9, 2, -1)]


def test_each_key_lets_the_tester_wait_anew(tester):
    assert tester.effects == (SetAlarm(Alarm.SILENCE, TEST_SECONDS),)
    tester.press("KEY_OK")
    assert tester.effects == (SetAlarm(Alarm.SILENCE, TEST_SECONDS),)
    assert tester.state.silent_at == 200.0 + TEST_SECONDS


def test_the_tester_ends_by_itself(tester):
    tester.wait()
    assert (tester.state.screen, tester.state.silent_at) == (ScreenName.REMOTE, None)


def test_a_whole_remote_is_taught_and_kept_by_its_new_ok(lesson):
    for key in ASKED:
        assert lesson.wanted is key
        lesson.press(f"SCAN_{key}")
        assert lesson.effects == (SetAlarm(Alarm.SILENCE, QUESTION_SECONDS),)
    assert lesson.wanted is None
    lesson.press("SCAN_OK")
    assert lesson.kept == {f"SCAN_{key}": key for key in ASKED}
    assert ClearAlarm(Alarm.SILENCE) in lesson.effects
    assert (lesson.state.screen, lesson.state.toast) == (ScreenName.REMOTE, "remote.kept")


def test_a_remote_of_few_keys_is_taught_by_waiting(lesson):
    lesson.press("KEY_A")
    lesson.wait()
    lesson.press("KEY_B")
    assert dict(lesson.state.lesson.taught) == {"KEY_A": Key.OK, "KEY_B": Key.UP}
    lesson.wait(3)
    assert lesson.wanted is None
    lesson.press("KEY_A")
    assert lesson.kept == {"KEY_A": Key.OK, "KEY_B": Key.UP}


def test_ok_once_taught_says_that_there_is_no_such_key(lesson):
    lesson.press("KEY_A", "KEY_B", "KEY_A", "KEY_C")
    assert dict(lesson.state.lesson.taught) == {"KEY_A": Key.OK, "KEY_B": Key.BACK, "KEY_C": Key.DOWN}


def test_back_once_taught_says_that_there_are_no_more(lesson):
    lesson.press("KEY_A", "KEY_B", "KEY_C", "KEY_B")
    assert lesson.wanted is None
    lesson.press("KEY_A")
    assert lesson.kept == {"KEY_A": Key.OK, "KEY_B": Key.BACK, "KEY_C": Key.UP}


def test_a_key_pressed_for_two_meanings_is_said_and_asked_again(lesson):
    lesson.press("KEY_A", "KEY_B", "KEY_C", "KEY_C")
    assert (lesson.state.lesson.twice, lesson.wanted) == (Key.UP, Key.DOWN)
    lesson.press("KEY_D")
    assert lesson.state.lesson.twice is None


def test_only_ok_keeps_what_was_taught(lesson):
    lesson.press("KEY_A", "KEY_B", "KEY_B")
    lesson.press("KEY_B", "KEY_C")
    assert lesson.state.screen is ScreenName.REMOTE_LEARN
    assert lesson.kept is None
    lesson.wait()
    assert (lesson.state.screen, lesson.state.toast) == (ScreenName.REMOTE, "remote.not_kept")
    assert lesson.kept is None


def test_a_key_that_was_ok_before_keeps_it_too_but_not_when_it_was_taught_otherwise(lesson):
    lesson.wait()
    lesson.press("KEY_B", "KEY_ENTER", "KEY_B")
    lesson.press("KEY_ENTER", key=Key.OK)
    assert lesson.kept is None
    lesson.press("KEY_OK", key=Key.OK)
    assert lesson.kept == {"KEY_B": Key.BACK, "KEY_ENTER": Key.UP}


def test_a_lesson_that_nobody_attends_ends_by_itself(lesson):
    lesson.wait(3)
    assert (lesson.state.screen, lesson.state.toast) == (ScreenName.REMOTE, "remote.not_kept")


def test_what_was_taught_is_thrown_away(lesson):
    lesson.take(ForgetTaught())
    assert ForgetKeys() in lesson.effects


@pytest.mark.parametrize("screen", [ScreenName.WATCHING, ScreenName.STANDBY, ScreenName.REMOTE])
def test_silence_after_the_screen_was_left_changes_nothing(lesson, screen):
    left = replace(lesson.state, screen=screen)
    assert step(left, SILENCE, 1.0) == (left, ())


def test_a_key_seen_on_any_other_screen_changes_nothing():
    state = State(screen=ScreenName.CHANNELS)
    assert step(state, KeySeen("a remote", "KEY_COFFEE"), 1.0) == (state, ())


def test_any_key_wakes_also_one_that_means_nothing():
    state, _ = asleep(State(screen=ScreenName.STANDBY), KeySeen("a remote", "KEY_COFFEE"), 1.0)
    assert state.screen is not ScreenName.STANDBY


@pytest.mark.parametrize(
    ("pressed", "meant"),
    [
        (KeyPressed(Key.POWER), StandBy()),
        (KeyPressed(Key.SLEEP), StandBy()),
        (KeyPressed(Key.BACK, LONG_PRESS), Open(ScreenName.WATCHING)),
        (KeyPressed(Key.BACK, LONG_PRESS - 0.1), None),
        (KeyPressed(Key.BACK), None),
        (KeyPressed(Key.OK), None),
    ],
    ids=["power", "sleep", "back held", "back not held for long", "back", "ok"],
)
def test_what_keys_mean_wherever_the_viewer_is(pressed, meant):
    assert anywhere(pressed, ScreenName.CHANNELS) == meant


@pytest.mark.parametrize("screen", [ScreenName.REMOTE_TEST, ScreenName.REMOTE_LEARN, ScreenName.STANDBY])
def test_where_keys_are_only_listened_to_they_do_nothing(screen):
    assert anywhere(KeyPressed(Key.POWER), screen) is None
    assert anywhere(KeyPressed(Key.BACK, 3.0), screen) is None
