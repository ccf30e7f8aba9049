"""The operators' messages in the tables of `schema.CATALOGUE`; each verb inside the caller's transaction."""

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from stb.model import NewsId, NewsItem, NewsRef, SourceId

_ITEM = "SELECT source.id, news.id, title, body, created FROM news JOIN source ON source.key = news.source"
_ORDER = "ORDER BY created DESC, source.id, news.rowid"
"""SQLite puts NULL below every number, so undated ones come last."""


def write_news(connection: sqlite3.Connection, source: int, items: Sequence[NewsItem]) -> None:
    """Put these in the place of the source's old ones; ``source`` is its key."""
    connection.execute("DELETE FROM news WHERE source = ?", (source,))
    connection.executemany(
        "INSERT INTO news (source, id, title, body, created) VALUES (?, ?, ?, ?, ?)",
        (
            (source, item.ref.item, item.title, item.body, item.created and int(item.created.timestamp()))
            for item in items
        ),
    )


def count_news(connection: sqlite3.Connection) -> int:
    """How many there are."""
    return int(connection.execute("SELECT COUNT(*) FROM news").fetchone()[0])


def read_news(
    connection: sqlite3.Connection, first: int, limit: int, source: SourceId | None
) -> tuple[NewsItem, ...]:
    """Those of one source or of all, from a position on."""
    rows = connection.execute(
        f"{_ITEM} WHERE ?1 IS NULL OR source.id = ?1 {_ORDER} LIMIT ?2 OFFSET ?3", (source, limit, first)
    )
    return tuple(_items(rows))


def place_of_news(connection: sqlite3.Connection, ref: NewsRef) -> int | None:
    """Where one stands among all."""
    rows = connection.execute(f"{_ITEM} {_ORDER}")
    return next((place for place, row in enumerate(rows) if row[:2] == ref), None)


def find_news(connection: sqlite3.Connection, ref: NewsRef) -> NewsItem | None:
    """One by its name."""
    rows = connection.execute(f"{_ITEM} WHERE source.id = ? AND news.id = ?", ref)
    return next(_items(rows), None)


def _items(rows: sqlite3.Cursor) -> Iterator[NewsItem]:
    for source, name, title, body, created in rows:
        yield NewsItem(
            ref=NewsRef(SourceId(source), NewsId(name)),
            title=title,
            body=body,
            created=None if created is None else datetime.fromtimestamp(created, UTC),
        )
