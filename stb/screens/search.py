"""One field over all that the box has: what is found stands beside the keyboard while somebody types."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from stb.messages import Intent, LookFor, Open, ScreenName
from stb.model import Key, Query
from stb.screens.hits import Hit, binding, hits, rows, wanted
from stb.screens.keyboard import COLUMNS, Keyboard
from stb.screens.parts import CONTENT_BOTTOM, CONTENT_TOP, MARGIN, common, header, hints, overlays
from stb.screens.rows import walked
from stb.screens.screen import Binding, to_next_minute, toward_start
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Colour, Item, Scene, Style, Text

_KEYBOARD = 812
_FIELD = 96
_GAP = 40
_PAGE = 8
_TYPING = (
    Binding("RED", "hint.erase"),
    Binding("YELLOW", "hint.letters"),
    Binding("BLUE", "hint.results"),
    Binding("OK", "hint.type"),
    Binding("BACK", "hint.back"),
)
_CHOOSING = (Binding("CH±", "hint.page"), Binding("BACK", "hint.type"))
_COLOURS = (Key.RED, Key.GREEN, Key.YELLOW, Key.BLUE)
_MOVES = (Key.UP, Key.DOWN, Key.CHANNELUP, Key.CHANNELDOWN)


@dataclass(frozen=True, slots=True)
class SearchScreen:
    """What is typed, and which of what was found is focused."""

    name: ClassVar[ScreenName] = ScreenName.SEARCH
    keyboard: Keyboard = Keyboard()
    focus: int | None = None
    """Place among the hits; None: the viewer is at the keyboard."""

    def opened(self, view: View) -> Self:
        """Where it was left; while nothing is typed at the first of the language's own letters."""
        if self.keyboard.text:
            return self
        language, column = ("ar", COLUMNS - 1) if view.words.mirrored else ("en", 0)
        return replace(self, keyboard=replace(Keyboard.of_text("", language), column=column), focus=None)

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """Keys type; toward the end of the line, or BLUE, what was found is chosen from."""
        found = hits(view.found(self.keyboard.text))
        if key in (Key.BACK, Key.SEARCH) and not held:
            if self.focus is not None:
                return replace(self, focus=None), None
            return self, Open(view.search_from) if key is Key.BACK else None
        if self.focus is None or not found or key.digit or key in _COLOURS:
            typed = self._type(key, view, held=held, found=bool(found))
            return typed, self._followed(typed) if typed != self else common(key)
        return self._choose(key, view, found, held=held)

    def _followed(self, typed: Self) -> Intent | None:
        """What is typed is looked for at the operator too."""
        text = typed.keyboard.text
        return LookFor(Query(text=text)) if text.strip() and text != self.keyboard.text else None

    def _type(self, key: Key, view: View, *, held: bool, found: bool) -> Self:
        keyboard, done = self.keyboard.press(key, held=held)
        over = key in (Key.LEFT, Key.RIGHT) and not toward_start(key, view) and self._leaves(key, keyboard)
        if done or (over and found):
            return replace(self, focus=0 if found else None)
        return replace(self, keyboard=keyboard, focus=None)

    def _leaves(self, key: Key, walked: Keyboard) -> bool:
        """Whether a step along the row of keys led over its edge."""
        forth = walked.column - self.keyboard.column
        return forth < 0 if key is Key.RIGHT else forth > 0

    def _choose(
        self, key: Key, view: View, found: tuple[Hit, ...], *, held: bool
    ) -> tuple[Self, Intent | None]:
        at = min(self.focus or 0, len(found) - 1)
        match key:
            case Key.OK | Key.PLAY | Key.PLAYPAUSE if not held:
                return replace(self, focus=at), wanted(view, found[at])
            case Key.LEFT | Key.RIGHT:
                return (replace(self, focus=None) if toward_start(key, view) else self), None
            case _ if key in _MOVES:
                return replace(self, focus=walked(view, key, at, len(found), _PAGE)), None
        return self, common(key)

    def scene(self, view: View) -> Scene:
        """The field and the keyboard at the start, what was found beside them."""
        keys = Region(MARGIN, CONTENT_TOP + _FIELD + 24, min(_KEYBOARD, view.width // 2), 544)
        field = keys._replace(y=CONTENT_TOP, height=_FIELD)
        x = keys.right + _GAP
        place = Region(x, CONTENT_TOP, view.width - MARGIN - x, CONTENT_BOTTOM - CONTENT_TOP)
        return Scene(
            (
                *header(view, view.words("search.title")),
                *self.keyboard.field(view, field, view.words("search.example")),
                *self.keyboard.keys_in(view, keys, focused=self.focus is None),
                *self._found(view, place),
                *hints(view, self._hints(view)),
                *overlays(view),
            )
        )

    def _found(self, view: View, place: Region) -> tuple[Item, ...]:
        found = view.found(self.keyboard.text)
        there = hits(found)
        if there:
            focus = None if self.focus is None else min(self.focus, len(there) - 1)
            return rows(view, place, found, focus)
        text = self.keyboard.text.strip()
        said = view.words("search.none", text=text) if text else view.words("search.how")
        region = place.inset(20, 0)._replace(height=200)
        return (Text(region, said, Style.BODY, Colour.SOFT, lines=4),)

    def _hints(self, view: View) -> tuple[Binding, ...]:
        found = hits(view.found(self.keyboard.text))
        if self.focus is None or not found:
            return _TYPING
        return (binding(view, found[min(self.focus, len(found) - 1)]), *_CHOOSING)

    def changes_in(self, view: View) -> float | None:
        """When the clock does."""
        return to_next_minute(view.now)
