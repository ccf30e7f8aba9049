"""The list of channels, groups at the start edge, the running picture small at the end."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from stb.catalogue.guide import NowNext
from stb.messages import Intent, Open, RestOn, ScreenName, ShowDay, TryAgain, Watch
from stb.model import Channel, ChannelRef, Key, Programme
from stb.screens.digits import typed
from stb.screens.edge import LIST_X, Entry, edge
from stb.screens.onair import changes_in, has_guide, on_air
from stb.screens.parts import CONTENT_TOP, MARGIN, common, header, hints, logo, overlays, share
from stb.screens.preview import coming, place_of_preview, playing
from stb.screens.screen import Binding, View, to_next_minute, toward_start
from stb.screens.scrolling import moved, stride
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Item, Plate, Scene, Style, Text

ROWS = 8
"""Rows of the list seen at once."""
_ROW = 96
_NEWS = Binding("TEXT", "hint.news")
_GUIDE = Binding("EPG", "hint.guide")
_BINDINGS = (
    Binding("BLUE", "hint.search"),
    Binding("OK", "hint.watch"),
    Binding("CH±", "hint.page"),
    Binding("◀", "hint.groups"),
    _GUIDE,
    _NEWS,
    Binding("BACK", "hint.back"),
)
_NOTHING = (Binding("OK", "choice.try_again"),)
"""An operator without channels can be asked again."""


@dataclass(frozen=True, slots=True)
class Channels:
    """What is focused: a group or a channel of it."""

    name: ClassVar[ScreenName] = ScreenName.CHANNELS
    group: str | None = None
    """The group listed; None lists all."""
    focus: ChannelRef | None = None
    in_groups: bool = False

    def opened(self, view: View) -> Self:
        """The channel that is tuned is focused, in the group that was listed, or else in all."""
        opened = replace(self, in_groups=view.groups_first)
        if view.channel is None:
            return opened
        there = view.lists.position(view.channel.ref, self.group) is not None
        return replace(opened, group=self.group if there else None, focus=view.channel.ref)

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """Arrows move, OK watches, CH+ and CH- page, digits tune, BACK returns to the picture."""
        if key.digit and not held:
            return self, typed(view, key.digit)
        match key:
            case Key.LEFT | Key.RIGHT:
                return replace(self, in_groups=toward_start(key, view)), None
            case Key.UP | Key.DOWN:
                step = stride(view.held)
                return self._moved(view, step if key is Key.DOWN else -step)
            case Key.CHANNELUP | Key.CHANNELDOWN:
                return self._moved(view, -ROWS if key is Key.CHANNELUP else ROWS)
            case Key.OK if not held:
                return self._choose(view)
            case Key.BACK if self.in_groups:
                return replace(self, in_groups=False), None
            case Key.BACK if view.channel is not None:
                return self, Open(ScreenName.WATCHING)
            case Key.TEXT | Key.BLUE if not held:
                return self, Open(ScreenName.NEWS if key is Key.TEXT else ScreenName.SEARCH)
            case Key.EPG if not held:
                focused = self._focused(view)
                return self, ShowDay(focused.ref) if focused else None
        return self, common(key)

    def _choose(self, view: View) -> tuple[Self, Intent | None]:
        if self.in_groups:
            return replace(self, in_groups=False), None
        channel = self._focused(view)
        if channel is None:
            return self, TryAgain()
        same = view.channel is not None and view.channel.ref == channel.ref
        return self, Open(ScreenName.WATCHING) if same else Watch(channel.ref)

    def _moved(self, view: View, step: int) -> tuple[Self, Intent | None]:
        if self.in_groups:
            return self._move_group(view, step), None
        there = self._move_channel(view, step)
        return there, RestOn(there.focus) if there.focus else None

    def _move_group(self, view: View, step: int) -> Self:
        names = [None, *(group.name for group in view.lists.groups())]
        at = names.index(self.group) if self.group in names else 0
        return replace(self, group=names[moved(view, at, step, len(names))], focus=None)

    def _move_channel(self, view: View, step: int) -> Self:
        count = view.lists.count(self.group)
        if not count:
            return self
        (channel,) = view.lists.channels(moved(view, self._at(view), step, count), 1, self.group)
        return replace(self, focus=channel.ref)

    def _at(self, view: View) -> int:
        place = view.lists.position(self.focus, self.group) if self.focus else None
        return place or 0

    def _focused(self, view: View) -> Channel | None:
        return next(iter(view.lists.channels(self._at(view), 1, self.group)), None)

    def scene(self, view: View) -> Scene:
        """LOOK, channels.png."""
        count = view.lists.count(self.group)
        preview, focused = place_of_preview(view, LIST_X), self._focused(view)
        end = preview.x - 40 if preview else view.width - MARGIN
        return Scene(
            (
                *header(
                    view,
                    _group_name(view, self.group),
                    view.words("channels.count", n=count),
                ),
                *self._groups(view),
                *(self._list(view, count, end) if count else _empty(view)),
                *(playing(view, preview) if preview else ()),
                *(coming(view, preview, focused) if preview and focused else ()),
                *hints(view, _bindings(view, count, focused)),
                *overlays(view),
            ),
            preview,
        )

    def _groups(self, view: View) -> tuple[Item, ...]:
        groups = ((None, view.lists.count()), *((g.name, g.count) for g in view.lists.groups()))
        chosen = next((at for at, (name, _) in enumerate(groups) if name == self.group), 0)
        entries = [Entry(_group_name(view, name), view.words.number(count)) for name, count in groups]
        return edge(view, entries, chosen, focused=self.in_groups)

    def _list(self, view: View, count: int, end: int) -> tuple[Item, ...]:
        first, at = self._first(view, count), self._at(view)
        channels = view.lists.channels(first, ROWS, self.group)
        shown = on_air(view, channels)
        items: list[Item] = []
        for row, channel in enumerate(channels):
            region = Region(LIST_X, CONTENT_TOP + row * _ROW, end - LIST_X, _ROW)
            focused = first + row == at and not self.in_groups
            items += _row(view, region, channel, focused=focused, now=shown.get(channel.ref, NowNext()).now)
        return tuple(items)

    def _first(self, view: View, count: int) -> int:
        """The first row that is seen."""
        return min(max(0, self._at(view) - ROWS // 2 + 1), max(0, count - ROWS))

    def changes_in(self, view: View) -> float | None:
        """When the clock does, or what is on, or the count-down of a lost picture."""
        if view.retry_in is not None:
            return 1.0
        first = self._first(view, view.lists.count(self.group))
        ends = changes_in(view, view.lists.channels(first, ROWS, self.group))
        return min(to_next_minute(view.now), to_next_minute(view.now) if ends is None else ends)


def _bindings(view: View, count: int, focused: Channel | None) -> tuple[Binding, ...]:
    if not count:
        return _NOTHING
    idle = {
        _NEWS: not view.lists.news_count(),
        _GUIDE: focused is None or not (view.guide.has_stations or has_guide(view, focused)),
    }
    return tuple(binding for binding in _BINDINGS if not idle.get(binding))


def _group_name(view: View, group: str | None) -> str:
    return view.words("channels.all") if group is None else group or view.words("channels.other")


def _row(
    view: View, region: Region, channel: Channel, *, focused: bool, now: Programme | None
) -> tuple[Item, ...]:
    ink = Colour.ON_FOCUS if focused else Colour.INK
    faint = Colour.ON_FOCUS if focused else Colour.FAINT
    name_x = region.x + 272
    place = Region(name_x, region.y, region.right - name_x - 60, region.height)
    if now:
        place = place._replace(y=region.y + 6, height=46)
    playing = view.channel is not None and view.channel.ref == channel.ref
    mark_x = name_x + min(view.measure(channel.name, Style.BODY).width, place.width) + 16
    return (
        *((Plate(region, Colour.FOCUS, 14),) if focused else ()),
        Text(
            Region(region.x + 8, region.y, 104, region.height),
            str(channel.number),
            Style.BODY,
            faint,
            Align.END,
        ),
        *logo(view, Region(region.x + 140, region.y + 16, 104, 64), channel, focused=focused),
        Text(place, channel.name, Style.BODY, ink),
        *((Text(place._replace(x=mark_x, width=40), "▶", Style.SMALL, Colour.ACCENT),) if playing else ()),
        *(_now(view, place, now, focused=focused) if now else ()),
    )


def _now(view: View, name: Region, now: Programme, *, focused: bool) -> tuple[Item, ...]:
    """What is on, below the name, over a line that is filled as far as it is."""
    title = Region(name.x, name.y + 44, name.width + 36, 34)
    bar = Region(name.x, name.y + 80, name.width + 36, 4)
    done = view.now.timestamp() - now.start
    return (
        Text(title, now.title, Style.SMALL, Colour.ON_FOCUS if focused else Colour.SOFT),
        *share(bar, done, (now.stop or now.start) - now.start, focused=focused),
    )


def _empty(view: View) -> tuple[Item, ...]:
    region = Region(LIST_X + 40, CONTENT_TOP + 120, view.width - LIST_X - MARGIN - 80, 160)
    words = view.words("channels.none", operator=view.operator)
    return (Text(region, words, Style.BODY, Colour.SOFT, lines=3),)
