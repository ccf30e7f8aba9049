"""What the genuine portal answers a box that it let in."""

import json
import re
import time
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import requests
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stb.portal.gate import Trouble
from stb.portal.nouns import Delivery, Picture, PortalChannel
from stb.portal.portal import Portal


@pytest.fixture
def inside(box):
    box.sign_in()
    return box


def url(cmd):
    return cmd.partition(" ")[2].partition(" ")[0]


def first_bytes(address):
    with requests.get(address, stream=True, timeout=180) as answer:
        assert answer.status_code == 200
        return answer.raw.read(188)


SEED = (
    "type=stb&action=handshake&prehash=0&token=&JsHttpRequest=1-xml",
    "type=stb&action=get_profile&JsHttpRequest=1-xml",
    "type=itv&action=get_all_channels&JsHttpRequest=1-xml",
    "type=itv&action=get_genres&JsHttpRequest=1-xml",
    "type=vod&action=get_categories&JsHttpRequest=1-xml",
    "type=vod&action=get_ordered_list&category=21&JsHttpRequest=1-xml",
    "type=itv&action=get_epg_info&period=week&JsHttpRequest=1-xml",
    "type=itv&action=create_link&cmd=ffrt%20http%3A%2F%2Flocalhost%2Fch%2F1001&JsHttpRequest=1-xml",
)
"""Every request of the protocol's description, with numbers that there are."""


@pytest.mark.parametrize("script", ["", "/c", "/c/"], ids=["root", "folder kept", "slash kept"])
@pytest.mark.parametrize("request_", SEED, ids=lambda request: request.split("&")[1])
def test_every_request_of_the_description_is_answered(portal, script, request_):
    headers = {"Authorization": "Bearer abc123", "Cookie": "mac=00:1A:79:00:00:01"}
    address = f"{portal.address}/stalker_portal{script}/server/load.php?{request_}"
    answer = requests.get(address, headers=headers, timeout=60)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/json")
    assert answer.json()["js"]
    assert "generated in" in answer.json()["text"]


@pytest.mark.parametrize("kind", ["series", "itv", "", "Ж"], ids=["series", "action", "empty", "letters"])
def test_what_there_is_not_is_false(inside, kind):
    assert inside.ask(kind, "no_such").json()["js"] is False
    assert inside.js("series", "get_categories") is False


def test_pages_say_where_the_script_is(portal):
    folder = f"{portal.address}/stalker_portal/c/"
    assert "ajax_loader" in requests.get(f"{folder}xpcom.common.js", timeout=60).text
    assert "/server/load.php" in requests.get(f"{folder}xpcom.common.js", timeout=60).text
    assert re.search(r"var ver = '[\d.]+'", requests.get(f"{folder}version.js", timeout=60).text)
    assert requests.get(folder, timeout=60).status_code == 200


