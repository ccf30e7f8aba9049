"""What is on, and was, and will be."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

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


class GuideChannel(NamedTuple):
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


Said = tuple[str, int, int, bytes, bytes, bytes, bytes, int, int, bytes]
"""A programme as a guide says it, before anybody reads it: the fields of `Programme`, in their order.

Texts are character data, see `wording`: what nobody looks at is never decoded. An end that is not said is 0;
one that is said is later than the start. It is a bare tuple because a million of them are made.
"""

SHORT, LONG = 200, 4000
"""Letters of what there is to read of a programme: of its names, and of its text."""


def said(programme: Programme) -> Said:
    """A programme as if nobody had read it."""
    stop = programme.stop or 0
    return (
        programme.channel,
        programme.start,
        stop if stop > programme.start else 0,
        character_data(programme.title),
        character_data(programme.subtitle),
        character_data(programme.text),
        character_data(programme.category),
        programme.season,
        programme.episode,
        character_data(programme.link),
    )


def read(programme: Said) -> Programme:
    """Read a programme."""
    channel, start, stop, title, subtitle, text, category, season, episode, link = programme
    return Programme(
        channel=channel,
        start=start,
        stop=stop or None,
        title=one_line(told(title), SHORT),
        subtitle=one_line(told(subtitle), SHORT),
        text=one_line(told(text), LONG),
        category=one_line(told(category), SHORT),
        season=season,
        episode=episode,
        link=told(link),
    )


def read_programmes(entries: Iterable[GuideChannel | Programme | Said]) -> Iterator[Programme]:
    """The programmes of a guide, read."""
    for entry in entries:
        if isinstance(entry, Programme):
            yield entry
        elif not isinstance(entry, GuideChannel):
            yield read(entry)


Work = Film | Episode | Programme
"""What has a beginning and an end, as the viewer knows it; `Lasting` names it."""
