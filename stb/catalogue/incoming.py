"""A list on its way to the file: read to its end before anything is written, and never whole in memory."""

import sqlite3
from collections.abc import Iterable, Iterator
from types import TracebackType
from typing import Self

from stb.errors import CatalogueError
from stb.model import Channel

_IN_MEMORY_KB = 16 * 1024
"""A list of more than some 60,000 channels goes on on the disk, the usual ones never touch it."""
FIELDS = (
    "id, number, name, link, grp, logo, has_news, guide_id, guide_name, guide_shift, archive, radio, adult"
)
"""Of `Incoming.rows`, in the order of `Channel`; ``grp`` is the group's name."""
Row = tuple[str | int, ...]


class Incoming:
    """Channels by number, inside a ``with``; kept in a database of SQLite's own that goes with it."""

    def __init__(self, channels: Iterable[Channel]) -> None:
        """Read them to the end.

        Raises:
            CatalogueError: there is no room for them.
        """
        self._scratch = sqlite3.connect("", isolation_level=None)  # no name: temporary, on the disk if large
        try:
            self._fill(channels)
        except sqlite3.Error as error:
            self._scratch.close()
            raise CatalogueError(f"a list cannot be put down: {error}") from error
        except BaseException:
            self._scratch.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._scratch.close()

    def __len__(self) -> int:
        return int(self._scratch.execute("SELECT count(*) FROM incoming").fetchone()[0])

    def rows(self) -> Iterator[Row]:
        """`FIELDS` of each channel by number, as often as one likes."""
        return self._scratch.execute(f"SELECT {FIELDS} FROM incoming ORDER BY number")  # noqa: S608 - ours

    def groups(self) -> Iterator[str]:
        """The group of each channel, by number."""
        for (name,) in self._scratch.execute("SELECT grp FROM incoming ORDER BY number"):
            yield name

    def _fill(self, channels: Iterable[Channel]) -> None:
        scratch = self._scratch
        scratch.execute(f"PRAGMA cache_size = -{_IN_MEMORY_KB}")
        scratch.execute("PRAGMA journal_mode = OFF")
        scratch.execute(f"CREATE TABLE incoming ({FIELDS})")
        scratch.execute("BEGIN")
        rows = ((channel.ref.channel, *channel[1:]) for channel in channels)
        marks = ", ".join("?" * (FIELDS.count(",") + 1))
        scratch.executemany(f"INSERT INTO incoming VALUES ({marks})", rows)  # noqa: S608 - ours
        scratch.execute("COMMIT")
        scratch.execute("CREATE INDEX by_number ON incoming (number)")
