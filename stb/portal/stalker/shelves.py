"""Films and series as rows of the genuine portal: one shelf for both.

Series come in its two shapes: one row with ``series`` (numbers of episodes) where there is one season,
rows within rows (seasons, episodes, files) where there are several.
"""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from stb.portal.library import Category, Episode, Film, Library, Series, Shelf
from stb.portal.macs import Mac
from stb.portal.stalker.asked import Asked, Json, digits, paged

PAGE = 14
_FILES_EACH = 10
"""A file's number is that of what it is of, and one digit more."""
_EVERY = "*"
Key = Callable[[Json], Any]
_LANGUAGES = {"eng": "English", "ara": "Arabic"}
_WEEK = 7


def file_of(number: int) -> int:
    """The number of the film or episode that a file belongs to."""
    return number // _FILES_EACH


class Shelves:
    """What a portal lends, to one box."""

    def __init__(self, library: Library, now: datetime) -> None:
        """Read from this library."""
        self._library = library
        self._now = now

    def categories(self) -> list[Json]:
        """The answer of ``get_categories``."""
        rows = [
            {"id": str(each.id), "title": each.name, "alias": each.name.lower()} for each in self._shelves()
        ]
        return [{**each, "censored": 0} for each in ({"id": _EVERY, "title": "All", "alias": _EVERY}, *rows)]

    def years(self) -> list[Json]:
        """The answer of ``get_years``."""
        years = sorted({row["year"] for row in self._titles(None) if row["year"]}, reverse=True)
        return [{"id": _EVERY, "title": _EVERY}, *({"id": year, "title": year} for year in years)]

    def letters(self) -> list[Json]:
        """The answer of ``get_abc``."""
        letters = sorted({row["name"][0].upper() for row in self._titles(None)})
        return [{"id": _EVERY, "title": _EVERY}, *({"id": each, "title": each} for each in letters)]

    def genres(self, alias: str) -> list[Json]:
        """The answer of ``get_genres_by_category_alias``: those of a category, or of all of them."""
        categories = {each["id"] for each in self.categories() if alias in {"", _EVERY, each["alias"]}}
        rows = [row for row in self._titles(None) if categories & {row["category_id"], _EVERY}]
        there = {genre for row in rows for genre in _genres(row)}
        numbered = ((number, name) for name, number in self._genre_numbers().items() if name in there)
        return [
            {"id": _EVERY, "title": _EVERY},
            *({"id": number, "title": name} for number, name in numbered),
        ]

    def _genre_numbers(self) -> dict[str, str]:
        """The numbers of genres, by name."""
        names = dict.fromkeys(genre for row in self._titles(None) for genre in _genres(row))
        return {name: str(number) for number, name in enumerate(names, 1)}

    def page(self, asked: Asked, mac: Mac | None) -> Json:
        """The answer of ``get_ordered_list``, at whatever depth it is asked for."""
        if asked.truth("movie_id"):
            return paged(self._within(asked), max(1, asked.number("p")), PAGE)
        numbers = self._genre_numbers()
        genre = next((name for name, number in numbers.items() if number == asked.text("genre")), _EVERY)
        rows = [row for row in self._titles(mac) if _wanted(row, asked, genre)]
        return paged(_sorted(rows, asked.text("sortby")), max(1, asked.number("p")), PAGE)

    # --- within a title -----------------------------------------------------------------------

    def _within(self, asked: Asked) -> list[Json]:
        number = asked.number("movie_id")
        film, series = self._library.film(number), self._library.one_series(number)
        if film is not None:
            return _files(film)
        if series is None:
            return []
        episodes = self._library.episodes(series.id)
        season, episode = asked.text("season_id"), asked.number("episode_id")
        if season in {"", "0"}:
            return _seasons(series, episodes)
        if not episode:
            return [_episode(each) for each in episodes if season_id(each) == season]
        return [row for each in episodes if each.id == episode for row in _files(each)]

    # --- titles -------------------------------------------------------------------------------

    def _shelves(self) -> tuple[Category, ...]:
        library = self._library
        return (*library.categories(Shelf.FILMS), *library.categories(Shelf.SERIES))

    def _titles(self, mac: Mac | None) -> list[Json]:
        films = {each.name: str(each.id) for each in self._library.categories(Shelf.FILMS)}
        series = {each.name: str(each.id) for each in self._library.categories(Shelf.SERIES)}
        favourites = mac.favourite_films if mac is not None else ()
        rows = [
            *(self._film(each, films.get(each.category, "")) for each in self._library.films()),
            *(self._series(each, series.get(each.category, "")) for each in self._library.series()),
        ]
        return [row | {"fav": int(int(row["id"]) in favourites)} for row in rows]

    def _film(self, each: Film, category: str) -> Json:
        in_files = has_files(each)
        return self._title(each, category, each.added) | {
            "time": str(each.seconds // 60) if each.seconds else "0",
            "year": str(each.year) if each.year else "",
            "age": each.age,
            "country": each.country,
            "cmd": "" if in_files else f"/media/{each.id}.mpg",
            "has_files": len(_files(each)) if in_files else 0,
            "series": [],
            "is_series": 0,
        }

    def _series(self, each: Series, category: str) -> Json:
        episodes = self._library.episodes(each.id)
        in_one_row = is_one_row(episodes)
        return self._title(each, category, each.modified) | {
            "time": "2",
            "year": each.released[:4],
            "age": "",
            "country": "",
            "cmd": f"/media/{each.id}.mpg" if in_one_row else "",
            "has_files": 0 if in_one_row else len(episodes),
            "series": [episode.number for episode in episodes] if in_one_row else [],
            "is_series": int(not in_one_row),
        }

    def _title(self, each: Film | Series, category: str, added: int) -> Json:
        came = datetime.fromtimestamp(added, UTC)
        return {
            "id": str(each.id),
            "owner": "",
            "name": each.name,
            "old_name": "",
            "o_name": each.name,
            "fname": "",
            "description": each.plot,
            "pic": "",
            "cost": "0",
            "file": "",
            "path": str(each.id),
            "protocol": "",
            "rtsp_url": "",
            "censored": "0",
            "lock": 0,
            "hd": "1",
            "volume_correction": "0",
            "director": each.director,
            "actors": each.actors,
            "category_id": category,
            "genres_str": each.genre,
            "rating_imdb": f"{each.rating:g}" if each.rating else "",
            "rating_kinopoisk": "",
            "kinopoisk_id": "",
            "status": "1",
            "accessed": "1",
            "added": f"{came:%Y-%m-%d %H:%M:%S}",
            _since(came.date(), self._now.date()): "added",
            "screenshot_uri": f"/stalker_portal/screenshots/{-(-each.id // 100)}/{each.id}.jpg",
            "cur_series": 0,
            "position": 0,
            "for_rent": 0,
            "low_quality": 0,
            "disable_for_hd_devices": "0",
        }


def has_files(film: Film) -> bool:
    """Whether a film is played by one of its files and not by its row: where there is a choice."""
    return bool(film.languages)


def is_one_row(episodes: tuple[Episode, ...]) -> bool:
    """Whether a series is one row with numbers of episodes."""
    return len({episode.season for episode in episodes}) == 1


def season_id(episode: Episode) -> str:
    """The number of its season among all seasons."""
    return str(episode.series * 100 + episode.season)


def _since(day: date, today: date) -> str:
    """How long it has been there, which portals say by a key's name."""
    days = (today - day).days
    return "today" if days <= 0 else "yesterday" if days == 1 else "week_and_more"


def _genres(row: Json) -> list[str]:
    return [name for name in row["genres_str"].split(", ") if name]


def _wanted(row: Json, asked: Asked, genre: str) -> bool:
    words = asked.text("search").lower()
    found = (row[name].lower() for name in ("name", "o_name", "actors", "director", "year"))
    return (
        asked.text("category") in {"", "0", _EVERY, row["category_id"]}
        and (genre == _EVERY or genre in _genres(row))
        and asked.text("years") in {"", "0", _EVERY, row["year"]}
        and asked.text("abc") in {"", "0", _EVERY, row["name"][0].upper()}
        and (not words or any(words in text for text in found))
        and (not asked.truth("fav") or row["fav"] == 1)
        and (not asked.truth("hd") or row["hd"] == "1")
    )


def _sorted(rows: list[Json], by: str) -> list[Json]:
    keys: dict[str, Key] = {
        "name": lambda row: row["name"],
        "rating": lambda row: -float(row["rating_imdb"] or 0),
        "top": lambda row: -float(row["rating_imdb"] or 0),
        "added": lambda row: -_moment(row["added"]),
    }
    return sorted(rows, key=keys[by]) if by in keys else rows


def _moment(text: str) -> int:
    return digits("".join(letter for letter in text if letter.isdecimal()))


def _seasons(series: Series, episodes: tuple[Episode, ...]) -> list[Json]:
    first = {episode.season: episode for episode in reversed(episodes)}
    return [
        {
            "id": season_id(episode),
            "video_id": str(series.id),
            "name": f"Season {season}" if season else "Specials",
            "season_number": str(season),
            "season_name": "",
            "season_original_name": "",
            "season_series": sum(each.season == season for each in episodes),
            "is_season": True,
        }
        for season, episode in sorted(first.items())
    ]


def _episode(each: Episode) -> Json:
    return {
        "id": str(each.id),
        "season_id": season_id(each),
        "series_number": str(each.number),
        "series_name": each.name,
        "name": f"Episode {each.number}. {each.name}",
        "series": [],
        "cmd": "",
        "time": str(each.seconds // 60),
        "date_add": f"{datetime.fromtimestamp(each.added, UTC):%Y-%m-%d %H:%M:%S}",
        "has_files": 1,
        "is_episode": True,
    }


def _files(each: Film | Episode) -> list[Json]:
    languages = each.languages.split(",") if isinstance(each, Film) else []
    names = [_LANGUAGES.get(language, "English") for language in languages if language] or ["English"]
    return [
        {
            "id": str(each.id * _FILES_EACH + place),
            "video_id": str(each.id),
            "name": f"{name} / 720p",
            "languages": name,
            "quality": "5",
            "file_type": "video",
            "protocol": "",
            "url": "",
            "cmd": f"/media/file_{each.id * _FILES_EACH + place}.mpg",
            "is_file": True,
        }
        for place, name in enumerate(names, 1)
    ]
