"""Films, and series in a shape of their own: a row for each season (the protocol's shape 3)."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from typing import Any

from stb.portal.library import Episode, Film, Series, Shelf
from stb.portal.macs import Mac
from stb.portal.stalker.asked import Asked, Json, digits, paged
from stb.portal.stalker.links import Links
from stb.portal.world import World

PAGE = 14


class PanelShelves:
    """Over one world."""

    def __init__(self, world: World, links: Links) -> None:
        """Lend what ``world`` has."""
        self._world = world
        self._links = links

    def actions(self) -> dict[tuple[str, str], Callable[[Asked, Mac], Any]]:
        """What can be asked for."""
        return {
            ("vod", "get_categories"): lambda _, __: self._categories(Shelf.FILMS),
            ("vod", "get_ordered_list"): self._films,
            ("vod", "get_genres_by_category_alias"): lambda _, __: [],
            ("vod", "get_years"): lambda _, __: [],
            ("vod", "get_abc"): lambda _, __: [],
            ("vod", "create_link"): self._link,
            ("vod", "set_fav"): lambda asked, mac: self._favourite(asked, mac, chosen=True),
            ("vod", "del_fav"): lambda asked, mac: self._favourite(asked, mac, chosen=False),
            ("series", "get_categories"): lambda _, __: self._categories(Shelf.SERIES),
            ("series", "get_ordered_list"): self._series,
        }

    def _categories(self, shelf: Shelf) -> list[Json]:
        rows = ((str(each.id), each.name) for each in self._world.library.categories(shelf))
        return [
            {"id": number, "title": name, "alias": name, "censored": 0}
            for number, name in (("*", "All"), *rows)
        ]

    def _films(self, asked: Asked, mac: Mac) -> Json:
        rows = [_film(each, category, asked.base, mac) for each, category in self._on(Shelf.FILMS)]
        return _page(_ordered(rows, asked), asked)

    def _series(self, asked: Asked, mac: Mac) -> Json:
        series = self._world.library.one_series(digits(asked.text("movie_id").partition(":")[0]))
        if series is not None:
            return _page(_seasons(series, self._world.library.episodes(series.id), asked.base), asked)
        rows = [_series_row(each, category, asked.base, mac) for each, category in self._on(Shelf.SERIES)]
        return _page(_ordered(rows, asked), asked)

    def _on(self, shelf: Shelf) -> list[tuple[Any, str]]:
        library = self._world.library
        ids = {each.name: str(each.id) for each in library.categories(shelf)}
        titles = library.films() if shelf is Shelf.FILMS else library.series()
        return [(each, ids.get(each.category, "")) for each in titles]

    def _link(self, asked: Asked, _: Mac) -> Json:
        found = self._found(asked)
        url = self._links.film(asked, found) if isinstance(found, Film) else ""
        url = self._links.episode(asked, found) if isinstance(found, Episode) else url
        return {
            "id": str(found.id) if found is not None else "",
            "cmd": f"ffmpeg {url or asked.base + '/play/'}",
            "load": "",
            "subtitles": [],
            "error": "" if url else "player_file_missing",
        }

    def _found(self, asked: Asked) -> Film | Episode | None:
        library = self._world.library
        wanted = _unpacked(asked.text("cmd"))
        if wanted.get("type") == "movie":
            return library.film(digits(str(wanted.get("stream_id"))))
        season = digits(str(wanted.get("season_num")))
        episodes = library.episodes(digits(str(wanted.get("series_id"))))
        within = [each for each in episodes if each.season == season]
        place = asked.number("series")
        return within[place - 1] if wanted.get("type") == "series" and 0 < place <= len(within) else None

    def _favourite(self, asked: Asked, mac: Mac, *, chosen: bool) -> bool:
        number = asked.number("video_id")
        others = tuple(each for each in mac.favourite_films if each != number)
        self._world.macs.change(mac.mac, favourite_films=(*others, number) if chosen else others)
        return True


def _page(rows: list[Json], asked: Asked) -> Json:
    return paged(rows, max(1, asked.number("p")), PAGE) | {"cur_page": 0}


def _ordered(rows: list[Json], asked: Asked) -> list[Json]:
    """What is looked for; of the year, the genre and the first letter a panel takes no notice."""
    keys: dict[str, Callable[[Json], Any]] = {
        "name": lambda row: row["name"],
        "added": lambda row: -digits(row["added"]),
        "rating": lambda row: -float(row["rating_imdb"] or 0),
        "top": lambda row: -float(row["rating_imdb"] or 0),
    }
    wanted = [row for row in rows if _wanted(row, asked)]
    by = asked.text("sortby")
    return sorted(wanted, key=keys[by]) if by in keys else wanted


def _wanted(row: Json, asked: Asked) -> bool:
    words = asked.text("search").lower()
    return (
        asked.text("category") in {"", "0", "*", row["category_id"]}
        and (not words or words in row["name"].lower())
        and (not asked.truth("fav") or row["fav"] == 1)
    )


def _film(each: Film, category: str, base: str, mac: Mac) -> Json:
    wanted = {
        "type": "movie",
        "stream_id": str(each.id),
        "stream_source": None,
        "target_container": each.extension,
    }
    about = _title(each, category, f"{base}/images/film-{each.id}.png")
    return about | {
        "id": each.id,
        "fav": int(each.id in mac.favourite_films),
        "year": str(each.year) if each.year else "",
        "time": each.seconds // 60 or "",
        "added": str(each.added),
        "cmd": _packed(wanted),
        "series": [],
    }


def _series_row(each: Series, category: str, base: str, mac: Mac) -> Json:
    about = _title(each, category, f"{base}/images/series-{each.id}.png")
    return about | {
        "id": each.id,
        "fav": int(each.id in mac.favourite_films),
        "year": each.released[:4],
        "time": "",
        "added": str(each.modified),
        "cmd": "",
        "series": [],
    }


def _seasons(series: Series, episodes: tuple[Episode, ...], base: str) -> list[Json]:
    """A row for each season, the newest first."""
    about = _title(series, "", f"{base}/images/series-{series.id}.png")
    by_season: dict[int, list[Episode]] = {}
    for each in episodes:
        by_season.setdefault(each.season, []).append(each)
    return [
        about
        | {
            "id": f"{series.id}:{season}",
            "name": f"Season {season}" if season else "Specials",
            "fav": 0,
            "year": within[0].aired[:4],
            "time": "",
            "added": str(within[0].added),
            "cmd": _packed({"series_id": str(series.id), "season_num": season, "type": "series"}),
            "series": list(range(1, len(within) + 1)),
        }
        for season, within in sorted(by_season.items(), reverse=True)
    ]


def _title(each: Film | Series, category: str, picture: str) -> Json:
    return {
        "owner": "",
        "name": each.name,
        "o_name": each.name,
        "old_name": "",
        "fname": "",
        "description": each.plot,
        "pic": "",
        "cost": 0,
        "status": 1,
        "hd": 1,
        "censored": 0,
        "lock": 0,
        "director": each.director,
        "actors": each.actors,
        "category_id": category,
        "genres_str": each.genre,
        "rating_imdb": f"{each.rating:g}" if each.rating else "",
        "screenshot_uri": picture,
        "cur_series": 0,
        "position": 0,
        "rtsp_url": "",
        "for_rent": 0,
        "low_quality": 0,
        "week_and_more": "",
        "has_files": 0,
    }


def _packed(wanted: Json) -> str:
    return b64encode(json.dumps(wanted).encode()).decode()


def _unpacked(cmd: str) -> Json:
    """What a ``cmd`` says; nothing where it says nothing."""
    try:
        wanted = json.loads(b64decode(cmd.replace(" ", "+"), validate=True))
    except ValueError:
        return {}
    return wanted if isinstance(wanted, dict) else {}
