"""Looking closer: at a film, a series, the days of a channel, what is on where the guide knows nothing.

Part of the step.
"""

from dataclasses import replace

from stb.app import settling
from stb.app.effects import AskAboutDay, AskShortGuide, LookClosely, SetAlarm
from stb.app.state import State, Step, Told
from stb.messages import (
    Alarm,
    AskDay,
    DayFailed,
    DayReady,
    DetailsFailed,
    DetailsReady,
    LookAt,
    RestOn,
    ScreenName,
    ShortGuideReady,
    ShowDay,
)
from stb.model import ChannelRef, FilmRef, SeriesRef
from stb.screens.view import DayTold

Looking = (
    LookAt | ShowDay | AskDay | RestOn | DetailsReady | DetailsFailed | ShortGuideReady | DayReady | DayFailed
)

REST_SECONDS = 0.5
"""The viewer stays with a channel for so long before its operator is asked what is on."""
ASK_SECONDS = 600.0
"""An operator is not asked about the same channel again before."""
ANSWER_SECONDS = 30.0
"""A question that was not answered for so long was lost (in stand-by), and the next one may be asked."""
_MOST_DETAILS = 8
_MOST_TOLD = 200
_MOST_DAYS = 30
"""What is kept of what operators said; more falls away, the oldest first."""


def look(state: State, message: Looking, now: float) -> Step:
    """Answer what concerns looking closer."""
    match message:
        case LookAt(ref):
            return _look_at(state, ref)
        case ShowDay(ref, at):
            return _show_day(replace(state, day_at=at), ref, now)
        case AskDay():
            return _ask_day(state, message)
        case DayReady(channel, begin, programmes):
            return _with_day(state, channel, begin, DayTold(programmes)), ()
        case DayFailed(channel, begin, why):
            return _with_day(state, channel, begin, DayTold(failure=why)), ()
        case RestOn(ref):
            return rest_on(state, ref)
        case DetailsReady(ref, details):
            known = {**{r: known for r, known in state.details.items() if r != ref}, ref: details}
            kept = dict(list(known.items())[-_MOST_DETAILS:])
            failure = None if ref == state.looked_at else state.details_failure
            return replace(state, details=kept, details_failure=failure), ()
        case DetailsFailed(ref, failure):
            return (replace(state, details_failure=failure) if ref == state.looked_at else state), ()
        case ShortGuideReady(channel, programmes):
            told = state.told.get(channel)
            asked_at = told.asked_at if told else now
            return replace(_telling(state, channel, Told(asked_at, programmes)), telling_at=None), ()


def rest_on(state: State, ref: ChannelRef) -> Step:
    """Ask what is on this channel, if the viewer stays with it."""
    return replace(state, resting=ref), (SetAlarm(Alarm.REST, REST_SECONDS),)


def resting(stepped: Step) -> Step:
    """The viewer has come to a channel where it is told what is on: the tuned one."""
    state, effects = stepped
    if state.live is None or state.screen not in (ScreenName.WATCHING, ScreenName.CHANNELS):
        return stepped
    state, asks = rest_on(state, state.live)
    return state, (*effects, *asks)


def rested(state: State, now: float) -> Step:
    """The viewer stayed: ask, one question at a time and not the same one over and over."""
    ref = state.resting
    told = state.told.get(ref) if ref else None
    if ref is None or (told is not None and now - told.asked_at < ASK_SECONDS):
        return state, ()
    if state.telling_at is not None and now - state.telling_at < ANSWER_SECONDS:
        return state, (SetAlarm(Alarm.REST, REST_SECONDS),)
    said = told.programmes if told else ()
    state = replace(_telling(state, ref, Told(now, said)), telling_at=now)
    return state, (AskShortGuide(ref),)


def _look_at(state: State, ref: FilmRef | SeriesRef) -> Step:
    came_from = state.screen if state.screen in (ScreenName.SEARCH, ScreenName.HISTORY) else None
    state = replace(state, looked_at=ref, details_from=came_from, details_failure=None)
    state, effects = settling.opened(state, ScreenName.DETAILS)
    found = next((one for one in state.sought.found if one.ref == ref), None) if state.sought else None
    return state, effects if ref in state.details else (*effects, LookClosely(ref, found))


def _show_day(state: State, ref: ChannelRef, now: float) -> Step:
    came_from = state.screen if state.screen is not ScreenName.DAY else state.day_from
    state = replace(state, day=ref, day_from=came_from, banner=False, news_since=None, resting=ref)
    said = {day: told for day, told in state.days.items() if told.programmes}
    state = replace(state, days=said)  # what was not said is asked anew
    state, opened = settling.opened(state, ScreenName.DAY)
    state, asked = rested(state, now)
    return state, (*opened, *asked)


def _ask_day(state: State, wish: AskDay) -> Step:
    """One question at a time: the day at which the viewer arrives is asked for when it is answered."""
    if any(told.asking for told in state.days.values()):
        return state, ()
    state = _with_day(state, wish.ref, wish.begin, DayTold())
    return state, (AskAboutDay(wish.ref, wish.begin, wish.end),)


def _with_day(state: State, ref: ChannelRef, begin: int, told: DayTold) -> State:
    others = {day: known for day, known in state.days.items() if day != (ref, begin)}
    return replace(state, days=dict(list({**others, (ref, begin): told}.items())[-_MOST_DAYS:]))


def _telling(state: State, ref: ChannelRef, told: Told) -> State:
    others = {channel: known for channel, known in state.told.items() if channel != ref}
    return replace(state, told=dict(list({**others, ref: told}.items())[-_MOST_TOLD:]))
