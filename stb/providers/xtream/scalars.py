"""The simple values of PHP: a number may be a text, nothing may be null, "", 0 or []. Pure."""

import base64
import binascii
import re
from datetime import UTC, datetime, tzinfo
from functools import lru_cache

from stb.providers.decoding import paragraphs, words

_YES = frozenset({"1", "true", "yes"})
_YEAR = re.compile(r"(?<!\d)(?:18[89]|19\d|20\d)\d(?!\d{5})", re.ASCII)
"""In ``2019``, ``2019-01-31`` and ``20190131``, and not in seconds since 1970."""
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})", re.ASCII)
_MINUTES = re.compile(r"(\d{1,4})\s*(?:m|min|mins|minutes)?\.?", re.ASCII | re.IGNORECASE)
_MILLISECONDS = 10**11
"""Moments from here on are not counted in seconds."""
_DIGITS = 10
"""Of a moment between the years 2001 and 2286, in seconds."""
_LATEST = 32_503_680_000
"""The year 3000."""
_LONGEST = 100 * 3600
"""Seconds; nothing that is shown lasts longer."""
_FEW = 8
"""Letters of a rating that comes again and again."""
_COUNTED = (str, int, float)
_BEST = 10.0
_LARGEST = 1e15


def number(value: object) -> float:
    """A number, or a text that is one; 0 for all else, and for what no count or moment reaches."""
    if not value:
        return 0.0
    if isinstance(value, bool) or not isinstance(value, _COUNTED):
        return 0.0
    try:
        said = float(value)
    except (ValueError, OverflowError):
        return 0.0
    return said if -_LARGEST < said < _LARGEST else 0.0


def whole(value: object) -> int:
    """As `number`, without its fraction."""
    if type(value) is int and 0 <= value < _MILLISECONDS:
        return value  # as most are
    return int(number(value))


def yes(value: object) -> bool:
    """Whether it says so: ``1``, ``"1"``, ``true``."""
    if not value or value == "0":
        return False
    return value is True or value == 1 or words(value, 10).lower() in _YES


def first(*values: object, limit: int = 200) -> str:
    """The first of them that has words, on one line; a list is read as its words with commas between."""
    for value in values:
        if isinstance(value, list):
            found = ", ".join(text for item in value[:50] if (text := words(item, limit)))[:limit]
        else:
            found = words(value, limit)
        if found:
            return found
    return ""


def seconds(value: object, zone: tzinfo = UTC) -> int:
    """A moment in seconds since 1970: said so (or in milliseconds), or as date and time in a zone; else 0."""
    if type(value) is str and len(value) == _DIGITS and value.isascii() and value.isdecimal():
        return int(value)  # as most are
    if isinstance(value, str) and value.find("-") > 0:
        return _written(value, zone)
    said = number(value)
    if said >= _MILLISECONDS:
        said /= 1000
    return int(said) if 0 < said < _LATEST else 0


def _written(value: str, zone: tzinfo) -> int:
    try:
        said = datetime.fromisoformat(value.strip())
        moment = int((said if said.tzinfo else said.replace(tzinfo=zone)).timestamp())
    except (ValueError, OverflowError):
        return 0
    return moment if 0 < moment < _LATEST else 0


def year(*values: object) -> int:
    """The first year that is written in one of them; 0 where there is none."""
    for value in values:
        if found := _YEAR.search(words(value)):
            return int(found[0])
    return 0


def rating(row: dict[str, object]) -> float:
    """What a row's film or series is worth, out of ten; 0 where nobody judged."""
    said = row.get("rating")
    judged = _out_of_ten(said if isinstance(said, str) and len(said) < _FEW else number(said))
    return judged or _out_of_ten(2 * number(row.get("rating_5based")))


@lru_cache(maxsize=256)
def _out_of_ten(value: str | float) -> float:
    said = number(value)
    return round(said, 1) if 0 < said <= _BEST else 0.0


def duration(info: dict[str, object]) -> int:
    """How many seconds something lasts: ``duration_secs``, or ``duration`` as a clock or in minutes."""
    said = whole(info.get("duration_secs"))
    if not said and (clock := _CLOCK.fullmatch(words(info.get("duration")))):
        hours, minutes, rest = (int(part or 0) for part in clock.groups())
        said = hours * 3600 + minutes * 60 + rest
    for value in (info.get("duration"), info.get("episode_run_time"), info.get("runtime")):
        if not said and (found := _MINUTES.fullmatch(words(value))):
            said = int(found[1]) * 60
    return said if 0 < said <= _LONGEST else 0


def plain(value: object, limit: int) -> str:
    """A text of the short guide: base64 of UTF-8, or as it is where it is not both."""
    if not isinstance(value, str):
        return words(value, limit)
    packed = "".join(value.split())
    if packed and len(packed) % 4 == 0:
        try:
            text = base64.b64decode(packed, validate=True).decode()
        except (binascii.Error, ValueError):
            return paragraphs(value, limit)
        if all(letter.isprintable() or letter.isspace() or ord(letter) > 0x7F for letter in text):  # noqa: PLR2004
            return paragraphs(text, limit)
    return paragraphs(value, limit)
