"""An on-screen keyboard: every character by arrows and OK alone, digits and colour keys as short-cuts.

Keys keep their places in right-to-left languages, as those of a real keyboard do; Arabic letters are in
their own order and run from the right.
"""

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Self
from unicodedata import bidirectional

from stb.model import Key
from stb.screens.screen import Binding
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Item, Plate, Style, Text

LONGEST = 200
"""Characters of a text that can be typed."""
COLUMNS = 10
HEIGHT = 548
"""Of the keys in design units."""
BINDINGS = (
    Binding("RED", "hint.erase"),
    Binding("GREEN", "hint.capitals"),
    Binding("YELLOW", "hint.letters"),
    Binding("BLUE", "hint.done"),
    Binding("OK", "hint.type"),
    Binding("BACK", "hint.back"),
)
BINDINGS_HIDDEN = (*BINDINGS[:4], Binding("INFO", "hint.show"), *BINDINGS[4:])
"""Of a text that is hidden."""
_CAP = (132, 92)
"""Columns and rows, in design units."""
_GAP = 8
_SEEN_BEFORE_CARET = 56
"""Characters; what is farther to the front of a long text is out of sight."""
_LTR = "\N{LEFT-TO-RIGHT MARK}"
_CARET = "|"
_DOT = "\N{BULLET}"
_JOINER = "\N{ZERO WIDTH JOINER}"
"""Letters that join keep their shapes on both sides of the caret."""


class Layout(StrEnum):
    """Sets of characters; the value is what is printed on the key that leads there."""

    LATIN = "abc"
    ARABIC = "أبت"
    SYMBOLS = "#+="
    ADDRESS = "http"


class Act(StrEnum):
    """Keys that do something else than type; the value is printed on them where they have no word."""

    SHIFT = "⇧"
    LAYOUT = "layout"
    LEFT = "◀"
    RIGHT = "▶"
    SPACE = "space"
    SHOW = "show"
    ERASE = "⌫"
    CLEAR = "clear"
    DONE = "done"


_WORDS = {
    Act.SPACE: "keyboard.space",
    Act.SHOW: "keyboard.show",
    Act.CLEAR: "keyboard.clear",
    Act.DONE: "keyboard.done",
}
_DIGITS = "1234567890"
_ROWS: dict[Layout, tuple[tuple[str, ...], ...]] = {
    Layout.LATIN: tuple(map(tuple, (_DIGITS, "qwertyuiop", "asdfghjkl'", "zxcvbnm,.-", '@&/:;()!?"'))),
    Layout.ARABIC: tuple(
        tuple(reversed(row))
        for row in (_DIGITS[::-1], "ابتثجحخدذر", "زسشصضطظعغف", "قكلمنهويءى", "ةأإآؤئ؟،.-")
    ),
    Layout.SYMBOLS: tuple(map(tuple, (_DIGITS, "!@#$%&*()_", "+-=/\\:;\"'?", "[]{}<>~^|`", ",.؟،؛€£°§·"))),
    Layout.ADDRESS: (
        *map(tuple, (_DIGITS, "qwertyuiop", "asdfghjkl-", "zxcvbnm_&=")),
        ("http://", "https://", ".com", ".net", ":", "/", "@", "."),
    ),
}
"""As seen from left to right."""
_ACTS = (Act.SHIFT, Act.LAYOUT, Act.LEFT, Act.RIGHT, Act.SPACE, Act.ERASE, Act.CLEAR, Act.DONE)
_ADDRESS_ACTS = tuple("www." if act is Act.SPACE else act for act in _ACTS)
_HIDDEN_ACTS = (Act.SHIFT, Act.LAYOUT, Act.SHOW, Act.SPACE, Act.ERASE, Act.CLEAR, Act.DONE)
_WIDE = {"www.": 2, "http://": 2, "https://": 2, Act.SPACE: 2, Act.SHOW: 2, Act.DONE: 2}
"""Keys of more than one column."""


