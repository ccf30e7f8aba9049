"""The panel's scripts: every request of the protocol's description, and the types of real answers."""

import base64
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stb.portal.gate import Trouble
from stb.portal.nouns import Delivery, Picture, PortalChannel
from stb.portal.portal import Portal

USER, PASSWORD = "ann", "s3cret"
Ask = Callable[..., requests.Response]


@pytest.fixture
def portal(portal: Portal) -> Portal:
    portal.world.lines.add(USER, password=PASSWORD, connections=2)
    return portal


@pytest.fixture
def ask(portal: Portal) -> Ask:
    """Send a request as the protocol's description writes it, with ``{user}`` and ``{pass}``."""

    def ask(request: str, user: str = USER, password: str = PASSWORD) -> requests.Response:
        return requests.get(portal.address + request.format(user=user, **{"pass": password}), timeout=60)

    return ask


API = "/player_api.php?username={user}&password={pass}"


SEED = (
    "",
    "&action=get_live_categories",
    "&action=get_live_streams",
    "&action=get_live_streams&category_id=1",
    "&action=get_vod_categories",
    "&action=get_vod_streams",
    "&action=get_vod_streams&category_id=21",
    "&action=get_vod_info&vod_id=201",
    "&action=get_series_categories",
    "&action=get_series",
    "&action=get_series&category_id=41",
    "&action=get_series_info&series_id=51",
    "&action=get_short_epg&stream_id=3",
    "&action=get_short_epg&stream_id=3&limit=2",
    "&action=get_simple_data_table&stream_id=3",
)
"""Every request to the script that the protocol's description has, with numbers that there are."""


@pytest.mark.parametrize("request_", SEED, ids=lambda request: request.removeprefix("&action=") or "account")
def test_every_request_of_the_description_is_answered_with_something(ask, request_):
    answer = ask(API + request_)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    told = answer.json()
    assert told
    assert ("user_info" in told) == (request_ == "")
    if isinstance(told, dict):
        assert all(told.values())


def test_the_account(ask, portal):
    told = ask(API).json()

    line = portal.world.lines.line(USER)
    assert told["user_info"] == {
        "username": USER,
        "password": PASSWORD,
        "message": "Welcome to Lantern Television",
        "auth": 1,
        "status": "Active",
        "exp_date": str(line.expires),
        "is_trial": "0",
        "active_cons": "0",
        "created_at": str(line.created),
        "max_connections": "2",
        "allowed_output_formats": ["m3u8", "ts"],
    }
    server = told["server_info"]
    assert (server["url"], server["port"]) == ("127.0.0.1", portal.address.rpartition(":")[2])
    assert (server["server_protocol"], server["process"]) == ("http", True)
    assert all(isinstance(server[name], str) for name in ("port", "https_port", "rtmp_port"))
    wall = datetime.fromisoformat(server["time_now"]).replace(tzinfo=ZoneInfo(server["timezone"]))
    assert wall.timestamp() == server["timestamp_now"]


def test_a_line_for_ever_has_no_date(ask, portal):
    portal.world.lines.renew(USER, days=None)

    assert ask(API).json()["user_info"]["exp_date"] is None


@pytest.mark.parametrize(
    ("sentence", "status"),
    [("ban", "Banned"), ("disable", "Disabled"), ("expire", "Expired")],
)
def test_who_is_not_active_is_told_so_and_gets_no_lists(ask, portal, sentence, status):
    getattr(portal.world.lines, sentence)(USER)

    told = ask(API).json()["user_info"]
    assert (told["auth"], told["status"]) == (1, status)
    assert ask(API + "&action=get_live_streams").json() == []
    for script in ("get", "xmltv"):
        assert ask(f"/{script}.php?username={{user}}&password={{pass}}").status_code == 404


@pytest.mark.parametrize(
    ("user", "password"), [(USER, "wrong"), ("nobody", PASSWORD), ("", "")], ids=["password", "name", "none"]
)
@pytest.mark.parametrize("action", ["", "&action=get_live_streams", "&action=get_vod_info&vod_id=201"])
def test_who_is_not_known_is_refused(ask, user, password, action):
    answer = ask(API + action, user, password)

    assert (answer.status_code, answer.json()) == (200, {"user_info": {"auth": 0}})


@pytest.mark.parametrize("action", ["get_account_info", "get_profile", "no_such_action"])
def test_an_unknown_action_is_answered_with_the_account(ask, action):
    assert ask(f"{API}&action={action}").json()["user_info"]["auth"] == 1


def test_a_form_does_as_well_as_an_address(ask, portal):
    form = {"username": USER, "password": PASSWORD, "action": "get_live_categories"}

    told = requests.post(f"{portal.address}/player_api.php", data=form, timeout=60).json()

    assert told == ask(API + "&action=get_live_categories").json()


def test_a_form_that_does_not_end_is_not_read(portal):
    answer = requests.post(f"{portal.address}/player_api.php", data=b"a" * 20_000, timeout=60)

    assert answer.status_code == 413


