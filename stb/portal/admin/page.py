"""The operator's page: a few files, which do what they do through the panel's scripts."""

from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from stb.portal.admin.scripts import address_of, by_script, give_cookie, signed_in
from stb.portal.admin.sessions import COOKIE, Sessions
from stb.portal.events import EVENTS
from stb.portal.params import params_of
from stb.portal.sending import nothing_here
from stb.portal.staff import Permission

_FOLDER = Path(__file__).with_name("static")
_TYPES = {
    "page.html": "text/html",
    "page.css": "text/css",
    "page.js": "text/javascript",
    "rooms.js": "text/javascript",
    "words.js": "text/javascript",
}
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
        " img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-cache",
}


class Page:
    """Serves it; whoever is not signed in gets the same files, and nothing to put into them."""

    def __init__(self, sessions: Sessions) -> None:
        """Sign in and out here."""
        self._sessions = sessions

    def routes(self) -> list[Route]:
        """All below ``/admin/``."""
        return [
            Route("/admin", lambda _: RedirectResponse("/admin/", 302)),
            Route("/admin/", lambda _: _file("page.html")),
            Route("/admin/session", self._session, methods=["GET", "POST", "DELETE"]),
            Route("/admin/{name}", lambda request: _file(request.path_params["name"])),
        ]

    async def _session(self, request: Request) -> Response:
        """Who is signed in; POST signs in, DELETE signs out."""
        if not by_script(request):
            return nothing_here()
        if request.method == "POST":
            return await self._sign_in(request)
        if request.method == "DELETE":
            self._sessions.end(request.cookies.get(COOKIE, ""))
            return _said(None)
        who = await run_in_threadpool(signed_in, self._sessions, request)
        if who is None:
            return _said(None)
        return _said(
            {
                "name": who.name,
                "reseller": who.is_reseller,
                "permissions": sorted(each for each in Permission if who.may(each)),
                "events": sorted(EVENTS),
            }
        )

    async def _sign_in(self, request: Request) -> Response:
        params = await params_of(request)
        who = params.get("username", ""), params.get("password", "")
        token = await run_in_threadpool(self._sessions.sign_in, *who, address_of(request))
        if token is None:
            return _said(None)
        self._sessions.end(request.cookies.get(COOKIE, ""))
        answer = _said({"name": who[0]})
        give_cookie(answer, token, request)
        return answer


def _said(who: dict[str, object] | None) -> Response:
    return JSONResponse({"who": who}, headers={**_HEADERS, "Cache-Control": "no-store"})


def _file(name: str) -> Response:
    if name not in _TYPES:
        return nothing_here()
    return FileResponse(_FOLDER / name, media_type=_TYPES[name], headers=_HEADERS)
