"""A guide, written into the tables of `schema.GUIDE` while it is read: only what is another than before."""

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby
from operator import lt
from typing import cast

from stb.catalogue import runs
from stb.catalogue.airtimes import DAY, UNSAID
from stb.catalogue.stations import BY_ID, BY_NAME, Wanted, folded
from stb.catalogue.titles import index_titles
from stb.model import GuideChannel, Programme, Said, SourceId

_TOGETHER, _MOST_TOGETHER = 1024 * 1024, 16 * 1024 * 1024
"""Bytes of programmes that wait until the rest of their day is there too; of a guide that does not tell one
channel after the other, more."""
_FEW = 8
"""Programmes of a day that it is a waste to write by themselves."""
_ROW = 256
"""Bytes that a programme takes besides its text."""


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
        self._waiting: dict[str, dict[int, list[Said]]] = {}
        """What is to be written, by guide channel and day."""
        self._together = _TOGETHER
        self._turn = 0
        """How often that was written."""
        self._same: set[int] = set()
        """Keys of runs of which the guide says the same as before."""
        self._starts: dict[int, array[int]] = {}
        """When the programmes of the other runs begin that were there before, by their keys."""
        self._told: dict[int, range] = {}
        """From when to when the guide says something, by station that was there before."""
        self._touched: set[int] = set()
        """Days of which something is another than before."""

    def write(self, entries: Iterable[GuideChannel | Programme | Said], revision: str) -> None:
        """Put a guide in the place of the source's old one."""
        self._take(entries)
        self._write_waiting("")
        self._forget()
        self._write_aliases()
        index_titles(self._connection, self._touched)
        self._connection.execute(
            "UPDATE source SET revision = ?1, wanted = ?2"
            " WHERE key = ?3 AND (revision != ?1 OR wanted != ?2)",
            (revision, self._wanted.digest, self._source),
        )

    def _take(self, entries: Iterable[GuideChannel | Programme | Said]) -> None:
        """Channels may come before their programmes or after: what is not named yet is kept until then."""
        first, last = self._first_day(self._wanted.longest), runs.FAR // DAY
        waiting, passed, size = self._waiting, self._passed, 0
        for entry in entries:
            if type(entry) is Said:
                said = entry
            elif isinstance(entry, GuideChannel):
                self._take_channel(entry)
                continue
            else:
                said = Said.of(cast("Programme", entry))
            name = said[0]
            if name in passed:
                continue
            day = said[1] // DAY
            if first <= day < last:
                if name not in waiting:
                    waiting[name] = defaultdict(list)
                waiting[name][day].append(said)
                size += _ROW + len(said[5])
                if size > self._together:
                    self._write_waiting(name)
                    size = 0

    def _take_channel(self, channel: GuideChannel) -> None:
        names = (*self._names.get(channel.id, ()), *channel.names)
        if self._wanted.days(channel.id, names):
            self._names[channel.id] = names
            self._passed.discard(channel.id)
        elif channel.id not in self._names:
            self._passed.add(channel.id)

    def _write_waiting(self, unfinished: str) -> None:
        """Write what waits; where there is anything else, without what is still being told."""
        kept = self._waiting.pop(unfinished, None) if len(self._waiting) > 1 else None
        fresh: list[tuple[int | bytes, ...]] = []
        count = days = 0
        for name, by_day in self._waiting.items():
            station = self._stations.get(name) or self._add_station(name)
            for day, said in by_day.items():
                rows = _in_order([one[1:] for one in said])
                count, days = count + len(rows), days + 1
                key = runs.key_of(day, station)
                if station in self._new:
                    fresh.append((key + self._turn, *runs.packed(rows)))
                    self._touched.add(day)
                else:
                    self._compare(key, rows)
        runs.insert(self._connection, sorted(fresh))
        self._turn += 1
        if count < days * _FEW:
            self._together = min(2 * self._together, _MOST_TOGETHER)
        self._waiting.clear()
        if kept is not None:
            self._waiting[unfinished] = kept

    def _compare(self, key: int, rows: list[runs.Row]) -> None:
        """Write what is another than what is there."""
        begin, end = rows[0][0], _end(rows[-1])
        told = self._told.setdefault(runs.station_of(key), range(begin, end))
        self._told[runs.station_of(key)] = range(min(told.start, begin), max(told.stop, end))
        there = runs.rows(self._connection, key)
        if there == rows:
            self._same.add(key)
            return
        self._starts.setdefault(key, array("q")).extend(row[0] for row in rows)
        known = set(there)
        self._change(key, {row[0]: row for row in rows if row not in known})

    def _change(self, key: int, differing: dict[int, runs.Row | None]) -> None:
        if differing:
            runs.change(self._connection, key, differing)
            self._touched.add(runs.day_of(key))

    def _forget(self) -> None:
        """Take away what is no longer so."""
        kept = {name: self._wanted.days(name, self._names.get(name, ())) for name in self._stations}
        for channel, best in self._wanted.by_name():
            if best.station in kept:
                kept[best.station] = max(kept[best.station], self._wanted.archive(channel))
        first = {station: self._first_day(kept[name]) for name, station in self._stations.items()}
        for key in self._runs():
            if runs.day_of(key) < first[runs.station_of(key)]:
                runs.delete(self._connection, key)
                self._touched.add(runs.day_of(key))
            elif key not in self._same:
                self._change(key, self._gone(key))
        empty = set(first) - set(map(runs.station_of, self._runs()))
        self._connection.executemany("DELETE FROM station WHERE key = ?", ((one,) for one in empty))

    def _runs(self) -> list[int]:
        """Keys of the source's runs."""
        ours = set(self._stations.values())
        keys = (runs.whole(key) for (key,) in self._connection.execute("SELECT key FROM run ORDER BY key"))
        return [key for key, _ in groupby(keys) if runs.station_of(key) in ours]

    def _gone(self, key: int) -> dict[int, runs.Row | None]:
        """What was on while the guide says something, and is not said any more."""
        told = self._told.get(runs.station_of(key), range(0))
        day = runs.day_of(key)
        if not (told.start // DAY <= day <= told.stop // DAY):
            return {}
        said = set(self._starts.get(key, ()))
        there = (row[0] for row in runs.rows(self._connection, key))
        return {start: None for start in there if start in told and start not in said}

    def _first_day(self, days: int) -> int:
        """The day from which on programmes are kept; 0 days: none are."""
        return (self._now - days * DAY) // DAY if days else runs.FAR

    def _add_station(self, name: str) -> int:
        done = self._connection.execute(
            "INSERT INTO station (source, id) VALUES (?, ?)", (self._source, name)
        )
        station = self._stations[name] = int(done.lastrowid or 0)
        self._new.add(station)
        return station

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


def _in_order(rows: list[runs.Row]) -> list[runs.Row]:
    """By time; of several that begin at the same moment the last one told stays."""
    starts = [row[0] for row in rows]
    if all(map(lt, starts, starts[1:])):
        return rows
    by_start = {row[0]: row for row in rows}
    return [by_start[start] for start in sorted(by_start)]


def _end(row: runs.Row) -> int:
    """Up to when something is said."""
    start, stop = row[:2]
    return min(stop, start + DAY) if stop > start else start + UNSAID
