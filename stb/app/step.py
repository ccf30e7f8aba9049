"""The pure heart of the box: a message in, the state after it and the effects out."""

from dataclasses import replace

from stb.app import (
    attending,
    choosing,
    freshness,
    guarding,
    lasting,
    looking,
    losing,
    seeking,
    settling,
    signing,
    standby,
    teaching,
    tuning,
    viewing,
)
from stb.app.effects import (
    ClearAlarm,
    EndReading,
    EraseHistory,
    HearTime,
    KeepVolume,
    LookUpAges,
    Quit,
    SetAlarm,
    SetVolume,
    TuneNumber,
)
from stb.app.state import State, Step
from stb.messages import (
    Activated,
    Alarm,
    AlarmRang,
    AskDay,
    AssignGuide,
    Attended,
    AttendFailed,
    ChangeSetting,
    ChangeVolume,
    Checked,
    ChooseGuide,
    ChooseTrack,
    ClockSet,
    CodeRefused,
    DayFailed,
    DayReady,
    DetailsFailed,
    DetailsReady,
    DisplaysChanged,
    FavouritesFailed,
    FavouritesSynced,
    ForgetHistory,
    ForgetTaught,
    HaveFavourites,
    HideGroups,
    ItemGone,
    KeySeen,
    Leave,
    LookAt,
    LookFor,
    Message,
    NetworkCame,
    NextShape,
    NothingToWatch,
    NotKept,
    NumberUnknown,
    Open,
    OperatorFound,
    PasswordReverted,
    PauseLive,
    PinChecked,
    PinFailed,
    PinNeeded,
    PlayerChanged,
    PlayerDied,
    PlayNext,
    RefreshFailed,
    Registered,
    RemoveSource,
    RestOn,
    ScreenName,
    Seek,
    ShortGuideReady,
    ShowBanner,
    ShowDay,
    ShowTracks,
    SignedIn,
    SignInFailed,
    SortShelf,
    SoundChosen,
    SourceRefreshed,
    SourcesKept,
    StandBy,
    StopReading,
    StreamReady,
    StreamRefused,
    SubmitCode,
    SubmitPin,
    SwapBack,
    ToggleMute,
    TryAgain,
    TrySource,
    TypeDigits,
    Understood,
    UseGuides,
    UseSource,
    Watch,
    WindowClosed,
    WindowResized,
)
from stb.model import PlayerState

DIGITS_SECONDS = 1.5
"""A typed number is tuned when no digit follows for so long (UX, remote grammar)."""
_OVER = (PlayerState.ENDED, PlayerState.FAILED)
TOAST_SECONDS = 3.0
VOLUME_SECONDS = 2.0


def step(state: State, message: Message, now: float) -> Step:  # noqa: C901, PLR0912 - a row for each part of the step
    """Answer one message; ``now`` is in seconds of a monotonic clock.

    Pure: no network, no screen. A message that no longer matters changes nothing.
    """
    if state.screen is ScreenName.STANDBY:
        return standby.asleep(state, message, now)
    if attending.barred(state, message):
        return attending.refuse(state)
    match message:
        case Attended() | AttendFailed():
            return attending.attended(state, message, now)
        case StandBy():
            return standby.stand_by(state, now)
        case AlarmRang(alarm):
            return _rang(state, alarm, now)
        case PlayerChanged() | PlayerDied() | StreamReady() | StreamRefused():
            return _playing(state, message, now)
        case Seek() | PlayNext() | Leave() | ItemGone():
            return lasting.last(state, message, now)
        case Watch() | SwapBack() | TypeDigits() | NumberUnknown() | NothingToWatch():
            return _tuning(state, message, now)
        case LookAt() | ShowDay() | RestOn() | DetailsReady() | DetailsFailed() | ShortGuideReady():
            return looking.look(state, message, now)
        case AskDay() | DayReady() | DayFailed():
            return looking.look(state, message, now)
        case SortShelf() | LookFor() | OperatorFound():
            return seeking.seek(state, message)
        case PinNeeded() | SubmitPin() | PinChecked() | PinFailed():
            return guarding.guard(state, message, now)
        case FavouritesSynced() | FavouritesFailed():
            return choosing.choose(state, message)
        case AssignGuide() | ChooseGuide() | HaveFavourites() | HideGroups() | UseGuides():
            return choosing.choose(state, message)
        case KeySeen() | ForgetTaught() | Open(ScreenName.REMOTE_TEST | ScreenName.REMOTE_LEARN):
            return teaching.teach(state, message, now)
        case ChangeVolume() | ToggleMute() | ShowBanner() | Open() | Understood():
            return _showing(state, message, now)
        case (
            ChangeSetting()
            | TrySource()
            | UseSource()
            | RemoveSource()
            | Checked()
            | SourcesKept()
            | PasswordReverted()
            | NotKept()
        ):
            return freshness.followed(settling.settle(state, message), message, now)
        case (
            PauseLive()
            | NextShape()
            | ShowTracks()
            | ChooseTrack()
            | DisplaysChanged()
            | WindowResized()
            | SoundChosen()
        ):
            return viewing.see(state, message, now)
        case ClockSet():
            state, effects = signing.clock_set(state)
            return state, (*effects, LookUpAges()) if state.offered else effects
        case NetworkCame():
            return losing.network_came(state)
        case StopReading():
            return state, (EndReading(),)
        case ForgetHistory():
            return state, (EraseHistory(),)
        case WindowClosed():
            return state, (*tuning.place(state), Quit())
    signed = freshness.followed(_signing(state, message, now), message, now)
    signed = attending.began(signed, message)
    signed = choosing.began(signed, message)
    return settling.undisturbed(state, signed)


