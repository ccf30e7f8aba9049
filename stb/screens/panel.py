"""What is told of the focused row of a list: its name, facts, and a text that can be scrolled."""

from dataclasses import dataclass

from stb.screens.parts import poster
from stb.screens.prose import broken, in_lines, scroll_bar, stacked, written
from stb.screens.view import View
from stb.ui.geometry import Region
from stb.ui.scene import Colour, Item, Plate, Style, Text

_PADDING = 32
_POSTER = (160, 240)
_TITLE_LINE = 44
_FACT_LINE = 38
_LINE = 42


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """One text on its plate."""

    place: Region
    title: str
    facts: tuple[str, ...] = ()
    """A line each."""
    colour: Colour = Colour.SOFT
    """Of the first fact."""
    text: str = ""
    poster: str | None = None
    """Address of a picture beside the title, which may be empty; None: there is no place for one."""

    def last(self, view: View) -> int:
        """The furthest that the text can be scrolled."""
        return max(0, len(self._lines(view)) - self.room(view))

    def room(self, view: View) -> int:
        """Lines of the text that are seen at once."""
        return (self.place.bottom - _PADDING - self._text(view).y) // _LINE

    def scene(self, view: View, line: int | None) -> tuple[Item, ...]:
        """As it is seen from this line of the text on; None: nobody is reading in it."""
        head, first = self._head, min(line or 0, self.last(view))
        title = self._title(view)
        facts = Region(head.x, head.y + len(title) * _TITLE_LINE + 6, head.width, _FACT_LINE)
        lines, room = self._lines(view), self.room(view)
        track = Region(self.place.right - 20, self.place.y + 32, 6, self.place.height - 64)
        outline = None if line is None else Colour.FOCUS
        return (
            Plate(self.place, Colour.PLATE, 20, outline, 4),
            *self._picture(view),
            *stacked(head._replace(height=_TITLE_LINE), title, Style.STRONG),
            *(
                Text(facts.moved(0, row * _FACT_LINE), fact, Style.SMALL, Colour.SOFT if row else self.colour)
                for row, fact in enumerate(self.facts)
            ),
            *written(view, self._text(view), lines[first : first + room], Style.SECOND),
            *scroll_bar(track, first, room, len(lines)),
        )

    @property
    def _inside(self) -> Region:
        return self.place.inset(_PADDING)

    @property
    def _head(self) -> Region:
        inside = self._inside
        if self.poster is None:
            return inside
        taken = _POSTER[0] + 24
        return inside._replace(x=inside.x + taken, width=inside.width - taken)

    def _title(self, view: View) -> tuple[str, ...]:
        return in_lines(view, self.title, Style.STRONG, self._head.width, 3)

    def _lines(self, view: View) -> tuple[str, ...]:
        return broken(view, self.text, Style.SECOND, self._inside.width)

    def _text(self, view: View) -> Region:
        """Where the first line of the text stands."""
        inside = self._inside
        told = len(self._title(view)) * _TITLE_LINE + 6 + len(self.facts) * _FACT_LINE
        top = inside.y + max(told, _POSTER[1] if self.poster is not None else 0) + 24
        return Region(inside.x, top, inside.width, _LINE)

    def _picture(self, view: View) -> tuple[Item, ...]:
        if self.poster is None:
            return ()
        return poster(
            view, self._inside._replace(width=_POSTER[0], height=_POSTER[1]), self.poster, self.title
        )
