"""What is not for everyone: the operator's parental code is asked for before it plays."""

from dataclasses import dataclass, field, replace
from typing import ClassVar, Self

from stb.messages import Intent, Open, ScreenName, SubmitPin
from stb.model import Key
from stb.screens.keypad import ERASE, WIDTH, face, keypad, walk
from stb.screens.parts import MARGIN, common, hints, overlays
from stb.screens.screen import Binding
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Item, Plate, Scene, Style, Text

_LENGTH = 4
"""Boxes that are drawn; a code may be longer."""
_LONGEST = 12
_DOT = "\N{BULLET}"
_BINDINGS = (
    Binding("\N{LEFT-TO-RIGHT MARK}0\N{EN DASH}9", "hint.type"),
    Binding("RED", "hint.erase"),
    Binding("BLUE", "hint.done"),
    Binding("OK", "hint.choose"),
    Binding("BACK", "hint.back"),
)


@dataclass(frozen=True, slots=True)
class Pin:
    """What is typed so far, and which key of the pad is focused."""

    name: ClassVar[ScreenName] = ScreenName.PIN
    typed: str = field(default="", repr=False)
    row: int = 0
    column: int = 0

    def opened(self, view: View) -> Self:
        """Nothing typed yet."""
        del view
        return replace(self, typed="", row=0, column=0)

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """Digits type, arrows walk over the pad, OK presses what is focused, BACK leaves."""
        if key.digit and not held:
            return self._type(key.digit, view)
        match key:
            case Key.UP | Key.DOWN | Key.LEFT | Key.RIGHT:
                row, column = walk(self.row, self.column, key)
                return replace(self, row=row, column=column), None
            case Key.RED:
                return replace(self, typed=self.typed[:-1]), None
            case _ if held:
                return self, None
            case Key.OK:
                pressed = face(self.row, self.column)
                if pressed == ERASE:
                    return replace(self, typed=self.typed[:-1]), None
                return self._type(pressed, view)
            case Key.BLUE if self.typed:
                return replace(self, typed=""), SubmitPin(self.typed)
            case Key.BACK:
                return self, Open(ScreenName.CHANNELS)
        return self, common(key)

    def _type(self, digit: str, view: View) -> tuple[Self, Intent | None]:
        """The usual four digits are tried at once; of a longer code the viewer says when it is done."""
        typed = (self.typed + digit)[:_LONGEST]
        if len(typed) == _LENGTH and not view.pin_wrong:
            return replace(self, typed=""), SubmitPin(typed)
        return replace(self, typed=typed), None

    def scene(self, view: View) -> Scene:
        """What is locked, the boxes, the pad."""
        said, ink = _said(view)
        width = view.width - 2 * MARGIN - WIDTH - 60
        return Scene(
            (
                Text(Region(MARGIN, 118, width, 96), view.words("pin.title"), Style.TITLE),
                Text(Region(MARGIN, 218, width, 140), said, Style.BODY, ink, lines=3),
                *self._boxes(view),
                *keypad(view, view.width - MARGIN - WIDTH, 402, (self.row, self.column)),
                *hints(view, _BINDINGS),
                *overlays(view),
            )
        )

    def _boxes(self, view: View) -> tuple[Item, ...]:
        """A dot for each digit; what is typed is nobody's to read."""
        items: list[Item] = []
        many = max(_LENGTH, len(self.typed))
        for place in range(many):
            column = many - 1 - place if view.words.mirrored else place
            box = Region(MARGIN + column * 72, 402, 60, 96)
            focused = place == len(self.typed)
            items.append(Plate(box, Colour.RAISED, 14, Colour.FOCUS if focused else None))
            if place < len(self.typed):
                items.append(Text(box, _DOT, Style.TITLE, align=Align.CENTRE))
        return tuple(items)

    def changes_in(self, view: View) -> float | None:
        """Never by itself."""
        del view
        return None


def _said(view: View) -> tuple[str, Colour]:
    """How it stands with the code."""
    if view.pin_asking:
        return view.words("pin.asking"), Colour.SOFT
    if view.pin_wrong:
        return view.words("pin.wrong"), Colour.GOLD
    if view.pin_unknown:
        return view.words("pin.unknown", operator=view.operator), Colour.GOLD
    return view.words("pin.how", operator=view.operator), Colour.SOFT