def _signing(state: State, message: Message, now: float) -> Step:
    match message:
        case SignedIn(account=account):
            state, effects = signing.signed_in(state, account, now)
            return state, (*effects, HearTime(account.told_at)) if account.told_at else effects
        case Registered(registration=registration):
            return signing.registered(state, registration, now)
        case SubmitCode(code):
            return signing.activate(state, code)
        case Activated():
            return signing.ask(replace(state, asking=False))
        case CodeRefused(code=code, failure=failure):
            return signing.code_refused(state, code, failure, now)
        case SignInFailed(failure=failure):
            return signing.sign_in_failed(state, failure, now)
        case SourceRefreshed(channels=channels, revision=revision):
            return signing.lists_read(state, channels, revision)
        case RefreshFailed(failure=failure):
            return signing.lists_failed(state, failure, now)
        case TryAgain():
            return signing.ask(state)
    return state, ()


def _playing(
    state: State, message: PlayerChanged | PlayerDied | StreamReady | StreamRefused, now: float
) -> Step:
    match message:
        case PlayerDied():
            return tuning.lose(state, "watching.retrying", now)
        case _ if message.tune != state.tune:
            return state, ()
        case StreamReady(tune, stream):
            return tuning.ready(state, tune, stream)
        case StreamRefused(failure=failure) if failure.kind == "NoSuchItem" and state.item is not None:
            return lasting.gone(state)
        case StreamRefused(failure=failure):
            return losing.refused(state, failure.status, now)
        case PlayerChanged(status=status) if status.state is PlayerState.ENDED and lasting.is_over(state):
            return lasting.over(state, now)
        case PlayerChanged(status=status) if status.state in _OVER:
            return losing.lost(state, status, now)
        case PlayerChanged(status=status):
            return tuning.player_changed(state, status, now)


def _tuning(
    state: State,
    message: Watch | SwapBack | TypeDigits | NumberUnknown | NothingToWatch,
    now: float,
) -> Step:
    match message:
        case Watch():
            return looking.resting(tuning.watch(state, message, now))
        case SwapBack():
            return looking.resting(tuning.swap_back(state, now)) if state.previous else (state, ())
        case TypeDigits(digits):
            return replace(state, digits=digits), (SetAlarm(Alarm.DIGITS, DIGITS_SECONDS),)
        case NumberUnknown(digits):
            state = replace(state, toast="watching.no_number", toast_number=digits)
            return state, (SetAlarm(Alarm.TOAST, TOAST_SECONDS),)
        case NothingToWatch():
            return tuning.leave(state, ScreenName.CHANNELS)


def _showing(
    state: State, message: ChangeVolume | ToggleMute | ShowBanner | Open | Understood, now: float
) -> Step:
    match message:
        case Understood():
            return attending.understood(state)
        case ChangeVolume(by):
            volume = min(max(state.volume + by, 0), 100)
            return _loudness(replace(state, volume=volume, muted=False))
        case ToggleMute():
            return _loudness(replace(state, muted=not state.muted))
        case ShowBanner(shown):
            alarm = Alarm.BANNER
            state = replace(state, banner=shown, news_since=now if shown else None)
            banner = SetAlarm(alarm, tuning.BANNER_SECONDS) if shown else ClearAlarm(alarm)
            return looking.resting((state, (banner,)))
        case Open(screen, groups, form):
            if screen is ScreenName.WATCHING and state.watching is None:
                return tuning.watch(state, Watch(state.live), now) if state.live else (state, ())
            state = replace(state, groups_first=groups, form_first=form, banner=False, news_since=None)
            state, held = lasting.behind(state, screen, now)
            state, effects = looking.resting(settling.opened(state, screen))
            effects = (*held, *effects)
            if screen is not ScreenName.ACTIVATION:
                return state, effects
            state, asks = signing.type_code(state, now)
            return state, (*effects, *asks)


def _loudness(state: State) -> Step:
    state = replace(state, volume_shown=True)
    return state, (
        SetVolume(state.volume, state.muted),
        SetAlarm(Alarm.VOLUME, VOLUME_SECONDS),
    )


def _took_away(state: State, alarm: Alarm) -> State:
    """Without what was shown long enough."""
    match alarm:
        case Alarm.BANNER:
            return replace(state, banner=False)
        case Alarm.TRACKS:
            return replace(state, choosing=None)
    return replace(state, toast="")


def _rang(state: State, alarm: Alarm, now: float) -> Step:  # noqa: C901, PLR0912 - a row for each alarm
    match alarm:
        case Alarm.ASK:
            return signing.ask(state)
        case Alarm.ATTEND:
            return attending.ask(state)
        case Alarm.MESSAGE:
            return attending.faded(state)
        case Alarm.REFRESH:
            return freshness.plan(state, now)
        case Alarm.BANNER | Alarm.TOAST | Alarm.TRACKS:
            return _took_away(state, alarm), ()
        case Alarm.SILENCE:
            return teaching.silent(state, now)
        case Alarm.VOLUME:
            return replace(state, volume_shown=False), (KeepVolume(state.volume, state.muted),)
        case Alarm.DIGITS:
            return replace(state, digits=""), (TuneNumber(state.digits),) if state.digits else ()
        case Alarm.RECONNECT:
            return tuning.again(state)
        case Alarm.STALLED:
            return losing.stalled(state, now)
        case Alarm.SETTLED:
            return tuning.settled(state)
        case Alarm.WATCHED:
            return tuning.watched(state)
        case Alarm.SEEK:
            return lasting.wound(state)
        case Alarm.MARK:
            return lasting.mark(state)
        case Alarm.NEXT:
            return lasting.play_next(state, now)
        case Alarm.SOUND:
            return state, (viewing.choose_sound(state),)
        case Alarm.REST:
            return looking.rested(state, now)
        case Alarm.LOOK_FOR:
            return seeking.paused(state, now)
