"""The titles of a guide, to be searched; and when they are on.

A title is a row of each day (UTC) on which it is on, so that a day that goes or comes touches no other.
"""

import sqlite3
import sys
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from operator import itemgetter

from stb.catalogue import runs
from stb.catalogue.airtimes import DAY
from stb.catalogue.folding import folded
from stb.catalogue.matching import asked, rank
from stb.catalogue.stations import BY_NAME
from stb.model.guide import SHORT
from stb.model.wording import WESTERN, told

_DAY_BITS = 24
"""Bits of a title's key below the day."""
_PART, _TOGETHER = 1 << 20, 40_000
"""Keys for a part of a day's titles, and how many titles are a part: as many as go into the memory."""
_STATION_BITS = 32
_MOMENTS = "Q"
"""Type code of `array`: eight bytes, seconds into the day above the station's key."""
_MOST_TITLES, _MOST_ROWS = 100, 400
"""What is looked at of the index: enough to choose the best from, few enough to be quick."""
_MOST_MOMENTS = 12
"""Moments of a title that are told, before now and after."""
_FIND = """
    SELECT title.key, title.words, moments FROM title_words JOIN title ON title.key = title_words.rowid
    WHERE title_words MATCH ? AND title_words.rowid >= ? AND title_words.rowid < ?
    ORDER BY title_words.rowid {order} LIMIT {most}
"""


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """When something begins on a channel of a guide."""

    start: int
    """Seconds since 1970, UTC, without the shift of any channel."""
    station: int
    """Key in the file."""


@dataclass(frozen=True, slots=True)
class Station:
    """A channel of a guide."""

    source: str
    """Whose guide it is."""
    id: str
    names: tuple[str, ...] = ()
    """Folded, as `stations`."""


@dataclass(frozen=True, slots=True)
class Title:
    """What something is called, and when it begins."""

    words: str
    """Folded, as `folding`."""
    moments: tuple[Moment, ...]
    """The nearest ones first; of so many as are looked at. Some may be no longer so."""


def index_titles(connection: sqlite3.Connection, days: Iterable[int]) -> None:
    """Bring the titles of some days up to date with the programmes, inside the caller's transaction."""
    for day in sorted(days):
        first = day << _DAY_BITS
        for said in _said(connection, day):
            _write(connection, range(first, first + _PART), _named(said))
            first += _PART
        _write(connection, range(first, day + 1 << _DAY_BITS), {})


def _said(connection: sqlite3.Connection, day: int) -> Iterator[dict[bytes, list[int]]]:
    """The titles of a day and their moments, what changed since included: that may say too much.

    In several parts where they would fill the memory; what is in several of them is found as well.
    """
    found: dict[bytes, list[int]] = {}
    for key, starts, titles in connection.execute(
        "SELECT key, starts, titles FROM run WHERE key >= ?1 AND key < ?2"
        " UNION ALL SELECT key, starts, titles FROM change WHERE key >= ?1 AND key < ?2",
        (runs.first_key(day), runs.first_key(day + 1)),
    ):
        station = runs.station_of(key) - (day * DAY << _STATION_BITS)
        for start, title in runs.titles_of(starts, titles):
            there = found.get(title)
            if there is None:
                found[title] = [(start << _STATION_BITS) + station]
            else:
                there.append((start << _STATION_BITS) + station)
        if len(found) > _TOGETHER:
            yield found
            found = {}
    yield found


def _named(said: dict[bytes, list[int]]) -> dict[str, list[int]]:
    """The same by folded titles; the other is empty then, for both would fill the memory."""
    found: dict[str, list[int]] = {}
    while said:
        title, moments = said.popitem()
        name = folded((told(title) if b"&" in title else title.decode("utf-8", WESTERN))[:SHORT])
        if name in found:
            found[name] += moments
        elif name:
            found[name] = moments
    return found


def _write(connection: sqlite3.Connection, keys: range, said: dict[str, list[int]]) -> None:
    """Put titles in the place of those that have these keys: only what is another."""
    first, last = keys.start, keys.stop - 1
    gone: list[tuple[int, str]] = []
    changed: list[tuple[bytes, int]] = []
    newest = first
    for newest, words, moments in connection.execute(
        "SELECT key, words, moments FROM title WHERE key BETWEEN ? AND ? ORDER BY key", (first, last)
    ):
        now = said.pop(words, None)
        if now is None:
            gone.append((newest, words))
        elif moments != (packed := _packed(now)):
            changed.append((packed, newest))
    connection.executemany(
        "INSERT INTO title_words (title_words, rowid, words) VALUES ('delete', ?, ?)", gone
    )
    connection.executemany("DELETE FROM title WHERE key = ?", ((key,) for key, _ in gone))
    connection.executemany("UPDATE title SET moments = ? WHERE key = ?", changed)
    connection.executemany(
        "INSERT INTO title (key, words, moments) VALUES (?, ?, ?)",
        (
            (key, words, _packed(moments))
            for key, (words, moments) in enumerate(said.items(), start=newest + 1)
        ),
    )
    connection.execute(
        "INSERT INTO title_words (rowid, words) SELECT key, words FROM title WHERE key > ? AND key <= ?",
        (newest, last),
    )


