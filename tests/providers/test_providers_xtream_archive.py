"""Addresses of what was on, by the server's clock."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from stb.model import Programme
from stb.providers.beginnings import media_kind
from stb.providers.xtream.address import Login
from stb.providers.xtream.archive import FORMS, past_address
from stb.providers.xtream.streams import file_address, live_address
from stb.providers.xtream.zones import zone_named

LOGIN = Login("http://tv.example:8080", "me", "word")
BASE = "http://tv.example:8080"


def past(start, stop, zone, form=FORMS[0], login=LOGIN):
    programme = Programme(
        channel="x",
        start=int(start.timestamp()),
        stop=None if stop is None else int(stop.timestamp()),
        title="",
    )
    return past_address(login, form, "7", programme, zone)


def utc(*when):
    return datetime(*when, tzinfo=UTC)


def test_the_path_has_the_duration_in_minutes_and_the_start_on_the_servers_clock():  # iptvnator 1562
    address = past(utc(2025, 6, 15, 18), utc(2025, 6, 15, 19, 30), ZoneInfo("Europe/Berlin"))
    assert address == f"{BASE}/timeshift/me/word/90/2025-06-15:20-00/7.ts"


@pytest.mark.parametrize(
    ("when", "said"),
    [
        pytest.param(utc(2025, 3, 29, 20), "2025-03-29:21-00", id="the evening before"),
        pytest.param(utc(2025, 3, 30, 0, 30), "2025-03-30:01-30", id="half an hour before"),
        pytest.param(utc(2025, 3, 30, 1, 30), "2025-03-30:03-30", id="half an hour after"),
        pytest.param(utc(2025, 10, 25, 22), "2025-10-26:00-00", id="the last summer night"),
        pytest.param(utc(2025, 10, 26, 2), "2025-10-26:03-00", id="the first winter morning"),
    ],
)
def test_the_offset_is_the_one_of_the_start(when, said):
    assert f"/{said}/" in past(when, None, ZoneInfo("Europe/Berlin"))


def test_a_zone_without_a_name_is_an_offset():
    assert "/2025-06-15:23-45/" in past(utc(2025, 6, 15, 18), None, zone_named("+345"))
    assert "/2025-06-15:14-00/" in past(utc(2025, 6, 15, 18), None, zone_named("-240"))
    assert "/2025-06-15:18-00/" in past(utc(2025, 6, 15, 18), None, zone_named("no zone"))


@pytest.mark.parametrize(
    ("start", "stop", "minutes", "said"),
    [
        pytest.param(utc(2025, 6, 15, 18), utc(2025, 6, 15, 18, 30), 30, "18-00", id="whole minutes"),
        pytest.param(utc(2025, 6, 15, 18), utc(2025, 6, 15, 18, 30, 1), 31, "18-00", id="rounded up"),
        pytest.param(
            utc(2025, 6, 15, 18, 0, 30), utc(2025, 6, 15, 18, 30), 30, "18-00", id="begins within a minute"
        ),
        pytest.param(
            utc(2025, 6, 15, 18, 0, 30), utc(2025, 6, 15, 18, 30, 30), 31, "18-00", id="both within"
        ),
        pytest.param(utc(2025, 6, 15, 18), None, 60, "18-00", id="no end: an hour"),
        pytest.param(
            utc(2025, 6, 15, 18), utc(2025, 6, 15, 17), 60, "18-00", id="ends before it begins: an hour"
        ),
    ],
)
def test_the_whole_programme_is_asked_for(start, stop, minutes, said):
    assert f"/{minutes}/2025-06-15:{said}/" in past(start, stop, UTC)


def test_every_form_once():
    start, stop = utc(2025, 6, 15, 18), utc(2025, 6, 15, 19)
    query = f"{BASE}/streaming/timeshift.php?username=me&password=word&stream=7"
    assert [past(start, stop, UTC, form).removeprefix(BASE) for form in FORMS] == [
        "/timeshift/me/word/60/2025-06-15:18-00/7.ts",
        "/timeshift/me/word/60/2025-06-15_18-00/7.ts",
        "/timeshift/me/word/60/2025-06-15:18:00:00/7.ts",
        "/timeshifts/me/word/60/7/2025-06-15:18-00.ts",
        *(
            f"{query}&start={said}&duration=60".removeprefix(BASE)
            for said in (
                "2025-06-15:18-00",
                "2025-06-15_18-00",
                "2025-06-15%2018:00:00",
                "2025-06-15:18:00:00",
            )
        ),
    ]
    assert len({form.name for form in FORMS}) == len(FORMS)


ODD = Login(BASE, "a/b@c", "p?w #&%ü")
ESCAPED = "a%2Fb%40c/p%3Fw%20%23%26%25%C3%BC"


def test_user_name_and_password_are_escaped_in_every_address():
    assert live_address(ODD, "7", ["ts"], 0) == f"{BASE}/live/{ESCAPED}/7.ts"
    assert live_address(ODD, "7", ["rtmp"], 1935) == f"rtmp://tv.example:1935/live/{ESCAPED}/7"
    assert file_address(ODD, "movie", "7.mkv") == f"{BASE}/movie/{ESCAPED}/7.mkv"
    for form in FORMS:
        address = past(utc(2025, 6, 15), None, UTC, form, ODD)
        assert ESCAPED in address or "username=a%2Fb%40c&password=p%3Fw%20%23%26%25%C3%BC&" in address


@pytest.mark.parametrize(
    ("formats", "address"),
    [
        pytest.param(["m3u8", "ts", "rtmp"], "http://tv.example:8080/live/me/word/7.ts", id="all: ts"),
        pytest.param(["m3u8"], "http://tv.example:8080/live/me/word/7.m3u8", id="m3u8 only"),
        pytest.param(
            ["m3u8", "rtmp"], "http://tv.example:8080/live/me/word/7.m3u8", id="m3u8 rather than RTMP"
        ),
        pytest.param(["rtmp"], "rtmp://tv.example:25462/live/me/word/7", id="RTMP only"),
        pytest.param([], "http://tv.example:8080/live/me/word/7.ts", id="nobody says"),
    ],
)
def test_live_in_the_best_format_that_is_allowed(formats, address):
    assert live_address(LOGIN, "7", formats, 25462) == address


def test_rtmp_of_a_server_with_an_address_of_version_6():
    login = Login("http://[2001:db8::7]:8080/sub", "me", "word")
    assert live_address(login, "7", ["rtmp"], 1935) == "rtmp://[2001:db8::7]:1935/live/me/word/7"
    login = Login("http://[2001:db8::7]", "me", "word")
    assert live_address(login, "7", ["rtmp"], 1935) == "rtmp://[2001:db8::7]:1935/live/me/word/7"


def test_an_origin_of_its_own_is_played_from_there():
    assert live_address(LOGIN, "udp://@239.1.1.1:1234", ["ts"], 0) == "udp://@239.1.1.1:1234"
    assert file_address(LOGIN, "movie", "http://o.example/7.mkv") == "http://o.example/7.mkv"


PACKET = b"G" + bytes(187)


@pytest.mark.parametrize(
    "beginning",
    [
        pytest.param(PACKET * 3, id="transport stream"),
        pytest.param(b"rest of a packet" + PACKET * 3, id="transport stream, joined in the middle"),
        pytest.param(b"#EXTM3U\n#EXT-X-VERSION:3\n", id="list of segments"),
        pytest.param(b"\0\0\0\x20ftypisom", id="MP4"),
        pytest.param(b"\x1aE\xdf\xa3\x01", id="Matroska"),
        pytest.param(b"FLV\x01", id="Flash"),
        pytest.param(b"\0\0\x01\xba", id="programme stream"),
    ],
)
def test_what_looks_like_video(beginning):
    assert media_kind(beginning)


@pytest.mark.parametrize(
    "beginning",
    [
        pytest.param(b"", id="nothing (timeshift.php that gives up)"),
        pytest.param(b"Get out", id="a word that begins with G"),
        pytest.param(b"<html>" + b"G" * 10, id="a page"),
        pytest.param(b'{"error":"no archive"}', id="JSON"),
        pytest.param(PACKET[:100], id="half a packet"),
    ],
)
def test_what_does_not_look_like_video(beginning):
    assert not media_kind(beginning)
