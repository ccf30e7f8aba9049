"""What a step asks the box to do: a closed union of frozen values, performed in `box.py`."""

from dataclasses import dataclass, field
from datetime import datetime

from stb.messages import Alarm, CheckStep, Part, Watch
from stb.model import (
    ChannelRef,
    EpisodeRef,
    Film,
    FilmRef,
    GuideChoice,
    GuideSource,
    Key,
    Lasting,
    Playable,
    PlayKind,
    Programme,
    Query,
    Series,
    SeriesRef,
    Shape,
    Sorting,
    Source,
    SourceId,
    Stream,
    TrackKind,
    Wanted,
    Work,
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """Ask the operator what it thinks of us."""


@dataclass(frozen=True, slots=True)
class Register:
    """Make this device known to the operator."""


@dataclass(frozen=True, slots=True)
class Activate:
    """Give the operator the code the viewer typed."""

    code: str


@dataclass(frozen=True, slots=True)
class Keep:
    """Write down for good how this device stands with the operator."""

    code: str
    was_active: bool


@dataclass(frozen=True, slots=True)
class ReadLists:
    """Have the lists read by the refresh process."""


@dataclass(frozen=True, slots=True)
class ReadParts:
    """Have these parts of what the operator offers read by the refresh process."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class EndReading:
    """End the refresh process; what was there before stays."""


@dataclass(frozen=True, slots=True)
class LookUpAges:
    """See how old is what the disk holds."""


@dataclass(frozen=True, slots=True)
class TuneFirst:
    """Find the channel to begin with: the one watched last, or else the first."""


@dataclass(frozen=True, slots=True)
class TuneNumber:
    """Find the channel with this number."""

    digits: str


@dataclass(frozen=True, slots=True)
class FindItem:
    """Look up what is to be played; the wish comes back with it."""

    wish: Watch


@dataclass(frozen=True, slots=True)
class FollowOn:
    """Find what came after a programme that was watched to its end; if it has begun, it is to be watched."""

    ref: ChannelRef
    stop: int
    """When that ended, in seconds since 1970."""
    told: Programme | None
    """What came next, as the operator said when it was asked for that day; None: it was not."""


@dataclass(frozen=True, slots=True)
class Resolve:
    """Have the operator make a stream of what is to be played."""

    tune: int
    ref: Playable
    item: Work | None = None
    """What it is; None for a live channel."""


@dataclass(frozen=True, slots=True)
class Play:
    """Play a stream."""

    tune: int
    stream: Stream
    wanted: Wanted = Wanted()
    at: float = 0.0
    """Seconds from the beginning, of what has one."""


@dataclass(frozen=True, slots=True)
class LookClosely:
    """Have the operator tell all it knows of a film or a series."""

    ref: FilmRef | SeriesRef
    found: Film | Series | None = None
    """As the operator found it, where it may not be in the library."""


@dataclass(frozen=True, slots=True)
class AskToSeek:
    """Have the operator look for films and series, if it can and the library does not have all."""

    query: Query


@dataclass(frozen=True, slots=True)
class KeepFinds:
    """Put what the operator found into the library."""

    found: tuple[Film | Series, ...]


@dataclass(frozen=True, slots=True)
class AskShortGuide:
    """Have the operator say what is on a channel, if the guide does not know and this operator can say."""

    ref: ChannelRef


@dataclass(frozen=True, slots=True)
class AskAboutDay:
    """Have the operator say what was on a channel, if this operator can say; see `AskDay`."""

    ref: ChannelRef
    begin: int
    end: int


@dataclass(frozen=True, slots=True)
class StopPlaying:
    """Close the stream."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Hold the picture, or go on."""

    paused: bool


@dataclass(frozen=True, slots=True)
class Wind:
    """Go on there, in seconds from the beginning."""

    to: float


@dataclass(frozen=True, slots=True)
class Mark:
    """Write down how far it has been watched; both in seconds, a duration of 0 is not known."""

    ref: Lasting
    position: float
    duration: float


@dataclass(frozen=True, slots=True)
class Choose:
    """Hear or read this track."""

    kind: TrackKind
    track: int


@dataclass(frozen=True, slots=True)
class SetShape:
    """Have pictures fill the screen so."""

    shape: Shape


@dataclass(frozen=True, slots=True)
class SetRate:
    """Give the TV so many pictures a second, where it can show them."""

    hertz: int | None
    """None: as many as it likes best."""


@dataclass(frozen=True, slots=True)
class SetDelay:
    """Have sound come so much later than the picture."""

    milliseconds: int


@dataclass(frozen=True, slots=True)
class ChooseSound:
    """See where sound is to leave the machine, and have it do so."""

    output: str
    """As in the settings."""
    encoded: bool
    """What the TV can decode goes to it as it is."""


@dataclass(frozen=True, slots=True)
class KeepLanguages:
    """Write down what the viewer likes to hear and to read; ISO 639, empty for nothing."""

    audio: str
    subtitles: str


@dataclass(frozen=True, slots=True)
class KeepSorting:
    """Write down the order of a shelf."""

    shelf: str
    sorting: Sorting


@dataclass(frozen=True, slots=True)
class SetVolume:
    """Set the loudness."""

    percent: int
    muted: bool


@dataclass(frozen=True, slots=True)
class KeepVolume:
    """Write down the loudness for the next start."""

    percent: int
    muted: bool


@dataclass(frozen=True, slots=True)
class Remember:
    """Write down the channel to begin with at the next start."""

    ref: ChannelRef
    before: ChannelRef | None = None
    """The channel before that."""


@dataclass(frozen=True, slots=True)
class NoteWatched:
    """Write down that this was watched, unless it is not for everyone."""

    ref: ChannelRef | FilmRef | EpisodeRef
    item: Work | None = None
    """What it is; None for a live channel."""


@dataclass(frozen=True, slots=True)
class EraseHistory:
    """Throw away what was written down of what was watched."""


@dataclass(frozen=True, slots=True)
class KeepRefusals:
    """Write down how often in a row the operator would not let this box in."""

    count: int


@dataclass(frozen=True, slots=True)
class SetAlarm:
    """Ring once after so many seconds; an alarm of that name set before is forgotten."""

    alarm: Alarm
    seconds: float


@dataclass(frozen=True, slots=True)
class ClearAlarm:
    """Do not ring."""

    alarm: Alarm


@dataclass(frozen=True, slots=True)
class KeepSetting:
    """Write one choice of the viewer down."""

    path: str
    value: str | int | bool


@dataclass(frozen=True, slots=True)
class KeepGuides:
    """Write the viewer's own guides down."""

    guides: tuple[GuideSource, ...]


@dataclass(frozen=True, slots=True)
class KeepGuideChoice:
    """Ask this guide channel about a channel, and write it down; None: what is found by itself."""

    ref: ChannelRef
    choice: GuideChoice | None


@dataclass(frozen=True, slots=True)
class KeepFavourites:
    """Write the viewer's favourites down, in their order."""

    refs: tuple[ChannelRef, ...]


@dataclass(frozen=True, slots=True)
class CheckPin:
    """See whether this is the operator's parental code."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class SyncFavourites:
    """Tell the operator of the viewer's favourites, and hear what it keeps."""

    refs: tuple[ChannelRef, ...]


@dataclass(frozen=True, slots=True)
class KeepShared:
    """Write down which favourites the operator keeps."""

    refs: tuple[ChannelRef, ...]


@dataclass(frozen=True, slots=True)
class KeepHidden:
    """Write down which groups the viewer does not want to see."""

    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class KeepSources:
    """Write the operators down; the first one is watched."""

    sources: tuple[Source, ...]
    left: tuple[SourceId, ...]
    """Those that are gone, or are somebody else now: what was kept of them no longer holds."""
    password: str = field(default="", repr=False)
    """New, of the first one; empty: the one that is kept."""
    proven: bool = True
    """The operator took it."""


@dataclass(frozen=True, slots=True)
class Check:
    """Try one step of an operator."""

    trial: int
    step: CheckStep
    source: Source
    password: str = field(default="", repr=False)
    """What was typed, with the first step; empty: the one that is kept."""


@dataclass(frozen=True, slots=True)
class KeepKeys:
    """Let keys of the remote mean this from now on, and write it down."""

    taught: tuple[tuple[str, Key], ...]
    """The kernel's names, and ours."""


@dataclass(frozen=True, slots=True)
class ForgetKeys:
    """Throw away what the viewer taught about the remote."""


@dataclass(frozen=True, slots=True)
class Restart:
    """Begin anew, with the settings on the disk."""


@dataclass(frozen=True, slots=True)
class HearTime:
    """An operator's server said what time it is."""

    told: datetime


@dataclass(frozen=True, slots=True)
class TrustClock:
    """The system's clock was set: what was heard before counts no more."""


@dataclass(frozen=True, slots=True)
class SwitchTv:
    """Put the TV on, or off."""

    on: bool
    cec: bool
    """By HDMI-CEC too, not only by taking the picture away."""


@dataclass(frozen=True, slots=True)
class Attend:
    """Ask the operator what it wants of a box that is on."""

    playing: PlayKind
    shown: str
    """The operator's id of the event whose words are on the screen; empty: none."""
    first: bool
    """It was not asked since the box signed in."""


@dataclass(frozen=True, slots=True)
class Confirm:
    """Tell the operator that the viewer read its words, and ask for more."""

    event: str
    playing: PlayKind


@dataclass(frozen=True, slots=True)
class Quit:
    """End the box."""


Effect = (
    SignIn
    | Register
    | Activate
    | Keep
    | ReadLists
    | ReadParts
    | EndReading
    | LookUpAges
    | TuneFirst
    | TuneNumber
    | FindItem
    | FollowOn
    | Resolve
    | Play
    | LookClosely
    | AskToSeek
    | KeepFinds
    | AskShortGuide
    | AskAboutDay
    | StopPlaying
    | Pause
    | Wind
    | Mark
    | Choose
    | SetRate
    | SetShape
    | SetDelay
    | ChooseSound
    | KeepLanguages
    | KeepSorting
    | SetVolume
    | KeepVolume
    | Remember
    | NoteWatched
    | EraseHistory
    | SetAlarm
    | ClearAlarm
    | KeepSetting
    | KeepSources
    | KeepGuides
    | KeepGuideChoice
    | KeepFavourites
    | KeepHidden
    | KeepShared
    | SyncFavourites
    | CheckPin
    | KeepRefusals
    | Check
    | Restart
    | KeepKeys
    | ForgetKeys
    | HearTime
    | TrustClock
    | SwitchTv
    | Attend
    | Confirm
    | Quit
)
