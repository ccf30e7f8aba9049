"""From a wish to a picture, and back to the picture when it is lost: the player's part of the step."""

from dataclasses import replace

from stb.app.effects import (
    ClearAlarm,
    Effect,
    Play,
    Remember,
    Resolve,
    SetAlarm,
    StopPlaying,
)
from stb.app.state import State, Step
from stb.messages import Alarm, ScreenName
from stb.model import ChannelRef, PlayerState, PlayerStatus, Stream

BANNER_SECONDS = 4.0
LADDER_SECONDS = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
"""Before the first, second, ... try after a loss (UX, zap and failure behaviour)."""
OPENING_SECONDS = 12.0
"""A stream that shows no picture for so long after it was asked for is lost."""
FROZEN_SECONDS = 8.0
"""A picture that stands still for so long is lost."""
SETTLED_SECONDS = 5.0
"""A channel watched for so long is where the next start begins."""


def watch(state: State, ref: ChannelRef, now: float) -> Step:
    """Tune a channel; the one that shows already only gets its banner."""
    state = replace(state, screen=ScreenName.WATCHING, digits="", banner=True, choosing=None)
    if ref == state.watching and state.showing:
        return replace(state, news_since=now), (
            ClearAlarm(Alarm.DIGITS),
            SetAlarm(Alarm.BANNER, BANNER_SECONDS),
        )
    previous = state.previous if ref == state.watching else state.watching
    state = replace(state, watching=ref, previous=previous, pressed_at=now, tuned=None, losses=0)
    state, effects = _open(replace(state, trouble="", news_since=None), ref)
    return state, (ClearAlarm(Alarm.DIGITS), ClearAlarm(Alarm.BANNER), *effects)


def swap_back(state: State, now: float) -> Step:
    """Tune the channel before this one."""
    return watch(state, state.previous, now) if state.previous else (state, ())


def again(state: State) -> Step:
    """Try a lost stream again; the operator is asked for a new link each time."""
    return _open(state, state.watching) if state.watching else (state, ())


def _open(state: State, ref: ChannelRef) -> Step:
    opening = PlayerStatus(state=PlayerState.OPENING)
    state = replace(state, tune=state.tune + 1, status=opening, showing=False, retry_at=None, paused_at=None)
    return state, (
        Resolve(state.tune, ref),
        ClearAlarm(Alarm.RECONNECT),
        ClearAlarm(Alarm.SETTLED),
        SetAlarm(Alarm.STALLED, OPENING_SECONDS),
    )


def ready(state: State, tune: int, stream: Stream) -> Step:
    """The operator gave a stream; for a channel that was left it comes too late."""
    return state, (Play(tune, stream, state.wanted),) if tune == state.tune else ()


def player_changed(state: State, status: PlayerStatus, now: float) -> Step:
    """How the stream goes, while it goes."""
    moved = _progress(status) > _progress(state.status)
    state = replace(state, status=status)
    if status.state is PlayerState.PLAYING and not state.showing:
        return _shown(state, now)
    if status.state is PlayerState.PAUSED:
        return state, (ClearAlarm(Alarm.STALLED),)
    return state, (SetAlarm(Alarm.STALLED, FROZEN_SECONDS),) if moved else ()


def _progress(status: PlayerStatus) -> tuple[int, int]:
    """What grows while a stream goes on: pictures, or sound where there never was one (radio)."""
    return status.displayed, 0 if status.displayed else status.heard


def _shown(state: State, now: float) -> Step:
    if state.tuned is None:
        state = replace(state, tuned=now - state.pressed_at, news_since=now)
    state = replace(state, showing=True, trouble="")
    return state, (
        SetAlarm(Alarm.BANNER, BANNER_SECONDS),
        SetAlarm(Alarm.STALLED, FROZEN_SECONDS),
        SetAlarm(Alarm.SETTLED, SETTLED_SECONDS),
    )


def settled(state: State) -> Step:
    """The viewer stayed."""
    effects = (Remember(state.watching),) if state.watching and state.showing else ()
    return replace(state, losses=0), effects


def lose(state: State, trouble: str, now: float) -> Step:
    """The picture is gone: say so, and climb the ladder. Late news of this try fall away."""
    if state.watching is None:
        return state, ()
    wait = LADDER_SECONDS[min(state.losses, len(LADDER_SECONDS) - 1)]
    state = replace(
        state,
        tune=state.tune + 1,
        showing=False,
        status=PlayerStatus(),
        trouble=trouble,
        losses=state.losses + 1,
        paused_at=None,
        retry_at=now + wait,
    )
    return state, (
        StopPlaying(),
        ClearAlarm(Alarm.STALLED),
        ClearAlarm(Alarm.SETTLED),
        SetAlarm(Alarm.RECONNECT, wait),
    )


def leave(state: State, screen: ScreenName) -> Step:
    """Stop watching for a screen that stands in the way."""
    effects: tuple[Effect, ...] = ()
    if state.watching is not None:
        effects = (
            StopPlaying(),
            *(ClearAlarm(a) for a in (Alarm.STALLED, Alarm.SETTLED, Alarm.RECONNECT, Alarm.BANNER)),
        )
    state = replace(
        state,
        screen=screen,
        tune=state.tune + 1,
        watching=None,
        status=PlayerStatus(),
        showing=False,
        trouble="",
        retry_at=None,
        paused_at=None,
        choosing=None,
        banner=False,
        news_since=None,
        digits="",
    )
    return state, effects
