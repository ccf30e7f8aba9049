"""When what an operator offers is read again: the refresh's part of the step.

A part is due when it has become as old as the settings let it, or was never read. What could not be read is
tried again after a while, and ever later. Nothing is read while something is being read.
"""

from collections.abc import Mapping
from dataclasses import replace

from stb.app.effects import ReadParts, SetAlarm
from stb.app.state import Progress, State, Step
from stb.messages import (
    Alarm,
    ChangeSetting,
    Message,
    Part,
    PartFailed,
    PartProgressed,
    PartRefreshed,
    PartsAged,
    RefreshFailed,
    ScreenName,
    SignedIn,
    SourceRefreshed,
)
from stb.model import AccountStatus

_SERVED = (AccountStatus.ACTIVE, AccountStatus.EXPIRED)
"""What the operator says of a device that it gives lists."""
AGAIN_SECONDS = (15 * 60.0, 30 * 60.0, 3600.0, 2 * 3600.0, 6 * 3600.0)
"""After the first, second, ... time in a row that a part could not be read."""
CARD = frozenset({"DiskFull", "DiskReadOnly"})
"""Kinds of failures that are not the operator's."""
STOPPED = "Stopped"
"""Kind of the failure that is the viewer's own wish."""
CARD_SECONDS = 10.0
ASLEEP_SECONDS = 12 * 3600.0
"""In stand-by a part becomes so old at the least: read twice a day, the guide is there on waking."""


def followed(stepped: Step, message: Message, now: float) -> Step:
    """Keep count of what was read, after the step that a message made anyway."""
    state, effects = stepped
    match message:
        case PartsAged(ages=ages):
            state = aged(state, ages, now)
        case SourceRefreshed(channels=count):
            state = _read(state, Part.LISTS, count, now)
        case PartRefreshed(part=part, count=count):
            state = _read(state, part, count, now)
        case RefreshFailed(failure=failure):
            state, told = _not_read(state, Part.LISTS, failure.kind, now)
            effects = (*effects, *told)
        case PartFailed(part=part, failure=failure):
            state, told = _not_read(state, part, failure.kind, now)
            effects = (*effects, *told)
        case PartProgressed(part=part, share=share):
            return _with(state, part, replace(_of(state, part), share=share)), effects
        case SignedIn() | ChangeSetting():
            pass
        case _:
            return stepped
    state, more = plan(state, now)
    return state, (*effects, *more)


def aged(state: State, ages: Mapping[Part, float], now: float) -> State:
    """So many seconds ago parts were read."""
    parts = {part: replace(_of(state, part), read_at=now - age) for part, age in ages.items()}
    return replace(state, parts={**state.parts, **parts})


def _read(state: State, part: Part, count: int, now: float) -> State:
    """A part is as the operator has it."""
    return _with(state, part, Progress(read_at=now, count=count))


def _not_read(state: State, part: Part, why: str, now: float) -> Step:
    """A part could not be read; the old one stands. Of a card that takes nothing the viewer is told, once."""
    was = _of(state, part)
    failures = len(AGAIN_SECONDS) if why == STOPPED else was.failures + 1  # the viewer does not want it soon
    failed = replace(was, tried_at=now, failures=failures, failure=why, reading=False, share=None)
    state = _with(state, part, failed)
    if why not in CARD or was.failure in CARD or state.screen is ScreenName.NOTICE:
        return state, ()
    return replace(state, toast="channels.card"), (SetAlarm(Alarm.TOAST, CARD_SECONDS),)


def plan(state: State, now: float) -> Step:
    """Have read what is due; for the rest, be reminded."""
    if (
        not state.offered
        or not _served(state)
        or state.reading_lists
        or any(one.reading for one in state.parts.values())
    ):
        return state, ()
    due_in = {part: _due_at(state, part) - now for part in state.offered}
    due = tuple(part for part, seconds in due_in.items() if seconds <= 0)
    if due:
        return _start(state, due)
    return state, (SetAlarm(Alarm.REFRESH, min(due_in.values())),)


def _start(state: State, parts: tuple[Part, ...]) -> Step:
    for part in parts:
        if part is Part.LISTS:
            state = replace(state, reading_lists=True)
        else:
            state = _with(state, part, replace(_of(state, part), reading=True))
    return state, (ReadParts(parts),)


def _due_at(state: State, part: Part) -> float:
    """The moment at which a part is to be read again; in the past where it never was."""
    progress = _of(state, part)
    moments = [float("-inf")]
    if progress.read_at is not None:
        moments.append(progress.read_at + _lasts(state, part))
    if progress.tried_at is not None:
        again = AGAIN_SECONDS[min(progress.failures, len(AGAIN_SECONDS)) - 1]
        moments.append(progress.tried_at + again)
    return max(moments)


def _lasts(state: State, part: Part) -> float:
    hours = state.settings.refresh
    seconds = (
        3600.0
        * {
            Part.LISTS: hours.streams_hours,
            Part.LIBRARY: hours.categories_hours,
            Part.GUIDE: hours.guide_hours,
        }[part]
    )
    return max(seconds, ASLEEP_SECONDS) if state.screen is ScreenName.STANDBY else seconds


def _served(state: State) -> bool:
    return state.account is not None and state.account.status in _SERVED and not state.failures


def _of(state: State, part: Part) -> Progress:
    return state.parts.get(part, Progress())


def _with(state: State, part: Part, progress: Progress) -> State:
    return replace(state, parts={**state.parts, part: progress})
