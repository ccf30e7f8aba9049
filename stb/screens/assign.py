"""Which channel of which guide tells what is on a channel: what was found, and what the viewer may choose."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from stb.catalogue.reviewing import Proposal
from stb.messages import ChooseGuide, Intent, Open, ScreenName
from stb.model import Channel, ChannelRef, GuideChoice, Key
from stb.screens.keyboard import COLUMNS, Keyboard
from stb.screens.onair import moment
from stb.screens.parts import CONTENT_BOTTOM, CONTENT_TOP, MARGIN, common, header, hints, overlays
from stb.screens.rows import walked
from stb.screens.screen import Binding, to_next_minute, toward_start
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Item, Plate, Scene, Style, Text

ROW = 96
_ROWS = 7
_HOW = 64
_KEYBOARD = 812
_FIELD = 96
_GAP = 40
_HINTS = (
    Binding("RED", "hint.take_away"),
    Binding("BLUE", "hint.by_name"),
    Binding("OK", "hint.assign"),
    Binding("BACK", "hint.back"),
)
_TYPING = (
    Binding("RED", "hint.erase"),
    Binding("YELLOW", "hint.letters"),
    Binding("BLUE", "hint.results"),
    Binding("OK", "hint.type"),
    Binding("BACK", "hint.back"),
)
_FOUND = (Binding("OK", "hint.assign"), Binding("BACK", "hint.type"))


@dataclass(frozen=True, slots=True)
class Option:
    """A row: what is chosen by it, and what is said of it."""

    choice: GuideChoice | None
    """None: what the box finds by itself."""
    label: str
    said: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Assign:
    """The focused row; while the viewer searches by name, what was typed."""

    name: ClassVar[ScreenName] = ScreenName.ASSIGN
    ref: ChannelRef | None = None
    focus: int = 0
    keyboard: Keyboard | None = None
    """None: the rows are what was found by itself."""
    typing: bool = False
    """The viewer is at the keyboard."""

    def opened(self, view: View) -> Self:
        """At what applies."""
        channel = view.assigning
        if channel is None:
            return replace(self, ref=None, keyboard=None, typing=False)
        choices = [option.choice for option in self._proposed(view, channel)]
        choice = view.guide.choice(channel.ref)
        focus = choices.index(choice) if choice in choices else 0
        return replace(self, ref=channel.ref, focus=focus, keyboard=None, typing=False)

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """OK assigns, RED takes away, BLUE searches by name, BACK leads back."""
        channel = view.assigning
        if held and key in (Key.OK, Key.BACK):
            return self, None
        if self.typing and self.keyboard is not None:
            return self._type(key, view, self.keyboard, held=held)
        if key is Key.BACK:
            return self._back(view)
        if channel is None:
            return self, common(key)
        options = self._options(view, channel)
        match key:
            case Key.OK if options:
                choice = options[min(self.focus, len(options) - 1)].choice
                return replace(self, keyboard=None, focus=0), ChooseGuide(channel.ref, choice)
            case Key.RED if self.keyboard is None:
                return replace(self, focus=0), ChooseGuide(channel.ref, _without(view, channel))
            case Key.BLUE:
                return self._searching(view), None
            case Key.LEFT | Key.RIGHT if self.keyboard is not None and toward_start(key, view):
                return replace(self, typing=True), None
        there = walked(view, key, self.focus, len(options), _ROWS)
        return replace(self, focus=there), common(key)

    def _searching(self, view: View) -> Self:
        language, column = ("ar", COLUMNS - 1) if view.words.mirrored else ("en", 0)
        keyboard = self.keyboard or replace(Keyboard.of_text("", language), column=column)
        return replace(self, keyboard=keyboard, typing=True, focus=0)

    def _back(self, view: View) -> tuple[Self, Intent | None]:
        if self.keyboard is not None:
            return replace(self, typing=True), None
        return self, Open(view.assign_from)

    def _type(self, key: Key, view: View, keyboard: Keyboard, *, held: bool) -> tuple[Self, Intent | None]:
        if key is Key.BACK:
            return replace(self, keyboard=None, typing=False, focus=0), None
        typed, done = keyboard.press(key, held=held)
        forth = typed.column - keyboard.column
        over = key in (Key.LEFT, Key.RIGHT) and not toward_start(key, view)
        leaves = over and (forth < 0 if key is Key.RIGHT else forth > 0)
        if done or leaves:
            found = bool(view.stations(keyboard.text))
            return replace(self, typing=not found, focus=0), None
        changed = replace(self, keyboard=typed, focus=0)
        return changed, None if changed != self else common(key)

    def _options(self, view: View, channel: Channel) -> tuple[Option, ...]:
        if self.keyboard is None:
            return self._proposed(view, channel)
        return tuple(_option(view, one) for one in view.stations(self.keyboard.text))

    def _proposed(self, view: View, channel: Channel) -> tuple[Option, ...]:
        """What the box finds by itself, no guide, what was chosen, and what the channel may be."""
        choice, found = view.guide.choice(channel.ref), view.proposals(channel)
        own = Option(None, view.words("assign.automatic"), view.words("assign.automatic_how"))
        if choice is None:
            asked = view.guide.asked(channel)
            name = f"{asked.name} · " if asked and asked.name != asked.station else ""
            said = f"{name}{_said(view, asked)}" if asked else view.words("assign.nothing")
            own = replace(own, said=said, detail=_sure(view, asked.score) if asked else "")
        nothing = Option(GuideChoice(), view.words("assign.none"), view.words("assign.none_how"))
        rows = tuple(_option(view, one) for one in found)
        if choice and choice.guide and choice not in [row.choice for row in rows]:
            rows = (_option(view, _named(view, choice)), *rows)
        return (own, nothing, *rows)

    def scene(self, view: View) -> Scene:
        """The rows; beside the keyboard, while the viewer searches."""
        channel = view.assigning
        if channel is None:
            return Scene((*header(view, ""), *hints(view, _HINTS[-1:]), *overlays(view)))
        title = view.words("assign.title", channel=channel.name)
        below = _TYPING if self.typing else _HINTS if self.keyboard is None else _FOUND
        return Scene(
            (
                *header(view, title),
                *(self._page(view, channel) if self.keyboard is None else self._search(view, channel)),
                *hints(view, below),
                *overlays(view),
            )
        )

    def _page(self, view: View, channel: Channel) -> tuple[Item, ...]:
        width = view.width - 2 * MARGIN
        how = Text(
            Region(MARGIN, CONTENT_TOP, width, _HOW), view.words("assign.how"), Style.SECOND, Colour.SOFT
        )
        place = Region(MARGIN, CONTENT_TOP + _HOW + 16, width, _ROWS * ROW)
        return (how, *self._rows(view, channel, place))

    def _search(self, view: View, channel: Channel) -> tuple[Item, ...]:
        if self.keyboard is None:
            return ()
        keys = Region(MARGIN, CONTENT_TOP + _FIELD + 24, min(_KEYBOARD, view.width // 2), 544)
        x = keys.right + _GAP
        place = Region(x, CONTENT_TOP, view.width - MARGIN - x, CONTENT_BOTTOM - CONTENT_TOP)
        field = keys._replace(y=CONTENT_TOP, height=_FIELD)
        return (
            *self.keyboard.field(view, field, channel.name),
            *self.keyboard.keys_in(view, keys, focused=self.typing),
            *self._rows(view, channel, place),
        )

    def _rows(self, view: View, channel: Channel, place: Region) -> tuple[Item, ...]:
        options, choice = self._options(view, channel), view.guide.choice(channel.ref)
        if not options:
            text = self.keyboard.text.strip() if self.keyboard else ""
            said = view.words("search.none", text=text) if text else view.words("assign.search_how")
            return (Text(place.inset(20, 0)._replace(height=200), said, Style.BODY, Colour.SOFT, lines=4),)
        page = place.height // ROW
        focus = min(self.focus, len(options) - 1)
        first = min(max(0, focus - page // 2), max(0, len(options) - page))
        items: list[Item] = []
        for row, option in enumerate(options[first : first + page]):
            region = Region(place.x, place.y + row * ROW, place.width, ROW)
            focused = first + row == focus and not self.typing
            items += row_of(region, option, focused=focused, marked=option.choice == choice)
        return tuple(items)

    def changes_in(self, view: View) -> float | None:
        """When the clock does."""
        return to_next_minute(view.now)


def row_of(region: Region, option: Option, *, focused: bool, marked: bool) -> tuple[Item, ...]:
    """A row of two lines; a dot marks what applies."""
    ink, soft = (Colour.ON_FOCUS, Colour.ON_FOCUS) if focused else (Colour.INK, Colour.SOFT)
    room = region.width - 64 - 32
    end = Region(region.right - 32 - 220, region.y, 220, ROW)
    upper = Region(region.x + 64, region.y + 8, room - (240 if option.detail else 0), 46)
    dot = Region(region.x + 28, region.y + ROW // 2 - 7, 14, 14)
    return (
        *((Plate(region, Colour.FOCUS, 14),) if focused else ()),
        *((Plate(dot, Colour.ACCENT, 7),) if marked else ()),
        Text(upper, option.label, Style.BODY, ink),
        Text(upper.moved(0, 44)._replace(height=36), option.said, Style.SMALL, soft),
        *((Text(end, option.detail, Style.SECOND, soft, Align.END),) if option.detail else ()),
    )


def guide_name(view: View, guide: str) -> str:
    """What the viewer calls a guide; that of an operator is called like the operator."""
    return next((one.name for one in view.settings.guides if one.id == guide), view.operator)


def _option(view: View, proposal: Proposal) -> Option:
    choice = GuideChoice(proposal.guide, proposal.station, proposal.shift)
    detail = _sure(view, proposal.score) if proposal.score else ""
    return Option(choice, proposal.name, _said(view, proposal), detail)


def _said(view: View, proposal: Proposal) -> str:
    """Whose guide it is, and what is on there."""
    choice = GuideChoice(proposal.guide, proposal.station, proposal.shift)
    on = view.guide.on_station(choice, int(view.now.timestamp()))
    now = f"{moment(view, on.start)} {on.title}" if on else ""
    return " · ".join(filter(None, (guide_name(view, proposal.guide), now)))


def _sure(view: View, score: float) -> str:
    if score == 1.0:  # an id or a whole name says so
        return view.words("assign.known")
    return view.words("assign.sure", n=round(100 * score))


def _named(view: View, choice: GuideChoice) -> Proposal:
    return Proposal(choice.guide, choice.station, view.guide.name_of(choice), shift=choice.shift)


def _without(view: View, channel: Channel) -> GuideChoice | None:
    """What the viewer chose goes first; then what the box found."""
    return None if view.guide.choice(channel.ref) is not None else GuideChoice()
