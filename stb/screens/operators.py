"""Naming an operator: its kind, what it asks for, and trying it before it is used.

What a kind asks for is a row of `FORMS`; a new kind needs a row, and no code.
"""

from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import Final, Self

from stb.messages import Intent, TrySource, UseSource
from stb.model import Key, Source, SourceId
from stb.screens.activation import grouped
from stb.screens.keyboard import BINDINGS, HEIGHT, Keyboard
from stb.screens.parts import CONTENT_BOTTOM, MARGIN, hints
from stb.screens.rows import ROW, Line, buttons, listing, page, walked
from stb.screens.screen import Binding, Trial, View, toward_start
from stb.screens.trials import Choice, choices, trial_page
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Item, Plate, Style, Text


@dataclass(frozen=True, slots=True)
class Field:
    """One thing the viewer types."""

    name: str
    """Of `Source`."""
    title: str
    """Message id."""
    how: str
    """Message id."""
    example: str
    is_address: bool = False


FORMS: Final[dict[str, tuple[Field, ...]]] = {
    "alkarma": (
        Field("address", "operator.address", "operator.address_how", "tv.example.net:5000", is_address=True),
    ),
}
"""What each kind of operator asks for, in this order."""
KINDS: Final = {"alkarma": ("AlKarma", "operator.alkarma", "operator.alkarma_how")}
"""The name of each kind, and message ids of how one signs in to it: in few words, and in full."""
_LTR = "\N{LEFT-TO-RIGHT MARK}"
_HINTS = (Binding("OK", "hint.choose"), Binding("BACK", "hint.back"))


class Stage(Enum):
    """Pages, in their order."""

    KIND = auto()
    FIELD = auto()
    SIGN_IN = auto()
    TRIAL = auto()


NEW: Final = Source(id=SourceId(""), kind="", name="", address="")


