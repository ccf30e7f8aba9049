"""How the box and its operator come to terms, as values: no network, no clock, no screen."""

from dataclasses import replace

import pytest

from stb.app.effects import Activate, Keep, ReadLists, Register, SetAlarm, SignIn, StopPlaying, TuneFirst
from stb.app.signing import BACKOFF_SECONDS, PENDING_SECONDS, SETTLED_SECONDS, begin
from stb.app.state import Phase, State
from stb.app.step import step
from stb.messages import (
    Activated,
    Alarm,
    AlarmRang,
    CodeRefused,
    Message,
    Open,
    RefreshFailed,
    Registered,
    ScreenName,
    SignedIn,
    SignInFailed,
    SourceRefreshed,
    StreamRefused,
    SubmitCode,
    TryAgain,
)
from stb.model import Account, AccountStatus, ChannelId, ChannelRef, Duid, Failure, Registration, SourceId
from stb.screens.view import Choice

SOURCE = SourceId("home")
REF = ChannelRef(SOURCE, ChannelId("1"))
UNREACHABLE = Failure(kind="Unreachable", advice="error.unreachable")
PENDING = State(screen=ScreenName.ACTIVATION, code="5634")
KNOWN = State(was_active=True, has_lists=True, lists_revision="r1")


def account(status: AccountStatus, message: str = "", revision: str = "r1") -> SignedIn:
    return SignedIn(SOURCE, Account(status=status, message=message, revision=revision))


def after(state: State, *messages: Message) -> tuple[State, list[object]]:
    effects: list[object] = []
    for message in messages:
        state, caused = step(state, message, now=100.0)
        effects += caused
    return state, effects


def test_a_new_box_asks_and_shows_that_it_does() -> None:
    state, effects = begin(State())
    assert (state.phase, effects) == (Phase.SIGNING_IN, (SignIn(),))


def test_a_box_that_was_let_in_before_does_not_wait_for_the_operator() -> None:
    _, effects = begin(KNOWN)
    assert effects == (SignIn(), TuneFirst())


def test_a_box_that_is_to_come_up_quietly_shows_its_channels_and_plays_none() -> None:
    state, effects = begin(replace(KNOWN, quietly=True))
    assert (state.screen, effects) == (ScreenName.CHANNELS, (SignIn(),))
    _, effects = after(state, account(AccountStatus.ACTIVE))
    assert TuneFirst() not in effects


def test_an_unknown_device_registers_itself_and_shows_its_code() -> None:
    state, effects = after(begin(State())[0], account(AccountStatus.UNREGISTERED))
    assert effects == [Register()]
    state, effects = after(state, Registered(SOURCE, Registration(duid=Duid("195C68F32A17B98"), code="5634")))
    assert (state.phase, state.code) == (Phase.ACTIVATION, "5634")
    assert Keep("5634", was_active=False) in effects
    assert SetAlarm(Alarm.ASK, PENDING_SECONDS) in effects


def test_disabled_means_pending_for_a_box_that_was_never_let_in() -> None:
    state, effects = after(replace(State(), code="5634"), account(AccountStatus.DISABLED, "Switched off."))
    assert (state.phase, state.code) == (Phase.ACTIVATION, "5634")
    assert SetAlarm(Alarm.ASK, PENDING_SECONDS) in effects


def test_disabled_means_switched_off_for_a_box_that_was_let_in() -> None:
    state, effects = after(replace(KNOWN, watching=REF), account(AccountStatus.DISABLED, "Switched off."))
    assert state.phase is Phase.NOTICE
    assert state.notice is not None
    assert state.notice.words == "Switched off."
    assert Choice.TYPE_CODE in state.notice.choices
    assert StopPlaying() in effects
    assert SetAlarm(Alarm.ASK, SETTLED_SECONDS) in effects


def test_the_keypad_is_one_choice_away_and_stays_while_the_operator_still_says_disabled() -> None:
    state, _ = after(KNOWN, account(AccountStatus.DISABLED), Open(ScreenName.ACTIVATION))
    state, effects = after(state, account(AccountStatus.DISABLED))
    assert state.phase is Phase.ACTIVATION
    assert SetAlarm(Alarm.ASK, PENDING_SECONDS) in effects


