"""Moments as XMLTV files write them."""

import re
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_WRITTEN = re.compile(
    r"(\d{4})[-/.]?(\d\d)[-/.]?(\d\d)[T ]?(?:(\d\d):?(\d\d)(?::?(\d\d)(?:[.,]\d+)?)?)?\s*(.*)", re.ASCII
)
"""``20260131203000 +0100``; without seconds, without a time, and as ISO 8601 has it too."""
_OFFSET = re.compile(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d\d)?", re.ASCII | re.IGNORECASE)
_EAST = {
    0: "Z UT UTC GMT WET",
    1: "CET MEZ BST WEST",
    2: "EET CEST MESZ SAST",
    3: "MSK EEST TRT",
    4: "MSD GST",
    5: "PKT",
    8: "HKT SGT AWST",
    9: "JST KST",
    10: "AEST",
    11: "AEDT",
    12: "NZST",
    13: "NZDT",
    -3: "BRT ART",
    -4: "EDT",
    -5: "EST CDT",
    -6: "CST MDT",
    -7: "MST PDT",
    -8: "PST AKDT",
    -9: "AKST",
    -10: "HST",
}
"""Hours east of Greenwich, and the names that generators write for zones."""
_HOURS = {name: hours for hours, names in _EAST.items() for name in names.split()}
_YEARS = range(1970, 3000)
_LATEST = 32_503_680_000
"""The year 3000, in seconds since 1970."""
_FARTHEST = timedelta(hours=23, minutes=59)
"""As far from Greenwich as a zone can be said to be."""


LONGEST_MOMENT = 64
"""Letters of a start or a stop that are looked at: each is remembered."""


@lru_cache(maxsize=1 << 15)
def moment(written: str) -> int | None:
    """Seconds since 1970 of a start or a stop; None where it is no date.

    What has no zone, or one nobody knows, is UTC (xmltv.dtd).
    """
    found = _WRITTEN.fullmatch(written.strip())
    if found is None:
        return None
    *numbers, zone = found.groups(default="")
    year, month, day, hour, minute, second = (int(number or 0) for number in numbers)
    if year not in _YEARS:
        return None
    try:
        midnight = datetime(year, month, day, tzinfo=_zone(zone))
    except ValueError:
        return None
    if hour > 24 or minute > 59 or second > 60:  # noqa: PLR2004 - 24:00 is midnight too, :60 a leap second
        return None
    return int((midnight + timedelta(hours=hour, minutes=minute, seconds=second)).timestamp())


def timestamp(written: str) -> int | None:
    """Seconds since 1970 that are written as such; None where they are none."""
    if not (written.isascii() and written.isdigit()) or len(written) > len(str(_LATEST)):
        return None
    return int(written) if 0 < int(written) < _LATEST else None


def _zone(name: str) -> timezone | ZoneInfo:
    offset = _OFFSET.fullmatch(name)
    if offset:
        sign = -1 if offset[1] == "-" else 1
        return timezone(sign * min(timedelta(hours=int(offset[2]), minutes=int(offset[3] or 0)), _FARTHEST))
    if (hours := _HOURS.get(name.upper())) is not None:
        return timezone(timedelta(hours=hours))
    return _place(name) or UTC


@lru_cache(maxsize=64)
def _place(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
