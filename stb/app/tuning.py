"""From a wish to a picture, and back to the picture when it is lost: the player's part of the step."""

from collections.abc import Sequence
from dataclasses import replace

from stb.app.effects import (
    ClearAlarm,
    Effect,
    FindItem,
    Mark,
    NoteWatched,
    Play,
    Remember,
    Resolve,
    SetAlarm,
    StopPlaying,
)
from stb.app.state import State, Step
from stb.messages import Alarm, ScreenName, Watch
from stb.model import ChannelRef, PastRef, Playable, PlayerState, PlayerStatus, Programme, Stream, Work

BANNER_SECONDS = 4.0
LADDER_SECONDS = (0.5, 1.0, 2.0, 4.0, 8.0, 15.0)
"""Before the first, second, ... try after a loss (UX, zap and failure behaviour)."""
OPENING_SECONDS = 12.0
"""A stream that shows no picture for so long after it was asked for is lost."""
FROZEN_SECONDS = 8.0
"""A picture that stands still for so long is lost."""
SETTLED_SECONDS = 5.0
"""A channel watched for so long is where the next start begins."""
WATCHED_SECONDS = 30.0
"""What was watched for so long is found again among what was watched lately."""
MARK_SECONDS = 180.0
"""Between two times that the place in what lasts is written down."""
MINUTE = 60.0
"""What archives count in."""
WORTH_MARKING = 10.0
"""Who leaves within so many seconds of the beginning begins there again."""
_WHILE_WATCHING = (
    *(Alarm.STALLED, Alarm.SETTLED, Alarm.WATCHED, Alarm.RECONNECT, Alarm.BANNER),
    *(Alarm.MARK, Alarm.NEXT, Alarm.SEEK),
)
_UNCHOSEN = (ScreenName.WATCHING, ScreenName.STARTING, ScreenName.NOTICE, ScreenName.STANDBY)
"""Screens on which nobody chooses what to watch: what they lead to was chosen elsewhere."""


def watch(state: State, wish: Watch, now: float) -> Step:
    """Tune a channel, or play what lasts; the channel that shows already only gets its banner."""
    live = isinstance(wish.ref, ChannelRef)
    if wish.item is None and not live:
        return state, (FindItem(wish),)
    origin = state.origin if live or state.screen in _UNCHOSEN else state.screen
    state = replace(state, screen=ScreenName.WATCHING, origin=origin, digits="", banner=True, choosing=None)
    if live and wish.ref == state.watching and state.showing:
        return replace(state, news_since=now), (
            ClearAlarm(Alarm.DIGITS),
            SetAlarm(Alarm.BANNER, BANNER_SECONDS),
        )
    left, watched = place(state), state.watching
    state = replace(
        _tuned_to(state, wish), item=wish.item, at=wish.at, then=wish.then, next_at=None, winding=None
    )
    state = replace(state, pressed_at=now, tuned=None, losses=0, trouble="", news_since=None)
    if wish.ref != watched:
        state = replace(state, clips=0)
    state, effects = _open(state, wish.ref)
    return state, (*left, ClearAlarm(Alarm.DIGITS), ClearAlarm(Alarm.BANNER), *effects)


def _tuned_to(state: State, wish: Watch) -> State:
    """What plays is no channel to come back to, unless it is one."""
    if isinstance(wish.ref, ChannelRef) and wish.ref != state.live:
        before = state.live or state.previous
        state = replace(state, live=wish.ref, previous=before if before != wish.ref else None)
    return replace(state, watching=wish.ref)


def wish_again(state: State) -> Watch | None:
    """What is watched, as a wish to go on with it where it is."""
    return Watch(state.watching, state.at, state.item, state.then) if state.watching else None


def place(state: State) -> tuple[Effect, ...]:
    """Write down how far what lasts has been watched, where there is anything to go on with."""
    ref = state.watching
    if ref is None or isinstance(ref, ChannelRef) or state.next_at is not None or state.at < WORTH_MARKING:
        return ()
    return (Mark(ref, state.at, state.duration),)


def swap_back(state: State, now: float) -> Step:
    """Tune the channel before this one; from what lasts, the one before that."""
    back = state.previous if isinstance(state.watching, ChannelRef) else state.live
    return watch(state, Watch(back), now) if back else (state, ())


def again(state: State) -> Step:
    """Try a lost stream again; the operator is asked for a new link each time."""
    return _open(state, state.watching) if state.watching else (state, ())


