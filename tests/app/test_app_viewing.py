"""How the viewer sees and hears what is tuned, as values."""

from dataclasses import replace

import pytest

from stb.app.effects import (
    Choose,
    ChooseSound,
    ClearAlarm,
    KeepLanguages,
    KeepSetting,
    Pause,
    Play,
    Resolve,
    SetAlarm,
    SetDelay,
    SetRate,
    SetShape,
)
from stb.app.state import State
from stb.app.step import step
from stb.app.viewing import DISPLAYS_SECONDS, LIVE_SECONDS, SHAPES, TRACKS_SECONDS
from stb.messages import (
    Alarm,
    AlarmRang,
    ChangeSetting,
    ChooseTrack,
    DisplaysChanged,
    Message,
    NextShape,
    PauseLive,
    PlayerChanged,
    PlayerDied,
    ShowTracks,
    SoundChosen,
    StreamReady,
    Watch,
    WindowResized,
)
from stb.model import (
    OFF,
    ChannelId,
    ChannelRef,
    PlayerState,
    PlayerStatus,
    Shape,
    SoundOut,
    SourceId,
    Stream,
    Track,
    TrackKind,
    Tracks,
    Wanted,
)

ONE, TWO = (ChannelRef(SourceId("home"), ChannelId(name)) for name in ("1", "2"))
PLAYING = PlayerStatus(
    state=PlayerState.PLAYING,
    displayed=1,
    audio=Tracks(offered=(Track(id=257, language="eng"), Track(id=258, language="ara")), chosen=257),
    subtitles=Tracks(offered=(Track(id=300, language="fre"),)),
)
PAUSED = replace(PLAYING, state=PlayerState.PAUSED, displayed=2)


def after(state: State, *messages: Message, now: float = 100.0) -> tuple[State, list[object]]:
    effects: list[object] = []
    for message in messages:
        state, caused = step(state, message, now)
        effects += caused
    return state, effects


@pytest.fixture
def watching() -> State:
    state, _ = after(State(), Watch(ONE))
    return after(state, PlayerChanged(state.tune, PLAYING))[0]


def test_a_pause_holds_the_picture_and_nobody_calls_it_lost(watching: State) -> None:
    state, effects = after(watching, PauseLive(paused=True))
    assert effects == [Pause(paused=True), ClearAlarm(Alarm.STALLED)]
    _, effects = after(state, PlayerChanged(state.tune, PAUSED))
    assert effects == [ClearAlarm(Alarm.STALLED)]


def test_after_a_short_pause_it_goes_on(watching: State) -> None:
    state, _ = after(watching, PauseLive(paused=True))
    state, effects = after(state, PauseLive(paused=False), now=100 + LIVE_SECONDS)
    assert effects[0] == Pause(paused=False)
    assert (state.tune, state.paused_at) == (watching.tune, None)


def test_after_a_long_pause_it_is_live_again(watching: State) -> None:
    state, _ = after(watching, PauseLive(paused=True))
    state, effects = after(state, PauseLive(paused=False), now=101 + LIVE_SECONDS)
    assert Resolve(watching.tune + 1, ONE) in effects
    assert state.paused_at is None


def test_what_is_not_paused_cannot_go_on_and_what_does_not_play_cannot_be_paused(watching: State) -> None:
    assert after(watching, PauseLive(paused=False)) == (watching, [])
    assert after(State(), PauseLive(paused=True)) == (State(), [])


@pytest.mark.parametrize(
    "leaving", [Watch(TWO), PlayerDied("it stopped")], ids=["a zap", "the player's death"]
)
def test_a_pause_ends_with_the_picture(watching: State, leaving: Message) -> None:
    state, _ = after(watching, PauseLive(paused=True), leaving)
    assert state.paused_at is None


def test_zoom_goes_through_all_shapes_and_says_which(watching: State) -> None:
    seen = []
    state = watching
    for _ in SHAPES:
        state, effects = after(state, NextShape())
        assert SetShape(state.shape) in effects
        seen.append((state.shape, state.toast))
    assert seen == [*list(SHAPES.items())[1:], (Shape(), SHAPES[Shape()])]


