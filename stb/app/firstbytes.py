"""Whether television comes from a link: a few bytes of it are fetched, looked at, and let go."""

import socket
from urllib.parse import urlsplit

from stb.errors import BadReply, LoginRefused, NoSuchItem, ProviderError, ServerFault, Unreachable
from stb.model import Stream
from stb.net import HttpClient, Limits

ENOUGH = 4 * 188
"""Bytes: four packets of a transport stream (ISO 13818-1, 2.4.3.2)."""
_LIMITS = Limits(whole=15.0)
_CONNECT_SECONDS = 5.0
_PACKET = 188
_PORTS = {"rtsp": 554, "rtsps": 322, "rtmp": 1935, "rtmps": 443}
"""Spoken over a connection; all others but the web come as datagrams."""
_BEGINNINGS = {
    b"#EXTM3U": "HLS",
    b"\x1a\x45\xdf\xa3": "Matroska",
    b"FLV": "FLV",
    b"RIFF": "AVI",
    b"OggS": "Ogg",
    b"ID3": "MP3",
    b"\x00\x00\x01\xba": "MPEG-PS",
    b"fLaC": "FLAC",
}
"""How files of each kind begin."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BOXES = (b"ftyp", b"styp", b"moov", b"moof", b"sidx")
"""Of MP4 (ISO 14496-12), behind four bytes of length."""
_SYNC = 0xFF
"""Begins a frame of MPEG audio or ADTS, with three or four more bits."""


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


def media_kind(head: bytes) -> str:
    """What begins like this: ``MPEG-TS``, ``HLS``, ``MP4``; empty where it is nothing that can be played."""
    head = head.removeprefix(_BYTE_ORDER_MARK)
    for beginning, kind in _BEGINNINGS.items():
        if head.lstrip(b"\r\n\t ").startswith(beginning):
            return kind
    if head[4:8] in _BOXES:
        return "MP4"
    if any(_in_step(head, start) for start in range(min(_PACKET, len(head)))):
        return "MPEG-TS"
    return "MPEG audio" if len(head) > 1 and head[0] == _SYNC and head[1] & 0xE0 == 0xE0 else ""  # noqa: PLR2004


def _in_step(head: bytes, start: int) -> bool:
    """Whether packets begin there: a server may begin in the midst of one."""
    marks = head[start : start + ENOUGH : _PACKET]
    return len(marks) > 1 and set(marks) == {0x47}


def _connect(host: str, port: int) -> None:
    try:
        socket.create_connection((host, port), _CONNECT_SECONDS).close()
    except (OSError, UnicodeError) as error:
        raise Unreachable(f"{host}:{port}: nothing listens there") from error


def _refusal(status: int) -> ProviderError:
    kinds: dict[int, type[ProviderError]] = {401: LoginRefused, 403: LoginRefused, 404: NoSuchItem}
    kind = kinds.get(status, ServerFault)
    return kind(f"stream: HTTP {status}", status=status)
