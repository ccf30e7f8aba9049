"""A source's films or series, written into the tables of `schema.LIBRARY`: only what differs from before."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence

from stb.catalogue.folding import folded
from stb.catalogue.indexing import SHELVES, indexed, insert
from stb.catalogue.order import WHOLE, Keys, empty, write_order
from stb.catalogue.sifting import Columns, has_sorted, read_columns, write_sorted
from stb.model import Film, Series, SourceId

_Row = tuple[int, str, str, str, str, int, float, int, int, str]
_FIND = """
    SELECT key, name, link, category, poster, year, rating, added, adult, genre
    FROM item WHERE shelf = ? AND id = ?
"""
_ADD = """
    INSERT INTO item (key, shelf, id, name, link, category, poster, year, rating, added, adult, genre)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_CHANGE = """
    UPDATE item SET (name, link, category, poster, year, rating, added, adult, genre)
    = (?, ?, ?, ?, ?, ?, ?, ?, ?) WHERE key = ?
"""


def write_shelf(  # noqa: PLR0913, PLR0917 - what a shelf is made of
    connection: sqlite3.Connection,
    source: SourceId,
    name: str,
    items: Iterable[tuple[str, Film | Series]],
    categories: Sequence[str],
    edition: str = "",
) -> int:
    """Put items in the place of the source's old ones, inside the caller's transaction; how many there are.

    Args:
        connection: to the file.
        source: whose items they are.
        name: of the shelf.
        items: id and item, in the operator's order; read one by one.
        categories: in the operator's order.
        edition: of the operator's list.
    """
    connection.execute(
        "INSERT INTO shelf (source, name, count) VALUES (?, ?, 0) ON CONFLICT DO NOTHING", (source, name)
    )
    (shelf,) = connection.execute(
        "SELECT key FROM shelf WHERE source = ? AND name = ?", (source, name)
    ).fetchone()
    before = connection.total_changes
    if connection.execute("SELECT 1 FROM item WHERE shelf = ? LIMIT 1", (shelf,)).fetchone():
        columns = None
        with indexed(connection, SHELVES[name]):
            orders, whole = _write_items(connection, shelf, items)
    else:
        columns = Columns()
        orders, whole = _fill(connection, shelf, items, columns)
        insert(connection, SHELVES[name], zip(whole, columns.names, strict=True))
    write_order(connection, shelf, WHOLE, whole)
    _write_categories(connection, shelf, orders, categories)
    if connection.total_changes != before or not has_sorted(connection, shelf):
        write_sorted(connection, shelf, whole, columns or read_columns(connection, shelf, whole))
    connection.execute(
        "UPDATE shelf SET count = ?1, edition = ?2 WHERE key = ?3 AND (count != ?1 OR edition != ?2)",
        (len(whole), edition, shelf),
    )
    return len(whole)


def _fill(
    connection: sqlite3.Connection, shelf: int, items: Iterable[tuple[str, Film | Series]], columns: Columns
) -> tuple[dict[str, Keys], Keys]:
    """As `_write_items`, of a shelf with nothing on it: without looking for each item first."""
    names, added, rating, year = columns.names, columns.added, columns.rating, columns.year
    genre, genres = columns.genre, columns.genres
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
                category = item.category
                if category not in orders:
                    orders[category] = empty()
                orders[category].append(key)
                names.append(folded(item.name))
                year.append(item.year)
                rating.append(item.rating)
                added.append(item.added)
                genre.append(genres.setdefault(item.genre, len(genres)))
                yield (key, shelf, identifier, *item[1:])

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
    values = item[1:]
    if old is None:
        return int(connection.execute(_ADD, (None, shelf, identifier, *values)).lastrowid or 0)
    if old[1:] != values:
        connection.execute(_CHANGE, (*values, old[0]))
    return old[0]


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
