"""A guide, written into the tables of `schema.GUIDE` while it is read: only what is another than before."""

import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from hashlib import blake2b

from stb.catalogue.airtimes import DAY, end
from stb.catalogue.stations import BY_ID, BY_NAME, Wanted, folded
from stb.model import GuideChannel, Programme, SourceId

_ROOM = 24
"""Bits of a key of `words` below the day."""
_FAR = 1 << 32
"""Beyond the year 2100: no programme begins then, whatever a guide says."""
_MANY = 4
"""A quarter of a day's words that nobody says are many."""


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
        self._starts: dict[int, array[int]] = {}
        """When programmes begin, by station: what the guide says now."""
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
        if programme.channel in self._passed or not self._lasts(programme.start):
            return
        station = self._station(programme.channel)
        self._starts.setdefault(station, array("q")).append(programme.start)
        self._ends[station] = max(self._ends.get(station, 0), end(programme, None))
        day = programme.start // DAY
        stop = programme.stop if programme.stop is not None and programme.stop > programme.start else None
        self._connection.execute(
            "INSERT INTO programme (day, station, start, stop, words, link) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT DO UPDATE SET stop = excluded.stop, words = excluded.words, link = excluded.link"
            " WHERE stop IS NOT excluded.stop OR words != excluded.words OR link != excluded.link",
            (day, station, programme.start, stop, self._words(day, programme), programme.link),
        )

    def _finish(self) -> None:
        """Take away what is no longer so."""
        days = _days(self._connection, "programme")
        for name, station in self._stations.items():
            keep = self._wanted.days(name, self._names.get(name, ()))
            starts = self._starts.get(station, ())
            told = range(min(starts, default=0), self._ends.get(station, 0))
            if not self._forget(station, days, set(starts), self._first_kept(keep), told):
                self._connection.execute("DELETE FROM station WHERE key = ?", (station,))
        self._write_aliases()
        for day in _days(self._connection, "wording"):
            _tidy(self._connection, day, passed=day < self._now // DAY)

    def _lasts(self, start: int) -> bool:
        return self._first_kept(self._wanted.longest) <= start < _FAR

    def _first_kept(self, days: int) -> int:
        """The moment from which on programmes are kept; 0 days: none are."""
        return self._now - days * DAY if days else _FAR

    def _station(self, name: str) -> int:
        station = self._stations.get(name)
        if station is None:
            done = self._connection.execute(
                "INSERT INTO station (source, id) VALUES (?, ?)", (self._source, name)
            )
            station = self._stations[name] = int(done.lastrowid or 0)
        return station

    def _words(self, day: int, programme: Programme) -> int:
        """Key of what is said of a programme, written down where nobody said the same on that day."""
        words = (
            programme.title,
            programme.subtitle,
            programme.text,
            programme.category,
            programme.season,
            programme.episode,
        )
        digest = int.from_bytes(blake2b(repr(words).encode(), digest_size=8).digest(), signed=True)
        row = self._connection.execute(
            "SELECT words FROM wording WHERE day = ? AND digest = ?", (day, digest)
        ).fetchone()
        if row:
            return int(row[0])
        key = self._next_key(day)
        self._connection.execute("INSERT INTO words VALUES (?, ?, ?, ?, ?, ?, ?)", (key, *words))
        self._connection.execute("INSERT INTO wording VALUES (?, ?, ?)", (day, digest, key))
        return key

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


def _days(connection: sqlite3.Connection, table: str) -> list[int]:
    """The days of which a table has something."""
    days: list[int] = []
    while True:
        (day,) = connection.execute(
            f"SELECT min(day) FROM {table} WHERE day > ?",  # noqa: S608 - a table of ours
            (days[-1] if days else -1,),
        ).fetchone()
        if day is None:
            return days
        days.append(day)


def _tidy(connection: sqlite3.Connection, day: int, *, passed: bool) -> None:
    """Take a day's words away that no programme says any more.

    They lie scattered among the others, and a page is written whole: so this waits until the day has passed,
    or until there are many.
    """
    (there,) = connection.execute("SELECT count(*) FROM wording WHERE day = ?", (day,)).fetchone()
    (said,) = connection.execute(
        "SELECT count(DISTINCT words) FROM programme WHERE day = ?", (day,)
    ).fetchone()
    if there == said or not (passed or (there - said) * _MANY > there):
        return
    first = day << _ROOM
    connection.execute(
        "DELETE FROM words WHERE key BETWEEN ? AND ?"
        " AND key NOT IN (SELECT words FROM programme WHERE day = ?)",
        (first, first + (1 << _ROOM) - 1, day),
    )
    connection.execute(
        "DELETE FROM wording WHERE day = ?1 AND words NOT IN (SELECT words FROM programme WHERE day = ?1)",
        (day,),
    )