def test_categories_of_each_shelf(ask):
    names = {
        action: [each["category_name"] for each in ask(f"{API}&action={action}").json()]
        for action in ("get_live_categories", "get_vod_categories", "get_series_categories")
    }

    assert names == {
        "get_live_categories": ["Information", "Nature", "Sport", "Films", "Radio"],
        "get_vod_categories": ["Drama", "Adventure", "أفلام عربية"],
        "get_series_categories": ["Drama", "Documentary"],
    }
    first = ask(API + "&action=get_live_categories").json()[0]
    assert first == {"category_id": "1", "category_name": "Information", "parent_id": 0}


def test_live_streams(ask, portal):
    rows = ask(API + "&action=get_live_streams").json()

    assert [row["num"] for row in rows] == [row["stream_id"] for row in rows] == list(range(1, 13))
    logo = next(channel.logo_url for channel in portal.world.channels() if channel.id == 3)
    assert rows[2] == {
        "num": 3,
        "name": "Clock",
        "stream_type": "live",
        "stream_id": 3,
        "stream_icon": portal.address + logo,
        "epg_channel_id": "lantern.3",
        "added": "1772532729",
        "is_adult": "0",
        "category_id": "1",
        "category_ids": [1],
        "custom_sid": "",
        "tv_archive": 1,
        "direct_source": "",
        "tv_archive_duration": 7,
    }
    assert (rows[5]["stream_type"], rows[5]["epg_channel_id"]) == ("radio_streams", None)


@pytest.mark.parametrize(
    ("action", "category", "ids"),
    [
        ("get_live_streams", "3", [9, 10]),
        ("get_vod_streams", "22", [203, 204]),
        ("get_series", "42", [52]),
        ("get_live_streams", "77", []),
    ],
    ids=["live", "films", "series", "none of that"],
)
def test_only_one_category(ask, action, category, ids):
    rows = ask(f"{API}&action={action}&category_id={category}").json()

    assert [row.get("stream_id") or row["series_id"] for row in rows] == ids
    assert {row["category_id"] for row in rows} <= {category}


def test_vod_streams(ask, portal):
    first, *_, unrated, arabic = ask(API + "&action=get_vod_streams").json()

    assert first == {
        "num": 1,
        "name": "The Lighthouse Keeper's Clock",
        "stream_type": "movie",
        "stream_id": 201,
        "stream_icon": f"{portal.address}/images/film-201.png",
        "rating": "7.8",
        "rating_5based": 3.9,
        "added": "1772086400",
        "is_adult": "0",
        "category_id": "21",
        "category_ids": [21],
        "container_extension": "mp4",
        "custom_sid": "",
        "direct_source": "",
    }
    assert (unrated["name"], unrated["rating"]) == ("1001", "")
    assert arabic["category_id"] == "23"


def test_vod_info(ask):
    told = ask(API + "&action=get_vod_info&vod_id=202").json()

    info, data = told["info"], told["movie_data"]
    assert info["duration"] == "00:02:00"
    assert info["duration_secs"] == 120
    assert info["releasedate"] == "2022-01-01"
    assert isinstance(info["backdrop_path"], list)
    assert {"tmdb_id", "o_name", "cover_big", "movie_image", "youtube_trailer", "director"} < set(info)
    assert {"actors", "cast", "description", "plot", "age", "country", "genre", "rating"} < set(info)
    assert (data["stream_id"], data["container_extension"], data["category_id"]) == (202, "mkv", "21")


def test_what_is_not_there_has_the_shapes_of_php(ask):
    assert ask(API + "&action=get_vod_info&vod_id=999").json() == {"info": []}
    assert ask(API + "&action=get_vod_info").json() == {"info": []}
    nothing = {"seasons": [], "info": [], "episodes": []}
    assert ask(API + "&action=get_series_info&series_id=999").json() == nothing
    assert ask(API + "&action=get_short_epg&stream_id=999").json() == {"epg_listings": []}
    assert ask(API + "&action=get_simple_data_table&stream_id=x").json() == {"epg_listings": []}


def test_series(ask):
    first, _ = ask(API + "&action=get_series").json()

    assert (first["num"], first["series_id"], first["name"]) == (1, 51, "Harbour Lights")
    assert first["releaseDate"] == first["release_date"] == "2020-10-04"
    assert isinstance(first["last_modified"], str)
    assert isinstance(first["backdrop_path"], list)


def test_series_info(ask):
    told = ask(API + "&action=get_series_info&series_id=51").json()

    assert list(told["episodes"]) == ["1", "2", "0"]
    assert [season["season_number"] for season in told["seasons"]] == [1, 2, 0]
    assert told["seasons"][0]["episode_count"] == len(told["episodes"]["1"]) == 3
    first = told["episodes"]["1"][0]
    assert (first["id"], first["episode_num"], first["season"]) == ("311", 1, 1)
    assert first["title"] == "Harbour Lights - S01E01 - The Ferry"
    assert (first["info"]["duration_secs"], first["info"]["duration"]) == (100, "00:01:40")
    assert told["info"]["name"] == "Harbour Lights"


