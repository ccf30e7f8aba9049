"""A guide channel's programmes out of the tables of `schema.GUIDE`, one after the other."""

import sqlite3
from bisect import bisect_right
from collections.abc import Iterator
from itertools import takewhile

from stb.catalogue import runs
from stb.catalogue.airtimes import DAY
from stb.model import Programme
from stb.model.guide import read


def programmes(connection: sqlite3.Connection, station: int, begin: int, end: int) -> Iterator[Programme]:
    """As the guide says them: the last one that began in the day up to ``begin``, and those before ``end``.

    In order of time; asked for bit by bit.
    """
    row = connection.execute("SELECT id FROM station WHERE key = ?", (station,)).fetchone()
    for found in _rows(connection, station, begin, end) if row else ():
        yield read((row[0], *found))


def _rows(connection: sqlite3.Connection, station: int, begin: int, end: int) -> Iterator[runs.Row]:
    there = runs.days(connection)
    today = begin // DAY
    found = _of_day(connection, station, today)
    place = bisect_right(found, begin, key=lambda row: row[0])
    before = found[:place] or _of_day(connection, station, today - 1)
    if before and before[-1][0] > begin - DAY:
        yield before[-1]
    yield from takewhile(lambda row: row[0] < end, found[place:])
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
