"""The news of AlKarma, row by row, and which channels carry them."""

import json
from contextlib import suppress
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.errors import ProviderError
from stb.model import NewsId, NewsItem, NewsRef, SourceId
from stb.net import Reply
from stb.providers.alkarma import wire

HOME = SourceId("home")
ORIGIN = "http://tv.example:5000"
GOOD = {"id": 7, "title": "Seven", "body": "The seventh.", "created_at": "2026-03-01T11:05:12.040Z"}


def reply(data):
    body = json.dumps({"status": "active", "data": data}).encode()
    return Reply(status=200, media_type="application/json", body=body)


def news(rows):
    return wire.news(reply({"news": rows}), HOME)


def only(**fields):
    (item,) = news([GOOD | fields])
    return item


def test_the_documents_news_newest_first(recorded):
    assert wire.news(recorded("check-active"), HOME) == (
        NewsItem(
            ref=NewsRef(HOME, NewsId("2")),
            title="API Test News",
            body="This news was created via API testing",
            created=datetime(2025, 3, 24, 0, 2, 56, 608000, tzinfo=UTC),
        ),
        NewsItem(
            ref=NewsRef(HOME, NewsId("1")),
            title="test",
            body="بسم الله الرحمن الرحيم وبه نستعين",
            created=datetime(2025, 3, 23, 20, 41, 28, 775000, tzinfo=UTC),
        ),
    )


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(None, id="null"),
        pytest.param("none", id="text"),
        pytest.param({"1": GOOD}, id="object"),
        pytest.param([], id="empty"),
        pytest.param([None, "text", 7, []], id="rows that are none"),
        pytest.param([GOOD | {"id": None}], id="no id"),
        pytest.param([GOOD | {"title": " ", "body": None}], id="nothing to read"),
    ],
)
def test_what_holds_no_news_is_no_news_and_no_error(rows):
    assert news(rows) == ()


def test_a_disabled_device_gets_none(recorded):
    assert wire.news(recorded("check-disabled"), HOME) == ()


def test_a_message_without_a_title_is_known_by_its_text():
    assert only(title=None, body="Good\nevening").title == "Good evening"


def test_paragraphs_stay_and_other_white_space_is_folded():
    assert only(body="  One\ttwo \r\n\r\n\r\nthree\x00 \nfour\n").body == "One two\n\nthree\nfour"


def test_a_text_without_end_is_cut():
    assert len(only(body="x" * 100_000).body) == 8000


def test_an_id_that_comes_twice_is_shown_once():
    assert [item.title for item in news([GOOD, GOOD | {"title": "Again"}])] == ["Seven"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        pytest.param("2026-03-01T12:00:00+02:00", datetime(2026, 3, 1, 10, tzinfo=UTC), id="another zone"),
        pytest.param("2026-03-01 12:00:00", datetime(2026, 3, 1, 12, tzinfo=UTC), id="no zone is UTC"),
        pytest.param("2026-03-01", datetime(2026, 3, 1, tzinfo=UTC), id="a day"),
        pytest.param("yesterday", None, id="words"),
        pytest.param(1772361600, None, id="a number"),
        pytest.param(None, None, id="nothing"),
        pytest.param("0001-01-01T00:00:00+23:59", None, id="before all calendars"),
    ],
)
def test_when_it_was_written(said, meant):
    assert only(created_at=said).created == meant


def test_undated_news_come_last():
    rows = [GOOD | {"id": 1, "created_at": None}, GOOD | {"id": 2}]
    assert [item.ref.item for item in news(rows)] == ["2", "1"]


@pytest.mark.parametrize(
    ("said", "meant"),
    [(1, True), (0, False), ("1", True), ("0", False), (True, True), (False, False), (None, False)],
    ids=repr,
)
def test_which_channels_carry_news(said, meant):
    row = {"id": 7, "name": "Seven", "url": "http://tv.example/7", "has_news": said}
    (channel,) = wire.channels(reply({"channels": [row]}), HOME, ORIGIN).channels
    assert channel.has_news is meant


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters())
MOMENTS = st.datetimes(timezones=st.timezones()).map(datetime.isoformat)
ROWS = st.lists(
    st.fixed_dictionaries(
        {}, optional={"id": VALUES, "title": VALUES, "body": VALUES, "created_at": VALUES | MOMENTS}
    )
    | VALUES,
    max_size=5,
)


@given(rows=ROWS)
def test_any_rows_are_news_or_left_out(rows):
    with suppress(ProviderError):
        found = news(rows)
        assert len({item.ref for item in found}) == len(found)
        for item in found:
            assert item.title
            (item.title + item.body).encode()
            assert item.created is None or item.created.astimezone(UTC) == item.created
