"""What the viewer left behind is there at the next start."""

import sqlite3
from contextlib import closing

import pytest

from stb.catalogue import Remembered, Viewer
from stb.model import ChannelId, ChannelRef, GuideChoice, Sorting, SourceId

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


def test_what_the_viewer_chose_for_channels(file):
    other, seven = ChannelRef(SourceId("other"), ChannelId("7")), REF
    with Viewer(file) as viewer:
        assert (viewer.guide_choices(), viewer.favourites(REF.source), viewer.hidden(REF.source)) == (
            {},
            (),
            frozenset(),
        )
        viewer.choose_guide(seven, GuideChoice(SourceId("world"), "x", 3600))
        viewer.choose_guide(other, GuideChoice())
        eight = ChannelRef(REF.source, ChannelId("8"))
        viewer.keep_favourites(REF.source, (eight, seven, eight))
        viewer.keep_favourites(other.source, (other,))
        viewer.keep_hidden(REF.source, {"News", ""})
    with Viewer(file) as viewer:
        assert viewer.guide_choices() == {
            seven: GuideChoice(SourceId("world"), "x", 3600),
            other: GuideChoice(),
        }
        viewer.choose_guide(other, None)
        assert list(viewer.guide_choices()) == [seven]
        assert viewer.favourites(REF.source) == (eight, seven)
        viewer.keep_favourites(REF.source, (seven,))
        assert (viewer.favourites(REF.source), viewer.favourites(other.source)) == ((seven,), (other,))
        assert (viewer.hidden(REF.source), viewer.hidden(other.source)) == ({"News", ""}, frozenset())
        viewer.keep_hidden(REF.source, ())
        assert viewer.hidden(REF.source) == frozenset()


def test_what_an_operator_keeps_as_favourites(file):
    with Viewer(file) as viewer:
        assert viewer.shared(REF.source) is None
        viewer.keep_shared(REF.source, ())
    with Viewer(file) as viewer:
        assert viewer.shared(REF.source) == ()
        viewer.keep_shared(REF.source, (REF,))
        assert viewer.shared(REF.source) == (REF,)
        assert viewer.recall() == Remembered()