class TestChannels:
    def test_the_types_of_a_row(self, inside):
        told = inside.js("itv", "get_all_channels")
        assert told["total_items"] == len(told["data"]) == 11
        row = told["data"][0]
        assert (row["id"], row["name"], row["number"]) == ("1", "Amber Hills", "1")
        assert (row["use_http_tmp_link"], row["tv_archive_duration"], row["archive"]) == ("1", "72", 1)
        assert row["cmds"][0]["url"] == row["cmd"] == "ffrt http://localhost/ch/1001"
        assert re.fullmatch(r"\d\d:\d\d .+", row["cur_playing"])
        assert "/" not in row["logo"]

    def test_a_name_of_digits_is_a_text(self, tmp_path, clips_cache, box):
        own = PortalChannel(
            id=1001,
            name="24",
            logo_url="http://elsewhere.example/24.png",
            type="FTA",
            category="News",
            has_news=0,
            created_at="2026-03-01T00:00:00.000Z",
            updated_at="2026-03-01T00:00:00.000Z",
            picture=Picture.OWN,
            delivery=Delivery.LINK,
            link="http://elsewhere.example/24.ts",
        )
        with Portal(state=tmp_path / "own", cache=clips_cache, own=(own,)) as portal:
            box.script = f"{portal.address}/stalker_portal/server/load.php"
            box.sign_in()
            row = box.js("itv", "get_all_channels")["data"][-1]
        assert (row["name"], row["number"]) == ("24", "1001")
        assert row["cmd"] == "auto http://elsewhere.example/24.ts"
        assert row["use_http_tmp_link"] == "0"

    @pytest.mark.parametrize("size", [120, 160, 240, 320])
    def test_logos_hang_off_the_portal(self, inside, portal, size):
        logo = inside.js("itv", "get_all_channels")["data"][0]["logo"]
        answer = requests.get(f"{portal.address}/stalker_portal/misc/logos/{size}/{logo}", timeout=60)
        assert answer.content.startswith(b"\x89PNG")
        wrong = requests.get(f"{portal.address}/stalker_portal/misc/logos/64/{logo}", timeout=60)
        assert wrong.status_code == 404

    def test_genres_begin_with_all(self, inside):
        told = inside.js("itv", "get_genres")
        assert (told[0]["id"], told[0]["title"]) == ("*", "All")
        assert [each["title"] for each in told[1:4]] == ["Information", "Nature", "Sport"]

    def test_what_is_for_adults_is_only_in_pages(self, inside, portal):
        portal.world.macs.decide(censored=(9, 10))
        assert {"9", "10"}.isdisjoint(row["id"] for row in inside.js("itv", "get_all_channels")["data"])
        (sport,) = (row for row in inside.js("itv", "get_genres") if row["title"] == "Sport")
        assert sport["censored"] == 1
        told = inside.js("itv", "get_ordered_list", genre=sport["id"], p=1)
        assert [(row["id"], row["censored"], row["lock"]) for row in told["data"]] == [
            ("9", "1", 1),
            ("10", "1", 1),
        ]

    def test_pages_have_fourteen_rows_and_the_first_is_that_of_what_was_watched(
        self, tmp_path, clips_cache, box
    ):
        own = [
            PortalChannel(
                id=1000 + number,
                name=f"Own {number}",
                logo_url="",
                type="FTA",
                category="Own",
                has_news=0,
                created_at="2026-03-01T00:00:00.000Z",
                updated_at="2026-03-01T00:00:00.000Z",
                picture=Picture.OWN,
                delivery=Delivery.LINK,
                link=f"http://elsewhere.example/{number}.ts",
            )
            for number in range(20)
        ]
        with Portal(state=tmp_path / "own", cache=clips_cache, own=own) as portal:
            box.script = f"{portal.address}/stalker_portal/server/load.php"
            box.sign_in()
            pages = [box.js("itv", "get_ordered_list", genre="*", p=page) for page in (1, 2, 3, 4)]
            assert [len(page["data"]) for page in pages] == [14, 14, 3, 0]
            assert {page["total_items"] for page in pages} == {31}
            assert box.js("itv", "set_last_id", id=1010) is True
            for params in ({}, {"p": 0}):
                told = box.js("itv", "get_ordered_list", genre="*", **params)
                assert (told["cur_page"], told["selected_item"]) == (2, 8)
                assert told["data"][7]["id"] == "1010"

    def test_favourites_are_replaced_whole_and_keep_their_order(self, inside):
        assert inside.js("itv", "get_fav_ids") == []
        assert inside.js("itv", "set_fav", fav_ch="7,1,3") is True
        assert inside.js("itv", "get_fav_ids") == ["7", "1", "3"]
        assert [row["id"] for row in inside.js("itv", "get_all_fav_channels")["data"]] == ["7", "1", "3"]
        told = inside.js("itv", "get_ordered_list", fav=1, sortby="fav", p=1)
        assert [(row["id"], row["fav"]) for row in told["data"]] == [("7", 1), ("1", 1), ("3", 1)]
        inside.js("itv", "set_fav", fav_ch="")
        assert inside.js("itv", "get_fav_ids") == []

    def test_the_parental_password_is_told_in_clear(self, inside):
        assert inside.js("stb", "set_parent_password", **{"pass": "4711"}) is True
        assert inside.profile()["parent_password"] == "4711"

    def test_a_channel_that_is_not_subscribed_to(self, inside, portal):
        portal.world.macs.change(inside.mac, closed=(1,))
        row = inside.js("itv", "get_all_channels")["data"][0]
        assert (row["open"], row["cmd"]) == (0, "udp://wtf?")
        told = inside.js("itv", "create_link", cmd="ffrt http://localhost/ch/1001")
        assert (told["error"], told["cmd"]) == ("access_denied", "")

    def test_radio_is_a_list_of_its_own(self, inside):
        (row,) = inside.js("radio", "get_ordered_list", p=1)["data"]
        assert row["name"] == "Lantern Radio"
        assert first_bytes(url(row["cmd"]))[:1] == b"G"


