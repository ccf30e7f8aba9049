"""How the box and the operator come to terms: the account's part of the step.

AlKarma says "disabled" of a device that was never activated and of one that was switched off. The
box remembers whether it was ever let in, and so knows which is meant.
"""

from dataclasses import replace

from stb.app.effects import (
    Activate,
    Effect,
    Keep,
    KeepRefusals,
    ReadLists,
    Register,
    SetAlarm,
    SignIn,
    TrustClock,
    TuneFirst,
)
from stb.app.freshness import CARD, STOPPED
from stb.app.state import State, Step
from stb.app.tuning import leave
from stb.messages import Alarm, ScreenName
from stb.model import Account, AccountStatus, Failure, Registration
from stb.screens.view import Choice, Notice

PENDING_SECONDS = 10.0
"""Between two questions while the viewer waits to be activated."""
SETTLED_SECONDS = 15 * 60.0
"""Between two questions otherwise."""
BACKOFF_SECONDS = (2.0, 4.0, 8.0, 15.0, 30.0, 60.0, 120.0, 300.0)
"""After the first, second, ... failure in a row: a panel bans who hammers it."""
REFUSED_SECONDS = (60.0, 120.0, 240.0, 480.0, 900.0, 1800.0, 3600.0)
"""After the first, second, ... refusal in a row, and up to a quarter more: a panel that is asked over and
over by somebody it does not know shuts the door for good."""
ASK_APART_SECONDS = 5.0
"""A stream that is refused over and over does not make the box ask more often than this."""
STALE_SECONDS = 6.0
"""How long a box that started without its operator says so."""
_REFUSALS = ("LoginRefused", "AccountDisabled", "NotRegistered")
_OK = 200
_CLOSED = (401, 403, 404, 429)
_ODD_4XX, _ODD_5XX = 452, 512
"""From here on no standard has a meaning, and panels have theirs: "not you"."""
WAITING = (ScreenName.STARTING, ScreenName.ACTIVATION, ScreenName.NOTICE)
"""Screens on which the viewer waits for what the operator says."""


def begin(state: State) -> Step:
    """Ask the operator; a box that was let in before does not wait for the answer.

    A box without an operator asks nobody: it waits for the viewer to name one.
    """
    if not state.has_operator:
        return replace(state, screen=ScreenName.WELCOME), ()
    state, effects = ask(state)
    if state.was_active and state.has_lists:
        if state.quietly:
            return replace(state, screen=ScreenName.CHANNELS), effects
        effects += (TuneFirst(),)
    return state, effects


def type_code(state: State, now: float) -> Step:
    """The viewer means to activate the device: now the operator's answer is waited for."""
    state, alarm = _ask_in(replace(state, code_refused=""), PENDING_SECONDS, now)
    return state, alarm


def ask(state: State) -> Step:
    """Ask the operator now, unless an answer is on its way."""
    if state.asking:
        return state, ()
    return replace(state, asking=True, asks_at=None), (SignIn(),)


def clock_set(state: State) -> Step:
    """The box knows what time it is: what failed may have failed for that, or for want of a network."""
    state, effects = ask(state) if state.failures else (state, ())
    return state, (TrustClock(), *effects)


def ask_about_stream(state: State, now: float) -> Step:
    """A stream was refused: the operator may have changed its mind about us.

    One that does not answer is asked again at its own time, however many streams fail meanwhile.
    """
    if state.failures:
        return state, ()
    if state.answered_at is not None and now - state.answered_at < ASK_APART_SECONDS:
        return state, ()
    return ask(state)


def signed_in(state: State, account: Account, now: float) -> Step:
    """Any answer about our account."""
    refused = state.refusals
    state, effects = _answered(state, account, now)
    return state, ((KeepRefusals(0), *effects) if refused else effects)


def _answered(state: State, account: Account, now: float) -> Step:
    before = state.account
    state = replace(state, account=account, asking=False, answered_at=now, failures=0, refusals=0)
    if not state.activates and account.status is not AccountStatus.ACTIVE:
        return _not_served(state, before, now)
    match account.status:
        case AccountStatus.UNREGISTERED:
            return replace(state, asking=True), (Register(),)
        case AccountStatus.ACTIVE:
            return _let_in(state, now)
        case AccountStatus.EXPIRED:
            return _expired(state, before, now)
        case AccountStatus.DISABLED:
            return _disabled(state, now)


