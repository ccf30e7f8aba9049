"""Any JSON value for every reader, any bytes for every answer: values, or errors of ours."""

import json
from contextlib import suppress
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from stb.errors import ProviderError
from stb.model import Film, FilmId, FilmRef, Programme, Series, SeriesId, SeriesRef, SourceId
from stb.net import Reply
from stb.providers.xtream import details, epg, rows, scalars, wire
from stb.providers.xtream.numbers import numbered
from stb.providers.xtream.splitting import json_rows
from stb.providers.xtream.zones import wall_clock, zone_named, zone_of

HOME = SourceId("home")
BASE = "http://tv.example:8080"
HERE = rows.Setting(source=HOME, names={"1": "News"}, base=BASE)
NOW = datetime(2025, 6, 15, 12, tzinfo=UTC)
FILM = Film(ref=FilmRef(HOME, FilmId("7")), name="Listed", link="7.avi")
SERIES = Series(ref=SeriesRef(HOME, SeriesId("9")), name="Listed")

SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers().map(str)
    | st.floats()
    | st.text(st.characters())
    | st.sampled_from(
        ["", "0", "1", "Active", "2025-06-15 21:00:00", "1750010400", "Europe/Berlin", "TmV3cw==", "1:30:00"]
    )
    | st.sampled_from(
        ["http://h/", "//h/x", "/x", "file:///x", "rtmp://h/1", "http://[", "mkv", "0001-01-01", "9999-12-31"]
    )
)
JSON = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


def objects(*names):
    """Objects with any of these fields, each of any shape; or something else altogether."""
    return JSON | st.fixed_dictionaries({}, optional=dict.fromkeys(names, JSON))


LIVE = (
    *(
        "stream_id",
        "num",
        "name",
        "stream_icon",
        "epg_channel_id",
        "category_id",
        "category_ids",
        "stream_type",
    ),
    *("tv_archive", "tv_archive_duration", "direct_source", "is_adult"),
)
FILMS = (
    "stream_id",
    "name",
    "title",
    "rating",
    "rating_5based",
    "added",
    "year",
    "container_extension",
    "cover",
)
SHOWS = ("series_id", "name", "title", "cover", "releaseDate", "release_date", "last_modified", "rating")
INFO = (
    *(
        "name",
        "plot",
        "cast",
        "actors",
        "genre",
        "releasedate",
        "rating",
        "duration_secs",
        "duration",
        "season",
    ),
    *("backdrop_path", "movie_image", "cover_big", "age", "episode_run_time", "overview"),
)
EPISODE = st.fixed_dictionaries(
    {}, optional={"id": JSON, "episode_num": JSON, "title": JSON, "season": JSON, "info": objects(*INFO)}
)
EPISODES = (
    JSON
    | st.lists(EPISODE | st.lists(EPISODE, max_size=3), max_size=3)
    | st.dictionaries(st.sampled_from(["0", "1", "2", "x"]), JSON | st.lists(EPISODE, max_size=3), max_size=3)
)
DETAILS = JSON | st.fixed_dictionaries(
    {},
    optional={
        "info": objects(*INFO),
        "movie_data": objects("stream_id", "name", "container_extension", "direct_source"),
        "episodes": EPISODES,
        "seasons": JSON | st.lists(objects("season_number", "name"), max_size=3),
    },
)
LISTING = objects("title", "description", "start", "stop", "end", "start_timestamp", "stop_timestamp")
USER = objects(
    *("auth", "status", "exp_date", "is_trial", "active_cons", "max_connections", "message", "username"),
    "allowed_output_formats",
)
SERVER = objects("timezone", "time_now", "timestamp_now", "rtmp_port", "url")
STATUSES = st.sampled_from([200, 201, 204, 301, 401, 403, 404, 429, 454, 500, 511, 512, 599, 884])


def reply(value, status=200):
    return Reply(status=status, media_type="application/json", body=json.dumps(value).encode())


@given(found=st.lists(objects(*LIVE), max_size=5))
def test_any_rows_are_channels_or_left_out(found):
    read = [rows.channel(row, "7", HERE) for row in found if isinstance(row, dict)]
    channels = list(numbered(channel for channel in read if channel))
    assert all(channel.name and channel.number > 0 for channel in channels)
    assert all(0 <= channel.archive <= 366 * 24 for channel in channels)
    assert len({channel.number for channel in channels}) == len(channels)
    for channel in channels:
        f"{channel.name}{channel.group}{channel.link}{channel.logo}{channel.guide_id}".encode()


