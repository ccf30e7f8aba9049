"""A guide channel's programmes out of the tables of `schema.GUIDE`, one after the other."""

import sqlite3
from bisect import bisect_right
from collections.abc import Iterator
from itertools import chain, pairwise, takewhile

from stb.catalogue import airtimes, runs
from stb.catalogue.airtimes import DAY
from stb.model import Programme
from stb.model.guide import read


def programmes(connection: sqlite3.Connection, station: int, begin: int, end: int) -> Iterator[Programme]:
    """What is on at ``begin`` or begins before ``end``, each with an end and none while another one is on.

    In order of time; asked for bit by bit, and what is over is not read.
    """
    row = connection.execute("SELECT id FROM station WHERE key = ?", (station,)).fetchone()
    # What begins the day after cuts what goes on until then.
    found = _rows(connection, station, begin, end + DAY) if row else iter(())
    for one, following in pairwise(chain(found, (None,))):
        if one is None or one[0] >= end:
            return
        stop = airtimes.end(one[0], one[1], following[0] if following else None)
        if stop > begin:
            yield read((row[0], one[0], stop, *one[2:]))


def latest_end(connection: sqlite3.Connection, station: int, start: int) -> int:
    """Before or when the programme ends at the latest that begins at this moment; 0: none does."""
    times = runs.times(connection, runs.key_of(start // DAY, station))
    if start not in times:
        return 0
    following = min((other for other in times if other > start), default=None)
    return airtimes.end(start, times[start], following)


def _rows(connection: sqlite3.Connection, station: int, begin: int, end: int) -> Iterator[runs.Row]:
    today = begin // DAY
    found = _of_day(connection, station, today)
    place = bisect_right(found, begin, key=lambda row: row[0])
    before = found[:place] or _of_day(connection, station, today - 1)
    if before and before[-1][0] > begin - DAY:
        yield before[-1]
    yield from takewhile(lambda row: row[0] < end, found[place:])
    there = runs.days(connection)
    for day in range(max(today + 1, there.start), min((end - 1) // DAY + 1, there.stop)):
        yield from takewhile(lambda row: row[0] < end, _of_day(connection, station, day))


def _of_day(connection: sqlite3.Connection, station: int, day: int) -> list[runs.Row]:
    return runs.rows(connection, runs.key_of(day, station)) if day >= 0 else []


def count_programmes(connection: sqlite3.Connection, source: str) -> int:
    """How many programmes of a source there are."""
    ours = {
        key
        for (key,) in connection.execute(
            "SELECT station.key FROM station JOIN source ON source.key = station.source WHERE source.id = ?",
            (source,),
        )
    }
    counted = "SELECT key, length(starts) / 4 FROM run UNION ALL SELECT key, more FROM change"
    return sum(count for key, count in connection.execute(counted) if runs.station_of(key) in ours)
