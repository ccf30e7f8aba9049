"""The operator's news: what all viewers are told."""

from collections.abc import Callable
from datetime import datetime

from stb.errors import PortalError
from stb.portal.books import Books
from stb.portal.nouns import NewsItem


class Bulletin:
    """Sentences an operator says about news."""

    def __init__(self, books: Books, clock: Callable[[], datetime]) -> None:
        """Write into these books, whose table is there."""
        self._books = books
        self._clock = clock

    def all(self) -> tuple[NewsItem, ...]:
        """All news, newest first."""
        rows = self._books.rows("SELECT * FROM news ORDER BY created_at DESC, id DESC")
        return tuple(NewsItem(**row) for row in rows)

    def tell(self, title: str, body: str) -> NewsItem:
        """Say something new to all viewers.

        Raises:
            PortalError: it has no title.
        """
        now = self._now()
        with self._books.open() as db:
            db.execute(
                "INSERT INTO news (title, body, created_at, updated_at) VALUES (?, ?, ?, ?)",
                (_titled(title), body, now, now),
            )
            (row,) = db.execute("SELECT * FROM news WHERE id = last_insert_rowid()").fetchall()
        return NewsItem(**row)

    def reword(self, number: int, title: str, body: str) -> None:
        """Say a piece of news otherwise.

        Raises:
            PortalError: there is no such piece, or no title.
        """
        self._change(
            number,
            "UPDATE news SET title = ?, body = ?, updated_at = ? WHERE id = ?",
            _titled(title),
            body,
            self._now(),
        )

    def take_back(self, number: int) -> None:
        """Say a piece of news no more.

        Raises:
            PortalError: there is no such piece.
        """
        self._change(number, "DELETE FROM news WHERE id = ?")

    def _change(self, number: int, sentence: str, *values: str) -> None:
        with self._books.open() as db:
            if not db.execute(sentence, (*values, number)).rowcount:
                raise PortalError(f"no news of number {number}")

    def _now(self) -> str:
        return self._clock().isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _titled(title: str) -> str:
    if not title.strip():
        raise PortalError("news needs a title")
    return title.strip()
