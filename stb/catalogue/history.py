"""What was watched lately, in the table of `viewer_schema`. Each verb inside the caller's transaction."""

import sqlite3
from dataclasses import dataclass

from stb.model import (
    ChannelId,
    ChannelRef,
    EpisodeId,
    EpisodeRef,
    FilmId,
    FilmRef,
    SeriesId,
    SeriesRef,
    SourceId,
)

Watchable = ChannelRef | FilmRef | EpisodeRef

_KEPT = 100
"""So many entries stay, the newest ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Watched:
    """One entry; of a series only the episode watched last is one."""

    ref: Watchable
    name: str
    """As it was called then."""
    at: int
    """When that was, in seconds since 1970."""


def write_watched(connection: sqlite3.Connection, watched: Watched) -> None:
    """Put this entry first, in the place of an older one of the same thing; the oldest of all go."""
    source, kind, owner, item = _row(watched.ref)
    connection.execute(
        "DELETE FROM watched WHERE source = ? AND kind = ? AND owner = ?", (source, kind, owner)
    )
    connection.execute(
        "INSERT INTO watched (source, kind, owner, item, name, at) VALUES (?, ?, ?, ?, ?, ?)",
        (source, kind, owner, item, watched.name, watched.at),
    )
    connection.execute(
        "DELETE FROM watched WHERE key <= (SELECT key FROM watched ORDER BY key DESC LIMIT 1 OFFSET ?)",
        (_KEPT,),
    )


def read_watched(connection: sqlite3.Connection, source: SourceId) -> tuple[Watched, ...]:
    """What of an operator's was watched, the newest first."""
    rows = connection.execute(
        "SELECT kind, owner, item, name, at FROM watched WHERE source = ? ORDER BY key DESC", (source,)
    )
    return tuple(
        Watched(ref=_ref(source, kind, owner, item), name=name, at=at) for kind, owner, item, name, at in rows
    )


def erase_watched(connection: sqlite3.Connection) -> None:
    """Forget all of it."""
    connection.execute("DELETE FROM watched")


def _row(ref: Watchable) -> tuple[str, str, str, str]:
    match ref:
        case ChannelRef(source, channel):
            return source, "channel", channel, ""
        case FilmRef(source, film):
            return source, "film", film, ""
        case EpisodeRef(series, episode):
            return series.source, "episode", series.series, episode


def _ref(source: SourceId, kind: str, owner: str, item: str) -> Watchable:
    match kind:
        case "channel":
            return ChannelRef(source, ChannelId(owner))
        case "film":
            return FilmRef(source, FilmId(owner))
    return EpisodeRef(SeriesRef(source, SeriesId(owner)), EpisodeId(item))
