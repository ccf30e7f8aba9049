"""What was done with the operator's panel: when, who, from where, what, to what, with what answer."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from stb.portal.books import Books

SCHEMA = """
CREATE TABLE IF NOT EXISTS deed (
    id INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    address TEXT NOT NULL,
    action TEXT NOT NULL,
    target TEXT NOT NULL,
    answer TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS deed_of_address ON deed (address, action, at)
"""
LOGIN = "login"
REFUSED = "refused"
FLOOD = "flood"
_LONGEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """Something somebody did, or tried to."""

    at: int
    """Seconds since 1970."""
    who: str
    address: str
    action: str
    target: str
    answer: str


class Audit:
    """The book of deeds, in which nothing is ever changed."""

    def __init__(self, books: Books, clock: Callable[[], datetime]) -> None:
        """Write into these books, whose table is there."""
        self._books = books
        self._clock = clock

    def write(self, who: str, address: str, action: str, target: str, answer: str) -> None:
        """Note a deed."""
        said = (text[:_LONGEST] for text in (who, address, action, target, answer))
        with self._books.open() as db:
            db.execute(
                "INSERT INTO deed (at, who, address, action, target, answer) VALUES (?, ?, ?, ?, ?, ?)",
                (int(self._clock().timestamp()), *said),
            )

    def all(self, limit: int = 1000) -> tuple[Deed, ...]:
        """The last deeds, the newest first."""
        rows = self._books.rows(
            "SELECT at, who, address, action, target, answer FROM deed ORDER BY id DESC LIMIT ?", limit
        )
        return tuple(Deed(**row) for row in rows)

    def logins(self, address: str, answer: str, since: timedelta) -> int:
        """How often somebody at an address wanted to sign in since then, and was answered so."""
        begin = int((self._clock() - since).timestamp())
        (row,) = self._books.rows(
            "SELECT count(*) AS number FROM deed WHERE address = ? AND action = ? AND answer = ? AND at > ?",
            address,
            LOGIN,
            answer,
            begin,
        )
        number: int = row["number"]
        return number
