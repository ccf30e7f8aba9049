"""The list of channels, groups at the start edge, the running picture small at the end."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from stb.catalogue.guide import NowNext
from stb.messages import (
    HaveFavourites,
    HideGroups,
    Intent,
    Open,
    RestOn,
    ScreenName,
    ShowDay,
    TryAgain,
    Watch,
)
from stb.model import Channel, ChannelRef, Key
from stb.screens import favourites
from stb.screens.channel_rows import channel_row, nothing
from stb.screens.digits import typed
from stb.screens.edge import LIST_X, Entry, edge
from stb.screens.groups import Group, Own, called, channels, count, groups, position
from stb.screens.onair import changes_in, has_guide, on_air
from stb.screens.parts import CONTENT_TOP, MARGIN, common, header, hints, overlays, sound
from stb.screens.preview import coming, place_of_preview, playing
from stb.screens.screen import Binding, to_next_minute, toward_start
from stb.screens.scrolling import moved, stride
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Item, Scene

ROWS = 8
"""Rows of the list seen at once."""
_ROW = 96
_NEWS = Binding("TEXT", "hint.news")
_GUIDE = Binding("EPG", "hint.guide")
_FAVOUR = Binding("GREEN", "hint.favourite")
_UNFAVOUR = Binding("GREEN", "hint.no_favourite")
_MOVE = Binding("RED", "hint.move")
_BINDINGS = (
    _MOVE,
    _FAVOUR,
    _UNFAVOUR,
    Binding("BLUE", "hint.search"),
    Binding("OK", "hint.watch"),
    Binding("CH±", "hint.page"),
    Binding("◀", "hint.groups"),
    _GUIDE,
    _NEWS,
    Binding("BACK", "hint.back"),
)
_CARRYING = (Binding("▲▼", "hint.move"), Binding("OK", "hint.done"))
_IN_GROUPS = (Binding("YELLOW", "hint.hide"), Binding("OK", "hint.choose"), Binding("BACK", "hint.back"))
_HIDING = (Binding("YELLOW", "hint.done"), Binding("OK", "hint.hide_or_show"), Binding("BACK", "hint.done"))
_NOTHING = (Binding("OK", "choice.try_again"),)
"""An operator without channels can be asked again."""
_ALL_HIDDEN = (Binding("OK", "hint.groups"),)


@dataclass(frozen=True, slots=True)
class Channels:
    """What is focused: a group or a channel of it."""

    name: ClassVar[ScreenName] = ScreenName.CHANNELS
    group: Group = None
    """The group listed; None lists all."""
    focus: ChannelRef | None = None
    in_groups: bool = False
    hiding: bool = False
    """In the groups: the viewer chooses which ones are hidden."""
    carrying: bool = False
    """In the favourites: arrows move the focused one among the others."""

    def opened(self, view: View) -> Self:
        """The channel that is tuned is focused, in the group that was listed, or else in all."""
        opened = replace(self, in_groups=view.groups_first, hiding=False, carrying=False)
        if self.group not in [one.group for one in groups(view)]:
            opened = replace(opened, group=None)
        if view.channel is None:
            return opened
        there = position(view, view.channel.ref, opened.group) is not None
        return replace(opened, group=opened.group if there else None, focus=view.channel.ref)

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """Arrows move, OK watches, CH+ and CH- page, digits tune, BACK returns to the picture."""
        if key.digit and not held:
            return self, typed(view, key.digit)
        if self.carrying:
            return self._carry(key, view, held=held)
        if self.in_groups and key in (Key.OK, Key.YELLOW, Key.BACK):
            return (self, None) if held else self._in_groups(key, view)
        match key:
            case Key.LEFT | Key.RIGHT:
                return replace(self, in_groups=toward_start(key, view), hiding=False), None
            case Key.UP | Key.DOWN:
                step = stride(view.held)
                return self._moved(view, step if key is Key.DOWN else -step)
            case Key.CHANNELUP | Key.CHANNELDOWN:
                return self._moved(view, -ROWS if key is Key.CHANNELUP else ROWS)
            case Key.OK | Key.GREEN | Key.RED if not held:
                return self._choose(view) if key is Key.OK else self._favour(key, view)
        return self, common(key) if held and key is not Key.BACK else self._leads(key, view) or common(key)

    def _leads(self, key: Key, view: View) -> Intent | None:
        """Where a key leads from here."""
        match key:
            case Key.BACK if view.channel is not None:
                return Open(ScreenName.WATCHING)
            case Key.TEXT | Key.BLUE:
                return Open(ScreenName.NEWS if key is Key.TEXT else ScreenName.SEARCH)
            case Key.EPG:
                focused = self._focused(view)
                return ShowDay(focused.ref) if focused else None
        return None

    def _in_groups(self, key: Key, view: View) -> tuple[Self, Intent | None]:
        """YELLOW begins and ends the choice of groups that are hidden, OK hides one or shows it again."""
        if key is Key.YELLOW or (self.hiding and key is Key.BACK):
            seen = [one.group for one in groups(view)]
            return replace(
                self, hiding=not self.hiding, group=self.group if self.group in seen else None
            ), None
        if not self.hiding:
            return replace(self, in_groups=False), None
        if not isinstance(self.group, str):
            return self, None
        return self, HideGroups(view.hidden ^ {self.group})

    def _favour(self, key: Key, view: View) -> tuple[Self, Intent | None]:
        """GREEN makes the focused channel a favourite, or no longer one; RED takes it up, to be moved."""
        channel = None if self.in_groups else self._focused(view)
        if channel is None:
            return self, None
        if key is Key.RED:
            return replace(self, carrying=self.group is Own.FAVOURITES, focus=channel.ref), None
        refs = favourites.toggled(view.every_favourite, channel.ref)
        if self.group is not Own.FAVOURITES:
            return replace(self, focus=channel.ref), HaveFavourites(refs)
        at = self._at(view)
        rest = [ref for ref in view.favourites if ref != channel.ref]
        focus = rest[min(at, len(rest) - 1)] if rest else None
        return replace(self, focus=focus, group=self.group if rest else None), HaveFavourites(refs)

    def _carry(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """Arrows move the favourite, every other key puts it down."""
        steps = {Key.UP: -1, Key.DOWN: 1, Key.CHANNELUP: -ROWS, Key.CHANNELDOWN: ROWS}
        if self.focus in view.favourites and self.focus and key in steps:
            refs = favourites.moved(view.every_favourite, view.favourites, self.focus, steps[key])
            return self, HaveFavourites(refs) if refs != view.every_favourite else None
        return (self if held else replace(self, carrying=False)), sound(key)

    def _choose(self, view: View) -> tuple[Self, Intent | None]:
        channel = self._focused(view)
        if channel is None:
            return (replace(self, in_groups=True), None) if view.lists.count() else (self, TryAgain())
        same = view.channel is not None and view.channel.ref == channel.ref
        return self, Open(ScreenName.WATCHING) if same else Watch(channel.ref)

    def _moved(self, view: View, step: int) -> tuple[Self, Intent | None]:
        if self.in_groups:
            return self._move_group(view, step), None
        there = self._move_channel(view, step)
        return there, RestOn(there.focus) if there.focus else None

    def _move_group(self, view: View, step: int) -> Self:
        names = [one.group for one in groups(view, hidden=self.hiding)]
        at = names.index(self.group) if self.group in names else 0
        return replace(self, group=names[moved(view, at, step, len(names))], focus=None)

    def _move_channel(self, view: View, step: int) -> Self:
        many = count(view, self.group)
        if not many:
            return self
        (channel,) = channels(view, moved(view, self._at(view), step, many), 1, self.group)
        return replace(self, focus=channel.ref)

    def _at(self, view: View) -> int:
        place = position(view, self.focus, self.group) if self.focus else None
        return place or 0

    def _focused(self, view: View) -> Channel | None:
        return next(iter(channels(view, self._at(view), 1, self.group)), None)

    def scene(self, view: View) -> Scene:
        """LOOK, channels.png."""
        many = count(view, self.group)
        preview, focused = place_of_preview(view, LIST_X), self._focused(view)
        end = preview.x - 40 if preview else view.width - MARGIN
        return Scene(
            (
                *header(
                    view,
                    called(view, self.group),
                    view.words("channels.count", n=many),
                ),
                *self._groups(view),
                *(self._list(view, many, end) if many else nothing(view, end)),
                *(playing(view, preview) if preview else ()),
                *(coming(view, preview, focused) if preview and focused else ()),
                *hints(view, self._bindings(view, focused)),
                *overlays(view),
            ),
            preview,
        )

    def _groups(self, view: View) -> tuple[Item, ...]:
        offered = groups(view, hidden=self.hiding)
        chosen = next((at for at, one in enumerate(offered) if one.group == self.group), 0)
        entries = [Entry(called(view, group), _size(view, group, many)) for group, many in offered]
        return edge(view, entries, chosen, focused=self.in_groups)

    def _list(self, view: View, many: int, end: int) -> tuple[Item, ...]:
        first, at = self._first(view, many), self._at(view)
        listed = channels(view, first, ROWS, self.group)
        shown = on_air(view, listed)
        items: list[Item] = []
        for row, channel in enumerate(listed):
            region = Region(LIST_X, CONTENT_TOP + row * _ROW, end - LIST_X, _ROW)
            focused = first + row == at and not self.in_groups
            now = shown.get(channel.ref, NowNext()).now
            items += channel_row(view, region, channel, focused=focused, now=now)
        return tuple(items)

    def _first(self, view: View, many: int) -> int:
        """The first row that is seen."""
        return min(max(0, self._at(view) - ROWS // 2 + 1), max(0, many - ROWS))

    def _bindings(self, view: View, focused: Channel | None) -> tuple[Binding, ...]:
        if self.carrying:
            return _CARRYING
        if self.in_groups:
            return _HIDING if self.hiding else _IN_GROUPS
        if focused is None:
            return _ALL_HIDDEN if view.lists.count() else _NOTHING
        favourite = focused.ref in view.favourites
        idle = {
            _NEWS: not view.lists.news_count(),
            _GUIDE: not (view.guide.has_stations or has_guide(view, focused)),
            _FAVOUR: favourite,
            _UNFAVOUR: not favourite,
            _MOVE: self.group is not Own.FAVOURITES,
        }
        return tuple(binding for binding in _BINDINGS if not idle.get(binding))

    def changes_in(self, view: View) -> float | None:
        """When the clock does, or what is on, or the count-down of a lost picture."""
        if view.retry_in is not None:
            return 1.0
        first = self._first(view, count(view, self.group))
        ends = changes_in(view, channels(view, first, ROWS, self.group))
        return min(to_next_minute(view.now), to_next_minute(view.now) if ends is None else ends)


def _size(view: View, group: Group, many: int) -> str:
    hidden = isinstance(group, str) and group in view.hidden
    return view.words("channels.hidden") if hidden else view.words.number(many)
