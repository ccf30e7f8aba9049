"""Films and series, row by row. Pure; one bad row costs that film and not the list.

A series comes in one of three shapes. (1) One row whose ``series`` is a list of episode numbers. (2) A row
with ``is_series``, below which there are seasons, episodes and files, each asked for by the ids above it.
(3) The imitation's ``type=series``: below it one row per season, its ``series`` counting the episodes.
"""

import json
import re
from base64 import b64decode
from dataclasses import replace

from stb.model import (
    About,
    Episode,
    EpisodeId,
    EpisodeRef,
    Film,
    FilmId,
    FilmRef,
    Season,
    Series,
    SeriesId,
    SeriesRef,
    Version,
)
from stb.providers.decoding import moment, words
from stb.providers.stalker.cmd import command, is_playable
from stb.providers.stalker.crawl import Row
from stb.providers.stalker.links import Link, written
from stb.providers.stalker.rows import Genre, Origin, picture
from stb.providers.stalker.wire import decimal, fields, identifier, listed, number, spoken, truth

_YEAR = re.compile(r"(?<!\d)(1[89]|2[01])\d\d(?!\d)")
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})")
_DIGITS = re.compile(r"\d+")
_SPECIALS = "special"
_BEST = 10.0
_LONGEST_PLOT = 1500
_MOST_EPISODES = 2000
Categories = dict[str, Genre]


def is_series(row: Row) -> bool:
    """Whether a row of the films' list is a series of the first or the second shape."""
    return truth(row.get("is_series")) or bool(_numbers(row))


def film(row: Row, categories: Categories, origin: Origin) -> Film | None:
    """A film of a row; None for what is none."""
    name, title = identifier(row.get("id")), _title(row)
    if not name or not title:
        return None
    cmd, about = words(row.get("cmd"), 4096), _about(row, origin)
    files = number(row.get("has_files")) > 0 or row.get("has_files") is True
    genre = categories.get(identifier(row.get("category_id")))
    return Film(
        ref=FilmRef(origin.source, FilmId(name)),
        name=title,
        category=genre.title if genre else "",
        link=written(Link(kind="vod", cmd=cmd, movie=name if files or not cmd else "", about=about)),
        poster=about.get("poster", ""),
        year=number(about.get("year")),
        rating=decimal(about.get("rating")),
        added=_added(row),
        adult=_adult(row, genre),
        genre=about.get("genre", ""),
    )


def series(row: Row, categories: Categories, origin: Origin, kind: str = "vod") -> Series | None:
    """A series of a row; ``kind`` is the list it stood in, ``vod`` or ``series``."""
    name, title = identifier(row.get("id")), _title(row)
    if not name or not title:
        return None
    about, numbers = _about(row, origin), _numbers(row)
    cmd = words(row.get("cmd"), 4096) if numbers else ""
    link = Link(kind=kind, cmd=cmd, movie="" if cmd else name, episodes=numbers, about=about)
    genre = categories.get(identifier(row.get("category_id")))
    return Series(
        ref=SeriesRef(origin.source, SeriesId(name)),
        name=title,
        category=genre.title if genre else "",
        link=written(link),
        poster=about.get("poster", ""),
        year=number(about.get("year")),
        rating=decimal(about.get("rating")),
        added=_added(row),
        adult=_adult(row, genre),
        genre=about.get("genre", ""),
    )


def about(link: Link) -> About:
    """What there is to read, as it was kept with the row."""
    said = link.about
    texts = {name: said.get(name, "") for name in ("plot", "genre", "director", "cast", "country", "age")}
    return About(
        **texts,
        year=number(said.get("year")),
        rating=decimal(said.get("rating")),
        seconds=number(said.get("seconds")),
        poster=said.get("poster", ""),
    )


def versions(rows: list[Row]) -> tuple[Version, ...]:
    """The files of a film or an episode, in the portal's order: languages and qualities."""
    found = []
    for place, row in enumerate(rows, start=1):
        cmd = words(row.get("cmd"), 4096)
        if cmd and ("is_file" not in row or truth(row["is_file"])):
            own = is_playable(command(cmd).address)
            link = Link(kind="vod", cmd=cmd, must_ask=not own)
            found.append(Version(name=words(row.get("name")) or str(place), link=written(link)))
    return tuple(found)


def counted_season(whose: Series, season: int, cmd: str, numbers: tuple[int, ...], name: str = "") -> Season:
    """A season whose row only counts its episodes: each is asked for by its place in that row."""
    episodes = tuple(
        Episode(
            ref=EpisodeRef(whose.ref, EpisodeId(f"{season}:{count}")),
            season=season,
            number=count,
            name=f"{whose.name} {season}x{count:02d}",
            link=written(Link(kind="vod", cmd=cmd, series=str(count))),
        )
        for count in numbers
    )
    return Season(number=season, name=name, episodes=episodes)


