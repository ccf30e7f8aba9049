"""The server side of an Xtream panel: ``player_api.php``, ``get.php``, ``xmltv.php``.

Written from the protocol as panels speak it: unknown actions are answered with the account, what is not
there with empty lists, and who is not known with ``auth`` 0.
"""

import logging
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from stb.portal import listed, m3u, reels, xtream_rows
from stb.portal.connections import Connections
from stb.portal.library import Category, Shelf
from stb.portal.lines import Line, LineStatus
from stb.portal.nouns import Delivery, PortalChannel
from stb.portal.params import Params, params_of
from stb.portal.sending import nothing_here
from stb.portal.streams import Streams
from stb.portal.world import World
from stb.portal.xmltv import GuideFiles, unchanged
from stb.portal.xtream_rows import Json

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

_REFUSED = {"user_info": {"auth": 0}}
_SHORT_EPG = 4
"""Programmes of ``get_short_epg`` where no limit is asked for."""
_MOST_EPG = 1000
_SEGMENTED = frozenset({"m3u8", "hls"})
_LISTS = {
    "get_live_categories",
    "get_vod_categories",
    "get_series_categories",
    "get_live_streams",
    "get_vod_streams",
    "get_series",
}


class Xtream:
    """The scripts of a panel, over one world."""

    def __init__(self, world: World, streams: Streams, connections: Connections, guides: GuideFiles) -> None:
        """Answer from ``world``; ``connections`` knows how many watch with a line."""
        self._world = world
        self._streams = streams
        self._connections = connections
        self._guides = guides
        self._actions: dict[str, Callable[[Params, str], Any]] = {
            "get_live_categories": lambda _, __: self._categories(Shelf.LIVE),
            "get_vod_categories": lambda _, __: self._categories(Shelf.FILMS),
            "get_series_categories": lambda _, __: self._categories(Shelf.SERIES),
            "get_live_streams": self._live_streams,
            "get_vod_streams": self._vod_streams,
            "get_series": self._series,
            "get_vod_info": self._vod_info,
            "get_series_info": self._series_info,
            "get_short_epg": self._short_epg,
            "get_simple_data_table": self._data_table,
            "get_simple_date_table": self._data_table,  # as some panels write it
        }

    def routes(self) -> list[Route]:
        """Where the scripts are."""
        return [
            Route("/player_api.php", self._player_api, methods=["GET", "POST"]),
            Route("/get.php", self._get, methods=["GET", "POST"]),
            Route("/xmltv.php", self._xmltv, methods=["GET", "POST"]),
        ]

    # --- player_api.php -----------------------------------------------------------------------

    async def _player_api(self, request: Request) -> Response:
        params = await params_of(request)
        return JSONResponse(await run_in_threadpool(self._answered, params, _base(request)))

    def _answered(self, params: Params, base: str) -> Any:  # noqa: ANN401 # any JSON
        line = self._line(params)
        if line is None:
            return _REFUSED
        action = params.get("action", "")
        log.info("line %s asks for %s", line.username, action if action in self._actions else "its account")
        if action not in self._actions:
            return {
                "user_info": xtream_rows.account(line, self._connections.count(line.username)),
                "server_info": xtream_rows.server(base, self._world.guide, self._world.clock()),
            }
        if line.status is not LineStatus.ACTIVE:
            return [] if action in _LISTS else {}
        return self._actions[action](params, base)

    def _categories(self, shelf: Shelf) -> list[Json]:
        return [xtream_rows.category(each) for each in self._shelf(shelf)]

    def _live_streams(self, params: Params, base: str) -> list[Json]:
        ids = _ids(self._shelf(Shelf.LIVE))
        channels = [each for each in self._channels() if _wanted(params, ids.get(each.category, ""))]
        return [
            xtream_rows.live(number, each, ids.get(each.category, ""), base)
            for number, each in enumerate(channels, 1)
        ]

    def _vod_streams(self, params: Params, base: str) -> list[Json]:
        ids = _ids(self._shelf(Shelf.FILMS))
        films = [each for each in self._world.library.films() if _wanted(params, ids.get(each.category, ""))]
        return [
            xtream_rows.film(number, each, ids.get(each.category, ""), base)
            for number, each in enumerate(films, 1)
        ]

    def _series(self, params: Params, base: str) -> list[Json]:
        ids = _ids(self._shelf(Shelf.SERIES))
        found = [each for each in self._world.library.series() if _wanted(params, ids.get(each.category, ""))]
        return [
            xtream_rows.series(number, each, ids.get(each.category, ""), base)
            for number, each in enumerate(found, 1)
        ]

    def _vod_info(self, params: Params, base: str) -> Json:
        film = self._world.library.film(_number(params, "vod_id"))
        if film is None:
            return {"info": []}
        if not film.link:
            self._streams.make(reels.of_film(film))
        return xtream_rows.film_info(film, _ids(self._shelf(Shelf.FILMS)).get(film.category, ""), base)

    def _series_info(self, params: Params, base: str) -> Json:
        library = self._world.library
        series = library.one_series(_number(params, "series_id"))
        if series is None:
            return {"seasons": [], "info": [], "episodes": []}
        episodes = library.episodes(series.id)
        for episode in sorted(episodes, key=lambda each: (each.season == 0, each.season, each.number)):
            self._streams.make(reels.of_episode(series, episode))
        category = _ids(self._shelf(Shelf.SERIES)).get(series.category, "")
        return xtream_rows.series_info(series, episodes, category, base)

    def _short_epg(self, params: Params, _: str) -> Json:
        channel = self._channel(_number(params, "stream_id"))
        limit = _number(params, "limit") or _SHORT_EPG
        guide = self._world.guide
        now = int(self._world.clock().timestamp())
        shows = guide.shows(channel, now, guide.window(self._world.clock())[1]) if channel else ()
        return {
            "epg_listings": [
                xtream_rows.listing(show, channel, guide)
                for show in shows[: min(limit, _MOST_EPG)]
                if channel
            ]
        }

    def _data_table(self, params: Params, _: str) -> Json:
        channel = self._channel(_number(params, "stream_id"))
        guide, now = self._world.guide, self._world.clock()
        shows = guide.shows(channel, *guide.window(now)) if channel else ()
        return {
            "epg_listings": [xtream_rows.data_row(show, channel, guide, now) for show in shows if channel]
        }

    # --- get.php and xmltv.php ----------------------------------------------------------------

    async def _get(self, request: Request) -> Response:
        params = await params_of(request)
        line = await run_in_threadpool(self._line, params)
        if line is None or line.status is not LineStatus.ACTIVE:
            return nothing_here()
        text = await run_in_threadpool(self._playlist, line, params, _base(request))
        name = f"tv_channels_{quote(line.username, safe='')}.m3u"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Expires": "0"}
        return Response(text, media_type=m3u.MEDIA_TYPE, headers=headers)

    def _playlist(self, line: Line, params: Params, base: str) -> str:
        library = self._world.library
        keys = params.get("key", "live,movie,series").split(",")
        entries = [
            *(self._listed_channels(line, params, base) if "live" in keys else ()),
            *(listed.films(library, base, f"{base}/movie/{_who(line)}") if "movie" in keys else ()),
            *(listed.episodes(library, base, f"{base}/series/{_who(line)}") if "series" in keys else ()),
        ]
        return m3u.plain(entries) if params.get("type") == "m3u" else m3u.playlist(entries)

    def _listed_channels(self, line: Line, params: Params, base: str) -> list[m3u.Entry]:
        who = _who(line)
        segmented = params.get("output") in _SEGMENTED
        begins, ends = (f"{base}/live/{who}", ".m3u8") if segmented else (f"{base}/{who}", "")
        return [
            m3u.Entry(
                name=each.name,
                address=f"{begins}/{each.id}{ends}",
                attributes=(
                    *((("timeshift", str(each.archive)),) if each.archive else ()),
                    ("tvg-id", each.guide_id),
                    ("tvg-name", each.name),
                    ("tvg-logo", xtream_rows.picture(base, each.logo_url)),
                    ("group-title", each.category),
                ),
            )
            for each in self._channels()
        ]

    async def _xmltv(self, request: Request) -> Response:
        params = await params_of(request)
        line = await run_in_threadpool(self._line, params)
        if line is None or line.status is not LineStatus.ACTIVE:
            return nothing_here()
        packed = params.get("gzip") == "1"
        return await guide_reply(self._guides, request, packed=packed)

    # --- the world ----------------------------------------------------------------------------

    def _line(self, params: Params) -> Line | None:
        return self._world.lines.sign_in(params.get("username", ""), params.get("password", ""))

    def _channels(self) -> list[PortalChannel]:
        """What is live, in the order of the numbers."""
        channels = (each for each in self._world.channels() if each.delivery != Delivery.FILE)
        return sorted(channels, key=lambda channel: channel.id)

    def _channel(self, number: int) -> PortalChannel | None:
        found = (each for each in self._channels() if each.id == number and each.guide_id)
        return next(found, None)

    def _shelf(self, shelf: Shelf) -> tuple[Category, ...]:
        used = (each.category for each in self._channels()) if shelf is Shelf.LIVE else ()
        return self._world.library.categories(shelf, used)


async def guide_reply(guides: GuideFiles, request: Request, *, packed: bool) -> Response:
    """Today's guide as a file, or that there is no newer one."""
    path = await run_in_threadpool(guides.file, _base(request), packed=packed)
    media_type = m3u.MEDIA_TYPE if packed else "application/xml"
    stat = await run_in_threadpool(path.stat)
    answer = FileResponse(path, media_type=media_type, stat_result=stat)
    return unchanged(request, answer) or answer


def _base(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}"


def _who(line: Line) -> str:
    return f"{quote(line.username, safe='')}/{quote(line.password, safe='')}"


def _ids(categories: tuple[Category, ...]) -> dict[str, str]:
    return {each.name: str(each.id) for each in categories}


def _wanted(params: Params, category_id: str) -> bool:
    return params.get("category_id") in {None, "", category_id}


def _number(params: Params, name: str) -> int:
    text = params.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0  # noqa: PLR2004 # digits
