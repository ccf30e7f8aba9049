"""An operator of one's own: AlKarma, an Xtream panel, Stalker, plain lists and their channels on one port."""

import asyncio
import contextlib
import logging
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self
from zoneinfo import ZoneInfo

import uvicorn
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Mount

from stb.errors import PortalError
from stb.portal import reels
from stb.portal.admin.actions import Actions
from stb.portal.admin.page import Page
from stb.portal.admin.scripts import Scripts
from stb.portal.admin.sessions import Sessions
from stb.portal.alkarma import AlKarma
from stb.portal.broadcast import Broadcast
from stb.portal.children import Child
from stb.portal.clerk import Clerk
from stb.portal.clips import require_ffmpeg
from stb.portal.connections import Connection, Connections
from stb.portal.faults import fail, refuse, stumble
from stb.portal.gate import Gate, Trouble
from stb.portal.guide import ZONE
from stb.portal.listening import listen
from stb.portal.live import LINGER_S
from stb.portal.nouns import PortalChannel
from stb.portal.openly import Openly
from stb.portal.outlets import Outlets
from stb.portal.passes import PASS_S, Passes
from stb.portal.placements import Content
from stb.portal.posters import Posters
from stb.portal.sending import Sending
from stb.portal.stalker.genuine import Genuine
from stb.portal.stalker.links import Links
from stb.portal.stalker.panel import Panel
from stb.portal.streams import Streams
from stb.portal.world import World
from stb.portal.xmltv import GuideFiles
from stb.portal.xtream import Xtream

log = logging.getLogger(__name__)

_API = "/api/client"
_START_S = 20.0
_END_S = 20.0
_GRACE_S = 2
"""How long an answer may still take when the portal ends."""


