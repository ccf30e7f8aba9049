"""Rows of ``player_api.php`` as panels write them: which numbers are texts, what is null, what is empty."""

from base64 import b64encode
from collections.abc import Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from stb.portal import archive
from stb.portal.guide import Guide, Show
from stb.portal.library import Category, Episode, Film, Series
from stb.portal.lines import Line
from stb.portal.nouns import Picture, PortalChannel
from stb.portal.reels import REFUSALS

Json = dict[str, Any]
WELCOME = "Welcome to Lantern Television"


def account(line: Line, connected: int) -> Json:
    """``user_info`` of a line that is known, whatever its status."""
    return {
        "username": line.username,
        "password": line.password,
        "message": REFUSALS.get(line.status, WELCOME),
        "auth": 1,
        "status": line.status.value,
        "exp_date": None if line.expires is None else str(line.expires),
        "is_trial": str(int(line.is_trial)),
        "active_cons": str(connected),
        "created_at": str(line.created),
        "max_connections": str(line.max_connections),
        "allowed_output_formats": list(line.formats),
    }


def server(base: str, guide: Guide, now: datetime) -> Json:
    """``server_info`` of a portal known as ``base``; panels tell ports that nobody can reach, too."""
    parts = urlsplit(base)
    return {
        "url": parts.hostname or "",
        "port": str(parts.port or 80),
        "https_port": "443",
        "server_protocol": parts.scheme,
        "rtmp_port": "8880",
        "timezone": guide.zone.key,
        "timestamp_now": int(now.timestamp()),
        "time_now": _wall(guide, int(now.timestamp())),
        "process": True,
    }


def category(each: Category) -> Json:
    """A row of ``get_..._categories``."""
    return {"category_id": str(each.id), "category_name": each.name, "parent_id": 0}


def live(number: int, channel: PortalChannel, category_id: str, base: str) -> Json:
    """A row of ``get_live_streams``; ``number`` counts the rows from 1."""
    added = datetime.fromisoformat(channel.created_at)
    return {
        "num": number,
        "name": channel.name,
        "stream_type": "radio_streams" if channel.picture == Picture.RADIO else "live",
        "stream_id": channel.id,
        "stream_icon": picture(base, channel.logo_url),
        "epg_channel_id": channel.guide_id or None,
        "added": str(int(added.timestamp())),
        "is_adult": "0",
        **_category_of(category_id),
        "custom_sid": "",
        "tv_archive": int(channel.archive > 0),
        "direct_source": "",
        "tv_archive_duration": channel.archive,
    }


def film(number: int, each: Film, category_id: str, base: str) -> Json:
    """A row of ``get_vod_streams``."""
    return {
        "num": number,
        "name": each.name,
        "stream_type": "movie",
        "stream_id": each.id,
        "stream_icon": poster(base, "film", each.id),
        "rating": _rating(each.rating),
        "rating_5based": round(each.rating / 2, 1),
        "added": str(each.added),
        "is_adult": "0",
        **_category_of(category_id),
        "container_extension": each.extension,
        "custom_sid": "",
        "direct_source": "",
    }


