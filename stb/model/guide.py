"""What is on, and was, and will be."""

from dataclasses import dataclass
from typing import NamedTuple

from stb.model.ids import SourceId
from stb.model.media import Episode, Film


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideSource:
    """A guide that the viewer added, beside those of the operators."""

    id: SourceId
    """As of an operator, and none of theirs."""
    name: str
    """What the viewer calls it."""
    address: str
    """Of an XMLTV file, packed or not: on a server, or on the box's own disk."""
    order: int = 1
    """The lowest is asked first. The operator's own guide is at 0; those below 0 come before it."""
    sources: tuple[SourceId, ...] = ()
    """The operators whose channels it is asked about; empty: all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GuideChannel:
    """A channel as a guide knows it."""

    id: str
    """As the guide writes it; never empty."""
    names: tuple[str, ...] = ()
    """What the guide calls it, the usual one first."""


class Programme(NamedTuple):
    """One programme of a guide. Moments are seconds since 1970, UTC.

    A guide has a million of them: a tuple is made in a fifth of the time of a dataclass.
    """

    channel: str
    """`GuideChannel.id`."""
    start: int
    stop: int | None = None
    """None where the guide does not say: then it lasts until the next one begins."""
    title: str = ""
    """White space folded; empty where the guide has none."""
    subtitle: str = ""
    text: str = ""
    category: str = ""
    season: int = 0
    episode: int = 0
    """Counted from 1; 0 where the guide does not say."""
    link: str = ""
    """What the provider needs to play it from the archive, where its start does not do; opaque to others."""


Work = Film | Episode | Programme
"""What has a beginning and an end, as the viewer knows it; `Lasting` names it."""
