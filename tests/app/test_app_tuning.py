"""From a wish to a picture, as values."""

from dataclasses import replace

import pytest

from stb.app.effects import (
    ClearAlarm,
    KeepVolume,
    Play,
    Remember,
    Resolve,
    SetAlarm,
    SetVolume,
    StopPlaying,
    TuneNumber,
)
from stb.app.looking import REST_SECONDS
from stb.app.state import Phase, State
from stb.app.step import step
from stb.app.tuning import BANNER_SECONDS, LADDER_SECONDS
from stb.messages import (
    Alarm,
    AlarmRang,
    ChangeVolume,
    Message,
    NothingToWatch,
    NumberUnknown,
    Open,
    PlayerChanged,
    PlayerDied,
    ScreenName,
    ShowBanner,
    StreamReady,
    SwapBack,
    ToggleMute,
    TypeDigits,
    Watch,
)
from stb.model import ChannelId, ChannelRef, PlayerState, PlayerStatus, SourceId, Stream

SOURCE = SourceId("home")
ONE, TWO = (ChannelRef(SOURCE, ChannelId(name)) for name in ("1", "2"))


def stream(ref: ChannelRef) -> Stream:
    return Stream(ref=ref, address="http://operator.example/live")


def playing(tune: int, displayed: int = 1) -> PlayerChanged:
    return PlayerChanged(tune, PlayerStatus(state=PlayerState.PLAYING, displayed=displayed))


def over(tune: int, state: PlayerState = PlayerState.ENDED) -> PlayerChanged:
    return PlayerChanged(tune, PlayerStatus(state=state))


def after(state: State, *messages: Message, now: float = 100.0) -> tuple[State, list[object]]:
    effects: list[object] = []
    for message in messages:
        state, caused = step(state, message, now)
        effects += caused
    return state, effects


def watching(ref: ChannelRef = ONE) -> State:
    state, _ = after(State(), Watch(ref))
    return after(state, playing(state.tune))[0]


def test_a_zap_resolves_plays_and_measures_the_time_to_the_picture() -> None:
    state, effects = after(State(), Watch(ONE))
    assert (state.phase, state.banner) == (Phase.TUNING, True)
    assert Resolve(state.tune, ONE) in effects
    state, effects = after(state, StreamReady(state.tune, stream(ONE)))
    assert effects == [Play(state.tune, stream(ONE))]
    state, effects = after(state, playing(state.tune), now=100.31)
    assert state.phase is Phase.WATCHING
    assert state.tuned == pytest.approx(0.31)
    assert SetAlarm(Alarm.BANNER, BANNER_SECONDS) in effects


def test_a_stream_of_a_channel_that_was_left_falls_away() -> None:
    first, _ = after(State(), Watch(ONE))
    second, _ = after(first, Watch(TWO))
    state, effects = after(second, StreamReady(first.tune, stream(ONE)), playing(first.tune))
    assert (state, effects) == (second, [])


def test_last_swaps_between_two_channels() -> None:
    state, _ = after(watching(ONE), Watch(TWO), SwapBack())
    assert (state.watching, state.previous) == (ONE, TWO)
    assert after(state, SwapBack())[0].watching == TWO


def test_last_without_a_channel_before_does_nothing() -> None:
    assert after(watching(), SwapBack()) == (watching(), [])


def test_the_channel_that_shows_is_not_tuned_again() -> None:
    state, effects = after(watching(ONE), Watch(ONE))
    assert state.banner
    assert not [effect for effect in effects if isinstance(effect, Resolve)]


def test_a_lost_stream_climbs_the_ladder_and_asks_for_a_new_link_each_time() -> None:
    state, waits, links = watching(), [], 0
    for _ in range(len(LADDER_SECONDS) + 1):
        state, effects = after(state, over(state.tune))
        waits += [e.seconds for e in effects if isinstance(e, SetAlarm) and e.alarm is Alarm.RECONNECT]
        assert state.phase is Phase.TUNING
        state, effects = after(state, AlarmRang(Alarm.RECONNECT))
        links += sum(isinstance(effect, Resolve) for effect in effects)
    assert waits == [*LADDER_SECONDS, LADDER_SECONDS[-1]]
    assert links == len(waits)


def test_the_ladder_begins_anew_once_the_picture_stayed() -> None:
    state, _ = after(watching(), over(1))
    state, _ = after(state, AlarmRang(Alarm.RECONNECT))
    state, effects = after(state, playing(state.tune), AlarmRang(Alarm.SETTLED))
    assert state.losses == 0
    assert Remember(ONE) in effects


