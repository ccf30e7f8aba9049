"""The box waits for the time, as values."""

from datetime import UTC, datetime

import pytest

from stb.app.effects import HearTime, SetAlarm, SignIn, TrustClock
from stb.app.signing import begin
from stb.app.state import Phase, State
from stb.app.step import step
from stb.messages import Alarm, ClockSet, ScreenName, SignedIn, SignInFailed
from stb.model import Account, AccountStatus, Failure, SourceId

SOURCE = SourceId("home")
TODAY = datetime(2026, 11, 22, 20, 47, tzinfo=UTC)
TOO_EARLY = SignInFailed(SOURCE, Failure(kind="NotYetValid", advice="error.not_yet_valid"))


def waiting():
    return step(begin(State())[0], TOO_EARLY, 100.0)


def test_a_certificate_from_the_future_is_a_notice_about_the_time():
    state, effects = waiting()
    assert (state.phase, state.notice.title) == (Phase.NOTICE, "notice.no_time")
    assert state.notice.advice == "error.not_yet_valid"
    assert [effect for effect in effects if isinstance(effect, SetAlarm) and effect.alarm is Alarm.ASK]


def test_the_operator_is_asked_as_soon_as_the_time_is_known():
    state, effects = step(waiting()[0], ClockSet(), 101.0)
    assert effects == (TrustClock(), SignIn())
    assert state.asking


def test_a_box_that_is_served_asks_nobody_when_its_clock_is_set():
    assert step(State(screen=ScreenName.WATCHING), ClockSet(), 101.0)[1] == (TrustClock(),)


@pytest.mark.parametrize(
    ("told", "heard"),
    [
        pytest.param(TODAY, [HearTime(TODAY)], id="the operator says what time it is"),
        pytest.param(None, [], id="the operator does not say"),
    ],
)
def test_what_time_it_is_for_the_operator_is_heard(told, heard):
    account = Account(status=AccountStatus.ACTIVE, told_at=told)
    _, effects = step(begin(State())[0], SignedIn(SOURCE, account), 100.0)
    assert [effect for effect in effects if isinstance(effect, HearTime)] == heard
