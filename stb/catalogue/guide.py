"""What is on, was, and will be: written by the refresh process, read by everyone.

The file holds what the guides say, in UTC. How a channel's programmes are shifted, and which guide channel is
which channel, is asked when it is read: a list that changes acts at once.
"""

import sqlite3
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path

from stb.catalogue.airtimes import DAY, ended
from stb.catalogue.fetched import Fetched
from stb.catalogue.guide_reading import count_programmes, programmes
from stb.catalogue.guide_writing import GuideWriter
from stb.catalogue.indexing import TITLES
from stb.catalogue.matching import matches
from stb.catalogue.schema import GUIDE
from stb.catalogue.stations import Wanted, candidates
from stb.catalogue.titles import Moment, Station, called, index_titles, past, upcoming
from stb.model import Channel, ChannelRef, GuideChannel, Programme, SourceId


@dataclass(frozen=True, slots=True)
class NowNext:
    """What is on a channel, and what comes then; None where the guide does not say. Ends are filled in."""

    now: Programme | None = None
    next: Programme | None = None


class Guide(Fetched):
    """The guides of all sources; one connection, used by the thread that opened it.

    Moments are seconds since 1970, UTC. Programmes have an end, none is on while another one is, and their
    channel's shift is in their times. The verbs that write may raise `CatalogueError`; the others find
    nothing where the file cannot be read.
    """

    def __init__(self, path: Path, *, in_need: bool = False) -> None:
        """Open the file, or make it; a damaged or newer one is set aside and begun anew, empty.

        Where it cannot be opened, ``in_need`` what can be read of it is held in memory.

        Raises:
            CatalogueError: it cannot be opened.
        """
        super().__init__(path, GUIDE, in_need=in_need)

    def replace(
        self,
        source: SourceId,
        entries: Iterable[GuideChannel | Programme],
        channels: Iterable[Channel],
        revision: str,
        *,
        now: float | None = None,
    ) -> int:
        """Put a source's new guide in the place of its old one; readers see the old or the new, whole.

        Of the old one, what was on before the new one begins stays: as long as the channel's archive goes
        back, and a day at the least. What comes after the new one ends stays too, channel by channel: a guide
        that was cut off, or that goes less far, is better than none.

        Args:
            source: whose guide it is.
            entries: in any order; read one by one.
            channels: of the source; what none of them is called is passed over.
            revision: of the guide.
            now: from when on the past counts; the system's time.

        Returns:
            How many programmes there are now.
        """
        wanted, moment = Wanted(channels), int(time.time() if now is None else now)
        with self._filling() as connection:
            GuideWriter(connection, source, wanted, moment).write(entries, revision)
            index_titles(connection)
            return count_programmes(connection, source)

    def fits(self, source: SourceId, channels: Iterable[Channel]) -> bool:
        """Whether the guide was cut down to channels that are called like these."""
        wanted = Wanted(channels).digest
        found = self._ask(
            lambda connection: connection.execute(
                "SELECT wanted FROM source WHERE id = ?", (source,)
            ).fetchone(),
            None,
        )
        return found is not None and found[0] == wanted

    def revision(self, source: SourceId) -> str:
        """The revision of the guide on the disk; empty where there is none."""
        found = self._ask(
            lambda connection: connection.execute(
                "SELECT revision FROM source WHERE id = ?", (source,)
            ).fetchone(),
            None,
        )
        return str(found[0]) if found else ""

    def count(self, source: SourceId) -> int:
        """How many programmes of a source there are."""
        return self._ask(lambda connection: count_programmes(connection, source), 0)

    def now_next(self, channels: Sequence[Channel], at: int) -> dict[ChannelRef, NowNext]:
        """What is on these channels, and what comes then; one of which nothing is known is left out."""

        def ask(connection: sqlite3.Connection) -> dict[ChannelRef, NowNext]:
            found = {channel.ref: _now_next(connection, channel, at) for channel in channels}
            return {ref: both for ref, both in found.items() if both.now or both.next}

        return self._ask(ask, {})

    def next_change(self, channels: Sequence[Channel], at: int) -> int | None:
        """When what `now_next` says of one of these channels is no longer so; None: nothing is known."""
        changes = (
            both.now.stop if both.now else both.next.start if both.next else None
            for both in self.now_next(channels, at).values()
        )
        return min((moment for moment in changes if moment is not None), default=None)

    def between(self, channel: Channel, begin: int, end: int) -> tuple[Programme, ...]:
        """What is on a channel at any moment from ``begin`` to before ``end``, in order of time."""

        def ask(connection: sqlite3.Connection) -> tuple[Programme, ...]:
            return tuple(
                takewhile(
                    lambda programme: programme.start < end,
                    (one for one in _from(connection, channel, begin, end) if (one.stop or 0) > begin),
                )
            )

        return self._ask(ask, ())

    def programme(self, channel: Channel, start: int) -> Programme | None:
        """The programme that begins at this moment; None where there is none."""
        found = self.between(channel, start, start + 1)
        return next((programme for programme in found if programme.start == start), None)

    def titles(self, text: str, limit: int) -> list[tuple[int, str]]:
        """Keys and names of the titles whose words begin with those of a text, the best first."""
        return self._ask(lambda connection: matches(connection, TITLES, text, limit), [])

    def begins(self, title: int, since: int, most: int) -> tuple[Moment, ...]:
        """When a title begins from a moment on, the first one first."""
        return self._ask(lambda connection: tuple(islice(upcoming(connection, title, since), most)), ())

    def began(self, title: int, before: int, most: int) -> tuple[Moment, ...]:
        """When a title began before a moment, the last one first."""
        return self._ask(lambda connection: tuple(islice(past(connection, title, before), most)), ())

    def station(self, key: int) -> Station | None:
        """The guide's channel that a `Moment` speaks of; None where it is gone."""
        return self._ask(lambda connection: called(connection, key), None)

    def _sources(self, connection: sqlite3.Connection) -> set[SourceId]:
        return {SourceId(source) for (source,) in connection.execute("SELECT id FROM source")}

    def _empty(self, connection: sqlite3.Connection, source: SourceId) -> None:
        GuideWriter(connection, source, Wanted(()), now=0).write((), "")
        index_titles(connection)
        connection.execute("DELETE FROM source WHERE id = ?", (source,))


