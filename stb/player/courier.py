"""Streams whose server wants headers that libVLC cannot send (``Cookie``, ``Authorization``, ...).

A server on loopback asks for them in libVLC's stead and hands on what comes, with status and ranges, so they
are wound like any other. Addresses in a playlist (HLS, RFC 8216) are turned into addresses of this server.
Nothing of it stands in a process list, and without the word in its addresses nobody else is served.
"""

import re
import secrets
import socket
import ssl
import threading
from base64 import b64encode, urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from hashlib import sha256
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    Request,
)
from weakref import WeakSet

from stb.player.opening import Opening

SILENCE = 10.0
"""Seconds without an answer or a byte after which a server has gone."""
LONGEST_PLAYLIST = 4 << 20
"""Bytes."""
_CHUNK = 1 << 16
_HANDED_ON = (
    *("Content-Type", "Content-Length", "Content-Range", "Accept-Ranges", "Last-Modified"),
    "Retry-After",
)
_PERSONAL = ("Authorization", "Cookie")
"""For the server they were made for, not for one that it leads to."""
_URI = re.compile(r'URI="([^"]*)"')


class Courier:
    """The server of one stream."""

    def __init__(self, opening: Opening) -> None:
        """Listen on loopback; nothing is asked for before libVLC asks."""
        self._desk = _Desk(opening)
        self._thread = threading.Thread(
            target=self._desk.serve_forever, kwargs={"poll_interval": 0.05}, name="courier", daemon=True
        )
        self._thread.start()
        self.address = self._desk.local(opening.address)
        """For libVLC."""

    def close(self) -> None:
        """Close the server with all its connections. Safe to call twice."""
        self._desk.shutdown()
        self._desk.hang_up()
        self._desk.server_close()
        self._thread.join()


class _Desk(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, opening: Opening) -> None:
        super().__init__(("127.0.0.1", 0), _Errand)
        self._word = secrets.token_urlsafe(16)
        self._headers = dict(opening.headers)
        if opening.user_agent:
            self._headers["User-Agent"] = opening.user_agent
        if opening.referrer:
            self._headers["Referer"] = opening.referrer
        self._sockets: WeakSet[socket.socket] = WeakSet()
        self._opener = OpenerDirector()
        for handler in (
            _Http(self._sockets.add),
            _Https(self._sockets.add, opening.fingerprint),
            _Redirects(),
            HTTPDefaultErrorHandler(),
            HTTPErrorProcessor(),
        ):
            self._opener.add_handler(handler)

    def local(self, address: str) -> str:
        """Where this server gives what is at an address; it ends alike, because libVLC looks at that."""
        name = urlsplit(address).path.rpartition("/")[2]
        packed = urlsafe_b64encode(address.encode()).decode()
        return f"http://127.0.0.1:{self.server_port}/{self._word}/{packed}/{name}"

    def meant(self, path: str) -> str:
        """The address behind a path of this server; empty for one that is not."""
        _, word, packed, *_ = (*path.split("/"), "", "", "")
        if not secrets.compare_digest(word, self._word):
            return ""
        with suppress(ValueError):
            return urlsafe_b64decode(packed).decode()
        return ""

    def ask(self, address: str, asked: dict[str, str]) -> HTTPResponse | HTTPError:
        """What the server says, a refusal too.

        Raises:
            OSError, HTTPException: it says nothing.
        """
        headers = {name: value for name in ("User-Agent", "Range") if (value := asked.get(name))}
        plain, login = _apart(address)
        request = Request(plain, headers=headers | login | self._headers)  # noqa: S310 - the opener knows HTTP only
        try:
            answer: HTTPResponse = self._opener.open(request, timeout=SILENCE)
        except HTTPError as refusal:
            return refusal
        return answer

    def hang_up(self) -> None:
        """End every connection, whatever is under way."""
        for each in tuple(self._sockets):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    def handle_error(self, *_about: object) -> None:
        """A stream that is left ends in the middle; libVLC knows."""


