"""The channel list of AlKarma, row by row, and the revision that names it."""

import json

import pytest

from stb.errors import BadReply
from stb.model import SourceId
from stb.net import Reply
from stb.providers.alkarma import wire

HOME = SourceId("home")
ORIGIN = "http://tv.example:5000"
GOOD = {"id": 7, "name": "Seven", "url": "http://tv.example/7"}


def reply(value, status=200):
    return Reply(status=status, media_type="application/json", body=json.dumps(value).encode())


def active(rows, **fields):
    return reply({"status": "active", "data": {"channels": rows}, **fields})


def account(answer):
    return wire.account(answer, HOME, ORIGIN)


def channels(answer):
    return wire.channels(answer, HOME, ORIGIN)


def only(row):
    """The one channel of a list of this row and a good one."""
    (channel,) = (one for one in channels(active([row, GOOD])).channels if one.name != "Seven")
    return channel


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(reply({"status": "active"}), id="no data"),
        pytest.param(reply({"status": "active", "data": {}}), id="no channels"),
        pytest.param(active(None), id="null"),
        pytest.param(active({"1": GOOD}), id="object"),
        pytest.param(active("none"), id="text"),
    ],
)
def test_an_answer_without_a_list_is_not_an_empty_list(answer):
    with pytest.raises(BadReply) as caught:
        channels(answer)
    assert caught.value.where == "data.channels"


def test_an_empty_list_is_an_empty_list():
    assert channels(active([])).channels == ()


def test_a_list_without_one_good_row_is_a_bad_reply():
    with pytest.raises(BadReply) as caught:
        channels(active([{"id": 1}, {"id": 2}]))
    assert caught.value.where == "data.channels[0].url"


@pytest.mark.parametrize(
    ("row", "field"),
    [
        pytest.param(None, "row", id="null"),
        pytest.param("text", "row", id="text"),
        pytest.param([1], "row", id="list"),
        pytest.param({"url": "http://h/"}, "id", id="no id"),
        pytest.param({"id": None, "url": "http://h/"}, "id", id="null id"),
        pytest.param({"id": True, "url": "http://h/"}, "id", id="boolean id"),
        pytest.param({"id": 1.5, "url": "http://h/"}, "id", id="broken id"),
        pytest.param({"id": {}, "url": "http://h/"}, "id", id="object as id"),
        pytest.param({"id": "", "url": "http://h/"}, "id", id="empty id"),
        pytest.param({"id": 7, "url": "http://h/"}, "id", id="id of another row"),
        pytest.param({"id": 1}, "url", id="no address"),
        pytest.param({"id": 1, "url": None}, "url", id="null address"),
        pytest.param({"id": 1, "url": ["http://h/"]}, "url", id="list of addresses"),
    ],
)
def test_a_bad_row_costs_one_channel(row, field):
    found = channels(active([GOOD, row]))
    assert [channel.name for channel in found.channels] == ["Seven"]
    assert found.skipped == (f"data.channels[1].{field}",)


@pytest.mark.parametrize(
    "link",
    [
        "http://h/1.ts",
        "HTTPS://h:8443/1.m3u8?token=a%20b",
        "rtsp://me:word@h/1",
        "rtmp://h/live/1",
        "udp://@239.1.1.1:1234",
        "rtp://239.1.1.1:5004",
        "mms://h/1",
        "http://h/قناة",
        "http://[2001:db8::7]/1",
    ],
)
def test_a_channel_is_played_from_a_server(link):
    assert only({"id": 1, "url": f" {link}\n"}).link == link


@pytest.mark.parametrize(
    "link",
    [
        "",
        " ",
        "/etc/passwd",
        "stream1",
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "file://host/share",
        "v4l2:///dev/video0",
        "alsa://hw:0",
        "dvd://",
        "screen://",
        "fd://0",
        "concat:http://h/|file:///etc/passwd",
        "javascript:alert(1)",
        "http:///1",
        "http://:80/1",
        "udp://@:1234",
        "http://h:99999/",
        "http://h:0/",
        "http://[::1",
        "http://h/\n:sout=file",
        "http://h/\0",
        "http://h/\ud800",
        "http://h/" + "a" * 5000,
    ],
)
def test_an_address_that_is_no_server_is_refused(link):
    assert channels(active([{"id": 1, "url": link}, GOOD])).skipped == ("data.channels[0].url",)


