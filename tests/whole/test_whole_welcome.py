"""A box that nobody has set up, and one whose viewer changes its mind: all by keys of the remote."""

import json
import os
import subprocess
import sys
import tomllib
from contextlib import suppress
from zoneinfo import ZoneInfo

import pytest

from stb.app.state import Phase
from stb.messages import Alarm, ScreenName
from stb.model import Key, key_named
from stb.screens.keyboard import COLUMNS, Act


def settings_of(places):
    return tomllib.loads(places.settings.read_text("utf-8"))


def keyboard(pilot):
    """The one on the screen."""
    showing = pilot.box.showing
    form = showing.page if pilot.screen is ScreenName.SETTINGS else showing.operator
    return form.keyboard


def walk_to(pilot, face):
    """Arrows alone."""
    for key in (Key.DOWN, Key.RIGHT):
        for _ in range(COLUMNS):
            if face in keyboard(pilot).rows[keyboard(pilot).row] and key is Key.DOWN:
                break
            if keyboard(pilot).focused == face:
                return
            pilot.press(key)


def type_text(pilot, text):
    """Digits as digits, everything else by arrows and OK."""
    for character in text:
        if character.isdecimal():
            pilot.press(key_named(character))
        else:
            walk_to(pilot, character)
            pilot.press(Key.OK)


def restarted(pilot, switch_on):
    assert pilot.box.again
    return switch_on(as_it_is=True)


@pytest.mark.parametrize(
    ("language", "to_language", "title", "works", "activate"),
    [
        ("en", (), "Welcome", "Everything works", "Activate this television"),
        ("ar", (Key.DOWN,), "أهلاً بك", "كل شيء يعمل", "تفعيل هذا التلفاز"),
    ],
    ids=["in English", "in Arabic"],
)
def test_from_nothing_to_a_picture_by_remote_alone(  # the whole way is the test
    switch_on, portal, places, language, to_language, title, works, activate
):
    pilot = switch_on(as_it_is=True)
    assert (pilot.phase, pilot.screen) == (Phase.STARTING, ScreenName.WELCOME)
    pilot.press(*to_language)
    assert title in pilot.words
    pilot.press(Key.OK, Key.OK, Key.OK)
    type_text(pilot, portal.address.removeprefix("http://"))
    pilot.press(Key.BLUE)
    assert portal.address.removeprefix("http://") in pilot.words
    pilot.press(Key.OK)
    pilot.until_said(works)
    pilot.press(Key.OK)
    pilot = restarted(pilot, switch_on)
    pilot.until_phase(Phase.ACTIVATION)
    assert activate in pilot.words
    portal.world.activate(pilot.box.identity.duid)
    pilot.ring(Alarm.ASK)
    pilot.until_watching(1)
    kept = settings_of(places)
    assert kept["language"] == language
    assert pilot.box.view().now.tzinfo == ZoneInfo(kept["time_zone"])
    assert [source["kind"] for source in kept["source"]] == ["alkarma"]


def test_a_step_that_fails_is_said_and_leads_back_to_the_address(switch_on, portal, places):
    pilot = switch_on(as_it_is=True)
    pilot.press(Key.OK, Key.OK, Key.OK)
    type_text(pilot, "127.0.0.1:1")
    pilot.press(Key.BLUE, Key.OK)
    pilot.until_said("It does not work yet")
    assert "does not answer at this port" in pilot.words
    pilot.press(Key.OK, Key.RED)
    type_text(pilot, portal.address.rpartition(":")[2])
    pilot.press(Key.BLUE, Key.OK)
    pilot.until_said("Everything works")
    assert not places.settings.exists() or "source" not in settings_of(places)


def test_a_box_in_welcome_sleeps_and_wakes_where_it_was(switch_on):
    pilot = switch_on(as_it_is=True)
    pilot.press(Key.OK, Key.POWER)
    assert pilot.screen is ScreenName.STANDBY
    pilot.press(Key.OK)
    assert "Where is this television?" in pilot.words


