"""Addresses as they may stand in logs and errors: without passwords and tokens.

Panels take user name and password, or a token in their place, as folders of the path: ``/live/me/word/7.ts``,
``/me/word/7.ts``, ``/timeshift/me/word/60/2024-01-31:20-00/7.ts``, ``/hls/token``.
"""

import re
from urllib.parse import urlsplit

HIDDEN = "***"
_SERVED = frozenset(
    {
        *("live", "movie", "movies", "vod", "series", "timeshift", "timeshifts", "hls", "hlsr", "play"),
        *("auth", "sauth", "vauth", "tsauth", "thumb"),
    }
)
"""Folders of panels under which the viewer's name and password follow, or a token."""
_OF_LOGIN = 2
"""Parts of the path that say who asks."""
_PLAIN = re.compile(r"[\d:_\-]{1,20}(\.\w{1,5})?", re.ASCII)
"""What may stand behind them: a stream's number, a moment, a count of minutes."""
_STREAM = re.compile(r"\d+(\.\w{1,5})?", re.ASCII)
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://[^\s\"'<>\\]*")


def redacted(address: str) -> str:
    """An address without user name, password, fragment and the values of its query.

    ``http://me:word@tv.example/api?token=7`` becomes ``http://tv.example/api?token=***``. Of the path stays
    what tells which question was asked: ``http://tv.example/live/me/word/7.ts`` becomes
    ``http://tv.example/live/***/***/7.ts``. What is no address, or cannot be told apart from a password with
    a slash in it, is not repeated.
    """
    try:
        parts = urlsplit(address)
    except ValueError:
        return HIDDEN
    if not parts.scheme or not parts.netloc or "@" in parts.path + parts.query + parts.fragment:
        return HIDDEN
    host = parts.netloc.rpartition("@")[2]
    query = "&".join(_without_value(field) for field in parts.query.split("&") if field)
    return f"{parts.scheme}://{host}{_path(parts.path)}" + (f"?{query}" if query else "")


def redacted_text(text: str) -> str:
    """A text with every address in it `redacted`."""
    return _ADDRESS.sub(lambda found: redacted(found[0]), text)


def _path(path: str) -> str:
    """A path without the parts in which panels take a login, or what would stand in their place."""
    parts = path.split("/")
    hidden: set[int] = set()
    for at, part in enumerate(parts):
        if part.lower() in _SERVED:
            begin = at + 1
            hidden.update(range(begin, begin + _OF_LOGIN))
            rest = range(begin + _OF_LOGIN, len(parts))
            hidden.update(each for each in rest if not _PLAIN.fullmatch(parts[each]))
    if _STREAM.fullmatch(parts[-1]) and len(parts) > _OF_LOGIN + 1:
        hidden.update(range(len(parts) - 1 - _OF_LOGIN, len(parts) - 1))
    return "/".join(HIDDEN if part and at in hidden else part for at, part in enumerate(parts))


def _without_value(field: str) -> str:
    name, equals, _ = field.partition("=")
    return f"{name}={HIDDEN}" if equals else HIDDEN
