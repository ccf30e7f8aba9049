"""The operator's address: from what a viewer types with a remote to what is asked."""

from urllib.parse import urlsplit

from stb.providers.typed import Server, server_of

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
    server = server_of(typed, "tv.example:5000")
    return f"{server.parts.scheme}://{_complete(server)}{_path(server.parts.path)}"


def origin_of(base: str) -> str:
    """Scheme and server of a base address, without a password: what a relative logo hangs off."""
    parts = urlsplit(base)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"


def _complete(server: Server) -> str:
    login, at, _ = server.parts.netloc.rpartition("@")
    port = server.port or (PORT if server.parts.scheme == "http" else None)
    return f"{login}{at}{server.name}" + (f":{port}" if port else "")


def _path(typed: str) -> str:
    path = "/" + typed.strip("/")
    for verb in _VERBS:
        path = path.removesuffix(verb)
    return path.removesuffix("/").removesuffix(PATH).removesuffix("/api") + PATH
