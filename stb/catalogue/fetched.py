"""A file of what operators gave: it can be had again, and the box can do without it."""

import gc
import logging
import sqlite3
from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from stb.catalogue.database import InFile
from stb.catalogue.schema import Step
from stb.errors import CatalogueError
from stb.model import SourceId

_log = logging.getLogger(__name__)

_T = TypeVar("_T")


class Fetched(InFile):
    """One such file, with rows for each source.

    Where it cannot be read it is as if it were empty; a damaged one is set aside and begun anew.
    """

    def __init__(self, path: Path, steps: Sequence[Step], *, in_need: bool = False) -> None:
        """Open the file, or make it; where it cannot be, ``in_need`` in memory.

        Raises:
            CatalogueError: it cannot be opened.
        """
        super().__init__(path, steps, large=True, in_need=in_need)

    def knows(self, source: SourceId) -> bool:
        """Whether anything was ever written of a source, be it that there is nothing."""
        return source in self._known()

    def keep_only(self, *sources: SourceId) -> None:
        """Forget every other source: the viewer left it.

        Raises:
            CatalogueError: it cannot be written.
        """
        self._leave(self._known() - {*sources})

    def leave(self, source: SourceId) -> None:
        """Forget a source; nobody may be writing about it.

        Raises:
            CatalogueError: it cannot be written.
        """
        self._leave(self._known() & {source})

    def _leave(self, left: set[SourceId]) -> None:
        """A file without anything else is thrown away, for emptying it would read and write all of it."""
        if left and left == self._known():
            self._database.discard()
            return
        for source in left:
            with self._database.writing() as connection:
                self._empty(connection, source)

    @contextmanager
    def _filling(self) -> Iterator[sqlite3.Connection]:
        """To write what a source has; in a new file where nothing is known of any yet.

        Meanwhile nobody looks for garbage in cycles: rows are in none, and to go through a million of them
        again and again takes a tenth of the time. What else there is waits; this is a process of its own that
        ends soon.
        """
        collects = gc.isenabled()
        gc.disable()
        try:
            with self._database.writing() if self._known() else self._database.anew() as connection:
                yield connection
        finally:
            if collects:
                gc.enable()

    def _known(self) -> set[SourceId]:
        nobody: set[SourceId] = set()
        return self._ask(self._sources, nobody)

    @abstractmethod
    def _sources(self, connection: sqlite3.Connection) -> set[SourceId]:
        """Whose rows there are."""

    @abstractmethod
    def _empty(self, connection: sqlite3.Connection, source: SourceId) -> None:
        """Take a source's rows away, inside the caller's transaction."""

    @contextmanager
    def at_once(self) -> Iterator[None]:
        """Ask several questions of one moment of the file, which takes less time too."""
        moment = ExitStack()
        with suppress(CatalogueError):  # who asks is answered that there is nothing
            moment.enter_context(self._database.reading())
        try:
            yield
        finally:
            with suppress(CatalogueError):
                moment.close()

    def _ask(self, question: Callable[[sqlite3.Connection], _T], otherwise: _T) -> _T:
        try:
            with self._database.reading() as connection:
                return question(connection)
        except CatalogueError as error:
            _log.warning("not read detail=%s", error)
            return otherwise
