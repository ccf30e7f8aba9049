"""The order of a shelf, or of one of its categories: where an item stands, and which one stands there.

An order is a row of keys, four bytes each, on pages of `PAGE` keys. Spans are as in `listing`: one for each
source, and positions count through them.
"""

import sqlite3
from array import array
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

PAGE = 500
"""Keys on a page: 2,000 bytes, which fits into one page of the file."""
WHOLE = 0
"""Stands for no category: the order of the whole shelf."""
_KEYS = "I"
"""Type code of `array`: four bytes."""
Keys: TypeAlias = "array[int]"
"""An order."""


def pages(keys: Keys) -> Iterator[bytes]:
    """The pages of an order."""
    for first in range(0, len(keys), PAGE):
        yield keys[first : first + PAGE].tobytes()


def empty() -> Keys:
    """An order without items."""
    return array(_KEYS)


def read_order(connection: sqlite3.Connection, shelf: int, category: int) -> Keys:
    """All of an order; empty where there is none."""
    keys = empty()
    for (page,) in connection.execute(
        "SELECT items FROM page WHERE shelf = ? AND category = ? ORDER BY number", (shelf, category)
    ):
        keys.frombytes(page)
    return keys


def write_order(connection: sqlite3.Connection, shelf: int, category: int, keys: Keys) -> None:
    """Put an order in the place of the one before, inside the caller's transaction."""
    number = -1
    for number, page in enumerate(pages(keys)):
        connection.execute(
            "INSERT INTO page (shelf, category, number, items) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE"
            " SET items = excluded.items WHERE items != excluded.items",
            (shelf, category, number, page),
        )
    connection.execute(
        "DELETE FROM page WHERE shelf = ? AND category = ? AND number > ?", (shelf, category, number)
    )


class _Span(NamedTuple):
    source: str
    shelf: int
    category: int
    start: int
    end: int


class Order:
    """One order, as it is in one transaction."""

    def __init__(
        self, connection: sqlite3.Connection, shelf: str, category: str | None, whole: int = WHOLE
    ) -> None:
        """Look up the spans: a row for each source, so never many.

        Args:
            connection: to the file.
            shelf: its name.
            category: None for all of it.
            whole: which order of all of it; a shelf that does not have that one is in the operator's.
        """
        self._connection = connection
        if category is None:
            rows = connection.execute(
                "SELECT source, key, coalesce((SELECT category FROM page WHERE shelf = shelf.key"
                " AND category = ? LIMIT 1), ?), count FROM shelf WHERE name = ? ORDER BY source",
                (whole, WHOLE, shelf),
            )
        else:
            rows = connection.execute(
                "SELECT source, shelf.key, category.key, category.count"
                " FROM shelf JOIN category ON category.shelf = shelf.key"
                " WHERE shelf.name = ? AND category.name = ? ORDER BY source",
                (shelf, category),
            )
        self.total = 0
        """How many items are in it."""
        self._spans: list[_Span] = []
        for source, key, kind, count in rows:
            self._spans.append(_Span(source, key, kind, self.total, self.total + count))
            self.total += count

    def keys(self, first: int, limit: int) -> Iterator[int]:
        """The items from a position on, at most so many."""
        for span in self._spans:
            low, high = max(first - span.start, 0), min(first + limit, span.end) - span.start
            if low < high:
                found = empty()
                for page in self._pages(span, low // PAGE, (high - 1) // PAGE):
                    found.frombytes(page)
                skipped = low // PAGE * PAGE
                yield from found[low - skipped : high - skipped]

    def position(self, source: str, name: str) -> int | None:
        """Where an item stands; None where it does not."""
        for span in self._spans:
            if span.source == source:
                row = self._connection.execute(
                    "SELECT key FROM item WHERE shelf = ? AND id = ?", (span.shelf, name)
                ).fetchone()
                place = self._place(span, row[0]) if row else None
                return None if place is None else span.start + place
        return None

    def _place(self, span: _Span, key: int) -> int | None:
        wanted = array(_KEYS, [key]).tobytes()
        for number, page in enumerate(self._pages(span, 0, (span.end - span.start) // PAGE)):
            at = page.find(wanted)
            while (
                at % len(wanted) and at >= 0
            ):  # the end of one key and the beginning of the next look like it
                at = page.find(wanted, at + 1)
            if at >= 0:
                return number * PAGE + at // len(wanted)
        return None

    def _pages(self, span: _Span, first: int, last: int) -> Iterator[bytes]:
        for (page,) in self._connection.execute(
            "SELECT items FROM page WHERE shelf = ? AND category = ? AND number BETWEEN ? AND ?"
            " ORDER BY number",
            (span.shelf, span.category, first, last),
        ):
            yield page


def read_categories(connection: sqlite3.Connection, shelf: str) -> dict[str, int]:
    """The categories of a shelf in order, and how much is in each; one name of several sources is one."""
    counts: dict[str, int] = {}
    for name, count in connection.execute(
        "SELECT category.name, category.count FROM shelf JOIN category ON category.shelf = shelf.key"
        " WHERE shelf.name = ? ORDER BY source, place",
        (shelf,),
    ):
        counts[name] = counts.get(name, 0) + count
    return counts