def test_a_shape_from_the_settings_that_the_key_does_not_have_gives_way(watching: State) -> None:
    state, _ = after(replace(watching, shape=Shape(aspect="4:3", zoom="fill")), NextShape())
    assert state.shape == Shape()


def test_a_list_of_tracks_goes_by_itself(watching: State) -> None:
    state, effects = after(watching, ShowTracks(TrackKind.AUDIO))
    assert (state.choosing, state.banner) == (TrackKind.AUDIO, False)
    assert SetAlarm(Alarm.TRACKS, TRACKS_SECONDS) in effects
    assert after(state, AlarmRang(Alarm.TRACKS))[0].choosing is None


def test_where_there_is_nothing_to_choose_the_box_says_so() -> None:
    state, _ = after(State(watching=ONE), ShowTracks(TrackKind.SUBTITLES))
    assert (state.choosing, state.toast) == (None, "tracks.no_subtitles")


def test_a_chosen_language_holds_for_all_channels_and_for_the_next_start(watching: State) -> None:
    state, effects = after(watching, ShowTracks(TrackKind.AUDIO), ChooseTrack(TrackKind.AUDIO, 258))
    assert Choose(TrackKind.AUDIO, 258) in effects
    assert KeepLanguages("ara", "") in effects
    state, _ = after(state, Watch(TWO))
    stream = Stream(ref=TWO, address="http://operator.example/two")
    _, effects = after(state, StreamReady(state.tune, stream))
    assert effects == [Play(state.tune, stream, Wanted(audio_language="ara"))]


def test_a_chosen_track_is_there_again_when_the_channel_is(watching: State) -> None:
    state, _ = after(watching, ChooseTrack(TrackKind.SUBTITLES, 300), Watch(TWO), Watch(ONE))
    assert state.wanted == Wanted(subtitle_language="fre", subtitle=300)


def test_no_subtitles_are_a_choice_too(watching: State) -> None:
    state, effects = after(replace(watching, subtitle_language="fre"), ChooseTrack(TrackKind.SUBTITLES, OFF))
    assert KeepLanguages("", "") in effects
    assert state.wanted == Wanted(subtitle=OFF)


def test_a_track_without_a_language_does_not_change_what_the_viewer_likes(watching: State) -> None:
    nameless = replace(PLAYING, audio=Tracks(offered=(Track(id=1), Track(id=2)), chosen=1))
    state = replace(watching, audio_language="ara", status=nameless)
    state, effects = after(state, ChooseTrack(TrackKind.AUDIO, 2))
    assert KeepLanguages("ara", "") in effects
    assert state.wanted.audio == 2


def test_displays_may_flap_before_sound_is_sent_elsewhere(watching: State) -> None:
    _, effects = after(watching, DisplaysChanged(), DisplaysChanged())
    assert effects == [SetAlarm(Alarm.SOUND, DISPLAYS_SECONDS)] * 2
    _, effects = after(watching, AlarmRang(Alarm.SOUND))
    assert effects == [ChooseSound("auto", encoded=False)]


def test_where_sound_goes_is_known(watching: State) -> None:
    sound = SoundOut(name="hdmi1", device="sysdefault:CARD=vc4hdmi1")
    assert after(watching, SoundChosen(sound))[0].sound == sound


def test_a_display_of_another_size_has_the_picture_fill_it_anew(watching: State) -> None:
    state = replace(watching, shape=Shape(zoom="fill"))
    assert after(state, WindowResized())[1] == [SetShape(Shape(zoom="fill"))]


@pytest.mark.parametrize(
    ("path", "value", "effect"),
    [
        ("sound.delay_ms", 120, SetDelay(120)),
        ("sound.output", "jack", ChooseSound("jack", encoded=False)),
        ("sound.passthrough", True, ChooseSound("auto", encoded=True)),
        ("picture.zoom", "fill", SetShape(Shape(zoom="fill"))),
        ("picture.aspect", "4:3", SetShape(Shape(aspect="4:3"))),
        ("picture.rate", "50", SetRate(50)),
        ("picture.rate", "auto", SetRate(None)),
    ],
)
def test_settings_are_acted_upon_at_once(
    watching: State,
    path: str,
    value: str | int,
    effect: object,
) -> None:
    assert after(watching, ChangeSetting(path, value))[1] == [KeepSetting(path, value), effect]
