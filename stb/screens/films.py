"""The operators' films."""

from dataclasses import dataclass
from typing import ClassVar

from stb.messages import ScreenName
from stb.screens.titles import Sayings, Titles


@dataclass(frozen=True, slots=True)
class Films(Titles):
    """The shelf of films."""

    name: ClassVar[ScreenName] = ScreenName.FILMS
    shelf: ClassVar[str] = "films"
    says: ClassVar[Sayings] = Sayings(
        all="films.all", count="films.count", none="films.none", reading="films.reading"
    )
