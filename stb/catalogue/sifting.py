"""The other orders of a shelf, and what is left of them when only a category, a year or a genre is looked at.

Every order of a whole shelf is kept beside the operator's own (`order`), so that its first page is found as
quickly as its last. What is sifted out of one is put together in memory and remembered while nothing changes.
"""

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from stb.catalogue.folding import folded
from stb.catalogue.genres import of_genre, write_genres
from stb.catalogue.order import WHOLE, Keys, Order, empty, read_order, write_order
from stb.catalogue.remembering import Memory
from stb.model import Sorting

_NUMBERS = {
    Sorting.OPERATOR: WHOLE,
    Sorting.NEWEST: -1,
    Sorting.NAME: -2,
    Sorting.RATING: -3,
    Sorting.YEAR: -4,
}
"""Stand for no category, as `WHOLE` does."""
_FALLING = {Sorting.NEWEST: "added", Sorting.RATING: "rating", Sorting.YEAR: "year"}
"""Columns of which the most comes first; the year last."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which part of a shelf is looked at, and in which order."""

    category: str | None = None
    """None: all of them."""
    year: int | None = None
    """None: all of them."""
    genre: str | None = None
    """None: all of them; in whatever spelling."""
    sorting: Sorting = Sorting.OPERATOR


EVERYTHING = Selection()


@dataclass(frozen=True, slots=True)
class Columns:
    """What a shelf is put in order by, of each item in the operator's order."""

    names: list[str] = field(default_factory=list)
    """Folded."""
    added: "array[int]" = field(default_factory=lambda: array("q"))
    rating: "array[float]" = field(default_factory=lambda: array("d"))
    year: "array[int]" = field(default_factory=lambda: array("q"))
    genre: "array[int]" = field(default_factory=lambda: array("I"))
    """Which of `genres`."""
    genres: dict[str, int] = field(default_factory=dict)
    """What the operator calls them, each text once, numbered."""


def read_columns(connection: sqlite3.Connection, shelf: int, whole: Keys) -> Columns:
    """Of what is in the file."""
    empty_ones = bytes(8 * len(whole))
    found = Columns(
        [""] * len(whole),
        array("q", empty_ones),
        array("d", empty_ones),
        array("q", empty_ones),
        array("I", bytes(4 * len(whole))),
    )
    places = {key: place for place, key in enumerate(whole)}
    # Without the plus SQLite goes through an index, and looks for each row by itself.
    rows = connection.execute(
        "SELECT key, name, added, rating, year, genre FROM item WHERE +shelf = ?", (shelf,)
    )
    for key, name, added, rating, year, genre in rows:
        place = places[key]
        found.names[place] = folded(name)
        found.added[place], found.rating[place], found.year[place] = added, rating, year
        found.genre[place] = found.genres.setdefault(genre, len(found.genres))
    return found


def write_sorted(connection: sqlite3.Connection, shelf: int, whole: Keys, columns: Columns) -> None:
    """Write the other orders of a shelf, its years and its genres, inside the caller's transaction.

    Args:
        connection: to the file.
        shelf: its key.
        whole: the operator's order, which decides where two are alike.
        columns: of it.
    """
    for sorting, column in _FALLING.items():
        values = getattr(columns, column)
        write_order(connection, shelf, _NUMBERS[sorting], _by(whole, values, falling=True))
    _write_years(connection, shelf, Counter(columns.year))
    write_genres(connection, shelf, whole, tuple(columns.genres), columns.genre)
    write_order(connection, shelf, _NUMBERS[Sorting.NAME], _by(whole, columns.names))


def _by(whole: Keys, values: Sequence[float] | Sequence[str], *, falling: bool = False) -> Keys:
    places = sorted(range(len(whole)), key=values.__getitem__, reverse=falling)
    return array(whole.typecode, map(whole.__getitem__, places))


