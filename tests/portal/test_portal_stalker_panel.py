"""The imitation in a panel, where it is another than the genuine portal."""

import base64
import json
import re
import time
from datetime import UTC, datetime

import pytest
import requests


@pytest.fixture
def inside(panel_box):
    panel_box.sign_in()
    return panel_box


def url(cmd):
    return cmd.partition(" ")[2]


def first_bytes(address):
    with requests.get(address, stream=True, timeout=180) as answer:
        assert answer.status_code == 200
        return answer.raw.read(188)


@pytest.mark.parametrize(
    "path", ["/portal.php", "/c/portal.php", "/server/load.php", "/c/server/load.php", "/c//server/load.php"]
)
def test_the_script_has_several_addresses(portal, panel_box, path):
    panel_box.script = portal.address + path
    assert panel_box.sign_in()["status"] == 0


def test_pages_say_where_the_script_is(portal):
    assert "/portal.php" in requests.get(f"{portal.address}/c/xpcom.common.js", timeout=60).text
    assert "var ver" in requests.get(f"{portal.address}/c/version.js", timeout=60).text


def test_answers_are_written_as_php_does(inside):
    answer = inside.ask("itv", "get_all_channels")
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert "http:\\/\\/localhost\\/ch\\/1_" in answer.text
    assert set(answer.json()) == {"js"}


def test_an_unknown_box_has_no_token(panel_box):
    panel_box.mac = "00:1A:79:00:00:99"
    answer = panel_box.ask("stb", "handshake")
    assert (answer.status_code, answer.text) == (200, '{"js":{"token":null}}')
    told = panel_box.profile()
    assert (told["status"], told["id"], told["name"]) == (1, None, None)
    assert "msg" not in told


def test_the_address_may_be_said_as_a_parameter(panel_box):
    mac, panel_box.mac = panel_box.mac, "00:1A:79:00:00:99"
    assert panel_box.js("stb", "handshake", mac=mac)["token"]


def test_a_handshake_kills_the_token_before(inside):
    before = inside.token
    inside.token = inside.js("stb", "handshake", token=before)["token"]
    assert inside.token != before
    assert inside.js("itv", "get_genres")
    inside.token = before
    answer = inside.ask("itv", "get_genres")
    assert (answer.status_code, answer.content) == (200, b"")


@pytest.mark.parametrize("serial", ["", "another"], ids=["missing", "another"])
def test_a_box_with_a_wrong_serial_number_is_banned(inside, portal, serial):
    for params in ({"sn": serial}, {}):
        answer = inside.ask("stb", "get_profile", **params)
        assert answer.status_code == 404
        assert "<html>" in answer.text
    assert inside.ask("stb", "handshake").status_code == 404
    portal.world.macs.unblock(inside.mac)
    assert inside.sign_in()["status"] == 0


@pytest.mark.parametrize(
    ("kind", "action"), [("itv", "no_such"), ("no_such", "get_genres")], ids=["action", "type"]
)
def test_what_there_is_not_is_an_empty_body(inside, kind, action):
    answer = inside.ask(kind, action)
    assert (answer.status_code, answer.content) == (200, b"")


def test_a_blocked_box_is_nobody(inside, portal):
    portal.world.macs.block(inside.mac)
    assert inside.ask("itv", "get_genres").content == b""
    assert inside.sign_in()["status"] == 1


def test_the_period_of_the_watchdog_is_drawn_each_time(inside):
    assert all(80 <= inside.profile()["watchdog_timeout"] <= 120 for _ in range(3))


def test_rows_of_channels_have_other_types(inside, portal):
    row = inside.js("itv", "get_all_channels")["data"][0]
    assert (row["id"], row["number"], row["name"]) == (1, "1", "Amber Hills")
    assert row["tv_archive_duration"] == 72
    assert re.fullmatch(r"\d\d:\d\d - \d\d:\d\d: .+", row["cur_playing"])
    assert row["logo"].startswith(f"{portal.address}/uploads/")
    assert row["cmd"] == "ffrt http://localhost/ch/1_"
    assert inside.js("itv", "get_ordered_list", genre="*", p=1)["cur_page"] == 0
    assert inside.js("itv", "get_genres")[0]["id"] == "1"


def test_the_error_of_a_link_stands_outside(inside):
    whole = inside.ask("itv", "create_link", cmd="ffrt http://localhost/ch/1_").json()
    assert set(whole) == {"js", "streamer_id", "link_id", "load", "error"}
    assert set(whole["js"]) == {"id", "cmd"}
    assert whole["error"] == ""
    assert first_bytes(url(whole["js"]["cmd"]))[:1] == b"G"


def test_what_stands_behind_the_underscore_is_the_address(inside):
    told = inside.js("itv", "create_link", cmd="ffrt http://localhost/ch/1_http://elsewhere.example/1.ts")
    assert told["cmd"] == "ffmpeg http://elsewhere.example/1.ts"


def test_there_is_no_guide_of_all_channels(inside):
    assert inside.js("itv", "get_epg_info", period=168) == {"data": []}
    assert inside.js("epg", "get_data_table") == []


def test_the_short_guide(inside):
    told = inside.js("itv", "get_short_epg", ch_id=3)
    assert len(told) == 4
    assert told[0]["id"].endswith("_3")
    assert told[0]["start_timestamp"] <= time.time() < told[0]["stop_timestamp"]
    assert inside.js("itv", "get_short_epg") is None


