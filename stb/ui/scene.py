"""What a screen looks like, as a value: a display list, drawn from the first item to the last.

Screens are functions from what is known to a `Scene`; the canvas compares two scenes and draws only
where they differ. Everything is laid out left to right in design units; `Scene.mirrored` turns the
whole picture for right-to-left languages, while the order inside a text follows the text (LOOK, rules).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, StrEnum, auto

from stb.ui.geometry import Region, Size


class Colour(StrEnum):
    """Names of colours; a `Theme` says what they are (LOOK, table)."""

    GROUND = "ground"
    PLATE = "plate"
    RAISED = "raised"
    LINE = "line"
    INK = "ink"
    SOFT = "soft"
    FAINT = "faint"
    FOCUS = "focus"
    ON_FOCUS = "on_focus"
    ACCENT = "accent"
    LIVE = "live"
    GOLD = "gold"
    BLUE = "blue"
    PAPER = "paper"
    """Behind black modules of a QR code: white in every theme."""


class Style(StrEnum):
    """Names of type sizes and cuts; a `Theme` says what they are."""

    CODE = "code"
    """96, bold, fixed width: the activation code."""
    TITLE = "title"
    """64, bold."""
    DEVICE = "device"
    """60, bold, fixed width: the device number."""
    NAME = "name"
    """44, bold: a screen's name."""
    CLOCK = "clock"
    """36."""
    BODY = "body"
    """32."""
    STRONG = "strong"
    """32, bold."""
    SECOND = "second"
    """28."""
    SMALL = "small"
    """26: hints and smallest."""
    LABEL = "label"
    """26, bold: initials in a placeholder logo."""


class Align(Enum):
    """Where a text stands in its region, in the interface's direction."""

    START = auto()
    CENTRE = auto()
    END = auto()


@dataclass(frozen=True, slots=True)
class Plate:
    """A filled rectangle with round corners, and perhaps an outline inside its edge."""

    region: Region
    colour: Colour
    radius: int = 0
    outline: Colour | None = None
    outline_width: int = 5


@dataclass(frozen=True, slots=True)
class Text:
    """Words in a region, ellipsised to its width, wrapped when it is given more lines than one.

    Vertically centred in the region when it is one line, from the top otherwise.
    """

    region: Region
    text: str
    style: Style
    colour: Colour = Colour.INK
    align: Align = Align.START
    lines: int = 1


@dataclass(frozen=True, slots=True)
class QrCode:
    """A QR code of this text, black on `Colour.PAPER`, with a quiet margin."""

    region: Region
    text: str


@dataclass(frozen=True, slots=True)
class Image:
    """A picture from elsewhere on a plate, as large as that allows, in the middle of it; never mirrored.

    A dark picture lies on a light plate, whatever colour is asked for.
    """

    region: Region
    address: str
    """What it was fetched from; the gallery of the window must hold it."""
    colour: Colour
    """Of the plate."""
    radius: int = 8


@dataclass(frozen=True, slots=True)
class Crawl:
    """One line of any length, seen through its region; it begins where its own script begins to read."""

    region: Region
    text: str
    style: Style
    colour: Colour = Colour.INK
    shift: int = 0
    """Units by which it has moved on, toward where it began."""


Item = Plate | Text | QrCode | Image | Crawl

Ruler = Callable[[str, Style], Size]
"""How much room a text takes on one line, in design units; a style has one height for every script."""


Wrap = Callable[[str, Style, int], tuple[str, ...]]
"""A paragraph as the lines of a width in units; each begins with a mark of the paragraph's direction."""


@dataclass(frozen=True, slots=True)
class Scene:
    """One whole screen."""

    items: tuple[Item, ...] = ()
    video: Region | None = None
    """Where the picture of the channel is seen; None where no picture is shown.

    Plates that stand in it are seen above the picture: they must be opaque, and everything else
    that is drawn there must lie on one of them.
    """

    def mirrored(self, width: int) -> "Scene":
        """For a right-to-left language, on a screen of this width in units."""
        return Scene(
            tuple(replace(item, region=item.region.mirrored(width)) for item in self.items),
            self.video.mirrored(width) if self.video else None,
        )

    @property
    def words(self) -> tuple[str, ...]:
        """Every text on the screen, in drawing order: what a viewer can read."""
        return tuple(item.text for item in self.items if isinstance(item, Text | Crawl))
