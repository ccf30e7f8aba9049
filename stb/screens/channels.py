"""The list of channels, groups at the start edge, the running picture small at the end."""

from dataclasses import dataclass, replace
from typing import ClassVar, Self

from stb.messages import Intent, Open, ScreenName, TryAgain, Watch
from stb.model import Channel, ChannelRef, Key, PlayerState
from stb.screens.digits import typed
from stb.screens.edge import LIST_X, Entry, edge
from stb.screens.parts import CONTENT_TOP, MARGIN, common, header, hints, logo, overlays, trouble
from stb.screens.screen import Binding, View, to_next_minute, toward_start
from stb.screens.scrolling import moved, stride
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Item, Plate, Scene, Style, Text

ROWS = 8
"""Rows of the list seen at once."""
_ROW = 96
_PREVIEW = (480, 270)
_SMALLEST = 300
_NAMES = 720
"""Width of the list below which the small picture gives way."""
_NEWS = Binding("TEXT", "hint.news")
_BINDINGS = (
    Binding("OK", "hint.watch"),
    Binding("CH±", "hint.page"),
    Binding("◀", "hint.groups"),
    _NEWS,
    Binding("BACK", "hint.back"),
)
_NOTHING = (Binding("OK", "choice.try_again"),)
"""An operator without channels can be asked again."""
_WITHOUT_NEWS = tuple(binding for binding in _BINDINGS if binding is not _NEWS)


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
                return self._move(view, step if key is Key.DOWN else -step), None
            case Key.CHANNELUP | Key.CHANNELDOWN:
                return self._move(view, -ROWS if key is Key.CHANNELUP else ROWS), None
            case Key.OK if not held:
                return self._choose(view)
            case Key.BACK if self.in_groups:
                return replace(self, in_groups=False), None
            case Key.BACK if view.channel is not None:
                return self, Open(ScreenName.WATCHING)
            case Key.TEXT if not held:
                return self, Open(ScreenName.NEWS)
        return self, common(key)

    def _choose(self, view: View) -> tuple[Self, Intent | None]:
        if self.in_groups:
            return replace(self, in_groups=False), None
        channel = self._focused(view)
        if channel is None:
            return self, TryAgain()
        same = view.channel is not None and view.channel.ref == channel.ref
        return self, Open(ScreenName.WATCHING) if same else Watch(channel.ref)

    def _move(self, view: View, step: int) -> Self:
        return self._move_group(view, step) if self.in_groups else self._move_channel(view, step)

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
        preview = _preview(view)
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
                *(_playing(view, preview) if preview else ()),
                *hints(view, _bindings(view, count)),
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
        at = self._at(view)
        first = min(max(0, at - ROWS // 2 + 1), max(0, count - ROWS))
        items: list[Item] = []
        for row, channel in enumerate(view.lists.channels(first, ROWS, self.group)):
            region = Region(LIST_X, CONTENT_TOP + row * _ROW, end - LIST_X, _ROW)
            items += _row(view, region, channel, focused=first + row == at and not self.in_groups)
        return tuple(items)

    def changes_in(self, view: View) -> float | None:
        """When the clock does, or the count-down of a lost picture."""
        return 1.0 if view.retry_in is not None else to_next_minute(view.now)


def _bindings(view: View, count: int) -> tuple[Binding, ...]:
    if not count:
        return _NOTHING
    return _BINDINGS if view.lists.news_count() else _WITHOUT_NEWS


def _group_name(view: View, group: str | None) -> str:
    return view.words("channels.all") if group is None else group or view.words("channels.other")


def _row(view: View, region: Region, channel: Channel, *, focused: bool) -> tuple[Item, ...]:
    ink = Colour.ON_FOCUS if focused else Colour.INK
    faint = Colour.ON_FOCUS if focused else Colour.FAINT
    name_x = region.x + 272
    room = region.right - name_x - 60
    name = Text(Region(name_x, region.y, room, region.height), channel.name, Style.BODY, ink)
    playing = view.channel is not None and view.channel.ref == channel.ref
    mark_x = name_x + min(view.measure(channel.name, Style.BODY).width, room) + 16
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
        name,
        *(
            (Text(Region(mark_x, region.y, 40, region.height), "▶", Style.SMALL, Colour.ACCENT),)
            if playing
            else ()
        ),
    )


def _preview(view: View) -> Region | None:
    """Beside the list, as large as names leave room for; nowhere on a narrow screen."""
    width, height = _PREVIEW
    room = view.width - MARGIN - LIST_X - 40 - _NAMES
    if view.channel is None or room < _SMALLEST:
        return None
    width, height = min(width, room), height * min(width, room) // width
    return Region(view.width - MARGIN - width, CONTENT_TOP, width, height)


def _playing(view: View, preview: Region) -> tuple[Item, ...]:
    """What the small picture shows."""
    channel = view.channel
    if channel is None:
        return ()
    top = preview.bottom + 24
    return (
        Text(Region(preview.x, top, preview.width, 56), f"{channel.number}  {channel.name}", Style.STRONG),
        Text(
            Region(preview.x, top + 60, preview.width, 120),
            _shown(view),
            Style.SMALL,
            Colour.SOFT,
            lines=3,
        ),
    )


def _shown(view: View) -> str:
    """What the small picture is, or why it is dark."""
    if view.status.state in (PlayerState.PLAYING, PlayerState.PAUSED):
        return view.words("channels.now_playing")
    return trouble(view) if view.trouble else view.words("watching.tuning")


def _empty(view: View) -> tuple[Item, ...]:
    region = Region(LIST_X + 40, CONTENT_TOP + 120, view.width - LIST_X - MARGIN - 80, 160)
    words = view.words("channels.none", operator=view.operator)
    return (Text(region, words, Style.BODY, Colour.SOFT, lines=3),)
