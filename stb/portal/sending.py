"""The streams of an Xtream panel: who may, gets a pass; who has one, gets the bytes."""

import asyncio
import logging
from collections.abc import AsyncGenerator
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from stb.errors import PortalError
from stb.portal import archive, asking, reels
from stb.portal.asking import Asked
from stb.portal.broadcast import PLAYLIST, TS, LiveResponse
from stb.portal.connections import FILE_IDLE_S, HLS_IDLE_S, Connections, Held, Kind, Seat, Viewing
from stb.portal.lines import Line, LineStatus
from stb.portal.live import Live
from stb.portal.nouns import Delivery, PortalChannel
from stb.portal.passes import Passes
from stb.portal.placements import Content
from stb.portal.reels import Reel
from stb.portal.streams import Streams
from stb.portal.world import World

log = logging.getLogger(__name__)

_FILM_TYPES = {"mp4": "video/mp4", "mkv": "video/x-matroska"}
_NOT_FOUND = "<html>\r\n<head><title>404 Not Found</title></head>\r\n<body><center><h1>404 Not Found</h1>\r\n"
Watcher = tuple[str, int, str, str]
"""Line, channel, address, player: who fetches one list of segments again and again."""


def nothing_here() -> Response:
    """How panels refuse: with a web server's own page, so that nobody learns why."""
    return HTMLResponse(f"{_NOT_FOUND}</center></body>\r\n</html>\r\n", 404)


