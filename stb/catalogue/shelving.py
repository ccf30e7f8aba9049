"""A source's films or series, written into the tables of `schema.LIBRARY`: only what differs from before."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from stb.catalogue.order import WHOLE, Keys, empty, write_order
from stb.catalogue.sifting import has_sorted, write_sorted
from stb.model import Film, Series, SourceId

_Row = tuple[int, str, str, str, str, int, float, int, int]
_FIND = """
    SELECT key, name, category, link, poster, year, rating, added, adult FROM item WHERE shelf = ? AND id = ?
"""
_ADD = """
    INSERT INTO item (key, shelf, id, name, category, link, poster, year, rating, added, adult)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_CHANGE = """
    UPDATE item SET (name, category, link, poster, year, rating, added, adult) = (?, ?, ?, ?, ?, ?, ?, ?)
    WHERE key = ?
"""


def write_shelf(
    connection: sqlite3.Connection,
    source: SourceId,
    name: str,
    items: Iterable[tuple[str, Film | Series]],
    categories: Sequence[str],
) -> int:
    """Put items in the place of the source's old ones, inside the caller's transaction; how many there are.

    Args:
        connection: to the file.
        source: whose items they are.
        name: of the shelf.
        items: id and item, in the operator's order; read one by one.
        categories: in the operator's order.
    """
    connection.execute(
        "INSERT INTO shelf (source, name, count) VALUES (?, ?, 0) ON CONFLICT DO NOTHING", (source, name)
    )
    (shelf,) = connection.execute(
        "SELECT key FROM shelf WHERE source = ? AND name = ?", (source, name)
    ).fetchone()
    before = connection.total_changes
    there = connection.execute("SELECT 1 FROM item WHERE shelf = ? LIMIT 1", (shelf,)).fetchone()
    orders, whole = (_write_items if there else _fill)(connection, shelf, items)
    write_order(connection, shelf, WHOLE, whole)
    _write_categories(connection, shelf, orders, categories)
    if connection.total_changes != before or not has_sorted(connection, shelf):
        write_sorted(connection, shelf, whole)
    connection.execute("UPDATE shelf SET count = ?1 WHERE key = ?2 AND count != ?1", (len(whole), shelf))
    return len(whole)


def _fill(
    connection: sqlite3.Connection, shelf: int, items: Iterable[tuple[str, Film | Series]]
) -> tuple[dict[str, Keys], Keys]:
    """As `_write_items`, of a shelf with nothing on it: without looking for each item first."""
    orders: dict[str, Keys] = {}
    whole = empty()
    (most,) = connection.execute("SELECT coalesce(max(key), 0) FROM item").fetchone()

    def rows() -> Iterator[tuple[str | int | float, ...]]:
        seen: set[str] = set()
        for identifier, item in items:
            if identifier not in seen:
                seen.add(identifier)
                key = most + len(seen)
                whole.append(key)
                orders.setdefault(item.category, empty()).append(key)
                yield (key, shelf, identifier, *_values(item))

    connection.executemany(_ADD, rows())
    return orders, whole


def _write_items(
    connection: sqlite3.Connection, shelf: int, items: Iterable[tuple[str, Film | Series]]
) -> tuple[dict[str, Keys], Keys]:
    """Write the rows; the orders of the categories, and of all."""
    orders: dict[str, Keys] = {}
    whole = empty()
    (most,) = connection.execute("SELECT coalesce(max(key), 0) FROM item").fetchone()
    seen = bytearray(most + 1)
    for identifier, item in items:
        old = connection.execute(_FIND, (shelf, identifier)).fetchone()
        if old is not None and seen[old[0]]:
            continue  # the operator has it twice
        key = _write_item(connection, shelf, identifier, item, old)
        seen.extend(bytes(max(0, key + 1 - len(seen))))
        seen[key] = 1
        whole.append(key)
        orders.setdefault(item.category, empty()).append(key)
    rows = connection.execute("SELECT key FROM item WHERE shelf = ?", (shelf,))
    gone = [row for row in rows if not seen[row[0]]]
    connection.executemany("DELETE FROM item WHERE key = ?", gone)
    return orders, whole


def _write_item(
    connection: sqlite3.Connection, shelf: int, identifier: str, item: Film | Series, old: _Row | None
) -> int:
    """Write an item if it is another than the old one; its key."""
    values = _values(item)
    if old is None:
        return int(connection.execute(_ADD, (None, shelf, identifier, *values)).lastrowid or 0)
    if old[1:] != values:
        connection.execute(_CHANGE, (*values, old[0]))
    return old[0]


def _values(item: Film | Series) -> tuple[str, str, str, str, int, float, int, int]:
    return (
        item.name,
        item.category,
        item.link,
        item.poster,
        item.year,
        item.rating,
        item.added,
        int(item.adult),
    )


def _write_categories(
    connection: sqlite3.Connection, shelf: int, orders: dict[str, Keys], named: Sequence[str]
) -> None:
    """Write the categories that hold something: first as the operator names them, then as they appeared."""
    names = [name for name in dict.fromkeys((*named, *orders)) if name in orders]
    for place, name in enumerate(names):
        connection.execute(
            "INSERT INTO category (shelf, place, name, count) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE"
            " SET place = excluded.place, count = excluded.count"
            " WHERE place != excluded.place OR count != excluded.count",
            (shelf, place, name, len(orders[name])),
        )
    for key, name in connection.execute(
        "SELECT key, name FROM category WHERE shelf = ?", (shelf,)
    ).fetchall():
        write_order(connection, shelf, key, orders.get(name, empty()))
        if name not in orders:
            connection.execute("DELETE FROM category WHERE key = ?", (key,))
