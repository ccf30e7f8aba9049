"""Cards that are full or locked; files that are damaged, gone or of a newer version; how the box goes on."""

import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from stb.catalogue import Catalogue, Guide, Library, Remembered, Viewer
from stb.catalogue.mishaps import Mishap
from stb.errors import CatalogueTooNew
from stb.model import ChannelId, ChannelRef, FilmId, FilmRef, SourceId

DAY = 24 * 3600
REF = ChannelRef(SourceId("home"), ChannelId("7"))
FILM = FilmRef(SourceId("home"), FilmId("1"))
NAMESPACE = (
    ("unshare", "--mount") if os.getuid() == 0 else ("unshare", "--user", "--map-root-user", "--mount")
)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "viewer.db"


@pytest.fixture
def kept(file):
    """A viewer's file with a copy."""
    with Viewer(file, now=lambda: 1e9) as viewer:
        viewer.remember(watched=REF, volume=35)
    return file


def make_newer(path):
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(
    "damage",
    [
        pytest.param(lambda path: path.write_bytes(b"no database" * 500), id="another file"),
        pytest.param(lambda path: os.truncate(path, 5000), id="cut short"),
        pytest.param(lambda path: os.truncate(path, 0), id="empty"),
        pytest.param(lambda path: path.unlink(), id="gone"),
    ],
)
def test_what_is_the_viewers_own_comes_back_from_the_copy(kept, damage):
    damage(kept)
    with Viewer(kept) as viewer:
        assert viewer.mishap is Mishap.RESTORED
        assert viewer.recall() == Remembered(watched=REF, volume=35)
        viewer.mark(FILM, 1, 2)
    with Viewer(kept) as viewer:
        assert viewer.mishap is None
        assert viewer.marked(FILM)


def test_a_copy_that_is_damaged_too_is_none(kept):
    kept.write_bytes(b"no database" * 500)
    kept.with_name("viewer.db.spare").write_bytes(b"neither" * 900)
    with Viewer(kept) as viewer:
        assert viewer.mishap is Mishap.DAMAGED
        assert viewer.recall() == Remembered()


def test_the_copy_is_made_once_a_day(kept):
    spare, clock = kept.with_name("viewer.db.spare"), [1e9]
    os.utime(spare, (1e9, 1e9))
    with Viewer(kept, now=lambda: clock[0]) as viewer:
        first = spare.stat().st_ino
        for clock[0] in (1e9 + 5, 1e9 + DAY - 1):
            viewer.remember(volume=1)
        assert spare.stat().st_ino == first
        clock[0] = 1e9 + DAY
        viewer.remember(volume=2)
        assert spare.stat().st_ino != first
    shutil.copy(spare, kept)
    with Viewer(kept) as viewer:
        assert viewer.recall().volume == 2


def test_what_a_newer_version_wrote_of_the_viewer_is_refused_and_left_alone(kept):
    make_newer(kept)
    before = kept.read_bytes()
    with pytest.raises(CatalogueTooNew):
        Viewer(kept)
    with Viewer(kept, in_need=True) as viewer:
        assert viewer.mishap is Mishap.NEWER
        viewer.remember(volume=3)
        assert viewer.recall() == Remembered(volume=3)
    assert kept.read_bytes() == before


FILLED = """
import sys
from pathlib import Path
from stb.catalogue import Catalogue, Viewer
from stb.model import Channel, ChannelId, ChannelRef, SourceId

A = SourceId("a")

def channels(count):
    return [
        Channel(ref=ChannelRef(A, ChannelId(f"{n}")), number=n, name=f"Channel {n}", link="x" * 500)
        for n in range(1, count)
    ]

folder = Path(sys.argv[1])
with Catalogue(folder / "lists.db") as lists:
    lists.replace(A, channels(100), "r1")
with Viewer(folder / "viewer.db") as viewer:
    viewer.remember(volume=35)
"""
FULL_WHILE_READING = (
    FILLED
    + """
from stb.errors import DiskFull
with Catalogue(folder / "lists.db") as lists:
    try:
        lists.replace(A, channels(100_000), "r2")
    except DiskFull as error:
        print(error.failure.advice, lists.count(), lists.revision(A))
with Catalogue(folder / "lists.db") as lists:
    print(lists.mishap, lists.count(), lists.revision(A), lists.find("channel 99", 9)[0].number)
    lists.replace(A, channels(50), "r3")
    print(lists.count(), sorted(path.name for path in folder.iterdir() if path.suffix == ".new"))
"""
)
IN_NEED = """
def look():
    with Catalogue(folder / "lists.db", in_need=True) as lists:
        with Viewer(folder / "viewer.db", in_need=True) as viewer:
            print(lists.mishap, lists.count(), viewer.recall().volume)
            viewer.remember(volume=7)
            print(viewer.recall().volume)
    try:
        Catalogue(folder / "lists.db").replace(A, channels(5000), "r2")
    except CatalogueError as error:
        print(type(error).__name__, error.failure.advice)
"""
LOCKED = (
    FILLED
    + "from stb.errors import CatalogueError\nimport subprocess\n"
    + IN_NEED
    + """
subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
look()
"""
)
FULL_AT_THE_START = (
    FILLED
    + "from stb.errors import CatalogueError\nfrom contextlib import suppress\n"
    + IN_NEED
    + """
with suppress(OSError), (folder / "films").open("wb", buffering=0) as films:
    while True:
        films.write(bytes(4096))
look()
from stb.catalogue import database
with Viewer(folder / "viewer.db", in_need=True) as viewer:
    viewer.remember(volume=7)
    database._LOOK_SECONDS = 0
    print(viewer.mishap, viewer.recall().volume)
    (folder / "films").unlink()
    print(viewer.recall().volume, viewer.mishap)
with Catalogue(folder / "lists.db") as lists:
    print(lists.mishap, lists.count())
"""
)


def on_a_small_card(folder, program):
    """What it says, with a file system of 2 MB of its own at the folder; nobody else sees that."""
    mount = 'mount -t tmpfs -o size=2m none "$1" && exec "$2" -c "$3" "$1"'
    command = [*NAMESPACE, "sh", "-c", mount, "sh", str(folder), sys.executable, program]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if "unshare:" in done.stderr or "mount:" in done.stderr:
        pytest.skip(f"no file system of its own here: {done.stderr}")
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_card_that_becomes_full_while_lists_are_read_keeps_the_old_ones(tmp_path):
    assert on_a_small_card(tmp_path, FULL_WHILE_READING) == [
        "error.disk_full 99 r1",
        "None 99 r1 99",
        "49 []",
    ]


def test_a_card_that_is_locked_is_read_and_what_is_new_is_held(tmp_path):
    assert on_a_small_card(tmp_path, LOCKED) == [
        "read_only 99 35",
        "7",
        "DiskReadOnly error.disk_read_only",
    ]


def test_a_card_that_is_full_at_the_start_is_read_and_loses_nothing(tmp_path):
    said = on_a_small_card(tmp_path, FULL_AT_THE_START)
    assert said == ["full 99 35", "7", "DiskFull error.disk_full", "full 7", "35 None", "None 99"]


@pytest.mark.parametrize("kind", [Catalogue, Library, Guide, Viewer])
def test_where_there_can_be_no_file_the_box_begins_with_nothing(tmp_path, kind):
    (tmp_path / "file").mkdir()
    with kind(tmp_path / "file", in_need=True) as opened:
        assert opened.mishap
