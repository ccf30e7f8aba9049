"""What is not for everyone plays after the operator's parental code, until the box sleeps."""

import pytest

from stb.app.effects import CheckPin, Resolve
from stb.app.guarding import closed
from stb.app.state import State
from stb.app.step import step
from stb.catalogue import Catalogue, Library
from stb.messages import PinChecked, PinFailed, PinNeeded, ScreenName, StandBy, SubmitPin, Watch
from stb.model import (
    Channel,
    ChannelId,
    ChannelRef,
    Failure,
    Film,
    FilmId,
    FilmRef,
    PastRef,
    SourceId,
)

HOME = SourceId("home")
LOCKED, OPEN = (ChannelRef(HOME, ChannelId(name)) for name in ("18", "1"))
FILM = FilmRef(HOME, FilmId("1"))
GUARDED = State(guards=True, has_lists=True)


@pytest.fixture
def disk(tmp_path):
    with Catalogue(tmp_path / "lists.db") as lists, Library(tmp_path / "library.db") as library:
        channels = [
            Channel(ref=ref, number=number, name="x", link="x", adult=ref == LOCKED)
            for number, ref in enumerate((LOCKED, OPEN), 1)
        ]
        lists.replace(HOME, channels, "r1")
        library.replace_films(HOME, [Film(ref=FILM, name="x", link="x", adult=True)], ())
        yield lists, library


def after(state, *messages):
    for message in messages:
        state, _ = step(state, message, 0.0)
    return state


@pytest.mark.parametrize(
    ("ref", "locked"),
    [
        pytest.param(LOCKED, True, id="a channel"),
        pytest.param(PastRef(LOCKED, 5), True, id="what was on it"),
        pytest.param(FILM, True, id="a film"),
        pytest.param(OPEN, False, id="another channel"),
        pytest.param(ChannelRef(HOME, ChannelId("gone")), False, id="one that is gone"),
    ],
)
def test_what_is_locked(disk, ref, locked):
    assert closed(GUARDED, ref, *disk) is locked
    assert not closed(State(), ref, *disk)
    assert not closed(after(GUARDED, PinChecked(fits=True)), ref, *disk)


def test_the_code_is_asked_for_and_then_it_plays():
    state, effects = step(after(GUARDED, Watch(LOCKED), PinNeeded()), SubmitPin("1234"), 0.0)
    assert (state.screen, state.pin_asking) == (ScreenName.PIN, True)
    assert effects == (CheckPin("1234"),)
    assert "1234" not in repr(effects) + repr(SubmitPin("1234"))
    state, effects = step(state, PinChecked(fits=True), 0.0)
    assert (state.screen, state.watching, state.unlocked) == (ScreenName.WATCHING, LOCKED, True)
    assert any(isinstance(effect, Resolve) for effect in effects)


def test_another_code_opens_nothing():
    state, effects = step(
        after(GUARDED, Watch(LOCKED), PinNeeded(), SubmitPin("1")), PinChecked(fits=False), 0.0
    )
    assert (state.screen, state.pin_wrong, state.unlocked, effects) == (ScreenName.PIN, True, False, ())


def test_an_operator_that_does_not_tell_it_is_asked_again():
    failed = PinFailed(Failure(kind="Unreachable", advice="error.unreachable"))
    state = after(GUARDED, Watch(LOCKED), PinNeeded(), SubmitPin("1"), failed)
    assert (state.pin_unknown, state.pin_asking) == (True, False)
    assert step(state, SubmitPin("1"), 0.0)[1] == (CheckPin("1"),)


def test_a_viewer_who_went_on_is_not_called_back():
    state = after(GUARDED, Watch(LOCKED), PinNeeded(), SubmitPin("1"), Watch(OPEN))
    assert after(state, PinChecked(fits=True)).watching == OPEN


def test_it_is_closed_again_when_the_box_sleeps():
    state = after(GUARDED, PinChecked(fits=True), StandBy())
    assert not state.unlocked
