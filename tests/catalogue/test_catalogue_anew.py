"""The first list of all goes into a new file: written once, whole or not at all."""

import pytest

from stb.catalogue import Catalogue, Library
from stb.errors import BadReply
from stb.model import Channel, ChannelId, ChannelRef, Film, FilmId, FilmRef, SourceId

A = SourceId("a")


def films(count, *, then=None):
    for number in range(count):
        yield Film(ref=FilmRef(A, FilmId(str(number))), name="x" * 300, link="x")
    if then:
        raise then


@pytest.fixture
def file(tmp_path):
    return tmp_path / "library.db"


def beside(file):
    return {path.name for path in file.parent.iterdir()} - {
        f"{file.name}{end}" for end in ("", "-wal", "-shm")
    }


def test_the_first_list_leaves_no_log(file):
    with Library(file) as library:
        library.replace_films(A, films(2000), ())
        log = file.with_name(f"{file.name}-wal")
        assert not log.exists() or log.stat().st_size == 0
        assert beside(file) == set()
        assert library.count("films") == 2000


def test_who_had_the_empty_file_open_sees_the_new_one(file):
    with Library(file) as reader, Library(file) as library:
        assert reader.count("films") == 0
        library.replace_films(A, films(20), ())
        assert reader.count("films") == 20
        library.replace_films(A, films(30), ())
        assert reader.count("films") == 30


def test_a_first_list_that_breaks_off_leaves_nothing(file):
    with Library(file) as library:
        with pytest.raises(BadReply):
            library.replace_films(A, films(20, then=BadReply("cut short", where="list", got="")), ())
        assert beside(file) == set()
        assert library.count("films") == 0
        assert not library.knows(A)
        assert library.replace_films(A, films(3), ()) == 3


def test_what_a_killed_process_left_is_thrown_away(file):
    with Library(file) as library:
        for end in ("", "-wal"):
            file.with_name(f"{file.name}.new{end}").write_bytes(b"half of a list")
        assert library.replace_films(A, films(3), ()) == 3
        assert beside(file) == set()


def test_channels_too_are_there_for_who_had_the_empty_file_open(path, a_channel):
    with Catalogue(path) as reader, Catalogue(path) as lists:
        assert reader.count() == 0
        lists.replace(A, [a_channel(1), a_channel(2)], "r1")
        lists.note_read(A, "lists", 7)
        assert reader.count() == 2
        assert reader.read_at(A) == {"lists": 7}
        lists.replace(A, [a_channel(1)], "r2")
        assert reader.count() == 1
        assert beside(path) == set()


def test_a_first_list_that_is_not_in_the_order_of_its_numbers_is_read_in_it(tmp_path):
    numbers = [7, 3, 900, 1, 8]
    channels = [
        Channel(
            ref=ChannelRef(A, ChannelId(str(number))),
            number=number,
            name=f"Channel {number}",
            link="x",
            group="odd" if number % 2 else "even",
        )
        for number in numbers
    ]
    with Catalogue(tmp_path / "lists.db") as lists:
        assert lists.replace(A, channels, "r1") == len(numbers)
        assert [one.number for one in lists.channels(0, 10)] == sorted(numbers)
        assert [one.number for one in lists.channels(0, 10, "odd")] == [1, 3, 7]
        assert [(group.name, group.count) for group in lists.groups()] == [("odd", 3), ("even", 2)]
        assert [one.number for one in lists.find("channel 900", 5)] == [900]
        # The next list finds its rows where they stand.
        lists.replace(A, channels[1:], "r2")
        assert [one.number for one in lists.channels(0, 10, "odd")] == [1, 3]
