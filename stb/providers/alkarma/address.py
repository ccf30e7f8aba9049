"""The operator's address: from what a viewer types with a remote to what is asked."""

from ipaddress import IPv6Address
from urllib.parse import SplitResult, urlsplit

from stb.errors import SettingsError

PORT = 5000
"""The server's own port ("Base URL" of the document); https is somebody's reverse proxy on 443."""
PATH = "/api/client"
_VERBS = ("/check-device", "/register-device", "/activate-device")


def base_address(typed: str) -> str:
    """Complete an address to the base of the client API, without a slash at its end.

    ``tv.example``, ``TV.example:5000/`` and ``http://tv.example/api/client/check-device`` all become
    ``http://tv.example:5000/api/client``; a folder in front of the API stays.

    Raises:
        SettingsError: it names no server that could be asked by http or https.
    """
    text = "".join(typed.split())
    try:
        parts = urlsplit(text if "://" in text else f"http://{_bracketed(text)}")
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if not host or port == 0 or parts.scheme not in {"http", "https"}:
        raise SettingsError("operator's address", problems=("address: not like tv.example:5000",))
    return f"{parts.scheme}://{_server(parts, host, port)}{_path(parts.path)}"


def origin_of(base: str) -> str:
    """Scheme and server of a base address, without a password: what a relative logo hangs off."""
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _server(parts: SplitResult, host: str, port: int | None) -> str:
    login, at, _ = parts.netloc.rpartition("@")
    name = f"[{host}]" if ":" in host else host
    port = port or (PORT if parts.scheme == "http" else None)
    return f"{login}{at}{name}" + (f":{port}" if port else "")


def _path(typed: str) -> str:
    path = "/" + typed.strip("/")
    for verb in _VERBS:
        path = path.removesuffix(verb)
    return path.removesuffix("/").removesuffix(PATH).removesuffix("/api") + PATH


def _bracketed(text: str) -> str:
    """Put the brackets around a bare IPv6 address that a viewer would not think of."""
    try:
        IPv6Address(text)
    except ValueError:
        return text
    return f"[{text}]"
