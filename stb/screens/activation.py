"""A device the operator does not serve yet: who it is, its code, and a keypad to type the code on."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from stb.messages import Intent, Open, ScreenName, SubmitCode
from stb.model import Key
from stb.screens.keypad import ERASE, WIDTH, face, keypad, walk
from stb.screens.parts import MARGIN, common, hints, overlays
from stb.screens.screen import Binding, whole
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Item, Plate, QrCode, Scene, Style, Text

CODE_LENGTH = 4
"""Digits of an AlKarma activation code (seed, Activate Device)."""
_LTR = "\N{LEFT-TO-RIGHT MARK}"
"""Digits alone do not say which way they are read."""
_BINDINGS = (Binding(_LTR + "0–9", "hint.type"), Binding("BACK", "hint.erase"), Binding("OK", "hint.choose"))


@dataclass(frozen=True, slots=True)
class Activation:
    """What is typed so far, and which key of the pad is focused (row, column)."""

    name: ClassVar[ScreenName] = ScreenName.ACTIVATION
    typed: str = ""
    row: int = 0
    column: int = 0

    def opened(self, view: View) -> Self:
        """Nothing typed yet."""
        del view
        return replace(self, typed="", row=0, column=0)

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """Digits type, arrows walk over the pad, OK presses what is focused, BACK erases."""
        if key.digit and not held:
            return self._type(key.digit)
        match key:
            case Key.BACK if view.notice and not self.typed:
                return self, Open(ScreenName.NOTICE)
            case Key.BACK:
                return replace(self, typed=self.typed[:-1]), None
            case Key.UP | Key.DOWN | Key.LEFT | Key.RIGHT:
                row, column = walk(self.row, self.column, key)
                return replace(self, row=row, column=column), None
            case Key.OK if not held:
                pressed = face(self.row, self.column)
                return (
                    (replace(self, typed=self.typed[:-1]), None) if pressed == ERASE else self._type(pressed)
                )
        return self, common(key)

    def _type(self, digit: str) -> tuple[Self, Intent | None]:
        typed = self.typed + digit
        if len(typed) < CODE_LENGTH:
            return replace(self, typed=typed), None
        return replace(self, typed=""), SubmitCode(typed)

    def scene(self, view: View) -> Scene:
        """LOOK, activation.png, with the keypad below the QR code."""
        how = "activation.how" if view.code else "activation.how_without_code"
        return Scene(
            (
                Text(Region(MARGIN, 118, 1200, 96), view.words("activation.title"), Style.TITLE),
                Text(
                    Region(MARGIN, 218, 1160, 140),
                    view.words(how),
                    Style.BODY,
                    Colour.SOFT,
                    lines=3,
                ),
                *_device(view),
                *(_code(view) if view.code else ()),
                *self._boxes(view),
                *_qr(view),
                *keypad(view, view.width - MARGIN - WIDTH, 490, (self.row, self.column)),
                *_standing(view),
                *hints(view, _BINDINGS),
                *overlays(view),
            )
        )

    def _boxes(self, view: View) -> tuple[Item, ...]:
        plate = Region(MARGIN + (446 if view.code else 0), 634, 532, 254)
        items: list[Item] = [
            Plate(plate, Colour.PLATE, 20),
            Text(
                Region(plate.x + 44, 666, 440, 44),
                view.words("activation.type_code"),
                Style.SECOND,
                Colour.SOFT,
            ),
        ]
        for place in range(CODE_LENGTH):
            column = CODE_LENGTH - 1 - place if view.words.mirrored else place
            box = Region(plate.x + 44 + column * 116, 722, 96, 120)
            focused = place == len(self.typed)
            items.append(Plate(box, Colour.RAISED, 14, Colour.FOCUS if focused else None))
            if place < len(self.typed):
                items.append(Text(box, self.typed[place], Style.TITLE, align=Align.CENTRE))
        return tuple(items)

    def changes_in(self, view: View) -> float | None:
        """Each second: it says when the operator was last asked."""
        del view
        return 1.0


def grouped(duid: str) -> str:
    """A device number in groups of five, as it is read aloud; left to right in every language."""
    return _LTR + " ".join(duid[at : at + 5] for at in range(0, len(duid), 5))


def _device(view: View) -> tuple[Item, ...]:
    plate = Region(MARGIN, 402, 770, 200)
    return (
        Plate(plate, Colour.PLATE, 20),
        Text(Region(140, 434, 600, 44), view.words("activation.device"), Style.SECOND, Colour.SOFT),
        Text(Region(140, 484, 720, 88), grouped(view.duid), Style.DEVICE),
    )


def _code(view: View) -> tuple[Item, ...]:
    plate = Region(MARGIN, 634, 414, 254)
    return (
        Plate(plate, Colour.PLATE, 20),
        Text(Region(140, 666, 340, 44), view.words("activation.code"), Style.SECOND, Colour.SOFT),
        Text(Region(140, 722, 350, 130), view.code, Style.CODE),
    )


def _qr(view: View) -> tuple[Item, ...]:
    region = Region(view.width - MARGIN - 300, 150, 300, 300)
    return (QrCode(region, f"{view.duid} {view.code}".strip()),)


def _standing(view: View) -> tuple[Item, ...]:
    """How things stand with the operator, in one line with a dot."""
    if view.code_refused:
        dot, text = Colour.LIVE, view.words("activation.refused", words=view.code_refused.rstrip("."))
    elif view.failing and view.asks_in is not None:
        dot, text = (
            Colour.GOLD,
            view.words("activation.not_reached", operator=view.operator, n=whole(view.asks_in)),
        )
    else:
        asked = (
            view.words("activation.asking")
            if view.asking or view.asked_ago is None
            else view.words("activation.asked", n=int(view.asked_ago))
        )
        registered = view.words("activation.registered", operator=view.operator)
        dot, text = Colour.ACCENT, f"{registered} · {asked}"
    return (
        Plate(Region(MARGIN, 936, 16, 16), dot, 8),
        Text(Region(142, 916, 1200, 56), text, Style.SECOND, Colour.SOFT),
    )
