"""Playlists and the guide as files: ``get.php``, ``xmltv.php``, and the operator without accounts."""

import gzip
import re
import xml.etree.ElementTree as ET
from datetime import datetime

import pytest
import requests

from stb.portal.m3u import Entry, plain, playlist
from stb.portal.portal import Portal

WHO = "username=us%20er&password=p%2Fw"
IN_PATH = "us%20er/p%2Fw"


@pytest.fixture
def portal(portal: Portal) -> Portal:
    portal.world.lines.add("us er", password="p/w")
    return portal


def fetched(portal: Portal, path: str, **headers: str) -> requests.Response:
    return requests.get(portal.address + path, headers=headers, timeout=60)


def addresses(text: str) -> list[str]:
    return [line for line in text.splitlines() if not line.startswith("#")]


def test_a_list_with_attributes(portal):
    answer = fetched(portal, f"/get.php?{WHO}&type=m3u_plus&output=ts")

    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="tv_channels_us%20er.m3u"'
    first, entry, address, *_ = answer.text.splitlines()
    logo = next(channel.logo_url for channel in portal.world.channels() if channel.id == 1)
    assert first == "#EXTM3U"
    assert entry == (
        '#EXTINF:-1 timeshift="3" tvg-id="lantern.1" tvg-name="Amber Hills"'
        f' tvg-logo="{portal.address}{logo}" group-title="Nature",Amber Hills'
    )
    assert address == f"{portal.address}/{IN_PATH}/1"
    told = addresses(answer.text)
    assert f"{portal.address}/movie/{IN_PATH}/202.mkv" in told
    assert f"{portal.address}/series/{IN_PATH}/311.mp4" in told
    assert "Harbour Lights S01E01" in answer.text


@pytest.mark.parametrize(
    ("output", "address"),
    [
        ("ts", "/{who}/1"),
        ("mpegts", "/{who}/1"),
        ("m3u8", "/live/{who}/1.m3u8"),
        ("hls", "/live/{who}/1.m3u8"),
    ],
)
def test_the_form_of_live_addresses_is_asked_for(portal, output, address):
    text = fetched(portal, f"/get.php?{WHO}&type=m3u_plus&output={output}").text

    assert addresses(text)[0] == portal.address + address.format(who=IN_PATH)


def test_a_plain_list_has_names_only(portal):
    lines = fetched(portal, f"/get.php?{WHO}&type=m3u&output=ts").text.splitlines()

    assert lines[:2] == ["#EXTM3U", "#EXTINF:-1,Amber Hills"]


@pytest.mark.parametrize(("key", "count"), [("live", 12), ("movie", 5), ("series", 9), ("live,movie", 17)])
def test_a_part_of_the_list_can_be_asked_for(portal, key, count):
    assert len(addresses(fetched(portal, f"/get.php?{WHO}&type=m3u_plus&key={key}").text)) == count


@pytest.mark.parametrize("script", ["get", "xmltv"])
def test_who_is_not_known_sees_a_web_servers_own_page(portal, script):
    answer = fetched(portal, f"/{script}.php?username=nobody&password=x")

    assert answer.status_code == 404
    assert answer.headers["Content-Type"].startswith("text/html")


def test_the_guide_is_xmltv(portal):
    answer = fetched(portal, f"/xmltv.php?{WHO}")

    root = ET.fromstring(answer.content)  # noqa: S314 # our own
    channels = {each.get("id"): each.findtext("display-name") for each in root.iter("channel")}
    assert channels["lantern.3"] == "Clock"
    assert "lantern.6" not in channels, "the guide does not know the radio"
    guide, now = portal.world.guide, portal.world.clock()
    clock = next(channel for channel in portal.world.channels() if channel.id == 3)
    told = [each for each in root.iter("programme") if each.get("channel") == "lantern.3"]
    shows = guide.shows(clock, *guide.window(now))
    assert [
        (int(datetime.strptime(each.get("start"), "%Y%m%d%H%M%S %z").timestamp()), each.findtext("title"))
        for each in told
    ] == [(show.start, show.title) for show in shows]
    first = told[0]
    assert int(first.get("stop_timestamp")) == shows[0].stop
    assert [title.get("lang") for title in first.iter("title")] == ["en", "ar"]
    serial = next(each for each in root.iter("programme") if each.find("episode-num") is not None)
    systems = {each.get("system"): each.text for each in serial.iter("episode-num")}
    season, episode = re.fullmatch(r"S(\d+)E(\d+)", systems["onscreen"]).groups()
    assert systems["xmltv_ns"] == f"{int(season) - 1}.{int(episode) - 1}."


