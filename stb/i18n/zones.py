"""The world's time zones by region, and which one a box is probably in."""

import os
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from zoneinfo import TZPATH, available_timezones

from babel import Locale
from babel.core import get_global

_TABLE = "zone.tab"
"""Zones that are in use today, without their old names (tz database, tz-link)."""
_SYSTEM = Path("/etc/localtime")
_LIKELY = {"en": "Europe/London", "ar": "Asia/Riyadh"}
"""By language, where the system knows no place."""


@cache
def regions() -> Mapping[str, tuple[str, ...]]:
    """Zones by the part of the world in front of their name: ``{"Africa": ("Africa/Abidjan", ...), ...}``."""
    by_region: dict[str, list[str]] = {}
    for zone in sorted(_in_use()):
        by_region.setdefault(zone.partition("/")[0], []).append(zone)
    return {region: tuple(zones) for region, zones in by_region.items()}


@cache
def city(zone: str, locale: Locale) -> str:
    """The place a zone is named after, in a language; the tz database's own name where CLDR has none."""
    old_names = (old for old, new in get_global("zone_aliases").items() if new == zone)
    cities = (locale.time_zones.get(name, {}).get("city") for name in (zone, *old_names))
    return str(next(filter(None, cities), zone.rpartition("/")[2].replace("_", " ")))


def likely(language: str) -> str:
    """Where a box is that was not told: the system's zone if that is a place, else by its language."""
    try:
        _, _, zone = os.fspath(_SYSTEM.readlink()).partition("zoneinfo/")
    except OSError:
        zone = ""
    return zone if zone in _in_use() else _LIKELY.get(language, _LIKELY["en"])


@cache
def _in_use() -> frozenset[str]:
    table = next((path for path in (Path(place) / _TABLE for place in TZPATH) if path.is_file()), None)
    known = available_timezones()
    if table is None:
        return frozenset(zone for zone in known if "/" in zone)
    rows = (line.split("\t") for line in table.read_text("utf-8").splitlines() if not line.startswith("#"))
    return frozenset(row[2] for row in rows if len(row) > 2) & known  # noqa: PLR2004 - the third column