def _open(state: State, ref: Playable) -> Step:
    opening = PlayerStatus(state=PlayerState.OPENING)
    state = replace(state, tune=state.tune + 1, status=opening, showing=False, retry_at=None, paused_at=None)
    state = replace(state, refused=0, begun=state.at // MINUTE * MINUTE if state.in_parts else 0.0)
    return state, (
        Resolve(state.tune, ref, _from_there(state.item, state.begun)),
        *(ClearAlarm(each) for each in (Alarm.RECONNECT, Alarm.SETTLED, Alarm.MARK, Alarm.NEXT, Alarm.SEEK)),
        SetAlarm(Alarm.STALLED, OPENING_SECONDS),
    )


def _from_there(item: Work | None, seconds: float) -> Work | None:
    """What is left of a programme after so many seconds."""
    return item._replace(start=item.start + int(seconds)) if isinstance(item, Programme) else item


def ready(state: State, tune: int, stream: Stream) -> Step:
    """The operator gave a stream; for what was left it comes too late."""
    if tune != state.tune:
        return state, ()
    there = state.begun if state.in_parts else state.at
    state = replace(state, begun=state.begun + stream.begins)
    return state, (Play(tune, stream, state.wanted, max(0.0, there - state.begun)),)


def player_changed(state: State, status: PlayerStatus, now: float) -> Step:
    """How the stream goes, while it goes."""
    moved = _progress(status) > _progress(state.status)
    state = replace(state, status=status, at=_reached(state, status))
    if status.state is PlayerState.PLAYING and not state.showing:
        return _shown(state, now)
    if status.state is PlayerState.PAUSED:
        return state, (ClearAlarm(Alarm.STALLED),)
    return state, (SetAlarm(Alarm.STALLED, FROZEN_SECONDS),) if moved else ()


def _reached(state: State, status: PlayerStatus) -> float:
    """How far what lasts has been played; before its picture is there nothing is known."""
    live = isinstance(state.watching, ChannelRef)
    if live or not state.showing or not status.position:
        return state.at
    return max(0.0, state.begun + status.position)


def _progress(status: PlayerStatus) -> tuple[int, int]:
    """What grows while a stream goes on: pictures, or sound where there never was one (radio)."""
    return status.displayed, 0 if status.displayed else status.heard


def _shown(state: State, now: float) -> Step:
    if state.tuned is None:
        state = replace(state, tuned=now - state.pressed_at, news_since=now)
    state = replace(state, showing=True, shown_at=now, trouble="")
    return state, (
        SetAlarm(Alarm.BANNER, BANNER_SECONDS),
        SetAlarm(Alarm.STALLED, FROZEN_SECONDS),
        SetAlarm(Alarm.SETTLED, SETTLED_SECONDS),
        SetAlarm(Alarm.WATCHED, WATCHED_SECONDS),
        *(() if isinstance(state.watching, ChannelRef) else (SetAlarm(Alarm.MARK, MARK_SECONDS),)),
    )


def settled(state: State) -> Step:
    """The viewer stayed."""
    channel = state.watching if isinstance(state.watching, ChannelRef) and state.showing else None
    return replace(state, losses=0), (Remember(channel, state.previous),) if channel else ()


def watched(state: State) -> Step:
    """It is watched, not only tried. What was on a channel is found in the guide again."""
    ref = state.watching
    if ref is None or isinstance(ref, PastRef) or not state.showing:
        return state, ()
    return state, (NoteWatched(ref, state.item),)


def lose(state: State, trouble: str, now: float, waits: Sequence[float] = LADDER_SECONDS) -> Step:
    """The picture is gone: say so, and climb the ladder. Late news of this try fall away."""
    if state.watching is None:
        return state, ()
    wait = waits[min(state.losses, len(waits) - 1)]
    state = replace(
        state,
        tune=state.tune + 1,
        showing=False,
        status=PlayerStatus(),
        trouble=trouble,
        losses=state.losses + 1,
        paused_at=None,
        winding=None,
        retry_at=now + wait,
    )
    return state, (
        StopPlaying(),
        *(ClearAlarm(each) for each in (Alarm.STALLED, Alarm.SETTLED, Alarm.MARK, Alarm.SEEK)),
        SetAlarm(Alarm.RECONNECT, wait),
    )


def leave(state: State, screen: ScreenName) -> Step:
    """Stop watching, for a screen that stands in the way or that the viewer goes back to."""
    effects: tuple[Effect, ...] = ()
    if state.watching is not None:
        effects = (*place(state), StopPlaying(), *(ClearAlarm(each) for each in _WHILE_WATCHING))
    state = replace(
        state,
        screen=screen,
        tune=state.tune + 1,
        watching=None,
        item=None,
        at=0.0,
        then=(),
        next_at=None,
        winding=None,
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
