"""What kinds of films and series there are on a shelf: Action, Drama ..., and what is of each.

An item may be of several. The order of each genre is kept beside those of the categories (`order`).
"""

import re
import sqlite3
from collections.abc import Iterable, Sequence

from stb.catalogue.folding import folded
from stb.catalogue.order import Keys, empty, read_order, write_order

_BETWEEN = re.compile(r"[,/|;،؛]")
_NONE = "N/A"
_MOST_OF_ONE = 8
_LONGEST = 40
"""Characters: what is longer tells a story."""
_MOST = 200
"""Of one shelf; where an operator has more, these are no genres."""
_ABOVE = -1000
"""Stands for no category, and for no order of the whole shelf: genre 1 is the next one below."""


def genres(text: str) -> dict[str, str]:
    """The genres that an operator names in one text, the spelling of each by its folded words."""
    if text.upper() == _NONE:
        return {}
    found: dict[str, str] = {}
    for part in _BETWEEN.split(text)[:_MOST_OF_ONE]:
        name = part.strip()
        word = folded(name)
        if word and len(name) <= _LONGEST:
            found.setdefault(word, name)
    return found


def write_genres(
    connection: sqlite3.Connection, shelf: int, whole: Keys, texts: Sequence[str], numbers: Iterable[int]
) -> None:
    """Write which items are of which genre, inside the caller's transaction.

    Args:
        connection: to the file.
        shelf: its key.
        whole: the operator's order; the first spelling in it counts.
        texts: of which an item has one.
        numbers: which one, for each of the order.
    """
    names: dict[str, str] = {}
    orders: dict[str, Keys] = {}
    of: list[list[Keys] | None] = [None] * len(texts)
    for key, number in zip(whole, numbers, strict=True):
        there = of[number]
        if there is None:
            there = of[number] = _orders(texts[number], names, orders)
        for order in there:
            order.append(key)
    _write(connection, shelf, names, orders)


def _orders(text: str, names: dict[str, str], orders: dict[str, Keys]) -> list[Keys]:
    """Those of the genres in a text; begun for those that are new."""
    for word, name in genres(text).items():
        if len(names) < _MOST:
            names.setdefault(word, name)
            orders.setdefault(word, empty())
    return [orders[word] for word in genres(text) if word in orders]


def _write(
    connection: sqlite3.Connection, shelf: int, names: dict[str, str], orders: dict[str, Keys]
) -> None:
    connection.executemany(
        "INSERT INTO genre (shelf, word, name, count) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE"
        " SET name = excluded.name, count = excluded.count"
        " WHERE name != excluded.name OR count != excluded.count",
        ((shelf, word, name, len(orders[word])) for word, name in names.items()),
    )
    for key, word in connection.execute("SELECT key, word FROM genre WHERE shelf = ?", (shelf,)).fetchall():
        write_order(connection, shelf, _ABOVE - key, orders.get(word, empty()))
        if word not in orders:
            connection.execute("DELETE FROM genre WHERE key = ?", (key,))


def read_genres(connection: sqlite3.Connection, shelf: str) -> dict[str, int]:
    """The genres of which a shelf holds something, by name, and how much; sources in their order."""
    found: dict[str, tuple[str, int]] = {}
    for word, name, count in connection.execute(
        "SELECT word, genre.name, genre.count FROM shelf JOIN genre ON genre.shelf = shelf.key"
        " WHERE shelf.name = ? ORDER BY source",
        (shelf,),
    ):
        first, before = found.get(word, (name, 0))
        found[word] = first, before + count
    return {name: count for _, (name, count) in sorted(found.items())}


def of_genre(connection: sqlite3.Connection, shelf: int, name: str) -> Keys:
    """What is of a genre, in the operator's order."""
    row = connection.execute(
        "SELECT key FROM genre WHERE shelf = ? AND word = ?", (shelf, folded(name))
    ).fetchone()
    return read_order(connection, shelf, _ABOVE - row[0]) if row else empty()
