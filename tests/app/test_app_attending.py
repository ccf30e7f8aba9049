"""What an operator wants of a box that is on, as steps of the box."""

from dataclasses import replace

import pytest

from stb.app.effects import (
    Attend,
    Confirm,
    ReadParts,
    Restart,
    SetAlarm,
    SignIn,
    StopPlaying,
    TuneNumber,
)
from stb.app.state import State
from stb.app.step import step
from stb.messages import (
    Alarm,
    AlarmRang,
    Attended,
    AttendFailed,
    Open,
    Part,
    ScreenName,
    SignedIn,
    StandBy,
    SwapBack,
    TryAgain,
    Understood,
    Watch,
)
from stb.model import (
    Account,
    AccountStatus,
    Attention,
    ChannelId,
    ChannelRef,
    EventKind,
    Failure,
    OperatorEvent,
    PlayerStatus,
    PlayKind,
    SourceId,
)
from stb.settings.settings import Policy, Settings

HOME = SourceId("home")
FIVE = ChannelRef(HOME, ChannelId("5"))
ACTIVE = SignedIn(HOME, Account(status=AccountStatus.ACTIVE, revision="r"))
WATCHING = State(
    screen=ScreenName.WATCHING,
    watching=FIVE,
    was_active=True,
    has_lists=True,
    lists_revision="r",
    account=ACTIVE.account,
    activates=False,
    attends=True,
    attended=True,
    offered=(Part.LISTS, Part.GUIDE),
)


def wants(kind, **fields):
    event = OperatorEvent(id="31", kind=kind, name=kind.value, **fields)
    return Attended(HOME, Attention(again=90.0, event=event))


def after(state, *messages):
    """The state, and the effects of the last message."""
    effects = ()
    for message in messages:
        state, effects = step(state, message, 1000.0)
    return state, effects


MESSAGE = wants(EventKind.MESSAGE, words="Good evening", confirm=True)


def test_the_first_question_follows_on_signing_in_and_only_once():
    state, effects = after(replace(WATCHING, attended=False), ACTIVE)
    assert Attend(PlayKind.CHANNEL, "", first=True) in effects
    _, effects = after(state, ACTIVE)
    assert not any(isinstance(effect, Attend) for effect in effects)


def test_a_box_that_is_not_served_asks_too():
    """What ends that is an event."""
    off = SignedIn(HOME, Account(status=AccountStatus.DISABLED))
    _, effects = after(replace(WATCHING, attended=False), off)
    assert any(isinstance(effect, Attend) for effect in effects)


def test_an_operator_without_events_is_not_asked():
    _, effects = after(replace(WATCHING, attends=False, attended=False), ACTIVE)
    assert not any(isinstance(effect, Attend) for effect in effects)


def test_the_next_question_comes_in_the_operators_time():
    state, effects = after(WATCHING, Attended(HOME, Attention(again=150.0)))
    assert effects == (SetAlarm(Alarm.ATTEND, 150.0),)
    _, effects = after(state, AlarmRang(Alarm.ATTEND))
    assert effects == (Attend(PlayKind.CHANNEL, "", first=False),)


def test_a_question_that_fails_is_asked_again_later():
    failure = Failure(kind="Unreachable", advice="error.unreachable")
    _, effects = after(WATCHING, AttendFailed(HOME, failure))
    assert effects == (SetAlarm(Alarm.ATTEND, 120.0),)


def test_nothing_is_asked_in_stand_by_and_again_on_waking():
    state, _ = after(WATCHING, StandBy())
    assert not state.attended
    assert after(state, wants(EventKind.RELOAD)) == (state, ())


def test_a_message_lies_over_the_picture_until_it_is_read_and_then_is_confirmed():
    state, _ = after(WATCHING, MESSAGE)
    assert (state.shown, state.screen) == (ScreenName.REMARK, ScreenName.WATCHING)
    assert state.remarks[0].subject == "Good evening"
    state, effects = after(state, Understood())
    assert (state.remarks, effects) == ((), (Confirm("31", PlayKind.CHANNEL),))


REBOOTING = wants(EventKind.MESSAGE, words="New software", confirm=True, reboots=True)


def test_a_message_after_which_the_box_is_to_start_anew_where_the_viewer_lets_operators():
    allowed = replace(WATCHING, settings=replace(WATCHING.settings, policy=Policy(reboot=True)))
    state, effects = after(allowed, REBOOTING, Understood())
    assert effects == (Confirm("31", PlayKind.CHANNEL),), "first the operator hears that it was read"
    assert after(state, Attended(HOME, Attention(again=90.0)))[1] == (Restart(),)
    state, _ = after(WATCHING, REBOOTING, Understood())
    assert Restart() not in after(state, Attended(HOME, Attention(again=90.0)))[1]


