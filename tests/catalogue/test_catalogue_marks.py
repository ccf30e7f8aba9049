"""How far the viewer got is there at the next start."""

import sqlite3
from contextlib import closing

import pytest

from stb.catalogue import Mark, Viewer
from stb.catalogue.marks import _KEPT
from stb.catalogue.viewer_schema import VIEWER
from stb.model import (
    ChannelId,
    ChannelRef,
    EpisodeId,
    EpisodeRef,
    FilmId,
    FilmRef,
    PastRef,
    SeriesId,
    SeriesRef,
    SourceId,
)

A = SourceId("a")
FILM = FilmRef(A, FilmId("7"))
EPISODE = EpisodeRef(SeriesRef(A, SeriesId("7")), EpisodeId("7"))
PAST = PastRef(ChannelRef(A, ChannelId("7")), 7)


@pytest.fixture
def file(tmp_path):
    return tmp_path / "viewer.db"


@pytest.mark.parametrize("ref", [FILM, EPISODE, PAST], ids=["film", "episode", "programme"])
def test_where_the_viewer_left_off(file, ref):
    with Viewer(file, now=lambda: 1000.9) as viewer:
        assert viewer.marked(ref) is None
        viewer.mark(ref, 61.5, 5400.0)
    with Viewer(file) as viewer:
        assert viewer.marked(ref) == Mark(position=61.5, duration=5400.0, at=1000)
        assert [other for other in (FILM, EPISODE, PAST) if viewer.marked(other)] == [ref]


def test_the_last_mark_counts(file):
    with Viewer(file, now=lambda: 5) as viewer:
        viewer.mark(FILM, 10, 100)
        viewer.mark(FILM, 20, 100)
        assert viewer.marked(FILM) == Mark(position=20, duration=100, at=5)


@pytest.mark.parametrize(
    ("position", "duration", "seen"),
    [
        pytest.param(0, 5400, False, id="the beginning"),
        pytest.param(5200, 5400, False, id="before the closing titles"),
        pytest.param(5240, 5400, True, id="the last three per cent"),
        pytest.param(539, 600, False, id="a short one, more than a minute left"),
        pytest.param(541, 600, True, id="a short one, its last minute"),
        pytest.param(700, 600, True, id="beyond the end"),
        pytest.param(5000, 0, False, id="nobody knows how long it is"),
    ],
)
def test_what_counts_as_seen(position, duration, seen):
    assert Mark(position=position, duration=duration, at=0).seen is seen


def test_the_newest_marks_stay(file):
    with Viewer(file) as viewer:
        first = FilmRef(A, FilmId("first"))
        again = FilmRef(A, FilmId("again"))
        viewer.mark(first, 1, 2)
        viewer.mark(again, 1, 2)
        for number in range(_KEPT - 2):
            viewer.mark(FilmRef(A, FilmId(str(number))), 1, 2)
        viewer.mark(again, 2, 3)
        assert viewer.marked(first)
        viewer.mark(FilmRef(A, FilmId("one more")), 1, 2)
        assert viewer.marked(first) is None
        assert viewer.marked(again)


def test_a_file_from_before_there_were_marks(file):
    with closing(sqlite3.connect(file)) as old:
        old.execute(VIEWER[0][0])
        old.execute("INSERT INTO kept VALUES ('volume', '35')")
        old.execute("PRAGMA user_version = 1")
        old.commit()
    with Viewer(file) as viewer:
        viewer.mark(FILM, 1, 100)
        assert viewer.marked(FILM)
        assert viewer.recall().volume == 35