def film_info(each: Film, category_id: str, base: str) -> Json:
    """The answer of ``get_vod_info``."""
    return {
        "info": {
            "tmdb_id": str(100_000 + each.id),
            "name": each.name,
            "o_name": each.name,
            "cover_big": poster(base, "film", each.id),
            "movie_image": poster(base, "film", each.id),
            "releasedate": f"{each.year}-01-01" if each.year else "",
            "episode_run_time": str(each.seconds // 60),
            "youtube_trailer": "",
            "director": each.director,
            "actors": each.actors,
            "cast": each.actors,
            "description": each.plot,
            "plot": each.plot,
            "age": each.age,
            "country": each.country,
            "genre": each.genre,
            "backdrop_path": [poster(base, "backdrop", each.id)],
            "duration_secs": each.seconds,
            "duration": _duration(each.seconds),
            "video": [],
            "audio": [],
            "bitrate": 0,
            "rating": _rating(each.rating),
        },
        "movie_data": {
            "stream_id": each.id,
            "name": each.name,
            "added": str(each.added),
            **_category_of(category_id),
            "container_extension": each.extension,
            "custom_sid": "",
            "direct_source": "",
        },
    }


def series(number: int, each: Series, category_id: str, base: str) -> Json:
    """A row of ``get_series``."""
    return {
        "num": number,
        "name": each.name,
        "series_id": each.id,
        **_about(each, category_id, base),
    }


def series_info(each: Series, episodes: Sequence[Episode], category_id: str, base: str) -> Json:
    """The answer of ``get_series_info``; specials stand last, or PHP would write a list of lists."""
    seasons = sorted({episode.season for episode in episodes}, key=lambda season: (season == 0, season))
    by_season = {season: [episode for episode in episodes if episode.season == season] for season in seasons}
    return {
        "seasons": [_season(each, season, of_it, base) for season, of_it in by_season.items()],
        "info": {"name": each.name, **_about(each, category_id, base)},
        "episodes": {
            str(season): [_episode(each, episode, base) for episode in of_it]
            for season, of_it in by_season.items()
        },
    }


def listing(show: Show, channel: PortalChannel, guide: Guide) -> Json:
    """A row of ``get_short_epg``: texts in base64, times in the server's zone and as seconds since 1970."""
    arabic = not channel.name.isascii()
    return {
        "id": str(show.id),
        "epg_id": str(channel.id),
        "title": _packed(show.title_arabic if arabic else show.title),
        "lang": "ar" if arabic else "en",
        "start": _wall(guide, show.start),
        "end": _wall(guide, show.stop),
        "description": _packed(show.text_arabic if arabic else show.text),
        "channel_id": channel.guide_id,
        "start_timestamp": str(show.start),
        "stop_timestamp": str(show.stop),
    }


def data_row(show: Show, channel: PortalChannel, guide: Guide, now: datetime) -> Json:
    """A row of ``get_simple_data_table``."""
    return {
        **listing(show, channel, guide),
        "now_playing": int(show.start <= now.timestamp() < show.stop),
        "has_archive": int(archive.has(channel, show, now)),
    }


def picture(base: str, path: str) -> str:
    """The address of a picture; a person's own channel may have one elsewhere."""
    return base + path if path.startswith("/") else path


def poster(base: str, kind: str, number: int) -> str:
    """The address of the picture of a film or a series, or (``backdrop``) of a wide one."""
    return f"{base}/images/{kind}-{number}.png"


def _category_of(category_id: str) -> Json:
    return {"category_id": category_id, "category_ids": [int(category_id)] if category_id else []}


def _about(each: Series, category_id: str, base: str) -> Json:
    return {
        "cover": poster(base, "series", each.id),
        "plot": each.plot,
        "cast": each.actors,
        "director": each.director,
        "genre": each.genre,
        "releaseDate": each.released,
        "release_date": each.released,
        "last_modified": str(each.modified),
        "rating": _rating(each.rating),
        "rating_5based": round(each.rating / 2, 1),
        "backdrop_path": [poster(base, "backdrop", each.id)],
        "youtube_trailer": "",
        "episode_run_time": "2",
        **_category_of(category_id),
    }


def _season(each: Series, season: int, episodes: Sequence[Episode], base: str) -> Json:
    return {
        "air_date": episodes[0].aired,
        "episode_count": len(episodes),
        "id": each.id * 100 + season,
        "name": f"Season {season}" if season else "Specials",
        "overview": "",
        "season_number": season,
        "cover": poster(base, "series", each.id),
        "cover_big": poster(base, "series", each.id),
    }


def _episode(each: Series, episode: Episode, base: str) -> Json:
    return {
        "id": str(episode.id),
        "episode_num": episode.number,
        "title": f"{each.name} - S{episode.season:02}E{episode.number:02} - {episode.name}",
        "container_extension": episode.extension,
        "info": {
            "movie_image": poster(base, "backdrop", episode.id),
            "plot": episode.plot,
            "releasedate": episode.aired,
            "duration_secs": episode.seconds,
            "duration": _duration(episode.seconds),
            "video": [],
            "audio": [],
            "bitrate": 0,
            "rating": _rating(each.rating),
            "season": str(episode.season),
        },
        "custom_sid": "",
        "added": str(episode.added),
        "season": episode.season,
        "direct_source": "",
    }


def _wall(guide: Guide, moment: int) -> str:
    return guide.local(moment).strftime("%Y-%m-%d %H:%M:%S")


def _packed(text: str) -> str:
    return b64encode(text.encode()).decode()


def _rating(rating: float) -> str:
    return f"{rating:g}" if rating else ""


def _duration(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
