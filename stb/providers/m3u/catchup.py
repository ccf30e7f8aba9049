"""What was on, from lists: which form of address, and the moments in it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo
from urllib.parse import quote

from stb.model import SCHEMES
from stb.providers.decoding import PICTURES
from stb.providers.decoding import address as usable
from stb.providers.m3u.playlist import Entry

_SHIFT = "utc={utc}&lutc={lutc}"
_FLUSSONIC = frozenset({"flussonic", "flussonic-hls", "flussonic-ts", "fs"})
_MODES = _FLUSSONIC | {"default", "append", "shift", "xc", "vod"}
_ALIASES = {"timeshift": "shift", "xtream": "xc", "xtream-codes": "xc", "true": "", "1": "", "yes": ""}
_OFF = frozenset({"none", "off", "no", "false", "0", "disabled"})
_DAYS = ("catchup-days", "timeshift", "tvg-rec", "catchup-time-days")
_SAID = frozenset({*_DAYS, "catchup", "catchup-type", "catchup-source", "catchup-template"})
_USUAL_DAYS, _MOST_DAYS = 5, 60
"""Where a list says how, and not for how long; and where it says for ever."""
_PANEL = re.compile(
    r"(?P<server>https?://[^/]+(?:/[^/]+)*?)/(?:live/)?(?P<user>[^/]+)/(?P<word>[^/]+)/(?P<id>[^/.?#]+)"
    r"(?P<ending>\.\w+)?(?P<query>\?.*)?"
)
_PLACEHOLDER = re.compile(r"\$?\{(?P<what>\(\w\)[^{}]{1,60}|[A-Za-z-]{1,20})(?::(?P<form>[^{}]{1,60}))?\}")
_JAVA = re.compile(r"yyyy|MM|dd|HH|mm|ss")
_LETTERS = {"Y": "%Y", "m": "%m", "d": "%d", "H": "%H", "M": "%M", "S": "%S"}
_PATTERNS = {"yyyy": "%Y", "MM": "%m", "dd": "%d", "HH": "%H", "mm": "%M", "ss": "%S"}
_GREENWICH = re.compile(r"[:|](?:utc|gmt|z)$", re.IGNORECASE)
_HOURS = re.compile(r"[-+]?\d{1,3}(?:[.,]\d{1,6})?", re.ASCII)
_EPOCH = frozenset({"timestamp", "unix", "epoch"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """How to ask for what was on a channel."""

    mode: str = ""
    """Of ``default append shift flussonic flussonic-hls flussonic-ts fs xc vod``; empty: there is none."""
    source: str = ""
    """What the mode fills in, or glues to the channel's address."""
    days: int = 0
    correction: int = 0
    """Seconds by which the archive's clock is ahead."""


_NONE = Archive()


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """The moments of one question, seconds since 1970."""

    begin: int
    end: int
    now: int
    zone: tzinfo | None = None
    """Of wall clocks in addresses; None: the system's."""


def archive(entry: Entry, header: Mapping[str, str]) -> Archive:
    """What the entry, or else the list's first line, says of catch-up; days without a mode mean ``shift``."""
    if _SAID.isdisjoint(entry.attributes) and _SAID.isdisjoint(header):
        return _NONE
    said = {**header, **{name: value for name, value in entry.attributes.items() if value}}
    source = said.get("catchup-source") or said.get("catchup-template") or ""
    written = (said.get("catchup") or said.get("catchup-type") or "").lower()
    days = _days(said)
    if written in _OFF or days == 0 or not (written or source or days):
        return _NONE
    mode = _ALIASES.get(written, written) or ("default" if source else "shift")
    if mode == "default" and not source:
        mode = "shift"
    found = Archive(
        mode=mode if mode in _MODES else "",
        source=source[:2000],
        days=_USUAL_DAYS if days is None else days,
        correction=hours(said.get("catchup-correction", "")),
    )
    return found if template(found.mode, found.source, entry.address) else _NONE


def template(mode: str, source: str, address: str) -> str:
    """The address of what was on, with placeholders in it; empty where this cannot be.

    Shapes as Kodi's and the lists' own: see `address` for what is filled in.
    """
    on_web = address.partition("://")[0].lower() in PICTURES
    match mode:
        case "default":
            return source if "://" in source else address + source
        case "append":
            return address + source if source else ""
        case "shift" if on_web:
            return f"{address}{'&' if '?' in address else '?'}{_SHIFT}"
        case "xc" if on_web:
            return _panel(address)
        case "vod":
            return source or "{catchup-id}"
        case _ if mode in _FLUSSONIC and on_web:
            return _flussonic(mode, address)
    return ""


