"""The portal's addresses for channels and logos."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from stb.portal import scenery
from stb.portal.live import Live
from stb.portal.nouns import PortalChannel
from stb.portal.streams import Streams
from stb.portal.world import World

log = logging.getLogger(__name__)

_ASK_S = 2.0
"""How often a viewer's right to watch is looked at again."""
_TS = "video/mp2t"


class Broadcast:
    """Sends what is on the air to whoever may watch it."""

    def __init__(self, world: World, streams: Streams) -> None:
        """Ask ``world`` who may watch, and ``streams`` for what there is."""
        self._world = world
        self._streams = streams

    def routes(self) -> list[Route]:
        """``/live/ID.ts`` and the logos' ``/uploads/NAME``."""
        return [Route("/live/{id:int}.ts", self._live), Route("/uploads/{name}", self._logo)]

    async def _live(self, request: Request) -> Response:
        channel = await self._channel(lambda channel: channel.id == request.path_params["id"])
        duid = request.query_params.get("duid")
        if not await run_in_threadpool(self._world.may_watch, duid, channel):
            raise HTTPException(403, "This channel is not in your subscription")
        if request.method == "HEAD":
            return Response(media_type=_TS)
        live = await self._streams.live(channel)
        log.info("%s is watched by device %s", channel.name, duid or "(unknown)")
        return _LiveResponse(self._watch(live, channel, duid))

    async def _watch(
        self, live: Live, channel: PortalChannel, duid: str | None
    ) -> AsyncGenerator[bytes, None]:
        """The channel from its last keyframe on, for as long as the viewer may watch it."""
        clock = asyncio.get_running_loop().time
        asked = clock()
        with live.watched() as viewer:
            while data := await viewer.take():
                yield data
                if clock() - asked > _ASK_S:
                    if not await run_in_threadpool(self._world.may_watch, duid, channel):
                        log.info("%s is taken from device %s", channel.name, duid or "(unknown)")
                        return
                    asked = clock()

    async def _logo(self, request: Request) -> Response:
        channel = await self._channel(lambda channel: channel.logo_url == request.url.path)
        logo = await run_in_threadpool(_drawn, channel.id, channel.name)
        return Response(logo, media_type="image/png", headers={"Cache-Control": "max-age=3600"})

    async def _channel(self, wanted: Callable[[PortalChannel], bool]) -> PortalChannel:
        for channel in await run_in_threadpool(self._world.channels):
            if wanted(channel):
                return channel
        raise HTTPException(404, "Not found")


class _LiveResponse(StreamingResponse):
    """Tells the channel at once when the viewer has gone; a generator left alone is told some time later."""

    def __init__(self, packets: AsyncGenerator[bytes, None]) -> None:
        super().__init__(packets, media_type=_TS, headers={"Cache-Control": "no-store"})
        self._packets = packets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Some uvicorns (0.32, Debian 13's) claim 2.4 but do not fail when they send to nobody, as 2.4 wants.
        # Under 2.3 Starlette listens for the viewer's leaving instead, which they all report.
        scope = {**scope, "asgi": {**scope["asgi"], "spec_version": "2.3"}}
        try:
            await super().__call__(scope, receive, send)
        finally:
            await self._packets.aclose()


@lru_cache(maxsize=64)
def _drawn(channel: int, name: str) -> bytes:
    return scenery.logo(scenery.look_of(channel), name)
