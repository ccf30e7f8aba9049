"""What keys do in the settings, at home and at the first start, and what is read there."""

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import stb
from stb.messages import (
    ChangeSetting,
    Checked,
    CheckStep,
    Open,
    Part,
    RemoveSource,
    ScreenName,
    StopReading,
    TrySource,
    UseSource,
)
from stb.model import Failure, Key, Source, SourceId
from stb.providers import PROVIDERS
from stb.screens.choices import Setting, sections
from stb.screens.home import Home
from stb.screens.keyboard import Keyboard
from stb.screens.operators import FORMS, KINDS, OperatorForm, Stage
from stb.screens.settings import SettingsScreen
from stb.screens.view import Trial
from stb.screens.welcome import Welcome
from stb.settings.rules import SETTINGS
from stb.settings.settings import Settings, Sound

HOME = Source(id=SourceId("home"), kind="alkarma", name="Home Portal", address="tv.example:5000")
GIVEN = Settings(time_zone="Asia/Baghdad", sources=(HOME,))
_TITLES = ("general", "operators", "guides", "sound", "picture", "standby", "remote", "about")
SECTIONS = {title: place for place, title in enumerate(_TITLES)}


@pytest.fixture
def here(view):
    """A view of a box that is set up."""

    def make(language="en", **fields):
        return view(language, **({"settings": GIVEN, "kinds": ("alkarma",), "about": ()} | fields))

    return make


def press(screen, view, *keys, held=False):
    intent = None
    for key in keys:
        screen, intent = screen.press(key, view, held=held)
    return screen, intent


def said(scene):
    return "\n".join(scene.words).replace("\N{LEFT-TO-RIGHT MARK}", "").replace("\N{RIGHT-TO-LEFT MARK}", "")


def tried(*results, running=None):
    return Trial(number=1, source=HOME, running=running, results=results)


PASSED = tuple(Checked(1, step) for step in CheckStep)


# --- settings -----------------------------------------------------------------------------------


def test_right_takes_the_next_value_and_left_the_one_before(here):
    screen = SettingsScreen(section=SECTIONS["sound"])
    assert press(screen, here(), Key.RIGHT)[1] == ChangeSetting("sound.output", "hdmi0")
    assert press(screen, here(), Key.LEFT)[1] is None
    assert press(screen, here("ar"), Key.LEFT)[1] == ChangeSetting("sound.output", "hdmi0")


def test_ok_opens_the_values_and_takes_the_focused_one(here):
    screen, _ = press(SettingsScreen(section=SECTIONS["sound"]), here(), Key.OK, Key.DOWN, Key.DOWN, Key.DOWN)
    assert "headphone jack" in said(screen.scene(here()))
    screen, intent = press(screen, here(), Key.OK)
    assert (intent, screen.page) == (ChangeSetting("sound.output", "jack"), None)


def test_a_delay_goes_in_steps_and_is_said_with_its_unit(here):
    screen = SettingsScreen(section=SECTIONS["sound"], row=2)
    delayed = here(settings=replace(GIVEN, sound=Sound(delay_ms=40)))
    assert press(screen, delayed, Key.LEFT)[1] == ChangeSetting("sound.delay_ms", 20)
    assert "40 ms" in said(screen.scene(delayed))


def test_a_value_from_the_file_between_two_steps_is_no_trouble(here):
    odd = here(settings=replace(GIVEN, sound=Sound(delay_ms=33)))
    screen = SettingsScreen(section=SECTIONS["sound"], row=2)
    assert press(screen, odd, Key.RIGHT)[1] == ChangeSetting("sound.delay_ms", 40)
    assert "33 ms" in said(screen.scene(odd))


def test_arrows_walk_through_all_sections_and_round(here):
    screen, view = SettingsScreen(), here()
    rows = sum(len(rows) for _, rows in sections(view))
    seen = set()
    for _ in range(rows):
        seen.add((screen.section, screen.row))
        screen, _ = press(screen, view, Key.DOWN)
    assert len(seen) == rows
    assert (screen.section, screen.row) == (0, 0)


def test_every_setting_of_the_file_is_on_the_screen_and_every_value_keeps_its_rule(here):
    rows = [row for _, rows in sections(here()) for row in rows if isinstance(row, Setting)]
    shown = {row.path for row in rows} | {"time_zone", "volume"}  # a page of its own, a key of the remote
    assert shown == set(SETTINGS)
    for row in rows:
        assert [SETTINGS[row.path](value) for value in row.values if SETTINGS[row.path](value)] == []


def test_the_shipped_file_names_the_values_that_apply_without_it(here):
    file = tomllib.loads((Path(stb.__file__).parents[1] / "config" / "stb.toml").read_text("utf-8"))
    for _, rows in sections(here()):
        for row in rows:
            if isinstance(row, Setting):
                section, _, name = row.path.rpartition(".")
                assert (file[section] if section else file)[name] in row.values


