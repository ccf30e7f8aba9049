"""Whether television comes from a link: a few bytes of it are fetched, looked at, and let go."""

import socket
from urllib.parse import urlsplit

from stb.errors import BadReply, LoginRefused, NoSuchItem, ProviderError, ServerFault, Unreachable
from stb.model import Stream
from stb.net import HttpClient, Limits
from stb.providers.beginnings import ENOUGH, media_kind

_LIMITS = Limits(whole=15.0)
_CONNECT_SECONDS = 5.0
_PORTS = {"rtsp": 554, "rtsps": 322, "rtmp": 1935, "rtmps": 443}
"""Spoken over a connection; all others but the web come as datagrams."""


def tried(stream: Stream, http: HttpClient) -> str:
    """What kind of television comes from a link: ``MPEG-TS``; of what is no web address, empty.

    Raises:
        Unreachable, Untrusted: as their names say.
        LoginRefused, NoSuchItem, ServerFault: the server gives nothing, ``.status`` says why.
        BadReply: what comes is no television.
    """
    parts = urlsplit(stream.address)
    if parts.scheme not in {"http", "https"}:
        if parts.scheme in _PORTS and parts.hostname:
            _connect(parts.hostname, parts.port or _PORTS[parts.scheme])
        return ""
    said = {"User-Agent": stream.user_agent, "Referer": stream.referrer, **dict(stream.headers)}
    said = {name: value for name, value in said.items() if value}
    with http.within(_LIMITS).opened(stream.address, said) as opened:
        if opened.status not in {200, 206}:
            raise _refusal(opened.status)
        head = bytearray()
        for piece in opened.pieces():
            head += piece
            if len(head) >= ENOUGH:
                break
    kind = media_kind(bytes(head))
    if not kind:
        got = "nothing" if not head else "no television"
        raise BadReply(got, where="stream", got="", status=opened.status)
    return kind


def _connect(host: str, port: int) -> None:
    try:
        socket.create_connection((host, port), _CONNECT_SECONDS).close()
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"{host}:{port}: nothing listens there") from error


def _refusal(status: int) -> ProviderError:
    kinds: dict[int, type[ProviderError]] = {401: LoginRefused, 403: LoginRefused, 404: NoSuchItem}
    kind = kinds.get(status, ServerFault)
    return kind(f"stream: HTTP {status}", status=status)
