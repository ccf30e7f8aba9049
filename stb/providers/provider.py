"""What the box asks of an operator, whatever protocol the operator speaks."""

from collections.abc import Iterator, Sequence
from enum import Enum, StrEnum, auto
from hashlib import sha256
from typing import Protocol

from stb import __version__
from stb.model import (
    Account,
    Attention,
    Channel,
    ChannelId,
    EpisodeRef,
    Film,
    FilmDetails,
    FilmRef,
    GuideChannel,
    NewsItem,
    PlayKind,
    Programme,
    Query,
    Registration,
    Said,
    Series,
    SeriesDetails,
    Stream,
)

PLAYER_AGENT = "VLC/3.0.20 LibVLC/3.0.20"
"""Panels keep out what calls itself nothing, or a browser; players pass."""


class Offer(Enum):
    """What a kind of operator can do beyond the verbs every provider has."""

    ACTIVATION = auto()
    """A new device registers itself and is activated with a code: the provider is `Activating`."""
    NEWS = auto()
    """The operator has messages for its viewers: the provider is `Reporting`."""
    LIBRARY = auto()
    """There are films and series: the provider is `Lending`."""
    SEARCH = auto()
    """The operator looks through its films and series itself: the provider is `Seeking`."""
    GUIDE = auto()
    """There is a guide for all channels: the provider is `Guiding`."""
    SHORT_GUIDE = auto()
    """A channel can be asked what is on now and soon: the provider is `Telling`."""
    CATCH_UP = auto()
    """What was on a channel can be watched: the provider is `Archiving`."""
    DAYS = auto()
    """A channel can be asked what was on it: the provider is `Recounting`."""
    EVENTS = auto()
    """The operator tells a box that is on what to do: the provider is `Attending`."""
    FAVOURITES = auto()
    """The operator keeps the viewer's favourites: the provider is `Favouring`."""
    EDITIONS = auto()
    """Its lists are fetched before they are read, and told from those before: the provider is `Fetching`."""
    PARENTAL_CODE = auto()
    """The operator keeps the code that opens what is not for everyone: the provider is `Guarding`."""


def edition(*told: object) -> str:
    """What `Fetching.fetch` gives, made of all that a list is; another version of the box reads it anew."""
    return sha256(repr((__version__, *told)).encode("utf-8", "replace")).hexdigest()[:32]


class Provider(Protocol):
    """One signed-in operator. Its verbs block and raise `ProviderError`; a worker calls them."""

    offers: frozenset[Offer]

    @property
    def address(self) -> str:
        """Whom it asks: the source's address, completed as the protocol has it; http or https."""
        ...

    def sign_in(self) -> Account:
        """Tell the operator who we are and hear what it thinks of us.

        A device the operator does not know is no error but `AccountStatus.UNREGISTERED`.

        Raises:
            Unreachable, Untrusted, LoginRefused, ServerFault, BadReply: as their names say.
        """
        ...

    def items(self) -> Iterator[Channel]:
        """All channels that the operator offers, in the operator's order; read by the refresh process."""
        ...

    def stream(self, channel: Channel) -> Stream:
        """Resolve a channel to what the player can play now."""
        ...

    def close(self) -> None:
        """Give connections back. Safe to call twice."""
        ...


class Activating(Provider, Protocol):
    """A provider with `Offer.ACTIVATION`."""

    def register(self) -> Registration:
        """Make this device known; a device that is pending already gets its code again."""
        ...

    def activate(self, code: str) -> None:
        """Activate this device; a device that is active already is no error.

        Raises:
            LoginRefused: the code is wrong; ``.words`` are the operator's.
            NotRegistered: the operator does not know this device.
        """
        ...


class Reporting(Provider, Protocol):
    """A provider with `Offer.NEWS`."""

    def news(self) -> Iterator[NewsItem]:
        """What the operator tells its viewers, newest first; read by the refresh process."""
        ...


class Shelf(StrEnum):
    """The two parts of a library."""

    FILMS = "films"
    SERIES = "series"


class Lending(Provider, Protocol):
    """A provider with `Offer.LIBRARY`. The first three verbs are for the refresh process."""

    def categories(self, shelf: Shelf) -> tuple[str, ...]:
        """Names of a shelf's categories in the operator's order; an item may be in one that is not named."""
        ...

    def films(self) -> Iterator[Film]:
        """All films, in the operator's order; each id once."""
        ...

    def series(self) -> Iterator[Series]:
        """All series, in the operator's order; each id once."""
        ...

    def film(self, film: Film) -> FilmDetails:
        """Look at a film closely; what the operator does not say is as the list has it.

        Raises:
            NoSuchItem: the operator no longer has it.
        """
        ...

    def seasons(self, series: Series) -> SeriesDetails:
        """Look at a series closely.

        Raises:
            NoSuchItem: the operator no longer has it.
        """
        ...

    def lend(self, ref: FilmRef | EpisodeRef, link: str) -> Stream:
        """Resolve a film, one version of it, or an episode to what the player can play now.

        Args:
            ref: what it is.
            link: `Film.link`, `Version.link` or `Episode.link`.
        """
        ...