class TestLinks:
    def test_a_temporary_link_plays_and_is_counted(self, inside, portal):
        told = inside.js("itv", "create_link", cmd="ffrt http://localhost/ch/1001 extra:1")
        assert told["error"] == ""
        assert told["cmd"].endswith(".ts extra:1")
        with requests.get(url(told["cmd"]), stream=True, timeout=60) as answer:
            assert answer.raw.read(188)[:1] == b"G"
            assert [each.viewing.line for each in portal.connections()] == [inside.mac]

    def test_links_are_made_for_the_players_that_the_operator_wants(self, inside, portal):
        portal.world.macs.decide(agents="Model: MAG(250|254);")
        cmd = "ffrt http://localhost/ch/1001"
        assert inside.js("itv", "create_link", cmd=cmd)["error"] == "nothing_to_play"
        headers = {
            "Cookie": f"mac={inside.mac}",
            "Authorization": f"Bearer {inside.token}",
            "X-User-Agent": "Model: MAG254; Link: Ethernet",
        }
        asked = {"type": "itv", "action": "create_link", "cmd": cmd}
        told = requests.get(inside.script, params=asked, headers=headers, timeout=60).json()["js"]
        assert (told["error"], told["cmd"][:7]) == ("", "ffmpeg ")

    def test_a_link_that_is_not_followed_in_time_is_dead(self, tmp_path, clips_cache, box):
        with Portal(state=tmp_path / "quick", cache=clips_cache, pass_s=0.0) as portal:
            box.script = f"{portal.address}/stalker_portal/server/load.php"
            box.sign_in()
            told = box.js("itv", "create_link", cmd="ffrt http://localhost/ch/1001")
            assert requests.get(url(told["cmd"]), timeout=60).status_code == 404

    def test_others_are_played_as_they_stand(self, inside):
        rows = inside.js("itv", "get_all_channels")["data"]
        (row,) = (row for row in rows if row["id"] == "4")
        assert row["use_http_tmp_link"] == "0"
        assert first_bytes(url(row["cmd"]))[:1] == b"G"
        told = inside.js("itv", "create_link", cmd="ffmpeg http://h/play/live.php?stream=")
        assert told["error"] == "nothing_to_play"

    def test_a_blocked_box_loses_what_it_watches(self, inside, portal):
        told = inside.js("itv", "create_link", cmd="ffrt http://localhost/ch/1001")
        with requests.get(url(told["cmd"]), stream=True, timeout=60) as answer:
            pieces = answer.iter_content(1 << 16)
            assert next(pieces)
            portal.world.macs.block(inside.mac)
            with pytest.raises(requests.exceptions.ChunkedEncodingError):
                list(pieces)
        assert portal.connections() == ()

    def test_with_advertising_the_answer_is_a_list(self, inside, portal):
        portal.world.macs.decide(adverts=True)
        (only,) = inside.js("itv", "create_link", cmd="ffrt http://localhost/ch/1001")
        assert only["media_type"] == "advert"
        advert, film = inside.js("vod", "create_link", cmd="/media/201.mpg")
        assert (advert["media_type"], film["error"]) == ("vclub_ad", "")
        told = inside.js("itv", "create_link", cmd="ffrt http://localhost/ch/1001", disable_ad=1)
        assert told["error"] == ""


