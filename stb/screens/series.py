"""The operators' series."""

from dataclasses import dataclass
from typing import ClassVar

from stb.messages import ScreenName
from stb.screens.titles import Sayings, Titles


@dataclass(frozen=True, slots=True)
class SeriesScreen(Titles):
    """The shelf of series."""

    name: ClassVar[ScreenName] = ScreenName.SERIES
    shelf: ClassVar[str] = "series"
    says: ClassVar[Sayings] = Sayings(
        all="series.all", count="series.count", none="series.none", reading="series.reading"
    )
