"""A list that is read again: what stays is not written again, what is gone is remembered."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stb.catalogue import Catalogue
from stb.catalogue.schema import CATALOGUE
from stb.model import Channel, ChannelId, ChannelRef, SourceId

A = SourceId("a")

CHANNELS = st.lists(
    st.builds(
        Channel,
        ref=st.builds(ChannelRef, st.just(A), st.sampled_from("abcdefgh").map(ChannelId)),
        number=st.integers(1, 20),
        name=st.sampled_from(["One", "Two"]),
        group=st.sampled_from(["", "News", "Films"]),
        link=st.just("x"),
        has_news=st.booleans(),
        guide_id=st.sampled_from(["", "one"]),
        guide_name=st.sampled_from(["", "One"]),
        guide_shift=st.integers(-7200, 7200),
        archive=st.integers(0, 200),
        radio=st.booleans(),
        adult=st.booleans(),
    ),
    max_size=8,
    unique_by=(lambda channel: channel.ref, lambda channel: channel.number),
)


@given(lists=st.lists(CHANNELS, min_size=1, max_size=4))
@settings(deadline=None, max_examples=60)
def test_whatever_was_there_before_the_list_is_as_the_operator_has_it(tmp_path_factory, lists):
    with Catalogue(tmp_path_factory.mktemp("lists") / "lists.db") as catalogue:
        for channels in lists:
            catalogue.replace(A, channels, "")
        ordered = tuple(sorted(channels, key=lambda channel: channel.number))
        assert catalogue.channels(0, 99) == ordered
        assert [catalogue.position(channel.ref) for channel in ordered] == list(range(len(ordered)))
        for group in catalogue.groups():
            inside = tuple(channel for channel in ordered if channel.group == group.name)
            assert (catalogue.channels(0, 99, group.name), group.count) == (inside, len(inside))


def written(path):
    """The file's log: what is written goes there first."""
    return path.with_name(f"{path.name}-wal").stat().st_size


def rewritten(path, catalogue, channels):
    with closing(sqlite3.connect(path)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        catalogue.replace(A, channels, "r1")
        return written(path) / path.stat().st_size


def test_a_list_that_is_as_before_writes_nothing(path, catalogue, a_channel):
    channels = [a_channel(number, group=f"G{number % 9}") for number in range(1, 3000)]
    catalogue.replace(A, channels, "r1")
    assert rewritten(path, catalogue, channels) == 0


def test_one_channel_that_changed_does_not_write_the_others_again(path, catalogue, a_channel):
    channels = [a_channel(number, group=f"G{number % 9}") for number in range(1, 3000)]
    catalogue.replace(A, channels, "r1")
    channels[1500] = channels[1500]._replace(name="Renamed")
    assert rewritten(path, catalogue, channels) < 0.1
    assert catalogue.channel(channels[1500].ref) == channels[1500]


def test_where_a_channel_was_is_known_until_others_go(catalogue, a_channel):
    one, two, three = (a_channel(number) for number in (1, 2, 3))
    catalogue.replace(A, [one, two, three], "r1")
    catalogue.replace(A, [one, three], "r2")
    catalogue.replace(A, [one, three._replace(name="Renamed")], "r3")
    assert catalogue.neighbour(two.ref, -1) == one
    assert catalogue.neighbour(two.ref, 1).name == "Renamed"


def test_a_file_from_before_channels_had_a_guide(path):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as old:
        for step in CATALOGUE[:2]:
            for statement in step:
                old.execute(statement)
        old.execute("INSERT INTO source VALUES (1, 'a', 'r1', 1)")
        old.execute("INSERT INTO grp VALUES (1, 1, '', 0, 1)")
        old.execute("INSERT INTO channel VALUES (1, 0, 1, 0, 'id1', 1, 'One', 'x', '', 1)")
        old.execute("PRAGMA user_version = 2")
        old.commit()
    with Catalogue(path) as catalogue:
        one = ChannelRef(A, ChannelId("id1"))
        assert catalogue.channel(one) == Channel(ref=one, number=1, name="One", link="x", has_news=True)


def test_when_parts_were_read(catalogue):
    assert catalogue.read_at(A) == {}
    catalogue.note_read(A, "lists", 100)
    catalogue.note_read(A, "guide", 200)
    catalogue.note_read(A, "lists", 300)
    assert catalogue.read_at(A) == {"lists": 300, "guide": 200}
    assert catalogue.read_at(SourceId("b")) == {}


@pytest.mark.parametrize("left", ["keep_only", "leave"])
def test_an_operator_that_was_left_was_never_read(catalogue, a_channel, left):
    catalogue.replace(A, [a_channel(1)], "r1")
    catalogue.note_read(A, "lists", 100)
    if left == "leave":
        catalogue.leave(A)
    else:
        catalogue.keep_only(SourceId("b"))
    assert (catalogue.count(), catalogue.read_at(A)) == (0, {})
