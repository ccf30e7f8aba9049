"""What happened, told to the main loop."""

from collections.abc import Mapping
from dataclasses import dataclass

from stb.messages.names import Alarm, CheckStep, Part
from stb.model import (
    Account,
    Attention,
    ChannelRef,
    Failure,
    Film,
    FilmDetails,
    FilmRef,
    Key,
    PlayerStatus,
    Programme,
    Query,
    Registration,
    Series,
    SeriesDetails,
    SeriesRef,
    SoundOut,
    SourceId,
    Stream,
)


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
    """The operator did not take the typed code, or could not be given it."""

    source: SourceId
    code: str
    failure: Failure


@dataclass(frozen=True, slots=True)
class SignInFailed:
    """The operator could not be asked, refused us, or answered nonsense."""

    source: SourceId
    failure: Failure


@dataclass(frozen=True, slots=True)
class PasswordReverted:
    """The operator refused the new password; the one it took before is kept in its place."""

    source: SourceId


@dataclass(frozen=True, slots=True)
class SourceRefreshed:
    """The lists of a source on the box's disk are whole and new."""

    source: SourceId
    channels: int
    revision: str
    """Of the lists, as `Account.revision`."""


@dataclass(frozen=True, slots=True)
class PartRefreshed:
    """The library or the guide of a source on the box's disk is whole, and as the operator has it now."""

    source: SourceId
    part: Part
    count: int
    """Films and series, or programmes."""


@dataclass(frozen=True, slots=True)
class PartProgressed:
    """So much of a part of what a source offers was read; said now and then, where it is known."""

    source: SourceId
    part: Part
    share: float
    """From 0 to 1."""


@dataclass(frozen=True, slots=True)
class PartFailed:
    """The library or the guide stayed as it was."""

    source: SourceId
    part: Part
    failure: Failure


@dataclass(frozen=True, slots=True)
class PartsAged:
    """How old is what the disk holds of a source."""

    source: SourceId
    ages: Mapping[Part, float]
    """Seconds since a part was read; those that never were are not there."""


@dataclass(frozen=True, slots=True)
class LogoReady:
    """A picture that a screen lacked has come; it is drawn with the next picture of the screen."""

    address: str


@dataclass(frozen=True, slots=True)
class DetailsReady:
    """What there is to know of a film or a series has come."""

    ref: FilmRef | SeriesRef
    details: FilmDetails | SeriesDetails


@dataclass(frozen=True, slots=True)
class DetailsFailed:
    """The operator told nothing of a film or a series."""

    ref: FilmRef | SeriesRef
    failure: Failure


@dataclass(frozen=True, slots=True)
class OperatorFound:
    """What the operator found; nothing where it was not asked, or did not say."""

    query: Query
    found: tuple[Film | Series, ...] = ()
    """In its order."""


@dataclass(frozen=True, slots=True)
class FindsKept:
    """What the operator found last is in the library now, unless that is being read anew."""


@dataclass(frozen=True, slots=True)
class ShortGuideReady:
    """What a channel's operator says is on now and next; nothing where it does not know, or said nothing."""

    channel: ChannelRef
    programmes: tuple[Programme, ...]


@dataclass(frozen=True, slots=True)
class DayReady:
    """What a channel's operator says was on it; nothing where it does not know."""

    channel: ChannelRef
    begin: int
    """Of the day, as in `AskDay`."""
    programmes: tuple[Programme, ...]


@dataclass(frozen=True, slots=True)
class DayFailed:
    """The operator did not say what was on a channel."""

    channel: ChannelRef
    begin: int
    failure: Failure


@dataclass(frozen=True, slots=True)
class NumberUnknown:
    """There is no channel with the typed number."""

    digits: str


@dataclass(frozen=True, slots=True)
class ItemGone:
    """What was to be played is in no list any more."""


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
    applies: bool = True
    """False where this operator has nothing that could be tried."""


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
class NetworkCame:
    """There is a way out of the box, most likely where there was none."""


@dataclass(frozen=True, slots=True)
class DisplaysChanged:
    """A display was plugged in, switched on or taken away."""


@dataclass(frozen=True, slots=True)
class SoundChosen:
    """Where sound leaves the machine from now on."""

    sound: SoundOut


@dataclass(frozen=True, slots=True)
class Attended:
    """The operator answered what it wants of a box that is on."""

    source: SourceId
    attention: Attention


@dataclass(frozen=True, slots=True)
class AttendFailed:
    """It could not be asked, or did not answer."""

    source: SourceId
    failure: Failure


@dataclass(frozen=True, slots=True)
class FavouritesSynced:
    """What the operator keeps as the viewer's favourites, now that this box told it of its own."""

    source: SourceId
    refs: tuple[ChannelRef, ...]


@dataclass(frozen=True, slots=True)
class FavouritesFailed:
    """The operator was not told of favourites, and did not tell its own."""

    source: SourceId
    failure: Failure


@dataclass(frozen=True, slots=True)
class PinNeeded:
    """What is to be played is not for everyone."""


@dataclass(frozen=True, slots=True)
class PinChecked:
    """The operator's parental code is known."""

    fits: bool
    """It is what was typed."""


@dataclass(frozen=True, slots=True)
class PinFailed:
    """The operator did not tell the code."""

    failure: Failure


@dataclass(frozen=True, slots=True)
class Beat:
    """The service manager wants to know whether the box lives."""


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
    | PasswordReverted
    | SourceRefreshed
    | PartRefreshed
    | PartFailed
    | PartProgressed
    | PartsAged
    | LogoReady
    | DetailsReady
    | DetailsFailed
    | OperatorFound
    | FindsKept
    | ShortGuideReady
    | DayReady
    | DayFailed
    | NumberUnknown
    | ItemGone
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
    | NetworkCame
    | DisplaysChanged
    | SoundChosen
    | Attended
    | AttendFailed
    | FavouritesSynced
    | FavouritesFailed
    | PinNeeded
    | PinChecked
    | PinFailed
    | Beat
)