def test_moments_are_off_where_the_clock_is_another(inside, portal):
    true = inside.js("itv", "get_short_epg", ch_id=3)[0]
    assert inside.zone == portal.world.guide.zone.key
    inside.zone = "Asia/Tokyo"
    off = inside.js("itv", "get_short_epg", ch_id=3)[0]
    at = datetime.fromtimestamp(true["start_timestamp"], UTC)
    apart = 9 * 3600 - portal.world.guide.local(true["start_timestamp"]).utcoffset().total_seconds()
    assert off["start_timestamp"] - true["start_timestamp"] == apart > 0, at


def test_what_was_on_plays(inside, shown):
    days = inside.js("epg", "get_week")
    today = next(place for place, day in enumerate(days) if day["today"])
    date = days[today - 1]["f_mysql"]
    row = inside.js("epg", "get_simple_data_table", ch_id=3, date=date, p=1)["data"][2]
    told = inside.js("tv_archive", "create_link", cmd=f"auto /media/{row['id']}.mpg")
    with requests.get(url(told["cmd"]), stream=True, timeout=60) as answer:
        assert shown(answer.raw.read(200_000))[0] == row["start_timestamp"]
    assert inside.ask("tv_archive", "create_link", cmd="auto /media/1_3.mpg").content == b""


def test_a_film_is_a_packed_object(inside):
    rows = inside.js("vod", "get_ordered_list", category=22, p=1)["data"]
    assert [row["name"] for row in rows] == ["North of the Reeds", "1001"]
    assert json.loads(base64.b64decode(rows[0]["cmd"]))["stream_id"] == "203"
    told = inside.js("vod", "create_link", cmd=rows[0]["cmd"], series="")
    assert told["error"] == ""
    assert first_bytes(url(told["cmd"]))[4:8] == b"ftyp"
    missing = inside.js("vod", "create_link", cmd="nothing")
    assert missing["error"] == "player_file_missing"
    assert missing["cmd"]


def test_a_panel_sorts_and_looks_for_names_and_takes_no_notice_of_the_year(inside):
    def films(**said):
        return inside.js("vod", "get_ordered_list", category="*", p=1, **said)["data"]

    ratings = [float(row["rating_imdb"] or 0) for row in films(sortby="rating")]
    assert ratings == sorted(ratings, reverse=True)
    names = [row["name"] for row in films(sortby="name")]
    assert names == sorted(names)
    assert [row["name"] for row in films(search="two voices")] == ["Two Voices"]
    assert films(search="haddad") == [], "genuine portals look among the actors too"
    assert len(films(years="1888", genre="2", abc="Z")) == len(films())
    assert inside.js("vod", "get_genres_by_category_alias", cat_alias="*") == []
    assert films()[0]["genres_str"] == "Drama, Mystery"


def test_a_series_is_a_row_for_each_season(inside):
    assert [each["title"] for each in inside.js("series", "get_categories")] == [
        "All",
        "Drama",
        "Documentary",
    ]
    (row,) = inside.js("series", "get_ordered_list", category=41, p=1)["data"]
    assert (row["name"], row["cmd"]) == ("Harbour Lights", "")
    seasons = inside.js("series", "get_ordered_list", movie_id=row["id"], p=1)["data"]
    assert [(each["id"], each["name"], each["series"]) for each in seasons] == [
        ("51:2", "Season 2", [1, 2]),
        ("51:1", "Season 1", [1, 2, 3]),
        ("51:0", "Specials", [1]),
    ]
    told = inside.js("vod", "create_link", cmd=seasons[1]["cmd"], series=2)
    assert told["id"] == "312"
    assert first_bytes(url(told["cmd"]))[4:8] == b"ftyp"


def test_the_subscription_ends_in_the_phone_number(inside, portal):
    assert inside.js("account_info", "get_main_info")["phone"] == "Unlimited"
    portal.world.macs.renew(inside.mac, days=40)
    told = inside.js("account_info", "get_main_info")["phone"]
    assert re.fullmatch(r"[A-Z][a-z]+ \d{1,2}, \d{4}, \d{1,2}:\d\d [ap]m", told)


@pytest.mark.parametrize("event", ["reboot", "reload_portal", "cut_off"])
def test_some_events_are_said_once_whoever_wanted_them_confirmed(inside, portal, event):
    portal.world.events.send(inside.mac, event, need_confirm=True)
    portal.world.events.send(inside.mac, "update_image", need_confirm=True)
    told = [inside.js("watchdog", "get_events")["data"]["event"] for _ in range(6)]
    assert told.count(event) == 1
    assert told[-1] == "update_image"


def test_small_answers(inside):
    assert inside.ask("stb", "set_volume", vol=50).json() == {"data": True}
    assert inside.js("media_favorites", "get_all") == ""


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ({"parent_password": "0000", "pass": "4711", "repeat_pass": "4711"}, "4711"),
        ({"parent_password": "0000", "pass": "4711", "repeat_pass": "4712"}, "0000"),
        ({"pass": "4711"}, "0000"),
    ],
    ids=["repeated", "repeated otherwise", "alone"],
)
def test_a_parental_password_is_always_said_to_be_changed(inside, portal, said, kept):
    assert inside.js("stb", "set_parent_password", **said) is True
    assert portal.world.macs.mac(inside.mac).parent_password == kept


def test_favourites(inside):
    assert inside.js("itv", "set_fav", fav_ch="3,1") is True
    assert inside.js("itv", "get_fav_ids") == [3, 1]
