"""Stand-by, as values: what ends, what is ignored, and what comes back."""

from dataclasses import replace

import pytest

from stb.app.effects import (
    ClearAlarm,
    Play,
    Quit,
    ReadLists,
    Resolve,
    SetAlarm,
    SignIn,
    StopPlaying,
    SwitchTv,
    TrustClock,
    TuneFirst,
)
from stb.app.state import Phase, State
from stb.app.step import step
from stb.messages import (
    Activated,
    Alarm,
    AlarmRang,
    ClockSet,
    CodeRefused,
    Message,
    PlayerDied,
    RefreshFailed,
    Registered,
    ScreenName,
    SignedIn,
    SignInFailed,
    SourceRefreshed,
    StandBy,
    StreamReady,
    StreamRefused,
    WakeUp,
    Watch,
    WindowClosed,
)
from stb.model import (
    Account,
    AccountStatus,
    ChannelId,
    ChannelRef,
    Duid,
    Failure,
    Registration,
    SourceId,
    Stream,
)
from stb.screens.view import Notice
from stb.settings.settings import Settings, Standby

SOURCE = SourceId("home")
REF = ChannelRef(SOURCE, ChannelId("1"))
FAILURE = Failure(kind="Unreachable", advice="error.unreachable")
WATCHING = State(
    screen=ScreenName.WATCHING,
    was_active=True,
    has_lists=True,
    lists_revision="r1",
    watching=REF,
    showing=True,
    tune=3,
    banner=True,
    toast="channels.stale",
    volume_shown=True,
    asks_at=500.0,
)


def after(state: State, *messages: Message) -> tuple[State, list[object]]:
    effects: list[object] = []
    for message in messages:
        state, caused = step(state, message, now=100.0)
        effects += caused
    return state, effects


ASLEEP, _ = after(WATCHING, StandBy())


def test_nothing_plays_nothing_rings_and_nobody_is_asked():
    state, effects = after(WATCHING, StandBy())
    assert (state.screen, state.phase) == (ScreenName.STANDBY, Phase.NOTICE)
    assert StopPlaying() in effects
    assert {effect.alarm for effect in effects if isinstance(effect, ClearAlarm)} == set(Alarm)
    assert not [effect for effect in effects if isinstance(effect, SetAlarm | SignIn | Resolve)]
    assert (state.asks_at, state.toast, state.volume_shown) == (None, "", False)


@pytest.mark.parametrize(
    ("chosen", "off", "on"),
    [
        pytest.param(Standby(), True, False, id="as the box comes"),
        pytest.param(Standby(tv_off=False), False, False, id="the TV stays on"),
        pytest.param(Standby(tv_on=True), True, True, id="the TV wakes too"),
    ],
)
def test_the_tv_follows_as_the_viewer_chose(chosen, off, on):
    box = replace(WATCHING, settings=Settings(standby=chosen))
    state, effects = after(box, StandBy())
    assert SwitchTv(on=False, cec=off) in effects
    assert SwitchTv(on=True, cec=on) in after(state, WakeUp())[1]


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(AlarmRang(Alarm.ASK), id="an alarm"),
        pytest.param(PlayerDied("killed"), id="the player's death"),
        pytest.param(StreamReady(3, Stream(ref=REF, address="http://tv.example/1")), id="a stream"),
        pytest.param(StreamRefused(3, FAILURE), id="a refused stream"),
        pytest.param(Watch(REF), id="a wish"),
        pytest.param(StandBy(), id="stand-by once more"),
        pytest.param(SignedIn(SOURCE, Account(status=AccountStatus.EXPIRED)), id="an expired account"),
        pytest.param(SignedIn(SOURCE, Account(status=AccountStatus.UNREGISTERED)), id="an unknown device"),
        pytest.param(SignInFailed(SOURCE, FAILURE), id="an operator out of reach"),
        pytest.param(Registered(SOURCE, Registration(duid=Duid("195C68F32A17B98"), code="1")), id="a code"),
        pytest.param(Activated(SOURCE), id="an activation"),
        pytest.param(CodeRefused(SOURCE, "1", FAILURE), id="a refused code"),
        pytest.param(SourceRefreshed(SOURCE, 3, "r2"), id="new lists"),
        pytest.param(RefreshFailed(SOURCE, FAILURE), id="no new lists"),
    ],
)
def test_nothing_but_a_key_wakes_the_box(message):
    state, effects = after(ASLEEP, message)
    assert state.screen is ScreenName.STANDBY
    assert effects == []


def test_what_was_under_way_is_over_when_its_answer_comes():
    busy = replace(ASLEEP, asking=True, reading_lists=True)
    state, _ = after(busy, SignInFailed(SOURCE, FAILURE), SourceRefreshed(SOURCE, 3, "r2"))
    assert (state.asking, state.reading_lists, state.lists_revision) == (False, False, "r2")
    state, _ = after(busy, RefreshFailed(SOURCE, FAILURE))
    assert not state.reading_lists


def test_the_clock_is_believed_in_stand_by_too():
    assert after(ASLEEP, ClockSet())[1] == [TrustClock()]


def test_a_box_in_stand_by_can_be_ended():
    assert after(ASLEEP, WindowClosed())[1] == [Quit()]


def test_a_box_that_wakes_asks_anew_and_shows_what_was_watched():
    state, effects = after(ASLEEP, WakeUp())
    assert (state.screen, state.watching, state.resume) == (ScreenName.WATCHING, REF, None)
    assert SignIn() in effects
    assert Resolve(state.tune, REF) in effects
    assert not [effect for effect in effects if isinstance(effect, Play | ReadLists)]


def test_a_box_that_watched_nothing_wakes_into_its_last_channel():
    asleep, _ = after(replace(WATCHING, screen=ScreenName.CHANNELS, watching=None), StandBy())
    state, effects = after(asleep, WakeUp())
    assert state.screen is ScreenName.STARTING
    assert SignIn() in effects
    assert TuneFirst() in effects


def test_a_box_nobody_let_in_yet_wakes_and_asks_whether_it_was_meanwhile():
    asleep, _ = after(State(screen=ScreenName.NOTICE, notice=Notice(title="notice.failed")), StandBy())
    state, effects = after(asleep, WakeUp())
    assert (state.screen, state.phase, state.notice) == (ScreenName.STARTING, Phase.SIGNING_IN, None)
    assert SignIn() in effects
    assert TuneFirst() not in effects
