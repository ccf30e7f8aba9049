"""A film, looked at closely: what there is to know of it, and how it can be watched."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Self

from stb.messages import Intent, LookAt, Watch
from stb.model import About, Film, FilmDetails, Key, Version
from stb.screens.parts import CONTENT_TOP, MARGIN, poster
from stb.screens.prose import broken, in_lines, scroll_bar, scrolled, stacked, written
from stb.screens.screen import Binding, toward_start
from stb.screens.titles import facts
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Align, Colour, Item, Plate, Style, Text

_POSTER = (360, 540)
_TEXT_X = MARGIN + _POSTER[0] + 48
_TITLE_LINE, _FACT_LINE, _LINE = 86, 44, 48
_TEXT_BOTTOM = 776
_BUTTONS_Y, _BUTTON = 806, 96
_BUTTON_HINTS = (Binding("OK", "hint.choose"), Binding("BACK", "hint.back"))
_LONG_HINTS = (Binding("▲", "hint.read"), *_BUTTON_HINTS)
_READING_HINTS = (Binding("▲▼", "hint.scroll"), Binding("BACK", "hint.back"))
_MINUTE = 60
_LTR = "\N{LEFT-TO-RIGHT MARK}"
"""Around what operators write of ages: ``12+`` is no sum."""


@dataclass(frozen=True, slots=True)
class FilmPage:
    """Which button is focused, which version chosen, how far the text was scrolled."""

    button: int = 0
    version: int = 0
    line: int | None = None
    """First line of the plot that is seen while the viewer reads; None at the buttons."""

    def opened(self) -> Self:
        """Come to again: the version stays chosen."""
        return replace(self, button=0, line=None)

    def press(self, key: Key, view: View, film: Film) -> tuple[Self, Intent | None] | None:
        """LEFT and RIGHT walk over the buttons, OK takes one, UP leads to a long plot; None: not its key."""
        if self.line is not None:
            return self._read(key, view, film, self.line)
        buttons = self._buttons(view, film)
        at = min(self.button, len(buttons) - 1)
        match key:
            case Key.LEFT | Key.RIGHT:
                step = -1 if toward_start(key, view) else 1
                return replace(self, button=(at + step) % len(buttons)), None
            case Key.UP if _last(view, film):
                return replace(self, line=0), None
            case Key.OK | Key.PLAY | Key.PLAYPAUSE:
                intent = buttons[at][1]
                if intent is None:
                    return replace(self, version=self.version + 1), None
                return self, intent
        return None

    def _read(self, key: Key, view: View, film: Film, line: int) -> tuple[Self, Intent | None] | None:
        last, room = _last(view, film), _room(view, film)
        if key in (Key.BACK, Key.OK) or (key is Key.DOWN and line >= last):
            return replace(self, line=None), None
        moved = scrolled(view, key, line, last, room)
        return None if moved is None else (replace(self, line=moved), None)

    def _buttons(self, view: View, film: Film) -> Sequence[tuple[str, Intent | None]]:
        """What each says, and does; without an intent it goes to the next version."""
        words, mark = view.words, view.marked(film.ref)
        versions = _versions(view)
        version = versions[self.version % len(versions)] if versions else None
        item = film._replace(link=version.link) if version else film
        whole: tuple[str, Intent | None] = (words("details.play"), Watch(film.ref, item=item))
        buttons = [whole]
        if mark and not mark.seen:
            position = words("details.continue", position=words.length(mark.position))
            beginning = (words("details.beginning"), whole[1])
            buttons = [(position, Watch(film.ref, mark.position, item=item)), beginning]
        if view.details_failure:
            buttons.insert(0, (words("choice.try_again"), LookAt(film.ref)))
        if version:
            buttons.append((words("details.version", name=version.name), None))
        return buttons

    def scene(self, view: View, film: Film) -> tuple[Item, ...]:
        """The poster at the start, what there is to read beside it, the buttons below."""
        region = Region(MARGIN, CONTENT_TOP, *_POSTER)
        return (
            *poster(view, region, about(view).poster or film.poster, film.name),
            *_head(view, film),
            *self._text(view, film),
            *self._row(view, film),
        )

    def _text(self, view: View, film: Film) -> tuple[Item, ...]:
        lines, room = _plot(view), _room(view, film)
        first = min(self.line or 0, _last(view, film))
        place = _text_place(view, film)
        reading = Region(place.x - 24, place.y - 12, place.width + 24, room * _LINE + 24)
        track = Region(reading.right - 20, place.y, 6, room * _LINE - 12)
        bar = Region(place.x, place.y + 4, 8, _LINE * len(lines) - 8)
        failed = bool(view.details_failure)
        return (
            *((Plate(reading, Colour.PLATE, 16, Colour.FOCUS, 4),) if self.line is not None else ()),
            *((Plate(bar, Colour.GOLD, 4),) if failed and lines else ()),
            *written(
                view,
                place._replace(height=_LINE, x=place.x + 28 * failed, width=place.width - 36 - 28 * failed),
                lines[first : first + room],
                Style.BODY,
                Colour.INK if view.details or failed else Colour.SOFT,
            ),
            *scroll_bar(track, first, room, len(lines)),
        )

    def _row(self, view: View, film: Film) -> tuple[Item, ...]:
        items: list[Item] = []
        x, end = MARGIN, view.width - MARGIN
        buttons = self._buttons(view, film)
        for place, (label, _) in enumerate(buttons):
            width = min(view.measure(label, Style.BODY).width + 72, end - x)
            key = Region(x, _BUTTONS_Y, width, _BUTTON)
            focused = self.line is None and place == min(self.button, len(buttons) - 1)
            items += [
                Plate(key, Colour.FOCUS if focused else Colour.RAISED, 14),
                Text(
                    key.inset(24, 0),
                    label,
                    Style.BODY,
                    Colour.ON_FOCUS if focused else Colour.INK,
                    Align.CENTRE,
                ),
            ]
            x = key.right + 24
        return tuple(items)

    def hints(self, view: View, film: Film) -> tuple[Binding, ...]:
        """What the keys do."""
        if self.line is not None:
            return _READING_HINTS
        return _LONG_HINTS if _last(view, film) else _BUTTON_HINTS


def about(view: View) -> About:
    """What the operator tells; nothing while it has not."""
    return view.details.about if view.details else About()


def _versions(view: View) -> tuple[Version, ...]:
    return view.details.versions if isinstance(view.details, FilmDetails) else ()


def minutes(view: View, seconds: int) -> str:
    """How long something is; empty where nobody says."""
    return view.words("details.minutes", n=max(1, round(seconds / _MINUTE))) if seconds else ""


def credits_of(view: View) -> list[str]:
    """Who made it, a line each."""
    told = about(view)
    made = (("details.director", told.director), ("details.cast", told.cast))
    return [view.words(message, names=names) for message, names in made if names]


def said_instead(view: View) -> str:
    """What stands where the operator's words will be, or are not to be had."""
    failure = view.details_failure
    if failure is None:
        return view.words("details.asking", operator=view.operator)
    gone = failure.kind == "NoSuchItem"
    message = "details.gone" if gone else "details.failed"
    return failure.words or view.words(message, operator=view.operator)


