"""The viewer's own guides: adding one by its address, moving it among the others, taking it away."""

from dataclasses import dataclass, replace
from enum import Enum
from typing import Final, Self

from stb.messages import Intent, UseGuides
from stb.model import GuideSource, Key, Source, SourceId
from stb.screens.forms import name_of
from stb.screens.keyboard import BINDINGS, HEIGHT, Keyboard
from stb.screens.parts import CONTENT_BOTTOM, MARGIN, hints
from stb.screens.rows import ROW, Line, listing, page, walked
from stb.screens.screen import Binding
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Colour, Item, Style, Text

_HINTS = (Binding("OK", "hint.choose"), Binding("BACK", "hint.back"))
_EXAMPLE = "\N{LEFT-TO-RIGHT MARK}http://tv.example.net/guide.xml.gz"
_OWN: Final = SourceId("")
"""Stands for the operator's own guide among those of the viewer."""


class Task(Enum):
    """What can be done with a guide; the value is its message id."""

    EARLIER = "guides.earlier"
    LATER = "guides.later"
    CHANGE = "guides.change"
    REMOVE = "guides.remove"


@dataclass(frozen=True, slots=True)
class GuidePage:
    """What is to be done with a guide, or the address that is typed."""

    guide: GuideSource | None = None
    """None: a new one."""
    focus: int = 0
    keyboard: Keyboard | None = None
    """The viewer types the address."""

    @classmethod
    def of(cls, guide: GuideSource | None) -> Self:
        """For a guide there is, or a new one."""
        return cls(guide, keyboard=None if guide else Keyboard.of_address())

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self | None, Intent | None]:
        """The page after a key, None where that leads out of it; and what the viewer wants."""
        if self.keyboard is not None:
            return self._type(key, view, self.keyboard, held=held)
        if held or self.guide is None:
            return self, None
        if key is Key.BACK:
            return None, None
        if key is not Key.OK:
            return replace(self, focus=walked(view, key, self.focus, len(Task), len(Task))), None
        match tuple(Task)[self.focus]:
            case Task.CHANGE:
                return replace(self, keyboard=Keyboard.of_address(self.guide.address)), None
            case Task.REMOVE:
                others = tuple(one for one in view.settings.guides if one.id != self.guide.id)
                return None, UseGuides(others)
            case Task.EARLIER | Task.LATER as task:
                return None, _moved(view, self.guide, -1 if task is Task.EARLIER else 1)

    def _type(
        self, key: Key, view: View, keyboard: Keyboard, *, held: bool
    ) -> tuple[Self | None, Intent | None]:
        if key is Key.BACK:
            return (replace(self, keyboard=None) if self.guide else None), None
        keyboard, done = keyboard.press(key, held=held)
        address = done.text.strip() if done else ""
        if not address:
            return replace(self, keyboard=keyboard), None
        return None, UseGuides(_with_address(view, self.guide, address))

    def items(self, view: View) -> tuple[Item, ...]:
        """The tasks, or the keyboard."""
        if self.keyboard is not None:
            return _typing(view, self.keyboard)
        if self.guide is None:
            return ()
        names = ", ".join(_name(view, one) for one in _order(view))
        return (
            *page(view, self.guide.name, view.words("guides.order", names=names)),
            *listing(
                Region(MARGIN, 320, view.width - 2 * MARGIN, 7 * ROW),
                lambda index: Line(view.words(tuple(Task)[index].value)),
                len(Task),
                self.focus,
            ),
            *hints(view, _HINTS),
        )


def _typing(view: View, keyboard: Keyboard) -> tuple[Item, ...]:
    width = view.width - 2 * MARGIN
    return (
        Text(Region(MARGIN, 54, width, 66), view.words("guides.address"), Style.NAME),
        Text(
            Region(MARGIN, 120, width, 90),
            view.words("guides.address_how"),
            Style.SECOND,
            Colour.SOFT,
            lines=2,
        ),
        *keyboard.field(view, Region(MARGIN, 220, width, 96), _EXAMPLE),
        *keyboard.keys(view, CONTENT_BOTTOM - HEIGHT),
        *hints(view, BINDINGS),
    )


def _order(view: View) -> list[SourceId]:
    """As they are asked, the operator's own among them."""
    guides = sorted(view.settings.guides, key=lambda one: one.order)
    before = [one.id for one in guides if one.order < 0]
    return [*before, _OWN, *(one.id for one in guides if one.order >= 0)]


def _moved(view: View, guide: GuideSource, step: int) -> UseGuides | None:
    """One place up or down; None where it stands at the end already."""
    order = _order(view)
    at = order.index(guide.id)
    if not 0 <= at + step < len(order):
        return None
    order.insert(at + step, order.pop(at))
    own = order.index(_OWN)
    places = {one: place - own for place, one in enumerate(order)}
    return UseGuides(tuple(replace(one, order=places[one.id]) for one in view.settings.guides))


def _with_address(view: View, guide: GuideSource | None, address: str) -> tuple[GuideSource, ...]:
    known = view.settings.guides
    name = name_of(Source(id=_OWN, kind="m3u", name="", address=address))
    if guide is not None:
        changed = replace(guide, address=address, name=name)
        return tuple(changed if one.id == guide.id else one for one in known)
    last = max((one.order for one in known), default=0)
    new = GuideSource(id=_free_id(view), name=name, address=address, order=max(last, 0) + 1)
    return (*known, new)


def _free_id(view: View) -> SourceId:
    taken = {one.id for one in view.settings.guides} | {one.id for one in view.settings.sources}
    names = ("guide", *(f"guide-{number}" for number in range(2, len(taken) + 3)))
    return SourceId(next(name for name in names if name not in taken))


def _name(view: View, guide: SourceId) -> str:
    return next((one.name for one in view.settings.guides if one.id == guide), view.operator)