def test_an_activated_device_reads_its_lists_and_then_shows_the_first_channel() -> None:
    state, effects = after(PENDING, account(AccountStatus.ACTIVE))
    assert state.screen is ScreenName.STARTING
    assert ReadLists() in effects
    assert Keep("5634", was_active=True) in effects
    state, effects = after(state, SourceRefreshed(SOURCE, channels=3, revision="r1"))
    assert effects == [TuneFirst()]


def test_unchanged_lists_are_not_read_again() -> None:
    _, effects = after(KNOWN, account(AccountStatus.ACTIVE, revision="r1"))
    assert ReadLists() not in effects


def test_changed_lists_are_read_while_the_viewer_watches() -> None:
    watching = replace(KNOWN, screen=ScreenName.WATCHING, watching=REF)
    state, effects = after(watching, account(AccountStatus.ACTIVE, revision="r2"))
    assert ReadLists() in effects
    state, effects = after(state, SourceRefreshed(SOURCE, channels=3, revision="r2"))
    assert (state.screen, effects) == (ScreenName.WATCHING, [])


def test_an_expired_account_is_told_in_the_operators_words_once() -> None:
    watching = replace(KNOWN, screen=ScreenName.WATCHING, watching=REF)
    state, effects = after(watching, account(AccountStatus.EXPIRED, "Ended.", revision="r2"))
    assert state.notice is not None
    assert (state.phase, state.notice.words) == (Phase.NOTICE, "Ended.")
    assert {StopPlaying(), ReadLists()} <= set(effects)
    state, _ = after(state, Open(ScreenName.CHANNELS), account(AccountStatus.EXPIRED, "Ended."))
    assert state.phase is Phase.BROWSING


def test_a_typed_code_is_given_to_the_operator_and_the_answer_is_asked_for_at_once() -> None:
    state, effects = after(PENDING, SubmitCode("5634"))
    assert effects == [Activate("5634")]
    _, effects = after(state, Activated(SOURCE))
    assert effects == [SignIn()]


def test_a_wrong_code_is_told_in_the_operators_words() -> None:
    refused = Failure(kind="LoginRefused", advice="error.login_refused", words="Invalid activation code")
    state, effects = after(PENDING, SubmitCode("0000"), CodeRefused(SOURCE, "0000", refused))
    assert effects[-1] == SetAlarm(Alarm.ASK, PENDING_SECONDS)
    assert (state.phase, state.code_refused) == (Phase.ACTIVATION, "Invalid activation code")
    assert after(state, SubmitCode("5634"))[0].code_refused == ""


def test_a_code_that_could_not_be_given_to_the_operator_is_given_when_it_answers_again() -> None:
    lost = CodeRefused(SOURCE, "5634", UNREACHABLE)
    state, effects = after(PENDING, SubmitCode("5634"), lost, AlarmRang(Alarm.ASK))
    assert effects[-1] == SignIn()
    state, effects = after(state, account(AccountStatus.DISABLED))
    assert effects == [Activate("5634")]
    assert after(state, Activated(SOURCE), account(AccountStatus.DISABLED))[1][-1] != Activate("5634")


def test_a_code_whose_answer_was_lost_is_not_given_twice() -> None:
    lost = CodeRefused(SOURCE, "5634", UNREACHABLE)
    state, _ = after(PENDING, SubmitCode("5634"), lost, AlarmRang(Alarm.ASK), account(AccountStatus.ACTIVE))
    assert (state.screen, state.code_typed) == (ScreenName.STARTING, "")


def test_a_code_for_a_device_the_operator_forgot_registers_it_again() -> None:
    forgotten = Failure(kind="NotRegistered", advice="error.not_registered")
    assert after(PENDING, SubmitCode("5634"), CodeRefused(SOURCE, "5634", forgotten))[1] == [
        Activate("5634"),
        Register(),
    ]