class TestGuide:
    def test_the_guide_of_all_channels(self, inside):
        told = inside.js("itv", "get_epg_info", period=6)["data"]
        assert len(told) == 11
        row = told["3"][0]
        assert int(row["start_timestamp"]) <= time.time() < int(row["stop_timestamp"])
        assert isinstance(row["start_timestamp"], str)
        assert 7 * 3600 <= int(told["3"][-1]["stop_timestamp"]) - time.time() <= 12 * 3600

    def test_texts_of_time_are_on_the_clock_of_the_box(self, inside):
        inside.zone = "Asia/Tokyo"
        (row,) = inside.js("itv", "get_short_epg", ch_id=3, size=1)
        at = datetime.fromtimestamp(int(row["start_timestamp"]), ZoneInfo("Asia/Tokyo"))
        assert (row["time"], row["t_time"]) == (f"{at:%Y-%m-%d %H:%M:%S}", f"{at:%H:%M}")

    def test_the_short_guide_is_a_list(self, inside):
        assert len(inside.js("itv", "get_short_epg", ch_id=3)) == 5
        assert inside.js("itv", "get_short_epg", ch_id=6) == []
        assert inside.js("itv", "get_short_epg") == []

    def test_days_come_in_pages_of_ten_and_page_0_has_what_is_on(self, inside):
        today = next(day["f_mysql"] for day in inside.js("epg", "get_week") if day["today"])
        first = inside.js("epg", "get_simple_data_table", ch_id=3, date=today, p=1)
        assert (first["max_page_items"], len(first["data"])) == (10, 10)
        assert first["data"][0]["t_time"] == "00:00"
        now = inside.js("epg", "get_simple_data_table", ch_id=3, date=today, p=0)
        row = now["data"][now["selected_item"] - 1]
        assert int(row["start_timestamp"]) <= time.time() < int(row["stop_timestamp"])

    def test_every_programme_of_a_channel(self, inside):
        told = inside.js("epg", "get_all_program_for_ch", ch_id=3)
        assert len(told) > 100
        assert set(told[0]) == {"start_timestamp", "stop_timestamp", "name"}

    def test_a_grid_of_channels_and_time(self, inside):
        inside.zone = "Asia/Tokyo"
        begin = datetime.now(ZoneInfo("Asia/Tokyo")).replace(minute=0, second=0, microsecond=0)
        end = begin + timedelta(hours=2)
        told = inside.js(
            "epg",
            "get_data_table",
            **{"from": f"{begin:%Y-%m-%d %H:%M:%S}", "to": f"{end:%Y-%m-%d %H:%M:%S}"},
            p=1,
        )
        assert (told["from_ts"], told["to_ts"]) == (int(begin.timestamp()), int(end.timestamp()))
        assert told["time_marks"] == [f"{begin + timedelta(minutes=half):%H:%M}" for half in (0, 30, 60, 90)]
        assert (told["max_page_items"], len(told["data"])) == (10, 10)
        shown = {row["ch_id"]: row["epg"] for row in told["data"]}
        assert int(shown["3"][0]["start_timestamp"]) <= begin.timestamp()
        assert int(shown["3"][-1]["stop_timestamp"]) >= end.timestamp()
        rest = inside.js("epg", "get_data_table", p=2)
        assert len(rest["data"]) == rest["total_items"] - 10


class TestArchive:
    def yesterday(self, box):
        days = box.js("epg", "get_week")
        today = next(place for place, day in enumerate(days) if day["today"])
        date = days[today - 1]["f_mysql"]
        return box.js("epg", "get_simple_data_table", ch_id=3, date=date, p=1)["data"]

    def test_what_was_on_plays_at_its_moment(self, inside, shown):
        row = self.yesterday(inside)[2]
        assert row["mark_archive"] == 1
        told = inside.js("tv_archive", "create_link", cmd=f"auto /media/{row['id']}.mpg")
        assert told["error"] == ""
        with requests.get(url(told["cmd"]), stream=True, timeout=60) as answer:
            assert shown(answer.raw.read(200_000))[0] == int(row["start_timestamp"])

    def test_the_part_after_it(self, inside):
        first, second = self.yesterday(inside)[2:4]
        told = inside.js("tv_archive", "get_next_part_url", id=first["real_id"])
        assert isinstance(told, str)
        assert first_bytes(url(told))[:1] == b"G"
        assert inside.js("tv_archive", "get_next_part_url", id="3_") is False
        assert second["real_id"] == f"3_{second['start_timestamp']}"

    def test_what_is_not_kept(self, inside):
        assert inside.js("tv_archive", "create_link", cmd="auto /media/1.mpg")["error"] == "link_fault"

    def test_now_can_be_wound_back_to_the_hour(self, inside):
        told = inside.js("tv_archive", "get_link_for_channel", ch_id=3)
        assert re.fullmatch(r"ffmpeg http\S+ position:\d+ media_len:\d+", told["cmd"])
        assert first_bytes(url(told["cmd"]))[:1] == b"G"


