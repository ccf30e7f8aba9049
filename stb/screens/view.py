"""What a screen may look at: the state of the box of one moment, and what can be asked of its lists."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum

from stb.catalogue.catalogue import Catalogue
from stb.catalogue.guide import Guide, NowNext
from stb.catalogue.history import Watched
from stb.catalogue.library import Library
from stb.catalogue.marks import Mark
from stb.catalogue.reviewing import Proposal
from stb.catalogue.search import Found
from stb.i18n import Words
from stb.messages import Checked, CheckStep, KeySeen, Part, ScreenName
from stb.model import (
    Certificate,
    Channel,
    ChannelRef,
    Episode,
    Failure,
    Film,
    FilmDetails,
    FilmRef,
    Lasting,
    PlayerStatus,
    Programme,
    Series,
    SeriesDetails,
    SeriesRef,
    Sorting,
    Source,
    TrackKind,
    Work,
)
from stb.screens.lesson import Lesson
from stb.settings.settings import Settings
from stb.ui.scene import Ruler, Wrap


class Choice(Enum):
    """What a notice lets the viewer do; the value is its message id."""

    TRY_AGAIN = "choice.try_again"
    TYPE_CODE = "choice.type_code"
    CHANNELS = "choice.channels"
    TRUST = "choice.trust"
    CHANGE = "choice.change"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What happened, what it means, what the viewer can do."""

    title: str
    """Message id."""
    words: str = ""
    """The operator's own, said as they are."""
    advice: str = ""
    """Message id, said where the operator says nothing."""
    choices: tuple[Choice, ...] = (Choice.TRY_AGAIN,)
    """The first one is focused."""
    certificate: Certificate | None = None
    """The one that the viewer may trust."""
    status: int | None = None
    """HTTP's, where it is all that the operator said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something the viewer is to know once, whatever the box is about."""

    title: str
    """Message id."""
    says: str
    """Message id of what it means and what there is to do."""
    subject: str = ""
    """Who or what it is about: ``{subject}`` in its text."""
    details: tuple[tuple[str, str], ...] = ()
    """A line each: message id of what stands before it, or nothing, and words said as they are."""
    event: str = ""
    """The operator's own id of it, where the operator wants to know that it was read."""
    reboots: bool = False
    """The operator wants the box to start anew when it was read."""
    fades: bool = False
    """It goes by itself after a while."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How far the box is with trying an operator for the viewer."""

    number: int
    source: Source
    running: CheckStep | None = None
    """What is tried now; None where all is known, or nothing was tried."""
    results: tuple[Checked, ...] = ()
    """A failed one is the last."""

    @property
    def steps(self) -> tuple[CheckStep, ...]:
        """Those that were done, the one that is, and those that may come."""
        done = {result.step for result in self.results}
        order = tuple(CheckStep)
        coming = order[order.index(self.running) :] if self.running else ()
        return tuple(step for step in order if step in done or step in coming)

    @property
    def failure(self) -> Failure | None:
        """Why it did not go on."""
        return self.results[-1].failure if self.results else None

    @property
    def passed(self) -> bool:
        """Everything works."""
        return bool(self.results) and self.running is None and self.failure is None