def test_the_time_zone_is_chosen_by_region_and_city_with_its_time(here):
    screen, _ = press(SettingsScreen(row=1), here(), Key.OK)
    assert "Baghdad\n23:47" in said(screen.scene(here()))
    screen, intent = press(screen, here(), Key.DOWN, Key.OK, Key.OK)
    assert intent == ChangeSetting("time_zone", "Africa/Abidjan")


def test_back_leads_from_cities_to_regions_to_the_rows_to_home(here):
    screen, _ = press(SettingsScreen(row=1), here(), Key.OK, Key.DOWN, Key.OK)
    screen, _ = press(screen, here(), Key.BACK)
    assert "Africa" in said(screen.scene(here()))
    screen, _ = press(screen, here(), Key.BACK)
    assert screen.page is None
    assert press(screen, here(), Key.BACK)[1] == Open(ScreenName.HOME)


def test_an_operator_is_removed_only_when_it_is_meant(here):
    screen = SettingsScreen(section=SECTIONS["operators"])
    asked, intent = press(screen, here(), Key.OK, Key.UP, Key.OK)
    assert intent is None
    assert "Shall it really be removed?" in said(asked.scene(here()))
    assert press(asked, here(), Key.OK) == (screen, None)
    assert press(asked, here(), Key.DOWN, Key.OK)[1] == RemoveSource(SourceId("home"))


def test_an_operator_is_tested_again(here):
    screen = SettingsScreen(section=SECTIONS["operators"])
    tested, intent = press(screen, here(), Key.OK, Key.DOWN, Key.OK)
    assert intent == TrySource(HOME)
    assert press(tested, here(), Key.BACK)[0] == screen


def test_a_changed_address_keeps_the_operators_id(here):
    screen = SettingsScreen(section=SECTIONS["operators"])
    screen, intent = press(screen, here(), Key.OK, Key.OK, Key.NUMERIC_1, Key.BLUE, Key.OK)
    assert intent == TrySource(replace(HOME, name="tv.example", address="tv.example:50001"))


def test_a_second_operator_gets_an_id_of_its_own(here):
    screen = SettingsScreen(section=SECTIONS["operators"], row=1)
    _, intent = press(screen, here(), Key.OK, Key.OK, Key.NUMERIC_1, Key.BLUE, Key.OK)
    assert intent == TrySource(Source(id=SourceId("operator"), kind="alkarma", name="1", address="1"))
    taken = here(settings=Settings(sources=(replace(HOME, id=SourceId("operator")),)))
    _, intent = press(screen, taken, Key.OK, Key.OK, Key.NUMERIC_1, Key.BLUE, Key.OK)
    assert intent.source.id == "operator-2"


def test_about_says_what_the_box_knows_of_itself(here):
    facts = here(about=(("about.version", "0.1.0"), ("about.why", "no VideoCore")))
    text = said(SettingsScreen(section=SECTIONS["about"]).scene(facts))
    for words in ("Version\n0.1.0", "Why not by hardware\nno VideoCore"):
        assert words in text


# --- home ---------------------------------------------------------------------------------------


def test_home_opens_what_there_is_and_back_leads_to_where_one_came_from(here):
    assert press(Home(), here(), Key.OK)[1] == Open(ScreenName.CHANNELS)
    assert press(Home(), here(), Key.UP, Key.OK)[1] == Open(ScreenName.SETTINGS)
    assert press(Home(), here(behind=ScreenName.WATCHING), Key.BACK)[1] == Open(ScreenName.WATCHING)
    assert press(Home(), here(behind=ScreenName.NOTICE), Key.MENU)[1] == Open(ScreenName.NOTICE)


# --- first start --------------------------------------------------------------------------------


def test_the_focused_language_is_spoken_at_once(here):
    assert press(Welcome(), here(), Key.DOWN)[1] == ChangeSetting("language", "ar")
    assert press(Welcome(), here("ar"), Key.DOWN)[1] == ChangeSetting("language", "en")
    assert press(Welcome(), here("ar"), Key.OK)[1] == ChangeSetting("language", "ar")


def test_the_likely_time_zone_is_one_key_away(here):
    new = here("ar", settings=Settings())
    screen, _ = press(Welcome(), new, Key.OK)
    assert isinstance(press(screen, new, Key.OK)[1], ChangeSetting)


def test_nothing_leads_out_of_the_first_start(here):
    for keys in ((Key.BACK,), (Key.HOME,), (Key.MENU,), (Key.SETUP,), (Key.OK, Key.OK, Key.HOME)):
        assert not isinstance(press(Welcome(), here(), *keys)[1], Open)


def test_back_leads_all_the_way_to_the_language(here):
    screen, _ = press(Welcome(), here(), Key.OK, Key.OK, Key.OK, Key.NUMERIC_1, Key.BLUE)
    assert "Sign in" in said(screen.scene(here()))
    for words in (
        "Address of the operator",
        "Who brings you television?",
        "Where is this television?",
        "Welcome",
    ):
        screen, _ = press(screen, here(), Key.BACK)
        assert words in said(screen.scene(here()))


