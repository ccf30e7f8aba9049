"""From what a viewer types or pastes to whom is asked, and as whom. Pure.

Operators hand out a server, a user name and a password; or one long address with all three in it, of the list
(``get.php``), the guide (``xmltv.php``), the API, or a stream.
"""

import re
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qs, quote, unquote

from stb.providers.typed import server_of

_SCRIPT = re.compile(r"/(?:get|player_api|panel_api|xmltv|portal|index)\.php.*$", re.IGNORECASE)
_STREAM = re.compile(r"/(?:live|movie|series)/([^/]+)/([^/]+)/[^/]+$|/([^/]+)/([^/]+)/\d+(?:\.\w{2,4})?$")
_LOGIN = ("username", "password")


class Login(NamedTuple):
    """Whom to ask, and as whom; user name and password are empty where the address does not have them."""

    address: str
    """Scheme, server and folder, without a slash at the end: ``http://tv.example:8080``."""
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:
        """Without the password."""
        return f"Login({self.address!r})"


def login_of(typed: str) -> Login:
    """Take apart what a viewer typed.

    ``tv.example:8080/``, ``http://tv.example:8080/get.php?username=me&password=word&type=m3u_plus`` and
    ``http://tv.example:8080/live/me/word/7.ts`` are all of ``http://tv.example:8080``; a folder stays.

    Raises:
        SettingsError: it names no server that could be asked by http or https.
    """
    parts, name, port = server_of(typed, "tv.example:8080")
    folder, user, password = _login(parts)
    return Login(f"{parts.scheme}://{name}" + (f":{port}" if port else "") + folder, user, password)


def escaped(text: str) -> str:
    """A user name or password as it stands in a path or a query."""
    return quote(text, safe="")


def _login(parts: SplitResult) -> tuple[str, str, str]:
    """Folder, user name and password."""
    path = _SCRIPT.sub("", parts.path)
    asked = parse_qs(parts.query)
    user, password = (asked.get(name, [""])[0].strip() for name in _LOGIN)
    if not user and path == parts.path and (found := _STREAM.search(path)):
        path = path[: found.start()]
        user, password = (unquote(text) for text in found.groups() if text is not None)
    if not user and parts.username:
        user, password = unquote(parts.username), unquote(parts.password or "")
    folder = path.strip("/")
    return (f"/{folder}" if folder else ""), user, password
