"""Why there is no picture, as values: clips played to those who are refused, and servers that say no."""

import pytest

from stb.app.effects import Resolve, SetAlarm, SignIn
from stb.app.losing import CLIP_SECONDS, CLIP_WAITS, LONGEST_WAIT, REFUSED_WAITS
from stb.app.state import State
from stb.app.step import step
from stb.app.tuning import LADDER_SECONDS
from stb.messages import Alarm, AlarmRang, NetworkCame, PlayerChanged, SignInFailed, StreamRefused, Watch
from stb.model import ChannelId, ChannelRef, Failure, PlayerState, PlayerStatus, SourceId

ONE, TWO = (ChannelRef(SourceId("home"), ChannelId(name)) for name in ("1", "2"))


def told(state: State, kind: PlayerState, **more: object) -> PlayerChanged:
    return PlayerChanged(state.tune, PlayerStatus(state=kind, **({"displayed": 2} | more)))  # type: ignore[arg-type]


def plays_for(state: State, seconds: float, **end: object) -> tuple[State, set[object]]:
    """The channel is opened again, shows its picture, and ends after so many seconds."""
    state, _ = step(state, AlarmRang(Alarm.RECONNECT), 100.0)
    state, _ = step(state, told(state, PlayerState.PLAYING), 100.0)
    if seconds >= 5:
        state, _ = step(state, AlarmRang(Alarm.SETTLED), 105.0)
    state, effects = step(state, told(state, PlayerState.ENDED, **end), 100.0 + seconds)
    return state, set(effects)


@pytest.fixture
def tuned() -> State:
    return step(State(), Watch(ONE), 100.0)[0]


def test_one_short_end_may_be_bad_luck(tuned: State) -> None:
    state, effects = plays_for(tuned, 10)
    assert state.trouble == "watching.retrying"
    assert SetAlarm(Alarm.RECONNECT, LADDER_SECONDS[0]) in effects


def test_twice_is_a_refusal_that_is_said_and_not_hammered(tuned: State) -> None:
    state, _ = plays_for(tuned, 10)
    waits = []
    for _ in range(len(CLIP_WAITS) + 1):
        state, effects = plays_for(state, 10)
        assert state.trouble == "watching.clip"
        assert SignIn() in effects or state.asking
        waits += [
            effect.seconds
            for effect in effects
            if isinstance(effect, SetAlarm) and effect.alarm is Alarm.RECONNECT
        ]
    assert waits == [*CLIP_WAITS, CLIP_WAITS[-1]]


def test_a_clip_may_say_how_long_it_is(tuned: State) -> None:
    state, _ = plays_for(tuned, 31, duration=30.0)
    assert plays_for(state, 31, duration=30.0)[0].trouble == "watching.clip"


def test_a_channel_that_played_for_a_while_was_none(tuned: State) -> None:
    state, _ = plays_for(tuned, 10)
    state, _ = plays_for(state, CLIP_SECONDS + 1)
    assert plays_for(state, 10)[0].trouble == "watching.retrying"


def test_another_channel_begins_anew(tuned: State) -> None:
    state, _ = plays_for(tuned, 10)
    state, _ = step(state, Watch(TWO), 120.0)
    assert plays_for(state, 10)[0].trouble == "watching.retrying"


def test_whoever_tries_at_once_is_told_again_when_it_happens_again(tuned: State) -> None:
    state, _ = plays_for(plays_for(tuned, 10)[0], 10)
    state, _ = step(state, Watch(ONE), 130.0)
    assert plays_for(state, 10)[0].trouble == "watching.clip"


def test_a_server_that_refuses_is_told_with_its_status_and_the_operator_is_asked(tuned: State) -> None:
    state, effects = step(tuned, told(tuned, PlayerState.FAILED, refused=456), 101.0)
    assert (state.trouble, state.refused) == ("watching.refused_with", 456)
    assert SignIn() in effects


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        pytest.param(0, LADDER_SECONDS[0], id="does not say when"),
        pytest.param(45, 45.0, id="says when"),
        pytest.param(999_999, LONGEST_WAIT, id="says never"),
    ],
)
def test_who_refuses_may_say_when_to_ask_again(tuned: State, said: int, wait: float) -> None:
    state, effects = step(tuned, told(tuned, PlayerState.FAILED, refused=429, retry_after=said), 101.0)
    assert SetAlarm(Alarm.RECONNECT, wait) in effects
    assert state.retry_at == 101.0 + wait


def test_a_channel_that_is_not_sent_now_is_off_the_air(tuned: State) -> None:
    state, effects = step(tuned, told(tuned, PlayerState.FAILED, refused=503), 101.0)
    assert (state.trouble, state.refused) == ("watching.off_air", 503)
    assert SignIn() in effects


def test_an_address_that_is_not_on_the_network_is_said_and_not_hammered(tuned: State) -> None:
    state, effects = tuned, ()
    for _ in range(len(REFUSED_WAITS)):
        state, effects = step(state, told(state, PlayerState.FAILED, astray="file"), 101.0)
        assert state.trouble == "watching.astray"
    assert SetAlarm(Alarm.RECONNECT, REFUSED_WAITS[-1]) in effects


def test_an_operator_that_gives_no_stream_is_told(tuned: State) -> None:
    failure = Failure(kind="ServerFault", advice="error.server_fault", status=503)
    state, _ = step(tuned, StreamRefused(tuned.tune, failure), 101.0)
    assert (state.trouble, state.refused) == ("watching.refused", 503)


def test_when_a_network_comes_the_channel_is_tried_at_once(tuned: State) -> None:
    lost, _ = step(tuned, AlarmRang(Alarm.STALLED), 112.0)
    state, effects = step(lost, NetworkCame(), 113.0)
    assert Resolve(state.tune, ONE) in effects
    assert (state.losses, state.retry_at) == (0, None)


def test_when_a_network_comes_an_operator_that_was_not_reached_is_asked_at_once(tuned: State) -> None:
    failure = Failure(kind="Unreachable", advice="error.unreachable")
    state, _ = step(tuned, SignInFailed(SourceId("home"), failure), 112.0)
    state, effects = step(state, NetworkCame(), 113.0)
    assert SignIn() in effects
    assert state.failures == 0


def test_a_network_that_comes_is_no_reason_to_ask_again_for_what_was_refused(tuned: State) -> None:
    lost, _ = step(tuned, told(tuned, PlayerState.FAILED, refused=403), 112.0)
    assert step(lost, NetworkCame(), 113.0) == (lost, ())


def test_a_picture_goes_on_when_another_network_comes(tuned: State) -> None:
    shown, _ = step(tuned, told(tuned, PlayerState.PLAYING), 101.0)
    assert step(shown, NetworkCame(), 113.0) == (shown, ())
