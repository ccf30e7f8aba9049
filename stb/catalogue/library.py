"""Films and series on the box's own disk: written by the refresh process, read by everyone.

Order is by source, then as the operator has it or as it was chosen. Positions count in that order from 0,
through all sources, and only through what is selected.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Literal

from stb.catalogue.catalogue import Group
from stb.catalogue.fetched import Fetched
from stb.catalogue.genres import read_genres
from stb.catalogue.indexing import FILMS, SERIES, SHELVES, Index
from stb.catalogue.matching import matches
from stb.catalogue.order import WHOLE, read_categories, read_order
from stb.catalogue.remembering import Memory
from stb.catalogue.schema import LIBRARY
from stb.catalogue.shelving import write_shelf
from stb.catalogue.sifting import EVERYTHING, Selection, Sifted, order_of, read_years
from stb.model import Film, FilmId, FilmRef, Series, SeriesId, SeriesRef, SourceId

_Row = tuple[str, str, str, str, str, str, int, float, int, int, str]
_ITEM = """
    SELECT shelf.source, id, item.name, category, link, poster, year, rating, added, adult, genre
    FROM item JOIN shelf ON shelf.key = item.shelf WHERE """


class Library(Fetched):
    """The films and series of all sources; one connection, used by the thread that opened it.

    The verbs that write may raise `CatalogueError`; the others find nothing where the file cannot be read.
    """

    def __init__(self, path: Path, *, in_need: bool = False) -> None:
        """Open the file, or make it; a damaged or newer one is set aside and begun anew, empty.

        Where it cannot be opened, ``in_need`` what can be read of it is held in memory.

        Raises:
            CatalogueError: it cannot be opened.
        """
        super().__init__(path, LIBRARY, in_need=in_need)
        self._shared: sqlite3.Connection | None = None
        """Of the change that is being made."""
        self._sifted = Memory[tuple[str, Selection], Sifted]()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make one change of what is replaced inside: all of it, or nothing; first lists are written once."""
        with self._filling() as connection:
            self._shared = connection
            try:
                yield
            finally:
                self._shared = None

    def replace_films(
        self, source: SourceId, films: Iterable[Film], categories: Sequence[str], edition: str = ""
    ) -> int:
        """Put a source's films in the place of its old ones; readers see the old or the new, whole.

        Args:
            source: whose films they are.
            films: of this source, in its order; read one by one. Of those with the same id the first counts.
            categories: in the operator's order; others follow as they first appear.
            edition: what `edition` is to say from now on.

        Returns:
            How many films there are now.
        """
        rows = ((film.ref.film, film) for film in films)
        with self._changing() as connection:
            return write_shelf(connection, source, "films", rows, categories, edition)

    def replace_series(
        self, source: SourceId, series: Iterable[Series], categories: Sequence[str], edition: str = ""
    ) -> int:
        """Put a source's series in the place of its old ones, as `replace_films`."""
        rows = ((one.ref.series, one) for one in series)
        with self._changing() as connection:
            return write_shelf(connection, source, "series", rows, categories, edition)

    def edition(self, source: SourceId, shelf: str) -> str:
        """What the operator's list was like from which a shelf was filled; empty where nobody can tell."""
        row = self._ask(
            lambda connection: connection.execute(
                "SELECT edition FROM shelf WHERE source = ? AND name = ?", (source, shelf)
            ).fetchone(),
            None,
        )
        return str(row[0]) if row else ""

    def size(self, source: SourceId) -> int:
        """How many films and series there are of a source."""
        row = self._ask(
            lambda connection: connection.execute(
                "SELECT sum(count) FROM shelf WHERE source = ?", (source,)
            ).fetchone(),
            (0,),
        )
        return int(row[0] or 0)

    def _changing(self) -> AbstractContextManager[sqlite3.Connection]:
        return self._filling() if self._shared is None else nullcontext(self._shared)

    def add(self, source: SourceId, found: Iterable[Film | Series]) -> None:
        """Put what is not there yet behind a source's other films and series; until those are replaced."""
        for shelf, items in _on_shelves(found).items():
            with self._database.writing() as connection:
                there = dict(_shelf_of(connection, source, shelf))
                fresh = [(name, one) for name, one in items if name not in there]
                if fresh:
                    categories = list(read_categories(connection, shelf))
                    write_shelf(connection, source, shelf, (*there.items(), *fresh), categories)

    def note_whole(self, source: SourceId, *, whole: bool) -> None:
        """Remember whether a source has no more films and series than are here."""
        with self._database.writing() as connection:
            connection.execute(
                "UPDATE shelf SET cut = ?1 WHERE source = ?2 AND cut != ?1", (not whole, source)
            )

    def whole(self, source: SourceId) -> bool:
        """Whether a source has no more films and series than are here; not while nothing is known of it."""
        row = self._ask(
            lambda connection: connection.execute(
                "SELECT max(cut) FROM shelf WHERE source = ?", (source,)
            ).fetchone(),
            (1,),
        )
        return bool(row[0] == 0)

    def categories(self, shelf: str) -> tuple[Group, ...]:
        """The categories of a shelf that hold something, in the operators' order."""
        return self._ask(
            lambda connection: tuple(
                Group(name=name, count=count) for name, count in read_categories(connection, shelf).items()
            ),
            (),
        )

    def years(self, shelf: str) -> dict[int, int]:
        """The years of which a shelf holds something, the newest first, and how much."""
        nothing: dict[int, int] = {}
        return self._ask(lambda connection: read_years(connection, shelf), nothing)

    def genres(self, shelf: str) -> dict[str, int]:
        """The genres of which a shelf holds something, by name, and how much; an item may be of several."""
        nothing: dict[str, int] = {}
        return self._ask(lambda connection: read_genres(connection, shelf), nothing)

    def count(self, shelf: str, selection: Selection = EVERYTHING) -> int:
        """How many films or series there are."""
        return self._ask(lambda connection: order_of(connection, shelf, selection, self._sifted).total, 0)

    def films(self, first: int, limit: int, selection: Selection = EVERYTHING) -> tuple[Film, ...]:
        """The films from a position on, at most so many."""
        return tuple(map(_film, self._rows("films", first, limit, selection)))

    def series(self, first: int, limit: int, selection: Selection = EVERYTHING) -> tuple[Series, ...]:
        """The series from a position on, at most so many."""
        return tuple(map(_one_series, self._rows("series", first, limit, selection)))

    def film(self, ref: FilmRef) -> Film | None:
        """The film as it is in the lists now; None where it is gone."""
        row = self._ask(lambda connection: _find(connection, ref.source, "films", ref.film), None)
        return _film(row) if row else None

    def one_series(self, ref: SeriesRef) -> Series | None:
        """The series as it is in the lists now; None where it is gone."""
        row = self._ask(lambda connection: _find(connection, ref.source, "series", ref.series), None)
        return _one_series(row) if row else None

    def position(self, ref: FilmRef | SeriesRef, selection: Selection = EVERYTHING) -> int | None:
        """Where a film or a series stands on its shelf; None where it is not there or not selected."""
        shelf: Literal["films", "series"]
        shelf, name = ("films", ref.film) if isinstance(ref, FilmRef) else ("series", ref.series)
        return self._ask(
            lambda connection: order_of(connection, shelf, selection, self._sifted).position(
                ref.source, name
            ),
            None,
        )

    def find_films(self, text: str, limit: int) -> tuple[Film, ...]:
        """The films whose names have words that begin with those of a text, the best first."""
        return self._ask(lambda connection: tuple(map(_film, _found(connection, FILMS, text, limit))), ())

    def find_series(self, text: str, limit: int) -> tuple[Series, ...]:
        """The series, as `find_films`."""
        return self._ask(
            lambda connection: tuple(map(_one_series, _found(connection, SERIES, text, limit))), ()
        )

    def _rows(self, shelf: str, first: int, limit: int, selection: Selection) -> list[_Row]:
        def rows(connection: sqlite3.Connection) -> list[_Row]:
            keys = order_of(connection, shelf, selection, self._sifted).keys(first, limit)
            return [connection.execute(f"{_ITEM} item.key = ?", (key,)).fetchone() for key in keys]

        return self._ask(rows, [])

    def _sources(self, connection: sqlite3.Connection) -> set[SourceId]:
        return {SourceId(source) for (source,) in connection.execute("SELECT DISTINCT source FROM shelf")}

    def _empty(self, connection: sqlite3.Connection, source: SourceId) -> None:
        for shelf in SHELVES:
            write_shelf(connection, source, shelf, (), ())
        connection.execute("DELETE FROM shelf WHERE source = ?", (source,))