@pytest.mark.parametrize(
    "path", [f"/xmltv.php?{WHO}&gzip=1", "/guide.xml.gz"], ids=["panel", "plain operator"]
)
def test_a_packed_guide_is_packed_and_the_same(portal, path):
    answer = fetched(portal, path)

    assert answer.content[:2] == b"\x1f\x8b"
    assert "Content-Encoding" not in answer.headers
    assert gzip.decompress(answer.content) == fetched(portal, "/guide.xml").content


def test_a_guide_is_sent_again_only_when_it_is_another(portal):
    first = fetched(portal, f"/xmltv.php?{WHO}")

    for known in (
        {"If-None-Match": first.headers["ETag"]},
        {"If-Modified-Since": first.headers["Last-Modified"]},
    ):
        assert fetched(portal, f"/xmltv.php?{WHO}", **known).status_code == 304
    for other in ({"If-None-Match": '"other"'}, {"If-Modified-Since": "yesterday"}):
        assert fetched(portal, f"/xmltv.php?{WHO}", **other).status_code == 200


def test_a_guide_can_be_fetched_on_from_where_it_broke_off(portal):
    whole = fetched(portal, "/guide.xml.gz").content

    rest = fetched(portal, "/guide.xml.gz", Range="bytes=1000-")

    assert (rest.status_code, rest.content) == (206, whole[1000:])


def test_the_list_of_the_operator_without_accounts(portal):
    text = fetched(portal, "/playlist.m3u").text

    assert text.splitlines()[0] == f'#EXTM3U x-tvg-url="{portal.address}/guide.xml.gz"'
    assert "Blue Valley HD" not in text, "what is not free"
    catch_up = dict(re.findall(r'catchup="(\w+)".*,(.+)', text))
    assert catch_up == {
        "append": "Amber Hills",
        "shift": "Clock",
        "flussonic": "قناة الفانوس",
        "default": "Emerald Lake",
    }
    assert re.search(r'radio="true",Lantern Radio', text)
    schemes = {address.partition(":")[0] for address in addresses(text)}
    assert schemes == {"http", "rtsp", "rtmp", "udp"}


@pytest.mark.parametrize(
    "path", ["/open/1.ts", "/open/8/mpegts", "/open/9.m3u8"], ids=["ts", "mpegts", "hls"]
)
def test_its_channels_are_for_everybody(portal, path):
    with requests.get(portal.address + path, stream=True, timeout=60) as answer:
        assert answer.status_code == 200
        data = answer.raw.read(188)
        if path.endswith("m3u8"):
            segment = addresses(data.decode() + answer.raw.read().decode())[0]
            data = fetched(portal, segment).content
        assert data[0] == 0x47


def test_its_films_are_for_everybody(portal):
    answer = fetched(portal, "/open/movie/204.mkv", Range="bytes=0-3")

    assert (answer.status_code, answer.content) == (206, b"\x1aE\xdf\xa3")


@pytest.mark.parametrize(
    "path",
    [
        "/open/3.ts?utc={begin}&lutc={now}",
        "/open/3.ts?begin={begin}&seconds=6",
        "/open/3/timeshift_abs-{begin}.ts",
        "/open/3/{begin}/6.ts",
    ],
    ids=["shift", "append", "flussonic", "default"],
)
def test_its_archive_is_asked_in_every_way(portal, shown, path):
    now = int(portal.world.clock().timestamp())
    begin = now - 7200
    with requests.get(portal.address + path.format(begin=begin, now=now), stream=True, timeout=60) as answer:
        stream = answer.raw.read(188 * 500)

    assert shown(stream)[0] == begin


@pytest.mark.parametrize(
    "path", ["/open/2.ts", "/open/99.ts", "/open/2/1700000000/60.ts", "/open/3.ts?utc=1", "/open/song/1.mp3"]
)
def test_what_it_does_not_have_is_not_found(portal, path):
    assert fetched(portal, path).status_code == 404


def test_no_name_breaks_a_list():
    entry = Entry(name='A "name",\nof two lines', address="http://tv.example/1", attributes=(("a", 'x"\ny'),))

    assert playlist([entry]).splitlines() == [
        "#EXTM3U",
        '#EXTINF:-1 a="x\' y",A "name", of two lines',
        "http://tv.example/1",
    ]
    assert plain([]) == "#EXTM3U\n"
