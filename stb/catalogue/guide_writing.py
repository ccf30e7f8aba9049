"""A guide, written into the tables of `schema.GUIDE` while it is read: only what is another than before."""

import sqlite3
from array import array
from collections.abc import Iterable, Sequence

from stb.catalogue.airtimes import DAY, end
from stb.catalogue.stations import BY_ID, BY_NAME, Wanted, folded
from stb.model import GuideChannel, Programme, SourceId

_ROOM = 24
"""Bits of a key of `words` below the day."""
_FAR = 1 << 32
"""Beyond the year 2100: no programme begins then, whatever a guide says."""
_MANY = 4
"""A quarter of a day's words that nobody says are many."""
_TOGETHER = 300
"""Programmes of one day that are written together: in their order, so that they lie together too."""
_REMEMBERED = 1 << 14
"""Words that are remembered, in case that others say the same; at most twice as many."""
_OLD = """
    SELECT words, stop, link, title, subtitle, text, category, season, episode
    FROM programme JOIN words ON words.key = programme.words WHERE day = ? AND station = ? AND start = ?
"""


class GuideWriter:
    """One guide on its way into the file, inside the caller's transaction."""

    def __init__(self, connection: sqlite3.Connection, source: SourceId, wanted: Wanted, now: int) -> None:
        """Look up what there is.

        Args:
            connection: to the file.
            source: whose guide it is.
            wanted: what its channels are called.
            now: from when on the past counts, in seconds since 1970.
        """
        connection.execute(
            "INSERT INTO source (id, revision, wanted) VALUES (?, '', '') ON CONFLICT DO NOTHING", (source,)
        )
        (self._source,) = connection.execute("SELECT key FROM source WHERE id = ?", (source,)).fetchone()
        self._connection = connection
        self._wanted = wanted
        self._now = now
        self._names: dict[str, tuple[str, ...]] = {}
        """What the guide calls its channels."""
        self._passed: set[str] = set()
        """Ids of guide channels that are none of ours."""
        self._stations = dict(
            connection.execute("SELECT id, key FROM station WHERE source = ?", (self._source,)).fetchall()
        )
        self._new: set[int] = set()
        """Stations of which nothing was known."""
        self._first = self._first_kept(wanted.longest)
        self._batches: dict[int, dict[tuple[int, int], Programme]] = {}
        """What is to be written, by day; then by station and start."""
        self._recent: tuple[dict[int, int], dict[int, int]] = {}, {}
        """Keys of words that were said lately, by their hashes; and of those before."""
        self._touched: set[int] = set()
        """Days of which something is no longer said."""
        self._starts: dict[int, array[int]] = {}
        """When programmes begin, by station that was known: what the guide says now."""
        self._ends: dict[int, int] = {}
        """Up to when the guide says something, by station."""
        self._newest: dict[int, int] = {}
        """Key of the newest words, by day."""

    def write(self, entries: Iterable[GuideChannel | Programme], revision: str) -> None:
        """Put a guide in the place of the source's old one."""
        for entry in entries:
            if isinstance(entry, Programme):
                self._take_programme(entry)
            else:
                self._take_channel(entry)
        for day in self._batches:
            self._write_batch(day)
        self._finish()
        self._connection.execute(
            "UPDATE source SET revision = ?1, wanted = ?2"
            " WHERE key = ?3 AND (revision != ?1 OR wanted != ?2)",
            (revision, self._wanted.digest, self._source),
        )

    def _take_channel(self, channel: GuideChannel) -> None:
        """A channel of the guide, before or after its programmes."""
        names = (*self._names.get(channel.id, ()), *channel.names)
        if self._wanted.days(channel.id, names):
            self._names[channel.id] = names
            self._passed.discard(channel.id)
        elif channel.id not in self._names:
            self._passed.add(channel.id)

    def _take_programme(self, programme: Programme) -> None:
        """A programme; of a channel that was not named yet it is kept until it is known whose it is."""
        name, start = programme.channel, programme.start
        if name in self._passed or not self._first <= start < _FAR:
            return
        station = self._stations.get(name) or self._add_station(name)
        if station not in self._new:
            self._starts.setdefault(station, array("q")).append(start)
            self._ends[station] = max(self._ends.get(station, 0), end(programme, None))
        batch = self._batches.setdefault(start // DAY, {})
        batch[station, start] = programme
        if len(batch) >= _TOGETHER:
            self._write_batch(start // DAY)

    def _write_batch(self, day: int) -> None:
        """Write what is another than what is there."""
        words: list[tuple[str | int, ...]] = []
        rows: list[tuple[str | int | None, ...]] = []
        for (station, start), programme in self._batches[day].items():
            stop, said, link = programme.stop, programme[3:9], programme.link
            if stop is not None and stop <= start:
                stop = None
            if station not in self._new and self._is_there(day, station, start, (stop, link, *said)):
                continue
            known = hash((day, said))
            key = self._recall(known)
            if key is None:
                key = self._next_key(day)
                self._remember(known, key)
                words.append((key, *said))
            rows.append((day, station, start, stop, key, link))
        self._batches[day].clear()
        self._connection.executemany("INSERT INTO words VALUES (?, ?, ?, ?, ?, ?, ?)", words)
        self._connection.executemany("INSERT OR REPLACE INTO programme VALUES (?, ?, ?, ?, ?, ?)", rows)

    def _is_there(self, day: int, station: int, start: int, new: tuple[str | int | None, ...]) -> bool:
        old = self._connection.execute(_OLD, (day, station, start)).fetchone()
        if old is None:
            return False
        if old[1:] == new:
            self._remember(hash((day, new[2:])), old[0])
            return True
        self._touched.add(day)
        return False

    def _recall(self, known: int) -> int | None:
        """Key of the words of a hash; of 64 bits, it is that of others once in a million guides."""
        recent, before = self._recent
        return recent.get(known) or before.get(known)

    def _remember(self, known: int, key: int) -> None:
        if len(self._recent[0]) >= _REMEMBERED:
            self._recent = {}, self._recent[0]
        self._recent[0][known] = key

    def _finish(self) -> None:
        """Take away what is no longer so."""
        days = _days(self._connection)
        for name, station in self._stations.items():
            keep = self._wanted.days(name, self._names.get(name, ()))
            if station in self._new and keep == self._wanted.longest:
                continue
            starts = self._starts.get(station, ())
            told = range(min(starts, default=0), self._ends.get(station, 0))
            if not self._forget(station, days, set(starts), self._first_kept(keep), told):
                self._connection.execute("DELETE FROM station WHERE key = ?", (station,))
        self._write_aliases()
        for day in self._touched:
            _tidy(self._connection, day, passed=day < self._now // DAY)

    def _first_kept(self, days: int) -> int:
        """The moment from which on programmes are kept; 0 days: none are."""
        return self._now - days * DAY if days else _FAR

    def _add_station(self, name: str) -> int:
        done = self._connection.execute(
            "INSERT INTO station (source, id) VALUES (?, ?)", (self._source, name)
        )
        station = self._stations[name] = int(done.lastrowid or 0)
        self._new.add(station)
        return station

    def _next_key(self, day: int) -> int:
        if day not in self._newest:
            first = day << _ROOM
            (newest,) = self._connection.execute(
                "SELECT max(key) FROM words WHERE key BETWEEN ? AND ?", (first, first + (1 << _ROOM) - 1)
            ).fetchone()
            self._newest[day] = first - 1 if newest is None else newest
        self._newest[day] += 1
        return self._newest[day]

    def _forget(self, station: int, days: Sequence[int], said: set[int], kept: int, told: range) -> int:
        """Take a station's programmes away: those from before ``kept``, and those not said of the time told.

        How many stay.
        """
        stay = 0
        for day in days:
            there = self._connection.execute(
                "SELECT start FROM programme WHERE day = ? AND station = ?", (day, station)
            ).fetchall()
            gone = [
                (day, station, one) for (one,) in there if one < kept or (one in told and one not in said)
            ]
            if gone:
                self._touched.add(day)
                self._connection.executemany(
                    "DELETE FROM programme WHERE day = ? AND station = ? AND start = ?", gone
                )
            stay += len(there) - len(gone)
        return stay

    def _write_aliases(self) -> None:
        """Write what the stations are called; of two with one name it is the first one's."""
        new: dict[tuple[int, str], int] = {}
        for name, station in self._connection.execute(
            "SELECT id, key FROM station WHERE source = ? ORDER BY key", (self._source,)
        ):
            new.setdefault((BY_ID, folded(name)), station)
            for called in self._names.get(name, ()):
                new.setdefault((BY_NAME, folded(called)), station)
        rows = {(*alias, station) for alias, station in new.items()}
        old = set(
            self._connection.execute(
                "SELECT rank, name, station FROM alias WHERE source = ?", (self._source,)
            )
        )
        self._connection.executemany(
            "DELETE FROM alias WHERE source = ? AND rank = ? AND name = ?",
            ((self._source, rank, name) for rank, name, _ in old - rows),
        )
        self._connection.executemany(
            "INSERT INTO alias (source, rank, name, station) VALUES (?, ?, ?, ?)",
            ((self._source, *row) for row in rows - old),
        )


def _days(connection: sqlite3.Connection) -> list[int]:
    """The days of which there are programmes."""
    days: list[int] = []
    while True:
        (day,) = connection.execute(
            "SELECT min(day) FROM programme WHERE day > ?", (days[-1] if days else -1,)
        ).fetchone()
        if day is None:
            return days
        days.append(day)


def _tidy(connection: sqlite3.Connection, day: int, *, passed: bool) -> None:
    """Take a day's words away that no programme says any more.

    They lie scattered among the others, and a page is written whole: so this waits until the day has passed,
    or until there are many.
    """
    first = day << _ROOM
    keys = (first, first + (1 << _ROOM) - 1)
    (newest,) = connection.execute("SELECT max(key) FROM words WHERE key BETWEEN ? AND ?", keys).fetchone()
    there = 0 if newest is None else newest - first + 1  # at the most: to count them is to read them
    (said,) = connection.execute(
        "SELECT count(DISTINCT words) FROM programme WHERE day = ?", (day,)
    ).fetchone()
    if there == said or not (passed or (there - said) * _MANY > there):
        return
    connection.execute(
        "DELETE FROM words WHERE key BETWEEN ? AND ?"
        " AND key NOT IN (SELECT words FROM programme WHERE day = ?)",
        (*keys, day),
    )
