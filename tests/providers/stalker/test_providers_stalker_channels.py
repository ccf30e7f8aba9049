"""Channels of both portals: rows, pages, adults, numbers, pictures (PROTOCOLS 1.8)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stb.model import SourceId
from stb.providers.stalker import rows
from stb.providers.stalker.crawl import Page, crawl, page
from stb.providers.stalker.links import Link, read, written
from stb.providers.stalker.rows import Origin

ORIGIN = Origin(source=SourceId("home"), base="http://h/stalker_portal/")
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
GENUINE = {
    "id": "12",
    "name": "News One",
    "number": "7",
    "censored": "0",
    "cmd": "ffrt http://localhost/ch/1234",
    "tv_genre_id": "3",
    "logo": "news.png",
    "use_http_tmp_link": "1",
    "use_load_balancing": "0",
    "enable_tv_archive": "1",
    "tv_archive_duration": "168",
    "lock": "0",
    "open": 1,
    "xmltv_id": "news.one",
}
IMITATION = {
    "id": 12,
    "name": "News One",
    "number": "7",
    "censored": "",
    "cmd": "ffmpeg http://localhost/ch/12_",
    "tv_genre_id": 3,
    "logo": "http:\\/\\/logos.example\\/news.png".replace("\\", ""),
    "use_http_tmp_link": 1,
    "archive": 1,
    "tv_archive_duration": 72,
}
GENRES = [
    {"id": "*", "title": "All"},
    {"id": "3", "title": "News"},
    {"id": "9", "title": "Late", "censored": 1},
]


def channels(*found, origin=ORIGIN):
    return list(rows.channels(found, rows.genres(GENRES), origin))


def test_a_row_of_the_genuine_portal():
    (one,) = channels(GENUINE)
    assert (one.ref.channel, one.number, one.name, one.group) == ("12", 7, "News One", "News")
    assert one.logo == "http://h/stalker_portal/misc/logos/320/news.png"
    assert (one.archive, one.adult, one.guide_id) == (168, False, "12")
    assert read(one.link) == Link(cmd="ffrt http://localhost/ch/1234", must_ask=True)


def test_a_row_of_the_imitation():
    (one,) = channels(IMITATION)
    assert (one.ref.channel, one.number, one.group, one.archive) == ("12", 7, "News", 72)
    assert one.logo == "http://logos.example/news.png"


@pytest.mark.parametrize(
    ("row", "number"),
    [("7", 7), (7, 7), ("", 1), (None, 1), ("-1", 1), ("1e99", 1), ("x", 1), ("7.0", 7)],
)
def test_a_number_of_any_type(row, number):
    (one,) = channels({**GENUINE, "number": row})
    assert one.number == number


def test_numbers_are_unique():
    found = channels(*({**GENUINE, "id": name, "number": "7"} for name in "abc"))
    assert [one.number for one in found] == [7, 8, 9]


def test_without_a_number_a_channel_follows_all_others():
    found = channels({**GENUINE, "id": "a", "number": ""}, {**GENUINE, "id": "b", "number": "50"})
    assert [one.number for one in found] == [51, 50]


@pytest.mark.parametrize(
    ("logo", "address"),
    [
        ("x y.png", "http://h/stalker_portal/misc/logos/320/x%20y.png"),
        ("https://l.example/x.png", "https://l.example/x.png"),
        ("data:image/png;base64,AAAA", ""),
        ("/logos/x.png", "http://h/logos/x.png"),
        ("misc/x.png", "http://h/stalker_portal/misc/x.png"),
        ("file:///etc/passwd", ""),
        ("http://[", ""),
        ("", ""),
        (False, ""),
    ],
)
def test_where_a_picture_is(logo, address):
    (one,) = channels({**GENUINE, "logo": logo})
    assert one.logo == address


@pytest.mark.parametrize(
    "change", [{"censored": "1"}, {"lock": 1}, {"tv_genre_id": "9"}], ids=["censored", "locked", "its genre"]
)
def test_what_is_not_for_everyone(change):
    (one,) = channels({**GENUINE, **change})
    assert one.adult


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"cmd": "udp://wtf?", "open": 0}, id="not subscribed to"),
        pytest.param({"cmd": "dvb dvb://7"}, id="a tuner's"),
        pytest.param({"cmd": ""}, id="without a link"),
        pytest.param({"id": None}, id="without an id"),
    ],
)
def test_what_cannot_be_watched_is_left_out(change):
    assert channels({**GENUINE, **change}) == []


def test_a_link_from_the_first_of_several():
    (one,) = channels({**GENUINE, "cmd": "", "cmds": [{"id": "1", "url": "ffrt http://a.example/1"}]})
    assert read(one.link).cmd == "ffrt http://a.example/1"


@pytest.mark.parametrize(
    ("flags", "must_ask"),
    [
        ({"use_http_tmp_link": "1"}, True),
        ({"use_http_tmp_link": 0, "use_load_balancing": "1"}, True),
        ({"use_http_tmp_link": "0", "use_load_balancing": ""}, False),
        ({}, None),
    ],
)
def test_whether_a_link_must_be_asked_for(flags, must_ask):
    (one,) = channels({"id": 1, "name": "x", "cmd": "ffrt http://a.example/1", **flags})
    assert read(one.link).must_ask is must_ask


def test_the_ids_of_a_guide_of_the_viewers_own():
    (one,) = channels(GENUINE, origin=Origin(source=SourceId("home"), base="http://h/", foreign_guide=True))
    assert one.guide_id == "news.one"


def test_genres_as_an_object_and_without_the_one_for_all():
    assert rows.genres({str(place): row for place, row in enumerate(GENRES)}) == rows.genres(GENRES)
    assert [genre.title for genre in rows.genres(GENRES)] == ["News", "Late"]


def test_radio_is_played_as_it_stands():
    row = {**GENUINE, "cmd": "ffmpeg http://radio.example/1", "use_http_tmp_link": "1"}
    (one,) = rows.radio([row], ORIGIN, "Radio", 1)
    assert (read(one.link).cmd, read(one.link).must_ask) == ("ffmpeg http://radio.example/1", False)


@settings(deadline=None)
@given(json_values)
def test_any_genres_and_any_rows_are_read(value):
    genres = rows.genres(value)
    names = (*GENUINE, "cmds", "archive")
    found = list(rows.channels([dict.fromkeys(names, value)], genres, ORIGIN))
    assert all(one.name and one.number > 0 for one in found)
    for name in names:
        list(rows.channels([{**GENUINE, name: value}], genres, ORIGIN))
        list(rows.radio([{**GENUINE, name: value}], ORIGIN, "Radio", 1))
    page(value)


@settings(deadline=None)
@given(st.text(max_size=60) | json_values.map(str))
def test_any_text_is_a_link(text):
    read(text)


@settings(deadline=None)
@given(json_values)
def test_any_value_in_a_link_is_read(value):
    import json  # noqa: PLC0415 - of this case alone

    read(json.dumps(dict.fromkeys(Link.__dataclass_fields__, value)))


def test_a_link_is_read_as_it_was_written():
    link = Link(kind="vod", cmd="x", must_ask=False, series="3", episodes=(1, 2), about={"plot": "p"})
    assert read(written(link)) == link
    assert read(written(Link())) == Link()


def pages(*found, total=0):
    """What is asked for, and what comes of it."""
    asked = []

    def ask(place):
        asked.append(place)
        got = found[min(place, len(found)) - 1]
        return Page(tuple({"id": name} for name in got), total)

    return [row["id"] for row in crawl(ask, 50)], asked


def test_pages_from_the_first_to_the_last():
    """Page 0 is another: the one with the channel watched last."""
    assert pages("ab", "cd", "e", total=5) == (list("abcde"), [1, 2, 3])


def test_a_portal_that_takes_no_notice_of_the_page():
    assert pages("ab", total=5) == (["a", "b"], [1, 2])


def test_a_portal_that_says_no_total():
    assert pages("ab", "cd", "") == (list("abcd"), [1, 2, 3])


def test_pages_that_overlap():
    assert pages("ab", "bc", "cd", total=4)[0] == list("abc"), "two pages hold four rows"


def test_no_more_than_one_request_for_one_page():
    assert pages("ab", total=2)[1] == [1]


def test_a_list_without_end_ends():
    asked = []

    def ask(place):
        asked.append(place)
        return Page(({"id": str(place)},), 10**9)

    assert len(list(crawl(ask, 50))) == len(asked) == 50


def listing(host):
    host.lets_in()
    host.answers |= {
        "itv/get_genres": GENRES,
        "itv/get_all_channels": {"total_items": 1, "max_page_items": 14, "data": [GENUINE]},
    }


def test_channels_over_http(host, box):
    """The adult genre is not in the list of all, and is read page by page; radio follows."""
    listing(host)
    late = [{**GENUINE, "id": str(number), "tv_genre_id": "9", "number": ""} for number in range(20)]

    def ordered(asked):
        place = int(asked.said["p"])
        return host.js({"total_items": 20, "max_page_items": 14, "data": late[14 * place - 14 : 14 * place]})

    host.answers |= {
        "itv/get_ordered_list": ordered,
        "radio/get_ordered_list": {"data": [{**GENUINE, "id": 1}]},
    }
    ours = box()
    ours.sign_in()
    found = list(ours.items())
    assert len({one.ref for one in found}) == 21, "number 12 is in both lists"
    assert sum(one.adult for one in found) == 19
    assert [one.said["genre"] for one in host.all("itv/get_ordered_list")] == ["9", "9"]
    assert (found[-1].radio, found[-1].ref.channel, found[-1].number) == (True, "radio:1", 27)


def test_a_portal_without_a_list_of_all_is_read_page_by_page(host, box):
    listing(host)
    host.answers["itv/get_all_channels"] = False
    host.answers["itv/get_ordered_list"] = {"total_items": "1", "data": [GENUINE]}
    ours = box()
    ours.sign_in()
    assert [one.name for one in ours.items()] == ["News One"]
    assert host.last("itv/get_ordered_list").said["p"] == "1"
    assert host.last("itv/get_ordered_list").said["genre"] == "*"


def test_a_list_of_thirty_megabytes(host, box):
    listing(host)
    row = {**GENUINE, "descr": "x" * 3000}
    many = [{**row, "id": str(number)} for number in range(10_000)]
    host.answers["itv/get_all_channels"] = {"data": many}
    ours = box()
    ours.sign_in()
    assert sum(1 for _ in ours.items()) == 10_000


def test_lists_have_another_revision_when_the_tariff_changes(host, box):
    host.lets_in(tariff_plan_id="1")
    first, again = box().sign_in().revision, box().sign_in().revision
    host.lets_in(tariff_plan_id="2")
    assert first == again != box().sign_in().revision
