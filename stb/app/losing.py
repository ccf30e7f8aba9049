"""Why a stream is lost, as far as the box can tell, and how long it waits then. Part of the step."""

from dataclasses import replace

from stb.app.signing import ask, ask_about_stream
from stb.app.state import State, Step
from stb.app.tuning import LADDER_SECONDS, again, lose
from stb.model import ChannelRef, PlayerState, PlayerStatus

CLIP_SECONDS = 15.0
"""A channel that ends sooner was none: operators play a short clip to those they refuse."""
LONGEST_CLIP = 60.0
"""... or a longer one that says how long it is; it has to be played to its end."""
CLIP_WAITS = (10.0, 20.0, 40.0, 80.0, 160.0, 300.0)
"""Before the next try at a channel that played a clip twice: a panel bans who hammers it."""
REFUSED_WAITS = (*LADDER_SECONDS, 30.0, 60.0, 120.0, 300.0)
"""Before the next try at what the operator refuses and does not say when; as above."""
LONGEST_WAIT = 3600.0
"""However long a server says."""
_UNAVAILABLE = 503
"""The server is there, and what it is asked for is not, for now (RFC 9110, 15.6.4)."""
TWICE = 2
"""One end after a few seconds may be bad luck."""


def lost(state: State, status: PlayerStatus, now: float) -> Step:
    """The player says that the stream is over, and a channel never is."""
    clip = status.state is PlayerState.ENDED and _was_clip(state, status, now)
    state = replace(state, status=status, clips=state.clips + 1 if clip else 0, refused=status.refused)
    if state.clips >= TWICE:
        state = replace(state, losses=state.clips - TWICE)
        return _lose_and_ask(state, "watching.clip", now, CLIP_WAITS)
    if status.astray:
        return _lose_and_ask(state, "watching.astray", now, REFUSED_WAITS)
    if status.refused or state.refusals:
        waits = (min(float(status.retry_after), LONGEST_WAIT),) if status.retry_after else REFUSED_WAITS
        return _lose_and_ask(state, _refusal(state, status.refused), now, waits)
    return _lose_and_ask(state, "watching.retrying", now)


def refused(state: State, status: int | None, now: float) -> Step:
    """The operator gave no stream."""
    waits = REFUSED_WAITS if status or state.refusals else LADDER_SECONDS
    return _lose_and_ask(replace(state, refused=status or 0), "watching.refused", now, waits)


def stalled(state: State, now: float) -> Step:
    """Nothing came for too long."""
    return _lose_and_ask(state, "watching.retrying", now)


def network_came(state: State) -> Step:
    """Where nobody refused anything, try at once what was to be tried later."""
    if state.refusals:
        return state, ()
    state, effects = ask(replace(state, failures=0)) if state.failures else (state, ())
    if state.watching is None or state.showing or not state.losses or state.refused or state.clips >= TWICE:
        return state, effects
    state, more = again(replace(state, losses=0))
    return state, (*effects, *more)


def _refusal(state: State, status: int) -> str:
    if status == _UNAVAILABLE and isinstance(state.watching, ChannelRef):
        return "watching.off_air"
    return "watching.refused_with" if status else "watching.retrying"


def _was_clip(state: State, status: PlayerStatus, now: float) -> bool:
    if not isinstance(state.watching, ChannelRef) or not state.showing:
        return False
    played = now - state.shown_at
    return played < CLIP_SECONDS or 0 < status.duration <= min(played + 2, LONGEST_CLIP)


def _lose_and_ask(state: State, trouble: str, now: float, waits: tuple[float, ...] = LADDER_SECONDS) -> Step:
    """The operator may have changed its mind about us."""
    state, effects = lose(state, trouble, now, waits)
    state, question = ask_about_stream(state, now)
    return state, effects + question
