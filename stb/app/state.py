"""All that the box knows between two messages."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from stb.app.effects import Effect
from stb.messages import KeySeen, OperatorFound, Part, ScreenName, Watch
from stb.model import (
    Account,
    ChannelRef,
    Episode,
    Failure,
    FilmDetails,
    FilmRef,
    Playable,
    PlayerStatus,
    Programme,
    Query,
    SeriesDetails,
    SeriesRef,
    Shape,
    Sorting,
    SoundOut,
    TrackKind,
    Wanted,
    Work,
)
from stb.screens.lesson import Lesson
from stb.screens.view import DayTold, Notice, Remark, Trial
from stb.settings.settings import Settings


class Phase(StrEnum):
    """What the box is about, as ``stb status`` tells it."""

    STARTING = "starting"
    SIGNING_IN = "signing_in"
    ACTIVATION = "activation"
    BROWSING = "browsing"
    TUNING = "tuning"
    WATCHING = "watching"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Told:
    """What an operator said is on a channel now and next."""

    asked_at: float
    """When the operator was asked last."""
    programmes: tuple[Programme, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How the box stands with one part of what the operator offers. Moments as in `State`."""

    read_at: float | None = None
    """When it was read the last time; None where it never was."""
    count: int | None = None
    """How much there was; None where that was before the box began."""
    reading: bool = False
    share: float | None = None
    """How much of it was read, from 0 to 1; None where nothing is being read, or nobody knows."""
    tried_at: float | None = None
    """When it could not be read, and since then was not."""
    failures: int = 0
    """How often in a row it could not be read."""
    failure: str = ""
    """Kind of the last one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Changed only by `step`. Moments are seconds of a monotonic clock."""

    screen: ScreenName = ScreenName.STARTING
    groups_first: bool = False
    form_first: bool = False
    notice: Notice | None = None
    remarks: tuple[Remark, ...] = ()
    """What the viewer has not read yet; the first one lies over the screen."""

    account: Account | None = None
    code: str = ""
    """Activation code of the kept registration."""
    was_active: bool = False
    """This box was let in once: "disabled" then means switched off, not pending (AlKarma)."""
    asking: bool = False
    answered_at: float | None = None
    asks_at: float | None = None
    failures: int = 0
    """How often in a row the operator could not be asked."""
    refusals: int = 0
    """How often in a row it would not let this box in."""
    jitter: float = 0.0
    """0 to 1, drawn once: boxes that are refused together do not ask together."""
    activates: bool = True
    """The operator activates devices by a code (`Offer.ACTIVATION`)."""
    code_typed: str = ""
    """What the viewer typed, where the operator could not be given it yet."""
    code_refused: str = ""
    attends: bool = False
    """The operator tells a box that is on what to do (`Offer.EVENTS`)."""
    attended: bool = False
    """It was asked since the box began, or woke."""
    cut_off: bool = False
    """The operator wants nothing to be played."""
    restarts: bool = False
    """The box begins anew when the operator has heard that its words were read."""
    confirmed: str = ""
    """The operator's id of the words that the viewer read last."""

    has_lists: bool = False
    quietly: bool = False
    """This once the box comes up with its channels, and plays nothing by itself."""
    lists_revision: str = ""
    reading_lists: bool = False
    offered: tuple[Part, ...] = ()
    """What is read of this operator in the background."""
    parts: Mapping[Part, Progress] = field(default_factory=dict)
    """How far that is; the lists' own reading is `reading_lists`."""

    tune: int = 0
    """Number of the newest zap or reconnect."""
    watching: Playable | None = None
    item: Work | None = None
    """What that is, where it is no live channel."""
    at: float = 0.0
    """How far it was played, in seconds from its beginning: a lost stream goes on there."""
    begun: float = 0.0
    """Seconds from its beginning to that of the stream: from an archive it is asked for anew to be wound."""
    then: tuple[Episode, ...] = ()
    """Episodes that follow."""
    next_at: float | None = None
    """When the next episode begins by itself; None while none is offered."""
    winding: float | None = None
    """Where the viewer is winding to, in seconds from the beginning."""
    origin: ScreenName = ScreenName.CHANNELS
    """Where what lasts was chosen, and is left for."""
    live: ChannelRef | None = None
    """The channel tuned last, whatever is watched now."""
    previous: ChannelRef | None = None
    """The channel before that."""
    resume: Watch | None = None
    """What was watched before stand-by."""
    status: PlayerStatus = PlayerStatus()
    showing: bool = False
    """A picture of this tune was seen."""
    pressed_at: float = 0.0
    """When the viewer asked for the channel."""
    tuned: float | None = None
    """Seconds from the key to the picture."""
    paused_at: float | None = None
    """When the viewer held the picture."""
    losses: int = 0
    """How often in a row the stream was lost."""
    clips: int = 0
    """How often in a row the channel ended after a few seconds."""
    shown_at: float = 0.0
    """When the picture of this tune came."""
    refused: int = 0
    """HTTP status with which the stream was refused the last time; 0 where it was not."""
    trouble: str = ""
    """Message id of why there is no picture."""
    retry_at: float | None = None

    banner: bool = False
    news_since: float | None = None
    """When the news began to run over the picture; None where they do not."""
    digits: str = ""
    toast: str = ""
    """Message id; ``{number}`` in it is `toast_number`."""
    toast_number: str = ""
    volume: int = 100
    muted: bool = False
    volume_shown: bool = False
    shape: Shape = Shape()
    sound: SoundOut | None = None
    choosing: TrackKind | None = None
    """Of which tracks the list is open."""
    chosen: Mapping[Playable, Wanted] = field(default_factory=dict)
    """What was chosen on each channel, film ... since the box began."""
    audio_language: str = ""
    subtitle_language: str = ""
    """What the viewer likes to hear and to read, ISO 639; empty: what the stream begins with, and nothing."""

    has_operator: bool = True
    """There is somebody to ask; otherwise the viewer is asked for one."""
    behind: ScreenName = ScreenName.CHANNELS
    """Where a menu leads back to."""
    sortings: Mapping[str, Sorting] = field(default_factory=dict)
    """The order of each shelf of the library for which the viewer chose one."""
    looked_for: Query | None = None
    """What the viewer looked for last."""
    sought: OperatorFound | None = None
    """What the operator found last."""
    seeking_at: float | None = None
    """When it was asked to; None where it is not being asked."""
    looked_at: FilmRef | SeriesRef | None = None
    """What the viewer looks at closely, or did last."""
    details_from: ScreenName | None = None
    """Where that leads back to; None: to its shelf."""
    details: Mapping[FilmRef | SeriesRef, FilmDetails | SeriesDetails] = field(default_factory=dict)
    """What operators told of what the viewer looked at last; a few."""
    details_failure: Failure | None = None
    """Why there is nothing to tell of `looked_at`."""
    day: ChannelRef | None = None
    """Of which channel the days are shown, or were last."""
    day_at: int | None = None
    """When the programme begins that the viewer wants to see there; None: what is on now."""
    day_from: ScreenName = ScreenName.CHANNELS
    """Where they lead back to."""
    assigning: ChannelRef | None = None
    """For which channel the viewer looks at guides, or did last."""
    assign_from: ScreenName = ScreenName.DAY
    """Where that leads back to."""
    favourites: tuple[ChannelRef, ...] = ()
    """In the viewer's order; some may be gone from the list."""
    favours: bool = False
    """The operator keeps favourites too (`Offer.FAVOURITES`)."""
    telling: tuple[ChannelRef, ...] | None = None
    """Favourites of which the operator is being told."""
    guards: bool = False
    """The operator keeps a code for what is not for everyone (`Offer.PARENTAL_CODE`)."""
    unlocked: bool = False
    """It was typed since the box began, or woke."""
    locked: Watch | None = None
    """What is played once it is typed."""
    pin_asking: bool = False
    pin_wrong: bool = False
    pin_unknown: bool = False
    """The operator did not tell it."""
    hidden: frozenset[str] = frozenset()
    """Groups of channels that the viewer does not want to see."""
    search_from: ScreenName = ScreenName.HOME
    """Where the search leads back to."""
    resting: ChannelRef | None = None
    """The channel the viewer has come to."""
    told: Mapping[ChannelRef, Told] = field(default_factory=dict)
    """What operators said of channels that the guide knows nothing of."""
    days: Mapping[tuple[ChannelRef, int], DayTold] = field(default_factory=dict)
    """What operators said was on a channel, by when the day begins."""
    telling_at: float | None = None
    """When the question about a channel was asked that is not answered yet."""
    seen: tuple[KeySeen, ...] = ()
    """Keys that the remote's tester has seen, newest first."""
    lesson: Lesson = Lesson()
    silent_at: float | None = None
    """When the tester, or the lesson's question, waits no longer."""
    settings: Settings = Settings()
    trial: Trial | None = None

    @property
    def duration(self) -> float:
        """How long what is watched lasts, in seconds; 0 where nobody knows, and for a channel."""
        match self.item:
            case Programme(start=start, stop=int(stop)):
                return float(stop - start)
            case Episode(seconds=seconds) if not self.status.duration:
                return float(seconds)
            case None:
                return 0.0
        return self.status.duration

    @property
    def in_parts(self) -> bool:
        """What is watched comes from an archive that can be asked for any moment of it."""
        return isinstance(self.item, Programme) and self.item.stop is not None and not self.item.link

    @property
    def wanted(self) -> Wanted:
        """Which tracks the channel is to begin with."""
        chosen = self.chosen.get(self.watching, Wanted()) if self.watching else Wanted()
        return replace(chosen, audio_language=self.audio_language, subtitle_language=self.subtitle_language)

    @property
    def shown(self) -> ScreenName:
        """The screen the viewer sees."""
        return ScreenName.REMARK if self.remarks and self.screen is not ScreenName.STANDBY else self.screen

    @property
    def phase(self) -> Phase:
        """Derived, so that it cannot contradict the screen."""
        match self.screen:
            case ScreenName.WELCOME:
                return Phase.STARTING
            case ScreenName.STARTING:
                return Phase.SIGNING_IN if self.asking or self.reading_lists else Phase.STARTING
            case ScreenName.ACTIVATION:
                return Phase.ACTIVATION
            case ScreenName.NOTICE | ScreenName.REMARK | ScreenName.STANDBY:
                return Phase.NOTICE
            case ScreenName.CHANNELS | ScreenName.HOME | ScreenName.SETTINGS | ScreenName.NEWS:
                return Phase.BROWSING
            case ScreenName.FILMS | ScreenName.SERIES | ScreenName.DETAILS | ScreenName.DAY:
                return Phase.BROWSING
            case ScreenName.SEARCH | ScreenName.ASSIGN | ScreenName.ASSIGNED | ScreenName.PIN:
                return Phase.BROWSING
            case ScreenName.REMOTE | ScreenName.REMOTE_TEST | ScreenName.REMOTE_LEARN | ScreenName.HISTORY:
                return Phase.BROWSING
            case ScreenName.WATCHING:
                return Phase.WATCHING if self.showing else Phase.TUNING


Step = tuple[State, tuple[Effect, ...]]
"""The state after a message, and what the box is to do."""
