"""How far the viewer got with films, episodes and past programmes, in the table of `viewer_schema`.

Each verb inside the caller's transaction.
"""

import sqlite3
from dataclasses import dataclass

from stb.model import EpisodeRef, FilmRef, Lasting, PastRef

_KEPT = 1000
"""So many marks stay, the newest ones."""
_SEEN_SHARE = 0.03
_SEEN_SECONDS = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Where the viewer left off."""

    position: float
    """Seconds from the beginning."""
    duration: float
    """Seconds from beginning to end; 0 where nobody knew."""
    at: int
    """When that was, in seconds since 1970."""

    @property
    def seen(self) -> bool:
        """Only the closing titles were left: the last 3 %, or the last minute."""
        left = self.duration - self.position
        return self.duration > 0 and left <= max(_SEEN_SHARE * self.duration, _SEEN_SECONDS)


def write_mark(connection: sqlite3.Connection, ref: Lasting, mark: Mark) -> None:
    """Put this mark in the place of an older one of the same thing; the oldest marks of all go."""
    _erase(connection, ref)
    connection.execute(
        "INSERT INTO mark (source, kind, owner, item, position, duration, at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (*_row(ref), mark.position, mark.duration, mark.at),
    )
    connection.execute(
        "DELETE FROM mark WHERE key <= (SELECT key FROM mark ORDER BY key DESC LIMIT 1 OFFSET ?)", (_KEPT,)
    )


def find_mark(connection: sqlite3.Connection, ref: Lasting) -> Mark | None:
    """The mark of one thing."""
    row = connection.execute(
        "SELECT position, duration, at FROM mark WHERE source = ? AND kind = ? AND owner = ? AND item = ?",
        _row(ref),
    ).fetchone()
    return Mark(position=row[0], duration=row[1], at=row[2]) if row else None


def _erase(connection: sqlite3.Connection, ref: Lasting) -> None:
    connection.execute("DELETE FROM mark WHERE source = ? AND kind = ? AND owner = ? AND item = ?", _row(ref))


def _row(ref: Lasting) -> tuple[str, str, str, str]:
    match ref:
        case FilmRef(source, film):
            return source, "film", "", film
        case EpisodeRef(series, episode):
            return series.source, "episode", series.series, episode
        case PastRef(channel, start):
            return channel.source, "past", channel.channel, str(start)
