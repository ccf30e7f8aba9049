"""A series, looked at closely: its seasons at the start edge, their episodes, what is told of each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from stb.messages import Intent, LookAt, Watch
from stb.model import Episode, EpisodeRef, Key, Season, Series, SeriesDetails
from stb.screens.edge import Entry, beside, edge
from stb.screens.film import about, credits_of, minutes, said_instead
from stb.screens.panel import Panel
from stb.screens.parts import MARGIN, share
from stb.screens.prose import broken, scrolled, written
from stb.screens.screen import Binding, toward_start
from stb.screens.scrolling import moved, stride
from stb.screens.titles import facts
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Item, Plate, Style, Text

ROWS = 8
_ROW = 96
_HINTS = (
    Binding("RED", "hint.from_start"),
    Binding("OK", "hint.play"),
    Binding("◀", "hint.seasons"),
    Binding("BACK", "hint.back"),
)
_SEASON_HINTS = (Binding("OK", "hint.choose"), Binding("BACK", "hint.back"))
_READING_HINTS = (Binding("▲▼", "hint.scroll"), Binding("BACK", "hint.list"))
_NOTHING = (Binding("OK", "choice.try_again"), Binding("BACK", "hint.back"))
_WAITING = (Binding("BACK", "hint.back"),)


@dataclass(frozen=True, slots=True)
class SeriesPage:
    """Which season is listed, what is focused, how far the text was scrolled."""

    season: int | None = None
    """None: that of the episode to go on with, which is focused then."""
    focus: EpisodeRef | None = None
    """None: the season's first."""
    in_seasons: bool = False
    line: int | None = None
    """First line of the text that is seen while the viewer reads."""

    def opened(self) -> Self:
        """At the episode to go on with."""
        return replace(self, season=None, focus=None, in_seasons=False, line=None)

    def placed(self, view: View) -> Self:
        """With the season and the episode to go on with, where the viewer has not moved yet."""
        seasons = _seasons(view)
        if self.season is not None or not seasons:
            return self
        onward = go_on_with(view, seasons)
        return replace(self, season=onward.season, focus=onward.ref)

    def press(self, key: Key, view: View, series: Series) -> tuple[Self, Intent | None] | None:
        """Arrows move, OK plays and RED plays from the beginning; None: not its key."""
        seasons = _seasons(view)
        if not seasons:
            again = key is Key.OK and view.details_failure is not None
            return (self, LookAt(series.ref)) if again else None
        if self.line is not None:
            return self._read(key, view, series, self.line)
        return self._move(key, view, seasons) or self._act(key, view, seasons)

    def _move(self, key: Key, view: View, seasons: Sequence[Season]) -> tuple[Self, Intent | None] | None:
        match key:
            case Key.UP | Key.DOWN:
                step = stride(view.held)
                return self._by(view, seasons, step if key is Key.DOWN else -step), None
            case Key.CHANNELUP | Key.CHANNELDOWN:
                return self._by(view, seasons, -ROWS if key is Key.CHANNELUP else ROWS), None
            case Key.LEFT | Key.RIGHT if toward_start(key, view):
                return replace(self, in_seasons=True), None
            case Key.LEFT | Key.RIGHT if self.in_seasons:
                return replace(self, in_seasons=False), None
        return None

    def _act(self, key: Key, view: View, seasons: Sequence[Season]) -> tuple[Self, Intent | None] | None:
        series = view.looked_at
        match key:
            case Key.LEFT | Key.RIGHT | Key.INFO if isinstance(series, Series):
                panel = self._panel(view, series)
                return (replace(self, line=0) if panel and panel.last(view) else self), None
            case Key.OK | Key.BACK if self.in_seasons:
                return replace(self, in_seasons=False), None
            case Key.OK | Key.PLAY | Key.PLAYPAUSE:
                return self, _watch(view, seasons, self._episode(seasons), from_start=False)
            case Key.RED:
                return self, _watch(view, seasons, self._episode(seasons), from_start=True)
        return None

    def _read(self, key: Key, view: View, series: Series, line: int) -> tuple[Self, Intent | None] | None:
        panel = self._panel(view, series)
        if panel is None or key in (Key.BACK, Key.OK) or toward_start(key, view):
            return replace(self, line=None), None
        there = scrolled(view, key, line, panel.last(view), panel.room(view))
        return None if there is None else (replace(self, line=there), None)

    def _season(self, seasons: Sequence[Season]) -> Season:
        """The one that is listed."""
        return next((one for one in seasons if one.number == self.season), seasons[0])

    def _at(self, seasons: Sequence[Season]) -> int:
        """Where the focused episode stands in it."""
        refs = [episode.ref for episode in self._season(seasons).episodes]
        return refs.index(self.focus) if self.focus in refs else 0

    def _episode(self, seasons: Sequence[Season]) -> Episode:
        return self._season(seasons).episodes[self._at(seasons)]

    def _by(self, view: View, seasons: Sequence[Season], step: int) -> Self:
        season = self._season(seasons)
        if self.in_seasons:
            at = moved(view, seasons.index(season), step, len(seasons))
            return replace(self, season=seasons[at].number, focus=None)
        at = moved(view, self._at(seasons), step, len(season.episodes))
        return replace(self, season=season.number, focus=season.episodes[at].ref)

    def scene(self, view: View, series: Series) -> tuple[Item, ...]:
        """The seasons, the episodes of one, and what is told."""
        seasons, panel = _seasons(view), self._panel(view, series)
        told = panel.scene(view, self.line) if panel else ()
        if not seasons:
            return (*_nothing(view), *told)
        chosen = seasons.index(self._season(seasons))
        entries = [_entry(view, season) for season in seasons]
        return (
            *edge(view, entries, chosen, focused=self.in_seasons),
            *self._list(view, series, seasons),
            *told,
        )

    def _list(self, view: View, series: Series, seasons: Sequence[Season]) -> tuple[Item, ...]:
        season = self._season(seasons)
        at, count = self._at(seasons), len(season.episodes)
        first = min(max(0, at - ROWS // 2 + 1), max(0, count - ROWS))
        place, _ = beside(view)
        items: list[Item] = []
        for row, episode in enumerate(season.episodes[first : first + ROWS]):
            region = Region(place.x, place.y + row * _ROW, place.width, _ROW)
            focused = first + row == at and not self.in_seasons and self.line is None
            if first + row == at:
                items.append(Plate(region, Colour.FOCUS if focused else Colour.PLATE, 14))
            items += _row(view, region, episode, called(episode, series), focused=focused)
        return tuple(items)

    def _panel(self, view: View, series: Series) -> Panel | None:
        _, place = beside(view)
        seasons = _seasons(view)
        if place is None or self.in_seasons or not seasons:
            return _of_series(view, series)
        episode = self._episode(seasons)
        return Panel(
            place=place,
            title=called(episode, series),
            facts=tuple(filter(None, (_numbers(view, episode), minutes(view, episode.seconds)))),
            text=episode.plot or about(view).plot,
            poster=episode.poster or about(view).poster or series.poster,
        )

    def hints(self, view: View) -> tuple[Binding, ...]:
        """What the keys do."""
        if self.line is not None:
            return _READING_HINTS
        if _seasons(view):
            return _SEASON_HINTS if self.in_seasons else _HINTS
        return _NOTHING if view.details_failure else _WAITING


def go_on_with(view: View, seasons: Sequence[Season]) -> Episode:
    """The episode the viewer is in the middle of, or the one after the one seen last; else the first."""
    episodes = [episode for season in seasons for episode in season.episodes]
    marks = [(mark.at, at, mark.seen) for at, one in enumerate(episodes) if (mark := view.marked(one.ref))]
    if not marks:
        return episodes[0]
    _, at, seen = max(marks)
    return episodes[min(at + seen, len(episodes) - 1)]


def called(episode: Episode, series: Series) -> str:
    """Its own name; many an operator puts that of the series and the numbers before it."""
    own = re.sub(rf"^{re.escape(series.name)}\W*S\d+\W*E\d+\W+", "", episode.name, flags=re.IGNORECASE)
    return own or episode.name


def season_name(view: View, season: Season) -> str:
    """As the operator calls it, or by its number."""
    if season.name:
        return season.name
    number = view.words.figures(str(season.number))
    return view.words("details.season", number=number) if season.number else view.words("details.specials")


def _numbers(view: View, episode: Episode) -> str:
    if not (episode.season and episode.number):
        return ""
    figures = view.words.figures
    return view.words(
        "details.episode", season=figures(str(episode.season)), number=figures(str(episode.number))
    )


def _seasons(view: View) -> tuple[Season, ...]:
    return view.details.seasons if isinstance(view.details, SeriesDetails) else ()


def _watch(view: View, seasons: Sequence[Season], episode: Episode, *, from_start: bool) -> Watch:
    """From where the viewer left it, with the episodes that follow; specials follow none but specials."""
    episodes = [one for season in seasons for one in season.episodes]
    after = episodes[[one.ref for one in episodes].index(episode.ref) + 1 :]
    then = tuple(one for one in after if bool(one.season) == bool(episode.season))
    mark = view.marked(episode.ref)
    at = mark.position if mark and not mark.seen and not from_start else 0.0
    return Watch(episode.ref, at, item=episode, then=then)


def _entry(view: View, season: Season) -> Entry:
    return Entry(season_name(view, season), view.words.number(len(season.episodes)))


def _row(view: View, region: Region, episode: Episode, name: str, *, focused: bool) -> tuple[Item, ...]:
    ink, soft = (Colour.ON_FOCUS, Colour.ON_FOCUS) if focused else (Colour.INK, Colour.SOFT)
    mark, length = view.marked(episode.ref), minutes(view, episode.seconds)
    inside = Region(region.x + 112, region.y + 6, region.width - 112 - 28, region.height - 12)
    upper = inside._replace(width=inside.width - 56, height=44 if length else inside.height)
    number = view.words.figures(str(episode.number)) if episode.number else "·"
    bar = Region(inside.x, region.bottom - 8, inside.width, 4)
    tick = Region(inside.right - 40, inside.y, 40, inside.height)
    return (
        Text(Region(region.x + 16, region.y, 72, region.height), number, Style.BODY, soft, Align.END),
        Text(upper, name, Style.BODY, ink),
        *((Text(upper.moved(0, 44)._replace(height=34), length, Style.SMALL, soft),) if length else ()),
        *((Text(tick, "✓", Style.BODY, Colour.ACCENT, Align.END),) if mark and mark.seen else ()),
        *(share(bar, mark.position, mark.duration, focused=focused) if mark and not mark.seen else ()),
    )


def _of_series(view: View, series: Series) -> Panel | None:
    _, place = beside(view)
    if place is None:
        return None
    told = about(view)
    years = facts(view, told.year or series.year, told.rating or series.rating)
    return Panel(
        place=place,
        title=series.name,
        facts=tuple(filter(None, (" · ".join(years), told.genre))),
        text="\n".join(filter(None, (told.plot, *credits_of(view)))),
        poster=told.poster or series.poster,
    )


def _nothing(view: View) -> tuple[Item, ...]:
    """While there are no episodes: that the operator is asked, or what it said."""
    place, _ = beside(view)
    words = view.words("details.no_episodes", operator=view.operator) if view.details else said_instead(view)
    failed = view.details_failure is not None
    text = Region(MARGIN + 28, place.y + 120, place.right - MARGIN - 68, 48)
    lines = broken(view, words, Style.BODY, text.width)
    return (
        *((Plate(Region(MARGIN, text.y + 4, 8, 48 * len(lines) - 8), Colour.GOLD, 4),) if failed else ()),
        *written(view, text, lines, Style.BODY, Colour.INK if failed else Colour.SOFT),
    )
