"""What is on, was, and will be: written by the refresh process, read by everyone.

The file holds what the guides say, in UTC. How a channel's programmes are shifted, and which guide channel is
which channel, is asked when it is read: a list that changes acts at once.
"""

import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from stb.catalogue.airtimes import DAY, beside
from stb.catalogue.assigning import write_assigned
from stb.catalogue.fetched import Fetched
from stb.catalogue.guide_reading import count_programmes, latest_end, programmes
from stb.catalogue.guide_writing import GuideWriter
from stb.catalogue.receiving import Preference, Reception, chosen, receivers, receptions
from stb.catalogue.reviewing import (
    Given,
    Proposal,
    count_given,
    given,
    name_of,
    named,
    proposals,
    stations_called,
)
from stb.catalogue.schema import GUIDE
from stb.catalogue.stations import Wanted
from stb.catalogue.titles import Moment, Station, Title, bygone, called, coming
from stb.model import Channel, ChannelRef, GuideChannel, GuideChoice, Programme, Said, SourceId


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
        self._preference = Preference()

    def prefer(self, order: Sequence[SourceId], choices: Mapping[ChannelRef, GuideChoice]) -> None:
        """Ask several guides about each channel of an operator.

        A channel has the programmes of the first one that knows any; where it has a gap, those of the next.

        Args:
            order: the operator, if it has a guide, and the viewer's guides, the first one first.
            choices: the guide channels that the viewer chose.
        """
        self._preference = Preference(tuple(order), dict(choices))

    def has_all(self, source: SourceId) -> bool:
        """Whether all the guides about an operator's channels were read."""
        return all(self.knows(one) for one in self._preference.order or (source,))

    def replace(  # noqa: PLR0913 - of a guide and of the channels it is for
        self,
        source: SourceId,
        entries: Iterable[GuideChannel | Programme | Said],
        channels: Iterable[Channel],
        revision: str,
        *,
        now: float | None = None,
        chosen: Mapping[ChannelRef, str] | None = None,
    ) -> int:
        """Put a source's new guide in the place of its old one; readers see the old or the new, whole.

        Of the old one, what was on before the new one begins stays: as long as the channel's archive goes
        back, and a day at the least. What comes after the new one ends stays too, channel by channel: a guide
        that was cut off, or that goes less far, is better than none.

        Args:
            source: whose guide it is: an operator, or a guide of the viewer's own.
            entries: in any order; read one by one.
            channels: of the operator; what none of them is called, or nearly called, is passed over.
            revision: of the guide.
            now: from when on the past counts; the system's time.
            chosen: ids of the guide's channels that the viewer chose for some.

        Returns:
            How many programmes there are now.
        """
        from stb.catalogue.alike import Alike  # noqa: PLC0415 - takes long to read, and is for those who write

        wanted = Wanted(channels, chosen, Alike())
        moment = int(time.time() if now is None else now)
        with self._filling() as connection:
            GuideWriter(connection, source, wanted, moment).write(entries, revision)
            write_assigned(connection, source, wanted)
            return count_programmes(connection, source)

    def fits(
        self,
        source: SourceId,
        channels: Iterable[Channel],
        chosen: Mapping[ChannelRef, str] | None = None,
    ) -> bool:
        """Whether the guide was cut down to channels that are called like these, and chosen like that."""
        wanted = Wanted(channels, chosen).digest
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
            found = {channel.ref: self._now_next(connection, channel, at) for channel in channels}
            return {ref: both for ref, both in found.items() if both.now or both.next}

        return self._ask(ask, {})

    def between(self, channel: Channel, begin: int, end: int) -> tuple[Programme, ...]:
        """What is on a channel at any moment from ``begin`` to before ``end``, in order of time."""

        def ask(connection: sqlite3.Connection) -> tuple[Programme, ...]:
            found: tuple[Programme, ...] = ()
            for reception in receptions(connection, channel, self._preference):
                found = beside(found, _from(connection, reception, begin, end))
            return found

        return self._ask(ask, ())

    def programme(self, channel: Channel, start: int) -> Programme | None:
        """The programme that begins at this moment; None where there is none."""
        found = self.between(channel, start, start + 1)
        return next((programme for programme in found if programme.start == start), None)

    def coming(self, text: str, at: int, lasts: int, limit: int) -> list[Title]:
        """What is on or comes and has words that begin with those of a text, the best first; see `coming`."""
        return self._ask(lambda connection: coming(connection, text, at, lasts, limit), [])

    def bygone(self, text: str, before: int, limit: int) -> list[Title]:
        """The same of what began before a moment."""
        return self._ask(lambda connection: bygone(connection, text, before, limit), [])

    def latest_end(self, moment: Moment) -> int:
        """Before or when what begins at a moment ends at the latest; 0: nothing does."""
        return self._ask(lambda connection: latest_end(connection, moment.station, moment.start), 0)

    def station(self, key: int) -> Station | None:
        """The guide's channel that a `Moment` speaks of; None where it is gone."""
        return self._ask(lambda connection: called(connection, key), None)

    def receivers(self, station: Station) -> tuple[ChannelRef, ...]:
        """The channels that are a guide's channel although neither its id nor its whole name says so."""
        return self._ask(lambda one: tuple(receivers(one, station.source, station.id, self._preference)), ())

    def choice(self, ref: ChannelRef) -> GuideChoice | None:
        """Which guide channel the viewer chose for a channel; None: what is found by itself applies."""
        return self._preference.choices.get(ref)

    def choose(self, ref: ChannelRef, choice: GuideChoice | None) -> None:
        """Ask this guide channel about a channel from now on; None: those that are found by themselves."""
        others = {one: known for one, known in self._preference.choices.items() if one != ref}
        self.prefer(self._preference.order, others if choice is None else {**others, ref: choice})

    def asked(self, channel: Channel) -> Proposal | None:
        """The guide channel that is asked first about a channel, and how sure that is; None: none is."""

        def ask(connection: sqlite3.Connection) -> Proposal | None:
            first = next(iter(receptions(connection, channel, self._preference)), None)
            found = named(connection, first.station) if first else None
            return found._replace(score=first.score, shift=first.shift) if first and found else None

        return self._ask(ask, None)

    def proposals(self, channel: Channel, limit: int) -> tuple[Proposal, ...]:
        """The guide channels that a channel most likely is, the likeliest first."""
        guides = self._preference.of(channel)
        return self._ask(lambda connection: proposals(connection, channel, guides, limit), ())

    def stations_called(self, text: str, limit: int) -> tuple[Proposal, ...]:
        """The guide channels with words that begin with those of a text, the best first."""
        guides = self._preference.order
        return self._ask(lambda connection: stations_called(connection, text, guides, limit), ())

    def count_given(self) -> int:
        """How many channels have a guide because of what names say."""
        return self._ask(count_given, 0)

    def given(self, first: int, limit: int) -> tuple[Given, ...]:
        """Those from a position on, at most so many; the least sure ones first."""
        return self._ask(lambda connection: tuple(given(connection, first, limit)), ())

    def name_of(self, choice: GuideChoice) -> str:
        """What its guide calls a chosen guide channel; its id where the guide says nothing."""
        found = self._ask(lambda connection: name_of(connection, choice.guide, choice.station), "")
        return found or choice.station

    def keeps(self, choice: GuideChoice) -> bool:
        """Whether programmes of a chosen guide channel are on the disk."""
        return self._ask(lambda connection: chosen(connection, choice), None) is not None

    @property
    def has_stations(self) -> bool:
        """Whether some guide was read: there is something to choose from."""
        return bool(self._ask(lambda one: one.execute("SELECT 1 FROM listed LIMIT 1").fetchone(), None))

    def on_station(self, choice: GuideChoice, at: int) -> Programme | None:
        """What would be on a channel if it had this guide channel; None where nothing is known."""

        def ask(connection: sqlite3.Connection) -> Programme | None:
            reception = chosen(connection, choice)
            return next(_from(connection, reception, at, at + 1), None) if reception else None

        return self._ask(ask, None)

    def _now_next(self, connection: sqlite3.Connection, channel: Channel, at: int) -> NowNext:
        now = then = None
        for reception in receptions(connection, channel, self._preference):
            soon = list(islice(_from(connection, reception, at, at + DAY), 2))
            now = now or next((one for one in soon if one.start <= at), None)
            then = then or next((one for one in soon if one.start > at), None)
            if now and then:
                break
        if now and then and then.start < (now.stop or 0):  # of another guide
            now = now._replace(stop=then.start)
        return NowNext(now, then)

    def _sources(self, connection: sqlite3.Connection) -> set[SourceId]:
        return {SourceId(source) for (source,) in connection.execute("SELECT id FROM source")}

    def _empty(self, connection: sqlite3.Connection, source: SourceId) -> None:
        GuideWriter(connection, source, Wanted(()), now=0).write((), "")
        write_assigned(connection, source, Wanted(()))
        connection.execute("DELETE FROM source WHERE id = ?", (source,))


def _from(connection: sqlite3.Connection, reception: Reception, begin: int, end: int) -> Iterator[Programme]:
    """What is on a channel at ``begin``, and what begins before ``end``."""
    shift = reception.shift
    for programme in programmes(connection, reception.station, begin - shift, end - shift):
        yield programme._replace(start=programme.start + shift, stop=(programme.stop or 0) + shift)