def test_the_short_guide(ask, portal):
    rows = ask(API + "&action=get_short_epg&stream_id=3").json()["epg_listings"]

    assert len(rows) == 4
    (now, *_), guide = rows, portal.world.guide
    shows = guide.shows(portal.world.channels()[2], int(now["start_timestamp"]), int(now["stop_timestamp"]))
    assert portal.world.channels()[2].name == "Clock"
    assert base64.b64decode(now["title"], validate=True).decode() == shows[0].title
    assert base64.b64decode(now["description"], validate=True).decode() == shows[0].text
    wall = datetime.fromisoformat(now["start"]).replace(tzinfo=guide.zone)
    assert str(int(wall.timestamp())) == now["start_timestamp"]
    assert [row["start"] for row in rows[1:]] == [row["end"] for row in rows[:-1]]
    limited = ask(API + "&action=get_short_epg&stream_id=3&limit=2").json()["epg_listings"]
    assert limited == rows[:2]


def test_an_arabic_channel_has_an_arabic_guide(ask):
    first, *_ = ask(API + "&action=get_short_epg&stream_id=8").json()["epg_listings"]

    assert first["lang"] == "ar"
    assert not base64.b64decode(first["title"]).decode().isascii()


def test_the_whole_guide_of_a_channel(ask, portal):
    rows = ask(API + "&action=get_simple_data_table&stream_id=3").json()["epg_listings"]

    server = ask(API).json()["server_info"]
    (playing,) = (row for row in rows if row["now_playing"])
    assert int(playing["start_timestamp"]) <= server["timestamp_now"] < int(playing["stop_timestamp"])
    begin, end = portal.world.guide.window(portal.world.clock())
    assert (int(rows[0]["start_timestamp"]), int(rows[-1]["stop_timestamp"])) == (begin, end)
    kept = [row for row in rows if row["has_archive"]]
    assert kept[-1]["end"] == playing["start"]
    assert int(kept[0]["start_timestamp"]) >= server["timestamp_now"] - 7 * 86_400
    plain = ask(API + "&action=get_simple_data_table&stream_id=2").json()["epg_listings"]
    assert not any(row["has_archive"] for row in plain)


def test_posters_and_wide_pictures_are_pictures(ask):
    info = ask(API + "&action=get_vod_info&vod_id=201").json()["info"]
    episode = ask(API + "&action=get_series_info&series_id=52").json()["episodes"]["1"][0]

    for address in (info["movie_image"], *info["backdrop_path"], episode["info"]["movie_image"]):
        answer = requests.get(address, timeout=60)
        assert (answer.status_code, answer.content[:4]) == (200, b"\x89PNG")
    assert ask("/images/film-1.png").status_code == 404
    assert ask("/images/actor-201.png").status_code == 404


def test_a_persons_own_channels_and_films_stand_with_the_others(tmp_path: Path, clips_cache: Path):
    def own(number: int, delivery: Delivery, link: str) -> PortalChannel:
        return PortalChannel(
            id=number,
            name=f"Own {number}",
            logo_url=f"/uploads/own-{number}.png",
            type="Local",
            category="At Home",
            has_news=0,
            created_at="2026-03-01T00:00:00.000Z",
            updated_at="2026-03-01T00:00:00.000Z",
            picture=Picture.OWN,
            delivery=delivery,
            link=link,
        )

    film = tmp_path / "film.mkv"
    film.write_bytes(b"a film")
    mine = (own(101, Delivery.FILE, str(film)), own(1001, Delivery.LINK, "http://tv.example/1"))
    with Portal(state=tmp_path, cache=clips_cache, own=mine) as portal:
        api = f"{portal.address}/player_api.php?username=demo&password=demo&action="
        live = requests.get(f"{api}get_live_streams", timeout=60).json()
        films = requests.get(f"{api}get_vod_streams", timeout=60).json()
        moved = requests.get(f"{portal.address}/live/demo/demo/1001.ts", timeout=60, allow_redirects=False)
        sent = requests.get(f"{portal.address}/movie/demo/demo/101.mkv", timeout=60)

    assert [row["stream_id"] for row in live][-1] == 1001
    assert live[-1]["category_id"] == "900"
    assert (films[-1]["stream_id"], films[-1]["container_extension"]) == (101, "mkv")
    assert moved.headers["Location"] == "http://tv.example/1"
    assert sent.content == b"a film"


def test_a_panel_can_be_broken_too(ask, portal):
    with portal.troubled(Trouble.TRUNCATED), pytest.raises(json.JSONDecodeError):
        json.loads(ask(API).text)
    portal.await_answered("/player_api.php", 1)
    assert portal.answered("/player_api.php") == 1


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(["action", "stream_id", "vod_id", "series_id", "limit", "category_id"]),
        st.text()
        | st.sampled_from(["get_short_epg", "get_vod_info", "get_series_info", "3", "-1", "9" * 40]),
    )
)
def test_whatever_is_asked_is_answered_with_json(portal, params):
    params |= {"username": USER, "password": PASSWORD}
    answer = requests.get(f"{portal.address}/player_api.php", params=params, timeout=60)

    assert answer.status_code == 200
    assert isinstance(answer.json(), dict | list)