def test_a_dead_operator_is_asked_less_and_less_often() -> None:
    state, waits = begin(State())[0], []
    for _ in range(len(BACKOFF_SECONDS) + 2):
        state, effects = after(state, SignInFailed(SOURCE, UNREACHABLE), AlarmRang(Alarm.ASK))
        waits += [effect.seconds for effect in effects if isinstance(effect, SetAlarm)]
    assert waits == [*BACKOFF_SECONDS, BACKOFF_SECONDS[-1], BACKOFF_SECONDS[-1]]
    assert state.phase is Phase.NOTICE


def test_a_dead_operator_does_not_take_the_picture_away() -> None:
    watching = replace(KNOWN, screen=ScreenName.WATCHING, watching=REF, showing=True, answered_at=9.0)
    state, effects = after(watching, SignInFailed(SOURCE, UNREACHABLE))
    assert state.phase is Phase.WATCHING
    assert effects == [SetAlarm(Alarm.ASK, BACKOFF_SECONDS[0])]


def test_the_notice_of_a_dead_operator_leads_to_the_channels_of_a_box_that_has_some() -> None:
    state, _ = after(replace(KNOWN, screen=ScreenName.NOTICE), SignInFailed(SOURCE, UNREACHABLE))
    assert state.notice is not None
    assert state.notice.choices == (Choice.TRY_AGAIN, Choice.CHANNELS)


def test_only_one_question_is_under_way() -> None:
    state, effects = after(PENDING, TryAgain(), AlarmRang(Alarm.ASK), TryAgain())
    assert (state.asking, effects) == (True, [SignIn()])


def test_lists_that_cannot_be_read_are_tried_again() -> None:
    state, _ = after(PENDING, account(AccountStatus.ACTIVE))
    state, effects = after(state, RefreshFailed(SOURCE, UNREACHABLE))
    assert state.phase is Phase.NOTICE
    assert SetAlarm(Alarm.ASK, BACKOFF_SECONDS[0]) in effects
    assert ReadLists() in after(state, AlarmRang(Alarm.ASK), account(AccountStatus.ACTIVE))[1]


@pytest.mark.parametrize("kind", ["DiskFull", "DiskReadOnly"])
def test_lists_that_the_card_does_not_take_are_not_the_operators_fault(kind: str) -> None:
    full = Failure(kind=kind, advice="error.disk_full")
    state, _ = after(State(), RefreshFailed(SOURCE, full))
    assert state.notice is not None
    assert (state.notice.title, state.notice.advice) == ("notice.disk", "error.disk_full")
    assert Choice.TRY_AGAIN in state.notice.choices


@pytest.mark.parametrize(
    ("answered_at", "asks"),
    [
        pytest.param(None, True, id="never asked before"),
        pytest.param(90.0, True, id="asked a while ago"),
        pytest.param(99.0, False, id="asked a moment ago"),
    ],
)
def test_a_refused_stream_makes_the_box_ask_at_once(answered_at: float | None, *, asks: bool) -> None:
    watching = replace(
        KNOWN, screen=ScreenName.WATCHING, watching=REF, tune=7, asking=False, answered_at=answered_at
    )
    _, effects = after(watching, StreamRefused(7, UNREACHABLE))
    assert (SignIn() in effects) is asks


def test_a_box_that_started_without_its_operator_says_so_over_the_picture() -> None:
    watching = replace(KNOWN, screen=ScreenName.WATCHING, watching=REF)
    state, _ = after(watching, SignInFailed(SOURCE, UNREACHABLE))
    assert (state.phase, state.toast) == (Phase.TUNING, "channels.stale")


def test_streams_that_fail_do_not_make_the_box_hammer_a_dead_operator() -> None:
    dead = replace(KNOWN, screen=ScreenName.WATCHING, watching=REF, tune=7, failures=3)
    assert SignIn() not in after(dead, StreamRefused(7, UNREACHABLE))[1]


def test_the_operator_is_asked_often_while_a_code_is_typed() -> None:
    _, effects = after(KNOWN, account(AccountStatus.DISABLED), Open(ScreenName.ACTIVATION))
    assert effects[-1] == SetAlarm(Alarm.ASK, PENDING_SECONDS)