class Sending:
    """Sends channels, films, episodes and what was, to the lines that may have them."""

    def __init__(self, world: World, streams: Streams, connections: Connections, passes: Passes) -> None:
        """Ask ``world`` who may watch, and ``streams`` for what there is."""
        self._world = world
        self._streams = streams
        self._connections = connections
        self._passes = passes
        self._segmented: dict[Watcher, Seat] = {}

    def routes(self) -> list[Route]:
        """Where passes lead; and every other path, as credentials may stand in front: to be the last."""
        return [
            Route("/auth/{token}/{file}", self._passed),
            Route("/play/{token}", self._passed),
            Route("/hls/{token}/{number:int}.ts", self._segment),
            Route("/refused/{why}.ts", self._refusal),
            Route("/{rest:path}", self._asked),
        ]

    async def _asked(self, request: Request) -> Response:
        asked = asking.read(request.scope["raw_path"], request.query_params)
        if asked is None:
            return nothing_here()
        line = await run_in_threadpool(self._world.lines.sign_in, asked.username, asked.password)
        if line is None:
            return nothing_here()
        if line.status is not LineStatus.ACTIVE:
            return self._refused(request, asked, line.status)
        if asked.kind is Kind.LIVE and asked.extension not in line.formats:
            return nothing_here()
        ip = request.client.host if request.client else ""
        if not await run_in_threadpool(self._world.lines.admits, line, ip):
            return nothing_here()
        return await self._let_in(request, asked, line)

    async def _let_in(self, request: Request, asked: Asked, line: Line) -> Response:
        channel = await self._channel(asked.stream)
        if asked.kind is Kind.LIVE and channel is not None and channel.delivery == Delivery.LINK:
            self._streams.require_on(channel)
            return RedirectResponse(channel.link, 302)
        viewing = await run_in_threadpool(self._viewing, request, asked, channel)
        if viewing is None:
            # The script for the past is known to end without a word.
            return Response() if request.url.path.endswith("timeshift.php") else nothing_here()
        if viewing.kind is Kind.LIVE and viewing.extension == "m3u8":
            return await self._playlist(viewing, line)
        token = self._passes.issue(viewing)
        base = f"{request.url.scheme}://{request.url.netloc}"
        return RedirectResponse(f"{base}/auth/{token}/{viewing.stream}.{viewing.extension}", 302)

    def _viewing(self, request: Request, asked: Asked, channel: PortalChannel | None) -> Viewing | None:
        """What is asked for, if there is such a thing."""
        begin = self._begin(asked, channel) if asked.kind is Kind.PAST else 0
        name = self._name(asked, channel)
        if name is None or begin is None:
            return None
        return Viewing(
            line=asked.username,
            kind=asked.kind,
            stream=asked.stream,
            name=name,
            extension=asked.extension,
            begin=begin,
            seconds=asked.minutes * 60,
            ip=request.client.host if request.client else "",
            agent=request.headers.get("user-agent", ""),
        )

    def _begin(self, asked: Asked, channel: PortalChannel | None) -> int | None:
        """From when on; None where that is not kept, or no longer, or yet to come."""
        now = self._world.clock()
        begin = asking.begin(asked.start, self._world.guide, now)
        if channel is None or begin is None or asked.extension != "ts":
            return None
        return begin if archive.kept(channel, begin, now) else None

    def _name(self, asked: Asked, channel: PortalChannel | None) -> str | None:
        match asked.kind:
            case Kind.FILM:
                film = self._world.library.film(asked.stream)
                return film.name if film is not None and film.extension == asked.extension else None
            case Kind.EPISODE:
                episode = self._world.library.episode(asked.stream)
                return episode.name if episode is not None and episode.extension == asked.extension else None
            case _:
                on_air = channel is not None and channel.delivery not in {Delivery.FILE, Delivery.LINK}
                return channel.name if channel is not None and on_air else None

    def _refused(self, request: Request, asked: Asked, status: LineStatus) -> Response:
        """Ten seconds that say why."""
        base = f"{request.url.scheme}://{request.url.netloc}"
        clip = f"{base}/refused/{status.lower()}.ts"
        if asked.extension != "m3u8":
            return RedirectResponse(clip, 302)
        lines = ("#EXTM3U", "#EXT-X-VERSION:3", f"#EXT-X-TARGETDURATION:{reels.REFUSAL_S}")
        text = "\n".join((*lines, f"#EXTINF:{reels.REFUSAL_S}.0,", clip, "#EXT-X-ENDLIST", ""))
        return PlainTextResponse(text, media_type=PLAYLIST)

    async def _refusal(self, request: Request) -> Response:
        why = request.path_params["why"].capitalize()
        if why not in set(LineStatus) - {LineStatus.ACTIVE}:
            return nothing_here()
        return FileResponse(await self._streams.file(reels.of_refusal(LineStatus(why))), media_type=TS)

    # --- with a pass --------------------------------------------------------------------------

    async def _passed(self, request: Request) -> Response:
        each = self._passes.find(request.path_params["token"])
        if each is None or (each.seat is not None and each.seat.cut.is_set()):
            return nothing_here()
        limit = await run_in_threadpool(self._world.connections_of, each.viewing.line)
        if limit is None:
            return nothing_here()
        answer = await self._answer(each.viewing)
        if request.method == "HEAD":
            return answer if isinstance(answer, FileResponse) else Response(media_type=TS)
        is_file = isinstance(answer, FileResponse)
        if each.seat is None or each.seat.closed:
            idle_s = FILE_IDLE_S if is_file else 0.0
            each.seat = self._connections.open(each.viewing, limit, idle_s)
            log.info("%s is watched by line %s", each.viewing.name, each.viewing.line)
        if is_file:
            self._passes.prolong(each)
        return Held(self._connections, each.seat, answer)

    async def _answer(self, viewing: Viewing) -> Response:
        if viewing.kind in {Kind.FILM, Kind.EPISODE}:
            return await self.film(viewing.kind, viewing.stream)
        channel = await self._channel(viewing.stream)
        if channel is None:
            raise PortalError(f"{viewing.name} is no longer there")
        if viewing.kind is Kind.PAST:
            return await self.past(channel, viewing.begin, viewing.seconds)
        return await self.live(channel)

    async def live(self, channel: PortalChannel) -> Response:
        """A channel from now on."""
        return LiveResponse(_watched(await self._streams.live(channel)))

    async def past(self, channel: PortalChannel, begin: int, seconds: int) -> Response:
        """A channel from a moment on, for so long."""
        return LiveResponse(archive.play(await self._streams.past(channel, begin, seconds)))

    async def film(self, kind: Kind, number: int) -> FileResponse:
        """The file of a film or an episode, any part of it.

        Raises:
            PortalError: there is none.
        """
        found = await run_in_threadpool(self._reel, kind, number)
        path = found if isinstance(found, Path) else await self._streams.file(found)
        return FileResponse(path, media_type=_FILM_TYPES.get(path.suffix[1:], "application/octet-stream"))

    def _reel(self, kind: Kind, number: int) -> Reel | Path:
        library, placements = self._world.library, self._world.placements
        if number in placements.off(Content.MOVIE if kind is Kind.FILM else Content.EPISODE):
            raise PortalError("that is stopped")
        if kind is Kind.FILM:
            film = library.film(number)
            if film is not None:
                return Path(film.link) if film.link else reels.of_film(film)
        else:
            episode = library.episode(number)
            series = library.one_series(episode.series) if episode is not None else None
            if series is not None and episode is not None:
                return reels.of_episode(series, episode)
        raise PortalError("that is no longer there")

    # --- in segments --------------------------------------------------------------------------

    async def _playlist(self, viewing: Viewing, line: Line) -> Response:
        """The list itself and no pass: it is fetched again and again, and is to stay one connection."""
        channel = await self._channel(viewing.stream)
        seat = self._segmented_seat(viewing, line)
        if seat is None or channel is None:
            return nothing_here()
        with self._connections.used(seat):
            text = await (await self._streams.hls(channel)).playlist(f"/hls/{seat.token}", "")
        if text is None:
            raise PortalError(f"{channel.name} is not on the air")
        return PlainTextResponse(text, media_type=PLAYLIST, headers={"Cache-Control": "no-store"})

    def _segmented_seat(self, viewing: Viewing, line: Line) -> Seat | None:
        """Where this viewer sits; None while whoever displaced it still watches."""
        watcher = (viewing.line, viewing.stream, viewing.ip, viewing.agent)
        seat = self._segmented.get(watcher)
        if seat is not None and not seat.closed:
            return seat
        if seat is not None and seat.displaced_by is not None and not seat.displaced_by.closed:
            return None
        for other, left in self._segmented.items():
            if other != watcher and (other[0], *other[2:]) == (watcher[0], *watcher[2:]):
                self._connections.close(left)  # the same viewer has zapped
        self._segmented = {
            who: each for who, each in self._segmented.items() if not each.closed or each.displaced_by
        }
        seat = self._connections.open(viewing, line.max_connections, HLS_IDLE_S)
        log.info("%s is watched by line %s", viewing.name, line.username)
        self._segmented[watcher] = seat
        return seat

    async def _segment(self, request: Request) -> Response:
        token, number = request.path_params["token"], request.path_params["number"]
        seat = next((each for each in self._segmented.values() if each.token == token), None)
        if seat is None or seat.closed:
            return nothing_here()
        channel = await self._channel(seat.connection.viewing.stream)
        segment = (await self._streams.hls(channel)).find(number) if channel is not None else None
        if segment is None:
            return nothing_here()
        return Held(self._connections, seat, Response(segment.data, media_type=TS))

    async def _channel(self, number: int) -> PortalChannel | None:
        channels = await asyncio.to_thread(self._world.channels)
        return next((channel for channel in channels if channel.id == number), None)


async def _watched(live: Live) -> AsyncGenerator[bytes, None]:
    with live.watched() as viewer:
        while data := await viewer.take():
            yield data
