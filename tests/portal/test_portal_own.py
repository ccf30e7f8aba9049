"""A person's own films and channels."""

import re
from pathlib import Path

import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from stb.errors import PortalError
from stb.portal import own
from stb.portal.portal import Portal

BOX = "195C68F32A17B98"
LIST = """\ufeff#EXTM3U url-tvg="http://guide.example/epg.xml"
#EXTINF:-1 tvg-id="one" tvg-logo="http://logos.example/one.png" group-title="News",One, the first
#EXTVLCOPT:http-user-agent=x
http://tv.example/one.ts

#EXTINF:-1 group-title="أخبار",القناة الثانية
rtsp://user:word@tv.example:554/two
http://tv.example/live/three.m3u8?token=1
#EXTINF:-1,A file of the box
file:///etc/passwd
#EXTINF:-1 tvg-name="Four"
udp://@239.1.1.1:1234
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two films, and what is none."""
    made = tmp_path / "films"
    (made / "old").mkdir(parents=True)
    (made / "The_Long_Day.mp4").write_bytes(bytes(range(256)) * 8)
    (made / "old" / "Rain.MKV").write_bytes(b"rain")
    (made / "notes.txt").write_text("no film")
    (made / "folder.mp4").mkdir()
    return made


@pytest.fixture
def listing(tmp_path: Path) -> Path:
    file = tmp_path / "own.m3u"
    file.write_text(LIST, "utf-8")
    return file


def test_films_are_channels_named_after_their_files(folder):
    films = own.films(folder)

    assert [(film.id, film.name, film.category) for film in films] == [
        (101, "The Long Day", "Films"),
        (102, "Rain", "Films"),
    ]


def test_a_list_gives_names_logos_groups_and_addresses(listing):
    assert [(row.id, row.name, row.category, row.link, row.logo_url) for row in own.listed(listing)] == [
        (1001, "One, the first", "News", "http://tv.example/one.ts", "http://logos.example/one.png"),
        (1002, "القناة الثانية", "أخبار", "rtsp://user:word@tv.example:554/two", "/uploads/own-1002.png"),
        (1003, "three.m3u8", "Own", "http://tv.example/live/three.m3u8?token=1", "/uploads/own-1003.png"),
        (1004, "Four", "Own", "udp://@239.1.1.1:1234", "/uploads/own-1004.png"),
    ]


REFUSED = (
    "file:///etc/passwd",
    "/etc/passwd",
    "film.mp4",
    "screen://",
    "v4l2:///dev/video0",
    "http://localhost/x",
    "http://box.localhost./x",
    "http://127.0.0.1:5000/x",
    "http://127.1/x",
    "http://2130706433/x",
    "http://0x7f000001/x",
    "http://[::1]/x",
    "http://[::ffff:127.0.0.1]/x",
    "http://0.0.0.0/x",
    "http://169.254.1.1/x",
    "http:///x",
    "http://[/x",
    "http://tv.example/" + "x" * 5000,
)


@pytest.mark.parametrize("address", REFUSED, ids=lambda address: address[:30])
def test_what_leads_into_the_box_itself_is_left_out(address):
    assert list(own.channels_of([address])) == []


@given(text=st.text(), lines=st.lists(st.sampled_from([*LIST.splitlines(), "#EXTINF:", "#EXTINF:-1,"])))
def test_no_list_is_too_strange(text, lines):
    channels = list(own.channels_of([*lines, *text.splitlines(), *lines]))

    assert [channel.id for channel in channels] == [*range(1001, 1001 + len(channels))]
    assert all(channel.name and channel.category and own.usable(channel.link) for channel in channels)


def test_a_list_is_read_up_to_a_bound(tmp_path, monkeypatch):
    file = tmp_path / "long.m3u"
    file.write_text("http://tv.example/x\n" * 10_001)
    assert len(own.listed(file)) == 10_000
    monkeypatch.setattr(own, "_LARGEST_LIST", 1 << 10)
    with pytest.raises(PortalError, match="has more than"):
        own.listed(file)


@pytest.mark.parametrize(
    ("ask", "words"),
    [(own.films, "--media: there is no folder"), (own.listed, "--m3u: .* cannot be read: No such file")],
    ids=["folder", "list"],
)
def test_what_is_not_there_is_said(ask, words, tmp_path):
    with pytest.raises(PortalError, match=words):
        ask(tmp_path / "nothing")


@pytest.fixture
def portal(tmp_path, clips_cache, folder, listing):
    """An operator with films and a list of one's own, and a box that may see them."""
    mine = (*own.films(folder), *own.listed(listing))
    with Portal(state=tmp_path / "state", cache=clips_cache, own=mine) as portal:
        portal.world.register(BOX)
        portal.world.activate(BOX)
        yield portal


def test_a_box_is_told_of_them_behind_the_operators_channels(portal, call):
    rows = call("check-device", duid=BOX).json()["data"]["channels"]
    (film,) = (row for row in rows if row["name"] == "Rain")
    (second,) = (row for row in rows if row["id"] == 1002)

    assert [row["id"] for row in rows[-6:]] == [101, 102, 1001, 1002, 1003, 1004]
    assert film["url"] == f"{portal.address}/films/102?duid={BOX}"
    assert second["url"] == "rtsp://user:word@tv.example:554/two"
    assert requests.get(portal.address + second["logo_url"], timeout=60).status_code == 200


def test_any_part_of_a_film_can_be_had(portal, folder):
    whole = (folder / "The_Long_Day.mp4").read_bytes()
    address = f"{portal.address}/films/101"

    part = requests.get(address, headers={"Range": "bytes=1000-1009"}, timeout=60)
    beyond = requests.get(address, headers={"Range": "bytes=9999-"}, timeout=60)

    assert requests.get(address, timeout=60).content == whole
    assert (part.status_code, part.content) == (206, whole[1000:1010])
    assert re.fullmatch(r"bytes 1000-1009/2048", part.headers["Content-Range"])
    assert beyond.status_code == 416
    assert requests.head(address, timeout=60).headers["Accept-Ranges"] == "bytes"


def test_only_films_that_were_found_are_given(portal, folder):
    (folder / "The_Long_Day.mp4").unlink()

    assert requests.get(f"{portal.address}/films/101", timeout=60).status_code == 404
    assert requests.get(f"{portal.address}/films/1", timeout=60).status_code == 404
    assert requests.get(f"{portal.address}/films/..%2Fnotes.txt", timeout=60).status_code == 404


def test_they_are_gone_without_the_options(portal, tmp_path, clips_cache):
    portal.stop()
    with Portal(state=tmp_path / "state", cache=clips_cache) as other:
        assert {channel.id for channel in other.world.channels()} == {*range(1, 13)}