def _packed(moments: list[int]) -> bytes:
    if len(moments) == 1:
        return moments[0].to_bytes(8, sys.byteorder)
    return array(_MOMENTS, sorted(set(moments))).tobytes()


def coming(connection: sqlite3.Connection, text: str, at: int, lasts: int, most: int) -> list[Title]:
    """What is on, or will be, and has words in its title that begin with those of a text, the best first.

    Of those that are as good the one that begins nearest to now. The moments of a title are those that have
    just passed, the last one first, then those that come.

    Args:
        connection: to the file.
        text: as somebody typed it.
        at: now.
        lasts: seconds after which what has begun is over.
        most: titles.
    """
    today = at // DAY
    # What began yesterday comes second: there may be more of it than is looked at.
    days = [(today, runs.FAR // DAY)]
    if (at - lasts) // DAY < today:
        days.append((today - 1, today - 1))
    found: dict[str, list[Moment]] = {}
    words, expressions = asked(text)
    for expression in expressions:
        for name, moments in chain.from_iterable(
            _rows(connection, expression, some, range(at - lasts, at), _MOST_MOMENTS) for some in days
        ):
            found.setdefault(name, []).extend(moments)
    now = Moment(at, 0)
    titles = []
    for name, moments in found.items():
        ordered = sorted(set(moments))
        place = bisect_left(ordered, now)
        nearest = (*ordered[max(place - _MOST_MOMENTS, 0) : place][::-1], *ordered[place:][:_MOST_MOMENTS])
        titles.append((rank(name, words), min(abs(one.start - at) for one in nearest), Title(name, nearest)))
    return [title for _, _, title in sorted(titles, key=itemgetter(0, 1))[:most]]


def bygone(connection: sqlite3.Connection, text: str, before: int, most: int) -> list[Title]:
    """What began before a moment, and is called so; the nearest moments first."""
    words, expressions = asked(text)
    found: dict[str, Title] = {}
    for expression in expressions:
        for name, moments in _rows(connection, expression, (before // DAY, 0), range(before), 0):
            found.setdefault(name, Title(name, tuple(moments[::-1])))
    return sorted(found.values(), key=lambda title: (rank(title.words, words), -title.moments[0].start))[
        :most
    ]


def _rows(
    connection: sqlite3.Connection, expression: str, days: tuple[int, int], past: range, more: int
) -> Iterator[tuple[str, list[Moment]]]:
    """Titles that the index finds from one day to another, and when they are on, in order.

    The last moments of a time that is past, and so many more behind it.
    """
    first, last = sorted(days)
    question = _FIND.format(order="ASC" if days[0] == first else "DESC", most=_MOST_ROWS)
    found: set[str] = set()
    for key, name, data in connection.execute(
        question, (expression, first << _DAY_BITS, last + 1 << _DAY_BITS)
    ):
        moments = _moments(data, (key >> _DAY_BITS) * DAY, past, more)
        if moments:
            found.add(name)
            yield name, moments
        if len(found) == _MOST_TITLES:
            return


def _moments(data: bytes, midnight: int, past: range, more: int) -> list[Moment]:
    packed = array(_MOMENTS, data)
    low = (1 << _STATION_BITS) - 1
    begin, end = (
        bisect_left(packed, max(moment - midnight, 0) << _STATION_BITS) for moment in (past.start, past.stop)
    )
    return [
        Moment(midnight + (one >> _STATION_BITS), one & low)
        for one in packed[max(begin, end - _MOST_MOMENTS) : end + more]
    ]


def called(connection: sqlite3.Connection, station: int) -> Station | None:
    """What a guide says of one of its channels."""
    row = connection.execute(
        "SELECT source.id, station.id, station.source FROM station JOIN source ON source.key = station.source"
        " WHERE station.key = ?",
        (station,),
    ).fetchone()
    if row is None:
        return None
    names = connection.execute(
        "SELECT name FROM alias WHERE source = ? AND rank = ? AND station = ?", (row[2], BY_NAME, station)
    )
    return Station(row[0], row[1], tuple(name for (name,) in names))