def _found(connection: sqlite3.Connection, index: Index, text: str, limit: int) -> list[_Row]:
    found = matches(connection, index, text, limit)
    return [connection.execute(f"{_ITEM} item.key = ?", (key,)).fetchone() for key, _ in found]


def _on_shelves(found: Iterable[Film | Series]) -> dict[str, list[tuple[str, Film | Series]]]:
    shelves: dict[str, list[tuple[str, Film | Series]]] = {}
    for one in found:
        shelf, name = ("films", one.ref.film) if isinstance(one, Film) else ("series", one.ref.series)
        shelves.setdefault(shelf, []).append((name, one))
    return shelves


def _shelf_of(
    connection: sqlite3.Connection, source: SourceId, shelf: str
) -> Iterator[tuple[str, Film | Series]]:
    """All of a shelf in the operator's order, each with its id."""
    made = _film if shelf == "films" else _one_series
    for (key,) in connection.execute(
        "SELECT key FROM shelf WHERE source = ? AND name = ?", (source, shelf)
    ).fetchall():
        for item in read_order(connection, key, WHOLE):
            row = connection.execute(f"{_ITEM} item.key = ?", (item,)).fetchone()
            yield row[1], made(row)


def _find(connection: sqlite3.Connection, source: SourceId, shelf: str, name: str) -> _Row | None:
    row: _Row | None = connection.execute(
        f"{_ITEM} shelf.source = ? AND shelf.name = ? AND item.id = ?", (source, shelf, name)
    ).fetchone()
    return row


def _film(row: _Row) -> Film:
    source, identifier, name, category, link, poster, year, rating, added, adult, genre = row
    return Film(
        ref=FilmRef(SourceId(source), FilmId(identifier)),
        name=name,
        category=category,
        link=link,
        poster=poster,
        year=year,
        rating=rating,
        added=added,
        adult=bool(adult),
        genre=genre,
    )


def _one_series(row: _Row) -> Series:
    source, identifier, name, category, link, poster, year, rating, added, adult, genre = row
    return Series(
        ref=SeriesRef(SourceId(source), SeriesId(identifier)),
        name=name,
        category=category,
        link=link,
        poster=poster,
        year=year,
        rating=rating,
        added=added,
        adult=bool(adult),
        genre=genre,
    )