@pytest.mark.parametrize(
    ("written", "identifier", "number"),
    [
        pytest.param(12, "12", 12, id="number"),
        pytest.param("12", "12", 12, id="text"),
        pytest.param(" 12 ", "12", 12, id="text with spaces"),
        pytest.param("007", "007", 8, id="the same number as another channel"),
        pytest.param(12.0, "12", 12, id="the only kind of number some servers know"),
        pytest.param(0, "0", 8, id="zero"),
        pytest.param(-3, "-3", 8, id="negative"),
        pytest.param("abc-1", "abc-1", 8, id="a name"),
        pytest.param("١٢", "١٢", 8, id="other digits"),
        pytest.param(1742770423059, "1742770423059", 8, id="too long to type"),
    ],
)
def test_the_number_is_the_operators_id_or_the_next_free_one(written, identifier, number):
    found = channels(active([GOOD, {"id": written, "name": "It", "url": "http://h/"}])).channels
    (channel,) = (one for one in found if one.name == "It")
    assert (channel.ref.channel, channel.number) == (identifier, number)


def test_numbers_are_unique_and_channels_in_their_order():
    ids = ["b", 3, "003", 1, 999_999, 1_000_000, "a"]
    rows = [{"id": one, "name": str(one), "url": "http://h/"} for one in ids]
    found = channels(active(rows)).channels
    assert [(channel.name, channel.number) for channel in found] == [
        ("1", 1),
        ("3", 3),
        ("999999", 999_999),
        ("b", 1_000_000),
        ("003", 1_000_001),
        ("1000000", 1_000_002),
        ("a", 1_000_003),
    ]


@pytest.mark.parametrize(
    ("written", "name"),
    [
        pytest.param("  Al\n Jazeera\t HD ", "Al Jazeera HD", id="white space folded"),
        pytest.param("الخبر HD", "الخبر HD", id="Arabic"),
        pytest.param("a\0b\x1bc\x85\ud800d", "abcd", id="unprintable"),
        pytest.param("👨\u200d👩", "👨\u200d👩", id="joiners stay"),
        pytest.param("\ufeff\u200b\u200f", "1", id="nothing that can be seen"),
        pytest.param("\u202eLTR override\u202c", "LTR override", id="no turning round"),
        pytest.param(24, "24", id="number"),
        pytest.param("", "1", id="empty"),
        pytest.param(None, "1", id="null"),
        pytest.param(True, "1", id="boolean"),
        pytest.param({"en": "x"}, "1", id="object"),
        pytest.param("x" * 10_000, "x" * 200, id="endless"),
    ],
)
def test_a_name_is_one_line_and_never_empty(written, name):
    assert only({"id": 1, "name": written, "url": "http://h/"}).name == name


@pytest.mark.parametrize(
    ("written", "group"), [(" My  News ", "My News"), ("", ""), (None, ""), (5, "5"), ([], "")]
)
def test_the_group_is_the_operators_category(written, group):
    assert only({"id": 1, "category": written, "url": "http://h/"}).group == group


@pytest.mark.parametrize(
    ("written", "logo"),
    [
        pytest.param("/uploads/a.png", f"{ORIGIN}/uploads/a.png", id="path"),
        pytest.param("uploads/a b.png", f"{ORIGIN}/uploads/a%20b.png", id="relative, with a space"),
        pytest.param("https://cdn.example/a.png?x=1", "https://cdn.example/a.png?x=1", id="absolute"),
        pytest.param("//cdn.example/a.png", "http://cdn.example/a.png", id="without a scheme"),
        pytest.param("file:///etc/passwd", "", id="local"),
        pytest.param("data:image/png;base64,AAAA", "", id="in itself"),
        pytest.param("javascript:1", "", id="script"),
        pytest.param("http://[", "", id="broken"),
        pytest.param("", "", id="empty"),
        pytest.param(None, "", id="null"),
        pytest.param(7, "", id="number"),
    ],
)
def test_a_logo_is_an_absolute_address_or_none(written, logo):
    assert only({"id": 1, "logo_url": written, "url": "http://h/"}).logo == logo


# --- revision -----------------------------------------------------------------------------------------


def test_the_revision_is_that_of_the_lists_alone():
    one = account(active([GOOD], message="Hello"))
    other = account(active([dict(reversed(GOOD.items()))], message="Bye"))
    assert one.revision == other.revision


def test_other_news_have_another_revision():
    told = reply({"status": "active", "data": {"channels": [GOOD], "news": [{"id": 1, "title": "News"}]}})
    assert account(active([GOOD])).revision != account(told).revision


@pytest.mark.parametrize(
    "changed", [[GOOD | {"name": "Eight"}], [GOOD | {"url": "http://h/8"}], [GOOD, GOOD], []]
)
def test_another_list_has_another_revision(changed):
    assert account(active([GOOD])).revision != account(active(changed)).revision


def test_another_server_has_another_revision_because_logos_hang_off_it():
    assert (
        wire.account(active([GOOD]), HOME, "http://a:1").revision
        != wire.account(active([GOOD]), HOME, "http://b:1").revision
    )
