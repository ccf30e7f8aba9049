"""The channel lists on the box's own disk: written by the refresh process, read by everyone.

List order is by source and number. Positions count in that order from 0, through all sources; with a group,
through that group only; where groups are hidden, the whole list is without their channels.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from stb.catalogue.database import InFile
from stb.catalogue.filling import fill_list
from stb.catalogue.finding import channels_of, find_channels
from stb.catalogue.incoming import Incoming
from stb.catalogue.indexing import CHANNELS, indexed
from stb.catalogue.listing import Listing, channel_where, shown_places
from stb.catalogue.news import count_news, find_news, place_of_news, read_news, write_news
from stb.catalogue.remembering import Memory
from stb.catalogue.schema import CATALOGUE
from stb.catalogue.titles import Station
from stb.catalogue.writing import write_list
from stb.model import Channel, ChannelRef, NewsItem, NewsRef, SourceId

_MOST_DIGITS = 18
"""Digits of the longest number that the file can hold."""
NONE: frozenset[str] = frozenset()
"""No group is hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A category of the operators; the same name at two operators is one group."""

    name: str
    """As the operator writes it; empty for the channels that have none."""
    count: int
    """Channels in it; never 0."""


class Catalogue(InFile):
    """The lists of all sources; one connection, used by the thread that opened it.

    Every verb may raise `CatalogueError`.
    """

    def __init__(self, path: Path, *, in_need: bool = False) -> None:
        """Open the file, or make it; a damaged or newer one is set aside and begun anew, empty.

        Where it cannot be opened, ``in_need`` what can be read of it is held in memory.

        Raises:
            CatalogueError: it cannot be opened.
        """
        super().__init__(path, CATALOGUE, in_need=in_need)
        self._shown = Memory[frozenset[str], dict[int, Sequence[int]]]()

    def replace(
        self,
        source: SourceId,
        channels: Iterable[Channel],
        revision: str,
        news: Iterable[NewsItem] = (),
        edition: str = "",
    ) -> int:
        """Put a source's new lists in the place of its old ones; readers see the old or the new, whole.

        Args:
            source: whose list it is.
            channels: of this source, ids and numbers each once; read to the end before anything of an older
                list is written over.
            revision: what `Account.revision` was for this list.
            news: of this source, ids each once.
            edition: what `edition` is to say from now on.

        Returns:
            How many channels there are now.
        """
        with self._database.reading() as connection:
            known = connection.execute("SELECT 1 FROM source UNION SELECT 1 FROM freshness").fetchone()
        if not known:
            with self._database.anew() as connection:
                key, count = fill_list(connection, source, channels, revision)
                write_news(connection, key, tuple(news))
                _note_edition(connection, key, edition)
            return count
        with Incoming(channels) as incoming:
            items = tuple(news)
            with self._database.writing() as connection:
                with indexed(connection, CHANNELS):
                    key = write_list(connection, source, incoming, revision)
                write_news(connection, key, items)
                _note_edition(connection, key, edition)
            return len(incoming)

    def edition(self, source: SourceId) -> str:
        """What the operator's list was like from which this one was read; empty where nobody can tell."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT edition FROM source WHERE id = ?", (source,)).fetchone()
        return str(row[0]) if row else ""

    def keep(self, source: SourceId, revision: str) -> int:
        """Leave a list as it is, which is the one of another revision too; how many channels it has."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE source SET revision = ?1 WHERE id = ?2 AND revision != ?1", (revision, source)
            )
            row = connection.execute("SELECT count FROM source WHERE id = ?", (source,)).fetchone()
        return int(row[0]) if row else 0

    def keep_only(self, source: SourceId) -> None:
        """Empty the lists of every other source: the viewer left it."""
        with self._database.reading() as connection:
            others = connection.execute("SELECT id FROM source WHERE id != ? AND count > 0", (source,))
            left = others.fetchall()
        for (other,) in left:
            self.leave(SourceId(other))

    def leave(self, source: SourceId) -> None:
        """Empty a source's lists, and forget when they were read."""
        self.replace(source, (), "")
        with self._database.writing() as connection:
            connection.execute("DELETE FROM freshness WHERE source = ?", (source,))

    def read_at(self, source: SourceId) -> dict[str, int]:
        """When each part of what the operator offers was last read, in seconds since 1970."""
        with self._database.reading() as connection:
            return dict(connection.execute("SELECT part, at FROM freshness WHERE source = ?", (source,)))

    def note_read(self, source: SourceId, part: str, at: int) -> None:
        """Note that a part is as the operator has it."""
        with self._database.writing() as connection:
            connection.execute("INSERT OR REPLACE INTO freshness VALUES (?, ?, ?)", (source, part, at))

    def revision(self, source: SourceId) -> str:
        """The revision of the list on the disk; empty where there is none."""
        with self._database.reading() as connection:
            row = connection.execute("SELECT revision FROM source WHERE id = ?", (source,)).fetchone()
        return str(row[0]) if row else ""

    def count(self, group: str | None = None, hidden: frozenset[str] = NONE) -> int:
        """How many channels there are."""
        if group is None and hidden:
            return sum(one.count for one in self.groups() if one.name not in hidden)
        with self._database.reading() as connection:
            return Listing(connection, group).total

    def groups(self) -> tuple[Group, ...]:
        """The groups in the order in which they first appear in the list."""
        counts: dict[str, int] = {}
        with self._database.reading() as connection:
            for name, count in connection.execute(
                "SELECT grp.name, grp.count FROM grp JOIN source ON source.key = grp.source"
                " ORDER BY source.id, grp.first"
            ):
                counts[name] = counts.get(name, 0) + count
        return tuple(Group(name=name, count=count) for name, count in counts.items())

    def channels(
        self, first: int, limit: int, group: str | None = None, hidden: frozenset[str] = NONE
    ) -> tuple[Channel, ...]:
        """The rows from a position on, at most so many."""
        with self._database.reading() as connection:
            return tuple(self._listing(connection, group, hidden).rows(first, limit))

    def channel(self, ref: ChannelRef) -> Channel | None:
        """The channel as it is in the list now; None where it is gone."""
        with self._database.reading() as connection:
            return channel_where(connection, "source.id = ? AND channel.id = ?", ref)

    def position(
        self, ref: ChannelRef, group: str | None = None, hidden: frozenset[str] = NONE
    ) -> int | None:
        """Where a channel stands; None where it is not in the list, not in the group or hidden."""
        with self._database.reading() as connection:
            return self._listing(connection, group, hidden).position(ref)

    def neighbour(
        self, ref: ChannelRef, step: int, group: str | None = None, hidden: frozenset[str] = NONE
    ) -> Channel | None:
        """The channel so many steps on (or back, negative), round the end of the list.

        Where the channel is gone, hidden or not in the group, steps are counted from the gap at its number.
        None only where there is no channel at all.
        """
        with self._database.reading() as connection:
            listing = self._listing(connection, group, hidden)
            if not listing.total:
                return None
            position = listing.position(ref)
            if position is None:
                # The row after the gap has taken its place, so the first step on is made already.
                position = listing.gap(ref) - (1 if step > 0 else 0)
            return next(listing.rows((position + step) % listing.total, 1))

    def numbered(self, number: int) -> Channel | None:
        """The channel of this number, of the first source that has it."""
        if number >= 10**_MOST_DIGITS:
            return None
        with self._database.reading() as connection:
            return channel_where(connection, "channel.number = ? ORDER BY source.id", (number,))

    def find(self, text: str, limit: int) -> tuple[Channel, ...]:
        """The channels whose names or numbers have words that begin with those of a text, the best first."""
        with self._database.reading() as connection:
            return find_channels(connection, text, limit)

    def heard(self, station: Station, limit: int) -> tuple[Channel, ...]:
        """The channels that are most likely meant by a channel of a guide, in list order."""
        with self._database.reading() as connection:
            return channels_of(connection, station, limit)

    def latest_shift(self) -> int:
        """By how many seconds the latest channel is later than its guide says; 0 where none is."""
        with self._database.reading() as connection:
            found = connection.execute("SELECT max(guide_shift) FROM channel WHERE guide_shift > 0")
            return int(found.fetchone()[0] or 0)

    def longer(self, digits: str) -> bool:
        """Whether some channel's number begins with these digits and goes on.

        Leading zeros do not count: after ``0`` any number may follow.
        """
        typed = int(digits or "0")
        powers = (10**more for more in range(1, _MOST_DIGITS + 1 - len(str(typed))))
        with self._database.reading() as connection:
            return any(
                channel_where(
                    connection,
                    "channel.number BETWEEN ? AND ?",
                    (max(typed * power, 1), typed * power + power - 1),
                )
                for power in powers
            )

    def first(self, hidden: frozenset[str] = NONE) -> Channel | None:
        """The channel at the top of the list."""
        return next(iter(self.channels(0, 1, hidden=hidden)), None)

    def _listing(self, connection: sqlite3.Connection, group: str | None, hidden: frozenset[str]) -> Listing:
        if group is not None or not hidden:
            return Listing(connection, group)
        shown = self._shown.recalled(connection, hidden, lambda: shown_places(connection, hidden))
        return Listing(connection, None, shown)

    def news_count(self) -> int:
        """How many messages of operators there are."""
        with self._database.reading() as connection:
            return count_news(connection)

    def news(self, first: int, limit: int, source: SourceId | None = None) -> tuple[NewsItem, ...]:
        """The operators' messages from a position on, at most so many; newest first, undated ones last.

        Args:
            first: position to begin with, from 0.
            limit: how many at the most.
            source: of this operator only.
        """
        with self._database.reading() as connection:
            return read_news(connection, first, limit, source)

    def news_position(self, ref: NewsRef) -> int | None:
        """Where a message stands among all; None where it is gone."""
        with self._database.reading() as connection:
            return place_of_news(connection, ref)

    def news_item(self, ref: NewsRef) -> NewsItem | None:
        """A message as it is now; None where it is gone."""
        with self._database.reading() as connection:
            return find_news(connection, ref)


def _note_edition(connection: sqlite3.Connection, key: int, edition: str) -> None:
    connection.execute("UPDATE source SET edition = ?1 WHERE key = ?2 AND edition != ?1", (edition, key))
