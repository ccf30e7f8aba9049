"""One row of a panel's list as a value; it comes in three shapes: cells of HTML, fields, cells of a page.

Panels say what a thing is by the buttons they offer for it: who can be unbanned is banned. That holds in
every version looked at, while columns and pictures move about; those are asked where there is no button.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from stb.admin.dialects import SERVED, Columns, Noun
from stb.admin.pages import first_line, plain

_BUTTON = re.compile(
    r"onclick=[\"']api\(\s*'?([\w.-]{1,64})'?\s*,\s*(?:(-?\d{1,9})\s*,\s*)?'(\w+)'", re.IGNORECASE
)
_ID = re.compile(r"(\d{1,10})(?:-(\d{1,9}))?")
"""Of a row; ``xc_vm`` adds the server where there is more than one."""
_SERVER = re.compile(r"server_id=(-?\d{1,9})\b")
_OWNER = re.compile(r"(?:user|user_reseller|line)(?:\.php)?\?id=(\d{1,10})\b")
_UPTIME = re.compile(r"(?:(\d+)d )?(\d+)h (\d+)m(?: (\d+)s)?")
_PICTURE = re.compile(r"<(?:i|span)\b[^<>]*\btext-(\w+)", re.IGNORECASE)
_WORDS = {
    "stopped": "stopped",
    "not encoded": "stopped",
    "running": "running",
    "starting": "starting",
    "down": "down",
    "on demand": "on demand",
    "direct": "direct",
    "direct source": "direct",
    "creating...": "creating",
    "encoding": "encoding",
    "encoded": "ready",
    "ready": "ready",
}
_COLOURS = {
    "dark": "stopped",
    "secondary": "stopped",
    "success": "ready",
    "warning": "encoding",
    "info": "encoding",
    "primary": "direct",
    "danger": "down",
}
"""The picture of a film's state (``table_search.php``)."""
_USER_COLOURS: Mapping[str, tuple[bool | None, bool | None]] = {
    "danger": (None, True),
    "secondary": (False, False),
    "warning": (True, False),
    "success": (True, False),
}
"""The picture of a user's state: enabled, banned."""
_SECONDS = (86400, 3600, 60, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A stream on one server, a user, a connection, a process; what is not told is None or empty."""

    id: str
    """What the panel's actions call it: a number, or a connection's long name."""
    name: str = ""
    state: str = ""
    """Of what is on servers: ``running`` ..., or the panel's own word."""
    uptime: int | None = None
    """Seconds it has been running."""
    server: int | None = None
    place: str = ""
    """The server's name."""
    user: str = ""
    """Of a connection: whose it is."""
    user_id: str = ""
    address: str = ""
    """Of a connection: where it leads."""
    enabled: bool | None = None
    banned: bool | None = None
    locked: bool | None = None
    """To one network (ISP lock)."""
    network: str | None = None
    """The one; None: not told."""


def from_cells(noun: Noun, columns: Columns, cells: Sequence[object]) -> Entry | None:
    """Of a list's row as both panels send it to their own pages; None: it is no such thing."""
    texts = [str(cell) if isinstance(cell, str | int) else "" for cell in cells]
    found = _ID.fullmatch(first_line(texts[0])) if texts else None
    row = found[1] if found else ""
    pressed = [button for text in texts for button in _BUTTON.findall(text)]
    if noun is Noun.CONNECTION:
        kills = [which for which, _, sub in pressed if sub == "kill"]
        row = kills[0] if kills else row
    if not row:
        return None
    own = [(server, sub) for which, server, sub in pressed if which == row]
    offers = frozenset(sub for _, sub in own)
    named = [int(server) for server, _ in own if server]
    named += [int(found[2])] if found and found[2] else []
    named += [int(said) for text in texts for said in _SERVER.findall(text)]
    state = _cell(texts, columns.state)
    picture = _PICTURE.search(state)
    colour = picture[1].lower() if picture else ""
    enabled, banned = _USER_COLOURS.get(colour, (None, None)) if noun is Noun.USER else (None, None)
    owner = _OWNER.search(_cell(texts, columns.user))
    uptime = _uptime(first_line(state))
    return Entry(
        id=row,
        name=first_line(_cell(texts, columns.name)),
        state=_state(noun, first_line(state), colour, offers) if noun in SERVED else "",
        uptime=uptime if noun in SERVED else None,
        server=named[0] if named and noun in SERVED else None,
        place=first_line(_cell(texts, columns.server)),
        user=first_line(_cell(texts, columns.user)),
        user_id=owner[1] if owner else "",
        address=first_line(_cell(texts, columns.address)),
        enabled=_flag(offers, "disable", "enable", enabled),
        banned=_flag(offers, "unban", "ban", banned),
        locked=_flag(offers, "unlockk", "lockk", None),
    )


_STANDINGS: Mapping[str, tuple[bool | None, bool | None]] = {
    "banned": (None, True),
    "disabled": (False, False),
    "active": (True, False),
}
"""What one word says of a user: enabled, banned; a ban hides the other."""


def from_fields(noun: Noun, fields: Mapping[str, object]) -> tuple[Entry, ...]:
    """Of a row whose values have names: the panel's database's, or ``servers`` with a state for each."""
    entry = _named(noun, fields)
    servers = fields.get("servers")
    if entry is None or noun not in SERVED or not isinstance(servers, dict):
        return (entry,) if entry else ()
    return tuple(
        replace(entry, server=int(number), state=_word(state))
        for number, state in servers.items()
        if re.fullmatch(r"\d{1,9}", number)
    )


def _named(noun: Noun, said: Mapping[str, object]) -> Entry | None:
    ids = {
        Noun.CONNECTION: ("uuid", "pid", "id"),
        Noun.PROCESS: ("pid", "id"),
        Noun.USER: ("id", "user_id"),
    }
    row = _text(said, *ids.get(noun, ("id", "stream_id")))
    if not row:
        return None
    number = _text(said, "server_id", "server")
    enabled, banned = _STANDINGS.get(_text(said, "status").lower(), (None, None))
    allowed = _is(said, "admin_enabled")
    return Entry(
        id=row,
        name=_text(said, "stream_display_name", "stream_name", "name", "text", "title", "command")
        or (_text(said, "username") if noun is Noun.USER else ""),
        state=_running(said) if noun in SERVED else "",
        server=int(number) if re.fullmatch(r"-?\d{1,9}", number) else None,
        place=_text(said, "server_name"),
        user=_text(said, "username", "user") if noun is not Noun.USER else "",
        user_id=_text(said, "user_id") if noun is not Noun.USER else "",
        address=_text(said, "user_ip", "ip"),
        enabled=_is(said, "enabled") if "enabled" in said else enabled,
        banned=banned if allowed is None else not allowed,
        locked=_is(said, "is_isplock"),
        network=_text(said, "isp_desc") if "isp_desc" in said else None,
    )


def from_page(cells: Sequence[str], server: int) -> Entry | None:
    """Of a row of the process monitor: pid, user, type, process, load, memory; None: another table's."""
    least = 6
    if len(cells) < least or not re.fullmatch(r"[1-9]\d{0,9}", cells[0]):
        return None
    return Entry(id=cells[0], user=cells[1], state=cells[2], name=cells[3], server=server)


def _cell(texts: Sequence[str], at: int | None) -> str:
    return texts[at] if at is not None and at < len(texts) else ""


def _state(noun: Noun, words: str, colour: str, offers: frozenset[str]) -> str:
    if known := _WORDS.get(words.lower()):
        return known
    if _UPTIME.fullmatch(words):
        return "running"
    if noun is not Noun.STREAM and colour in _COLOURS:
        return _COLOURS[colour]
    if noun is not Noun.STREAM:
        return "encoding" if "stop" in offers else words.lower()
    if {"start", "stop"} & offers:
        return "running" if "stop" in offers else "stopped"
    return words.lower()


def _uptime(words: str) -> int | None:
    found = _UPTIME.fullmatch(words)
    return (
        sum(int(part[:9] or 0) * each for part, each in zip(found.groups(""), _SECONDS, strict=True))
        if found
        else None
    )


def _flag(offers: frozenset[str], shows_yes: str, shows_no: str, otherwise: bool | None) -> bool | None:  # noqa: FBT001
    if shows_yes in offers:
        return True
    return False if shows_no in offers else otherwise


def _text(said: Mapping[str, object], *names: str) -> str:
    values = (said.get(name) for name in names)
    return next((plain(str(each)) for each in values if isinstance(each, str | int) and str(each)), "")


def _is(said: Mapping[str, object], name: str) -> bool | None:
    value = said.get(name)
    return (
        None
        if value is None
        else value not in {0, "0", "", "false"}
        if isinstance(value, str | int)
        else None
    )


def _running(said: Mapping[str, object]) -> str:
    """By the word, or by the two processes behind a stream (``monitor_pid``, ``pid``)."""
    if word := _word(said.get("status")):
        return word
    return ("running" if _is(said, "pid") else "stopped") if "pid" in said else ""


def _word(state: object) -> str:
    word = plain(state).lower() if isinstance(state, str) and not state.isdecimal() else ""
    return _WORDS.get(word, word)
