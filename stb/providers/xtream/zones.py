"""The server's clock: in which zone its wall clock goes. Pure.

What a panel writes as text, and when an archive begins, is in the zone of the server; it says which, by its
name. Some say ``UTC+3`` or nothing that the world has heard of; then their clock tells, held against the
seconds since 1970 that they say beside it.
"""

from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from stb.providers.decoding import words
from stb.providers.xtream.scalars import seconds, whole

_QUARTER = 15 * 60
"""Every zone in use is a number of quarters of an hour off UTC."""
_FARTHEST = 14 * 3600


def zone_of(server_info: dict[str, object]) -> str:
    """The name of the zone that `zone_named` knows: IANA's, or minutes east of UTC."""
    name = words(server_info.get("timezone"), 64)
    return name if _known(name) else f"{_offset(server_info) // 60:+d}"


def zone_named(name: str) -> tzinfo:
    """The zone of a name of `zone_of`; UTC for what is none."""
    return _known(name) or timezone(timedelta(minutes=_near(whole(name) * 60) // 60))


def _known(name: str) -> tzinfo | None:
    if not name or name[0] in "+-.0123456789":
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # a folder, a file of something else, no such name
        return None


def _offset(server_info: dict[str, object]) -> int:
    """Seconds east of UTC by the server's own two clocks, told a moment apart."""
    now, wall = seconds(server_info.get("timestamp_now")), words(server_info.get("time_now"), 40)
    said = seconds(wall.removesuffix("Z").strip(), UTC)
    return _near(said - now) if now and said else 0


def _near(offset: int) -> int:
    rounded = round(offset / _QUARTER) * _QUARTER
    return rounded if abs(rounded) <= _FARTHEST else 0


def wall_clock(moment: int, zone: tzinfo) -> datetime:
    """What the server's clock said at a moment, at that moment's own offset."""
    return datetime.fromtimestamp(moment, zone)
