"""What the viewer left behind, in a file of its own: lists can be thrown away, this cannot."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from stb.catalogue.database import InFile
from stb.catalogue.marks import Mark, erase_mark, find_mark, write_mark
from stb.catalogue.schema import VIEWER
from stb.model import ChannelId, ChannelRef, Lasting, SourceId


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """How the viewer left the box; None where nothing was remembered yet."""

    watched: ChannelRef | None = None
    volume: int | None = None
    """Per cent."""
    muted: bool | None = None
    audio_language: str | None = None
    subtitle_language: str | None = None
    """ISO 639; empty for none."""


class Viewer(InFile):
    """The viewer's own file; used by one thread, written rarely."""

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        """Open the file, or make it.

        Args:
            path: of the file.
            now: what says when a mark is made, in seconds since 1970.

        Raises:
            CatalogueTooNew: a newer version of the box wrote it.
            CatalogueError: it cannot be opened.
        """
        super().__init__(path, VIEWER)
        self._now = now

    def recall(self) -> Remembered:
        """What was remembered last."""
        with self._database.reading() as connection:
            kept = dict(connection.execute("SELECT name, value FROM kept"))
        watched = None
        if kept.keys() >= {"source", "channel"}:
            watched = ChannelRef(SourceId(kept["source"]), ChannelId(kept["channel"]))
        return Remembered(
            watched=watched,
            volume=int(kept["volume"]) if "volume" in kept else None,
            muted=kept["muted"] == "1" if "muted" in kept else None,
            audio_language=kept.get("audio_language"),
            subtitle_language=kept.get("subtitle_language"),
        )

    def remember(
        self,
        *,
        watched: ChannelRef | None = None,
        volume: int | None = None,
        muted: bool | None = None,
        audio_language: str | None = None,
        subtitle_language: str | None = None,
    ) -> None:
        """Remember what is given, and leave the rest as it was."""
        rows: dict[str, str] = {}
        if watched is not None:
            rows |= {"source": watched.source, "channel": watched.channel}
        if volume is not None:
            rows["volume"] = str(volume)
        if muted is not None:
            rows["muted"] = str(int(muted))
        if audio_language is not None:
            rows["audio_language"] = audio_language
        if subtitle_language is not None:
            rows["subtitle_language"] = subtitle_language
        with self._database.writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO kept (name, value) VALUES (?, ?)", rows.items())

    def mark(self, ref: Lasting, position: float, duration: float) -> None:
        """Remember how far the viewer got, in seconds; the newest thousand marks are kept."""
        mark = Mark(position=position, duration=duration, at=int(self._now()))
        with self._database.writing() as connection:
            write_mark(connection, ref, mark)

    def marked(self, ref: Lasting) -> Mark | None:
        """How far the viewer got; None where there is no mark."""
        with self._database.reading() as connection:
            return find_mark(connection, ref)

    def unmark(self, ref: Lasting) -> None:
        """Forget how far the viewer got."""
        with self._database.writing() as connection:
            erase_mark(connection, ref)
