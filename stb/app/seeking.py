"""Looking for what the box's own lists may not have: the operator is asked too. Part of the step.

One question at a time, and only when the viewer has stopped typing: a slow operator keeps nobody waiting.
"""

from dataclasses import replace

from stb.app.effects import AskToSeek, KeepFinds, KeepSorting, SetAlarm
from stb.app.state import State, Step
from stb.messages import Alarm, LookFor, OperatorFound, SortShelf
from stb.model import Query

PAUSE_SECONDS = 0.7
"""Nothing was typed for so long."""
ANSWER_SECONDS = 60.0
"""A question that was not answered for so long was lost (in stand-by), and the next one may be asked."""


def seek(state: State, message: SortShelf | LookFor | OperatorFound) -> Step:
    """Answer what concerns looking for films and series."""
    match message:
        case SortShelf(shelf, sorting):
            state = replace(state, sortings={**state.sortings, shelf: sorting})
            state, effects = _look_for(state, Query(shelf=shelf, sorting=sorting))
            return state, (KeepSorting(shelf, sorting), *effects)
        case LookFor(query):
            return _look_for(state, query)
        case OperatorFound(query):
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
