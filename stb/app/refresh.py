"""Reading what an operator offers in a process of its own: its memory goes back, the menu never waits.

The child is ``stb refresh SOURCE --part PART...`` (`stb.app.reading`): it says what came of each part in one
JSON line on its standard output, as soon as it is known.
"""

import json
import logging
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from threading import Lock, Thread

from stb.app.errand import Errand, Wanted, send
from stb.app.places import Places
from stb.catalogue.catalogue import Catalogue
from stb.catalogue.guide import Guide
from stb.catalogue.library import Library
from stb.errors import CatalogueError, Stopped
from stb.messages import (
    Message,
    Part,
    PartFailed,
    PartProgressed,
    PartRefreshed,
    RefreshFailed,
    SourceRefreshed,
)
from stb.model import Failure, Source, SourceId

_log = logging.getLogger(__name__)


def ages(source: SourceId, lists: Catalogue, library: Library, guide: Guide, now: float) -> dict[Part, float]:
    """How many seconds ago parts were read, of those that are still there.

    Args:
        source: whose.
        lists: knows when.
        library: may have been damaged since, and begun anew.
        guide: the same.
        now: in seconds since 1970; a clock that is behind makes nothing younger than new.
    """
    there = {Part.LISTS: True, Part.LIBRARY: library.knows(source), Part.GUIDE: guide.has_all(source)}
    read_at = lists.read_at(source)
    return {part: max(now - read_at[part], 0.0) for part in Part if there[part] and part in read_at}


class Refresher:
    """Runs the refresh process, one at a time, and posts what came of each part."""

    def __init__(
        self, source: Source, places: Places, post: Callable[[Message], None], lent: Path | None = None
    ) -> None:
        """For one source of the box that lives at ``places``.

        Args:
            source: whose.
            places: of the box.
            post: takes the news, in a thread.
            lent: the socket at which systemd lends processes; None: the box starts its own.
        """
        self._source = source
        self._lent = lent
        self._post = post
        self._environment = os.environ | {
            "STB_STATE": str(places.state),
            "STB_RUNTIME": str(places.runtime),
            "STB_CACHE": str(places.cache),
        }
        self._lock = Lock()
        self._errand: Errand | None = None
        self._following: Thread | None = None
        self._wanted: tuple[Part, ...] = ()
        """What is to be read when that has ended."""
        self._closed = False
        self._stopped = False
        """What is being read was ended by the viewer."""

    def start(self, parts: Sequence[Part]) -> None:
        """Have parts read: now, or as soon as what is being read is."""
        with self._lock:
            self._wanted = tuple(part for part in Part if part in {*self._wanted, *parts})
            if self._errand is None:
                self._run()

    def stop(self) -> None:
        """Have the viewer's end put to it; what was not read yet is told to be `Stopped`."""
        with self._lock:
            self._wanted = ()
            if self._errand is not None:
                self._stopped = True
                self._errand.end()

    def close(self) -> None:
        """End it; what was there before stays whole."""
        with self._lock:
            self._closed = True
            errand, following = self._errand, self._following
        if errand is not None and following is not None:
            errand.end()
            following.join()

    def _run(self) -> None:
        parts, self._wanted = self._wanted, ()
        errand = send(Wanted(source=self._source.id, parts=parts), self._lent, self._environment)
        self._errand = errand
        self._following = Thread(target=self._follow, args=(errand, parts), name="refresh", daemon=True)
        self._following.start()

    def _follow(self, errand: Errand, parts: tuple[Part, ...]) -> None:
        left = set(parts)
        for line in errand.lines():
            left -= self._tell(line)
        with self._lock:
            stopped, self._stopped = self._stopped, False
        why = Stopped("ended by the viewer") if stopped else CatalogueError("the process ended too early")
        for part in left:
            _log.warning("not read source=%s part=%s detail=%s", self._source.id, part, why)
            self._post(self._failed(part, why.failure))
        with self._lock:
            self._errand = None
            if self._wanted and not self._closed:
                self._run()

    def _tell(self, line: bytes) -> set[Part]:
        """Post what a line of the child says; which part it is about."""
        try:
            result = json.loads(line)
            part = Part(result["part"])
            if "progress" in result:
                self._post(PartProgressed(self._source.id, part, float(result["progress"])))
                return set()
            if "failure" in result:
                failure = Failure.of(result["failure"])
                _log.warning("not read part=%s kind=%s detail=%s", part, failure.kind, failure.detail)
                self._post(self._failed(part, failure))
            elif part is Part.LISTS:
                self._post(SourceRefreshed(self._source.id, result["count"], result["revision"]))
            else:
                self._post(PartRefreshed(self._source.id, part, result["count"]))
        except (ValueError, KeyError, TypeError):
            _log.warning("refresh said nonsense source=%s", self._source.id)
            return set()
        return {part}

    def _failed(self, part: Part, failure: Failure) -> Message:
        if part is Part.LISTS:
            return RefreshFailed(self._source.id, failure)
        return PartFailed(self._source.id, part, failure)
