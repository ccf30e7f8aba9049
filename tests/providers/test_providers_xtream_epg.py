"""The short guide in every shape that panels were seen to send."""

import base64
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from stb.model import Programme
from stb.providers.xtream.epg import from_now, programmes

CAIRO = ZoneInfo("Africa/Cairo")
START = int(datetime(2025, 6, 15, 18, tzinfo=UTC).timestamp())
"""21:00 in Cairo, in summer."""


def packed(text):
    return base64.b64encode(text.encode()).decode()


ROW = {
    "id": "1",
    "epg_id": "3",
    "title": packed("الأخبار"),
    "lang": "ar",
    "start": "2025-06-15 21:00:00",
    "end": "2025-06-15 21:30:00",
    "description": packed("News of the day"),
    "channel_id": "one.eg",
    "start_timestamp": str(START),
    "stop_timestamp": str(START + 1800),
}


def read(value):
    return programmes(value, "one.eg", CAIRO)


def one(**changes):
    (found,) = read({"epg_listings": [{**ROW, **changes}]})
    return found


def test_a_programme_of_the_usual_panel():
    assert one() == Programme(
        channel="one.eg", start=START, stop=START + 1800, title="الأخبار", text="News of the day"
    )


@pytest.mark.parametrize(
    ("changes", "start", "stop"),
    [
        pytest.param({"start_timestamp": START, "stop_timestamp": START + 1800}, 0, 1800, id="numbers"),
        pytest.param(
            {"start": "2025-06-15 23:00:00", "end": "2025-06-15 23:30:00"},
            0,
            1800,
            id="text two hours off (iptvnator's mock)",
        ),
        pytest.param(
            {"start_timestamp": None, "stop_timestamp": None}, 0, 1800, id="text alone, by the server's clock"
        ),
        pytest.param({"start_timestamp": "", "stop_timestamp": ""}, 0, 1800, id="timestamps empty"),
        pytest.param(
            {"stop_timestamp": None, "stop": "2025-06-15 21:45:00", "end": START + 60},
            0,
            2700,
            id="stop as text, end a number (XC_VM)",
        ),
        pytest.param({"stop_timestamp": None, "end": START + 600}, 0, 600, id="end a number"),
        pytest.param({"stop_timestamp": None, "end": None}, 0, None, id="no end"),
        pytest.param({"stop_timestamp": START, "end": None}, 0, None, id="ends when it begins"),
        pytest.param({"stop_timestamp": START - 60, "end": ""}, 0, None, id="ends before it begins"),
    ],
)
def test_times_in_every_shape(changes, start, stop):
    found = one(**changes)
    assert found.start == START + start
    assert found.stop == (None if stop is None else START + stop)


def test_text_is_by_the_servers_clock_in_winter_too():
    winter = one(start="2025-01-15 21:00:00", start_timestamp=None, stop_timestamp=None, end=None)
    assert datetime.fromtimestamp(winter.start, UTC) == datetime(2025, 1, 15, 19, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "title"),
    [
        pytest.param(packed("News"), "News", id="base64"),
        pytest.param(packed("Ünïcode – نص"), "Ünïcode – نص", id="base64 of UTF-8"),
        pytest.param(
            f"{packed('News at ten')[:6]}\n{packed('News at ten')[6:]}",
            "News at ten",
            id="base64 on two lines",
        ),
        pytest.param("News at ten", "News at ten", id="plain"),
        pytest.param("News", "News", id="plain, with the letters of base64"),
        pytest.param("Film1234", "Film1234", id="plain, of eight letters"),
        pytest.param("الأخبار", "الأخبار", id="plain Arabic"),
        pytest.param("AAAA", "AAAA", id="base64 of nothing to see"),
        pytest.param(packed("\xff\xfe")[:-1], packed("\xff\xfe")[:-1], id="base64 cut short"),
        pytest.param(1984, "1984", id="number"),
    ],
)
def test_titles_packed_or_plain(said, title):
    assert one(title=said).title == title


@pytest.mark.parametrize("said", [None, "", [], {}])
def test_a_programme_may_be_without_title_and_text(said):
    found = one(title=said, description=said)
    assert (found.title, found.text) == ("", "")


LATER = {**ROW, "start_timestamp": START + 1800, "stop_timestamp": START + 3600, "title": packed("Later")}


@pytest.mark.parametrize(
    "listings",
    [
        pytest.param([ROW, LATER], id="list"),
        pytest.param([LATER, ROW], id="in another order"),
        pytest.param([ROW, LATER, LATER, ROW], id="twice the same (XC_VM gives one more than asked)"),
        pytest.param({"0": ROW, "2": LATER}, id="object: a PHP array with gaps"),
        pytest.param({"12345": [ROW, LATER]}, id="object of lists by stream (XC_VM, multi)"),
        pytest.param([None, ROW, "x", LATER, {"title": "no time"}], id="with nonsense between"),
    ],
)
def test_listings_in_every_shape_come_in_order_of_time(listings):
    assert [each.title for each in read({"epg_listings": listings})] == ["الأخبار", "Later"]


@pytest.mark.parametrize(
    "value", [{"epg_listings": []}, {"epg_listings": None}, {"epg_listings": ""}, {}, [], None, ""]
)
def test_no_listings_in_every_shape(value):  # XC_VM: an empty list for a stream that is not there
    assert read(value) == ()


def plain(start, stop=None):
    return Programme(channel="x", start=start, stop=stop, title=str(start))


def test_what_is_over_is_left_out_of_a_whole_history():
    told = (plain(0, 10), plain(10, 20), plain(20, 30))
    assert from_now(told, 10) == told[1:]
    assert from_now(told, 29) == told[2:]
    assert from_now(told, 30) == ()


def test_a_programme_without_an_end_lasts_until_the_next_one():
    told = (plain(0), plain(10), plain(20))
    assert from_now(told, 5) == told
    assert from_now(told, 10) == told[1:]
    assert from_now(told, 99) == told[2:]