def _let_in(state: State, now: float) -> Step:
    state, effects = _settled(state, now)
    if state.screen not in WAITING:
        return state, effects
    state = replace(state, notice=None, code_refused="")
    if state.has_lists:
        return state, (*effects, TuneFirst())
    return replace(state, screen=ScreenName.STARTING), effects


def _settled(state: State, now: float) -> Step:
    """The operator serves us: keep that, and read its lists if they changed."""
    effects: tuple[Effect, ...] = ()
    if not state.was_active:
        effects += (Keep(state.code, was_active=True),)
    account = state.account
    stale = account is None or not state.has_lists or account.revision != state.lists_revision
    if stale and not state.reading_lists:
        effects += (ReadLists(),)
    reading = state.reading_lists or stale
    state = replace(state, code_typed="", was_active=True, reading_lists=reading)
    state, alarm = _ask_in(state, SETTLED_SECONDS, now)
    return state, effects + alarm


def _expired(state: State, before: Account | None, now: float) -> Step:
    state, effects = _settled(state, now)
    if before is not None and before.status is AccountStatus.EXPIRED and state.screen not in WAITING:
        return state, effects
    words = state.account.message if state.account else ""
    notice = Notice(
        title="notice.expired",
        words=words,
        advice="error.expired",
        choices=(Choice.CHANNELS, Choice.TRY_AGAIN),
    )
    return _show_notice(state, notice, effects)


def _disabled(state: State, now: float) -> Step:
    if not state.was_active or state.screen is ScreenName.ACTIVATION:
        if state.code_typed:
            return activate(state, state.code_typed)
        state, alarm = _ask_in(state, PENDING_SECONDS, now)
        state, left = leave(state, ScreenName.ACTIVATION)
        return state, alarm + left
    state, alarm = _ask_in(state, SETTLED_SECONDS, now)
    notice = Notice(
        title="notice.disabled",
        words=state.account.message if state.account else "",
        advice="error.disabled",
        choices=(Choice.TRY_AGAIN, Choice.TYPE_CODE),
    )
    return _show_notice(state, notice, alarm)


def _not_served(state: State, before: Account | None, now: float) -> Step:
    """An operator without activation knows the account and does not serve it; what is on the disk stays."""
    state, alarm = _ask_in(state, SETTLED_SECONDS, now)
    account = state.account
    told = before is not None and account is not None and before.status is account.status
    if account is None or (told and state.screen not in WAITING):
        return state, alarm
    expired = account.status is AccountStatus.EXPIRED
    notice = Notice(
        title="notice.expired" if expired else "notice.account",
        words=account.message,
        advice="error.expired" if expired else "error.account",
        choices=(Choice.TRY_AGAIN, Choice.CHANGE, *_channels(state)),
    )
    return _show_notice(state, notice, alarm)


def registered(state: State, registration: Registration, now: float) -> Step:
    """The operator gave us a code: whatever was before, this device now waits to be activated."""
    state = replace(
        state,
        asking=False,
        answered_at=now,
        failures=0,
        code=registration.code,
        code_typed="",
        was_active=False,
        notice=None,
    )
    state, alarm = _ask_in(state, PENDING_SECONDS, now)
    state, left = leave(state, ScreenName.ACTIVATION)
    return state, (Keep(state.code, was_active=False), *alarm, *left)


def activate(state: State, code: str) -> Step:
    """Give the operator the code that the viewer typed."""
    return replace(state, asking=True, code_typed="", code_refused=""), (Activate(code),)


def code_refused(state: State, code: str, failure: Failure, now: float) -> Step:
    """The typed code did not open the door; one that could not be given to the operator is kept for later."""
    if failure.kind == "NotRegistered":
        return replace(state, asking=True), (Register(),)
    if failure.kind == "LoginRefused":
        state = replace(state, asking=False, code_refused=failure.words, failures=0)
        return _ask_in(state, PENDING_SECONDS, now)
    return sign_in_failed(replace(state, code_typed=code), failure, now)


