"""What the viewer left behind, in a file of its own: lists can be thrown away, this cannot."""

import logging
import sqlite3
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from stb.catalogue.database import InFile
from stb.catalogue.history import Watchable, Watched, erase_watched, read_watched, write_watched
from stb.catalogue.marks import Mark, find_mark, write_mark
from stb.catalogue.own import (
    read_favourites,
    read_guide_choices,
    read_hidden,
    read_shared,
    write_favourites,
    write_guide_choice,
    write_hidden,
    write_shared,
)
from stb.catalogue.viewer_schema import VIEWER
from stb.errors import CatalogueError
from stb.model import ChannelId, ChannelRef, GuideChoice, Lasting, Sorting, SourceId

_log = logging.getLogger(__name__)

_SORTING = "sorting."
"""Begins the names of the orders of shelves."""
_COPY_SECONDS = 24 * 3600.0
_AGAIN_SECONDS = 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """How the viewer left the box; None where nothing was remembered yet."""

    watched: ChannelRef | None = None
    before: ChannelRef | None = None
    """The channel before that, for the key that leads back to it."""
    volume: int | None = None
    """Per cent."""
    muted: bool | None = None
    audio_language: str | None = None
    subtitle_language: str | None = None
    """ISO 639; empty for none."""
    sortings: Mapping[str, Sorting] = field(default_factory=dict)
    """The order of each shelf of the library for which one was chosen."""


