"""A SQLite file of the box: opened, brought to the newest shape, set aside and begun anew when damaged."""

import logging
import shutil
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from stb.catalogue.files import alone, inode, keep, parts, size
from stb.catalogue.folding import folded
from stb.catalogue.mishaps import Mishap, in_memory, met, told
from stb.catalogue.opening import damaged, migrate, opened
from stb.catalogue.schema import Step
from stb.errors import CatalogueError, CatalogueTooNew

log = logging.getLogger(__name__)

_LOOK_SECONDS = 30.0
"""A file that is held in memory is looked for again after that."""
_ROOMY = "PRAGMA cache_size = -8000"
"""Kilobytes of pages that a writer holds: what is changed twice is written once."""


class Database:
    """One process's connection to one file; used by one thread."""

    def __init__(
        self,
        path: Path,
        steps: Sequence[Step],
        *,
        large: bool = False,
        spare: Path | None = None,
        in_need: bool = False,
    ) -> None:
        """Open the file, or make it.

        Args:
            path: of the file.
            steps: to the newest shape.
            large: too much to be read through at each start: it is set aside when damage is met.
            spare: a copy of it that takes its place when it is damaged or gone. What has none can be had
                again, and is set aside also when a newer version wrote it.
            in_need: where the disk does not let it be opened, or a newer version wrote it, hold it in memory.

        Raises:
            CatalogueTooNew: a newer version of the box wrote it.
            CatalogueError: it cannot be opened.
        """
        self._path = path
        self._steps = steps
        self._large = large
        self._spare = spare
        self.mishap: Mishap | None = None
        """What was met when it was opened."""
        self._spoilt = 0
        """Inode of the file in which damage was met."""
        self._inode = 0
        self._held_at: float | None = None
        """When it was last seen that the file cannot be opened; steady seconds."""
        try:
            with _told(path):
                self._connect()
        except CatalogueError as error:
            if not in_need:
                raise
            log.error("database held in memory detail=%s", error)  # noqa: TRY400
            self._hold(met(error))
            self._held_at = time.monotonic()

    def close(self) -> None:
        """Let the file go. Safe to call twice."""
        self._connection.close()

    def discard(self) -> None:
        """Throw the file away and begin a new one; nobody else may have it open for writing.

        Raises:
            CatalogueError: it cannot be thrown away, or none can be made.
        """
        with _told(self._path):
            self._connection.close()
            with alone(self._path.parent):
                for part in parts(self._path):
                    part.unlink(missing_ok=True)
            self._connect()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """See one moment of the file, however many questions are asked; inside of this, the same moment."""
        if self._connection.in_transaction:
            with _told(self._path), self._watched() as connection:
                yield connection
            return
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Change the file: all of it, or on an error or a power cut nothing."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            connection.execute(_ROOMY)
            yield connection

    @contextmanager
    def anew(self) -> Iterator[sqlite3.Connection]:
        """Fill a new file, which takes the place of this one in the end; on an error this one stays.

        What is written goes to the card once: there is no log. Readers are with the old file until they ask
        the next time. For a file with nothing in it that would be missed.
        """
        fresh = self._path.with_name(f"{self._path.name}.new")
        with self.writing():  # nobody else writes meanwhile
            for part in parts(fresh):
                part.unlink(missing_ok=True)  # of a process that was killed
            try:
                connection = opened(fresh, self._steps, check=False)
                try:
                    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
                    connection.execute("PRAGMA journal_mode = OFF")
                    connection.execute("PRAGMA synchronous = OFF")
                    connection.execute(_ROOMY)
                    connection.execute("BEGIN")
                    yield connection
                    connection.commit()
                    connection.execute("PRAGMA synchronous = NORMAL")
                    connection.execute("PRAGMA journal_mode = WAL")
                finally:
                    connection.close()
                self._take(fresh)
            finally:
                for part in parts(fresh):
                    part.unlink(missing_ok=True)

    def _take(self, fresh: Path) -> None:
        """Put a file that is whole in the place of this one."""
        keep(fresh)
        with alone(self._path.parent):
            for part in parts(self._path)[1:]:
                part.unlink(missing_ok=True)  # of the old file: a log must never be applied to the new one
            fresh.replace(self._path)
        keep(self._path.parent)

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with _told(self._path):
            if self._held_at is not None:
                self._look_again(self._held_at)
            elif self._inode != inode(self._path):
                # Another process found the file damaged and began a new one: that one is meant.
                self._connection.close()
                self._connect()
            connection = self._connection
            connection.execute(begin)
            try:
                with self._watched():
                    yield connection
            except BaseException:
                with suppress(sqlite3.Error):  # SQLite may have rolled back by itself
                    connection.rollback()
                raise
            connection.commit()

    @contextmanager
    def _watched(self) -> Iterator[sqlite3.Connection]:
        """Where damage is met the next who asks looks at the file closely, and may have to set it aside."""
        try:
            yield self._connection
        except BaseException as error:
            if damaged(error) and self._inode:
                self._spoilt, self._inode = self._inode, 0
            raise

    def _connect(self) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with alone(self._path.parent):
            if self._large and self._spoilt and self._spoilt == inode(self._path):
                self._set_aside(Mishap.DAMAGED)
            if size(self._path) == 0:
                self._take_spare()
            try:
                self._connection = opened(self._path, self._steps, check=not self._large)
            except CatalogueTooNew:
                if self._spare:
                    raise
                self._begin_anew(Mishap.NEWER)
            except sqlite3.DatabaseError as error:
                if not damaged(error):
                    raise
                self._begin_anew(Mishap.DAMAGED)
            self._inode = inode(self._path)

    def _begin_anew(self, mishap: Mishap) -> None:
        """With the spare copy, or with nothing where that is damaged too."""
        self._set_aside(mishap)
        try:
            self._take_spare()
            self._connection = opened(self._path, self._steps, check=True)
        except (sqlite3.DatabaseError, CatalogueTooNew):
            self._set_aside(mishap)
            self._connection = opened(self._path, self._steps, check=False)

    def _set_aside(self, mishap: Mishap) -> None:
        log.error("database %s, begun anew path=%s", mishap, self._path)
        self.mishap = mishap
        for part, aside in zip(
            parts(self._path), parts(self._path.with_name(f"{self._path.name}.{mishap}")), strict=True
        ):
            with suppress(FileNotFoundError):
                part.replace(aside)

    def _take_spare(self) -> None:
        """Put the copy in the file's place, where there is one."""
        if not (self._spare and self._spare.exists()):
            return
        fresh = self._path.with_name(f"{self._path.name}.new")
        shutil.copyfile(self._spare, fresh)
        keep(fresh)
        for part in parts(self._path)[1:]:
            part.unlink(missing_ok=True)
        fresh.replace(self._path)
        keep(self._path.parent)
        log.warning("database restored path=%s", self._path)
        self.mishap = Mishap.RESTORED

    def _hold(self, mishap: Mishap) -> None:
        self.mishap = mishap
        self._connection = in_memory(self._path if mishap is not Mishap.NEWER else Path())
        self._connection.create_function("folded", 1, folded, deterministic=True)
        migrate(self._connection, self._steps)

    def _look_again(self, held_at: float) -> None:
        """A card that was full may have room by now; what was held in memory is forgotten then."""
        if time.monotonic() - held_at < _LOOK_SECONDS:
            return
        held, met_first, self.mishap = self._connection, self.mishap, None
        try:
            self._connect()
        except (CatalogueError, sqlite3.Error, OSError):
            self._connection, self.mishap, self._held_at = held, met_first, time.monotonic()
        else:
            held.close()
            self._held_at = None

    def copy(self) -> None:
        """Make the spare copy anew; the one before it stays until the new one is whole.

        Raises:
            CatalogueError: it cannot be written.
        """
        if self._spare is None or (self.mishap and self.mishap is not Mishap.RESTORED):
            return  # nothing may take the place of a copy that is better
        fresh = self._spare.with_name(f"{self._spare.name}.new")
        with _told(self._spare):
            fresh.unlink(missing_ok=True)
            self._connection.execute("VACUUM INTO ?", (str(fresh),))
            keep(fresh)
            fresh.replace(self._spare)
            keep(self._spare.parent)


class InFile:
    """What is kept in one file, which is let go at the end of a ``with``."""

    def __init__(
        self,
        path: Path,
        steps: Sequence[Step],
        *,
        large: bool = False,
        spare: Path | None = None,
        in_need: bool = False,
    ) -> None:
        """Open the file, as `Database`."""
        self._database = Database(path, steps, large=large, spare=spare, in_need=in_need)

    @property
    def mishap(self) -> Mishap | None:
        """What was met when it was opened, if anything."""
        return self._database.mishap

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Ask several questions of one moment of the file, which takes less time too.

        Raises:
            CatalogueError: it cannot be read.
        """
        with self._database.reading():
            yield

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let the file go. Safe to call twice."""
        self._database.close()


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what SQLite and the disk say into an error of ours."""
    try:
        yield
    except (sqlite3.Error, OSError, UnicodeError, OverflowError) as error:  # or a value that no file can hold
        raise told(path, error) from error
