"""What an operator offers."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from stb.model.ids import ChannelRef, EpisodeRef, FilmRef, SeriesRef


class Channel(NamedTuple):
    """One live channel of a source.

    Lists have hundreds of thousands of rows: a tuple is made in a fifth of the time of a dataclass.
    """

    ref: ChannelRef
    number: int
    """What the viewer types to tune it; positive, unique within a source."""
    name: str
    """As the operator writes it, white space folded; never empty."""
    link: str
    """What the provider needs to make a stream of it; opaque to everyone else, may hold a secret."""
    group: str = ""
    """The operator's category, empty where there is none."""
    logo: str = ""
    """Absolute address of its picture, empty where there is none."""
    has_news: bool = False
    """Whether the operator wants its news shown over this channel."""
    guide_id: str = ""
    """Its id in the operator's guide, as the operator writes it; empty where it does not say."""
    guide_name: str = ""
    """Its name in the guide, where it is another than `name` (M3U: tvg-name)."""
    guide_shift: int = 0
    """Seconds by which its programmes come later than the guide says (M3U: tvg-shift)."""
    archive: int = 0
    """For how many hours the operator keeps what was on it; 0: no catch-up."""
    radio: bool = False
    """It has sound and no picture."""
    adult: bool = False
    """The operator marks it as not for everyone."""


class Film(NamedTuple):
    """One film of a source, as its lists have it."""

    ref: FilmRef
    name: str
    """White space folded; never empty."""
    link: str
    """As `Channel.link`."""
    category: str = ""
    """The operator's, empty where there is none."""
    poster: str = ""
    """Absolute address of its picture, empty where there is none."""
    year: int = 0
    """0 where the operator does not say."""
    rating: float = 0.0
    """Out of ten; 0 where nobody judged."""
    added: int = 0
    """When the operator got it, in seconds since 1970; 0 where it does not say."""
    adult: bool = False
    genre: str = ""
    """The operator's words, all in one (``Drama, Crime / Thriller``); empty where it does not say."""


class Series(NamedTuple):
    """One series of a source, as its lists have it."""

    ref: SeriesRef
    name: str
    """White space folded; never empty."""
    link: str = ""
    """As `Channel.link`."""
    category: str = ""
    """The operator's, empty where there is none."""
    poster: str = ""
    year: int = 0
    rating: float = 0.0
    added: int = 0
    """When the operator last changed it, in seconds since 1970; 0 where it does not say."""
    adult: bool = False
    genre: str = ""
    """As `Film.genre`."""


class Sorting(StrEnum):
    """The orders of a shelf of films or series; of two that are alike the operator's decides."""

    OPERATOR = "operator"
    """As the operator has them."""
    NEWEST = "newest"
    """What the operator got last first."""
    NAME = "name"
    """By their names, in whatever case, with accents and without."""
    RATING = "rating"
    """The best first."""
    YEAR = "year"
    """The youngest first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked for among films and series."""

    shelf: str = ""
    """``films`` or ``series``; empty: both."""
    text: str = ""
    """As somebody typed it; empty: anything."""
    category: str | None = None
    """None: any."""
    year: int | None = None
    """None: any."""
    genre: str | None = None
    """None: any; in whatever spelling."""
    sorting: Sorting = Sorting.OPERATOR
    part: int = 0
    """Which of what there is: 0 is the first few, 1 those that follow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What there is to read of a film or a series; empty or 0 where the operator does not say."""

    plot: str = ""
    genre: str = ""
    director: str = ""
    cast: str = ""
    country: str = ""
    year: int = 0
    rating: float = 0.0
    """Out of ten."""
    age: str = ""
    """From which age on, as the operator writes it."""
    seconds: int = 0
    """How long it is."""
    poster: str = ""
    backdrop: str = ""
    """Absolute address of a wide picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One of several files of a film or an episode: a language, a quality."""

    name: str
    """As the operator writes it."""
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilmDetails:
    """A film, looked at closely."""

    film: Film
    """As the list has it, with what its details put right (its link, its name)."""
    about: About = About()
    versions: tuple[Version, ...] = ()
    """To choose from, the usual one first; empty where there is just one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One episode of a series."""

    ref: EpisodeRef
    season: int
    """0: specials."""
    number: int
    """Within its season, as the operator counts; 0 where it does not say."""
    name: str
    """Never empty; the operator's, or the series' name with the numbers."""
    link: str
    """As `Channel.link`."""
    plot: str = ""
    seconds: int = 0
    """How long it is; 0 where the operator does not say."""
    poster: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Season:
    """One season of a series, its episodes in their order."""

    number: int
    name: str = ""
    """The operator's own; empty where it is only its number."""
    episodes: tuple[Episode, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesDetails:
    """A series, looked at closely: its seasons in ascending order, specials last, none without episodes."""

    series: Series
    about: About = About()
    seasons: tuple[Season, ...] = field(default=())
