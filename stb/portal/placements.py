"""On which of the operator's servers a channel, film or episode is, and whether it is on there."""

from collections.abc import Mapping
from enum import StrEnum

from stb.portal.books import Books

SCHEMA = """
CREATE TABLE IF NOT EXISTS placement (
    kind TEXT NOT NULL,
    stream INTEGER NOT NULL,
    server INTEGER NOT NULL,
    standing TEXT NOT NULL CHECK (standing IN ('running', 'stopped', 'deleted')),
    PRIMARY KEY (kind, stream, server)
) STRICT
"""
SERVERS = {1: "Main server", 2: "Second server"}
"""Both are this portal; an even number is on both, an odd one on the first alone."""
_LARGEST = 2**63 - 1
"""What SQLite can hold."""


class Content(StrEnum):
    """What an operator starts and stops, in the words of the panel."""

    STREAM = "stream"
    MOVIE = "movie"
    EPISODE = "episode"


class Standing(StrEnum):
    """What the operator has said of something on a server."""

    RUNNING = "running"
    STOPPED = "stopped"
    DELETED = "deleted"


class Placements:
    """Who has stopped or taken away what; what nobody has spoken of runs where it belongs."""

    def __init__(self, books: Books) -> None:
        """Speak about the placements in these books, whose table is there."""
        self._books = books

    def of(self, kind: Content, stream: int) -> dict[int, Standing]:
        """The servers something is on, and whether it runs there; none: it has been deleted."""
        return {
            server: standing
            for server, standing in self._spoken(kind).get(stream, _home(stream)).items()
            if standing is not Standing.DELETED
        }

    def off(self, kind: Content) -> frozenset[int]:
        """Numbers of all that runs on no server."""
        return frozenset(
            stream for stream, at in self._spoken(kind).items() if Standing.RUNNING not in at.values()
        )

    def gone(self, kind: Content) -> frozenset[int]:
        """Numbers of all that has been deleted from its last server."""
        return frozenset(
            stream for stream, at in self._spoken(kind).items() if set(at.values()) == {Standing.DELETED}
        )

    def say(self, kind: Content, stream: int, server: int, standing: Standing) -> bool:
        """Start, stop or delete something on a server; whether it was there. What is deleted stays so."""
        if not 0 < stream <= _LARGEST or server not in _home(stream):
            return False
        with self._books.open() as db:
            done = db.execute(
                "INSERT INTO placement VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE"
                " SET standing = excluded.standing WHERE standing != 'deleted'",
                (kind, stream, server, standing),
            )
            return bool(done.rowcount)

    def _spoken(self, kind: Content) -> Mapping[int, dict[int, Standing]]:
        spoken: dict[int, dict[int, Standing]] = {}
        for row in self._books.rows("SELECT * FROM placement WHERE kind = ?", kind):
            at = spoken.setdefault(row["stream"], _home(row["stream"]))
            at[row["server"]] = Standing(row["standing"])
        return spoken


def _home(stream: int) -> dict[int, Standing]:
    return {server: Standing.RUNNING for server in SERVERS if server == 1 or stream % 2 == 0}
