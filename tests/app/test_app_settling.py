"""What a step makes of settings and operators; and trying an operator for real."""

import socket
from contextlib import closing
from dataclasses import replace

import pytest

from stb.app.about import own_addresses
from stb.app.check import Attempts, failed
from stb.app.effects import Check, KeepSetting, KeepSources, Restart, SignIn
from stb.app.signing import begin
from stb.app.state import Phase, State
from stb.app.step import step
from stb.board.identity import derive
from stb.messages import (
    Alarm,
    AlarmRang,
    ChangeSetting,
    Checked,
    CheckStep,
    NotKept,
    Open,
    RemoveSource,
    ScreenName,
    SignedIn,
    SourcesKept,
    TrySource,
    UseSource,
)
from stb.model import Account, AccountStatus, Facts, Failure, Source, SourceId
from stb.settings import Vault
from stb.settings.seal import Seal
from stb.settings.settings import Settings

HOME = Source(id=SourceId("home"), kind="alkarma", name="Home", address="tv.example:5000")
OTHER = replace(HOME, id=SourceId("other"), address="other.example")
NEW = State(screen=ScreenName.WELCOME, has_operator=False)
SET_UP = State(settings=Settings(sources=(HOME,)))
IDENTITY = derive(Facts(serial="10000000a1b2c3d4"))


def after(state, *messages):
    effects = ()
    for message in messages:
        state, effects = step(state, message, 100.0)
    return state, effects


# --- settings and operators ---------------------------------------------------------------------


def test_a_box_without_an_operator_asks_nobody_but_the_viewer():
    state, effects = begin(NEW)
    assert (state.screen, state.phase, effects) == (ScreenName.WELCOME, Phase.STARTING, ())


@pytest.mark.parametrize(
    ("path", "value"),
    [("language", "ar"), ("time_zone", "Asia/Baghdad"), ("sound.delay_ms", 40), ("standby.tv_on", True)],
    ids=["language", "time zone", "a number in a table", "a switch in a table"],
)
def test_a_choice_applies_at_once_and_is_written_down(path, value):
    state, effects = after(SET_UP, ChangeSetting(path, value))
    section, _, name = path.rpartition(".")
    table = getattr(state.settings, section) if section else state.settings
    assert getattr(table, name) == value
    assert KeepSetting(path, value) in effects


def test_a_disk_that_refuses_is_said():
    state, effects = after(SET_UP, NotKept())
    assert state.toast == "settings.not_kept"
    assert effects


def test_an_operator_that_is_used_comes_first_and_the_box_begins_anew():
    state, effects = after(SET_UP, UseSource(OTHER))
    assert effects == (KeepSources((OTHER, HOME), left=()),)
    assert after(state, SourcesKept())[1] == (Restart(),)


def test_an_operator_with_another_address_is_somebody_else():
    moved = replace(HOME, address="elsewhere.example")
    assert after(SET_UP, UseSource(moved))[1] == (KeepSources((moved,), left=(HOME.id,)),)
    assert after(SET_UP, UseSource(HOME))[1] == (KeepSources((HOME,), left=()),)


def test_an_operator_that_is_removed_leaves_nothing():
    assert after(SET_UP, RemoveSource(HOME.id))[1] == (KeepSources((), left=(HOME.id,)),)


# --- menus --------------------------------------------------------------------------------------


def test_a_menu_leads_back_to_where_it_was_opened():
    state, _ = after(replace(SET_UP, screen=ScreenName.CHANNELS), Open(ScreenName.HOME))
    state, _ = after(state, Open(ScreenName.SETTINGS), Open(ScreenName.HOME))
    assert state.behind is ScreenName.CHANNELS


def test_what_the_operator_says_waits_behind_a_menu():
    pending = SignedIn(HOME.id, Account(status=AccountStatus.DISABLED))
    state, _ = after(replace(SET_UP, screen=ScreenName.ACTIVATION), Open(ScreenName.SETTINGS))
    state, _ = after(state, AlarmRang(Alarm.ASK), pending)
    assert (state.screen, state.behind) == (ScreenName.SETTINGS, ScreenName.ACTIVATION)
    state, effects = after(state, Open(ScreenName.ACTIVATION))
    assert state.screen is ScreenName.ACTIVATION
    assert SignIn() in effects