def _head(view: View, film: Film) -> tuple[Item, ...]:
    """Its name, and facts below each other."""
    place = Region(_TEXT_X, CONTENT_TOP - 8, view.width - MARGIN - _TEXT_X, _TITLE_LINE)
    title = in_lines(view, film.name, Style.TITLE, place.width, 2)
    lines = place.moved(0, len(title) * _TITLE_LINE)._replace(height=_FACT_LINE)
    return (
        *stacked(place, title, Style.TITLE),
        *(
            Text(lines.moved(0, row * _FACT_LINE), fact, Style.SECOND, Colour.SOFT)
            for row, fact in enumerate(_facts(view, film))
        ),
    )


def _facts(view: View, film: Film) -> list[str]:
    told = about(view)
    first = [
        *facts(view, told.year or film.year, told.rating or film.rating),
        minutes(view, told.seconds),
        f"{_LTR}{told.age}{_LTR}" if told.age else "",
    ]
    lines = (" · ".join(filter(None, parts)) for parts in (first, (told.genre, told.country)))
    width = view.width - MARGIN - _TEXT_X
    made = (line for one in credits_of(view) for line in in_lines(view, one, Style.SECOND, width, 2))
    return [*filter(None, lines), *made]


def _text_place(view: View, film: Film) -> Region:
    width = view.width - MARGIN - _TEXT_X
    title = in_lines(view, film.name, Style.TITLE, width, 2)
    top = CONTENT_TOP - 8 + len(title) * _TITLE_LINE + len(_facts(view, film)) * _FACT_LINE + 24
    return Region(_TEXT_X, top, width, _TEXT_BOTTOM - top)


def _plot(view: View) -> tuple[str, ...]:
    """The lines of the text; while the operator told nothing, what that means."""
    text = about(view).plot if view.details else said_instead(view)
    return broken(view, text, Style.BODY, view.width - MARGIN - _TEXT_X - 64)


def _room(view: View, film: Film) -> int:
    return _text_place(view, film).height // _LINE


def _last(view: View, film: Film) -> int:
    return max(0, len(_plot(view)) - _room(view, film))
