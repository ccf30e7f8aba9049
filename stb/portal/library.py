"""Films and series an operator lends, and the categories that they and its channels stand in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from stb.portal.books import Books
from stb.portal.nouns import Delivery, PortalChannel
from stb.portal.placements import Content, Placements

SCHEMA = """
CREATE TABLE category (
    id INTEGER PRIMARY KEY,
    shelf TEXT NOT NULL,
    name TEXT NOT NULL
) STRICT;
CREATE TABLE film (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    category TEXT NOT NULL,
    year INTEGER NOT NULL,
    seconds INTEGER NOT NULL,
    extension TEXT NOT NULL,
    genre TEXT NOT NULL,
    director TEXT NOT NULL,
    actors TEXT NOT NULL,
    country TEXT NOT NULL,
    age TEXT NOT NULL,
    rating REAL NOT NULL,
    plot TEXT NOT NULL,
    added INTEGER NOT NULL,
    languages TEXT NOT NULL,
    link TEXT NOT NULL
) STRICT;
CREATE TABLE series (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    category TEXT NOT NULL,
    released TEXT NOT NULL,
    genre TEXT NOT NULL,
    director TEXT NOT NULL,
    actors TEXT NOT NULL,
    rating REAL NOT NULL,
    plot TEXT NOT NULL,
    modified INTEGER NOT NULL
) STRICT;
CREATE TABLE episode (
    id INTEGER PRIMARY KEY,
    series INTEGER NOT NULL,
    season INTEGER NOT NULL,
    number INTEGER NOT NULL,
    name TEXT NOT NULL,
    seconds INTEGER NOT NULL,
    extension TEXT NOT NULL,
    plot TEXT NOT NULL,
    aired TEXT NOT NULL,
    added INTEGER NOT NULL
) STRICT
"""
_FIRST_UNLISTED = 900
"""Categories that only a person's own channels and films have are numbered from here."""


class Shelf(StrEnum):
    """What a category is for, in the words of the protocol."""

    LIVE = "live"
    FILMS = "movie"
    SERIES = "series"


@dataclass(frozen=True, slots=True, kw_only=True)
class Category:
    """What viewers choose from first."""

    id: int
    shelf: str
    """A `Shelf`."""
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Film:
    """One film."""

    id: int
    name: str
    category: str
    """Name of its `Category`."""
    year: int
    seconds: int
    """How long it is; 0 where nobody measured it."""
    extension: str
    """How its file's name ends: ``mp4``, ``mkv``."""
    genre: str
    director: str
    actors: str
    country: str
    age: str
    """From which age on, as the operator writes it."""
    rating: float
    """Out of ten."""
    plot: str
    added: int
    """Seconds since 1970."""
    languages: str = ""
    """Codes (ISO 639-2) of its sounds and subtitles, joined by commas; empty: one sound, no subtitles."""
    link: str = ""
    """Path of a person's own file; empty where the portal makes the picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """One series."""

    id: int
    name: str
    category: str
    released: str
    """Day it was first seen: ``2021-09-14``."""
    genre: str
    director: str
    actors: str
    rating: float
    plot: str
    modified: int
    """Seconds since 1970."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Episode:
    """One episode of a series."""

    id: int
    series: int
    season: int
    """0: specials."""
    number: int
    """Within its season, from 1."""
    name: str
    seconds: int
    extension: str
    plot: str
    aired: str
    """Day: ``2021-09-14``."""
    added: int


class Library:
    """What stands on the operator's shelves, and what a person has of their own."""

    def __init__(self, books: Books, own: Sequence[PortalChannel] = ()) -> None:
        """Read these books; ``own`` films stand behind the operator's."""
        self._books = books
        self._placements = Placements(books)
        self._own = tuple(_own_film(channel) for channel in own if channel.delivery == Delivery.FILE)

    def categories(self, shelf: Shelf, used: Iterable[str] = ()) -> tuple[Category, ...]:
        """The categories of a shelf in the operator's order, then those ``used`` that it does not list."""
        rows = self._books.rows("SELECT * FROM category WHERE shelf = ? ORDER BY id", shelf)
        known = tuple(Category(**row) for row in rows)
        if shelf is Shelf.FILMS:
            used = (film.category for film in self._own)
        names = {each.name for each in known}
        more = dict.fromkeys(name for name in used if name not in names)
        return (
            *known,
            *(Category(id=id_, shelf=shelf, name=name) for id_, name in enumerate(more, _FIRST_UNLISTED)),
        )

    def films(self) -> tuple[Film, ...]:
        """Every film, in the order of its number."""
        gone = self._placements.gone(Content.MOVIE)
        films = *(Film(**row) for row in self._books.rows("SELECT * FROM film ORDER BY id")), *self._own
        return tuple(film for film in films if film.id not in gone)

    def film(self, number: int) -> Film | None:
        """One film, or None."""
        return next((film for film in self.films() if film.id == number), None)

    def series(self) -> tuple[Series, ...]:
        """Every series, in the order of its number."""
        return tuple(Series(**row) for row in self._books.rows("SELECT * FROM series ORDER BY id"))

    def one_series(self, number: int) -> Series | None:
        """One series, or None."""
        return next((series for series in self.series() if series.id == number), None)

    def episodes(self, series: int) -> tuple[Episode, ...]:
        """The episodes of a series by season and number, specials first."""
        rows = self._books.rows("SELECT * FROM episode WHERE series = ? ORDER BY season, number", series)
        gone = self._placements.gone(Content.EPISODE)
        return tuple(Episode(**row) for row in rows if row["id"] not in gone)

    def episode(self, number: int) -> Episode | None:
        """One episode, or None."""
        rows = self._books.rows("SELECT * FROM episode WHERE id = ?", number)
        gone = self._placements.gone(Content.EPISODE)
        return Episode(**rows[0]) if rows and number not in gone else None


def _own_film(channel: PortalChannel) -> Film:
    return Film(
        id=channel.id,
        name=channel.name,
        category=channel.category,
        year=0,
        seconds=0,
        extension=Path(channel.link).suffix.lstrip(".").lower(),
        genre="",
        director="",
        actors="",
        country="",
        age="",
        rating=0.0,
        plot="",
        added=0,
        link=channel.link,
    )
