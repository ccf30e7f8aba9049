"""Channels whose guide was found by what names say alone, the least sure first: to be looked through."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from stb.catalogue.reviewing import Given
from stb.messages import AssignGuide, Intent, Open, ScreenName
from stb.model import GuideChoice, Key
from stb.screens.assign import ROW, Option, guide_name, row_of
from stb.screens.parts import CONTENT_TOP, MARGIN, common, header, hints, overlays
from stb.screens.rows import walked
from stb.screens.screen import Binding, to_next_minute
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Colour, Item, Scene, Style, Text

ROWS = 8
_HINTS = (Binding("OK", "hint.change_guide"), Binding("CH±", "hint.page"), Binding("BACK", "hint.back"))


@dataclass(frozen=True, slots=True)
class Assigned:
    """The focused row."""

    name: ClassVar[ScreenName] = ScreenName.ASSIGNED
    focus: int = 0

    def opened(self, view: View) -> Self:
        """Where it was left: one comes back here from each channel."""
        return replace(self, focus=min(self.focus, max(0, view.guide.count_given() - 1)))

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """Arrows move, OK shows what else the channel may be, BACK leads to the settings."""
        if held and key in (Key.OK, Key.BACK):
            return self, None
        match key:
            case Key.BACK:
                return self, Open(ScreenName.SETTINGS)
            case Key.OK:
                found = view.guide.given(self.focus, 1)
                return self, AssignGuide(found[0].channel) if found else None
        there = walked(view, key, self.focus, view.guide.count_given(), ROWS)
        return replace(self, focus=there), common(key)

    def scene(self, view: View) -> Scene:
        """As many rows as there is room for."""
        count = view.guide.count_given()
        detail = view.words("channels.count", n=count) if count else ""
        return Scene(
            (
                *header(view, view.words("assigned.title"), detail),
                *(self._rows(view, count) if count else _empty(view)),
                *hints(view, _HINTS if count else _HINTS[-1:]),
                *overlays(view),
            )
        )

    def _rows(self, view: View, count: int) -> tuple[Item, ...]:
        first = min(max(0, self.focus - ROWS // 2), max(0, count - ROWS))
        items: list[Item] = []
        for row, one in enumerate(view.guide.given(first, ROWS)):
            region = Region(MARGIN, CONTENT_TOP + row * ROW, view.width - 2 * MARGIN, ROW)
            chosen = view.guide.choice(one.channel) is not None
            items += row_of(region, _option(view, one), focused=first + row == self.focus, marked=chosen)
        return tuple(items)

    def changes_in(self, view: View) -> float | None:
        """When the clock does."""
        return to_next_minute(view.now)


def _option(view: View, given: Given) -> Option:
    channel, proposal = view.lists.channel(given.channel), given.proposal
    label = f"{channel.number}  {channel.name}" if channel else given.channel.channel
    choice = view.guide.choice(given.channel)
    if choice is None:
        said, detail = proposal.name, view.words("assign.sure", n=round(100 * proposal.score))
        guide = guide_name(view, proposal.guide)
    elif choice.guide:
        said, guide = view.guide.name_of(choice), guide_name(view, choice.guide)
        detail = view.words("assigned.chosen")
    else:
        said, guide, detail = view.words("assign.none"), "", view.words("assigned.chosen")
    return Option(choice or GuideChoice(), label, " · ".join(filter(None, (said, guide))), detail)


def _empty(view: View) -> tuple[Item, ...]:
    region = Region(MARGIN, CONTENT_TOP + 120, view.width - 2 * MARGIN, 160)
    return (Text(region, view.words("assigned.empty"), Style.BODY, Colour.SOFT, lines=3),)
