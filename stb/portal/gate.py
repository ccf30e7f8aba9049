"""The portal's front door: counts what was asked, and makes trouble when a test wants it."""

import threading
from collections import Counter
from enum import Enum, auto

from starlette.responses import HTMLResponse, JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_APIS = ("/api/", "/player_api.php", "/get.php", "/xmltv.php", "/playlist.m3u", "/guide.xml")
_STALKERS = ("/server/load.php", "/portal.php")
_STREAMS = ("/live/", "/movie/", "/series/", "/timeshift/", "/auth/", "/play/", "/open/")


class Trouble(Enum):
    """How a server can be broken. All but the last are about the answers of the APIs."""

    SERVER_ERROR = auto()
    """500 with the document's form of an error."""
    HTML = auto()
    """200 with a web page."""
    TRUNCATED = auto()
    """Half the JSON, otherwise in order."""
    CUT_OFF = auto()
    """Half the JSON, then the connection is closed."""
    WRONG_CHARSET = auto()
    """Arabic letters in an old Windows code page."""
    SILENT = auto()
    """No answer until the client goes away."""
    NO_STREAMS = auto()
    """403 for every channel."""


class Gate:
    """ASGI application around another one, which changes when the portal is started again."""

    def __init__(self) -> None:
        """Begin without trouble and without an application."""
        self.app: ASGIApp | None = None
        self.trouble: Trouble | None = None
        self._answered: Counter[str] = Counter()
        self._changed = threading.Condition()

    def answered(self, path: str) -> int:
        """How many requests for a path have been answered, well or badly."""
        with self._changed:
            return self._answered[path]

    def await_answered(self, path: str, count: int, timeout_s: float) -> None:
        """Wait until so many requests for a path have been answered.

        Raises:
            TimeoutError: they were not.
        """
        with self._changed:
            if not self._changed.wait_for(lambda: self._answered[path] >= count, timeout_s):
                raise TimeoutError(f"{path} was answered {self._answered[path]} times, not {count}")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if self.app is None:
            raise AssertionError
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        try:
            await self._answer(self.app, scope, receive, send)
        finally:
            with self._changed:
                self._answered[scope["path"]] += 1
                self._changed.notify_all()

    async def _answer(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        path: str = scope["path"]
        if path.startswith(_STREAMS) and self.trouble is Trouble.NO_STREAMS:
            await JSONResponse({"error": "Forbidden"}, 403)(scope, receive, send)
        elif _is_api(path) and self.trouble not in {None, Trouble.NO_STREAMS}:
            await self._make_trouble(app, scope, receive, send)
        else:
            await app(scope, receive, send)

    async def _make_trouble(self, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
        match self.trouble:
            case Trouble.SERVER_ERROR:
                await JSONResponse({"error": "Internal server error"}, 500)(scope, receive, send)
            case Trouble.HTML:
                page = "<!doctype html><title>Maintenance</title><h1>Back soon</h1>"
                await HTMLResponse(page)(scope, receive, send)
            case Trouble.SILENT:
                while (await receive())["type"] != "http.disconnect":
                    pass
            case trouble:
                await _spoil(trouble, app, scope, receive, send)


async def _spoil(trouble: Trouble | None, app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Send the true answer, but not as it should be."""
    start: Message = {}
    body = bytearray()

    async def keep(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
        else:
            body.extend(message.get("body", b""))

    await app(scope, receive, keep)
    sent = bytes(body[: len(body) // 2])
    if trouble is Trouble.WRONG_CHARSET:
        sent = body.decode().encode("cp1256", errors="replace")
    promised = len(body) if trouble is Trouble.CUT_OFF else len(sent)
    headers = [header for header in start["headers"] if header[0] != b"content-length"]
    await send({**start, "headers": [*headers, (b"content-length", str(promised).encode())]})
    # More promised than sent, and no more to come: uvicorn closes the connection.
    await send({"type": "http.response.body", "body": sent, "more_body": promised > len(sent)})


def _is_api(path: str) -> bool:
    return path.startswith(_APIS) or path.endswith(_STALKERS)