@given(row=st.fixed_dictionaries({}, optional=dict.fromkeys(FILMS, JSON)))
def test_any_row_is_a_film(row):
    film = rows.film(row, "7", HERE)
    assert film.name
    assert 0 <= film.rating <= 10
    assert film.added >= 0
    assert film.year == 0 or 1880 <= film.year < 2100
    f"{film.name}{film.link}{film.poster}".encode()


@given(row=st.fixed_dictionaries({}, optional=dict.fromkeys(SHOWS, JSON)))
def test_any_row_is_a_series(row):
    series = rows.series(row, "7", HERE)
    assert series.name
    f"{series.name}{series.poster}".encode()


@given(value=DETAILS)
def test_any_details_of_a_film(value):
    found = details.film_details(value, FILM, BASE)
    if found:
        assert found.film.name
        assert found.film.link
        assert 0 <= found.about.seconds <= 360_000
        repr(found).encode()


@given(value=DETAILS)
def test_any_details_of_a_series(value):
    found = details.series_details(value, SERIES, BASE)
    numbers = [season.number for season in found.seasons]
    assert numbers == sorted(set(numbers), key=lambda number: (number == 0, number))
    for season in found.seasons:
        assert season.episodes
        assert all(
            episode.name and episode.link and episode.season == season.number for episode in season.episodes
        )
    repr(found).encode()


@given(value=JSON | st.fixed_dictionaries({"epg_listings": JSON | st.lists(LISTING, max_size=4)}))
def test_any_short_guide(value):
    told = epg.programmes(value, "x", UTC)
    assert all(isinstance(each, Programme) for each in told)
    assert [each.start for each in told] == sorted({each.start for each in told})
    assert all(each.stop is None or each.stop > each.start for each in told)
    assert len(epg.from_now(told, 1750010400)) <= len(told)
    repr(told).encode()


@given(
    value=JSON
    | st.fixed_dictionaries({}, optional={"user_info": USER, "server_info": SERVER, "error": JSON}),
    status=STATUSES,
)
def test_any_account_is_one_or_an_error_of_ours(value, status):
    with suppress(ProviderError):
        who, server = wire.account(reply(value, status), HOME, NOW)
        assert who.connections >= 0
        assert 0 < server.rtmp_port < 2**16
        assert wall_clock(1750010400, zone_named(server.zone))
        repr((who, server)).encode()
    with suppress(ProviderError):
        wire.value_of(reply(value, status), HOME)


@given(
    body=st.binary(max_size=300),
    status=STATUSES,
    charset=st.sampled_from(["", "utf-16", "windows-1256", "hex"]),
)
def test_any_bytes_are_an_error_of_ours(body, status, charset):
    answer = Reply(status=status, media_type="text/html", charset=charset, body=body)
    with suppress(ProviderError):
        wire.account(answer, HOME, NOW)
    with suppress(ProviderError):
        wire.value_of(answer, HOME)


@given(info=st.dictionaries(st.sampled_from(["timezone", "time_now", "timestamp_now"]), JSON))
def test_any_clock_has_a_zone(info):
    zone = zone_named(zone_of(info))
    assert abs(datetime.fromtimestamp(1750010400, zone).utcoffset().total_seconds()) <= 15 * 3600


@given(name=st.text(max_size=80))
def test_any_text_names_a_zone(name):
    assert wall_clock(1750010400, zone_named(name))


@given(value=JSON)
def test_any_value_is_read_as_anything(value):
    assert -1e15 < scalars.number(value) < 1e15
    assert scalars.seconds(value) >= 0
    assert isinstance(scalars.yes(value), bool)
    assert scalars.year(value) in range(2100)
    scalars.plain(value, 100).encode()
    scalars.first(value).encode()


@settings(max_examples=50)
@given(found=st.lists(objects(*LIVE), max_size=20), piece=st.integers(1, 100))
def test_any_list_is_read_in_any_pieces(found, piece):
    body = json.dumps(found).encode()
    with suppress(ProviderError):
        for row in json_rows((body[at : at + piece] for at in range(0, len(body), piece)), HOME):
            rows.channel(row, "7", HERE)
