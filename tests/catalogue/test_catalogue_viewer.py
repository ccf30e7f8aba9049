"""What the viewer left behind is there at the next start."""

import pytest

from stb.catalogue import Remembered, Viewer
from stb.model import ChannelId, ChannelRef, SourceId

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


def test_a_damaged_file_is_begun_anew(file):
    file.write_bytes(b"no database" * 500)
    with Viewer(file) as viewer:
        assert viewer.recall() == Remembered()
        viewer.remember(volume=1)
    assert (file.parent / "viewer.db.damaged").exists()