def _write_years(connection: sqlite3.Connection, shelf: int, counts: Counter[int]) -> None:
    connection.executemany(
        "INSERT INTO year (shelf, year, count) VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET count = excluded.count WHERE count != excluded.count",
        ((shelf, year, count) for year, count in counts.items()),
    )
    known = connection.execute("SELECT year FROM year WHERE shelf = ?", (shelf,)).fetchall()
    gone = ((shelf, year) for (year,) in known if year not in counts)
    connection.executemany("DELETE FROM year WHERE shelf = ? AND year = ?", gone)


def has_sorted(connection: sqlite3.Connection, shelf: int) -> bool:
    """Whether the other orders are there: not in a file that was written before there were any."""
    return connection.execute("SELECT 1 FROM year WHERE shelf = ? LIMIT 1", (shelf,)).fetchone() is not None


def read_years(connection: sqlite3.Connection, shelf: str) -> dict[int, int]:
    """The years of which a shelf holds something, the newest first, and how much; without those not known."""
    rows = connection.execute(
        "SELECT year, sum(year.count) FROM shelf JOIN year ON year.shelf = shelf.key"
        " WHERE shelf.name = ? AND year > 0 GROUP BY year ORDER BY year DESC",
        (shelf,),
    )
    return dict(rows)


class Sifted(Order):
    """An order that is nowhere but in memory."""

    def __init__(self, connection: sqlite3.Connection, shelf: str, selection: Selection) -> None:
        """Sift, source by source."""
        self._connection = connection
        self._shelf = shelf
        self._keys = empty()
        for (key,) in connection.execute("SELECT key FROM shelf WHERE name = ? ORDER BY source", (shelf,)):
            self._keys.extend(_sifted(connection, key, selection))
        self.total = len(self._keys)

    def keys(self, first: int, limit: int) -> Iterator[int]:
        """See `Order.keys`."""
        return iter(self._keys[first : first + limit])

    def position(self, source: str, name: str) -> int | None:
        """See `Order.position`."""
        row = self._connection.execute(
            "SELECT item.key FROM item JOIN shelf ON shelf.key = item.shelf"
            " WHERE source = ? AND shelf.name = ? AND item.id = ?",
            (source, self._shelf, name),
        ).fetchone()
        try:
            return self._keys.index(row[0]) if row else None
        except ValueError:
            return None


def order_of(
    connection: sqlite3.Connection,
    shelf: str,
    selection: Selection,
    memory: Memory[tuple[str, Selection], Sifted],
) -> Order:
    """The order that a selection is looked at in."""
    whole = selection.year is None and selection.genre is None
    if whole and (selection.category is None or selection.sorting is Sorting.OPERATOR):
        return Order(connection, shelf, selection.category, _NUMBERS[selection.sorting])
    return memory.recalled(connection, (shelf, selection), lambda: Sifted(connection, shelf, selection))


def _sifted(connection: sqlite3.Connection, shelf: int, selection: Selection) -> Iterable[int]:
    found: Iterable[int] = read_order(connection, shelf, _number(connection, shelf, selection.sorting))
    for wanted in _wanted(connection, shelf, selection):
        found = [key for key in found if key in wanted]
    return found


def _wanted(connection: sqlite3.Connection, shelf: int, selection: Selection) -> Iterator[set[int]]:
    if selection.category is not None:
        row = connection.execute(
            "SELECT key FROM category WHERE shelf = ? AND name = ?", (shelf, selection.category)
        ).fetchone()
        yield set(read_order(connection, shelf, row[0])) if row else set()
    if selection.year is not None:
        # In the order of years they stand beside each other, below the younger ones.
        younger, there = connection.execute(
            "SELECT coalesce(sum(count) FILTER (WHERE year > ?2), 0),"
            " coalesce(sum(count) FILTER (WHERE year = ?2), 0) FROM year WHERE shelf = ?1",
            (shelf, selection.year),
        ).fetchone()
        by_year = read_order(connection, shelf, _NUMBERS[Sorting.YEAR])
        yield set(by_year[younger : younger + there])
    if selection.genre is not None:
        yield set(of_genre(connection, shelf, selection.genre))


def _number(connection: sqlite3.Connection, shelf: int, sorting: Sorting) -> int:
    return _NUMBERS[sorting] if has_sorted(connection, shelf) else WHOLE
