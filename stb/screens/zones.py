"""Choosing a time zone: the part of the world first, then the city, each with its time of day."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Self
from zoneinfo import ZoneInfo

from stb.i18n import Words
from stb.i18n.zones import likely, regions
from stb.model import Key
from stb.screens.rows import ROW, Line, listing, walked
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Item

_NAMES = {
    "Africa": "zone.africa",
    "America": "zone.america",
    "Antarctica": "zone.antarctica",
    "Arctic": "zone.arctic",
    "Asia": "zone.asia",
    "Atlantic": "zone.atlantic",
    "Australia": "zone.australia",
    "Europe": "zone.europe",
    "Indian": "zone.indian",
    "Pacific": "zone.pacific",
}


@dataclass(frozen=True, slots=True)
class ZonePicker:
    """Which list is shown, and what is focused in it."""

    region: str = ""
    """Empty: the list of regions, behind the zone that applies or is likely."""
    focus: int = 0

    def press(self, key: Key, view: View) -> tuple[Self, str]:
        """Arrows and pages move, OK goes on; the zone once it is chosen."""
        if key is not Key.OK:
            return replace(self, focus=walked(view, key, self.focus, self._count(view), 6)), ""
        if self.region:
            return self, _zones(self.region, view.words.language)[self.focus]
        if self.focus == 0:
            return self, suggested(view)
        return replace(self, region=_region(self.focus), focus=0), ""

    def back(self) -> Self | None:
        """The list before this one; None where this is the first."""
        if not self.region:
            return None
        return replace(self, region="", focus=list(_NAMES).index(self.region) + 1)

    def items(self, view: View, region: Region) -> tuple[Item, ...]:
        """The list; its height is used in whole rows."""
        whole = region._replace(height=region.height // ROW * ROW)
        return listing(whole, lambda index: self._line(view, index), self._count(view), self.focus)

    def _count(self, view: View) -> int:
        return len(_zones(self.region, view.words.language)) if self.region else len(_NAMES) + 1

    def _line(self, view: View, index: int) -> Line:
        if not self.region and index:
            return Line(view.words(_NAMES[_region(index)]))
        zone = _zones(self.region, view.words.language)[index] if self.region else suggested(view)
        here = view.words.clock(view.now.astimezone(ZoneInfo(zone)))
        return Line(view.words.city(zone), here, marked=zone == view.settings.time_zone)


def suggested(view: View) -> str:
    """The zone that applies; where none was chosen, the one the box is probably in."""
    return view.settings.time_zone or likely(view.words.language)


def _region(focus: int) -> str:
    return list(_NAMES)[focus - 1]


@cache
def _zones(region: str, language: str) -> tuple[str, ...]:
    return tuple(sorted(regions().get(region, ()), key=Words(language).city))
