"""What is on, and was, and will be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, Self

from stb.model.ids import SourceId
from stb.model.media import Episode, Film
from stb.model.wording import character_data, one_line, told


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


class GuideChoice(NamedTuple):
    """Which channel of a guide the viewer chose for a channel; empty texts: no guide at all."""

    guide: SourceId = SourceId("")
    """Whose guide it is."""
    station: str = ""
    """`GuideChannel.id`."""
    shift: int = 0
    """Seconds by which the channel is later than that."""


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


class Said(NamedTuple):
    """A programme as a guide says it, before anybody reads it: its texts are character data, see `told`.

    What is nobody's channel, or is never looked at, is never decoded.
    """

    channel: str
    start: int
    stop: int = 0
    """Later than the start; 0 where the guide does not say."""
    title: bytes = b""
    subtitle: bytes = b""
    text: bytes = b""
    category: bytes = b""
    season: int = 0
    episode: int = 0
    link: bytes = b""

    @classmethod
    def of(cls, programme: Programme) -> Self:
        """A programme that was read."""
        stop = programme.stop or 0
        return cls(
            channel=programme.channel,
            start=programme.start,
            stop=stop if stop > programme.start else 0,
            title=character_data(programme.title),
            subtitle=character_data(programme.subtitle),
            text=character_data(programme.text),
            category=character_data(programme.category),
            season=programme.season,
            episode=programme.episode,
            link=character_data(programme.link),
        )

    def read(self) -> Programme:
        """Read it."""
        return Programme(
            channel=self.channel,
            start=self.start,
            stop=self.stop or None,
            title=one_line(told(self.title), SHORT),
            subtitle=one_line(told(self.subtitle), SHORT),
            text=one_line(told(self.text), LONG),
            category=one_line(told(self.category), SHORT),
            season=self.season,
            episode=self.episode,
            link=told(self.link),
        )


def read_programmes(entries: Iterable[GuideChannel | Programme | Said]) -> Iterator[Programme]:
    """The programmes of a guide, read."""
    for entry in entries:
        if isinstance(entry, Said):
            yield entry.read()
        elif isinstance(entry, Programme):
            yield entry


SHORT, LONG = 200, 4000
"""Letters of what there is to read of a programme: of its names, and of its text."""

Work = Film | Episode | Programme
"""What has a beginning and an end, as the viewer knows it; `Lasting` names it."""