@pytest.mark.parametrize(
    "loss",
    [
        pytest.param(over(1), id="the stream ended"),
        pytest.param(over(1, PlayerState.FAILED), id="the stream failed"),
        pytest.param(PlayerDied("killed"), id="the player died"),
        pytest.param(AlarmRang(Alarm.STALLED), id="the picture stands still"),
    ],
)
def test_every_loss_is_said_and_repaired(loss: Message) -> None:
    state, effects = after(watching(), loss)
    assert state.trouble == "watching.retrying"
    assert {StopPlaying(), SetAlarm(Alarm.RECONNECT, LADDER_SECONDS[0])} <= set(effects)
    state, _ = after(state, AlarmRang(Alarm.RECONNECT))
    state, _ = after(state, playing(state.tune))
    assert (state.phase, state.trouble) == (Phase.WATCHING, "")


def test_a_zap_leaves_a_lost_channel_behind() -> None:
    state, _ = after(watching(), over(1))
    state, effects = after(state, Watch(TWO))
    assert (state.trouble, state.retry_at) == ("", None)
    assert ClearAlarm(Alarm.RECONNECT) in effects


def test_the_zap_time_is_of_the_zap_not_of_a_reconnect() -> None:
    before = watching()
    state, _ = after(before, over(1), AlarmRang(Alarm.RECONNECT))
    assert after(state, playing(state.tune), now=500.0)[0].tuned == before.tuned


def test_a_picture_that_moves_winds_up_the_watch_over_it_again() -> None:
    assert after(watching(), playing(1, displayed=30))[1] == [SetAlarm(Alarm.STALLED, 8.0)]
    assert after(watching(), playing(1, displayed=1))[1] == []


def test_a_typed_number_is_shown_and_tuned_when_nothing_follows() -> None:
    state, effects = after(watching(), TypeDigits("1"))
    assert (state.digits, effects) == ("1", [SetAlarm(Alarm.DIGITS, 1.5)])
    state, effects = after(state, AlarmRang(Alarm.DIGITS))
    assert (state.digits, effects) == ("", [TuneNumber("1")])


def test_a_number_without_a_channel_is_said() -> None:
    state, _ = after(watching(), NumberUnknown("99"))
    assert (state.toast, state.toast_number) == ("watching.no_number", "99")
    assert after(state, AlarmRang(Alarm.TOAST))[0].toast == ""


def test_an_operator_without_channels_leads_to_the_empty_list() -> None:
    assert after(State(), NothingToWatch())[0].phase is Phase.BROWSING


def test_the_list_opens_over_the_running_picture_and_closes_again() -> None:
    state, effects = after(watching(), Open(ScreenName.CHANNELS))
    assert (state.phase, effects) == (Phase.BROWSING, [SetAlarm(Alarm.REST, REST_SECONDS)])
    assert after(state, Open(ScreenName.WATCHING))[0].phase is Phase.WATCHING


def test_there_is_no_way_to_a_picture_that_is_not_there() -> None:
    state = State(screen=ScreenName.CHANNELS)
    assert after(state, Open(ScreenName.WATCHING)) == (state, [])


@pytest.mark.parametrize(
    ("volume", "by", "then"),
    [
        pytest.param(50, 5, 55, id="louder"),
        pytest.param(98, 5, 100, id="not louder than all"),
        pytest.param(3, -5, 0, id="not quieter than nothing"),
    ],
)
def test_volume(volume: int, by: int, then: int) -> None:
    state, effects = after(replace(watching(), volume=volume), ChangeVolume(by))
    assert (state.volume, state.volume_shown) == (then, True)
    assert SetVolume(then, muted=False) in effects
    state, effects = after(state, AlarmRang(Alarm.VOLUME))
    assert (state.volume_shown, effects) == (False, [KeepVolume(then, muted=False)])


def test_mute_keeps_the_volume_and_louder_ends_it() -> None:
    state, effects = after(replace(watching(), volume=40), ToggleMute())
    assert SetVolume(40, muted=True) in effects
    assert after(state, ChangeVolume(5))[0].muted is False


def test_the_banner_goes_by_itself() -> None:
    state, effects = after(watching(), ShowBanner(shown=True))
    assert SetAlarm(Alarm.BANNER, BANNER_SECONDS) in effects
    assert after(state, AlarmRang(Alarm.BANNER))[0].banner is False


def test_radio_is_not_lost_for_want_of_pictures() -> None:
    heard = [
        PlayerChanged(1, PlayerStatus(state=PlayerState.PLAYING, heard=blocks)) for blocks in (1, 40, 40)
    ]
    state, effects = after(after(State(), Watch(ONE))[0], heard[0], heard[1])
    assert effects[-1] == SetAlarm(Alarm.STALLED, 8.0)
    assert after(state, heard[2])[1] == []
