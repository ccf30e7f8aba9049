"""Stand-by: nothing to see, and any key wakes."""

from dataclasses import dataclass
from typing import ClassVar, Self

from stb.messages import Intent, ScreenName, WakeUp
from stb.model import Key
from stb.screens.view import View
from stb.ui.scene import Scene


@dataclass(frozen=True, slots=True)
class StandbyScreen:
    """Has nothing to remember: what was watched is the box's to know."""

    name: ClassVar[ScreenName] = ScreenName.STANDBY

    def opened(self, view: View) -> Self:
        """Nothing to bring up to date."""
        del view
        return self

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """Any key wakes, but not the one that is still held down, and not "sleep" said twice."""
        del view
        return self, None if held or key is Key.SLEEP else WakeUp()

    def scene(self, view: View) -> Scene:
        """Nothing."""
        del view
        return Scene(())

    def changes_in(self, view: View) -> float | None:
        """Never."""
        del view
        return None
