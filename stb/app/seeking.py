"""Looking for what the box's own lists may not have: the operator is asked too. Part of the step.

One question at a time, and only when the viewer has stopped typing: a slow operator keeps nobody waiting.
"""

from dataclasses import replace

from stb.app.effects import AskToSeek, KeepFinds, KeepSorting, SetAlarm
from stb.app.state import State, Step
from stb.messages import Alarm, LookFor, OperatorFound, SortShelf
from stb.model import Film, Query, Series

PAUSE_SECONDS = 0.7
"""Nothing was typed for so long."""
ANSWER_SECONDS = 60.0
"""A question that was not answered for so long was lost (in stand-by), and the next one may be asked."""


def seek(state: State, message: SortShelf | LookFor | OperatorFound) -> Step:
    """Answer what concerns looking for films and series."""
    match message:
        case SortShelf(query):
            state = replace(state, sortings={**state.sortings, query.shelf: query.sorting})
            state, effects = _look_for(state, query)
            return state, (KeepSorting(query.shelf, query.sorting), *effects)
        case LookFor(query, further=True):
            return _look_further(state, query)
        case LookFor(query):
            return _look_for(state, query)
        case OperatorFound(query):
            message = replace(message, found=_news(state, message))
            state = replace(state, sought=message, seeking_at=None)
            keep = (KeepFinds(message.found),) if message.found else ()
            again = state.looked_for not in (None, query)
            return state, (*keep, *((SetAlarm(Alarm.LOOK_FOR, PAUSE_SECONDS),) if again else ()))


def paused(state: State, now: float) -> Step:
    """The viewer stopped: ask; while another question waits for its answer, after that."""
    query = state.looked_for
    if query is None or (state.sought is not None and state.sought.query == query):
        return state, ()
    if state.seeking_at is not None and now - state.seeking_at < ANSWER_SECONDS:
        return state, ()
    return replace(state, seeking_at=now), (AskToSeek(query),)


def _look_for(state: State, query: Query) -> Step:
    if query == state.looked_for:
        return state, ()
    return replace(state, looked_for=query), (SetAlarm(Alarm.LOOK_FOR, PAUSE_SECONDS),)


def _look_further(state: State, query: Query) -> Step:
    """What follows the last answer, unless that one is still waited for, or was empty."""
    if state.looked_for is None or replace(state.looked_for, part=0) != query:
        return _look_for(state, query)
    sought = state.sought
    if sought is None or sought.query != state.looked_for or not sought.found:
        return state, ()
    return _look_for(state, replace(query, part=sought.query.part + 1))


def _news(state: State, message: OperatorFound) -> tuple[Film | Series, ...]:
    """What was found; nothing where that is what the part before had, as of an operator that has no parts."""
    before = {one.ref for one in state.sought.found} if state.sought and message.query.part else set()
    return () if all(one.ref in before for one in message.found) else message.found