class Viewer(InFile):
    """The viewer's own file; used by one thread, written rarely."""

    def __init__(self, path: Path, now: Callable[[], float] = time.time, *, in_need: bool = False) -> None:
        """Open the file, or make it; where it is damaged or gone, from the copy of yesterday.

        Args:
            path: of the file; ``.spare`` is added for the copy.
            now: what says when a mark is made, in seconds since 1970.
            in_need: where it cannot be opened, hold what can be read of it in memory.

        Raises:
            CatalogueTooNew: a newer version of the box wrote it.
            CatalogueError: it cannot be opened.
        """
        self._spare = path.with_name(f"{path.name}.spare")
        super().__init__(path, VIEWER, spare=self._spare, in_need=in_need)
        self._now = now
        self._copied_at = _written_at(self._spare)

    def recall(self) -> Remembered:
        """What was remembered last."""
        with self._database.reading() as connection:
            kept = dict(connection.execute("SELECT name, value FROM kept"))
        return Remembered(
            watched=_channel(kept, "source", "channel"),
            before=_channel(kept, "source.before", "channel.before"),
            volume=int(kept["volume"]) if "volume" in kept else None,
            muted=kept["muted"] == "1" if "muted" in kept else None,
            audio_language=kept.get("audio_language"),
            subtitle_language=kept.get("subtitle_language"),
            sortings={
                name.removeprefix(_SORTING): Sorting(value)
                for name, value in kept.items()
                if name.startswith(_SORTING) and value in iter(Sorting)
            },
        )

    def remember(  # noqa: PLR0913 - one for each thing that is remembered
        self,
        *,
        watched: ChannelRef | None = None,
        before: ChannelRef | None = None,
        volume: int | None = None,
        muted: bool | None = None,
        audio_language: str | None = None,
        subtitle_language: str | None = None,
    ) -> None:
        """Remember what is given, and leave the rest as it was."""
        rows: dict[str, str] = {}
        if watched is not None:
            rows |= {"source": watched.source, "channel": watched.channel}
        if before is not None:
            rows |= {"source.before": before.source, "channel.before": before.channel}
        if volume is not None:
            rows["volume"] = str(volume)
        if muted is not None:
            rows["muted"] = str(int(muted))
        if audio_language is not None:
            rows["audio_language"] = audio_language
        if subtitle_language is not None:
            rows["subtitle_language"] = subtitle_language
        self._keep(rows)

    def remember_sorting(self, shelf: str, sorting: Sorting) -> None:
        """Remember the order of a shelf of the library."""
        self._keep({f"{_SORTING}{shelf}": sorting})

    def _keep(self, rows: Mapping[str, str]) -> None:
        with self._writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO kept (name, value) VALUES (?, ?)", rows.items())

    def mark(self, ref: Lasting, position: float, duration: float) -> None:
        """Remember how far the viewer got, in seconds; the newest thousand marks are kept."""
        mark = Mark(position=position, duration=duration, at=int(self._now()))
        with self._writing() as connection:
            write_mark(connection, ref, mark)

    def marked(self, ref: Lasting) -> Mark | None:
        """How far the viewer got; None where there is no mark."""
        with self._database.reading() as connection:
            return find_mark(connection, ref)

    def note_watched(self, ref: Watchable, name: str) -> None:
        """Put it first among what was watched lately; the newest hundred entries are kept.

        What is first already is not written again within an hour: its stream was only lost in between.
        """
        watched = Watched(ref=ref, name=name, at=int(self._now()))
        first = next(iter(self.watched(ref.source)), None)
        if first is not None and first.ref == ref and 0 <= watched.at - first.at < _AGAIN_SECONDS:
            return
        with self._writing() as connection:
            write_watched(connection, watched)

    def watched(self, source: SourceId) -> tuple[Watched, ...]:
        """What of an operator's was watched lately, the newest first; some of it may be gone."""
        with self._database.reading() as connection:
            return read_watched(connection, source)

    def forget_watched(self) -> None:
        """Forget what was watched, of all operators."""
        with self._writing() as connection:
            erase_watched(connection)

    def guide_choices(self) -> dict[ChannelRef, GuideChoice]:
        """The guide channels that the viewer chose, for the channels of all operators."""
        with self._database.reading() as connection:
            return read_guide_choices(connection)

    def choose_guide(self, ref: ChannelRef, choice: GuideChoice | None) -> None:
        """Have a channel's programmes from there; None: from where the box finds them by itself."""
        with self._writing() as connection:
            write_guide_choice(connection, ref, choice)

    def favourites(self, source: SourceId) -> tuple[ChannelRef, ...]:
        """The favourites among an operator's channels, in the viewer's order; some may be gone."""
        with self._database.reading() as connection:
            return read_favourites(connection, source)

    def keep_favourites(self, source: SourceId, refs: Sequence[ChannelRef]) -> None:
        """Have these as the favourites among an operator's channels, in this order."""
        with self._writing() as connection:
            write_favourites(connection, source, refs)

    def shared(self, source: SourceId) -> tuple[ChannelRef, ...] | None:
        """The favourites that an operator kept when it was asked last; None: it never was."""
        with self._database.reading() as connection:
            return read_shared(connection, source)

    def keep_shared(self, source: SourceId, refs: Sequence[ChannelRef]) -> None:
        """Note which favourites an operator keeps."""
        with self._writing() as connection:
            write_shared(connection, source, refs)

    def hidden(self, source: SourceId) -> frozenset[str]:
        """The groups of an operator's channels that the viewer does not want to see."""
        with self._database.reading() as connection:
            return read_hidden(connection, source)

    def keep_hidden(self, source: SourceId, names: Collection[str]) -> None:
        """Have these as the hidden groups of an operator's channels."""
        with self._writing() as connection:
            write_hidden(connection, source, names)

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """Change the file, and copy it where the copy is a day old: a card wears out with every write."""
        with self._database.writing() as connection:
            yield connection
        now = self._now()
        if not 0 <= now - self._copied_at < _COPY_SECONDS:
            self._copied_at = now
            try:
                self._database.copy()
            except CatalogueError as error:
                _log.warning("spare copy not made detail=%s", error)


def _channel(kept: Mapping[str, str], source: str, channel: str) -> ChannelRef | None:
    """The one that these names stand for."""
    if kept.keys() >= {source, channel}:
        return ChannelRef(SourceId(kept[source]), ChannelId(kept[channel]))
    return None


def _written_at(path: Path) -> float:
    """When a file was written, in seconds since 1970; 0 where it is not there."""
    try:
        return path.stat().st_mtime
    except OSError:
        return 0.0