def season_of(row: Row, place: int) -> int:
    """Which season a row is; its place where it does not say. Its id is no number to be trusted."""
    for said in (row.get("season_number"), _inside(row).get("season_num")):
        if words(said):
            return max(number(said), 0)
    name = words(row.get("name"))
    if found := _DIGITS.search(name):
        return int(found[0][:4])
    return 0 if _SPECIALS in name.casefold() else place


def season_row(row: Row, whose: Series, place: int) -> Season | None:
    """A season of the third shape; None where the row is none."""
    numbers = _numbers(row)
    cmd = words(row.get("cmd"), 4096)
    named = identifier(row.get("id"))
    if not cmd and ":" in named:
        cmd = f"/media/{named}.mpg"  # a fork of the imitation goes by this
    if not numbers or not cmd:
        return None
    return counted_season(whose, season_of(row, place), cmd, numbers, words(row.get("name"), 100))


def episode(row: Row, whose: Series, season: int, season_id: str, place: int) -> Episode | None:
    """An episode of the second shape; None where the row is none."""
    name = identifier(row.get("id"))
    if not name:
        return None
    count = number(row.get("series_number")) or place
    cmd = words(row.get("cmd"), 4096)
    link = Link(
        kind="vod",
        cmd=cmd,
        movie="" if cmd else whose.ref.series,
        season="" if cmd else season_id,
        episode="" if cmd else name,
    )
    return Episode(
        ref=EpisodeRef(whose.ref, EpisodeId(name)),
        season=season,
        number=count,
        name=words(row.get("name")) or f"{whose.name} {season}x{count:02d}",
        link=written(link),
        plot=spoken(row.get("description"), _LONGEST_PLOT),
        seconds=_seconds(row.get("time")),
    )


def in_order(found: list[Season]) -> tuple[Season, ...]:
    """Ascending, the specials last, none without episodes; parts of one season become one."""
    by_number: dict[int, Season] = {}
    for season in found:
        before = by_number.get(season.number)
        known = before.episodes if before else ()
        refs = {episode.ref for episode in known}
        fresh = tuple(episode for episode in season.episodes if episode.ref not in refs)
        by_number[season.number] = replace(before or season, episodes=known + fresh)
    ordered = sorted(by_number.values(), key=lambda season: (season.number == 0, season.number))
    return tuple(
        replace(season, episodes=tuple(sorted(season.episodes, key=lambda one: one.number)))
        for season in ordered
        if season.episodes
    )


def _inside(row: Row) -> dict[str, object]:
    """What the imitation wrote into a ``cmd``: an object in base 64."""
    try:
        return fields(json.loads(b64decode(words(row.get("cmd"), 4096), validate=True)))
    except (ValueError, RecursionError):
        return {}


def _numbers(row: Row) -> tuple[int, ...]:
    """The episodes a row counts."""
    found = (number(one) for one in listed(row.get("series"))[:_MOST_EPISODES])
    return tuple(dict.fromkeys(one for one in found if one > 0))


def _title(row: Row) -> str:
    return words(row.get("name")) or words(row.get("o_name"))


def _adult(row: Row, genre: Genre | None) -> bool:
    return truth(row.get("censored")) or truth(row.get("lock")) or (genre is not None and genre.adult)


def _added(row: Row) -> int:
    said = row.get("added")
    when = moment(said)
    return int(when.timestamp()) if when and when.timestamp() > 0 else max(number(said), 0)


def _about(row: Row, origin: Origin) -> dict[str, str]:
    """What there is to read, as `Link.about` keeps it: empty fields left out."""
    seconds, rating = _seconds(row.get("time")), _rating(row)
    year = _YEAR.search(words(row.get("year")))
    said = {
        "plot": spoken(row.get("description"), _LONGEST_PLOT),
        "genre": words(row.get("genres_str")),
        "director": words(row.get("director")),
        "cast": words(row.get("actors"), 400),
        "country": words(row.get("country"), 100),
        "age": words(row.get("age"), 20),
        "year": year[0] if year else "",
        "rating": f"{rating:g}" if rating else "",
        "seconds": str(seconds) if seconds else "",
        "poster": picture(row.get("screenshot_uri"), origin.base, "screenshots/"),
    }
    return {name: text for name, text in said.items() if text}


def _rating(row: Row) -> float:
    for name in ("rating_imdb", "rating_kinopoisk", "rating"):
        if 0 < (said := decimal(row.get(name))) <= _BEST:
            return said
    return 0.0


def _seconds(said: object) -> int:
    """From minutes, or from ``1:45:00``."""
    if found := _CLOCK.fullmatch(words(said)):
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return hours * 3600 + minutes * 60 + seconds
    return min(max(number(said), 0), 10_000) * 60