def sign_in_failed(state: State, failure: Failure, now: float) -> Step:
    """The operator could not be asked, or refuses: the box goes on with what it has, and asks again later."""
    refused = not state.activates and is_refusal(failure)
    wait = _wait(state, refused=refused)
    state = replace(
        state, asking=False, failures=state.failures + 1, refusals=state.refusals + 1 if refused else 0
    )
    state, effects = _ask_in(state, wait, now)
    if refused:
        effects = (*effects, KeepRefusals(state.refusals))
    if state.screen is ScreenName.ACTIVATION:
        return state, effects
    told = refused or failure.certificate is not None
    first = state.failures == 1
    if state.screen in WAITING or (told and first and not state.showing):
        return _show_notice(state, _failed(state, failure, refused=refused), effects)
    if first and (told or state.answered_at is None):
        state = replace(state, toast="channels.refused" if told else "channels.stale")
        return state, (*effects, SetAlarm(Alarm.TOAST, STALE_SECONDS))
    return state, effects


def is_refusal(failure: Failure) -> bool:
    """Whether it was the operator's will, whatever it said it with (404 and numbers nobody else uses)."""
    status = failure.status or 0
    return failure.kind in _REFUSALS or status in _CLOSED or _ODD_4XX <= status < 500 or status >= _ODD_5XX  # noqa: PLR2004 - HTTP's classes


def _wait(state: State, *, refused: bool) -> float:
    if not refused:
        return BACKOFF_SECONDS[min(state.failures, len(BACKOFF_SECONDS) - 1)]
    wait = REFUSED_SECONDS[min(state.refusals, len(REFUSED_SECONDS) - 1)]
    return wait * (1 + state.jitter / 4)


def lists_read(state: State, channels: int, revision: str) -> Step:
    """The lists on the disk are new."""
    state = replace(state, has_lists=channels > 0, lists_revision=revision, reading_lists=False)
    return state, (TuneFirst(),) if state.screen is ScreenName.STARTING else ()


def lists_failed(state: State, failure: Failure, now: float) -> Step:
    """The lists stayed as they were: ask again, which reads them again; later, where the viewer ended it."""
    if failure.kind == STOPPED:
        state, alarm = _ask_in(replace(state, reading_lists=False), SETTLED_SECONDS, now)
        if state.screen not in WAITING:
            return state, alarm
        choices = (Choice.TRY_AGAIN, *_channels(state))
        notice = Notice(title="notice.stopped", advice=failure.advice, choices=choices)
        return _show_notice(replace(state, failures=1), notice, alarm)  # nothing else is read either
    return sign_in_failed(replace(state, reading_lists=False), failure, now)


def _failed(state: State, failure: Failure, *, refused: bool) -> Notice:
    first: tuple[Choice, ...]
    if failure.kind == "NotYetValid":
        title, first = "notice.no_time", (Choice.TRY_AGAIN,)
    elif failure.kind in CARD:
        title, first = "notice.disk", (Choice.TRY_AGAIN,)
    elif failure.certificate:
        trust = (Choice.TRUST,) if failure.certificate.fingerprint else ()
        title, first = "notice.untrusted", (Choice.TRY_AGAIN, *trust)
    elif refused:
        title, first = "notice.refused", (Choice.CHANGE, Choice.TRY_AGAIN)
    else:
        title, first = "notice.failed", (Choice.TRY_AGAIN,)
    return Notice(
        title=title,
        words=failure.words,
        advice="error.refused" if refused else failure.advice,
        choices=(*first, *_channels(state)),
        certificate=failure.certificate if failure.kind != "NotYetValid" else None,
        status=failure.status if refused and failure.status != _OK else None,
    )


def _channels(state: State) -> tuple[Choice, ...]:
    return (Choice.CHANNELS,) if state.has_lists and state.was_active else ()


def _show_notice(state: State, notice: Notice, effects: tuple[Effect, ...]) -> Step:
    state, left = leave(replace(state, notice=notice), ScreenName.NOTICE)
    return state, effects + left


def _ask_in(state: State, seconds: float, now: float) -> Step:
    return replace(state, asks_at=now + seconds), (SetAlarm(Alarm.ASK, seconds),)