class TestFilms:
    def names(self, box, **params):
        return [row["name"] for row in box.js("vod", "get_ordered_list", p=1, **params)["data"]]

    def test_films_and_series_stand_on_one_shelf(self, inside):
        assert [each["title"] for each in inside.js("vod", "get_categories")] == [
            *("All", "Drama", "Adventure", "أفلام عربية", "Drama", "Documentary")
        ]
        assert self.names(inside, category=22) == ["North of the Reeds", "1001"]
        assert self.names(inside, category="*", search="haddad") == ["Two Voices"]
        assert self.names(inside, category="*", sortby="rating")[0] == "Harbour Lights"
        assert self.names(inside, category="*", years="2024") == ["1001"]
        assert self.names(inside, category="*", abc="N") == ["North of the Reeds"]
        assert self.names(inside, category="*", sortby="added")[0] == "Harbour Lights"

    def test_genres_by_category_and_what_is_of_one(self, inside):
        def genres(alias):
            told = inside.js("vod", "get_genres_by_category_alias", cat_alias=alias)
            assert told[0] == {"id": "*", "title": "*"}
            return {each["title"]: each["id"] for each in told[1:]}

        every, adventure = genres("*"), genres("adventure")
        assert list(every) == [
            *("Drama", "Mystery", "Romance", "Adventure", "دراما", "Documentary", "Nature"),
        ]
        assert adventure == {name: every[name] for name in ("Mystery", "Adventure")}
        mystery = every["Mystery"]
        assert self.names(inside, category="*", genre=mystery) == ["The Lighthouse Keeper's Clock", "1001"]
        assert self.names(inside, category=22, genre=mystery) == ["1001"]
        assert self.names(inside, category="*", genre=mystery, years="2019", sortby="name") == [
            "The Lighthouse Keeper's Clock"
        ]
        assert len(self.names(inside, category="*", genre="*")) == 7

    def test_the_types_of_a_row(self, inside, portal):
        row = inside.js("vod", "get_ordered_list", category=22, p=1)["data"][1]
        assert (row["id"], row["name"], row["series"], row["is_series"]) == ("204", "1001", [], 0)
        assert row["screenshot_uri"] == "/stalker_portal/screenshots/3/204.jpg"
        picture = requests.get(portal.address + row["screenshot_uri"], timeout=60)
        assert picture.content.startswith(b"\x89PNG")
        assert "week_and_more" in row

    def test_a_film_plays(self, inside):
        told = inside.js("vod", "create_link", cmd="/media/204.mpg")
        assert first_bytes(url(told["cmd"])).startswith(b"\x1aE")

    def test_a_film_with_files_is_played_by_one_of_them(self, inside):
        (row,) = inside.js("vod", "get_ordered_list", search="Two Voices")["data"]
        assert row["has_files"] == 2
        assert inside.js("vod", "create_link", cmd="/media/202.mpg")["error"] == "nothing_to_play"
        files = inside.js("vod", "get_ordered_list", movie_id=202, season_id=0, episode_id=0)["data"]
        assert [file["name"] for file in files] == ["English / 720p", "Arabic / 720p"]
        told = inside.js("vod", "create_link", cmd=files[0]["cmd"])
        assert first_bytes(url(told["cmd"])).startswith(b"\x1aE")

    def test_a_series_in_one_row(self, inside):
        (row,) = inside.js("vod", "get_ordered_list", search="One Winter")["data"]
        assert (row["series"], row["is_series"]) == ([1, 2, 3], 0)
        told = inside.js("vod", "create_link", cmd=row["cmd"], series=2)
        assert told["id"] == "332"
        assert first_bytes(url(told["cmd"]))[4:8] == b"ftyp"
        assert inside.js("vod", "create_link", cmd=row["cmd"], series=9)["error"] == "nothing_to_play"

    def test_a_series_of_rows_within_rows(self, inside):
        (row,) = inside.js("vod", "get_ordered_list", search="Harbour")["data"]
        assert (row["series"], row["is_series"], row["has_files"]) == ([], 1, 6)
        seasons = inside.js("vod", "get_ordered_list", movie_id=row["id"])["data"]
        assert [(each["name"], each["is_season"]) for each in seasons] == [
            ("Specials", True),
            ("Season 1", True),
            ("Season 2", True),
        ]
        within = {"movie_id": row["id"], "season_id": seasons[1]["id"]}
        episodes = inside.js("vod", "get_ordered_list", **within)["data"]
        assert [each["series_number"] for each in episodes] == ["1", "2", "3"]
        (file,) = inside.js("vod", "get_ordered_list", **within, episode_id=episodes[1]["id"])["data"]
        told = inside.js("vod", "create_link", cmd=file["cmd"])
        assert told["id"] == episodes[1]["id"]
        assert first_bytes(url(told["cmd"]))[4:8] == b"ftyp"

    def test_favourites_come_and_go_one_at_a_time(self, inside):
        assert inside.js("vod", "set_fav", video_id=203) is True
        inside.js("vod", "set_fav", video_id=51)
        assert self.names(inside, fav=1) == ["North of the Reeds", "Harbour Lights"]
        inside.js("vod", "del_fav", video_id=203)
        assert self.names(inside, fav=1) == ["Harbour Lights"]


