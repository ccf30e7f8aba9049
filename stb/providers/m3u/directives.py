"""What the lines of a list that begin with ``#`` say."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from stb.providers.decoding import words

_DURATION = re.compile(r"\s*:?\s*([-+]?\d{0,9}(?:\.\d{0,9})?)", re.ASCII)
_KEY = re.compile(r"(?:[\s;]*|[\s,;]*(?=(?:tvg|group|catchup)-))([A-Za-z_][\w:.-]{0,60})\s*=\s*", re.ASCII)
"""Behind a comma only the usual ones: all else is a name with ``=`` in it."""
_QUOTED = re.compile(r"""(["'])(.*?)\1(?=\s*(?:[,;]|$|[A-Za-z_][\w:.-]*\s*=))""", re.ASCII)
_BARE = re.compile(r"[^\s,]*")
_USUAL_DURATION = re.compile(r":?-?\d{1,9}", re.ASCII)
_USUAL_KEY = re.compile(r" [A-Za-z_][\w:.-]{0,60}=", re.ASCII)
_USUAL_NAME = re.compile(r" ?,(?!\s*(?:tvg|group|catchup)-)(.*)", re.ASCII)
_NEXT = re.compile(r"""\s[A-Za-z_][\w:.-]*=["']""", re.ASCII)
_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,64}", re.ASCII)
"""Name of an HTTP header (RFC 9110, 5.6.2)."""
_OURS = frozenset({"host", "content-length", "connection", "transfer-encoding", "range", "te", "upgrade"})
"""Headers that belong to the connection, not to a list."""
_SEVERAL = 20
"""Headers that a list may ask for."""


class Info(NamedTuple):
    """An ``#EXTINF`` or ``#EXTM3U`` line."""

    seconds: float
    """How long it is; 0 and less: live, or it does not say."""
    attributes: Mapping[str, str]
    """Names in lower case; of several of one name, the first that says something."""
    name: str
    """As it stands there; empty where there is none."""


def info(text: str) -> Info:
    """What follows ``#EXTINF:`` or ``#EXTM3U``: ``-1 tvg-id="a" group-title='b' radio=true,Name, "any"``.

    Where the quotes do not pair, the name is what follows the comma behind the last quote, else behind the
    last comma.
    """
    return usual(text) or unusual(text)


def usual(text: str) -> Info | None:
    """What nearly all lines say, told at a glance; None where `unusual` has to look at it.

    All lines of a panel have the same names around their quotes, and so those are looked at once.
    """
    written, _, rest = text.partition(" ")
    parts = rest.split('"')
    tail = parts.pop()
    if len(parts) % 2:
        return None
    names, seconds, values = _usual_names(tuple(parts[::2])), _usual_seconds(written), parts[1::2]
    if not names or seconds is None or not (name := _USUAL_NAME.fullmatch(tail)):
        return None
    if "'" in rest and any("'" in value for value in values):
        return None
    return Info(seconds, dict(zip(names, map(str.strip, values), strict=True)), name[1].strip())


@lru_cache(maxsize=256)
def _usual_names(written: tuple[str, ...]) -> tuple[str, ...]:
    """What stands before the quotes, as names; nothing where one of them is none, or comes twice."""
    keys = tuple(f" {key}" if not place else key for place, key in enumerate(written))
    names = tuple(key[1:-1].lower() for key in keys)
    return names if len({*names}) == len(names) and all(map(_USUAL_KEY.fullmatch, keys)) else ()


@lru_cache(maxsize=256)
def _usual_seconds(written: str) -> float | None:
    return float(written.lstrip(":")) if _USUAL_DURATION.fullmatch(written) else None


def unusual(text: str) -> Info:
    """What any line says."""
    duration = _DURATION.match(text)
    position = duration.end() if duration else 0
    attributes: dict[str, str] = {}
    while (key := _KEY.match(text, position)) and (found := _value(text, key.end())):
        value, position = found
        name = key[1].lower()
        attributes[name] = attributes.get(name) or value.strip()
    rest = text[position:].lstrip()
    return Info(
        seconds=_seconds(duration[1] if duration else ""), attributes=attributes, name=_name(rest).strip()
    )


def _value(text: str, start: int) -> tuple[str, int] | None:
    """A value and where it ends; None where its quotes do not pair."""
    if text[start : start + 1] not in {'"', "'"}:
        bare = _BARE.match(text, start)
        return (bare[0], bare.end()) if bare else None
    quoted = _QUOTED.match(text, start)
    if quoted is None:
        return None
    if early := _NEXT.search(quoted[2]):  # its own end is missing: this is the next one's
        return quoted[2][: early.start()], start + 1 + early.start()
    return quoted[2], quoted.end()


def _name(rest: str) -> str:
    if rest.startswith(","):
        return rest[1:]
    behind = rest.rfind('"') if "=" in rest else -1
    comma = rest.find(",", behind + 1) if behind >= 0 else rest.rfind(",")
    return rest[max(comma, behind) + 1 :]


def _seconds(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return -1.0


def options(text: str) -> dict[str, str]:
    """The HTTP headers that a line of options asks for: ``#EXTVLCOPT``, ``#KODIPROP`` and ``#EXTHTTP``."""
    kind, _, rest = text.partition(":")
    match kind.upper():
        case "#EXTVLCOPT":
            return _vlc(rest)
        case "#KODIPROP":
            return _kodi(rest)
        case "#EXTHTTP":
            return _json(rest)
    return {}


def split_address(text: str) -> tuple[str, dict[str, str]]:
    """An address, and the headers behind its ``|``: ``http://tv.example/1|User-Agent=a%20b&Referer=c``."""
    address, _, rest = text.partition("|")
    return address.strip(), fields(rest)


def fields(text: str) -> dict[str, str]:
    """Headers written as a query: names in any case, values percent-encoded."""
    pairs = (part.partition("=") for part in text.split("&", _SEVERAL) if "=" in part)
    return clean({name: unquote(value) for name, _, value in pairs})


def clean(headers: dict[str, str]) -> dict[str, str]:
    """Those that may be sent, each by its own name in lower case."""
    kept: dict[str, str] = {}
    for key, written in headers.items():
        name = _NAMES.get(key.strip().lower(), key.strip().lower())
        value = written.strip().strip("\"'").strip()
        sendable = value and value == words(value, 2000) and value.isascii()
        if _HEADER.fullmatch(name) and name not in _OURS and sendable and len(kept) < _SEVERAL:
            kept[name] = value
    return kept


_NAMES = {
    "http-user-agent": "user-agent",
    "useragent": "user-agent",
    "user_agent": "user-agent",
    "http-referrer": "referer",
    "http-referer": "referer",
    "referrer": "referer",
    "http-origin": "origin",
    "http-cookie": "cookie",
}
"""What players call the headers, and what HTTP does."""
_VLC = frozenset({"http-user-agent", "http-referrer", "http-referer", "http-origin", "http-cookie"})
_KODI = frozenset({"stream_headers", "manifest_headers", "common_headers"})


def _vlc(text: str) -> dict[str, str]:
    name, _, value = text.strip().lstrip("-:").partition("=")
    return clean({name: value}) if name.strip().lower() in _VLC else {}


def _kodi(text: str) -> dict[str, str]:
    name, _, value = text.strip().partition("=")
    name = name.strip().lower()
    if name.rpartition(".")[2] in _KODI:
        return fields(value)
    return clean({name: value}) if name in _NAMES else {}


def _json(text: str) -> dict[str, str]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return clean({name: value for name, value in found.items() if isinstance(value, str)})
