"""Films and series, looked at closely (``get_vod_info``, ``get_series_info``). Pure.

What PHP makes of an array depends on its keys: seasons may be an object, a list of lists, or one list, and
where there is nothing it is a list, null or an empty text. Whatever is not said is as the list of films has
it.
"""

import re
from collections.abc import Iterator

from stb.model import (
    About,
    Episode,
    EpisodeId,
    EpisodeRef,
    Film,
    FilmDetails,
    Season,
    Series,
    SeriesDetails,
)
from stb.providers.decoding import identifier, paragraphs, words
from stb.providers.xtream.rows import file_link, picture, released
from stb.providers.xtream.scalars import duration, first, rating, whole
from stb.providers.xtream.splitting import Row

_LONGEST_PLOT = 8000
_DEPTH = 3
"""How far down episodes may lie: in seasons, or in objects in seasons."""
_HIGHEST_SEASON = 9999
_JUST_NUMBER = re.compile(r"(?:[^\W\d]+\s*)?0*(\d{1,4})")
"""``Season 1``, in any language."""


def film_details(value: object, film: Film, base: str) -> FilmDetails | None:
    """What ``get_vod_info`` says; None where the operator does not know this film.

    Args:
        value: the answer, of any shape.
        film: as the list has it.
        base: the server's address, which relative pictures hang off.
    """
    answer = _object(value)
    info, data = _object(answer.get("info")), _object(answer.get("movie_data"))
    if answer and not info and not data:
        return None
    stream = identifier(data.get("stream_id"))
    told = stream and words(data.get("container_extension"))  # either both of them or neither is believed
    name = first(info.get("name"), data.get("name")) or film.name
    closer = film._replace(name=name, link=file_link(data, stream) if told else film.link)
    return FilmDetails(film=closer, about=_about(info, base, film))


def series_details(value: object, series: Series, base: str) -> SeriesDetails:
    """What ``get_series_info`` says; without seasons where the operator has lost them. Arguments as above."""
    answer = _object(value)
    info = _object(answer.get("info"))
    closer = series._replace(name=first(info.get("name")) or series.name)
    seasons: dict[int, dict[EpisodeRef, Episode]] = {}
    for row, season in _episode_rows(answer.get("episodes"), None, _DEPTH):
        if episode := _episode(row, season, closer, base):
            seasons.setdefault(episode.season, {}).setdefault(episode.ref, episode)
    names = _season_names(answer.get("seasons"))
    return SeriesDetails(
        series=closer,
        about=_about(info, base, series),
        seasons=tuple(
            Season(
                number=number,
                name=names.get(number, ""),
                episodes=tuple(sorted(seasons[number].values(), key=lambda episode: episode.number)),
            )
            for number in sorted(seasons, key=lambda number: (number == 0, number))
        ),
    )


def _about(info: Row, base: str, listed: Film | Series) -> About:
    return About(
        plot=paragraphs(info.get("plot") or info.get("description") or "", _LONGEST_PLOT),
        genre=first(info.get("genre")),
        director=first(info.get("director")),
        cast=first(info.get("cast"), info.get("actors"), limit=1000),
        country=first(info.get("country")),
        year=released(info) or listed.year,
        rating=rating(info) or listed.rating,
        age=first(info.get("age"), info.get("mpaa_rating"), limit=20),
        seconds=duration(info),
        poster=_picture(info, base, "movie_image", "cover_big", "cover") or listed.poster,
        backdrop=_picture(info, base, "backdrop_path", "backdrop"),
    )


def _picture(info: Row, base: str, *names: str) -> str:
    return next((found for name in names if (found := picture(info.get(name), base))), "")


def _episode_rows(value: object, season: object, depth: int) -> Iterator[tuple[Row, object]]:
    """Each episode's row with the key of the season it lies under; a list's keys are its places.

    An empty ``id`` does not make a season of an episode.
    """
    if isinstance(value, list):
        value = dict(enumerate(value))
    if not isinstance(value, dict) or not depth:
        return
    for key, item in value.items():
        under = key if season is None else season
        if isinstance(item, dict) and not all(isinstance(part, dict) for part in item.values()):
            yield item, season
        else:
            yield from _episode_rows(item, under, depth - 1)


def _episode(row: Row, under: object, series: Series, base: str) -> Episode | None:
    stream, info = identifier(row.get("id")), _object(row.get("info"))
    if not stream:
        return None
    said = next((said for said in (info.get("season"), row.get("season"), under) if words(said)), 0)
    season = min(max(0, whole(said)), _HIGHEST_SEASON)
    number = max(0, whole(row.get("episode_num")))
    return Episode(
        ref=EpisodeRef(series.ref, EpisodeId(stream)),
        season=season,
        number=number,
        name=first(row.get("title"), info.get("name")) or f"{series.name} S{season:02d}E{number:02d}",
        link=file_link(row, stream),
        plot=paragraphs(info.get("plot") or info.get("overview") or "", _LONGEST_PLOT),
        seconds=duration(info),
        poster=_picture(info, base, "movie_image", "cover_big", "cover"),
    )


def _season_names(value: object) -> dict[int, str]:
    """The operator's own names of seasons; a name that is only the number is none."""
    rows = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    names: dict[int, str] = {}
    for row in rows:
        number = whole(_object(row).get("season_number"))
        name = words(_object(row).get("name"), 100)
        plain = _JUST_NUMBER.fullmatch(name)
        if name and not (plain and int(plain[1]) == number):
            names.setdefault(number, name)
    return names


def _object(value: object) -> Row:
    return value if isinstance(value, dict) else {}
