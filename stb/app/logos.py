"""Pictures of channels, films, series: what is there is shown at once, what is seen for a moment is fetched.

    scene --has?--> gallery (memory) --> shelf (disk) --no--> wished for
    wishes of the newest scene, once they rest --> a thread: fetch, decode, shelf --> LogoReady --> scene

Only what the newest scene shows is wished for: a list that is scrolled through quickly fetches nothing.
"""

import logging
import time
from collections.abc import Callable
from threading import Condition, Lock, Thread

from stb.errors import BadReply, NoSuchItem, PictureError, ProviderError
from stb.messages import LogoReady, Message
from stb.ui.gallery import Gallery
from stb.ui.raster import Raster
from stb.ui.shelf import Shelf

_log = logging.getLogger(__name__)

REST_SECONDS = 0.15
"""A scene must stand so long before what it lacks is fetched."""
RETRY_SECONDS = 60.0
"""A server that did not answer is not asked for the same picture again before."""
MOST_BYTES = 2 * 2**20
"""Of a logo as it is fetched."""
MOST_POSTER_BYTES = 8 * 2**20
"""Of a poster, which panels hand on as large as it was printed; decoding takes no more for that."""
_THREADS = 3
_MOST_FAILURES = 1000
_decoding = Lock()
"""One picture at a time, logo or poster: a large one takes the memory of a small board."""

Fetch = Callable[[str], bytes]
"""From an address to the file; raises `ProviderError`."""


class Logos:
    """Asked and told by the main loop alone; its threads only fetch and post."""

    def __init__(
        self,
        gallery: Gallery,
        shelf: Shelf,
        fetch: Fetch,
        post: Callable[[Message], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Start the threads; they sleep until there is something to fetch."""
        self._gallery = gallery
        self._shelf = shelf
        self._fetch = fetch
        self._post = post
        self._clock = clock
        self._missed: list[str] = []
        self._changed = Condition()  # for all below
        self._closed = False
        self._wanted: list[str] = []
        self._rests_at = 0.0
        self._busy: set[str] = set()
        self._arrived: dict[str, Raster] = {}
        self._failed: dict[str, float] = {}
        for number in range(1, _THREADS + 1):
            Thread(target=self._work, name=f"logos-{number}", daemon=True).start()

    def has(self, address: str) -> bool:
        """Whether the picture can be drawn now; if not, it is wished for."""
        if address in self._gallery:
            return True
        with self._changed:
            raster = self._arrived.pop(address, None)
        if raster is None:
            kept = self._shelf.find(address)
            if kept is None:
                self._missed.append(address)
                return False
            raster = kept.raster
        if raster is not None:
            self._gallery.put(address, raster)
        return raster is not None

    def want(self) -> None:
        """A scene is done: fetch what it missed, and nothing that only scenes before it missed."""
        missed, self._missed = dict.fromkeys(self._missed), []
        with self._changed:
            now = self._clock()
            wanted = [one for one in missed if one not in self._busy and self._failed.get(one, now) <= now]
            if wanted != self._wanted:
                self._wanted = wanted
                self._rests_at = now + REST_SECONDS
                self._changed.notify_all()

    def close(self) -> None:
        """Fetch nothing more; what is on its way comes to nothing."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()

    def _work(self) -> None:
        while (address := self._next()) is not None:
            raster = self._bring(address)
            with self._changed:
                self._busy.discard(address)
                if self._closed or raster is None:
                    continue
                self._arrived[address] = raster
            self._post(LogoReady(address))

    def _next(self) -> str | None:
        """What to fetch now; None when it is all over."""
        with self._changed:
            while not self._closed:
                wait = self._rests_at - self._clock() if self._wanted else None
                if wait is not None and wait <= 0:
                    address = self._wanted.pop(0)
                    self._busy.add(address)
                    return address
                self._changed.wait(wait)
        return None

    def _bring(self, address: str) -> Raster | None:
        """Fetch and keep it; that there is none is kept too, and trouble is remembered for a while."""
        from stb.ui.images import decode  # noqa: PLC0415 - Pillow, for which the first frame does not wait

        try:
            data = self._fetch(address)
            with _decoding:
                raster = decode(data, self._shelf.room)
        except (NoSuchItem, BadReply, PictureError) as error:
            _log.info("no logo error=%s detail=%s", type(error).__name__, error)
            self._shelf.put(address, None)
            return None
        except ProviderError as error:
            _log.info("logo later error=%s detail=%s", type(error).__name__, error)
            self._wait(address)
            return None
        self._shelf.put(address, raster)
        return raster

    def _wait(self, address: str) -> None:
        with self._changed:
            if len(self._failed) >= _MOST_FAILURES:
                self._failed.clear()
            self._failed[address] = self._clock() + RETRY_SECONDS