def test_an_operator_is_told_that_it_is_radio():
    heard = replace(WATCHING, status=PlayerStatus(heard=90))
    assert Attend(PlayKind.RADIO, "", first=False) in after(heard, AlarmRang(Alarm.ATTEND))[1]
    seen = replace(WATCHING, status=PlayerStatus(heard=90, displayed=9))
    assert Attend(PlayKind.CHANNEL, "", first=False) in after(seen, AlarmRang(Alarm.ATTEND))[1]


def test_a_message_that_is_repeated_is_shown_once():
    state, _ = after(WATCHING, MESSAGE, MESSAGE)
    assert len(state.remarks) == 1
    state, _ = after(state, Understood(), MESSAGE)
    assert state.remarks == (), "it crossed with the confirmation"


def test_the_operator_is_told_what_is_on_the_screen():
    _, effects = after(WATCHING, MESSAGE, AlarmRang(Alarm.ATTEND))
    assert effects == (Attend(PlayKind.CHANNEL, "31", first=False),)


def test_a_message_that_goes_by_itself():
    state, effects = after(WATCHING, wants(EventKind.MESSAGE, words="Soon", seconds=20))
    assert SetAlarm(Alarm.MESSAGE, 20.0) in effects
    state, _ = after(state, AlarmRang(Alarm.MESSAGE))
    assert state.remarks == ()


def test_a_message_that_nobody_wants_confirmed_is_not():
    _, effects = after(WATCHING, wants(EventKind.MESSAGE, words="Hello"), Understood())
    assert effects == ()


@pytest.mark.parametrize(
    ("kind", "part"), [(EventKind.CHANNELS, Part.LISTS), (EventKind.GUIDE, Part.GUIDE)], ids=str
)
def test_what_changed_is_read_anew(kind, part):
    fresh = replace(WATCHING, parts={})
    _, effects = after(fresh, wants(kind))
    (read,) = (effect for effect in effects if isinstance(effect, ReadParts))
    assert part in read.parts


def test_cut_off_ends_what_plays_in_the_operators_words():
    state, effects = after(WATCHING, wants(EventKind.CUT_OFF, words="Pay first"))
    assert StopPlaying() in effects
    assert (state.screen, state.notice.words, state.watching) == (ScreenName.NOTICE, "Pay first", None)


@pytest.mark.parametrize("wish", [Watch(FIVE), SwapBack(), Open(ScreenName.WATCHING)], ids=repr)
def test_cut_off_nothing_is_tuned(wish):
    state, _ = after(WATCHING, wants(EventKind.CUT_OFF))
    state, effects = after(replace(state, screen=ScreenName.CHANNELS, previous=FIVE, live=FIVE), wish)
    assert (state.screen, effects) == (ScreenName.NOTICE, ())


@pytest.mark.parametrize("end", [wants(EventKind.CUT_ON), TryAgain()], ids=["cut on", "the viewer asks"])
def test_cut_on_and_back_to_the_picture(end):
    state, _ = after(WATCHING, wants(EventKind.CUT_OFF))
    state, effects = after(state, end)
    assert SignIn() in effects
    state, _ = after(state, ACTIVE)
    assert not state.cut_off
    state, _ = after(state, Watch(FIVE))
    assert state.watching == FIVE


def test_a_channel_is_tuned_from_afar():
    _, effects = after(WATCHING, wants(EventKind.PLAY_CHANNEL, number="12"))
    assert TuneNumber("12") in effects
    cut, _ = after(WATCHING, wants(EventKind.CUT_OFF))
    _, effects = after(cut, wants(EventKind.PLAY_CHANNEL, number="12"))
    assert TuneNumber("12") not in effects


def test_the_operator_is_signed_in_to_anew():
    _, effects = after(WATCHING, wants(EventKind.RELOAD))
    assert SignIn() in effects


@pytest.mark.parametrize("allowed", [False, True], ids=["as usual", "allowed"])
def test_the_box_begins_anew_only_where_the_settings_let_it(allowed):
    settings = Settings(policy=Policy(reboot=allowed))
    _, effects = after(replace(WATCHING, settings=settings), wants(EventKind.REBOOT))
    assert (Restart() in effects) is allowed


@pytest.mark.parametrize("kind", [EventKind.UPDATE, EventKind.OTHER])
def test_what_the_box_does_not_do(kind):
    state, effects = after(WATCHING, wants(kind))
    assert (state, effects) == (WATCHING, (SetAlarm(Alarm.ATTEND, 90.0),))
