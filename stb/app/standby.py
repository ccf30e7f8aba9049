"""Stand-by: the box's part of the step while the viewer has switched it off."""

from dataclasses import replace

from stb.app.effects import ClearAlarm, Quit, SwitchTv, TrustClock, TuneFirst
from stb.app.freshness import followed, plan
from stb.app.signing import ask, lists_read
from stb.app.state import State, Step
from stb.app.tuning import leave, watch, wish_again
from stb.app.viewing import choose_sound
from stb.messages import (
    Activated,
    Alarm,
    AlarmRang,
    ClockSet,
    CodeRefused,
    KeySeen,
    Message,
    PartFailed,
    PartRefreshed,
    PasswordReverted,
    RefreshFailed,
    Registered,
    ScreenName,
    SignedIn,
    SignInFailed,
    SourceRefreshed,
    WakeUp,
    WindowClosed,
)


def stand_by(state: State, now: float) -> Step:
    """Nothing plays and nobody waits: the box sleeps until a key is pressed, but for the guide."""
    watched = wish_again(state)
    state, left = leave(replace(state, notice=None), ScreenName.STANDBY)
    state = replace(state, resume=watched, asks_at=None, toast="", volume_shown=False)
    state = replace(state, attended=False, cut_off=False, unlocked=False, locked=None)
    tv_off = SwitchTv(on=False, cec=state.settings.standby.tv_off)
    state, refresh = plan(state, now)
    return state, (*left, *(ClearAlarm(alarm) for alarm in Alarm), tv_off, *refresh)


def asleep(state: State, message: Message, now: float) -> Step:
    """Answer a message in stand-by. What was under way comes to its end; everything else falls away."""
    match message:
        case WakeUp() | KeySeen():  # any key wakes, also one that means nothing
            return _wake(state, now)
        case WindowClosed():
            return state, (Quit(),)
        case SignedIn() | SignInFailed() | PasswordReverted() | Registered() | Activated() | CodeRefused():
            return replace(state, asking=False), ()
        case ClockSet():
            return state, (TrustClock(),)
        case AlarmRang(Alarm.REFRESH):
            return plan(state, now)
        case SourceRefreshed(channels=channels, revision=revision):
            return followed(lists_read(state, channels, revision), message, now)
        case RefreshFailed():
            return followed((replace(state, reading_lists=False), ()), message, now)
        case PartRefreshed() | PartFailed():
            return followed((state, ()), message, now)
    return state, ()


def _wake(state: State, now: float) -> Step:
    """Ask the operator anew, and show meanwhile what was watched, as after a start."""
    resume = state.resume
    if not state.has_operator:
        on = SwitchTv(on=True, cec=state.settings.standby.tv_on)
        return replace(state, screen=ScreenName.WELCOME), (on,)
    state, asked = ask(replace(state, screen=ScreenName.STARTING, resume=None, failures=0))
    if resume is not None:
        state, effects = watch(state, resume, now)
    else:
        effects = (TuneFirst(),) if state.was_active and state.has_lists else ()
    return state, (
        SwitchTv(on=True, cec=state.settings.standby.tv_on),
        choose_sound(state),
        *asked,
        *effects,
    )
