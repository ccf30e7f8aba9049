"""What happened (`Event`) and what the viewer wants (`Intent`): two closed unions of frozen values.

Every thread of the box speaks to the main loop by putting one of these into the inbox, and by
nothing else. ``tune`` counts the viewer's zaps: an answer that carries an older number is about a
channel that was left, and falls away.
"""

from dataclasses import dataclass
from enum import StrEnum

from stb.model import (
    Account,
    ChannelRef,
    Failure,
    Key,
    PlayerStatus,
    Registration,
    SoundOut,
    Source,
    SourceId,
    Stream,
    TrackKind,
)


class Alarm(StrEnum):
    """What the box asked to be reminded of."""

    ASK = "ask"
    """Ask the operator again."""
    BANNER = "banner"
    """Take the banner away."""
    TOAST = "toast"
    """Take a short message away."""
    DIGITS = "digits"
    """No further digit came: tune what was typed."""
    RECONNECT = "reconnect"
    """Try the lost stream again."""
    STALLED = "stalled"
    """No new picture came for too long."""
    SETTLED = "settled"
    """The viewer stayed with a channel: worth remembering."""
    SILENCE = "silence"
    """No key of the remote that is tested or taught came."""
    VOLUME = "volume"
    """Take the volume bar away and keep the volume."""
    TRACKS = "tracks"
    """Take the list of tracks away."""
    SOUND = "sound"
    """Displays have come to rest: see where sound is to go."""


class ScreenName(StrEnum):
    """The screens, by the names that ``stb status`` prints."""

    STARTING = "starting"
    WELCOME = "welcome"
    ACTIVATION = "activation"
    NOTICE = "notice"
    REMARK = "remark"
    CHANNELS = "channels"
    WATCHING = "watching"
    HOME = "home"
    SETTINGS = "settings"
    STANDBY = "standby"
    REMOTE = "remote"
    REMOTE_TEST = "remote_test"
    REMOTE_LEARN = "remote_learn"
    NEWS = "news"


class CheckStep(StrEnum):
    """What is tried of an operator, in this order."""

    ADDRESS = "address"
    """The address reads as one."""
    NAME = "name"
    """The server's name is known."""
    PORT = "port"
    """Something listens there."""
    SIGN_IN = "sign_in"
    """The operator says who we are to it."""
    LISTS = "lists"
    """It has channels for us."""


# --- events -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class KeySeen:
    """A press as it arrived, for those who test or teach a remote; a message where it means nothing."""

    device: str
    """What the kernel calls the device."""
    name: str
    """The kernel's name of the key, or ``SCAN_`` and the hexadecimal code of one it has no name for."""
    scancode: int | None = None
    """What the remote sent, where the device says so."""
    key: Key | None = None
    """What it means to the box."""


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """A key of the remote, the keyboard or ``stb press``."""

    key: Key
    held: float = 0.0
    """Seconds since the key went down, of a repeat while it stays down; 0 is the press itself."""
    seen: KeySeen | None = None
    """How a press arrived; None from the window and from ``stb press``."""


@dataclass(frozen=True, slots=True)
class WindowClosed:
    """The viewer closed the window, or a signal asked the box to end."""


@dataclass(frozen=True, slots=True)
class WindowResized:
    """The display has another size, and the window with it."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """The operator answered who we are to it; any `AccountStatus`."""

    source: SourceId
    account: Account


@dataclass(frozen=True, slots=True)
class Registered:
    """The operator knows this device now and gave it a code."""

    source: SourceId
    registration: Registration


@dataclass(frozen=True, slots=True)
class Activated:
    """The operator took the typed code."""

    source: SourceId


@dataclass(frozen=True, slots=True)
class CodeRefused:
    """The operator did not take the typed code."""

    source: SourceId
    failure: Failure


@dataclass(frozen=True, slots=True)
class SignInFailed:
    """The operator could not be asked, or answered nonsense."""

    source: SourceId
    failure: Failure


@dataclass(frozen=True, slots=True)
class SourceRefreshed:
    """The lists of a source on the box's disk are whole and new."""

    source: SourceId
    channels: int
    revision: str
    """Of the lists, as `Account.revision`."""


@dataclass(frozen=True, slots=True)
class LogoReady:
    """A picture that a screen lacked has come; it is drawn with the next picture of the screen."""

    address: str


@dataclass(frozen=True, slots=True)
class NumberUnknown:
    """There is no channel with the typed number."""

    digits: str


@dataclass(frozen=True, slots=True)
class NothingToWatch:
    """The lists are empty: there is no channel to begin with."""


@dataclass(frozen=True, slots=True)
class RefreshFailed:
    """The lists stayed as they were."""

    source: SourceId
    failure: Failure


@dataclass(frozen=True, slots=True)
class StreamReady:
    """A channel was resolved to something playable."""

    tune: int
    stream: Stream


@dataclass(frozen=True, slots=True)
class StreamRefused:
    """The operator gave no stream for a channel."""

    tune: int
    failure: Failure


@dataclass(frozen=True, slots=True)
class PlayerChanged:
    """How the stream of one zap goes."""

    tune: int
    status: PlayerStatus


