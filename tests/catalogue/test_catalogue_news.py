"""The operators' news on the box's own disk."""

import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import pytest

from stb.catalogue import Catalogue
from stb.catalogue.database import Database
from stb.catalogue.schema import CATALOGUE
from stb.errors import CatalogueError
from stb.model import NewsId, NewsItem, NewsRef, SourceId

A, B = SourceId("a"), SourceId("b")


def an_item(name, day=None, *, source=A):
    return NewsItem(
        ref=NewsRef(source, NewsId(name)),
        title=f"Title {name}",
        body="One\nخبر جديد",
        created=None if day is None else datetime(2026, 3, day, 11, 5, 12, tzinfo=UTC),
    )


@pytest.fixture
def told(catalogue):
    """Source a: two and one (undated, last); source b: one of the day between."""
    catalogue.replace(A, [], "r1", [an_item("new", 9), an_item("old", 1), an_item("undated")])
    catalogue.replace(B, [], "r1", [an_item("other", 5, source=B)])
    return catalogue


def names(items):
    return [item.ref.item for item in items]


def test_an_item_comes_back_as_it_was_written(told):
    assert told.news_item(NewsRef(A, NewsId("new"))) == an_item("new", 9)
    assert told.news_item(NewsRef(A, NewsId("undated"))) == an_item("undated")


def test_news_of_all_operators_newest_first_and_undated_last(told):
    assert names(told.news(0, 10)) == ["new", "other", "old", "undated"]
    assert names(told.news(1, 2)) == ["other", "old"]
    assert told.news_count() == 4


def test_news_of_one_operator(told):
    assert names(told.news(0, 10, B)) == ["other"]


def test_where_an_item_stands(told):
    assert told.news_position(NewsRef(B, NewsId("other"))) == 1
    assert told.news_position(NewsRef(B, NewsId("new"))) is None


def test_an_item_that_is_gone_is_none(told):
    assert told.news_item(NewsRef(A, NewsId("other"))) is None


def test_new_lists_take_the_place_of_the_old_news_of_that_operator_only(told):
    told.replace(A, [], "r2", [an_item("newer", 11)])
    assert names(told.news(0, 10)) == ["newer", "other"]


def test_channels_and_news_change_together_or_not_at_all(told, a_channel):
    with pytest.raises(CatalogueError):
        told.replace(A, [a_channel(1)], "r2", [an_item("twice", 1), an_item("twice", 2)])
    assert names(told.news(0, 10, A)) == ["new", "old", "undated"]
    assert (told.count(), told.revision(A)) == (0, "r1")


def test_a_channel_keeps_whether_it_carries_news(catalogue, a_channel):
    channel = a_channel(1, has_news=True)
    catalogue.replace(A, [channel, a_channel(2)], "r1")
    assert catalogue.channel(channel.ref) == channel
    assert [one.has_news for one in catalogue.channels(0, 2)] == [True, False]


def test_a_list_written_before_there_were_news_is_still_read(path):
    Database(path, CATALOGUE[:1]).close()
    with closing(sqlite3.connect(path)) as old:
        old.execute("INSERT INTO source (id, revision, count) VALUES ('a', 'r1', 1)")
        old.execute("INSERT INTO grp (source, name, first, count) VALUES (1, '', 0, 1)")
        old.execute(
            "INSERT INTO channel (source, place, grp, grp_place, id, number, name, link, logo)"
            " VALUES (1, 0, 1, 0, '7', 7, 'Seven', 'http://tv.example/7', '')"
        )
        old.commit()
    with Catalogue(path) as catalogue:
        (channel,) = catalogue.channels(0, 10)
        assert (channel.name, channel.has_news) == ("Seven", False)
        assert catalogue.news(0, 10) == ()
