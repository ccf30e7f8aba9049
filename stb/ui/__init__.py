"""One window, one canvas: what screens are made of.

The face holds what screens need and costs nothing to import. What draws brings pygame, Pango and X, so
it is asked for by its file: `stb.ui.window.Window`, `stb.ui.canvas.Canvas`, `stb.ui.text.Typesetter`.
"""

from stb.ui.geometry import SCREEN_HEIGHT, Region, Size
from stb.ui.scene import Align, Colour, Crawl, Image, Item, Plate, QrCode, Ruler, Scene, Style, Text, Wrap
from stb.ui.theme import DARK, Face, Theme

__all__ = [
    "DARK",
    "SCREEN_HEIGHT",
    "Align",
    "Colour",
    "Crawl",
    "Face",
    "Image",
    "Item",
    "Plate",
    "QrCode",
    "Region",
    "Ruler",
    "Scene",
    "Size",
    "Style",
    "Text",
    "Theme",
    "Wrap",
]
