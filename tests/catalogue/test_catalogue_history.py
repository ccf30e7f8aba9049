"""What was watched lately is there at the next start, whatever became of the lists."""

import pytest

from stb.catalogue import Catalogue, Viewer, Watched
from stb.catalogue.history import _KEPT
from stb.catalogue.viewer_schema import VIEWER
from stb.model import (
    ChannelId,
    ChannelRef,
    EpisodeId,
    EpisodeRef,
    FilmId,
    FilmRef,
    SeriesId,
    SeriesRef,
    SourceId,
)

A, B = SourceId("a"), SourceId("b")
CHANNEL = ChannelRef(A, ChannelId("7"))
FILM = FilmRef(A, FilmId("7"))
SERIES = SeriesRef(A, SeriesId("7"))
EPISODE = EpisodeRef(SERIES, EpisodeId("7"))


@pytest.fixture
def file(tmp_path):
    return tmp_path / "viewer.db"


def refs(viewer, source=A):
    return [watched.ref for watched in viewer.watched(source)]


@pytest.mark.parametrize("ref", [CHANNEL, FILM, EPISODE], ids=["channel", "film", "episode"])
def test_what_was_watched_is_there_at_the_next_start(file, ref):
    with Viewer(file, lambda: 1000.9) as viewer:
        viewer.note_watched(ref, "الأفق")
    with Viewer(file) as viewer:
        assert viewer.watched(A) == (Watched(ref=ref, name="الأفق", at=1000),)
        assert viewer.watched(B) == ()


def test_things_with_the_same_id_are_not_the_same(file):
    with Viewer(file) as viewer:
        for ref in (CHANNEL, FILM, EPISODE):
            viewer.note_watched(ref, "seven")
        assert refs(viewer) == [EPISODE, FILM, CHANNEL]


def test_what_is_watched_again_moves_to_the_front(file):
    clock = iter(range(1000, 9000))
    with Viewer(file, lambda: next(clock)) as viewer:
        viewer.note_watched(FILM, "Old name")
        viewer.note_watched(CHANNEL, "News")
        viewer.note_watched(FILM, "New name")
        first, second = viewer.watched(A)
    assert (first.ref, first.name, second.ref) == (FILM, "New name", CHANNEL)
    assert first.at > second.at


def test_what_is_first_is_not_written_again_within_an_hour(file):
    clock = iter((1000, 1000, 1100, 4600, 4600))
    with Viewer(file, lambda: next(clock)) as viewer:
        viewer.note_watched(CHANNEL, "News")
        viewer.note_watched(CHANNEL, "News")
        assert viewer.watched(A)[0].at == 1000
        viewer.note_watched(CHANNEL, "News")
        assert viewer.watched(A)[0].at == 4600


def test_of_a_series_the_last_episode_stays(file):
    after = EpisodeRef(SERIES, EpisodeId("8"))
    with Viewer(file) as viewer:
        viewer.note_watched(EPISODE, "One")
        viewer.note_watched(after, "Two")
        assert refs(viewer) == [after]


def test_only_the_newest_stay(file):
    with Viewer(file) as viewer:
        for number in range(_KEPT + 3):
            viewer.note_watched(ChannelRef(A, ChannelId(str(number))), "channel")
        assert refs(viewer) == [ChannelRef(A, ChannelId(str(n))) for n in range(_KEPT + 2, 2, -1)]


def test_all_of_it_can_be_forgotten_and_marks_stay(file):
    with Viewer(file) as viewer:
        viewer.mark(FILM, 60, 600)
        viewer.note_watched(FILM, "film")
        viewer.note_watched(ChannelRef(B, ChannelId("7")), "channel")
        viewer.forget_watched()
        assert (refs(viewer), refs(viewer, B)) == ([], [])
        assert viewer.marked(FILM) is not None


def test_it_outlives_lists_that_are_begun_anew(tmp_path, file):
    with Viewer(file) as viewer:
        viewer.note_watched(CHANNEL, "News")
    (tmp_path / "lists.db").write_bytes(b"no database" * 500)
    with Catalogue(tmp_path / "lists.db") as lists, Viewer(file) as viewer:
        assert lists.count() == 0
        assert refs(viewer) == [CHANNEL]


def test_a_file_from_before_there_was_a_history_keeps_what_it_has(file, monkeypatch):
    monkeypatch.setattr("stb.catalogue.viewer.VIEWER", VIEWER[:3])
    with Viewer(file) as viewer:
        viewer.mark(FILM, 60, 600)
    monkeypatch.undo()
    with Viewer(file) as viewer:
        assert viewer.watched(A) == ()
        viewer.note_watched(FILM, "film")
        assert viewer.marked(FILM) is not None


def test_the_channel_before_the_last_is_remembered_beside_it(file):
    before = ChannelRef(A, ChannelId("8"))
    with Viewer(file) as viewer:
        viewer.remember(watched=CHANNEL, before=before)
        viewer.remember(volume=35)
    with Viewer(file) as viewer:
        left = viewer.recall()
    assert (left.watched, left.before) == (CHANNEL, before)
