"""How the viewer sees and hears what is tuned: pause, shape, tracks, where sound goes. Part of the step."""

from dataclasses import replace

from stb.app.effects import (
    Choose,
    ChooseSound,
    ClearAlarm,
    Effect,
    KeepLanguages,
    Pause,
    SetAlarm,
    SetDelay,
    SetRate,
    SetShape,
)
from stb.app.state import State, Step
from stb.app.tuning import FROZEN_SECONDS, again, place
from stb.messages import (
    Alarm,
    ChooseTrack,
    DisplaysChanged,
    NextShape,
    PauseLive,
    ShowTracks,
    SoundChosen,
    WindowResized,
)
from stb.model import PlayerState, Shape, Track, TrackKind, Wanted

Viewing = PauseLive | NextShape | ShowTracks | ChooseTrack | DisplaysChanged | SoundChosen | WindowResized

LIVE_SECONDS = 10.0
"""After a longer pause the channel is tuned anew: servers drop who does not listen, and live is elsewhere."""
TRACKS_SECONDS = 8.0
"""A list of tracks that nobody touches goes by itself."""
TOAST_SECONDS = 3.0
DISPLAYS_SECONDS = 1.5
"""A TV that is switched on comes and goes a few times, and says last what it can hear."""

SHAPES = {
    Shape(): "shape.fit",
    Shape(zoom="fill"): "shape.fill",
    Shape(zoom="stretch"): "shape.stretch",
    Shape(aspect="16:9"): "shape.wide",
    Shape(aspect="4:3"): "shape.narrow",
}
"""In the order of the key ZOOM, with the message that names each."""


def see(state: State, message: Viewing, now: float) -> Step:
    """Answer what concerns seeing and hearing."""
    match message:
        case PauseLive(paused):
            return _pause(state, now) if paused else _go_on(state, now)
        case NextShape():
            return _next_shape(state)
        case ShowTracks(kind):
            return _show_tracks(state, kind)
        case ChooseTrack(kind, track):
            return _choose(state, kind, track)
        case DisplaysChanged():
            return state, (SetAlarm(Alarm.SOUND, DISPLAYS_SECONDS),)
        case WindowResized():
            return state, (SetShape(state.shape),)
        case SoundChosen(sound):
            return replace(state, sound=sound), ()


def choose_sound(state: State) -> ChooseSound:
    """See where sound is to go, as the viewer set it."""
    return ChooseSound(state.settings.sound.output, state.settings.sound.passthrough)


def set_anew(state: State, path: str) -> Step:
    """Act upon a setting of sound or picture that has changed."""
    match path:
        case "sound.delay_ms":
            return state, (SetDelay(state.settings.sound.delay_ms),)
        case "sound.output" | "sound.passthrough":
            return state, (choose_sound(state),)
        case "picture.aspect" | "picture.zoom":
            picture = state.settings.picture
            state = replace(state, shape=Shape(aspect=picture.aspect, zoom=picture.zoom))
            return state, (SetShape(state.shape),)
        case "picture.rate":
            return state, (SetRate(hertz(state.settings.picture.rate)),)
    return state, ()


def hertz(rate: str) -> int | None:
    """A rate of the settings as a number; None for what the TV likes best."""
    return int(rate) if rate.isdecimal() else None


def _pause(state: State, now: float) -> Step:
    if state.status.state is not PlayerState.PLAYING or not state.showing:
        return state, ()
    return replace(state, paused_at=now), (Pause(paused=True), ClearAlarm(Alarm.STALLED), *place(state))


def _go_on(state: State, now: float) -> Step:
    if state.retry_at is not None:
        return again(state)
    if state.paused_at is None:
        return state, ()
    if now - state.paused_at > LIVE_SECONDS and state.item is None:
        return again(state)
    return replace(state, paused_at=None), (
        Pause(paused=False),
        SetAlarm(Alarm.STALLED, FROZEN_SECONDS),
    )


def _next_shape(state: State) -> Step:
    shapes = list(SHAPES)
    at = shapes.index(state.shape) if state.shape in shapes else -1
    shape = shapes[(at + 1) % len(shapes)]
    return replace(state, shape=shape, toast=SHAPES[shape]), (
        SetShape(shape),
        SetAlarm(Alarm.TOAST, TOAST_SECONDS),
    )


def _show_tracks(state: State, kind: TrackKind | None) -> Step:
    if kind is None:
        return replace(state, choosing=None), (ClearAlarm(Alarm.TRACKS),)
    if not _offered(state, kind):
        toast = "tracks.no_audio" if kind is TrackKind.AUDIO else "tracks.no_subtitles"
        return replace(state, toast=toast, choosing=None), (SetAlarm(Alarm.TOAST, TOAST_SECONDS),)
    return replace(state, choosing=kind, banner=False), (
        SetAlarm(Alarm.TRACKS, TRACKS_SECONDS),
        ClearAlarm(Alarm.BANNER),
    )


def _choose(state: State, kind: TrackKind, track: int) -> Step:
    """Choose for what is watched, and by its language for all."""
    watched = state.watching
    if watched is None:
        return state, ()
    language = next((one.language for one in _offered(state, kind) if one.id == track), "")
    chosen = state.chosen.get(watched, Wanted())
    if kind is TrackKind.AUDIO:
        chosen = replace(chosen, audio=track)
        state = replace(state, audio_language=language or state.audio_language)
    else:
        chosen = replace(chosen, subtitle=track)
        state = replace(state, subtitle_language=language)
    effects: tuple[Effect, ...] = (
        Choose(kind, track),
        KeepLanguages(state.audio_language, state.subtitle_language),
        ClearAlarm(Alarm.TRACKS),
    )
    return replace(state, chosen={**state.chosen, watched: chosen}, choosing=None), effects


def _offered(state: State, kind: TrackKind) -> tuple[Track, ...]:
    return (state.status.audio if kind is TrackKind.AUDIO else state.status.subtitles).offered