def test_a_changed_language_is_spoken_at_once_and_at_the_next_start(switch_on, places):
    pilot = switch_on()
    pilot.until_phase(Phase.ACTIVATION)
    pilot.press(Key.MENU, Key.UP, Key.OK)
    assert "Settings" in pilot.words
    pilot.press(Key.RIGHT)
    assert "الإعدادات" in pilot.words
    assert settings_of(places)["language"] == "ar"
    pilot.press(Key.BACK, Key.BACK)
    pilot.until_phase(Phase.ACTIVATION)
    assert "تفعيل هذا التلفاز" in pilot.words
    pilot = switch_on(as_it_is=True)
    pilot.until_phase(Phase.ACTIVATION)
    assert "تفعيل هذا التلفاز" in pilot.words


def test_an_operator_that_answers_does_not_interrupt_the_settings(switch_on, portal):
    pilot = switch_on()
    pilot.until_phase(Phase.ACTIVATION)
    pilot.press(Key.SETUP)
    portal.world.activate(pilot.box.identity.duid)
    pilot.ring(Alarm.ASK)
    pilot.until(lambda: pilot.box.state.has_lists, "the lists")
    assert pilot.screen is ScreenName.SETTINGS
    pilot.press(Key.BACK, Key.BACK)
    pilot.until_watching(1)


def test_an_operator_is_removed_and_the_box_asks_for_another(switch_on, places):
    pilot = switch_on()
    pilot.until_phase(Phase.ACTIVATION)
    pilot.press(Key.SETUP, Key.CHANNELDOWN, Key.OK, Key.UP, Key.OK, Key.DOWN, Key.OK)
    pilot = restarted(pilot, switch_on)
    assert pilot.screen is ScreenName.WELCOME
    assert "source" not in settings_of(places)


def test_the_keyboard_has_a_done_key_too(switch_on):
    pilot = switch_on(as_it_is=True)
    pilot.press(Key.OK, Key.OK, Key.OK)
    type_text(pilot, "1")
    walk_to(pilot, Act.DONE)
    pilot.press(Key.OK)
    assert "Test the connection" in pilot.words


def test_an_operator_at_another_address_begins_anew(switch_on, portal, places):
    """The same portal by another name: it lets this box in, which the box is not to know before it asked."""
    pilot = switch_on()
    pilot.until_phase(Phase.ACTIVATION)
    portal.world.activate(pilot.box.identity.duid)
    pilot.ring(Alarm.ASK)
    pilot.until_watching(1)
    pilot.press(Key.SETUP, Key.CHANNELDOWN, Key.OK, Key.OK)
    pilot.press(*[Key.RED] * len(portal.address))
    type_text(pilot, f"localhost:{portal.address.rpartition(':')[2]}")
    pilot.press(Key.BLUE, Key.OK)
    pilot.until_said("It serves this box.")
    pilot.until_said("Everything works")
    pilot.press(Key.OK)
    pilot = restarted(pilot, switch_on)
    assert not pilot.box.state.was_active
    pilot.until_watching(1)
    (kept,) = settings_of(places)["source"]
    assert kept["name"] == "localhost"


def test_a_box_without_settings_begins_anew_in_the_same_process(portal, display, tmp_path):
    """Driven as a person at a terminal would: nothing but keys."""
    environment = os.environ | {
        "DISPLAY": display,
        "STB_STATE": str(tmp_path / "state"),
        "STB_RUNTIME": str(tmp_path / "run"),
        "STB_CACHE": str(tmp_path / "cache"),
    }
    port = portal.address.rpartition(":")[2]
    with subprocess.Popen(
        [sys.executable, "-m", "stb", "run", "--window", "640x360"],
        env=environment,
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as box:

        def stb(*arguments):
            return subprocess.run(
                [sys.executable, "-m", "stb", *arguments],
                env=environment,
                capture_output=True,
                check=True,
                text=True,
            ).stdout

        def until(words):
            assert any(words in line for line in box.stderr), words

        try:
            until("window pixels")
            assert json.loads(stb("status", "--json"))["screen"] == "welcome"
            to_the_address = ["OK", "OK", "OK"]
            local = ["1", "2", "7", "DOWN", "DOWN", "DOWN", "LEFT", "OK", "0", "OK", "0", "OK", "1"]
            colon = ["LEFT", "LEFT", "LEFT", "OK"]
            stb("press", *to_the_address, *local, *colon, *port, "BLUE", "OK")
            until("step=lists")
            stb("press", "OK")
            until("beginning anew")
            until("phase=activation")
            assert json.loads(stb("status", "--json"))["source"] == "operator"
        finally:
            with suppress(subprocess.CalledProcessError):
                stb("stop")
        assert box.wait() == 0