class Portal:
    """A portal that serves in a thread of its own, between `start` and `stop` or in a ``with``."""

    def __init__(  # noqa: PLR0913 # said by name
        self,
        *,
        state: Path,
        cache: Path,
        host: str = "127.0.0.1",
        port: int = 0,
        activate_after: float | None = None,
        linger_s: float = LINGER_S,
        pass_s: float = PASS_S,
        own: Sequence[PortalChannel] = (),
        films_ahead: bool = False,
        zone: ZoneInfo = ZONE,
    ) -> None:
        """Open the world, without serving it yet.

        Args:
            state: directory of the world's file, ``portal.sqlite``.
            cache: directory for clips; may be shared with other portals.
            host: address to listen at.
            port: TCP port; 0 takes a free one, the same one again after `stop` and `start`.
            activate_after: seconds after which the operator activates a pending device; None: not by itself.
            linger_s: seconds a channel stays on the air after its last viewer.
            pass_s: seconds within which a redirect of the panel has to be followed.
            own: a person's own channels (`stb.portal.own`).
            films_ahead: make the clips of films and episodes too while there is nothing else to do, and
                not only when somebody asks about them.
            zone: where the operator lives.

        Raises:
            PortalError: ffmpeg is missing, or the world's file cannot be used.
        """
        require_ffmpeg()
        self.world = World(state / "portal.sqlite", own=own, zone=zone)
        self._cache = cache
        self._host = host
        self._port = port
        self._activate_after = activate_after
        self._linger_s = linger_s
        self._pass_s = pass_s
        self._films_ahead = films_ahead
        self._gate = Gate()
        self._outlets = Outlets(host)
        self._streams: Streams | None = None
        self._connections = Connections()
        self._clerk: Clerk | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self._ready = threading.Event()

    def __enter__(self) -> Self:
        """Start to serve."""
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Stop serving."""
        self.stop()

    @property
    def address(self) -> str:
        """Where it listens: ``http://127.0.0.1:41234``."""
        host = f"[{self._host}]" if ":" in self._host else self._host
        return f"http://{host}:{self._port}"

    def start(self) -> None:
        """Serve; returns when requests are answered.

        Raises:
            PortalError: the port cannot be had.
        """
        listener = listen(self._host, self._port)
        self._port = listener.getsockname()[1]
        log.info("portal %s", self.address)
        self._streams = Streams(self._cache, self._linger_s)
        self._connections = Connections()
        self._gate.app = self._application(self._streams)
        config = uvicorn.Config(
            self._gate,
            lifespan="on",
            log_config=None,
            log_level="critical",
            access_log=False,
            timeout_graceful_shutdown=_GRACE_S,
        )
        self._server = uvicorn.Server(config)
        self._ready.clear()
        self._thread = threading.Thread(
            target=asyncio.run, args=(self._server.serve(sockets=[listener]),), name="portal"
        )
        self._thread.start()
        if not self._ready.wait(_START_S):
            self.stop()
            raise PortalError("the portal did not start")

    def stop(self) -> None:
        """Take every channel off the air and close the port; a portal that does not serve is no error.

        Raises:
            PortalError: it did not end in time.
        """
        if self._thread is None or self._server is None:
            return
        if self._loop is not None and self._streams is not None:
            # Viewers would keep their connections, and so the server, for ever.
            with contextlib.suppress(RuntimeError):
                asyncio.run_coroutine_threadsafe(self._streams.close(), self._loop)
        self._server.should_exit = True
        self._thread.join(_END_S)
        if self._thread.is_alive():
            raise PortalError("the portal did not end")
        self._thread = self._server = self._loop = None

    # --- what a test says beyond the world's sentences ----------------------------------------------

    @contextmanager
    def troubled(self, trouble: Trouble) -> Iterator[None]:
        """Be broken in this way for a while."""
        self._gate.trouble = trouble
        try:
            yield
        finally:
            self._gate.trouble = None

    def answered(self, call: str) -> int:
        """How many times a call of AlKarma (``check-device``) or a path (``/get.php``) was answered."""
        return self._gate.answered(_path(call))

    def await_answered(self, call: str, count: int, timeout_s: float = 30.0) -> None:
        """Wait until a call of AlKarma, or a path, was answered so many times since the portal was made.

        Raises:
            TimeoutError: it was not.
        """
        self._gate.await_answered(_path(call), count, timeout_s)

    def viewers(self, channel: int) -> int:
        """How many watch a channel now."""
        return self._streams.viewers(channel) if self._streams else 0

    # --- what an operator sees and does -------------------------------------------------------------

    def connections(self) -> tuple[Connection, ...]:
        """Who watches with a line now, the longest first."""
        return self._connections.all()

    def children(self) -> tuple[Child, ...]:
        """The processes that send something now, the oldest first."""
        return self._streams.children.all() if self._streams else ()

    def cut(self, number: int) -> bool:
        """Take what it watches from a connection, by its number; whether there was one.

        May be said from any thread but the portal's own.
        """
        if self._loop is None:
            return False

        async def cut() -> bool:
            return self._connections.cut(number)

        return asyncio.run_coroutine_threadsafe(cut(), self._loop).result(_START_S)

    # --- the application ----------------------------------------------------------------------------

    def _application(self, streams: Streams) -> Starlette:
        broadcast = Broadcast(self.world, streams, self._outlets)
        alkarma = AlKarma(self.world, broadcast.address, self._pending)
        connections = self._connections
        guides = GuideFiles(self._cache, self.world)
        xtream = Xtream(self.world, streams, connections, guides)
        passes = Passes(self._pass_s)
        sending = Sending(self.world, streams, connections, passes)
        openly = Openly(self.world, streams, sending, broadcast, guides)
        posters = Posters(self.world.library)
        genuine = Genuine(self.world, broadcast, posters, Links(passes, "{base}/auth/{token}/{file}"))
        panel = Panel(self.world, Links(passes, "{base}/play/{token}"))
        sessions = Sessions(self.world)

        @asynccontextmanager
        async def lifespan(_: Starlette) -> AsyncIterator[None]:
            self._loop = asyncio.get_running_loop()
            channels = await asyncio.to_thread(self.world.channels)
            streams.prepare(channels)
            for stopped in await asyncio.to_thread(self.world.placements.off, Content.STREAM):
                await streams.stop(stopped)
            if self._films_ahead:
                for reel in await asyncio.to_thread(reels.of_all, self.world.library):
                    streams.make(reel)
            await self._outlets.start(channels, streams)
            clerk = self._employ()
            watchman = asyncio.create_task(connections.watch(self._is_active))
            self._ready.set()
            try:
                yield
            finally:
                watchman.cancel()
                if clerk is not None:
                    clerk.cancel()
                await self._outlets.close()
                await streams.close()

        return Starlette(
            routes=[
                Mount(_API, routes=alkarma.routes()),
                *broadcast.routes(),
                *xtream.routes(),
                *openly.routes(),
                *genuine.routes(),
                *panel.routes(),
                *posters.routes(),
                *Page(sessions).routes(),
                *Scripts(self.world, sessions, Actions(self.world, streams, connections)).routes(),
                *sending.routes(),
            ],
            exception_handlers={HTTPException: refuse, PortalError: fail, Exception: stumble},
            lifespan=lifespan,
        )

    def _employ(self) -> asyncio.Task[None] | None:
        if self._activate_after is None:
            return None
        self._clerk = Clerk(self.world, self._activate_after)
        return asyncio.create_task(self._clerk.work())

    def _is_active(self, viewer: str) -> bool:
        return self.world.connections_of(viewer) is not None

    def _pending(self, duid: str) -> None:
        if self._clerk is not None:
            self._clerk.told(duid)


def _path(call: str) -> str:
    return call if call.startswith("/") else f"{_API}/{call}"