def test_an_empty_address_leads_nowhere(here):
    screen, _ = press(Welcome(), here(), Key.OK, Key.OK, Key.OK, Key.BLUE)
    assert "Address of the operator" in said(screen.scene(here()))


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("tv.example:5000", "tv.example"),
        ("https://me:secret@tv.example/api", "tv.example"),
        ("2001:db8::1", "2001:db8::1"),
        ("[2001:db8::1]:5000", "[2001:db8::1]"),
        ("tv.example", "tv.example"),
    ],
    ids=["name and port", "with a login", "a bare IPv6 address", "an IPv6 address and a port", "name alone"],
)
def test_an_operator_is_called_by_its_server(here, address, name):
    form = OperatorForm(source=replace(HOME, address=address)).at_field(0)
    assert form.press(Key.BLUE, here(), held=False)[0].source.name == name


def test_the_steps_of_a_trial_are_said_as_they_pass(here):
    form = OperatorForm(source=HOME, stage=Stage.TRIAL)
    trial = tried(*PASSED[:3], running=CheckStep.SIGN_IN)
    text = "\n".join(item.text for item in form.items(here(trial=trial)) if hasattr(item, "text"))
    assert text.count("yes") == 3
    assert "The operator answers\ntrying" in text
    assert form.press(Key.OK, here(trial=trial), held=False)[1] is None


def test_a_trial_that_passed_leads_on(here):
    form = OperatorForm(source=HOME, stage=Stage.TRIAL)
    assert form.press(Key.OK, here(trial=tried(*PASSED)), held=False)[1] == UseSource(HOME)


def test_a_trial_that_failed_says_what_to_do_and_leads_back_to_the_field(here):
    form = OperatorForm(source=HOME, stage=Stage.TRIAL)
    failure = Failure(kind="Unreachable", advice="check.no_name")
    failed = here(trial=tried(Checked(1, CheckStep.ADDRESS, failure)))
    text = "\n".join(item.text for item in form.items(failed) if hasattr(item, "text"))
    assert "Compare it letter by letter" in text
    assert form.press(Key.OK, failed, held=False)[0].keyboard == Keyboard.of_address(HOME.address)
    again, _ = form.press(Key.RIGHT, failed, held=False)
    assert again.press(Key.OK, failed, held=False)[1] == TrySource(HOME)


def test_an_operator_that_was_understood_may_be_used_although_it_fails(here):
    form = OperatorForm(source=HOME, stage=Stage.TRIAL, focus=2)
    failure = Failure(kind="ServerFault", advice="error.server_fault")
    failed = here(trial=tried(*PASSED[:3], Checked(1, CheckStep.SIGN_IN, failure)))
    assert form.press(Key.OK, failed, held=False)[1] == UseSource(HOME, proven=False)


def test_the_operators_own_words_go_first(here):
    form = OperatorForm(source=HOME, stage=Stage.TRIAL)
    failure = Failure(kind="LoginRefused", advice="error.login_refused", words="Not in this country.")
    failed = here(trial=tried(*PASSED[:3], Checked(1, CheckStep.SIGN_IN, failure)))
    assert "Not in this country." in [item.text for item in form.items(failed) if hasattr(item, "text")]


def test_a_trial_of_other_words_is_not_shown(here):
    form = OperatorForm(source=replace(HOME, address="other.example"), stage=Stage.TRIAL)
    assert form.press(Key.OK, here(trial=tried(*PASSED)), held=False)[1] is None


def test_what_is_being_read_stands_below_the_operators_and_can_be_stopped(here):
    view = here(reading={Part.LIBRARY: None, Part.GUIDE: 0.43})
    rows = sections(view)[SECTIONS["operators"]][1]
    assert len(rows) == len(sections(here())[SECTIONS["operators"]][1]) + 2
    screen = replace(SettingsScreen(), section=SECTIONS["operators"], row=len(rows) - 1)
    assert {"The guide is being read", "43%", "OK stops it. What was read before stays."} <= set(
        screen.scene(view).words
    )
    assert screen.press(Key.OK, view, held=False)[1] == StopReading()
    assert screen.press(Key.OK, here(), held=False)[1] is None


def test_every_kind_with_a_form_is_spoken_by_the_box():
    assert FORMS.keys() == KINDS.keys() <= PROVIDERS.keys()


@given(st.lists(st.sampled_from(Key), max_size=60), st.sampled_from(["en", "ar"]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_whatever_is_pressed_there_is_something_to_read(here, keys, language):
    for screen in (Welcome(), SettingsScreen(), Home()):
        shown, view = screen, here(language)
        for key in keys:
            shown, _ = shown.press(key, view, held=False)
            assert shown.scene(view).words
