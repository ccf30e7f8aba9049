"""Any bytes as an Xtream panel's answers: rows, or an error of ours; torn in pieces they say the same."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

from stb.errors import ProviderError
from stb.model import Film, FilmId, FilmRef, Series, SeriesId, SeriesRef, SourceId
from stb.net import Reply
from stb.providers.xtream import details, epg, rows, wire
from stb.providers.xtream.splitting import json_rows

SEEDS = (
    b"""[{"num":1,"name":"One","stream_type":"live","stream_id":7,"stream_icon":"http://l/1.png",
"epg_channel_id":"one","added":"1750010400","is_adult":"0","category_id":"1","category_ids":[1],"tv_archive":1,
"tv_archive_duration":"3","direct_source":""},{"num":"2","name":null,"stream_id":"8","rating":"7.5",
"container_extension":"mkv","series_id":9,"cover":"/x","releaseDate":"2020-01-02","last_modified":"1750010400"}]""",
    b'{"1":{"name":"a","stream_id":1},"3":[{"name":"b"},[],null]}',
    b'\xef\xbb\xbf[[{"name":"\\ud83d\\ude00 \xff"}],{"name":"x\ny","rating_5based":4.5}]',
    b"""{"info":{"name":"F","plot":"P","duration":"1:30:00","duration_secs":5400,"backdrop_path":["http://h/b"],
"rating":"8"},"movie_data":{"stream_id":7,"name":"F","container_extension":"mp4"},
"seasons":[{"season_number":1,"name":"S"}],"episodes":{"1":[{"id":"5","episode_num":"1","title":"E","season":1,
"info":{"duration_secs":60}}]}}""",
    b"""{"user_info":{"auth":1,"status":"Active","exp_date":"1750010400","max_connections":"1",
"allowed_output_formats":["ts"]},"server_info":{"url":"h","rtmp_port":"1","timezone":"Europe/Berlin",
"time_now":"2025-06-15 21:00:00","timestamp_now":1750010400}}""",
    b"""{"epg_listings":[{"title":"TmV3cw==","description":"","start":"2025-06-15 21:00:00",
"end":"2025-06-15 22:00:00","start_timestamp":"1750010400","stop_timestamp":1750014000}]}""",
)
_HOME = SourceId("home")
_BASE = "http://tv.example:8080"
_HERE = rows.Setting(source=_HOME, names={"1": "News"}, base=_BASE)
_NOW = datetime(2025, 6, 15, 12, tzinfo=UTC)
_FILM = Film(ref=FilmRef(_HOME, FilmId("7")), name="Listed", link="7.avi")
_SERIES = Series(ref=SeriesRef(_HOME, SeriesId("9")), name="Listed")
_PIECE = 777


def one(data: bytes) -> None:
    """Read it as a list, and as every other answer."""
    whole = _rows(iter([data]))
    if whole != _rows(data[at : at + _PIECE] for at in range(0, len(data), _PIECE)):
        raise AssertionError("torn in pieces it is another list")
    for row in whole or ():
        rows.channel(row, "7", _HERE)
        repr((rows.film(row, "7", _HERE), rows.series(row, "7", _HERE))).encode()
    answer = Reply(status=200, media_type="application/json", body=data)
    with suppress(ProviderError):
        wire.account(answer, _HOME, _NOW)
    with suppress(ProviderError):
        value = wire.value_of(answer, _HOME)
        epg.programmes(value, "x", UTC)
        details.film_details(value, _FILM, _BASE)
        details.series_details(value, _SERIES, _BASE)


def _rows(pieces: Iterator[bytes]) -> list[rows.Row] | None:
    try:
        return list(json_rows(pieces, _HOME))
    except ProviderError:
        return None
