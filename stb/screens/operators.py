"""Naming an operator: its kind, what it asks for, and trying it before it is used.

What a kind asks for is a row of `stb.screens.forms`; a new kind needs a row, and no code.
"""

from dataclasses import dataclass, field, replace
from enum import Enum, auto
from typing import Final, Self

from stb.messages import CheckStep, Intent, TrySource, UseSource
from stb.model import Key, Source, SourceId
from stb.screens import forms
from stb.screens.forms import FORMS, KINDS, Entry, Field, asked
from stb.screens.keyboard import BINDINGS, BINDINGS_HIDDEN, HEIGHT, Keyboard
from stb.screens.parts import CONTENT_BOTTOM, MARGIN, hints
from stb.screens.rows import ROW, Line, buttons, listing, page, walked
from stb.screens.screen import Binding, toward_start
from stb.screens.trials import Choice, choices, trial_page
from stb.screens.view import Trial, View
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Item, Style, Text

__all__ = ["FORMS", "KINDS", "OperatorForm", "Stage", "offered"]

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
    password: str = field(default="", repr=False)
    """As typed; empty where it was not, and then the one that is kept is meant."""
    first: Stage = Stage.KIND
    """The page this began with."""
    stage: Stage = Stage.KIND
    place: int = 0
    """Of the field, among those of the kind."""
    focus: int = 0
    keyboard: Keyboard = Keyboard()
    wrong: str = ""
    """Message id of what is wrong with what was typed."""

    @classmethod
    def of(cls, source: Source) -> Self:
        """To change an operator there is."""
        return cls(source=source, first=Stage.FIELD).at_field(0)

    @classmethod
    def refused(cls, source: Source) -> Self:
        """To change what an operator did not take: the password, where its kind has one."""
        return cls(source=source, first=Stage.FIELD).at_field(forms.place_of(source.kind, "password"))

    @classmethod
    def trying(cls, source: Source) -> tuple[Self, Intent]:
        """To try an operator there is."""
        return cls(source=source, first=Stage.TRIAL, stage=Stage.TRIAL), TrySource(source)

    @property
    def at_start(self) -> bool:
        """BACK leads out of it."""
        return self.stage is self.first and (self.stage is not Stage.FIELD or self.place == 0)

    @property
    def _field(self) -> Field:
        return FORMS[self.source.kind][self.place]

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """Keys of the page that is shown; BACK leads to the page before it."""
        typing = self.stage is Stage.FIELD and not self._field.choices
        if typing and key is not Key.BACK:
            return self._type(key, view, held=held), None
        if held and key in (Key.OK, Key.BACK):
            return self, None
        if key is Key.BACK:
            return self._back(view), None
        match self.stage:
            case Stage.KIND:
                return self._kind(key, view), None
            case Stage.FIELD:
                return self._choose(key, view), None
            case Stage.SIGN_IN if key is Key.OK:
                return self._tried()
            case Stage.TRIAL:
                return self._decide(key, view)
        return self, None

    def _tried(self) -> tuple[Self, Intent]:
        return replace(self, stage=Stage.TRIAL, focus=0), TrySource(self.source, self.password)

    def _back(self, view: View) -> Self:
        before = asked(self.source, self.password)
        match self.stage:
            case Stage.TRIAL if self.first is not Stage.TRIAL:
                return replace(self, stage=Stage.SIGN_IN)
            case Stage.SIGN_IN:
                return self.at_field(before[-1], view)
            case Stage.FIELD if self.place:
                return self.at_field(max(place for place in before if place < self.place), view)
            case Stage.FIELD if self.first is Stage.KIND:
                return replace(self, stage=Stage.KIND, focus=0)
        return self

    def _kind(self, key: Key, view: View) -> Self:
        kinds = offered(view)
        if key is not Key.OK or not kinds:
            return replace(self, focus=walked(view, key, self.focus, len(kinds), 5))
        source = replace(self.source, id=self.source.id or _free_id(view), kind=kinds[self.focus])
        return replace(self, source=source).at_field(0, view)

    def at_field(self, place: int, view: View | None = None) -> Self:
        """The page of this field, with what is known of it."""
        shown = FORMS[self.source.kind][place]
        own = view.hardware if view else ""
        text = forms.text_of(shown, self.source, self.password, own)
        focus = shown.choices.index(text) if text in shown.choices else 0
        keyboard = shown.keyboard(text)
        return replace(self, stage=Stage.FIELD, place=place, keyboard=keyboard, focus=focus, wrong="")

    def _choose(self, key: Key, view: View) -> Self:
        values = self._field.choices
        if key is not Key.OK:
            return replace(self, focus=walked(view, key, self.focus, len(values), 5))
        return self._filled(values[self.focus], view)

    def _type(self, key: Key, view: View, *, held: bool) -> Self:
        keyboard, typed = self.keyboard.press(key, held=held)
        if typed is None:
            return replace(self, keyboard=keyboard, wrong="")
        text = typed.text.strip()
        if not text and not self._may_be_passed_over(view):
            return replace(self, keyboard=keyboard)
        return self._filled(text, view)

    def _may_be_passed_over(self, view: View) -> bool:
        """A field that may stay empty, or the password of an operator whose own is kept."""
        known = any(source.id == self.source.id for source in view.settings.sources)
        return self._field.optional or (self._field.entry is Entry.SECRET and known)

    def _filled(self, text: str, view: View) -> Self:
        """The page after this one, with what was typed here."""
        here = self._field
        if here.entry is Entry.HARDWARE and text:
            text = forms.hardware_address(text)
            if not text:
                return replace(self, wrong="operator.bad_hardware")
            text = "" if text == view.hardware else text
        filled = forms.with_text(here, text, self.source, self.password, view.taken_apart)
        after = replace(self, source=filled.source, password=filled.password)
        coming = [place for place in asked(after.source, after.password) if place > self.place]
        if filled.whole or not coming:
            return replace(after, stage=Stage.SIGN_IN, focus=0)
        return after.at_field(coming[0], view)

    def _decide(self, key: Key, view: View) -> tuple[Self, Intent | None]:
        trial = self._trial(view)
        offers = choices(trial)
        if key in (Key.LEFT, Key.RIGHT) and offers:
            step = -1 if toward_start(key, view) else 1
            return replace(self, focus=(self.focus + step) % len(offers)), None
        if key is not Key.OK or not offers or trial is None:
            return self, None
        match offers[self.focus % len(offers)]:
            case Choice.USE | Choice.ANYWAY:
                return self, UseSource(self.source, self.password, proven=_took_password(trial))
            case Choice.CHANGE:
                return self.at_field(_place_of_fault(trial), view), None
            case Choice.AGAIN:
                return self._tried()
            case Choice.TRUST:
                shown = trial.failure.certificate if trial.failure else None
                fingerprint = shown.fingerprint if shown else ""
                return replace(self, source=replace(self.source, fingerprint=fingerprint))._tried()  # noqa: SLF001

    def _trial(self, view: View) -> Trial | None:
        """Ours, not one of other words."""
        return view.trial if view.trial and view.trial.source == self.source else None

    def items(self, view: View, detail: str = "") -> tuple[Item, ...]:
        """The page; ``detail`` says how far the viewer is."""
        match self.stage:
            case Stage.KIND:
                return self._kind_page(view, detail)
            case Stage.FIELD if self._field.choices:
                return self._choices_page(view, detail)
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

        def line(index: int) -> Line:
            name, how, _ = KINDS[kinds[index]]
            return Line(name, view.words(how))

        return (
            *page(view, view.words("operator.kind"), view.words("operator.kind_how"), detail),
            *listing(_list(view), line, len(kinds), self.focus),
            *hints(view, _HINTS),
        )

    def _choices_page(self, view: View, detail: str) -> tuple[Item, ...]:
        here = self._field
        return (
            *page(view, view.words(here.title), view.words(here.how), detail),
            *listing(_list(view), lambda index: Line(here.choices[index]), len(here.choices), self.focus),
            *hints(view, _HINTS),
        )

    def _field_page(self, view: View, detail: str) -> tuple[Item, ...]:
        here = self._field
        width = view.width - 2 * MARGIN
        said, ink = (self.wrong, Colour.GOLD) if self.wrong else (here.how, Colour.SOFT)
        far = Region(view.width - MARGIN - 320, 54, 320, 66)
        return (
            Text(Region(MARGIN, 54, width - 320, 66), view.words(here.title), Style.NAME),
            Text(Region(MARGIN, 120, width, 90), view.words(said), Style.SECOND, ink, lines=2),
            *self.keyboard.field(view, Region(MARGIN, 220, width, 96), _LTR + here.example),
            *self.keyboard.keys(view, CONTENT_BOTTOM - HEIGHT),
            *hints(view, BINDINGS_HIDDEN if self.keyboard.secret else BINDINGS),
            Text(far, detail, Style.SECOND, Colour.SOFT, Align.END),
        )

    def _sign_in_page(self, view: View, detail: str) -> tuple[Item, ...]:
        _, _, how = KINDS[self.source.kind]
        return (
            *page(view, view.words("operator.sign_in"), view.words(how), detail),
            *forms.facts(view, self.source, has_password=bool(self.password)),
            *buttons(view, (view.words("operator.test"),), 0, MARGIN, 790),
            *hints(view, _HINTS),
        )


def offered(view: View) -> tuple[str, ...]:
    """Kinds that the box speaks and has a form for."""
    return tuple(kind for kind in FORMS if kind in view.kinds)


def _took_password(trial: Trial) -> bool:
    return any(one.step is CheckStep.SIGN_IN and not one.failure for one in trial.results)


def _place_of_fault(trial: Trial) -> int:
    """The field in which the fault of a trial most likely lies."""
    last, kind = trial.results[-1], trial.source.kind
    if last.step is CheckStep.GUIDE:
        return forms.place_of(kind, "guide")
    refused = last.failure is not None and last.failure.kind == "LoginRefused"
    return forms.place_of(kind, "password") if refused else 0


def _list(view: View) -> Region:
    return Region(MARGIN, 320, view.width - 2 * MARGIN, 7 * ROW)


def _free_id(view: View) -> SourceId:
    taken = {source.id for source in view.settings.sources}
    names = ("operator", *(f"operator-{number}" for number in range(2, len(taken) + 3)))
    return SourceId(next(name for name in names if name not in taken))