# --- trying an operator -------------------------------------------------------------------------


def test_a_trial_goes_step_by_step_to_its_end():
    state, effects = after(NEW, TrySource(HOME))
    seen = []
    while effects:
        (effect,) = effects
        assert isinstance(effect, Check)
        seen.append(effect.step)
        state, effects = after(state, Checked(effect.trial, effect.step))
    assert seen == list(CheckStep)
    assert state.trial.passed


def test_a_trial_stops_where_it_failed():
    state, _ = after(NEW, TrySource(HOME))
    failure = Failure(kind="Unreachable", advice="check.no_port")
    state, effects = after(state, Checked(1, CheckStep.ADDRESS), Checked(1, CheckStep.PORT, failure))
    assert (effects, state.trial.passed, state.trial.failure) == ((), False, failure)


def test_what_an_earlier_trial_still_says_falls_away():
    state, _ = after(NEW, TrySource(HOME), TrySource(OTHER))
    assert after(state, Checked(1, CheckStep.ADDRESS)) == (state, ())
    assert after(state, Checked(2, CheckStep.LISTS)) == (state, ())


@pytest.fixture
def tried(tmp_path):
    """What steps of trying an operator show, one after the other, until one fails."""

    def tried(address, *, kind="alkarma", password="", **words):
        source = replace(HOME, kind=kind, address=address, **words)
        results = []
        vault = Vault(tmp_path / "vault.json", Seal(b"here"))
        with closing(Attempts(IDENTITY, vault, tmp_path)) as attempts:
            for one in CheckStep:
                results.append(attempts.do(Check(1, one, source, password)))
                if results[-1].failure:
                    break
        return {result.step: result for result in results if result.applies}

    return tried


def test_a_new_box_is_told_that_a_code_comes_next(portal, tried):
    results = tried(portal.address)
    assert list(results) == [CheckStep.ADDRESS, CheckStep.PORT, CheckStep.SIGN_IN, CheckStep.LISTS]
    assert results[CheckStep.SIGN_IN].found == "check.unregistered"
    assert results[CheckStep.LISTS].found == "check.lists_later"


def test_an_active_box_is_told_how_many_channels_there_are_and_that_one_can_be_watched(portal, tried):
    portal.world.register(IDENTITY.duid)
    portal.world.activate(IDENTITY.duid)
    results = tried(portal.address)
    assert results[CheckStep.SIGN_IN].found == "check.active"
    lists = results[CheckStep.LISTS]
    assert (lists.found, lists.count > 0) == ("check.lists", True)
    assert results[CheckStep.FIRST_BYTES].failure is None
    assert list(results)[-2:] == [CheckStep.LINK, CheckStep.FIRST_BYTES]


def test_an_address_that_is_none_fails_first(tried):
    results = tried("ftp://tv.example")
    assert results[CheckStep.ADDRESS].failure.advice == "check.bad_address"


def test_a_name_that_nobody_knows_fails(tried):
    assert tried("nobody.invalid")[CheckStep.ADDRESS].failure.advice == "check.no_name"


def test_a_port_where_nothing_listens_fails(tried):
    with closing(socket.socket()) as silent:
        silent.bind(("127.0.0.1", 0))
        results = tried(f"127.0.0.1:{silent.getsockname()[1]}")
        assert results[CheckStep.PORT].failure.advice == "check.no_port"


@pytest.mark.parametrize("one", CheckStep, ids=lambda one: one.value)
def test_each_failed_step_says_what_to_do(one):
    result = failed(1, one, Failure(kind="Unreachable", advice="error.unreachable", words="No."))
    assert result.failure.words == "No."
    by_itself = one in (CheckStep.TLS, CheckStep.SIGN_IN, CheckStep.LISTS)
    assert result.failure.advice.startswith("error." if by_itself else "check.")


def test_the_boxs_own_addresses_are_such():
    for address in own_addresses():
        assert socket.getaddrinfo(address, None, flags=socket.AI_NUMERICHOST)