def address(pattern: str, times: Times, key: str = "") -> str:
    """A template with its placeholders filled in; empty where what comes out is no address.

    ``{utc} ${start} {utcend} ${end} {lutc} ${now} ${timestamp}`` are seconds since 1970, with a form
    (``{utc:YmdHMS}``) a clock of Greenwich; ``{duration} {offset}`` seconds, with a number
    (``{duration:60}``) in units of so many, ``{durmin}`` minutes; ``{Y}{m}{d}{H}{M}{S}`` the begin by the
    clock of its zone, summer or winter as it was then; ``${(b)yyyyMMddHHmmss}`` and ``${(e)...}`` begin and
    end by that, with ``:utc`` of Greenwich; ``{catchup-id}`` is ``key``. What nobody knows stays as it is.
    """

    def fill(found: re.Match[str]) -> str:
        told = _told(found["what"], found["form"] or "", times, key)
        return found[0] if told is None else told

    return usable(_PLACEHOLDER.sub(fill, pattern), SCHEMES)


def _told(what: str, form: str, times: Times, key: str) -> str | None:
    if what.startswith("("):
        return _java(what, form, times)
    if what in _LETTERS:
        return _clock(times.begin, _LETTERS[what], times.zone)
    match what.lower():
        case "utc" | "start":
            return _moment(times.begin, form)
        case "utcend" | "end":
            return _moment(times.end, form)
        case "lutc" | "now" | "timestamp":
            return _moment(times.now, form)
        case "duration":
            return _units(times.end - times.begin, form)
        case "offset":
            return _units(times.now - times.begin, form)
        case "durmin":
            return str(-(-(times.end - times.begin) // 60))
        case "catchup-id":
            return key if "://" in key else quote(key, safe="")
    return None


def _moment(moment: int, form: str) -> str:
    if not form:
        return str(moment)
    pattern = "".join(_LETTERS.get(letter, letter.replace("%", "%%")) for letter in form)
    return _clock(moment, pattern, UTC)


def _units(seconds: int, form: str) -> str:
    size = int(form) if form.isascii() and form.isdigit() and int(form) else 1
    return str(max(seconds, 0) // size)


def _java(what: str, form: str, times: Times) -> str | None:
    moments = {"(b)": times.begin, "(e)": times.end}
    written = what[3:] + (f":{form}" if form else "")
    moment = moments.get(what[:3])
    if moment is None:
        return None
    pattern, greenwich = _GREENWICH.subn("", written)
    if pattern.lower() in _EPOCH:
        return str(moment)
    clock = _JAVA.sub(lambda found: _PATTERNS[found[0]], pattern.replace("%", "%%"))
    return _clock(moment, clock, UTC if greenwich else times.zone)


def _clock(moment: int, pattern: str, zone: tzinfo | None) -> str:
    return datetime.fromtimestamp(moment, UTC).astimezone(zone).strftime(pattern)


def _panel(address: str) -> str:
    """An Xtream panel's: user, password and number from the live address."""
    found = _PANEL.fullmatch(address)
    if found is None:
        return ""
    ending = ".m3u8" if (found["ending"] or "").lower() == ".m3u8" else ".ts"
    account = f"{found['server']}/timeshift/{found['user']}/{found['word']}"
    moment = "{Y}-{m}-{d}:{H}-{M}"
    return f"{account}/{{duration:60}}/{moment}/{found['id']}{ending}{found['query'] or ''}"


def _flussonic(mode: str, address: str) -> str:
    place, mark, query = address.partition("?")
    folder, slash, name = place.rpartition("/")
    if not slash or "://" not in folder:
        return ""
    stem = name.removesuffix(".m3u8")
    if name == "mpegts":
        file = "timeshift_abs-{utc}.ts"
    elif stem != name:
        file = f"{'' if stem == 'index' else stem + '-'}timeshift_rel-{{offset:1}}.m3u8"
    elif mode in {"flussonic-ts", "fs"}:
        file = "{utc}.ts"
    else:
        file = "timeshift_rel-{offset:1}.m3u8"
    return f"{folder}/{file}{mark}{query}"


def _days(said: Mapping[str, str]) -> int | None:
    """For how many the operator keeps it; None where nobody says."""
    for name in _DAYS:
        try:
            days = int(float(said.get(name, "")))
        except (ValueError, OverflowError):
            continue
        return _MOST_DAYS if days < 0 else min(days, _MOST_DAYS)
    return None


def hours(written: str) -> int:
    """Seconds of hours as lists write them, with fractions and a sign; 0 where they are none."""
    if not written:
        return 0
    found = _HOURS.fullmatch(written.strip())
    return round(float(found[0].replace(",", ".")) * 3600) if found else 0