@dataclass(frozen=True, slots=True)
class OperatorForm:
    """What is known of the operator so far, and the page that is shown."""

    source: Source = NEW
    first: Stage = Stage.KIND
    """The page this began with."""
    stage: Stage = Stage.KIND
    place: int = 0
    """Of the field, among those of the kind."""
    focus: int = 0
    keyboard: Keyboard = Keyboard()

    @classmethod
    def of(cls, source: Source) -> Self:
        """To change an operator there is."""
        return cls(source=source, first=Stage.FIELD).at_field(0)

    @classmethod
    def trying(cls, source: Source) -> tuple[Self, Intent]:
        """To try an operator there is."""
        return cls(source=source, first=Stage.TRIAL, stage=Stage.TRIAL), TrySource(source)

    @property
    def at_start(self) -> bool:
        """BACK leads out of it."""
        return self.stage is self.first and (self.stage is not Stage.FIELD or self.place == 0)

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """Keys of the page that is shown; BACK leads to the page before it."""
        if self.stage is Stage.FIELD and key is not Key.BACK:
            return self._type(key, view, held=held), None
        if held and key in (Key.OK, Key.BACK):
            return self, None
        if key is Key.BACK:
            return self._back(), None
        match self.stage:
            case Stage.KIND:
                return self._kind(key, view), None
            case Stage.SIGN_IN if key is Key.OK:
                return replace(self, stage=Stage.TRIAL, focus=0), TrySource(self.source)
            case Stage.TRIAL:
                return self._decide(key, view)
        return self, None

    def _back(self) -> Self:
        match self.stage:
            case Stage.TRIAL if self.first is not Stage.TRIAL:
                return replace(self, stage=Stage.SIGN_IN)
            case Stage.SIGN_IN:
                return self.at_field(len(FORMS[self.source.kind]) - 1)
            case Stage.FIELD if self.place:
                return self.at_field(self.place - 1)
            case Stage.FIELD if self.first is Stage.KIND:
                return replace(self, stage=Stage.KIND, focus=0)
        return self

    def _kind(self, key: Key, view: View) -> Self:
        kinds = offered(view)
        if key is not Key.OK or not kinds:
            return replace(self, focus=walked(view, key, self.focus, len(kinds), 5))
        source = replace(self.source, id=self.source.id or _free_id(view), kind=kinds[self.focus])
        return replace(self, source=source).at_field(0)

    def at_field(self, place: int) -> Self:
        """The page of this field, with what is known of it."""
        field = FORMS[self.source.kind][place]
        text = str(getattr(self.source, field.name))
        keyboard = Keyboard.of_address(text) if field.is_address else Keyboard.of_text(text, "en")
        return replace(self, stage=Stage.FIELD, place=place, keyboard=keyboard)

    def _type(self, key: Key, view: View, *, held: bool) -> Self:
        del view
        keyboard, typed = self.keyboard.press(key, held=held)
        text = typed.text.strip() if typed else ""
        if not text:
            return replace(self, keyboard=keyboard)
        source = replace(self.source, **{FORMS[self.source.kind][self.place].name: text})  # type: ignore[arg-type]
        filled = replace(self, source=replace(source, name=_name(source)))
        if self.place + 1 < len(FORMS[source.kind]):
            return filled.at_field(self.place + 1)
        return replace(filled, stage=Stage.SIGN_IN)

    def _decide(self, key: Key, view: View) -> tuple[Self, Intent | None]:
        offers = choices(self._trial(view))
        if key in (Key.LEFT, Key.RIGHT) and offers:
            step = -1 if toward_start(key, view) else 1
            return replace(self, focus=(self.focus + step) % len(offers)), None
        if key is not Key.OK or not offers:
            return self, None
        match offers[self.focus % len(offers)]:
            case Choice.USE | Choice.ANYWAY:
                return self, UseSource(self.source)
            case Choice.CHANGE:
                return self.at_field(0), None
            case Choice.AGAIN:
                return replace(self, focus=0), TrySource(self.source)

    def _trial(self, view: View) -> Trial | None:
        """Ours, not one of other words."""
        return view.trial if view.trial and view.trial.source == self.source else None

    def items(self, view: View, detail: str = "") -> tuple[Item, ...]:
        """The page; ``detail`` says how far the viewer is."""
        match self.stage:
            case Stage.KIND:
                return self._kind_page(view, detail)
            case Stage.FIELD:
                return self._field_page(view, detail)
            case Stage.SIGN_IN:
                return self._sign_in_page(view, detail)
            case Stage.TRIAL:
                address = _LTR + self.source.address
                trial = trial_page(view, self._trial(view), address, self.focus, detail)
                return (*trial, *hints(view, _HINTS))

    def _kind_page(self, view: View, detail: str) -> tuple[Item, ...]:
        kinds = offered(view)
        region = Region(MARGIN, 320, view.width - 2 * MARGIN, 7 * ROW)

        def line(index: int) -> Line:
            name, how, _ = KINDS[kinds[index]]
            return Line(name, view.words(how))

        return (
            *page(view, view.words("operator.kind"), view.words("operator.kind_how"), detail),
            *listing(region, line, len(kinds), self.focus),
            *hints(view, _HINTS),
        )

    def _field_page(self, view: View, detail: str) -> tuple[Item, ...]:
        field = FORMS[self.source.kind][self.place]
        width = view.width - 2 * MARGIN
        return (
            Text(Region(MARGIN, 54, width - 320, 66), view.words(field.title), Style.NAME),
            Text(Region(MARGIN, 120, width, 60), view.words(field.how), Style.SECOND, Colour.SOFT),
            *self.keyboard.field(view, Region(MARGIN, 220, width, 96), _LTR + field.example),
            *self.keyboard.keys(view, CONTENT_BOTTOM - HEIGHT),
            *hints(view, BINDINGS),
            *_far(view, detail),
        )

    def _sign_in_page(self, view: View, detail: str) -> tuple[Item, ...]:
        _, _, how = KINDS[self.source.kind]
        plate = Region(MARGIN, 350, 770, 200)
        return (
            *page(view, view.words("operator.sign_in"), view.words(how), detail),
            Plate(plate, Colour.PLATE, 20),
            Text(Region(140, 382, 600, 44), view.words("activation.device"), Style.SECOND, Colour.SOFT),
            Text(Region(140, 432, 720, 88), grouped(view.duid), Style.DEVICE),
            Text(Region(MARGIN, 590, view.width - 2 * MARGIN, 60), _LTR + self.source.address, Style.BODY),
            *buttons(view, (view.words("operator.test"),), 0, MARGIN, 700),
            *hints(view, _HINTS),
        )


def offered(view: View) -> tuple[str, ...]:
    """Kinds that the box speaks and has a form for."""
    return tuple(kind for kind in FORMS if kind in view.kinds)


def _far(view: View, detail: str) -> tuple[Item, ...]:
    region = Region(view.width - MARGIN - 320, 54, 320, 66)
    return (Text(region, detail, Style.SECOND, Colour.SOFT, Align.END),)


def _free_id(view: View) -> SourceId:
    taken = {source.id for source in view.settings.sources}
    names = ("operator", *(f"operator-{number}" for number in range(2, len(taken) + 3)))
    return SourceId(next(name for name in names if name not in taken))


def _name(source: Source) -> str:
    """What the menu calls an operator that was not named: its server."""
    server = source.address.partition("://")[2] or source.address
    server = server.partition("/")[0].rpartition("@")[2]
    host, _, port = server.rpartition(":")
    return host if port.isdecimal() and (":" not in host or host.endswith("]")) and host else server
