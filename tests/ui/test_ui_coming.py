"""The display that comes while the box is read."""

import itertools

import pytest
from Xlib.error import DisplayError

from stb.ui.coming import patience, when_there


@pytest.fixture
def late():
    """A display that refuses whoever comes before the fourth time."""
    turns = itertools.count(1)

    def connect():
        if next(turns) < 4:
            raise DisplayError("nobody")
        return "there"

    return connect


def waited(connect, seconds):
    """What came of it, on a clock that each rest moves on."""
    now = 0.0

    def rest(least):
        nonlocal now
        now += least

    return when_there(connect, seconds, clock=lambda: now, rest=rest)


def test_a_display_that_comes_late_is_waited_for(late):
    assert waited(late, 40.0) == "there"


def test_a_display_that_never_comes_is_an_error_in_the_end(late):
    with pytest.raises(DisplayError):
        waited(late, 0.1)


def test_without_patience_it_is_there_or_not(late):
    with pytest.raises(DisplayError):
        waited(late, 0.0)


@pytest.mark.parametrize(
    ("said", "seconds"), [("40", 40.0), ("", 0.0), ("soon", 0.0)], ids=["seconds", "nothing", "no number"]
)
def test_how_long_stands_in_the_unit(said, seconds):
    assert patience({"STB_SCREEN_SECONDS": said}) == seconds
