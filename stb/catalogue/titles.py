"""The titles of a guide, each once, to be searched; and when a title is on.

A title's moments of one day (UTC) are one row, so that a day that goes or comes touches no other.
"""

import sqlite3
from array import array
from collections.abc import Iterator
from dataclasses import dataclass

from stb.catalogue.airtimes import DAY
from stb.catalogue.indexing import TITLES, indexed
from stb.catalogue.stations import BY_NAME

_STATION_BITS = 32
_MOMENTS = "Q"
"""Type code of `array`: eight bytes, seconds into the day above the station's key."""
_MANY = 4
"""A quarter of the titles that are never on are many."""


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


def index_titles(connection: sqlite3.Connection) -> None:
    """Bring titles and their moments up to date with the programmes, inside the caller's transaction."""
    days = [day for (day,) in connection.execute("SELECT DISTINCT day FROM airing")]
    said = [day for (day,) in connection.execute("SELECT DISTINCT day FROM programme")]
    connection.executemany("DELETE FROM airing WHERE day = ?", ((day,) for day in days if day not in said))
    with indexed(connection, TITLES):
        for day in said:
            _write_day(connection, day)
        _tidy(connection)


def _write_day(connection: sqlite3.Connection, day: int) -> None:
    moments: dict[str, array[int]] = {}
    for title, start, station in connection.execute(
        "SELECT title, start, station FROM programme JOIN words ON words.key = programme.words"
        " WHERE day = ? AND title != ''",
        (day,),
    ):
        moments.setdefault(title, array(_MOMENTS)).append(start - day * DAY << _STATION_BITS | station)
    gone = {title for (title,) in connection.execute("SELECT title FROM airing WHERE day = ?", (day,))}
    for title in sorted(
        moments
    ):  # in the order of the table's index: at random it takes several times as long
        packed, key = array(_MOMENTS, sorted(moments[title])).tobytes(), _key(connection, title)
        if key not in gone or _packed(connection, day, key) != packed:
            connection.execute(
                "INSERT OR REPLACE INTO airing (day, title, moments) VALUES (?, ?, ?)", (day, key, packed)
            )
        gone.discard(key)
    connection.executemany(
        "DELETE FROM airing WHERE day = ? AND title = ?", ((day, title) for title in sorted(gone))
    )


def _packed(connection: sqlite3.Connection, day: int, title: int) -> bytes:
    row = connection.execute(
        "SELECT moments FROM airing WHERE day = ? AND title = ?", (day, title)
    ).fetchone()
    return bytes(row[0]) if row else b""


def _key(connection: sqlite3.Connection, title: str) -> int:
    row = connection.execute("SELECT key FROM title WHERE name = ?", (title,)).fetchone()
    if row:
        return int(row[0])
    return int(connection.execute("INSERT INTO title (name) VALUES (?)", (title,)).lastrowid or 0)


def _tidy(connection: sqlite3.Connection) -> None:
    """Take titles away that are never on, once they are many: nobody finds them, and they lie scattered."""
    (there,) = connection.execute("SELECT count(*) FROM title").fetchone()
    (on,) = connection.execute("SELECT count(DISTINCT title) FROM airing").fetchone()
    if (there - on) * _MANY > there:
        connection.execute("DELETE FROM title WHERE key NOT IN (SELECT title FROM airing)")


def upcoming(connection: sqlite3.Connection, title: int, since: int) -> Iterator[Moment]:
    """When a title begins at a moment or later, the first one first; asked for bit by bit."""
    last = connection.execute("SELECT max(day) FROM airing").fetchone()[0] or 0
    for day in range(since // DAY, last + 1):
        yield from (moment for moment in _moments(connection, title, day) if moment.start >= since)


def past(connection: sqlite3.Connection, title: int, before: int) -> Iterator[Moment]:
    """When a title began before a moment, the last one first; asked for bit by bit."""
    first = connection.execute("SELECT min(day) FROM airing").fetchone()[0] or 0
    for day in range(before // DAY, first - 1 if first else before // DAY, -1):
        found = reversed(_moments(connection, title, day))
        yield from (moment for moment in found if moment.start < before)


def _moments(connection: sqlite3.Connection, title: int, day: int) -> list[Moment]:
    low = (1 << _STATION_BITS) - 1
    packed = array(_MOMENTS, _packed(connection, day, title))
    return [Moment(day * DAY + (one >> _STATION_BITS), one & low) for one in packed]


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
