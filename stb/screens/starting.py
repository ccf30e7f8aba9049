"""The first thing seen: the box says what it is waiting for."""

from dataclasses import dataclass
from typing import ClassVar, Self

from stb.messages import Intent, Part, ScreenName, StopReading
from stb.model import Key
from stb.screens.parts import MARGIN, common, hints, overlays
from stb.screens.screen import Binding
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Colour, Scene, Style, Text

_STOP = (Binding("BACK", "hint.stop_reading"),)


@dataclass(frozen=True, slots=True)
class Starting:
    """Signing in, or reading the lists for the first time."""

    name: ClassVar[ScreenName] = ScreenName.STARTING

    def opened(self, view: View) -> Self:
        """Nothing to bring up to date."""
        del view
        return self

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """BACK ends the reading of the lists."""
        if key is Key.BACK and view.reading_lists and not held:
            return self, StopReading()
        return self, common(key)

    def scene(self, view: View) -> Scene:
        """A title and one line about what the box is doing."""
        doing = "starting.reading_lists" if view.reading_lists else "starting.signing_in"
        width = view.width - 2 * MARGIN
        share = view.reading.get(Part.LISTS)
        reached = "" if share is None else view.words.share(share)
        return Scene(
            (
                Text(Region(MARGIN, 430, width, 90), view.words("starting.title"), Style.TITLE),
                Text(
                    Region(MARGIN, 530, width, 60),
                    view.words(doing, operator=view.operator),
                    Style.BODY,
                    Colour.SOFT,
                ),
                Text(Region(MARGIN, 600, width, 60), reached, Style.BODY),
                *hints(view, _STOP if view.reading_lists else ()),
                *overlays(view),
            )
        )

    def changes_in(self, view: View) -> float | None:
        """Never by itself."""
        del view
        return None
