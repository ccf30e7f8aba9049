"""What a shelf of the library is sifted by, the entries at its start edge, and what it is in order by."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from stb.model import Sorting
from stb.screens.edge import Entry
from stb.screens.view import View

Value = str | int | None
"""A category, a year, a genre; None: all of them."""


class Column(StrEnum):
    """What stands at the edge; each is called like the field of a shelf's screen that it sets."""

    CATEGORY = "category"
    YEAR = "year"
    GENRE = "genre"


HINTS = {
    Column.CATEGORY: "hint.categories",
    Column.YEAR: "hint.years",
    Column.GENRE: "hint.genres",
}
ORDERS = {
    Sorting.OPERATOR: "shelf.operator",
    Sorting.NEWEST: "shelf.newest",
    Sorting.NAME: "shelf.name",
    Sorting.RATING: "shelf.rating",
    Sorting.YEAR: "shelf.year",
}


def after(sorting: Sorting) -> Sorting:
    """The next order of all there are."""
    every = list(Sorting)
    return every[(every.index(sorting) + 1) % len(every)]


def next_column(view: View, shelf: str, column: Column) -> Column:
    """The next one in which there is something; the categories are always there."""
    every = list(Column)
    at = every.index(column)
    return next(
        one for one in (*every[at + 1 :], *every) if one is Column.CATEGORY or _counts(view, shelf, one)
    )


def values(view: View, shelf: str, column: Column) -> Sequence[Value]:
    """What can be chosen, all first."""
    return [None, *_counts(view, shelf, column)]


def entries(view: View, shelf: str, column: Column, every: str) -> list[Entry]:
    """The same as it is shown; ``every`` is what all of the shelf are called."""
    counts = _counts(view, shelf, column)
    called: Callable[[object], str] = str
    total, name = view.library.count(shelf), every
    match column:
        case Column.CATEGORY:
            called = lambda value: str(value) or view.words("channels.other")  # noqa: E731
        case Column.YEAR:
            called = lambda value: view.words.figures(str(value))  # noqa: E731
            total, name = sum(counts.values()), view.words("shelf.all_years")
        case Column.GENRE:
            name = view.words("shelf.all_genres")
    shown = ((called(value), count) for value, count in counts.items())
    return [Entry(label, view.words.number(count)) for label, count in ((name, total), *shown)]


def _counts(view: View, shelf: str, column: Column) -> dict[str | int, int]:
    """How much there is of each."""
    match column:
        case Column.CATEGORY:
            return {group.name: group.count for group in view.library.categories(shelf)}
        case Column.YEAR:
            return dict(view.library.years(shelf).items())
        case Column.GENRE:
            return dict(view.library.genres(shelf).items())
