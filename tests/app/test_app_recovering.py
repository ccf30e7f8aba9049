"""What the recovery screen finds out and does, with real files."""

import errno
import os
from pathlib import Path

import pytest

from stb.app.places import Places
from stb.app.recovering import WAITS, Attempts, is_quiet, last_words, prepare, reason
from stb.model import Source, SourceId
from stb.screens.recovery import Way
from stb.settings.loading import load
from stb.settings.saving import save

HOME = Source(id=SourceId("home"), kind="m3u", name="Home", address="http://tv.example/list")


@pytest.fixture
def places(tmp_path):
    places = Places(state=tmp_path / "state", runtime=tmp_path / "run", cache=tmp_path / "cache")
    places.make()
    return places


def test_a_sound_card_says_only_that_the_box_ended(places):
    assert reason(places.state) == "recovery.ended"
    assert list(places.state.iterdir()) == []


@pytest.mark.parametrize(
    ("number", "said"),
    [
        pytest.param(errno.ENOSPC, "recovery.full", id="a full card"),
        pytest.param(errno.EROFS, "recovery.sealed", id="a card that cannot be written"),
        pytest.param(errno.EIO, "recovery.sealed", id="a worn out card"),
        pytest.param(errno.EACCES, "recovery.state", id="somebody else's folder"),
    ],
)
def test_a_card_that_refuses_is_the_reason(places, monkeypatch, number, said):
    def refuse(*_arguments):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", refuse)
    assert reason(places.state) == said


def test_a_file_in_the_place_of_the_state_directory_is_the_reason(tmp_path):
    (tmp_path / "state").write_text("not a folder")
    assert reason(tmp_path / "state") == "recovery.state"


def test_the_box_is_tried_less_and_less_often(places):
    waits, now = [], 0.0
    for _ in range(7):
        attempts = Attempts(places.runtime, now)
        waits.append(attempts.wait)
        now += attempts.wait
        attempts.note(now)
    assert waits == [*WAITS, WAITS[-1], WAITS[-1]]


def test_a_box_that_went_for_long_is_tried_soon(places):
    for _ in range(3):
        Attempts(places.runtime, 100.0).note(100.0)
    assert Attempts(places.runtime, 8 * 3600.0).wait == WAITS[0]


@pytest.mark.parametrize("told", ["", "[]", '{"count": "x", "at": null}', '{"at": 1}'], ids=repr)
def test_what_is_not_a_count_counts_nothing(places, told):
    (places.runtime / "recoveries").write_text(told)
    assert Attempts(places.runtime, 100.0).wait == WAITS[0]


def test_a_quiet_start_is_one_start(places):
    assert not is_quiet(places)
    prepare(Way.QUIETLY, places)
    assert is_quiet(places)
    assert not is_quiet(places)


def test_settings_are_put_aside_and_operators_stay(places):
    save(places.settings, {"language": "ar", "sound.output": "jack", "source": (HOME,)})
    before = places.settings.read_text("utf-8")
    prepare(Way.FRESH_SETTINGS, places)
    left = load(places.settings).settings
    assert (left.language, left.sound.output, left.sources) == ("ar", "auto", (HOME,))
    assert Path(f"{places.settings}.1").read_text("utf-8") == before


def test_settings_that_nobody_can_read_are_put_aside_each_time(places):
    for damage in ("=", "=="):
        places.settings.write_text(damage)
        prepare(Way.FRESH_SETTINGS, places)
    assert load(places.settings).problems == ()
    assert [Path(f"{places.settings}.{number}").read_text() for number in (1, 2)] == ["=", "=="]


def test_fresh_lists_leave_what_is_the_viewers(places):
    for path in (places.lists, places.library, places.guide, places.viewer, places.vault, places.settings):
        path.write_text("x")
    Path(f"{places.guide}-wal").write_text("x")
    (places.fetched / "home").mkdir(parents=True)
    prepare(Way.FRESH_LISTS, places)
    kept = {places.viewer, places.vault, places.settings}
    assert set(places.state.iterdir()) == kept
    assert not places.fetched.exists()


def test_trying_again_as_it_was_changes_nothing(places):
    prepare(Way.AS_IT_WAS, places)
    assert [*places.state.iterdir(), *places.runtime.iterdir()] == []


@pytest.fixture
def journal(tmp_path, monkeypatch):
    """A `journalctl` that says what it is told to."""

    def say(text, status=0):
        program = tmp_path / "bin/journalctl"
        program.parent.mkdir(exist_ok=True)
        program.write_text(f"#!/bin/sh\ncat <<'END'\n{text}\nEND\nexit {status}\n")
        program.chmod(0o755)
        monkeypatch.setenv("PATH", f"{program.parent}:{os.environ['PATH']}")

    return say


def test_the_last_words_are_without_secrets(journal):
    journal("one\nasked http://tv.example/get.php?username=ann&password=hunter2 status=200")
    first, second = last_words()
    assert first == "one"
    assert "hunter2" not in second


def test_no_journal_has_no_words(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert last_words() == ()
