"""What the addresses of an Xtream panel's streams say (the protocol's "Stream URL Formats")."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import unquote

from stb.portal.connections import Kind
from stb.portal.guide import Guide

_STARTS = (
    "%Y-%m-%d:%H-%M",
    "%Y-%m-%d_%H-%M",
    "%Y-%m-%d:%H:%M",
    "%Y-%m-%d:%H:%M:%S",
    "%Y-%m-%d %H:%M:%S",
    "%Y%m%d-%H",
)
"""How panels and their forks let a start be written, on the clock of the server's wall."""
_NUMBER = re.compile("[0-9]{1,12}")
_EPOCH_DIGITS = 9
"""A start of so many digits is a moment; a shorter one is how many days ago."""
_LONGEST_MINUTES = 24 * 60
SHIFT_MINUTES = 6 * 60
"""How long a live address with ``utc`` goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request for a stream."""

    username: str
    password: str
    kind: Kind
    stream: int
    extension: str
    start: str = ""
    """Of what is past, as it was written."""
    minutes: int = 0


def read(path: bytes, query: Mapping[str, str]) -> Asked | None:
    """What a path (still percent-encoded, for a name may hold a slash) asks for; None: no stream."""
    parts = [unquote(part) for part in path.decode("ascii", "replace").split("/")[1:]]
    match parts:
        case ["streaming", "timeshift.php"]:
            file = f"{query.get('stream', '')}.{query.get('extension', 'ts')}"
            who = query.get("username", ""), query.get("password", "")
            return _past(who, query.get("duration", ""), query.get("start", ""), file)
        case ["timeshift", username, password, duration, start, file]:
            return _past((username, password), duration, start, file)
        case ["timeshifts", username, password, duration, stream, file]:
            start, _, extension = file.rpartition(".")
            return _past((username, password), duration, start, f"{stream}.{extension}")
        case [("live" | "movie" | "series") as kind, username, password, file]:
            return _now((username, password), Kind(kind), file, query)
        case [username, password, file]:
            return _now((username, password), Kind.LIVE, file, query)
        case _:
            return None


def begin(start: str, guide: Guide, now: datetime) -> int | None:
    """The moment a start means, seconds since 1970; None where it means none."""
    if _NUMBER.fullmatch(start):
        if len(start) >= _EPOCH_DIGITS:
            return int(start)
        return int((now - timedelta(days=int(start))).timestamp())
    for form in _STARTS:
        try:
            return guide.moment(datetime.strptime(start, form))  # noqa: DTZ007 # the guide gives it its zone
        except (ValueError, OverflowError):
            continue
    return None


def _now(who: tuple[str, str], kind: Kind, file: str, query: Mapping[str, str]) -> Asked | None:
    if kind is Kind.LIVE and _NUMBER.fullmatch(query.get("utc", "")):
        return _past(who, str(SHIFT_MINUTES), query["utc"], file)
    return _asked(who, kind, file)


def _past(who: tuple[str, str], duration: str, start: str, file: str) -> Asked | None:
    minutes = int(duration) if _NUMBER.fullmatch(duration) else 0
    return _asked(who, Kind.PAST, file, start, min(minutes, _LONGEST_MINUTES)) if minutes else None


def _asked(who: tuple[str, str], kind: Kind, file: str, start: str = "", minutes: int = 0) -> Asked | None:
    number, _, extension = file.partition(".")
    if not _NUMBER.fullmatch(number):
        return None
    return Asked(
        username=who[0],
        password=who[1],
        kind=kind,
        stream=int(number),
        extension=extension or "ts",
        start=start,
        minutes=minutes,
    )