def _now_next(connection: sqlite3.Connection, channel: Channel, at: int) -> NowNext:
    soon = [one for one in islice(_from(connection, channel, at, at + 1), 2) if (one.stop or 0) > at]
    now = next((one for one in soon if one.start <= at), None)
    return NowNext(now, next((one for one in soon if one.start > at), None))


def _from(connection: sqlite3.Connection, channel: Channel, begin: int, end: int) -> Iterator[Programme]:
    """A channel's programmes, from the one that began last before ``begin`` to a day after ``end``."""
    station = _station(connection, channel)
    if station is None:
        return
    shift = channel.guide_shift
    for programme in ended(programmes(connection, station, begin - shift, end + DAY - shift)):
        yield programme._replace(start=programme.start + shift, stop=(programme.stop or 0) + shift)


def _station(connection: sqlite3.Connection, channel: Channel) -> int | None:
    """The guide channel that is this channel."""
    source = channel.ref.source
    row = connection.execute(
        "SELECT station.key FROM station JOIN source ON source.key = station.source"
        " WHERE source.id = ? AND station.id = ?",
        (source, channel.guide_id),
    ).fetchone()
    for rank, name in candidates(channel) if row is None else ():
        row = connection.execute(
            "SELECT station FROM alias JOIN source ON source.key = alias.source"
            " WHERE source.id = ? AND rank = ? AND name = ?",
            (source, rank, name),
        ).fetchone()
        if row:
            break
    return int(row[0]) if row else None
