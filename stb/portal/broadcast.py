"""The portal's addresses for channels, films and logos."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote, urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from stb.portal import scenery
from stb.portal.live import Live
from stb.portal.nouns import Delivery, PortalChannel
from stb.portal.outlets import Outlets
from stb.portal.streams import Streams
from stb.portal.world import World

log = logging.getLogger(__name__)

_ASK_S = 2.0
"""How often a viewer's right to watch is looked at again."""
TS = "video/mp2t"
PLAYLIST = "application/vnd.apple.mpegurl"


class Broadcast:
    """Sends what is on the air to whoever may watch it."""

    def __init__(self, world: World, streams: Streams, outlets: Outlets) -> None:
        """Ask ``world`` who may watch, ``streams`` for what there is, ``outlets`` for what is not HTTP."""
        self._world = world
        self._streams = streams
        self._outlets = outlets

    def routes(self) -> list[Route]:
        """Live channels, the segments of those that have some, films and logos."""
        return [
            Route("/live/{id:int}.ts", self._live),
            Route("/live/{id:int}.m3u8", self._playlist),
            Route("/live/{id:int}/{number:int}.ts", self._segment),
            Route("/films/{id:int}", self._film),
            Route("/uploads/{name}", self._logo),
        ]

    def address(self, channel: PortalChannel, duid: str, base: str) -> str:
        """Where a device finds a channel; it says whose device it is, so that it ends with the subscription.

        Args:
            channel: which one.
            duid: the device.
            base: scheme and server as the device knows this portal: ``http://tv.example:5000``.
        """
        device = f"?duid={quote(duid, safe='')}"
        match channel.delivery:
            case Delivery.TS:
                return f"{base}/live/{channel.id}.ts{device}"
            case Delivery.HLS:
                return f"{base}/live/{channel.id}.m3u8{device}"
            case Delivery.FILE:
                return f"{base}/films/{channel.id}{device}"
            case Delivery.LINK:
                return channel.link
            case _:
                host = urlsplit(base).hostname or ""
                return self._outlets.address(channel, f"[{host}]" if ":" in host else host)

    async def _admitted(self, request: Request, *deliveries: Delivery) -> tuple[PortalChannel, str | None]:
        """The channel a request is about, and the device that may watch it.

        Raises:
            HTTPException: 404 there is no such channel, 403 it may not.
        """
        number = request.path_params["id"]
        channel = await self._channel(lambda each: each.id == number and each.delivery in deliveries)
        duid = request.query_params.get("duid")
        if not await run_in_threadpool(self._world.may_watch, duid, channel):
            raise HTTPException(403, "This channel is not in your subscription")
        return channel, duid

    async def _live(self, request: Request) -> Response:
        channel, duid = await self._admitted(request, Delivery.TS)
        if request.method == "HEAD":
            return Response(media_type=TS)
        live = await self._streams.live(channel)
        log.info("%s is watched by device %s", channel.name, duid or "(unknown)")
        return LiveResponse(self._watch(live, channel, duid))

    async def _playlist(self, request: Request) -> Response:
        channel, _ = await self._admitted(request, Delivery.HLS)
        query = f"?{request.url.query}" if request.url.query else ""
        text = await (await self._streams.hls(channel)).playlist(str(channel.id), query)
        if text is None:
            raise HTTPException(503, "This channel is not on the air")
        return PlainTextResponse(text, media_type=PLAYLIST, headers={"Cache-Control": "no-store"})

    async def _segment(self, request: Request) -> Response:
        channel, _ = await self._admitted(request, Delivery.HLS)
        segment = (await self._streams.hls(channel)).find(request.path_params["number"])
        if segment is None:
            raise HTTPException(404, "Not found")
        return Response(segment.data, media_type=TS)

    async def _film(self, request: Request) -> Response:
        channel, duid = await self._admitted(request, Delivery.FILE)
        self._streams.require_on(channel)
        if not await run_in_threadpool(Path(channel.link).is_file):
            raise HTTPException(404, "This film is no longer there")
        log.info("%s is watched by device %s", channel.name, duid or "(unknown)")
        return FileResponse(channel.link)

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
        logo = await run_in_threadpool(self.logo, channel)
        return Response(logo, media_type="image/png", headers={"Cache-Control": "max-age=3600"})

    @staticmethod
    def logo(channel: PortalChannel) -> bytes:
        """The picture of a channel, a PNG."""
        return _drawn(channel.id, channel.name)

    async def _channel(self, wanted: Callable[[PortalChannel], bool]) -> PortalChannel:
        for channel in await run_in_threadpool(self._world.channels):
            if wanted(channel):
                return channel
        raise HTTPException(404, "Not found")


class LiveResponse(StreamingResponse):
    """Tells the channel at once when the viewer has gone; a generator left alone is told some time later."""

    def __init__(self, packets: AsyncGenerator[bytes, None]) -> None:
        """Send these packets as they come."""
        super().__init__(packets, media_type=TS, headers={"Cache-Control": "no-store"})
        self._packets = packets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send them until the viewer has gone."""
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
