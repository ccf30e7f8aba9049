"""The guide, of all channels and of one (PROTOCOLS 1.9)."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stb.errors import NoSuchItem
from stb.model import Channel, ChannelId, ChannelRef, SourceId
from stb.providers.stalker import epg

CHANNEL = Channel(
    ref=ChannelRef(SourceId("home"), ChannelId("5")), number=5, name="Five", link="x", guide_id="5"
)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


def row(number, **fields):
    return {
        "id": str(900 + number),
        "ch_id": "5",
        "time": "2023-11-14 22:13:20",
        "start_timestamp": str(1_700_000_000 + 3600 * number),
        "stop_timestamp": 1_700_003_600 + 3600 * number,
        "name": f"Part {number}",
        "descr": "What&nbsp;it is.<br/>More.",
        **fields,
    }


def test_a_programme_of_a_row():
    found = epg.programme(row(0, category="News"))
    assert (found.channel, found.start, found.stop) == ("5", 1_700_000_000, 1_700_003_600)
    assert (found.title, found.text, found.category) == ("Part 0", "What it is.\nMore.", "News")
    assert found.link == "900"


@pytest.mark.parametrize("change", [{"start_timestamp": ""}, {"start_timestamp": "x"}, {"ch_id": None}])
def test_what_is_no_programme(change):
    assert epg.programme(row(0, **change)) is None


def test_an_end_before_the_beginning_is_none():
    assert epg.programme(row(0, stop_timestamp="1")).stop is None


def text(guide):
    return json.dumps({"js": {"data": guide}, "text": 'generated in: 0.1s {"[\\'}).encode()


def titles(pieces):
    return [(channel, value["name"]) for channel, value in epg.rows(pieces)]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 64, 10_000])
def test_programmes_are_cut_out_of_pieces_of_any_size(size):
    name = 'Ä "quoted\\" {x} [y], ü'
    body = text({"5": [row(0, name=name), row(1)], "6": [row(2, extra={"a": [{}]})], "7": []})
    pieces = [body[place : place + size] for place in range(0, len(body), size)]
    assert titles(pieces) == [("5", name), ("5", "Part 1"), ("6", "Part 2")]


@pytest.mark.parametrize("data", [[], {}, None, False, {"5": []}], ids=str)
def test_a_guide_without_programmes(data):
    assert titles([text(data)]) == []


def test_channels_as_a_list():
    """PHP makes a list of an object whose names are 0, 1, 2 ..."""
    assert titles([text([[row(0)], [row(1)]])]) == [("", "Part 0"), ("", "Part 1")]


@pytest.mark.parametrize("body", [b"", b"Authorization failed.", text({"5": [row(0)]})[:-40]])
def test_what_is_cut_short_says_so(body):
    with pytest.raises(ValueError, match="cut short"):
        list(epg.rows([body]))


def test_no_more_than_a_programme_is_held():
    with pytest.raises(ValueError, match="without end"):
        list(epg.rows([b'{"js":{"data":{"5":[{"name":"', *[b"x" * 65536] * 40]))


@settings(deadline=None)
@given(st.lists(st.binary(max_size=60), max_size=6) | json_values.map(lambda one: [json.dumps(one).encode()]))
def test_any_bytes_are_rows_or_an_error(pieces):
    with suppress(ValueError):
        list(epg.rows(pieces))


@settings(deadline=None)
@given(json_values)
def test_any_json_is_read(value):
    list(epg.rows([text(value)]))
    epg.programmes(value, CHANNEL)
    epg.programmes({"data": value}, CHANNEL)
    for name in row(0):
        epg.programme(row(0, **{name: value}))


def test_the_guide_of_a_week(host, box):
    host.lets_in()
    host.answers["itv/get_epg_info"] = {"data": {"5": [row(0), row(1), {"name": "no time"}]}}
    book = box().guide()
    assert [programme.title for programme in book] == ["Part 0", "Part 1"]
    assert book.lost == 1
    assert host.last("itv/get_epg_info").said["period"] == "168"


def test_a_portal_that_cannot_give_a_week_is_asked_for_less(host, box):
    host.lets_in()
    host.answers["itv/get_epg_info"] = lambda asked: (
        host.raw(status=500) if asked.said["period"] != "12" else host.js({"data": {"5": [row(0)]}})
    )
    assert [programme.title for programme in box().guide()] == ["Part 0"]


def test_the_imitation_has_no_guide_of_all(host, box):
    host.lets_in(token=host.blob)
    host.answers["itv/get_epg_info"] = host.raw(b'{"js":{"data":[]}}', media="text/javascript")
    with pytest.raises(NoSuchItem):
        box().guide()
    assert host.counts()["itv/get_epg_info"] == 1


def test_a_token_that_is_lost_before_the_guide(host, box):
    host.lets_in()
    ours = box()
    ours.sign_in()
    answers = [host.raw(b"Authorization failed."), host.js({"data": {"5": [row(0)]}})]
    host.answers["itv/get_epg_info"] = lambda _asked: answers.pop(0)
    assert len(list(ours.guide())) == 1


@pytest.mark.parametrize("form", ["list", "object"])
def test_the_short_guide_of_one_channel(host, box, form):
    host.lets_in()
    rows = [row(1), row(0)]
    host.answers["itv/get_short_epg"] = rows if form == "list" else {"data": rows}
    assert [programme.title for programme in box().short_guide(CHANNEL)] == ["Part 0", "Part 1"]
    assert host.last("itv/get_short_epg").said["ch_id"] == "5"


@pytest.mark.parametrize("nothing", [[], None, False])
def test_without_one_the_days_table_does(host, box, nothing):
    host.lets_in()
    host.answers |= {
        "itv/get_short_epg": nothing,
        "epg/get_simple_data_table": {"data": [row(0, id="900_5")]},
    }
    (programme,) = box().short_guide(CHANNEL)
    assert programme.link == "900_5"
    assert host.last("epg/get_simple_data_table").said["p"] == "0", "the page with what is on now"


def test_a_channel_of_which_nothing_is_known(host, box):
    host.lets_in()
    host.answers |= {"itv/get_short_epg": [], "epg/get_simple_data_table": False}
    assert box().short_guide(CHANNEL) == ()


DAY = 1_700_006_400
"""Midnight of 15 November 2023, UTC."""


@pytest.fixture
def table(host):
    """Of each day two pages: ten programmes, and two more."""
    host.answers["epg/get_simple_data_table"] = lambda asked: host.js(a_page(asked))


def a_page(asked):
    date, place = asked.said["date"], int(asked.said["p"])
    first = 24 * (int(date[-2:]) - 15) + 2
    rows = [row(first + hour, id=f"{date}-{hour}") for hour in range(12)]
    return {"total_items": 12, "max_page_items": 10, "data": rows[10 * (place - 1) : 10 * place]}


@pytest.mark.usefixtures("table")
def test_a_day_is_read_page_by_page(host, box):
    host.lets_in(default_timezone="UTC")
    ours = box()
    ours.sign_in()
    found = ours.day(CHANNEL, DAY, DAY + 86_400)
    assert [one.link for one in found] == [f"2023-11-15-{hour}" for hour in range(12)]
    assert {one.channel for one in found} == {CHANNEL.guide_id}
    asked = [(one.said["date"], one.said["p"]) for one in host.all("epg/get_simple_data_table")]
    assert asked == [("2023-11-15", "1"), ("2023-11-15", "2")]


@pytest.mark.usefixtures("table")
def test_a_day_of_the_viewers_may_be_two_of_the_portals(host, box):
    host.lets_in(default_timezone="Europe/Athens")
    ours = box()
    ours.sign_in()
    assert len(ours.day(CHANNEL, DAY, DAY + 86_400)) == 24
    dates = {one.said["date"] for one in host.all("epg/get_simple_data_table")}
    assert dates == {"2023-11-15", "2023-11-16"}


def test_a_day_of_which_nothing_is_known(host, box):
    host.lets_in()
    host.answers["epg/get_simple_data_table"] = host.raw(b"")
    assert box().day(CHANNEL, DAY, DAY + 86_400) == ()
