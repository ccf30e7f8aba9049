"""Pictures of films, series and episodes, drawn when somebody looks."""

from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stb.portal import scenery
from stb.portal.library import Library

_POSTER = 400, 600
_BACKDROP = 1280, 720


class Posters:
    """Draws them."""

    def __init__(self, library: Library) -> None:
        """Draw for what is in this library."""
        self._library = library

    def routes(self) -> list[Route]:
        """Posters, and wide pictures for behind a page."""
        return [Route("/images/{kind}-{number:int}.png", self._picture)]

    async def _picture(self, request: Request) -> Response:
        drawn = await run_in_threadpool(
            self.drawn, request.path_params["kind"], request.path_params["number"]
        )
        return Response(drawn, media_type="image/png", headers={"Cache-Control": "max-age=3600"})

    def drawn(self, kind: str, number: int) -> bytes:
        """The picture of a film or a series, or (``backdrop``) of either, a PNG.

        Raises:
            HTTPException: 404 there is no such thing.
        """
        film, series = self._library.film(number), self._library.one_series(number)
        if kind == "film" and film is not None:
            return _drawn(number, film.name, *_POSTER)
        if kind == "series" and series is not None:
            return _drawn(number, series.name, *_POSTER)
        if kind == "backdrop" and (film or series or self._library.episode(number)):
            return _drawn(number, "", *_BACKDROP)
        raise HTTPException(404, "Not found")


@lru_cache(maxsize=64)
def _drawn(number: int, name: str, width: int, height: int) -> bytes:
    return scenery.poster(scenery.look_of(number), name, width, height)
