"""What the viewer left behind is there at the next start."""

import sqlite3
from contextlib import closing

import pytest

from stb.catalogue import Remembered, Viewer
from stb.model import ChannelId, ChannelRef, Sorting, SourceId

REF = ChannelRef(SourceId("home"), ChannelId("7"))


@pytest.fixture
def file(tmp_path):
    return tmp_path / "viewer.db"


def test_a_new_box_remembers_nothing(file):
    with Viewer(file) as viewer:
        assert viewer.recall() == Remembered()


def test_how_the_box_was_left(file):
    with Viewer(file) as viewer:
        viewer.remember(watched=REF, volume=35, muted=True)
    with Viewer(file) as viewer:
        assert viewer.recall() == Remembered(watched=REF, volume=35, muted=True)


def test_remembering_one_thing_leaves_the_others(file):
    with Viewer(file) as viewer:
        viewer.remember(watched=REF, volume=35, muted=True)
        viewer.remember(muted=False)
        viewer.remember(volume=0)
        viewer.remember()
        assert viewer.recall() == Remembered(watched=REF, volume=0, muted=False)


def test_the_order_of_each_shelf(file):
    with Viewer(file) as viewer:
        viewer.remember_sorting("films", Sorting.RATING)
        viewer.remember_sorting("series", Sorting.NAME)
        viewer.remember_sorting("films", Sorting.NEWEST)
    with Viewer(file) as viewer:
        assert viewer.recall().sortings == {"films": Sorting.NEWEST, "series": Sorting.NAME}


def test_an_order_that_there_is_no_more_is_forgotten(file):
    with Viewer(file) as viewer:
        viewer.remember_sorting("films", Sorting.RATING)
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("UPDATE kept SET value = 'colour'")
    with Viewer(file) as viewer:
        assert viewer.recall().sortings == {}


def test_a_damaged_file_is_begun_anew(file):
    file.write_bytes(b"no database" * 500)
    with Viewer(file) as viewer:
        assert viewer.recall() == Remembered()
        viewer.remember(volume=1)
    assert (file.parent / "viewer.db.damaged").exists()
