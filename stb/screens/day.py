"""One channel, day by day: what was on, what is, what will be, and what the operator still keeps of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar, Self

from stb.messages import AskDay, AssignGuide, Intent, Open, ScreenName, Watch
from stb.model import Channel, ChannelRef, Key, PastRef, Programme
from stb.screens.airing import (
    Access,
    access,
    asked_again,
    begins_on,
    day_entry,
    day_told,
    days,
    lacking,
    programmes,
)
from stb.screens.edge import beside, edge
from stb.screens.onair import moment, span
from stb.screens.panel import Panel
from stb.screens.parts import common, header, hints, overlays, share
from stb.screens.prose import scrolled
from stb.screens.screen import Binding, to_next_minute, toward_start
from stb.screens.scrolling import moved, stride
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Item, Plate, Scene, Style, Text

ROWS = 9
_ROW = 84
_HINTS = (Binding("◀", "hint.days"), Binding("CH±", "hint.page"), Binding("BACK", "hint.back"))
_ASSIGN = Binding("YELLOW", "hint.guide_channel")
_READING_HINTS = (Binding("▲▼", "hint.scroll"), Binding("BACK", "hint.list"))
_ACTIONS = {
    Access.KEPT: (Binding("OK", "hint.play"),),
    Access.LIVE: (Binding("OK", "hint.watch"),),
    Access.LIVE_KEPT: (Binding("RED", "hint.live"), Binding("OK", "hint.from_start")),
}

_COLOURS = {
    Access.KEPT: Colour.ACCENT,
    Access.LIVE_KEPT: Colour.ACCENT,
    Access.LIVE: Colour.INK,
}
"""Of the words that say what can be done."""


@dataclass(frozen=True, slots=True)
class Day:
    """Which day is listed, which programme of it is focused, how far its text was scrolled."""

    name: ClassVar[ScreenName] = ScreenName.DAY
    ref: ChannelRef | None = None
    """Of which channel."""
    at: int | None = None
    """When the programme begins that the viewer came for."""
    day: date | None = None
    """None is today."""
    focus: int | None = None
    """When the focused programme begins; None: what is on now, or else the first that begins on the day."""
    in_days: bool = False
    line: int | None = None
    """First line of the text that is seen while the viewer reads."""

    def opened(self, view: View) -> Self:
        """At what is on now or was looked for; come back to from watching, where it was left."""
        ref = view.day.ref if view.day else None
        at = view.day_at
        if (ref, at) == (self.ref, self.at):
            return replace(self, in_days=False, line=None)
        day = view.now.fromtimestamp(at, view.now.tzinfo).date() if at is not None else None
        return replace(self, ref=ref, at=at, day=day, focus=at, in_days=False, line=None)

    def press(self, key: Key, view: View, *, held: bool) -> tuple[Self, Intent | None]:
        """Arrows move, OK watches what can be watched, RED what is on now live, BACK leads back."""
        channel = view.day
        if key in (Key.BACK, Key.EPG) and self.line is None and not self.in_days:
            return self, None if held else Open(view.day_from)
        if key is Key.YELLOW and channel and self.line is None and view.guide.has_stations and not held:
            return self._held(view, channel), AssignGuide(channel.ref)
        answer = self._pressed(key, view, channel, held=held) if channel else None
        return answer or (self, common(key))

    def _pressed(
        self, key: Key, view: View, channel: Channel, *, held: bool
    ) -> tuple[Self, Intent | None] | None:
        if self.line is not None:
            return self._read(key, view, channel, self.line)
        match key:
            case Key.UP | Key.DOWN:
                step = stride(view.held)
                return self._by(view, channel, step if key is Key.DOWN else -step), None
            case Key.CHANNELUP | Key.CHANNELDOWN:
                return self._by(view, channel, -ROWS if key is Key.CHANNELUP else ROWS), None
            case Key.REWIND | Key.FASTFORWARD:
                return self._by_day(view, channel, 1 if key is Key.FASTFORWARD else -1), None
            case Key.LEFT | Key.RIGHT if toward_start(key, view):
                return replace(self, in_days=True), None
            case Key.LEFT | Key.RIGHT | Key.INFO if not self.in_days:
                panel = self._panel(view, channel)
                return (replace(self, line=0) if panel and panel.last(view) else self), None
            case Key.LEFT | Key.RIGHT | Key.INFO | Key.OK | Key.BACK if self.in_days:
                return replace(self, in_days=False), None
            case Key.OK if not held and (again := asked_again(view, channel, self._day(view))):
                return self, again
            case Key.OK | Key.PLAY | Key.PLAYPAUSE | Key.RED if not held:
                return self._held(view, channel), self._watch(view, channel, live=key is Key.RED)
        return None

    def _read(self, key: Key, view: View, channel: Channel, line: int) -> tuple[Self, Intent | None] | None:
        panel = self._panel(view, channel)
        if panel is None or key in (Key.BACK, Key.OK) or toward_start(key, view):
            return replace(self, line=None), None
        there = scrolled(view, key, line, panel.last(view), panel.room(view))
        return None if there is None else (replace(self, line=there), None)

    def _watch(self, view: View, channel: Channel, *, live: bool) -> Watch | None:
        """From the archive, from where it was left; what is on now from its start, if that is kept."""
        programme = self._focused(view, channel)
        what = access(view, channel, programme) if programme else Access.GONE
        if programme is None or (live and what is not Access.LIVE_KEPT):
            return None
        if what is Access.LIVE or live:
            return Watch(channel.ref)
        if what not in (Access.KEPT, Access.LIVE_KEPT):
            return None
        ref = PastRef(channel.ref, programme.start)
        mark = view.marked(ref)
        return Watch(ref, mark.position if mark and not mark.seen else 0.0, item=programme)

    def lacks(self, view: View) -> AskDay | None:
        """What the operator is to be asked before all of the day can be seen."""
        return lacking(view, view.day, self._day(view)) if view.day else None

    def _held(self, view: View, channel: Channel) -> Self:
        """With the focus where it is, whatever will be on when the viewer comes back."""
        programme = self._focused(view, channel)
        return replace(self, day=self._day(view), focus=programme.start) if programme else self

    def _by(self, view: View, channel: Channel, step: int) -> Self:
        if self.in_days:
            return self._by_day(view, channel, step)
        found = programmes(view, channel, self._day(view))
        if not found:
            return self
        at = moved(view, self._at(view, found), step, len(found))
        return replace(self, focus=found[at].start)

    def _by_day(self, view: View, channel: Channel, step: int) -> Self:
        known = days(view, channel)
        at = known.index(self._day(view)) if self._day(view) in known else 0
        return replace(self, day=known[min(max(0, at + step), len(known) - 1)], focus=None)

    def _day(self, view: View) -> date:
        return self.day or view.now.date()

    def _at(self, view: View, found: Sequence[Programme]) -> int:
        now = view.now.timestamp()
        starts = [programme.start for programme in found]
        if self.focus in starts:
            return starts.index(self.focus)
        on_now = (at for at, one in enumerate(found) if one.start <= now < (one.stop or now + 1))
        todays = (at for at, one in enumerate(found) if begins_on(view, one, self._day(view)))
        return next(on_now, next(todays, 0))

    def _focused(self, view: View, channel: Channel) -> Programme | None:
        found = programmes(view, channel, self._day(view))
        return found[self._at(view, found)] if found else None

    def scene(self, view: View) -> Scene:
        """The days, the programmes of one, and what is told of the focused one."""
        channel = view.day
        if channel is None:
            return Scene((*header(view, ""), *hints(view, _HINTS), *overlays(view)))
        known, panel = days(view, channel), self._panel(view, channel)
        chosen = known.index(self._day(view)) if self._day(view) in known else 0
        entries = [day_entry(view, day) for day in known]
        detail = f"{entries[chosen].label} · {entries[chosen].detail}"
        return Scene(
            (
                *header(view, f"{channel.number}  {channel.name}", detail),
                *edge(view, entries, chosen, focused=self.in_days),
                *self._list(view, channel),
                *(panel.scene(view, self.line) if panel else ()),
                *hints(view, self._hints(view, channel)),
                *overlays(view),
            )
        )

    def _hints(self, view: View, channel: Channel) -> tuple[Binding, ...]:
        if self.line is not None:
            return _READING_HINTS
        if not self.in_days and asked_again(view, channel, self._day(view)):
            return (Binding("OK", "choice.try_again"), *_HINTS)
        assign = (_ASSIGN,) if view.guide.has_stations else ()
        programme = None if self.in_days else self._focused(view, channel)
        return (*(_ACTIONS.get(access(view, channel, programme), ()) if programme else ()), *assign, *_HINTS)

    def _list(self, view: View, channel: Channel) -> tuple[Item, ...]:
        found = programmes(view, channel, self._day(view))
        place, _ = beside(view)
        if not found:
            region = Region(place.x + 40, place.y + 120, place.width - 80, 160)
            said = self._said_instead(view, channel)
            return (Text(region, said, Style.BODY, Colour.SOFT, lines=3),)
        at = self._at(view, found)
        first = min(max(0, at - ROWS // 2), max(0, len(found) - ROWS))
        items: list[Item] = []
        for row, programme in enumerate(found[first : first + ROWS]):
            region = Region(place.x, place.y + row * _ROW, place.width, _ROW)
            chosen = first + row == at and not self.in_days
            if chosen:
                items.append(Plate(region, Colour.FOCUS if self.line is None else Colour.PLATE, 14))
            what = access(view, channel, programme)
            items += _row(view, region, programme, what, focused=chosen and self.line is None)
        return tuple(items)

    def _said_instead(self, view: View, channel: Channel) -> str:
        """What stands where no programme is known."""
        told = day_told(view, channel, self._day(view))
        if told.failure:
            return told.failure.words or view.words("details.failed", operator=view.operator)
        asking = told.asking or self.lacks(view) is not None  # as soon as another day is answered
        return view.words("day.asking" if asking else "day.none", operator=view.operator)

    def _panel(self, view: View, channel: Channel) -> Panel | None:
        _, place = beside(view)
        programme = self._focused(view, channel)
        if place is None or programme is None:
            return None
        what = access(view, channel, programme)
        return Panel(
            place=place,
            title=programme.title or view.words("day.untitled"),
            facts=tuple(filter(None, (view.words(what.value), span(view, programme), programme.category))),
            colour=_COLOURS.get(what, Colour.SOFT),
            text="\n".join(filter(None, (programme.subtitle, programme.text))),
        )

    def changes_in(self, view: View) -> float | None:
        """When the clock does."""
        return to_next_minute(view.now)


def _row(
    view: View, region: Region, programme: Programme, what: Access, *, focused: bool
) -> tuple[Item, ...]:
    live = what in (Access.LIVE, Access.LIVE_KEPT)
    ink = Colour.ON_FOCUS if focused else Colour.SOFT if what is Access.GONE else Colour.INK
    x = region.x + 160
    title = Region(x, region.y, region.right - x - 72, region.height)
    mark = Region(region.right - 64, region.y, 40, region.height)
    dot = Region(region.right - 42, region.y + region.height // 2 - 8, 16, 16)
    bar = Region(x, region.bottom - 10, title.width, 4)
    on_for = view.now.timestamp() - programme.start
    lasts = (programme.stop or programme.start) - programme.start
    return (
        Text(
            Region(region.x + 20, region.y, 110, region.height),
            moment(view, programme.start),
            Style.BODY,
            ink if focused else Colour.SOFT,
            Align.END,
        ),
        Text(title, programme.title or view.words("day.untitled"), Style.BODY, ink),
        *((Text(mark, "▶", Style.SMALL, Colour.ACCENT, Align.END),) if what is Access.KEPT else ()),
        *((Plate(dot, Colour.LIVE, 8), *share(bar, on_for, lasts, focused=focused)) if live else ()),
    )