class Seeking(Provider, Protocol):
    """A provider with `Offer.SEARCH`: of its films and series perhaps not all can be read in one go."""

    def whole(self) -> bool:
        """Whether what `Lending.films` and `Lending.series` gave, read to their ends, is all there is."""
        ...

    def seek(self, query: Query) -> tuple[Film | Series, ...]:
        """What the operator finds, in the order that is asked for if it can; a few of it: `Query.part`."""
        ...


class Fetching(Provider, Protocol):
    """A provider with `Offer.EDITIONS`, for the refresh process."""

    def fetch(self, shelf: Shelf | None = None) -> str:
        """Fetch the list of channels, or that of a shelf, as far as nothing has to be read for it.

        Returns:
            What the list is like: changes when anything in it does; empty where nobody can tell.
        """
        ...


class Guidebook(Protocol):
    """A guide, read once from beginning to end while it is written down."""

    revision: str
    """Changes when the guide does; empty where nobody can tell."""

    @property
    def lost(self) -> int:
        """Entries so far that could not be read."""
        ...

    def __iter__(self) -> Iterator[GuideChannel | Programme | Said]:
        """Channels and programmes in any order; a programme may be of a channel that is not named."""
        ...


class Guiding(Provider, Protocol):
    """A provider with `Offer.GUIDE`."""

    def guide(self, have: str = "") -> Guidebook | None:
        """The guide of all channels, for the refresh process; None: it is still the one of revision ``have``.

        What `Channel.guide_id` names is a `GuideChannel.id` of it.

        Raises:
            NoSuchItem: this operator has none after all.
        """
        ...


class Telling(Provider, Protocol):
    """A provider with `Offer.SHORT_GUIDE`."""

    def short_guide(self, channel: Channel) -> tuple[Programme, ...]:
        """What is on now and next on a channel, in order of time; empty where the operator does not know."""
        ...


class Archiving(Provider, Protocol):
    """A provider with `Offer.CATCH_UP`, for channels whose `archive` is not 0."""

    def past(self, channel: Channel, programme: Programme) -> Stream:
        """Resolve a programme that was on, or began already, to what the player can play from its start.

        Raises:
            NoSuchItem: the operator no longer keeps it.
        """
        ...


class Recounting(Provider, Protocol):
    """A provider with `Offer.DAYS`."""

    def day(self, channel: Channel, begin: int, end: int) -> tuple[Programme, ...]:
        """What was, is and will be on a channel from ``begin`` to before ``end``, in order of time.

        Moments are seconds since 1970. What is on before and after may be there too; a programme that is kept
        has the link by which `Archiving.past` plays it. Empty where the operator does not know.
        """
        ...


class Attending(Provider, Protocol):
    """A provider with `Offer.EVENTS`."""

    def attend(self, playing: PlayKind, shown: str = "", *, first: bool = False) -> Attention:
        """Say that the box is on and what it is about, and hear what it is to do; never signs in by itself.

        Args:
            playing: what the viewer is about.
            shown: id of the event whose words are on the screen; empty: none.
            first: it was not asked since it last signed in.
        """
        ...

    def confirm(self, event: str) -> None:
        """Tell the operator that the viewer read the words of this event."""
        ...


class Favouring(Provider, Protocol):
    """A provider with `Offer.FAVOURITES`."""

    def favourites(self) -> tuple[ChannelId, ...]:
        """The favourites that the operator keeps, in the viewer's order."""
        ...

    def favour(self, base: Sequence[ChannelId], mine: Sequence[ChannelId]) -> tuple[ChannelId, ...]:
        """Write what the viewer changed, beside what was changed elsewhere meanwhile.

        Args:
            base: what `favourites` gave when the viewer began.
            mine: what the viewer made of it.

        Returns:
            What the operator keeps now.

        Raises:
            BadReply: what is there now cannot be read, and so nothing was written.
        """
        ...


class Guarding(Provider, Protocol):
    """A provider with `Offer.PARENTAL_CODE`."""

    def parental_code(self) -> str:
        """The code, as the operator keeps it."""
        ...

    def change_parental_code(self, code: str) -> None:
        """Have the operator keep another one.

        Raises:
            ServerFault: it does not.
        """
        ...
