"""``login.php`` and ``api.php`` of a panel, and ``/CODE/login`` and ``/CODE/api`` of the newer kind."""

import json
import secrets
from collections.abc import Mapping
from functools import partial
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from stb.portal.admin.actions import Actions, Dialect
from stb.portal.admin.asked import Answer, Asked
from stb.portal.admin.sessions import COOKIE, Sessions
from stb.portal.params import params_of
from stb.portal.sending import nothing_here
from stb.portal.staff import Administrator
from stb.portal.world import World

_METHODS = ["GET", "POST"]
_FORM = """<!doctype html><html lang="en"><title>Login</title><form method="post">
<p>{}</p><input name="username" autofocus><input name="password" type="password"><button>Log in</button>
</form>
"""
_WRONG = "Incorrect username or password, or too many tries"
_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
}


class Scripts:
    """The panel as programs know it."""

    def __init__(self, world: World, sessions: Sessions, actions: Actions) -> None:
        """Let the staff of ``world`` do these actions."""
        self._world = world
        self._sessions = sessions
        self._actions = actions

    def routes(self) -> list[Route]:
        """Those of both dialects; a folder that is not the access code's is not there."""
        old = Dialect.XTREAM_UI
        older = [
            route
            for folder in ("", "/reseller")
            for route in (
                Route(f"{folder}/login.php", partial(self._login, home="./dashboard.php"), methods=_METHODS),
                Route(f"{folder}/api.php", partial(self._api, dialect=old), methods=_METHODS),
                Route(f"{folder}/logout.php", partial(self._logout, door="./login.php"), methods=_METHODS),
                Route(f"{folder}/dashboard.php", partial(self._home, door="./login.php")),
                Route(f"{folder}/index.php", partial(self._home, door="./login.php")),
            )
        ]
        return [
            *older,
            Route("/{code}/login", partial(self._login, home="./dashboard"), methods=_METHODS),
            Route("/{code}/api", partial(self._api, dialect=Dialect.XC_VM), methods=_METHODS),
            Route("/{code}/logout", partial(self._logout, door="./login"), methods=_METHODS),
            Route("/{code}/dashboard", partial(self._home, door="./login")),
        ]

    async def _login(self, request: Request, *, home: str) -> Response:
        if not await self._here(request):
            return nothing_here()
        if request.method != "POST" or foreign(request):
            return HTMLResponse(_FORM.format(""), headers=_HEADERS)
        params = await params_of(request)
        who = params.get("username", ""), params.get("password", "")
        token = await run_in_threadpool(self._sessions.sign_in, *who, address_of(request))
        if token is None:
            return HTMLResponse(_FORM.format(_WRONG), headers=_HEADERS)
        self._sessions.end(request.cookies.get(COOKIE, ""))
        answer = RedirectResponse(home, 302, headers=_HEADERS)
        give_cookie(answer, token, request)
        return answer

    async def _api(self, request: Request, *, dialect: Dialect) -> Response:
        if not await self._here(request):
            return nothing_here()
        newer = dialect is Dialect.XC_VM
        if newer and not by_script(request):
            return _script("")
        who = await run_in_threadpool(signed_in, self._sessions, request)
        if who is None:
            return _script({"result": False, "error": "Not logged in"} if newer else "")
        if not by_script(request) and by_browser(request):
            return _script({"result": False})
        params = await params_of(request)
        return _script(await self.answer(who, address_of(request), params, dialect))

    async def answer(
        self, who: Administrator, address: str, params: Mapping[str, str], dialect: Dialect
    ) -> Answer:
        """Do what somebody asks who is signed in."""
        return await self._actions.do(Asked(who=who, address=address, params=params), dialect)

    async def _logout(self, request: Request, *, door: str) -> Response:
        if not await self._here(request):
            return nothing_here()
        if not foreign(request):
            self._sessions.end(request.cookies.get(COOKIE, ""))
        return RedirectResponse(door, 302, headers=_HEADERS)

    async def _home(self, request: Request, *, door: str) -> Response:
        if not await self._here(request):
            return nothing_here()
        who = await run_in_threadpool(signed_in, self._sessions, request)
        return RedirectResponse(door if who is None else "/admin/", 302, headers=_HEADERS)

    async def _here(self, request: Request) -> bool:
        code = request.path_params.get("code")
        if code is None:
            return True
        right = await run_in_threadpool(lambda: self._world.staff.access_code)
        return secrets.compare_digest(code.encode(), right.encode())


def signed_in(sessions: Sessions, request: Request) -> Administrator | None:
    """Who asks; None: nobody who is signed in here."""
    return sessions.find(request.cookies.get(COOKIE, ""), address_of(request))


def address_of(request: Request) -> str:
    """Whence it comes; no header is believed."""
    return request.client.host if request.client else ""


def give_cookie(answer: Response, token: str, request: Request) -> None:
    """Let a browser keep a session's token, for our own pages only and for no script."""
    answer.set_cookie(
        COOKIE, token, path="/", httponly=True, samesite="strict", secure=request.url.scheme == "https"
    )


def by_script(request: Request) -> bool:
    """Whether a page's own script asks: no foreign page can send this header, as nothing here allows it."""
    return request.headers.get("x-requested-with", "").lower() == "xmlhttprequest" and not foreign(request)


def by_browser(request: Request) -> bool:
    """Whether a browser asks, which may be on a foreign page."""
    headers = request.headers
    said = {"sec-fetch-site", "sec-fetch-mode", "origin", "referer"} & set(headers.keys())
    return bool(said) or headers.get("user-agent", "").startswith("Mozilla/")


def foreign(request: Request) -> bool:
    """Whether a browser says that another site's page asks."""
    if request.headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
        return True
    origin = request.headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("host", "")


def _script(said: Answer | str) -> Response:
    """As panels do it: JSON that is called HTML."""
    return HTMLResponse(said if isinstance(said, str) else json.dumps(said), headers=_HEADERS)
