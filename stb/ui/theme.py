"""What the names of colours and type sizes stand for (LOOK, table)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from stb.ui.scene import Colour, Style


class Rgb(NamedTuple):
    """A colour of the screen, 0 to 255 each."""

    red: int
    green: int
    blue: int

    @classmethod
    def parse(cls, text: str) -> "Rgb":
        """From ``#0B0F14``."""
        return cls(*bytes.fromhex(text.removeprefix("#")))


@dataclass(frozen=True, slots=True)
class Face:
    """A size and cut of type."""

    size: int
    """Design units, so pixels at 1080p."""
    bold: bool = False
    fixed: bool = False
    """Every character as wide as the next: for numbers that are read out and typed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A meaning for every name a scene may use."""

    colours: Mapping[Colour, Rgb]
    faces: Mapping[Style, Face]


DARK = Theme(
    colours={
        Colour.GROUND: Rgb.parse("#0B0F14"),
        Colour.PLATE: Rgb.parse("#141B24"),
        Colour.RAISED: Rgb.parse("#1E2733"),
        Colour.LINE: Rgb.parse("#2A3543"),
        Colour.INK: Rgb.parse("#F3F6F9"),
        Colour.SOFT: Rgb.parse("#A9B4C1"),
        Colour.FAINT: Rgb.parse("#6C7887"),
        Colour.FOCUS: Rgb.parse("#F3F6F9"),
        Colour.ON_FOCUS: Rgb.parse("#0B0F14"),
        Colour.ACCENT: Rgb.parse("#37C8AE"),
        Colour.LIVE: Rgb.parse("#FF5A5F"),
        Colour.GOLD: Rgb.parse("#FFC857"),
        Colour.BLUE: Rgb.parse("#5AA9FF"),
        Colour.PAPER: Rgb.parse("#FFFFFF"),
    },
    faces={
        Style.CODE: Face(96, bold=True, fixed=True),
        Style.TITLE: Face(64, bold=True),
        Style.DEVICE: Face(60, bold=True, fixed=True),
        Style.NAME: Face(44, bold=True),
        Style.CLOCK: Face(36),
        Style.BODY: Face(32),
        Style.STRONG: Face(32, bold=True),
        Style.SECOND: Face(28),
        Style.SMALL: Face(26),
        Style.LABEL: Face(26, bold=True),
    },
)
"""The built-in theme: calm, flat and dark."""