@dataclass(frozen=True, slots=True)
class PlayerDied:
    """The player's process ended or did not answer; another one is already starting."""

    reason: str


@dataclass(frozen=True, slots=True)
class AlarmRang:
    """The time the box asked for has passed."""

    alarm: Alarm


@dataclass(frozen=True, slots=True)
class Checked:
    """What one step of trying an operator showed."""

    trial: int
    """Which of the viewer's trials it belongs to."""
    step: CheckStep
    failure: Failure | None = None
    found: str = ""
    """Message id of what was found, where there is more to say than that it works."""
    count: int = 0
    """``n`` of that message."""


@dataclass(frozen=True, slots=True)
class SourcesKept:
    """The operators the viewer chose are on the box's disk."""


@dataclass(frozen=True, slots=True)
class NotKept:
    """What the viewer chose could not be written down."""


@dataclass(frozen=True, slots=True)
class ClockSet:
    """Somebody, most likely a time server, set the system's clock."""


@dataclass(frozen=True, slots=True)
class DisplaysChanged:
    """A display was plugged in, switched on or taken away."""


@dataclass(frozen=True, slots=True)
class SoundChosen:
    """Where sound leaves the machine from now on."""

    sound: SoundOut


@dataclass(frozen=True, slots=True)
class Beat:
    """The service manager wants to know whether the box lives."""


# --- intents ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Watch:
    """Tune this channel."""

    ref: ChannelRef


@dataclass(frozen=True, slots=True)
class SwapBack:
    """Tune the channel watched before this one."""


@dataclass(frozen=True, slots=True)
class TypeDigits:
    """What was typed of a channel number so far: shown, and tuned when nothing follows."""

    digits: str


@dataclass(frozen=True, slots=True)
class SubmitCode:
    """Activate this device with the typed code."""

    code: str


@dataclass(frozen=True, slots=True)
class Open:
    """Go to a screen."""

    screen: ScreenName
    groups: bool = False
    """Of the channels, go to their groups."""


@dataclass(frozen=True, slots=True)
class ShowBanner:
    """Show what is being watched, or take it away."""

    shown: bool


@dataclass(frozen=True, slots=True)
class ChangeVolume:
    """Louder or quieter by so many per cent."""

    by: int


@dataclass(frozen=True, slots=True)
class ToggleMute:
    """Sound off, or on again."""


@dataclass(frozen=True, slots=True)
class ForgetTaught:
    """Let the keys of the remote mean what they meant at first."""


@dataclass(frozen=True, slots=True)
class Understood:
    """The viewer read what the box had to say."""


@dataclass(frozen=True, slots=True)
class TryAgain:
    """Do at once what the box would do later by itself."""


@dataclass(frozen=True, slots=True)
class PauseLive:
    """Hold the picture, or go on."""

    paused: bool


@dataclass(frozen=True, slots=True)
class NextShape:
    """Have the picture fill the screen in the next of the ways there are."""


@dataclass(frozen=True, slots=True)
class ShowTracks:
    """Show what there is to hear or to read, or take that list away."""

    kind: TrackKind | None


@dataclass(frozen=True, slots=True)
class ChooseTrack:
    """Hear or read this track; `OFF` for none."""

    kind: TrackKind
    track: int


@dataclass(frozen=True, slots=True)
class StandBy:
    """Sleep: no picture, no questions to the operator, the TV off."""


@dataclass(frozen=True, slots=True)
class WakeUp:
    """Back to what was watched before the stand-by."""


@dataclass(frozen=True, slots=True)
class ChangeSetting:
    """Choose a value; the box acts upon it at once."""

    path: str
    """Its place in the settings: ``sound.delay_ms``."""
    value: str | int | bool


@dataclass(frozen=True, slots=True)
class TrySource:
    """Find out, step by step, if this operator can be used."""

    source: Source


@dataclass(frozen=True, slots=True)
class UseSource:
    """Have this operator: a new one, or other words for the one with this id."""

    source: Source


@dataclass(frozen=True, slots=True)
class RemoveSource:
    """Have this operator no longer."""

    source: SourceId


Event = (
    KeyPressed
    | KeySeen
    | WindowClosed
    | WindowResized
    | SignedIn
    | Registered
    | Activated
    | CodeRefused
    | SignInFailed
    | SourceRefreshed
    | LogoReady
    | NumberUnknown
    | NothingToWatch
    | RefreshFailed
    | StreamReady
    | StreamRefused
    | PlayerChanged
    | PlayerDied
    | AlarmRang
    | Checked
    | SourcesKept
    | NotKept
    | ClockSet
    | DisplaysChanged
    | SoundChosen
    | Beat
)
Intent = (
    Watch
    | SwapBack
    | TypeDigits
    | SubmitCode
    | Open
    | ShowBanner
    | ChangeVolume
    | ToggleMute
    | Understood
    | TryAgain
    | PauseLive
    | NextShape
    | ShowTracks
    | ChooseTrack
    | StandBy
    | WakeUp
    | ChangeSetting
    | TrySource
    | UseSource
    | RemoveSource
    | ForgetTaught
)
Message = Event | Intent