class _Errand(BaseHTTPRequestHandler):
    server: _Desk

    def do_GET(self) -> None:
        """Hand on what the server gives."""
        address = self.server.meant(self.path)
        if not address:
            self.send_error(404)
            return
        try:
            answer = self.server.ask(address, dict(self.headers))
        except (OSError, HTTPException, ValueError):
            self.send_error(502)
            return
        with answer:
            if _is_playlist(answer):
                self._rewrite(answer)
            else:
                self._head(answer)
                while chunk := answer.read1(_CHUNK):
                    self.wfile.write(chunk)

    def _rewrite(self, answer: HTTPResponse | HTTPError) -> None:
        text = answer.read(LONGEST_PLAYLIST).decode("utf-8", "surrogateescape")
        body = rewritten(text, answer.geturl(), self.server.local).encode("utf-8", "surrogateescape")
        del answer.headers["Content-Length"]
        answer.headers["Content-Length"] = str(len(body))
        self._head(answer)
        self.wfile.write(body)

    def _head(self, answer: HTTPResponse | HTTPError) -> None:
        self.send_response_only(answer.status or 502)
        for name in _HANDED_ON:
            if value := answer.headers.get(name):
                self.send_header(name, value)
        self.send_header("Connection", "close")
        self.end_headers()

    def log_message(self, *_words: object) -> None:
        """Addresses are in nobody's log."""


def rewritten(playlist: str, base: str, local: Callable[[str], str]) -> str:
    """A playlist that leads here again.

    Args:
        playlist: its text.
        base: where it came from, for what it says in short.
        local: makes an address of this server from another.
    """

    def here(address: str) -> str:
        whole = urljoin(base, address)
        return local(whole) if urlsplit(whole).scheme in ("http", "https") else address

    lines = (
        _URI.sub(lambda found: f'URI="{here(found[1])}"', line)
        if line.startswith("#") or not line.strip()
        else here(line.strip())
        for line in playlist.splitlines()
    )
    return "\n".join(lines) + "\n"


def _is_playlist(answer: HTTPResponse | HTTPError) -> bool:
    kind = answer.headers.get_content_type()
    return kind.endswith("mpegurl") or urlsplit(answer.geturl()).path.lower().endswith((".m3u8", ".m3u"))


def _apart(address: str) -> tuple[str, dict[str, str]]:
    """An address without the login in it, and that as a header (RFC 7617)."""
    parts = urlsplit(address)
    login, at, host = parts.netloc.rpartition("@")
    if not at:
        return address, {}
    packed = b64encode(unquote(login).encode()).decode()
    return parts._replace(netloc=host).geturl(), {"Authorization": f"Basic {packed}"}


class _Redirects(HTTPRedirectHandler):
    def redirect_request(  # noqa: PLR0913, PLR0917 - the standard library's form
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        """Follow, and leave at home what is for the first server only."""
        request = super().redirect_request(req, fp, code, msg, headers, newurl)
        if request and urlsplit(newurl).netloc != urlsplit(req.full_url).netloc:
            for name in _PERSONAL:
                request.remove_header(name)
        return request


class _Http(HTTPHandler):
    def __init__(self, opened: Callable[[socket.socket], None]) -> None:
        super().__init__()
        self._make = partial(_Line, opened=opened)

    def http_open(self, req: Request) -> HTTPResponse:
        return self.do_open(self._make, req)


class _Https(HTTPSHandler):
    def __init__(self, opened: Callable[[socket.socket], None], trusted: str) -> None:
        super().__init__()
        context = ssl.create_default_context()
        self._make = partial(_SafeLine, opened=opened, trusted=trusted, context=context)

    def https_open(self, req: Request) -> HTTPResponse:
        return self.do_open(self._make, req)


class _Line(HTTPConnection):
    def __init__(self, *args: Any, opened: Callable[[socket.socket], None], **more: Any) -> None:  # noqa: ANN401
        super().__init__(*args, **more)
        self._opened = opened

    def connect(self) -> None:
        super().connect()
        self._opened(self.sock)


class _SafeLine(HTTPSConnection):
    def __init__(
        self,
        *args: Any,  # noqa: ANN401
        opened: Callable[[socket.socket], None],
        trusted: str,
        **more: Any,  # noqa: ANN401
    ) -> None:
        super().__init__(*args, **more)
        self._opened = opened
        self._trusted = trusted

    def connect(self) -> None:
        """To the very certificate the viewer chose, or as everybody does."""
        if not self._chosen():
            super().connect()
        self._opened(self.sock)

    def _chosen(self) -> bool:
        if not self._trusted:
            return False
        HTTPConnection.connect(self)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE  # nothing is sent before it is compared
        line = context.wrap_socket(self.sock, server_hostname=self.host)
        shown = sha256(line.getpeercert(binary_form=True) or b"").hexdigest()
        if secrets.compare_digest(shown, self._trusted):
            self.sock = line
            return True
        line.close()
        return False
