"""Digits to be typed with the arrows and OK alone: what is on the keys, and which one is focused."""

from stb.model import Key
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Item, Plate, Style, Text

ERASE = "⌫"
WIDTH = 300
_PAD = ("123", "456", "789", ERASE + "0")
"""Rows of keys. Digits keep their places in right-to-left languages, as on a telephone."""


def face(row: int, column: int) -> str:
    """What is on a key: a digit, or `ERASE`."""
    return _PAD[row][column]


def walk(row: int, column: int, key: Key) -> tuple[int, int]:
    """The key beside or above one, round the edges."""
    row = (row + {Key.UP: -1, Key.DOWN: 1}.get(key, 0)) % len(_PAD)
    return row, (column + {Key.LEFT: -1, Key.RIGHT: 1}.get(key, 0)) % len(_PAD[row])


def keypad(view: View, x: int, y: int, focus: tuple[int, int]) -> tuple[Item, ...]:
    """The keys, from this place on."""
    items: list[Item] = []
    for row, faces in enumerate(_PAD):
        for column, label in enumerate(faces):
            place = 2 - column if view.words.mirrored else column
            key = Region(x + place * 104, y + row * 104, 92, 92)
            focused = (row, column) == focus
            ink = Colour.ON_FOCUS if focused else Colour.INK
            items += [
                Plate(key, Colour.FOCUS if focused else Colour.RAISED, 14),
                Text(key, label, Style.NAME, ink, Align.CENTRE),
            ]
    return tuple(items)
