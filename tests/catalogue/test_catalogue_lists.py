"""The lists on the disk: what is put in comes out, in order, by place, by number and by group."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stb.catalogue import Catalogue, Group
from stb.errors import CatalogueError
from stb.model import ChannelId, ChannelRef, SourceId

A = SourceId("a")
B = SourceId("b")


def ref(source, number):
    return ChannelRef(SourceId(source), ChannelId(f"id{number}"))


def shown(channel):
    """``a5``, as the tests write a channel."""
    return channel and f"{channel.ref.source}{channel.number}"


def listed(catalogue, first=0, limit=100, group=None):
    return [shown(channel) for channel in catalogue.channels(first, limit, group)]


def test_a_new_catalogue_is_empty(catalogue):
    assert (catalogue.count(), catalogue.groups(), catalogue.channels(0, 10)) == (0, (), ())
    assert catalogue.first() is None
    assert catalogue.revision(A) == ""
    assert catalogue.neighbour(ref("a", 1), 1) is None
    assert catalogue.position(ref("a", 1)) is None
    assert catalogue.numbered(1) is None
    assert not catalogue.longer("1")


def test_a_channel_comes_out_as_it_went_in(catalogue, a_channel):
    channel = a_channel(7, group="الأخبار", name="الخبر HD 👩")
    assert catalogue.replace(A, iter([channel]), "r1") == 1
    assert catalogue.channel(channel.ref) == channel
    assert catalogue.first() == channel
    assert catalogue.numbered(7) == channel
    assert catalogue.channels(0, 1) == (channel,)
    assert catalogue.revision(A) == "r1"


def test_what_was_put_in_is_there_for_the_next_start(path, a_channel):
    with Catalogue(path) as catalogue:
        catalogue.replace(A, [a_channel(1)], "r1")
    with Catalogue(path) as catalogue:
        assert listed(catalogue) == ["a1"]
        assert catalogue.revision(A) == "r1"


def test_the_order_is_by_source_and_number(catalogue, a_channel):
    catalogue.replace(B, [a_channel(2, source="b"), a_channel(1, source="b")], "")
    catalogue.replace(A, [a_channel(10), a_channel(9)], "")
    assert listed(catalogue) == ["a9", "a10", "b1", "b2"]


def test_lists_of_operators_that_were_left_are_emptied(filled):
    filled.keep_only(B)
    assert listed(filled) == ["b2", "b5"]
    assert (filled.revision(A), filled.revision(B)) == ("", "r9")


def test_a_page_may_begin_and_end_anywhere(filled):
    assert listed(filled) == ["a1", "a3", "a5", "a9", "b2", "b5"]
    assert listed(filled, 3, 2) == ["a9", "b2"]
    assert listed(filled, 5, 10) == ["b5"]
    assert listed(filled, 6, 10) == []
    assert listed(filled, 0, 0) == []


def test_groups_come_in_the_order_of_their_first_channel(filled):
    assert filled.groups() == (
        Group(name="News", count=2),
        Group(name="Films", count=2),
        Group(name="", count=1),
        Group(name="Sport", count=1),
    )


@pytest.mark.parametrize(
    ("group", "channels"),
    [
        pytest.param("News", ["a1", "a5"], id="of one source"),
        pytest.param("Films", ["a3", "b2"], id="of two sources"),
        pytest.param("", ["a9"], id="without a name"),
        pytest.param("Weather", [], id="that is not there"),
    ],
)
def test_a_group_is_a_list_of_its_own(filled, group, channels):
    assert listed(filled, group=group) == channels
    assert filled.count(group) == len(channels)
    assert listed(filled, 1, 1, group) == channels[1:2]


def test_where_a_channel_stands(filled):
    assert filled.position(ref("b", 2)) == 4
    assert filled.position(ref("b", 2), "Films") == 1
    assert filled.position(ref("b", 2), "News") is None
    assert filled.position(ref("b", 3)) is None
    assert filled.position(ref("c", 2)) is None


@pytest.mark.parametrize(
    ("start", "step", "group", "arrived"),
    [
        pytest.param("a1", 1, None, "a3", id="on"),
        pytest.param("a3", -1, None, "a1", id="back"),
        pytest.param("a9", 1, None, "b2", id="into the next source"),
        pytest.param("b5", 1, None, "a1", id="round the end"),
        pytest.param("a1", -1, None, "b5", id="round the start"),
        pytest.param("a1", 14, None, "a5", id="round twice"),
        pytest.param("a1", 0, None, "a1", id="nowhere"),
        pytest.param("a1", 1, "News", "a5", id="on in the group"),
        pytest.param("a5", 1, "News", "a1", id="round the group"),
        pytest.param("a3", 1, "Films", "b2", id="in the group into the next source"),
        pytest.param("a3", 1, "News", "a5", id="into another group, on"),
        pytest.param("a3", -1, "News", "a1", id="into another group, back"),
        pytest.param("b2", 1, "News", "a1", id="into a group of an earlier source"),
        pytest.param("a3", 1, "Sport", "b5", id="into a group of a later source"),
        pytest.param("a4", 1, None, "a1", id="from a channel nobody remembers"),
    ],
)
def test_the_neighbour_of_a_channel(filled, start, step, group, arrived):
    assert shown(filled.neighbour(ref(start[0], start[1:]), step, group)) == arrived


@pytest.mark.parametrize(
    ("step", "arrived"),
    [(1, "a9"), (-1, "a3"), (2, "b2"), (-2, "a1")],
    ids=["on", "back", "on two", "back two"],
)
def test_the_neighbour_of_a_channel_that_is_gone_is_the_nearest_by_number(filled, a_channel, step, arrived):
    filled.replace(A, [a_channel(1), a_channel(3), a_channel(9)], "r2")
    assert filled.channel(ref("a", 5)) is None
    assert shown(filled.neighbour(ref("a", 5), step)) == arrived


def test_the_neighbour_of_the_last_channel_of_all_when_it_is_gone(filled):
    filled.replace(B, [], "")
    assert shown(filled.neighbour(ref("b", 5), 1)) == "a1"
    assert shown(filled.neighbour(ref("b", 5), -1)) == "a9"


def test_a_channel_that_came_back_stands_where_it_is_now(filled, a_channel):
    filled.replace(A, [a_channel(1)], "")
    filled.replace(A, [a_channel(1), a_channel(20, identifier="id5"), a_channel(30)], "")
    assert shown(filled.neighbour(ref("a", 5), 1)) == "a30"


def test_a_number_is_the_first_sources(filled):
    assert shown(filled.numbered(5)) == "a5"
    assert shown(filled.numbered(2)) == "b2"
    assert filled.numbered(4) is None
    assert filled.numbered(10**40) is None


@pytest.mark.parametrize(
    ("digits", "longer"),
    [
        ("1", True),
        ("12", True),
        ("123", False),
        ("2", False),
        ("13", False),
        ("100", True),
        ("10000", False),
        ("0", True),
        ("00", True),
        ("01", True),
        ("9" * 40, False),
    ],
)
def test_whether_a_longer_number_may_follow(catalogue, a_channel, digits, longer):
    catalogue.replace(A, [a_channel(number) for number in (1, 2, 12, 123, 10_000)], "")
    assert catalogue.longer(digits) is longer


def test_replacing_a_list_leaves_the_others(filled, a_channel):
    assert filled.replace(A, [a_channel(2, group="Films")], "r2") == 1
    assert listed(filled) == ["a2", "b2", "b5"]
    assert filled.groups() == (Group(name="Films", count=2), Group(name="Sport", count=1))
    assert (filled.revision(A), filled.revision(B)) == ("r2", "r9")


def test_a_list_may_become_empty(filled):
    assert filled.replace(A, [], "r2") == 0
    assert listed(filled) == ["b2", "b5"]
    assert filled.revision(A) == "r2"


def test_a_list_that_breaks_off_leaves_the_old_one(filled, a_channel):
    def broken():
        yield a_channel(1)
        raise ConnectionError

    with pytest.raises(ConnectionError):
        filled.replace(A, broken(), "r2")
    assert listed(filled, 0, 4) == ["a1", "a3", "a5", "a9"]
    assert filled.revision(A) == "r1"


def test_the_same_number_twice_is_an_error_and_leaves_the_old_list(filled, a_channel):
    with pytest.raises(CatalogueError):
        filled.replace(A, [a_channel(1), a_channel(1, identifier="other")], "r2")
    assert listed(filled, 0, 4) == ["a1", "a3", "a5", "a9"]


def test_a_reader_sees_the_new_list_of_another_connection(path, catalogue, a_channel):
    with Catalogue(path) as writer:
        writer.replace(A, [a_channel(1)], "r1")
        assert listed(catalogue) == ["a1"]
        writer.replace(A, [a_channel(2)], "r2")
        assert listed(catalogue) == ["a2"]


def test_a_reader_sees_the_old_list_until_the_new_one_is_whole(path, filled):
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM channel")
        writer.execute("DELETE FROM source")
        assert listed(filled) == ["a1", "a3", "a5", "a9", "b2", "b5"]
        writer.execute("ROLLBACK")


NUMBERS = st.sets(st.integers(1, 40), max_size=12)
GROUPS = st.sampled_from(["", "News", "Films"])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(data=st.data())
def test_every_way_to_look_at_the_lists_agrees(catalogue, a_channel, data):
    everything = []
    for source in ("a", "b"):
        numbers = data.draw(NUMBERS)
        channels = [a_channel(number, source=source, group=data.draw(GROUPS)) for number in numbers]
        catalogue.replace(SourceId(source), channels, "")
        everything += sorted(channels, key=lambda channel: channel.number)
    for group in (None, "", "News", "Films"):
        expected = [channel for channel in everything if group in (None, channel.group)]
        assert list(catalogue.channels(0, 100, group)) == expected
        assert catalogue.count(group) == len(expected)
        for position, channel in enumerate(expected):
            assert catalogue.position(channel.ref, group) == position
            assert catalogue.channels(position, 1, group) == (channel,)
            assert catalogue.neighbour(channel.ref, 1, group) == expected[(position + 1) % len(expected)]
            assert catalogue.neighbour(channel.ref, -1, group) == expected[position - 1]
    for hidden in map(frozenset, ({"News"}, {"News", ""}, {"Films", "Gone"}, {"", "News", "Films"})):
        expected = [channel for channel in everything if channel.group not in hidden]
        assert list(catalogue.channels(0, 100, hidden=hidden)) == expected
        assert list(catalogue.channels(1, 3, hidden=hidden)) == expected[1:4]
        assert catalogue.count(hidden=hidden) == len(expected)
        assert catalogue.first(hidden) == next(iter(expected), None)
        for place, channel in enumerate(everything):
            position = catalogue.position(channel.ref, hidden=hidden)
            assert position == (expected.index(channel) if channel in expected else None)
            before = [other for other in everything[:place] if other in expected]
            after = [other for other in everything[place + 1 :] if other in expected]
            for step, other in (
                (1, next(iter((*after, *expected)), None)),
                (-1, next(iter((*before[::-1], *expected[::-1])), None)),
            ):
                assert catalogue.neighbour(channel.ref, step, hidden=hidden) == other
    for digits in ("1", "2", "3", "4"):
        longer = any(len(str(c.number)) > 1 and str(c.number).startswith(digits) for c in everything)
        assert catalogue.longer(digits) == longer


def test_no_question_walks_the_whole_list(filled):
    """With statistics or without, the planner finds rows through an index, never by reading them all."""
    asked = []
    connection = filled._database._connection
    connection.set_trace_callback(asked.append)
    for group in (None, "News"):
        filled.channels(2, 2, group)
        filled.count(group)
        filled.position(ref("a", 5), group)
        filled.neighbour(ref("a", 5), 1, group)
        filled.neighbour(ref("a", 9), 1, group)
        filled.neighbour(ref("a", 77), 1, group)
    filled.numbered(5)
    filled.longer("1")
    filled.channel(ref("b", 5))
    filled.revision(A)
    connection.set_trace_callback(None)
    questions = [text for text in asked if text.lstrip().startswith("SELECT")]
    assert len(questions) > 20
    plans = {
        (step, text)
        for text in questions
        for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {text}").fetchall()
    }
    walks = [(step, text) for step, text in plans if step.startswith(("SCAN channel", "SCAN former"))]
    assert walks == []
