"""POWER, and an hour of nothing: a whole box in the test's hand, with clocks that the test turns."""

import os
import select
import signal
from datetime import UTC, datetime

import pytest

from stb.app.state import Phase
from stb.app.wiring import Seconds
from stb.messages import Alarm, KeyPressed, ScreenName
from stb.model import Key, PlayerState
from stb.ui.scene import Colour
from stb.ui.sdl import pygame
from stb.ui.theme import DARK

DAWN = datetime(2026, 11, 22, 5, 0, tzinfo=UTC).timestamp()
HOUR = 3600.0
WATCHDOG = 30
FEED = WATCHDOG / 2


class Turned:
    """Both clocks of a box, in the test's hand."""

    def __init__(self):
        self.passed = 0.0
        self.seconds = Seconds(steady=lambda: self.passed, wall=lambda: DAWN + self.passed)


@pytest.fixture
def systemd(systemd, monkeypatch):
    """It waits for signs of life."""
    monkeypatch.setenv("NOTIFY_SOCKET", os.fspath(systemd.path))
    monkeypatch.setenv("WATCHDOG_USEC", str(WATCHDOG * 1_000_000))
    return systemd


def waiting(switch_on, **how):
    """A box that waits to be activated."""
    pilot = switch_on(**how)
    pilot.until_phase(Phase.ACTIVATION)
    return pilot


def watching(switch_on, portal, **how):
    """A box that watches channel 1."""
    pilot = waiting(switch_on, **how)
    portal.world.activate(pilot.box.identity.duid)
    pilot.ring(Alarm.ASK)
    pilot.until_watching(1)
    return pilot


def look_on(pilot, seen):
    """See that it comes about while the box sleeps, which nothing wakes."""
    for _ in range(200):
        if seen():
            return
        pilot._loop.turn(0.05)
    raise AssertionError("it never came about")


def hold(pilot, key):
    pilot._inbox.post(KeyPressed(key, held=0.5))
    pilot._loop.turn(0)


def pass_time(pilot, clock, seconds):
    """Let the box sleep and wake as it wants for so long; how often it woke by itself."""
    end, woken = clock.passed + seconds, 0
    while True:
        if not select.select([pilot._inbox], [], [], 0)[0]:
            sleep = pilot.box.seconds_to_sleep()
            if sleep is None or clock.passed + sleep > end:
                clock.passed = end
                return woken
            clock.passed += sleep
            woken += 1
        pilot._loop.turn(0)


def test_power_ends_playback_and_any_key_brings_it_back(switch_on, portal):
    pilot = watching(switch_on, portal)
    pilot.press(Key.POWER)
    assert (pilot.screen, pilot.words) == (ScreenName.STANDBY, "")
    look_on(pilot, lambda: portal.viewers(1) == 0)
    assert pygame.transform.average_color(pilot.look())[:3] == tuple(DARK.colours[Colour.GROUND])
    assert pilot.box.seconds_to_sleep() > 11 * 3600, "only old lists wake it, twice a day"
    asked = pilot.box.state.answered_at
    pilot.press(Key.INFO)
    pilot.until_watching(1)
    pilot.until(lambda: pilot.box.state.answered_at > asked, "the operator is asked anew")


def test_the_key_that_wakes_the_box_does_not_put_it_to_sleep_again_while_it_is_held(switch_on):
    pilot = waiting(switch_on)
    pilot.press(Key.POWER)
    hold(pilot, Key.POWER)
    assert pilot.screen is ScreenName.STANDBY
    pilot.press(Key.POWER)
    hold(pilot, Key.POWER)
    assert pilot.screen is not ScreenName.STANDBY


def test_sleep_only_sleeps_and_wakeup_only_wakes(switch_on):
    pilot = waiting(switch_on)
    pilot.press(Key.WAKEUP)
    assert pilot.screen is ScreenName.ACTIVATION
    pilot.press(Key.SLEEP, Key.SLEEP)
    assert pilot.screen is ScreenName.STANDBY
    pilot.press(Key.WAKEUP)
    assert pilot.screen is ScreenName.STARTING


def test_a_code_given_during_stand_by_lets_the_box_in_when_it_wakes(switch_on, portal):
    pilot = waiting(switch_on)
    pilot.press(Key.POWER)
    portal.world.activate(pilot.box.identity.duid)
    pilot.press(Key.OK)
    pilot.until_watching(1)


def test_an_hour_of_stand_by_without_systemd_is_one_sleep(switch_on):
    clock = Turned()
    pilot = waiting(switch_on, seconds=clock.seconds)
    pilot.press(Key.POWER)
    assert pass_time(pilot, clock, HOUR) == 0


def test_in_an_hour_of_stand_by_the_box_wakes_only_to_say_that_it_lives(switch_on, systemd):
    clock = Turned()
    pilot = waiting(switch_on, seconds=clock.seconds)
    pilot.press(Key.POWER)
    systemd.heard()
    woken = pass_time(pilot, clock, HOUR)
    assert systemd.heard() == ["WATCHDOG=1"] * woken
    assert woken == HOUR / FEED


def test_in_an_hour_of_untouched_menu_the_box_says_that_it_lives(switch_on, portal, systemd):
    clock = Turned()
    pilot = watching(switch_on, portal, seconds=clock.seconds)
    portal.world.expire(pilot.box.identity.duid)
    pilot.ring(Alarm.ASK)
    pilot.until_phase(Phase.NOTICE)
    pilot.press(Key.OK)
    assert (pilot.screen, pilot.box.state.status.state) == (ScreenName.CHANNELS, PlayerState.IDLE)
    first = pilot.words
    systemd.heard()
    woken = pass_time(pilot, clock, HOUR)
    assert systemd.heard().count("WATCHDOG=1") == HOUR / FEED
    assert woken <= HOUR / FEED + HOUR / 60 + 8, "a beat, a minute of the clock, a question now and then"
    assert pilot.words != first, "the clock went on"


def test_a_player_that_hangs_is_replaced_and_the_box_lives_on(switch_on, portal, systemd):
    clock = Turned()
    pilot = watching(switch_on, portal, seconds=clock.seconds)
    [player] = pilot.players()
    os.kill(player, signal.SIGSTOP)
    systemd.heard()
    clock.passed += FEED
    pilot.until(lambda: pilot.players() not in ([player], []), "another player")
    assert "WATCHDOG=1" in systemd.heard()
    pilot.ring(Alarm.RECONNECT)
    pilot.until_watching(1)
