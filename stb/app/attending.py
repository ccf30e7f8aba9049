"""What an operator wants of a box that is on: its events' part of the step (`Offer.EVENTS`).

The box asks while it is on, as often as the operator said it should, also while it is not served: what ends
that is an event too.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from stb.app import freshness, signing
from stb.app.effects import Attend, Confirm, Restart, SetAlarm, TuneNumber
from stb.app.state import Progress, State, Step
from stb.app.tuning import leave
from stb.messages import (
    Alarm,
    Attended,
    AttendFailed,
    Message,
    Open,
    Part,
    ScreenName,
    SignedIn,
    SwapBack,
    TypeDigits,
    Watch,
)
from stb.model import AccountStatus, ChannelRef, EventKind, PastRef, PlayKind
from stb.screens.view import Choice, Notice, Remark

if TYPE_CHECKING:
    from stb.model import OperatorEvent

AGAIN_SECONDS = 120.0
"""After a question that failed."""


def began(stepped: Step, message: Message) -> Step:
    """After the step that a message made anyway: the first question follows on signing in.

    An operator that serves us again has ended what it cut off.
    """
    state, effects = stepped
    if not isinstance(message, SignedIn) or not state.attends:
        return stepped
    if message.account.status is AccountStatus.ACTIVE:
        state = replace(state, cut_off=False)
    if state.attended:
        return state, effects
    return replace(state, attended=True), (*effects, _question(state, first=True))


def ask(state: State) -> Step:
    """It is time for the next question."""
    return state, (_question(state, first=False),)


def attended(state: State, message: Attended | AttendFailed, now: float) -> Step:
    """An answer: do what the operator wants, and ask again in its time."""
    if state.restarts:
        return state, (Restart(),)
    if isinstance(message, AttendFailed):
        return state, (SetAlarm(Alarm.ATTEND, AGAIN_SECONDS),)
    again = SetAlarm(Alarm.ATTEND, message.attention.again)
    event = message.attention.event
    if event is None:
        return state, (again,)
    state, effects = _act(state, event, now)
    return state, (again, *effects)


def barred(state: State, message: Message) -> bool:
    """Whether a wish to watch something is not granted because the operator has cut this box off."""
    match message:
        case Watch() | SwapBack() | TypeDigits() | Open(ScreenName.WATCHING):
            return state.cut_off
    return False


def refuse(state: State) -> Step:
    """Say so again."""
    return replace(state, screen=ScreenName.NOTICE, digits=""), ()


def understood(state: State) -> Step:
    """The viewer read the first remark; an operator that wants to know is told."""
    if not state.remarks:
        return state, ()
    read, *others = state.remarks
    state = replace(state, remarks=tuple(others))
    restarts = read.reboots and state.settings.policy.reboot
    if not read.event:
        return state, (Restart(),) if restarts else ()
    state = replace(state, confirmed=read.event, restarts=restarts)
    return state, (Confirm(read.event, _playing(state)),)


def faded(state: State) -> Step:
    """What was to be shown for a while was."""
    return replace(state, remarks=tuple(remark for remark in state.remarks if not remark.fades)), ()


def _question(state: State, *, first: bool) -> Attend:
    shown = state.remarks[0].event if state.remarks else ""
    return Attend(_playing(state), shown, first=first)


def _playing(state: State) -> PlayKind:
    if state.watching is None or state.paused_at is not None:
        return PlayKind.NOTHING
    if isinstance(state.watching, ChannelRef):
        heard_only = state.status.heard > 0 and not state.status.displayed
        return PlayKind.RADIO if heard_only else PlayKind.CHANNEL
    return PlayKind.PAST if isinstance(state.watching, PastRef) else PlayKind.FILM


def _act(state: State, event: "OperatorEvent", now: float) -> Step:
    match event.kind:
        case EventKind.MESSAGE:
            return _tell(state, event)
        case EventKind.CHANNELS:
            state, asks = signing.ask(state)
            state, reads = _read_anew(state, Part.LISTS, now)
            return state, (*asks, *reads)
        case EventKind.GUIDE:
            return _read_anew(state, Part.GUIDE, now)
        case EventKind.CUT_OFF:
            return _cut_off(state, event)
        case EventKind.CUT_ON:
            return signing.ask(replace(state, cut_off=False))
        case EventKind.RELOAD:
            return signing.ask(state)
        case EventKind.PLAY_CHANNEL if event.number and not state.cut_off:
            return state, (TuneNumber(event.number),)
        case EventKind.REBOOT if state.settings.policy.reboot:
            return state, (Restart(),)
    return state, ()


def _tell(state: State, event: "OperatorEvent") -> Step:
    """Show the operator's words; those that are shown already are not shown twice."""
    shown = {remark.event for remark in state.remarks} | {state.confirmed}
    if not event.words or (event.confirm and event.id in shown - {""}):
        return state, ()
    fades = event.seconds > 0 and not event.confirm
    remark = Remark(
        title="remark.message",
        says="remark.message_says",
        subject=event.words,
        event=event.id if event.confirm else "",
        reboots=event.reboots,
        fades=fades,
    )
    alarm = (SetAlarm(Alarm.MESSAGE, float(event.seconds)),) if fades else ()
    return replace(state, remarks=(*state.remarks, remark)), alarm


def _read_anew(state: State, part: Part, now: float) -> Step:
    """Have a part read as if it never was; where something is being read, after that."""
    if part not in state.offered:
        return state, ()
    return freshness.plan(replace(state, parts={**state.parts, part: Progress()}), now)


def _cut_off(state: State, event: "OperatorEvent") -> Step:
    notice = Notice(
        title="notice.cut_off", words=event.words, advice="error.cut_off", choices=(Choice.TRY_AGAIN,)
    )
    return leave(replace(state, notice=notice, cut_off=True), ScreenName.NOTICE)