@dataclass(frozen=True, slots=True)
class DayTold:
    """What an operator said was on a channel on a day."""

    programmes: tuple[Programme, ...] | None = None
    """None: it has not said so yet."""
    failure: Failure | None = None
    """Why it does not say."""

    @property
    def asking(self) -> bool:
        """It is being asked."""
        return self.programmes is None and self.failure is None


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """All that a screen may look at."""

    words: Words
    measure: Ruler
    wrap: Wrap
    width: int
    """Of the screen in design units; 1920 on a 16:9 display."""
    now: datetime
    """In the viewer's time zone."""
    lists: Catalogue
    library: Library
    guide: Guide
    operator: str
    """What the viewer calls the operator."""
    source: Source | None = None
    """The operator itself, where there is one."""
    hardware: str = ""
    """The box's own hardware address, for operators that go by one."""
    duid: str = ""
    code: str = ""
    """Activation code the operator gave; empty where the box has none."""
    code_refused: str = ""
    """The operator's words about the last typed code."""
    asking: bool = False
    asked_ago: float | None = None
    """Seconds since the operator last answered."""
    asks_in: float | None = None
    """Seconds until the operator is asked again; None where no time is set."""
    failing: bool = False
    """The operator could not be asked the last time."""
    notice: Notice | None = None
    remark: Remark | None = None
    reading_lists: bool = False
    reading: Mapping[Part, float | None] = field(default_factory=dict)
    """What is being read of the operator's, and how much of it was, from 0 to 1; None where nobody knows."""
    groups_first: bool = False
    """The viewer asked for the groups of channels."""
    form_first: bool = False
    """The viewer asked to change what was typed of the operator."""
    channel: Channel | None = None
    """What is tuned."""
    live: ChannelRef | None = None
    """The channel tuned last, whatever is watched now."""
    on_air: NowNext | None = None
    """What is on the channel that is tuned; None where nobody knows."""
    item: Work | None = None
    """What plays, where it is no live channel."""
    position: float = 0.0
    """How far that is, in seconds from its beginning; while the viewer winds, where to."""
    duration: float = 0.0
    """How long it lasts, in seconds; 0 where nobody knows."""
    winding: bool = False
    following: Episode | None = None
    """The next episode, while it is offered."""
    next_in: float | None = None
    """Seconds until it begins by itself."""
    status: PlayerStatus = PlayerStatus()
    tuned: float | None = None
    """Seconds from the key to the picture."""
    waiting: float | None = None
    """Seconds since the channel was asked for, while its picture is not there yet."""
    trouble: str = ""
    """Message id of why there is no picture."""
    refused: int = 0
    """HTTP status with which the stream was refused; 0 where it was not."""
    retry_in: float | None = None
    """Seconds until a lost stream is tried again."""
    banner: bool = False
    news_for: float | None = None
    """Seconds for which the news have been running over the picture; None where they do not."""
    smooth: bool = True
    """The box draws quickly enough for a text to run; if not, it turns pages."""
    digits: str = ""
    toast: str = ""
    """A short message over whatever is shown."""
    held: float = 0.0
    """Seconds that the key which is pressed just now has been held; 0 is the press itself."""
    volume: int = 100
    volume_shown: bool = False
    muted: bool = False
    choosing: TrackKind | None = None
    """Of which tracks a list is open over the picture."""
    behind: ScreenName = ScreenName.CHANNELS
    """Where a menu leads back to."""
    settings: Settings = Settings()
    trial: Trial | None = None
    kinds: tuple[str, ...] = ()
    """Protocols of operators that the box speaks."""
    taken_apart: Callable[[str, str], tuple[str, str, str]] = lambda _kind, typed: (typed, "", "")
    """Of a kind and an address as it was typed: the address, the user and the password that were in it."""
    sortings: Mapping[str, Sorting] = field(default_factory=dict)
    """The order of each shelf of the library for which the viewer chose one."""
    reading_library: bool = False
    """Films and series are being read."""
    looked_at: Film | Series | None = None
    """What the viewer looks at closely, as the library has it."""
    details_from: ScreenName | None = None
    """Where that leads back to; None: to its shelf."""
    details: FilmDetails | SeriesDetails | None = None
    """What its operator tells of it."""
    details_failure: Failure | None = None
    """Why the operator told nothing."""
    day: Channel | None = None
    """Whose days are shown."""
    day_at: int | None = None
    """When the programme begins that the viewer wants to see there; None: what is on now."""
    day_from: ScreenName = ScreenName.CHANNELS
    """Where they lead back to."""
    assigning: Channel | None = None
    """For which channel the viewer looks at guides."""
    assign_from: ScreenName = ScreenName.DAY
    """Where that leads back to."""
    proposals: Callable[[Channel], tuple[Proposal, ...]] = lambda _channel: ()
    """Guide channels that a channel may be, the likeliest first."""
    stations: Callable[[str], tuple[Proposal, ...]] = lambda _text: ()
    """Guide channels that are called like a text."""
    favourites: tuple[ChannelRef, ...] = ()
    """In the viewer's order."""
    every_favourite: tuple[ChannelRef, ...] = ()
    """The same with those that are gone from the list."""
    last_find: FilmRef | SeriesRef | None = None
    """The last of what the operator found."""
    hidden: frozenset[str] = frozenset()
    """Groups of channels that the viewer does not want to see."""
    pin_asking: bool = False
    """The typed parental code is being compared."""
    pin_wrong: bool = False
    """It was another one."""
    pin_unknown: bool = False
    """The operator did not tell it."""
    found: Callable[[str], Found] = lambda _text: Found()
    """What the box has that is called like a text."""
    search_from: ScreenName = ScreenName.HOME
    """Where the search leads back to."""
    told: Mapping[ChannelRef, tuple[Programme, ...]] = field(default_factory=dict)
    """What operators said is on now and soon, of channels that the guide knows nothing of."""
    days: Mapping[tuple[ChannelRef, int], DayTold] = field(default_factory=dict)
    """What operators said was on a channel, by when the day begins."""
    marked: Callable[[Lasting], Mark | None] = lambda _ref: None
    """How far the viewer got with a film, an episode, a past programme."""
    lately: Callable[[], tuple[Watched, ...]] = lambda: ()
    """What was watched, the newest first; some of it may be gone."""
    has_poster: Callable[[str], bool] = lambda _address: False
    """As `has_picture`, of a picture to be drawn large."""
    has_picture: Callable[[str], bool] = lambda _address: False
    """Whether the picture of an address can be drawn; if not, it comes later where it can be had."""
    taught: bool = False
    """The viewer taught the box something about the remote."""
    seen: tuple[KeySeen, ...] = ()
    """Keys that the remote's tester has seen, newest first."""
    lesson: Lesson = Lesson()
    silent_in: float | None = None
    """Seconds until the tester, or the lesson's question, waits no longer."""
    about: tuple[tuple[str, str], ...] = ()
    """Facts of the box: message id of what it is, and the fact."""
