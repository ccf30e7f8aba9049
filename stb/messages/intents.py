"""What the viewer wants, as a screen understood it."""

from dataclasses import dataclass, field

from stb.messages.names import ScreenName
from stb.model import (
    ChannelRef,
    Episode,
    FilmRef,
    GuideChoice,
    GuideSource,
    Playable,
    Query,
    SeriesRef,
    Source,
    SourceId,
    TrackKind,
    Work,
)


@dataclass(frozen=True, slots=True)
class Watch:
    """Tune this channel, or play what lasts."""

    ref: Playable
    at: float = 0.0
    """Seconds from its beginning, of what has one."""
    item: Work | None = None
    """What it is, where the viewer looked at it; None: as the lists on the disk have it, if they do."""
    then: tuple[Episode, ...] = ()
    """Episodes that follow this one, in their order."""


@dataclass(frozen=True, slots=True)
class Seek:
    """Wind what lasts by so many seconds; below 0 is back."""

    by: float
    there: float | None = None
    """So much of it is there so far, in seconds, while it is still on the air; None is all of it."""


@dataclass(frozen=True, slots=True)
class PlayNext:
    """Play the episode that follows, at once."""


@dataclass(frozen=True, slots=True)
class Leave:
    """Leave what lasts, for where the viewer came from; where it was left is kept."""


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
    form: bool = False
    """Of the settings, go to what was typed of the operator."""


@dataclass(frozen=True, slots=True)
class LookAt:
    """Look at a film or a series closely."""

    ref: FilmRef | SeriesRef


@dataclass(frozen=True, slots=True)
class SortShelf:
    """Have a shelf of the library in this order, from now on."""

    query: Query
    """The shelf, the order, and what of it is listed."""


@dataclass(frozen=True, slots=True)
class LookFor:
    """Have the operator look for films and series, where the box's own lists are not all there is."""

    query: Query
    further: bool = False
    """More of it than was found already."""


@dataclass(frozen=True, slots=True)
class ShowDay:
    """Show what is, was and will be on a channel, day by day."""

    ref: ChannelRef
    at: int | None = None
    """When the programme begins that is looked for, in seconds since 1970; None: what is on now."""


@dataclass(frozen=True, slots=True)
class AskDay:
    """Have the operator say what was on a channel on a day of which the guide does not know everything."""

    ref: ChannelRef
    begin: int
    """Of the day, in seconds since 1970."""
    end: int


@dataclass(frozen=True, slots=True)
class AssignGuide:
    """Show which channel of which guide a channel has, and what it may have."""

    ref: ChannelRef


@dataclass(frozen=True, slots=True)
class ChooseGuide:
    """Have a channel's programmes from there; None: from where the box finds them by itself."""

    ref: ChannelRef
    choice: GuideChoice | None


@dataclass(frozen=True, slots=True)
class HaveFavourites:
    """Have these channels as favourites, in this order."""

    refs: tuple[ChannelRef, ...]


@dataclass(frozen=True, slots=True)
class HideGroups:
    """Leave these groups out of the list of channels, and no others."""

    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class RestOn:
    """The viewer has come to a channel of a list, and perhaps stays with it."""

    ref: ChannelRef


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
class StopReading:
    """End the reading of lists, films and guide that is under way; what was there before stays."""


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
    password: str = field(default="", repr=False)
    """What was typed; empty: the one that is kept."""


@dataclass(frozen=True, slots=True)
class UseSource:
    """Have this operator: a new one, or other words for the one with this id."""

    source: Source
    password: str = field(default="", repr=False)
    """What was typed; empty: the one that is kept."""
    proven: bool = True
    """The operator took that password."""


@dataclass(frozen=True, slots=True)
class RemoveSource:
    """Have this operator no longer."""

    source: SourceId


@dataclass(frozen=True, slots=True)
class SubmitPin:
    """Open what is not for everyone with the typed code."""

    code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class UseGuides:
    """Have these guides beside those of the operators, and no others."""

    guides: tuple[GuideSource, ...]


@dataclass(frozen=True, slots=True)
class ForgetHistory:
    """Forget what was watched lately."""


Intent = (
    Watch
    | Seek
    | PlayNext
    | Leave
    | SwapBack
    | TypeDigits
    | SubmitCode
    | Open
    | LookAt
    | SortShelf
    | LookFor
    | ShowDay
    | AskDay
    | AssignGuide
    | ChooseGuide
    | HaveFavourites
    | HideGroups
    | UseGuides
    | SubmitPin
    | RestOn
    | ShowBanner
    | ChangeVolume
    | ToggleMute
    | Understood
    | StopReading
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
    | ForgetHistory
)
