"""The first start: language, time zone, operator; by remote alone."""

from dataclasses import dataclass, replace
from enum import IntEnum
from typing import ClassVar, Self

from stb.i18n import LANGUAGES
from stb.messages import ChangeSetting, Intent, ScreenName
from stb.model import Key
from stb.screens.choices import OWN_NAMES
from stb.screens.operators import OperatorForm
from stb.screens.parts import MARGIN, hints, overlays, sound
from stb.screens.rows import ROW, Line, listing, page, walked
from stb.screens.screen import Binding, to_next_minute
from stb.screens.view import View
from stb.screens.zones import ZonePicker
from stb.ui.geometry import Region
from stb.ui.scene import Item, Scene

_HINTS = (Binding("OK", "hint.choose"),)
_HINTS_BACK = (*_HINTS, Binding("BACK", "hint.back"))
_PAGING = (Binding("CH±", "hint.page"), *_HINTS_BACK)


class Stage(IntEnum):
    """Parts of the first start, as they are counted on the screen."""

    LANGUAGE = 1
    ZONE = 2
    OPERATOR = 3


@dataclass(frozen=True, slots=True)
class Welcome:
    """How far the viewer is."""

    name: ClassVar[ScreenName] = ScreenName.WELCOME
    stage: Stage = Stage.LANGUAGE
    zones: ZonePicker = ZonePicker()
    operator: OperatorForm = OperatorForm()

    def opened(self, view: View) -> Self:
        """Where it was left."""
        del view
        return self

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """Arrows move, OK goes on, BACK goes back; nothing leads out before there is an operator."""
        if key in (Key.VOLUMEUP, Key.VOLUMEDOWN, Key.MUTE):
            return self, sound(key)
        if held and key in (Key.OK, Key.BACK):
            return self, None
        match self.stage:
            case Stage.LANGUAGE:
                return self._language(key, view)
            case Stage.ZONE:
                return self._zone(key, view)
            case Stage.OPERATOR:
                return self._operator(key, view, held=held)

    def _language(self, key: Key, view: View) -> tuple[Self, Intent | None]:
        """The focused language is the one that applies: the viewer sees it at once."""
        if key is Key.OK:
            return replace(self, stage=Stage.ZONE), ChangeSetting("language", view.words.language)
        at = LANGUAGES.index(view.words.language)
        language = LANGUAGES[walked(view, key, at, len(LANGUAGES), 1)]
        return self, None if language == view.words.language else ChangeSetting("language", language)

    def _zone(self, key: Key, view: View) -> tuple[Self, Intent | None]:
        if key is Key.BACK:
            before = self.zones.back()
            return (replace(self, zones=before) if before else replace(self, stage=Stage.LANGUAGE)), None
        zones, zone = self.zones.press(key, view)
        if not zone:
            return replace(self, zones=zones), None
        return replace(self, stage=Stage.OPERATOR), ChangeSetting("time_zone", zone)

    def _operator(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        if key is Key.BACK and self.operator.at_start:
            return replace(self, stage=Stage.ZONE), None
        operator, intent = self.operator.press(key, view, held=held)
        return replace(self, operator=operator), intent

    def scene(self, view: View) -> Scene:
        """A title, what to do, and a list or a form."""
        far = view.words("welcome.step", step=view.words.number(self.stage), of=view.words.number(len(Stage)))
        match self.stage:
            case Stage.LANGUAGE:
                items = self._language_page(view, far)
            case Stage.ZONE:
                items = self._zone_page(view, far)
            case Stage.OPERATOR:
                items = self.operator.items(view, far)
        return Scene((*items, *overlays(view)))

    def _language_page(self, view: View, far: str) -> tuple[Item, ...]:
        at = LANGUAGES.index(view.words.language)
        return (
            *page(view, view.words("welcome.title"), view.words("welcome.language_how"), far),
            *listing(_list(view), lambda index: Line(OWN_NAMES[LANGUAGES[index]]), len(LANGUAGES), at),
            *hints(view, _HINTS),
        )

    def _zone_page(self, view: View, far: str) -> tuple[Item, ...]:
        return (
            *page(view, view.words("welcome.zone"), view.words("welcome.zone_how"), far),
            *self.zones.items(view, _list(view)),
            *hints(view, _PAGING),
        )

    def changes_in(self, view: View) -> float | None:
        """When the clocks of the zones do."""
        return to_next_minute(view.now) if self.stage is Stage.ZONE else None


def _list(view: View) -> Region:
    return Region(MARGIN, 320, view.width - 2 * MARGIN, 7 * ROW)
