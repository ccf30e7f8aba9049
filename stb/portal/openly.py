"""The operator as one without accounts: a playlist and a guide at plain addresses, for whoever comes.

Catch-up is offered in each of the ways in which players are told of it: ``shift``, ``default``, ``append``
and ``fs``.
"""

from collections.abc import Iterator

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from stb.portal import archive, listed, m3u, xtream_rows
from stb.portal.asking import SHIFT_MINUTES
from stb.portal.broadcast import PLAYLIST, TS, Broadcast
from stb.portal.connections import Kind
from stb.portal.nouns import FREE_TYPES, Delivery, Picture, PortalChannel
from stb.portal.sending import Sending
from stb.portal.streams import Streams
from stb.portal.world import World
from stb.portal.xmltv import GuideFiles
from stb.portal.xtream import guide_reply

_LONGEST_S = 24 * 3600
_SHIFT = 3
_APPEND = 1
_FLUSSONIC = 8
"""Channels whose archive is offered in that way; all others by ``default``."""


class Openly:
    """A list, a guide, and streams without a question."""

    def __init__(
        self, world: World, streams: Streams, sending: Sending, broadcast: Broadcast, guides: GuideFiles
    ) -> None:
        """Show what everybody may see of ``world``."""
        self._world = world
        self._streams = streams
        self._sending = sending
        self._broadcast = broadcast
        self._guides = guides

    def routes(self) -> list[Route]:
        """Where it all is."""
        return [
            Route("/playlist.m3u", self._playlist),
            Route("/guide.xml", self._guide),
            Route("/guide.xml.gz", self._packed_guide),
            Route("/open/{id:int}.ts", self._live),
            Route("/open/{id:int}/mpegts", self._live),
            Route("/open/{id:int}/timeshift_abs-{utc:int}.ts", self._shifted),
            Route("/open/{id:int}/{begin:int}/{seconds:int}.ts", self._past),
            Route("/open/{id:int}.m3u8", self._segments),
            Route("/open/{id:int}/{number:int}.ts", self._segment),
            Route("/open/{kind}/{number:int}.{extension}", self._film),
        ]

    async def _playlist(self, request: Request) -> Response:
        base = f"{request.url.scheme}://{request.url.netloc}"
        text = await run_in_threadpool(self._listed, base)
        return PlainTextResponse(text, media_type="audio/x-mpegurl")

    def _listed(self, base: str) -> str:
        library = self._world.library
        entries = (
            *self._channels(base),
            *listed.films(library, base, f"{base}/open/movie"),
            *listed.episodes(library, base, f"{base}/open/series"),
        )
        return m3u.playlist(entries, (("x-tvg-url", f"{base}/guide.xml.gz"),))

    def _channels(self, base: str) -> Iterator[m3u.Entry]:
        for channel in sorted(self._world.channels(), key=lambda each: each.id):
            if channel.type in FREE_TYPES and channel.delivery != Delivery.FILE:
                yield m3u.Entry(
                    name=channel.name,
                    address=self._address(channel, base),
                    attributes=(*_described(channel, base), *_catch_up(channel, base)),
                )

    def _address(self, channel: PortalChannel, base: str) -> str:
        if channel.delivery == Delivery.HLS:
            return f"{base}/open/{channel.id}.m3u8"
        if channel.delivery != Delivery.TS:
            return self._broadcast.address(channel, "", base)
        return f"{base}/open/{channel.id}{'/mpegts' if channel.id == _FLUSSONIC else '.ts'}"

    async def _guide(self, request: Request) -> Response:
        return await guide_reply(self._guides, request, packed=False)

    async def _packed_guide(self, request: Request) -> Response:
        return await guide_reply(self._guides, request, packed=True)

    # --- streams ------------------------------------------------------------------------------

    async def _live(self, request: Request) -> Response:
        channel = await self._channel(request)
        for begin, seconds in (("utc", ""), ("begin", "seconds")):
            if begin in request.query_params:
                length = _digits(request.query_params.get(seconds, ""), SHIFT_MINUTES * 60)
                return await self._kept(channel, _digits(request.query_params[begin], 0), length)
        if request.method == "HEAD":
            return Response(media_type=TS)
        return await self._sending.live(channel)

    async def _shifted(self, request: Request) -> Response:
        channel = await self._channel(request)
        return await self._kept(channel, request.path_params["utc"], SHIFT_MINUTES * 60)

    async def _past(self, request: Request) -> Response:
        channel = await self._channel(request)
        return await self._kept(channel, request.path_params["begin"], request.path_params["seconds"])

    async def _kept(self, channel: PortalChannel, begin: int, seconds: int) -> Response:
        if not archive.kept(channel, begin, self._world.clock()):
            raise HTTPException(404, "Not found")
        return await self._sending.past(channel, begin, min(seconds, _LONGEST_S))

    async def _segments(self, request: Request) -> Response:
        channel = await self._channel(request)
        text = await (await self._streams.hls(channel)).playlist(f"/open/{channel.id}", "")
        if text is None:
            raise HTTPException(503, "This channel is not on the air")
        return PlainTextResponse(text, media_type=PLAYLIST, headers={"Cache-Control": "no-store"})

    async def _segment(self, request: Request) -> Response:
        channel = await self._channel(request)
        segment = (await self._streams.hls(channel)).find(request.path_params["number"])
        if segment is None:
            raise HTTPException(404, "Not found")
        return Response(segment.data, media_type=TS)

    async def _film(self, request: Request) -> Response:
        kind = request.path_params["kind"]
        if kind not in {Kind.FILM, Kind.EPISODE}:
            raise HTTPException(404, "Not found")
        return await self._sending.film(Kind(kind), request.path_params["number"])

    async def _channel(self, request: Request) -> PortalChannel:
        for channel in await run_in_threadpool(self._world.channels):
            made = channel.delivery not in {Delivery.FILE, Delivery.LINK}
            if channel.id == request.path_params["id"] and channel.type in FREE_TYPES and made:
                return channel
        raise HTTPException(404, "Not found")


def _described(channel: PortalChannel, base: str) -> tuple[tuple[str, str], ...]:
    radio = (("radio", "true"),) if channel.picture == Picture.RADIO else ()
    return (
        ("tvg-id", channel.guide_id),
        ("tvg-chno", str(channel.id)),
        ("tvg-logo", xtream_rows.picture(base, channel.logo_url)),
        ("group-title", channel.category),
        *radio,
    )


def _catch_up(channel: PortalChannel, base: str) -> tuple[tuple[str, str], ...]:
    """How a player is told to ask for what was on a channel."""
    if not channel.archive:
        return ()
    days = ("catchup-days", str(channel.archive))
    if channel.id == _SHIFT:
        return ("catchup", "shift"), days
    if channel.id == _APPEND:
        return ("catchup", "append"), days, ("catchup-source", "?begin={utc}&seconds={duration}")
    if channel.id == _FLUSSONIC:
        return ("catchup", "flussonic"), days
    source = f"{base}/open/{channel.id}/${{start}}/{{duration}}.ts"
    return ("catchup", "default"), days, ("catchup-source", source)


def _digits(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 12 else otherwise  # noqa: PLR2004 # digits
