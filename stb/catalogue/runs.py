"""What a station sends on one day, packed into one row: a *run* (tables ``run`` and ``change`` of `schema`).

Of half a hundred programmes each column is packed into one value. That is written in a tenth of the time of
rows of their own, and read as quickly as one of them. What has changed since, here and there, is in another
such row beside it: to write a run anew for one programme would be to write most of the file.
"""

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

Row = tuple[int, int, bytes, bytes, bytes, bytes, int, int, bytes]
"""What `stb.model.Said` has behind its channel."""
Columns = tuple[bytes, ...]

PIECES = 16
"""Bits of a key for the pieces of a run: a guide need not tell one channel after the other."""
_STATIONS = 24
FAR = 1 << 32
"""Beyond the year 2100: no programme begins then, whatever a guide says."""
GONE = 1
"""End of a programme that is no longer on: one in a change, where the run has it."""
_MOMENTS = "I"
"""Type code of `array`: four bytes."""
_APART = b"<"
"""Between texts; none is in character data."""
_COLUMNS = "starts, titles, stops, subtitles, texts, categories, numbers, links"
_WRITE_RUN = f"INSERT OR REPLACE INTO run (key, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
_WRITE_CHANGE = f"INSERT OR REPLACE INTO change (key, more, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
_TIMES = """
    SELECT starts, stops FROM (SELECT starts, stops FROM run WHERE key BETWEEN ?1 AND ?2 ORDER BY key)
    UNION ALL SELECT starts, stops FROM change WHERE key = ?1
"""
_BOUNDS = "SELECT (SELECT min(key) FROM run), (SELECT max(key) FROM run)"
_MANY = 4
"""When a quarter of a run has changed it is written anew."""


def key_of(day: int, station: int) -> int:
    """The key of a run, and of what changed in it; that of a piece is so many more."""
    return (day << _STATIONS | station) << PIECES


def first_key(day: int) -> int:
    """The lowest that a run of a day may have."""
    return key_of(day, 0)


def day_of(key: int) -> int:
    """Days since 1970 (UTC)."""
    return key >> (_STATIONS + PIECES)


def station_of(key: int) -> int:
    """Key of the station."""
    return key >> PIECES & (1 << _STATIONS) - 1


def whole(key: int) -> int:
    """Key of the run that a piece is of."""
    return key >> PIECES << PIECES


def packed(fields: Iterable[tuple[Any, ...]]) -> Columns:
    """The fields of `Row` of programmes in order of time, field by field, as the columns of a row."""
    starts, stops, titles, subtitles, texts, categories, seasons, episodes, links = fields
    numbers = array(_MOMENTS, seasons + episodes).tobytes() if any(seasons) or any(episodes) else b""
    return (
        array(_MOMENTS, starts).tobytes(),
        _APART.join(titles),
        array(_MOMENTS, stops if max(stops) < FAR else [min(stop, FAR - 1) for stop in stops]).tobytes(),
        *(_APART.join(texts) if any(texts) else b"" for texts in (subtitles, texts, categories)),
        numbers,
        _APART.join(links) if any(links) else b"",
    )


def unpacked(columns: Columns) -> Iterator[Row]:
    """The programmes of a row."""
    starts, titles, stops, subtitles, texts, categories, numbers, links = columns
    moments = array(_MOMENTS, starts)
    count = len(moments)
    nothing = [b""] * count
    told = array(_MOMENTS, numbers or bytes(8 * count))
    return zip(
        moments,
        array(_MOMENTS, stops),
        titles.split(_APART),
        subtitles.split(_APART) if subtitles else nothing,
        texts.split(_APART) if texts else nothing,
        categories.split(_APART) if categories else nothing,
        told[:count],
        told[count:],
        links.split(_APART) if links else nothing,
        strict=True,
    )


def titles_of(starts: bytes, titles: bytes) -> Iterator[tuple[int, bytes]]:
    """When the programmes of a row begin, and what they are called."""
    return zip(array(_MOMENTS, starts), titles.split(_APART), strict=True)


def insert(connection: sqlite3.Connection, rows: Iterable[tuple[int | bytes, ...]]) -> None:
    """Write runs: keys and columns."""
    connection.executemany(_WRITE_RUN, rows)


def pieces(connection: sqlite3.Connection, key: int) -> list[Columns]:
    """The columns of a run, piece by piece, without what changed since."""
    return connection.execute(
        f"SELECT {_COLUMNS} FROM run WHERE key BETWEEN ? AND ? ORDER BY key",  # noqa: S608 - names of ours
        (key, key + (1 << PIECES) - 1),
    ).fetchall()


def changes(connection: sqlite3.Connection, key: int) -> list[Columns]:
    """The columns of what changed in a run."""
    return connection.execute(f"SELECT {_COLUMNS} FROM change WHERE key = ?", (key,)).fetchall()  # noqa: S608


def parts(connection: sqlite3.Connection, key: int) -> list[Columns]:
    """The columns of a run, and of what changed in it."""
    return pieces(connection, key) + changes(connection, key)


def rows(connection: sqlite3.Connection, key: int) -> list[Row]:
    """A station's programmes that begin on one day, in order of time."""
    found = parts(connection, key)
    if len(found) == 1:
        return list(unpacked(found[0]))
    there = by_start(found)
    return [there[start] for start in sorted(there) if there[start][1] != GONE]


def times(connection: sqlite3.Connection, key: int) -> dict[int, int]:
    """When a station's programmes of one day begin, and when they end as the guide says; 0: it does not."""
    found: dict[int, int] = {}
    for starts, stops in connection.execute(_TIMES, (key, key + (1 << PIECES) - 1)):
        found.update(zip(array(_MOMENTS, starts), array(_MOMENTS, stops), strict=True))
    return {start: stop for start, stop in found.items() if stop != GONE}


def by_start(parts: Iterable[Columns]) -> dict[int, Row]:
    """Programmes by when they begin; of several at one time the last one."""
    return {row[0]: row for columns in parts for row in unpacked(columns)}


def change(connection: sqlite3.Connection, key: int, differing: Mapping[int, Row | None]) -> None:
    """Put programmes in the place of those that begin at the same time; None: there is none any more."""
    run = by_start(pieces(connection, key))
    changed = by_start(changes(connection, key))
    for start, row in differing.items():
        changed[start] = row or (start, GONE, b"", b"", b"", b"", 0, 0, b"")
    changed = {
        start: row
        for start, row in sorted(changed.items())
        if row != run.get(start) and (row[1] != GONE or start in run)
    }
    if changed and len(changed) * _MANY <= len(run):
        more = sum(-1 if row[1] == GONE else start not in run for start, row in changed.items())
        connection.execute(_WRITE_CHANGE, (key, more, *packed(zip(*changed.values(), strict=True))))
        return
    connection.execute("DELETE FROM change WHERE key = ?", (key,))
    if changed:
        delete(connection, key)
        left = [row for _, row in sorted((run | changed).items()) if row[1] != GONE]
        insert(connection, [(key, *packed(zip(*left, strict=True)))] if left else ())


def delete(connection: sqlite3.Connection, key: int) -> None:
    """Take a run away, with all that changed in it."""
    connection.execute("DELETE FROM run WHERE key BETWEEN ? AND ?", (key, key + (1 << PIECES) - 1))
    connection.execute("DELETE FROM change WHERE key = ?", (key,))


def days(connection: sqlite3.Connection) -> range:
    """From the first day of which there is a run to the last."""
    first, last = connection.execute(_BOUNDS).fetchone()
    return range(day_of(first), day_of(last) + 1) if first is not None else range(0)
