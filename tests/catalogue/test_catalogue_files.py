"""The files themselves: damage, newer versions, power cuts, two processes at once."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from stb.catalogue import Catalogue, Viewer
from stb.catalogue.database import Database
from stb.catalogue.mishaps import Mishap
from stb.errors import CatalogueError
from stb.model import SourceId

A = SourceId("a")


def test_lists_of_a_newer_version_are_set_aside_and_begun_anew(path, a_channel):
    with Catalogue(path) as catalogue:
        catalogue.replace(A, [a_channel(1)], "r1")
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("PRAGMA user_version = 99")
    with Catalogue(path) as catalogue:
        assert (catalogue.count(), catalogue.mishap) == (0, Mishap.NEWER)
    with closing(sqlite3.connect(path.with_name("catalogue.db.newer"))) as newer:
        assert newer.execute("SELECT count(*) FROM channel").fetchone() == (1,)


def test_an_older_file_takes_the_steps_it_has_not_taken(path):
    first = ("CREATE TABLE one (n INTEGER)", "INSERT INTO one VALUES (1)")
    second = ("CREATE TABLE two (n INTEGER)", "INSERT INTO two SELECT n + 1 FROM one")
    Database(path, [first]).close()
    database = Database(path, [first, second])
    with database.reading() as connection:
        assert connection.execute("SELECT * FROM one, two").fetchall() == [(1, 2)]
    database.close()


def test_a_step_that_fails_leaves_the_file_as_it_was(path):
    first = ("CREATE TABLE one (n INTEGER)",)
    Database(path, [first]).close()
    with pytest.raises(CatalogueError):
        Database(path, [first, ("CREATE TABLE two (n INTEGER)", "NONSENSE")])
    database = Database(path, [first])
    with database.reading() as connection:
        assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("one",)]
    database.close()


def overwrite(path, start, content):
    with path.open("r+b") as file:
        file.seek(start)
        file.write(content)


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda path: path.write_bytes(b"no database" * 500), id="another file"),
        pytest.param(lambda path: overwrite(path, 0, b"\0" * 100), id="header of zeros"),
        pytest.param(lambda path: overwrite(path, 4096, b"\xff" * 40_000), id="pages of nonsense"),
        pytest.param(lambda path: os.truncate(path, 9000), id="cut short"),
    ],
)
def test_a_damaged_file_is_set_aside_and_begun_anew(path, a_channel, damage, caplog):
    with Catalogue(path) as catalogue:
        catalogue.replace(A, [a_channel(number) for number in range(1, 500)], "r1")
    damage(path)
    with Catalogue(path) as catalogue:
        assert (catalogue.count(), catalogue.revision(A)) == (0, "")
        catalogue.replace(A, [a_channel(1)], "r2")
    assert path.with_name("catalogue.db.damaged").exists()
    assert "database damaged" in caplog.text
    with Catalogue(path) as catalogue:
        assert catalogue.count() == 1


def test_damage_while_it_is_open_is_an_error_and_then_a_new_file(path, a_channel):
    larger_than_the_cache = [a_channel(number, name="x" * 10_000) for number in range(1, 500)]
    with Catalogue(path) as catalogue:
        catalogue.replace(A, larger_than_the_cache, "r1")
    with Catalogue(path) as catalogue:
        overwrite(path, 4096, b"\xff" * (path.stat().st_size - 4096))
        with pytest.raises(CatalogueError):
            catalogue.channels(0, 500)
        assert catalogue.count() == 0
        catalogue.replace(A, [a_channel(1)], "r2")
        assert catalogue.count() == 1


def test_questions_at_once_are_of_one_moment(path, a_channel):
    with Catalogue(path) as reader, Catalogue(path) as writer:
        writer.replace(A, [a_channel(1), a_channel(2)], "r1")
        with reader.at_once():
            assert reader.count() == 2
            writer.replace(A, [a_channel(1)], "r2")
            assert (reader.count(), reader.revision(A)) == (2, "r1")
        assert (reader.count(), reader.revision(A)) == (1, "r2")


def test_a_reader_follows_to_the_file_that_another_process_began_anew(path, catalogue, a_channel):
    catalogue.replace(A, [a_channel(1), a_channel(2)], "r1")
    assert catalogue.count() == 2
    path.rename(path.with_name("catalogue.db.damaged"))
    for suffix in ("-wal", "-shm"):
        path.with_name(f"catalogue.db{suffix}").rename(path.with_name(f"catalogue.db.damaged{suffix}"))
    with Catalogue(path) as writer:
        writer.replace(A, [a_channel(5)], "r2")
        assert [channel.number for channel in catalogue.channels(0, 10)] == [5]


def test_an_empty_file_is_a_new_one(path):
    path.parent.mkdir()
    path.touch()
    with Catalogue(path) as catalogue:
        assert catalogue.count() == 0


def test_a_folder_in_the_place_of_the_file_is_an_error_of_ours(path):
    path.mkdir(parents=True)
    with pytest.raises(CatalogueError):
        Catalogue(path)


@pytest.mark.parametrize("kind", [Catalogue, Viewer], ids=["catalogue", "viewer"])
def test_closing_twice_is_no_error(path, kind):
    opened = kind(path)
    opened.close()
    opened.close()


WRITER = """
import sys
from pathlib import Path
from stb.catalogue import Catalogue
from stb.model import Channel, ChannelId, ChannelRef, SourceId

source = SourceId("a")
with Catalogue(Path(sys.argv[1])) as catalogue:
    for turn in range(1, 1_000_000):
        numbers = range(1, 2001 + turn % 2 * 1000)
        catalogue.replace(source, [
            Channel(ref=ChannelRef(source, ChannelId(f"{turn}-{number}")), number=number, name=f"{turn}",
                    group=f"{number % 7}", link="http://tv.example/")
            for number in numbers
        ], f"{turn}")
        print(turn, flush=True)
"""


@pytest.mark.parametrize("turns", [1, 2, 5, 8])
def test_a_writer_killed_at_any_moment_leaves_the_old_list_or_the_new(path, turns, caplog):
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
    ) as writer:
        for _ in range(turns):
            done = int(writer.stdout.readline())
        with Catalogue(path) as reader:
            whole(reader)
        writer.send_signal(signal.SIGKILL)
    with Catalogue(path) as catalogue:
        assert whole(catalogue) >= done
        catalogue.replace(A, [], "goes on")
        assert catalogue.revision(A) == "goes on"
    assert "damaged" not in caplog.text


def whole(catalogue):
    """Whether what is read at once is one list; which one it is."""
    channels = catalogue.channels(0, 5000)
    turns = {int(channel.name) for channel in channels}
    assert len(turns) == 1
    (turn,) = turns
    assert len(channels) == 2000 + turn % 2 * 1000
    return turn


OPENER = """
import sys
from pathlib import Path
from stb.catalogue import Catalogue
sys.stdin.readline()
with Catalogue(Path(sys.argv[1])) as catalogue:
    print(catalogue.count())
"""


def test_processes_that_find_the_damage_at_once_begin_one_new_file(path):
    path.parent.mkdir()
    path.write_bytes(b"no database" * 500)
    openers = [
        subprocess.Popen(
            [sys.executable, "-c", OPENER, str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    for opener in openers:
        opener.stdin.write("\n")
        opener.stdin.flush()
    said = [opener.communicate()[0] for opener in openers]
    assert said == ["0\n"] * 3
    assert path.with_name("catalogue.db.damaged").read_bytes() == b"no database" * 500