@pytest.mark.parametrize(
    ("kind", "action"),
    [
        ("itv", "set_played"),
        ("stb", "log"),
        ("vod", "set_played"),
        ("vod", "set_not_ended"),
        ("vod", "set_ended"),
        ("vod", "del_link"),
        ("stb", "set_stream_error"),
    ],
    ids=lambda word: word,
)
def test_what_a_box_reports_is_taken(inside, kind, action):
    assert inside.js(kind, action) in (True, 1)


class TestEvents:
    def asked(self, box):
        return box.js("watchdog", "get_events", cur_play_type=1, event_active_id=0, init=0)["data"]

    def test_one_at_a_time_by_their_turn(self, inside, portal):
        for event, text in (("play_channel", "3"), ("send_msg", "Hello"), ("cut_off", "")):
            portal.world.events.send(inside.mac, event, text)
        told = [self.asked(inside) for _ in range(4)]
        assert [each.get("event") for each in told] == ["cut_off", "send_msg", "play_channel", None]
        assert [each["msgs"] for each in told] == [3, 2, 1, 0]
        assert told[1]["msg"] == "Hello"

    def test_what_is_to_be_confirmed_is_told_until_it_is(self, inside, portal):
        portal.world.events.send(inside.mac, "send_msg", "Hello", need_confirm=True)
        first, again = self.asked(inside), self.asked(inside)
        assert first == again
        assert (first["event"], first["need_confirm"]) == ("send_msg", "1")
        assert inside.js("watchdog", "confirm_event", event_active_id=first["id"]) == {"data": "ok"}
        assert "event" not in self.asked(inside)

    def test_nobody_confirms_for_another(self, inside, portal, other_box):
        portal.world.events.send(inside.mac, "send_msg", "Hello", need_confirm=True)
        other = other_box("00:1A:79:00:00:09")
        other.token = "F" * 32
        other.profile(device_id2="9" * 64)
        other.js("watchdog", "confirm_event", event_active_id=self.asked(inside)["id"])
        assert self.asked(inside)["event"] == "send_msg"

    def test_only_messages_wait_for_long(self, inside, portal):
        portal.world.events.send(inside.mac, "reboot", lasts_s=0)
        portal.world.events.send(inside.mac, "send_msg", "Hello", lasts_s=0)
        assert [each.event for each in portal.world.events.waiting(inside.mac)] == ["send_msg"]


def test_a_portal_can_be_broken(inside, portal):
    with portal.troubled(Trouble.SERVER_ERROR):
        assert inside.ask("itv", "get_genres").status_code == 500
    with portal.troubled(Trouble.HTML):
        assert "<h1>" in inside.ask("itv", "get_genres").text


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    params=st.dictionaries(
        st.sampled_from(
            ["genre", "p", "cmd", "ch_id", "date", "period", "size", "movie_id", "series", "id", "fav_ch"]
        ),
        st.text(max_size=12) | st.integers().map(str),
    ),
    name=st.sampled_from(
        [
            *(("itv", action) for action in ("get_ordered_list", "create_link", "get_short_epg", "set_fav")),
            *(("tv_archive", action) for action in ("create_link", "get_next_part_url")),
            *(("vod", action) for action in ("get_ordered_list", "create_link")),
            *(("epg", action) for action in ("get_simple_data_table", "get_data_table", "get_week")),
            ("itv", "get_epg_info"),
        ]
    ),
)
def test_whatever_is_asked_is_answered(box, params, name):
    if not box.token:
        box.sign_in()
    answer = box.ask(*name, **params)
    assert answer.status_code == 200
    assert set(json.loads(answer.text)) == {"js", "text"}
