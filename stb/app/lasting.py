"""Films, episodes and what was on: winding, their end, and the way back from them. Part of the step."""

import math
from dataclasses import replace

from stb.app.effects import ClearAlarm, FollowOn, Mark, SetAlarm, StopPlaying, Wind
from stb.app.state import State, Step
from stb.app.tuning import BANNER_SECONDS, MARK_SECONDS, MINUTE, OPENING_SECONDS, again, leave, place, watch
from stb.app.viewing import see
from stb.messages import Alarm, ItemGone, Leave, PauseLive, PlayNext, ScreenName, Seek, Watch
from stb.model import ChannelRef, PastRef, PlayerState, PlayerStatus, Programme

Wishes = Seek | PlayNext | Leave | ItemGone

SEEK_SECONDS = 0.4
"""Who presses no key for so long has stopped winding."""
NEXT_SECONDS = 10.0
"""So long the next episode is offered before it begins by itself."""
END_SECONDS = 20.0
"""What ends within so many seconds of its end is over; what ends before was cut off."""
BEFORE_THE_END = 5.0
"""Nobody winds past so many seconds before the end."""
TOAST_SECONDS = 3.0


def last(state: State, message: Wishes, now: float) -> Step:
    """Answer what concerns only what lasts."""
    match message:
        case Seek():
            return _wind(state, message)
        case PlayNext():
            return play_next(state, now)
        case Leave():
            return leave(state, state.origin) if _lasts(state) else (state, ())
        case ItemGone():
            return gone(state)


def behind(state: State, screen: ScreenName, now: float) -> Step:
    """Behind a menu what lasts is held, and goes on when the viewer comes back to it."""
    if not _lasts(state):
        return state, ()
    away = screen is not ScreenName.WATCHING
    if away and state.next_at is not None:
        return leave(state, state.screen)
    return see(state, PauseLive(paused=away), now)


def _lasts(state: State) -> bool:
    return state.watching is not None and not isinstance(state.watching, ChannelRef)


def gone(state: State) -> Step:
    """What was to be played is not there any more: say so, where the viewer chose it."""
    state, effects = leave(state, state.origin) if _lasts(state) else (state, ())
    return replace(state, toast="watching.gone"), (*effects, SetAlarm(Alarm.TOAST, TOAST_SECONDS))


def _wind(state: State, wish: Seek) -> Step:
    """Move the mark on the bar; the stream follows when the viewer has stopped."""
    if not _lasts(state) or not state.showing:
        return state, ()
    if not state.status.seekable and not state.in_parts:
        return replace(state, toast="watching.no_winding"), (SetAlarm(Alarm.TOAST, TOAST_SECONDS),)
    by = math.copysign(max(abs(wish.by), MINUTE), wish.by) if _asked_for_anew(state) else wish.by
    to = (state.at if state.winding is None else state.winding) + by
    if state.duration:
        to = min(to, state.duration - BEFORE_THE_END)
    to = max(0.0, to if wish.there is None else min(to, wish.there))
    return replace(state, winding=to, banner=True), (
        SetAlarm(Alarm.SEEK, SEEK_SECONDS),
        SetAlarm(Alarm.BANNER, BANNER_SECONDS),
    )


def wound(state: State) -> Step:
    """The viewer has stopped winding: go there."""
    to = state.winding
    if to is None or not state.showing:
        return state, ()
    state = replace(state, winding=None, at=to)
    if _asked_for_anew(state) or to < state.begun:
        return again(replace(state, at=round(to / MINUTE) * MINUTE))
    paused = state.status.state is PlayerState.PAUSED
    return state, (Wind(to - state.begun), *(() if paused else (SetAlarm(Alarm.STALLED, OPENING_SECONDS),)))


def _asked_for_anew(state: State) -> bool:
    """An archive's stream cannot be wound itself, but the archive be asked for another minute."""
    return state.in_parts and not (state.status.seekable and state.status.duration)


def mark(state: State) -> Step:
    """Now and then, so that not even a power cut loses the place."""
    again = (SetAlarm(Alarm.MARK, MARK_SECONDS),) if _lasts(state) and state.showing else ()
    return state, (*place(state), *again)


def is_over(state: State) -> bool:
    """Whether a stream that ended has come to its end, and was not cut off.

    A length that is only guessed may be wrong: what ends twice before it is over too.
    """
    if not _lasts(state):
        return False
    end = state.duration
    return not end or state.at >= end - END_SECONDS or state.losses > 1


def over(state: State, now: float) -> Step:
    """It was seen to its end: the next episode is offered, or the viewer goes back to where they chose it."""
    ref, end = state.watching, state.duration or state.at
    if ref is None or isinstance(ref, ChannelRef):
        return state, ()
    seen = Mark(ref, end, end)
    if not state.then:
        after = _after(state)
        state, effects = leave(replace(state, at=0.0), state.origin)
        return state, (seen, *effects, *after)
    idle = PlayerStatus()
    state = replace(state, tune=state.tune + 1, status=idle, showing=False, next_at=now + NEXT_SECONDS)
    return replace(state, screen=ScreenName.WATCHING, at=0.0, winding=None, choosing=None), (
        seen,
        StopPlaying(),
        *(ClearAlarm(each) for each in (Alarm.STALLED, Alarm.SETTLED, Alarm.MARK, Alarm.SEEK)),
        SetAlarm(Alarm.NEXT, NEXT_SECONDS),
    )


def _after(state: State) -> tuple[FollowOn, ...]:
    """What came after a programme, where its operator wants that to follow."""
    ref, item = state.watching, state.item
    if not (isinstance(ref, PastRef) and isinstance(item, Programme) and item.stop):
        return ()
    if state.account is None or not state.account.archive_goes_on:
        return ()
    said = [told.programmes or () for (channel, _), told in state.days.items() if channel == ref.channel]
    later = sorted((one for day in said for one in day if one.start >= (item.stop or 0)), key=_start)
    return (FollowOn(ref.channel, item.stop, next(iter(later), None)),)


def _start(programme: Programme) -> int:
    return programme.start


def play_next(state: State, now: float) -> Step:
    """The episode that follows, from its beginning."""
    if not state.then:
        return state, ()
    episode, *then = state.then
    return watch(state, Watch(episode.ref, 0.0, episode, tuple(then)), now)
