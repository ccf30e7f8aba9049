"""Addresses of a panel's streams, and how they write a time."""

from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.portal import asking
from stb.portal.asking import Asked
from stb.portal.connections import Kind
from stb.portal.guide import Guide

NOW = datetime(2026, 3, 28, 12, tzinfo=UTC)
WHO = {"username": "u", "password": "p"}
PAST = Asked(**WHO, kind=Kind.PAST, stream=3, extension="ts", start="2026-03-28:10-30", minutes=45)
FORMS = {
    "live": ("/live/u/p/12345.ts", Asked(**WHO, kind=Kind.LIVE, stream=12345, extension="ts")),
    "live in segments": ("/live/u/p/7.m3u8", Asked(**WHO, kind=Kind.LIVE, stream=7, extension="m3u8")),
    "live without a folder": ("/u/p/7.ts", Asked(**WHO, kind=Kind.LIVE, stream=7, extension="ts")),
    "live without an extension": ("/u/p/7", Asked(**WHO, kind=Kind.LIVE, stream=7, extension="ts")),
    "film": ("/movie/u/p/201.mkv", Asked(**WHO, kind=Kind.FILM, stream=201, extension="mkv")),
    "episode": ("/series/u/p/311.mp4", Asked(**WHO, kind=Kind.EPISODE, stream=311, extension="mp4")),
    "past": ("/timeshift/u/p/45/2026-03-28:10-30/3.ts", PAST),
    "past, other order": ("/timeshifts/u/p/45/3/2026-03-28:10-30.ts", PAST),
}


@pytest.mark.parametrize(("path", "asked"), FORMS.values(), ids=FORMS)
def test_every_form_of_an_address_is_read(path, asked):
    assert asking.read(path.encode(), {}) == asked


def test_the_script_of_the_past_is_asked_in_its_query():
    query = {**WHO, "stream": "3", "start": "2026-03-28:10-30", "duration": "45"}

    assert asking.read(b"/streaming/timeshift.php", query) == PAST


def test_a_live_address_with_a_moment_is_of_the_past():
    asked = asking.read(b"/live/u/p/3.ts", {"utc": "1774687800", "lutc": "1774690000"})

    assert (asked.kind, asked.start, asked.minutes) == (Kind.PAST, "1774687800", 360)


NONE = {
    "no number": b"/live/u/p/first.ts",
    "no credentials": b"/live/3.ts",
    "too much": b"/live/u/p/q/3.ts",
    "digits of another script": b"/live/u/p/%D9%A3.ts",
    "a past of no length": b"/timeshift/u/p/0/2026-03-28:10-30/3.ts",
    "a past of some length": b"/timeshift/u/p/long/2026-03-28:10-30/3.ts",
    "nothing": b"/",
}


@pytest.mark.parametrize("path", NONE.values(), ids=NONE)
def test_what_is_no_stream_is_none(path):
    assert asking.read(path, {}) is None


@given(st.text(), st.text())
def test_names_of_any_letters_come_through_percent_encoded(username, password):
    name, word = (quote(text, safe="", errors="replace") for text in (username, password))
    path = f"/live/{name}/{word}/7.ts"
    asked = asking.read(path.encode(), {})

    def sent(text: str) -> str:
        return text.encode(errors="replace").decode()

    assert (asked.username, asked.password) == (sent(username), sent(password))


@given(st.binary(), st.dictionaries(st.sampled_from(["stream", "start", "duration", "utc"]), st.text()))
def test_any_bytes_are_read(path, query):
    asking.read(path, query)
    asking.read(b"/streaming/timeshift.php", query)


@given(st.text())
def test_any_start_is_a_moment_or_none(start):
    moment = asking.begin(start, Guide(), NOW)

    assert moment is None or isinstance(moment, int)


STARTS = [
    "2026-03-28:10-30",
    "2026-03-28_10-30",
    "2026-03-28:10:30",
    "2026-03-28:10:30:00",
    "2026-03-28 10:30:00",
]


@pytest.mark.parametrize("start", STARTS)
def test_a_start_is_on_the_clock_of_the_servers_wall(start):
    assert asking.begin(start, Guide(), NOW) == datetime(2026, 3, 28, 8, 30, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("start", "moment"),
    [
        ("2026-03-29:02-30", datetime(2026, 3, 29, 0, 30, tzinfo=UTC)),
        ("2026-03-29:04-30", datetime(2026, 3, 29, 1, 30, tzinfo=UTC)),
        ("2026-10-25:02-30", datetime(2026, 10, 24, 23, 30, tzinfo=UTC)),
        ("2026-10-25:04-30", datetime(2026, 10, 25, 2, 30, tzinfo=UTC)),
    ],
    ids=["before spring", "after spring", "before autumn", "after autumn"],
)
def test_summer_time_is_that_of_the_start(start, moment):
    assert asking.begin(start, Guide(), NOW) == moment.timestamp()


def test_a_number_is_a_moment_or_as_many_days_ago():
    assert asking.begin("1774687800", Guide(), NOW) == 1774687800
    assert asking.begin("2", Guide(), NOW) == int(NOW.timestamp()) - 2 * 86_400
    assert asking.begin("20260328-10", Guide(), NOW) == datetime(2026, 3, 28, 8, tzinfo=UTC).timestamp()