@dataclass(frozen=True, slots=True)
class Typed:
    """The viewer is done: this is the text."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Keyboard:
    """A text being typed, and which key is focused."""

    text: str = field(default="", repr=False)
    caret: int = 0
    """Characters in front of it."""
    layouts: tuple[Layout, ...] = (Layout.LATIN, Layout.ARABIC, Layout.SYMBOLS)
    """The first one is shown, the next one comes after it."""
    shift: bool = False
    """The next letter is a capital."""
    row: int = 1
    column: int = 0
    foreign: bool = False
    """Read from left to right in every language: a name or a password somebody else made."""
    secret: bool = False
    hidden: bool = False
    """A secret that nobody is to read now."""

    @classmethod
    def of_address(cls, text: str = "") -> Self:
        """For an address: without Arabic and spaces, read from left to right in every language."""
        return cls(text=text, caret=len(text), layouts=(Layout.ADDRESS, Layout.SYMBOLS))

    @classmethod
    def of_text(cls, text: str, language: str) -> Self:
        """For words; the language's own letters first."""
        letters = (Layout.LATIN, Layout.ARABIC)
        first = letters[::-1] if language == "ar" else letters
        return cls(text=text, caret=len(text), layouts=(*first, Layout.SYMBOLS))

    @classmethod
    def of_login(cls, text: str = "", *, secret: bool = False) -> Self:
        """For a user name, or for a password, which is hidden until the viewer wants to see it."""
        layouts = (Layout.LATIN, Layout.SYMBOLS, Layout.ARABIC)
        return cls(text=text, caret=len(text), layouts=layouts, foreign=True, secret=secret, hidden=secret)

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """What is on the keys now, from left to right."""
        faces = _ROWS[self.layouts[0]]
        if self.shift:
            faces = tuple(tuple(_capital(face) for face in row) for row in faces)
        return (*faces, _HIDDEN_ACTS if self.secret else _ADDRESS_ACTS if self._is_address else _ACTS)

    @property
    def focused(self) -> str:
        """What is on the focused key."""
        at = 0
        for face in self.rows[self.row]:
            at += _WIDE.get(face, 1)
            if self.column < at:
                return face
        raise IndexError(self.column)

    def press(self, key: Key, *, held: bool = False) -> tuple[Self, Typed | None]:
        """Arrows walk, OK presses the focused key, digits and colour keys act at once.

        Returns:
            The keyboard after it, and the text once the viewer is done. A key that means nothing here
            changes nothing.
        """
        if key.digit and not held:
            return self._insert(key.digit), None
        match key:
            case Key.UP | Key.DOWN | Key.LEFT | Key.RIGHT:
                return self._walk(key), None
            case Key.RED:
                return self._act(Act.ERASE)
            case _ if held:
                return self, None
            case Key.OK:
                face = self.focused
                return self._act(face) if isinstance(face, Act) else (self._insert(face), None)
            case Key.GREEN:
                return self._act(Act.SHIFT)
            case Key.YELLOW:
                return self._act(Act.LAYOUT)
            case Key.BLUE:
                return self._act(Act.DONE)
            case Key.INFO if self.secret:
                return self._act(Act.SHOW)
        return self, None

    def _walk(self, key: Key) -> Self:
        """To the key beside or above it, round the edges."""
        if key in (Key.UP, Key.DOWN):
            return replace(self, row=(self.row + (1 if key is Key.DOWN else -1)) % len(self.rows))
        step = 1 if key is Key.RIGHT else -1
        walked = replace(self, column=(self.column + step) % COLUMNS)
        while walked.focused == self.focused:
            walked = replace(walked, column=(walked.column + step) % COLUMNS)
        return walked

    def _insert(self, text: str) -> Self:
        if len(self.text) + len(text) > LONGEST:
            return self
        whole = self.text[: self.caret] + text + self.text[self.caret :]
        return replace(self, text=whole, caret=self.caret + len(text), shift=False)

    def _act(self, act: Act) -> tuple[Self, Typed | None]:
        match act:
            case Act.SHIFT:
                return replace(self, shift=not self.shift), None
            case Act.LAYOUT:
                return replace(self, layouts=(*self.layouts[1:], self.layouts[0]), shift=False), None
            case Act.LEFT | Act.RIGHT:
                onward = (act is Act.RIGHT) is not (self._runs_left and not self._is_foreign)
                caret = self.caret + (1 if onward else -1)
                return replace(self, caret=min(max(caret, 0), len(self.text))), None
            case Act.SPACE:
                return self._insert(" "), None
            case Act.ERASE:
                before = self.text[: max(0, self.caret - 1)]
                return replace(self, text=before + self.text[self.caret :], caret=len(before)), None
            case Act.SHOW:
                return replace(self, hidden=not self.hidden), None
            case Act.CLEAR:
                return replace(self, text="", caret=0), None
            case Act.DONE:
                return self, Typed(self.text)

    @property
    def _is_address(self) -> bool:
        return Layout.ADDRESS in self.layouts

    @property
    def _is_foreign(self) -> bool:
        return self.foreign or self._is_address

    @property
    def _runs_left(self) -> bool:
        """As Unicode's bidirectional algorithm takes it: by the first letter (UAX 9, P2)."""
        strong = (side for side in map(bidirectional, self.text) if side in {"L", "R", "AL"})
        return next(strong, "L") != "L"

    def field(self, view: View, region: Region, example: str = "") -> tuple[Item, ...]:
        """What is typed, with the caret; an example while nothing is."""
        inside = region.inset(32, 0)
        items: tuple[Item, ...] = (
            Plate(region, Colour.PLATE, 16, Colour.ACCENT, 3),
            Text(inside, self._shown, Style.BODY),
        )
        if example and not self.text:
            shift = view.measure(_CARET, Style.BODY).width + 16
            grey = Region(inside.x + shift, inside.y, inside.width - shift, inside.height)
            items += (Text(grey, example, Style.BODY, Colour.FAINT),)
        return items

    @property
    def _shown(self) -> str:
        start = max(0, self.caret - _SEEN_BEFORE_CARET)
        text = _DOT * len(self.text) if self.hidden else self.text
        before, after = text[start : self.caret], text[self.caret :]
        joined = before[-1:] and after[:1] and {bidirectional(before[-1]), bidirectional(after[0])} == {"AL"}
        caret = _JOINER + _CARET + _JOINER if joined else _CARET
        return (_LTR if self._is_foreign else "") + ("…" if start else "") + before + caret + after

    def keys(self, view: View, top: int) -> tuple[Item, ...]:
        """The keys, in the middle of the screen from ``top`` on."""
        left = (view.width - COLUMNS * _CAP[0] + _GAP) // 2
        return self.keys_in(view, Region(left, top, COLUMNS * _CAP[0] - _GAP, HEIGHT))

    def keys_in(self, view: View, place: Region, *, focused: bool = True) -> tuple[Item, ...]:
        """The keys, as large as a place has room for them; the viewer may be somewhere else."""
        width, height = (place.width + _GAP) // COLUMNS, (place.height + _GAP) // len(self.rows)
        left = (place.mirrored(view.width) if view.words.mirrored else place).x
        items: list[Item] = []
        for row, faces in enumerate(self.rows):
            column = 0
            for face in faces:
                span = _WIDE.get(face, 1)
                here = focused and row == self.row and column <= self.column < column + span
                cap = Region(
                    left + column * width, place.y + row * height, span * width - _GAP, height - _GAP
                )
                items += self._cap(view, cap.mirrored(view.width) if view.words.mirrored else cap, face, here)
                column += span
        return tuple(items)

    def _cap(self, view: View, region: Region, face: str, here: bool) -> tuple[Item, ...]:  # noqa: FBT001
        is_act = isinstance(face, Act)
        ink = Colour.ON_FOCUS if here else Colour.ACCENT if face == Act.SHIFT and self.shift else Colour.INK
        style = Style.SECOND if is_act or len(face) > 1 else Style.BODY
        return (
            Plate(region, Colour.FOCUS if here else Colour.PLATE if is_act else Colour.RAISED, 14),
            Text(region, self._label(view, face), style, ink, Align.CENTRE),
        )

    def _label(self, view: View, face: str) -> str:
        if face == Act.LAYOUT:
            return _LTR + self.layouts[1].value
        if isinstance(face, Act) and face in _WORDS:
            return view.words(_WORDS[face])
        return _LTR + face


def _capital(face: str) -> str:
    return face.upper() if len(face) == 1 else face
