"""What every screen is: a frozen value that answers keys with intents and draws itself as a scene."""

import math
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, Self

from stb.messages import Intent, ScreenName
from stb.model import Key
from stb.screens.view import View
from stb.ui.scene import Scene


@dataclass(frozen=True, slots=True)
class Binding:
    """A line of the hint bar: which key does what here."""

    keys: str
    """As printed on the remote."""
    message: str
    """Message id of what it does."""

    def label(self, view: View) -> str:
        """What is printed: the arrow toward the start of the line turns with the language."""
        return "▶" if self.keys == "◀" and view.words.mirrored else self.keys


class Screen(Protocol):
    """One screen. Its own state (what is focused, what is typed) is in its fields."""

    @property
    def name(self) -> ScreenName:
        """Which screen it is."""
        ...

    def opened(self, view: View) -> Self:
        """The screen as it looks when it is come to anew."""
        ...

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """Answer a key: the screen after it, and what the viewer wants by it."""
        ...

    def scene(self, view: View) -> Scene:
        """What is seen."""
        ...

    def changes_in(self, view: View) -> float | None:
        """Seconds until the scene changes without anything having happened; None: it does not."""
        ...


def toward_start(key: Key, view: View) -> bool:
    """Whether LEFT or RIGHT points to where lines begin: left, or right in a mirrored language."""
    return key is (Key.RIGHT if view.words.mirrored else Key.LEFT)


def to_next_minute(now: datetime) -> float:
    """Seconds until a clock that shows minutes changes."""
    return 60 - now.second - now.microsecond / 1e6


def whole(seconds: float | None) -> int:
    """A count-down as the viewer reads it: never 0 while there is time left."""
    return math.ceil(seconds) if seconds and seconds > 0 else 0
