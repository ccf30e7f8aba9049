"""A guide, written into the tables of `schema.GUIDE` while it is read: only what is another than before."""

import sqlite3
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby, islice
from operator import itemgetter, lt
from typing import Any, cast

from stb.catalogue import runs
from stb.catalogue.airtimes import DAY, UNSAID
from stb.catalogue.stations import BY_ID, BY_NAME, Wanted, folded
from stb.catalogue.titles import index_titles
from stb.model import GuideChannel, Programme, Said, SourceId
from stb.model.guide import said

_TOGETHER, _MOST_TOGETHER = 1024 * 1024, 16 * 1024 * 1024
"""Bytes of programmes that wait until the rest of their day is there too; of a guide that does not tell one
channel after the other, more."""
_FEW = 8
"""Programmes of a day that it is a waste to write by themselves."""
_AT_ONCE = 1000
"""Programmes of a channel that are taken together."""
_ROW = 256
"""Bytes that a programme takes besides its text."""

Fields = tuple[tuple[Any, ...], ...]
"""Of several programmes: those of `runs.Row`, each by itself."""


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
        self._first = self._first_day(wanted.longest)
        self._names: dict[str, tuple[str, ...]] = {}
        """What the guide calls its channels."""
        self._passed: set[str] = set()
        """Ids of guide channels that are none of ours."""
        self._stations = dict(
            connection.execute("SELECT id, key FROM station WHERE source = ?", (self._source,)).fetchall()
        )
        self._new: set[int] = set()
        """Stations of which nothing was known."""
        self._waiting: defaultdict[str, list[Said]] = defaultdict(list)
        """What is to be written, by guide channel."""
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
        size = 0
        for name, group in groupby(entries, itemgetter(0)):
            while some := list(islice(group, _AT_ONCE)):
                programmes = some if set(map(type, some)) == {tuple} else self._programmes(some)
                if programmes and name not in self._passed:
                    self._waiting[name] += cast("list[Said]", programmes)
                    size += sum(map(len, map(itemgetter(5), programmes))) + _ROW * len(programmes)
                if size > self._together:
                    self._write_waiting(name)
                    size = 0

    def _programmes(self, entries: list[GuideChannel | Programme | Said]) -> list[Said]:
        """Those of a channel, without what else is said of it."""
        for entry in entries:
            if isinstance(entry, GuideChannel):
                self._take_channel(entry)
        return [
            said(entry) if isinstance(entry, Programme) else entry
            for entry in entries
            if not isinstance(entry, GuideChannel)
        ]

    def _take_channel(self, channel: GuideChannel) -> None:
        names = (*self._names.get(channel.id, ()), *channel.names)
        if self._wanted.days(channel.id, names):
            self._names[channel.id] = names
            self._passed.discard(channel.id)
        elif channel.id not in self._names:
            self._passed.add(channel.id)

    def _write_waiting(self, unfinished: str) -> None:
        """Write what waits; where there is anything else, without what is still being told."""
        kept = self._waiting.pop(unfinished, []) if len(self._waiting) > 1 else []
        fresh: list[tuple[int | bytes, ...]] = []
        count = days = 0
        for name, programmes in self._waiting.items():
            for day, fields in _by_day(programmes, self._first):
                station = self._stations.get(name) or self._add_station(name)
                key = runs.key_of(day, station)
                count, days = count + len(fields[0]), days + 1
                if station in self._new:
                    fresh.append((key + self._turn, *runs.packed(fields)))
                    self._touched.add(day)
                else:
                    self._compare(key, fields)
        runs.insert(self._connection, sorted(fresh))
        self._turn += 1
        if count < days * _FEW:
            self._together = min(2 * self._together, _MOST_TOGETHER)
        self._waiting.clear()
        if kept:
            self._waiting[unfinished] = kept

    def _compare(self, key: int, fields: Fields) -> None:
        """Write what is another than what is there."""
        starts, stops = fields[:2]
        told = self._told.get(runs.station_of(key), range(starts[0], 0))
        self._told[runs.station_of(key)] = range(
            min(told.start, starts[0]), max(told.stop, _end(starts[-1], stops[-1]))
        )
        if runs.parts(self._connection, key) == [runs.packed(fields)]:
            self._same.add(key)
            return
        self._starts.setdefault(key, array("q")).extend(starts)
        known = set(runs.rows(self._connection, key))
        self._change(key, {row[0]: row for row in zip(*fields, strict=True) if row not in known})

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


def _by_day(programmes: list[Said], first: int) -> Iterator[tuple[int, Fields]]:
    """The fields of a channel's programmes, day by day, from a first one on; in order of time.

    Of several that begin at the same moment the last one told stays.
    """
    fields = tuple(zip(*programmes, strict=True))
    if not all(map(lt, fields[1], fields[1][1:])):
        by_start = {one[1]: one for one in programmes}
        fields = tuple(zip(*(by_start[start] for start in sorted(by_start)), strict=True))
    starts = fields[1]
    place, last = (bisect_left(starts, moment) for moment in (first * DAY, runs.FAR))
    while place < last:
        day = starts[place] // DAY
        end = bisect_left(starts, (day + 1) * DAY, place, last)
        yield day, tuple(field[place:end] for field in fields[1:])
        place = end


def _end(start: int, stop: int) -> int:
    """Up to when something is said."""
    return min(stop, start + DAY) if stop > start else start + UNSAID
