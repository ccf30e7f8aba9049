"""What is worth finding again among what was watched lately, as values."""

from dataclasses import replace

import pytest

from stb.app.effects import EraseHistory, NoteWatched, Remember, SetAlarm
from stb.app.lending import name_for_all
from stb.app.state import State
from stb.app.step import step
from stb.app.tuning import WATCHED_SECONDS
from stb.catalogue.catalogue import Catalogue
from stb.catalogue.library import Library
from stb.messages import Alarm, AlarmRang, ForgetHistory, Open, PlayerChanged, ScreenName, SwapBack, Watch
from stb.model import (
    Channel,
    ChannelId,
    ChannelRef,
    Film,
    FilmId,
    FilmRef,
    PastRef,
    PlayerState,
    PlayerStatus,
    Programme,
    SourceId,
)

SOURCE = SourceId("home")
ONE, TWO = (ChannelRef(SOURCE, ChannelId(name)) for name in ("1", "2"))
FILM = Film(ref=FilmRef(SOURCE, FilmId("7")), name="The Long Way", link="7", category="")
LONG_ENOUGH = AlarmRang(Alarm.WATCHED)


def shown(state, ref, item=None):
    state, _ = step(state, Watch(ref, item=item), 100.0)
    status = PlayerStatus(state=PlayerState.PLAYING, displayed=1)
    return step(state, PlayerChanged(state.tune, status), 101.0)


def test_a_picture_that_was_watched_for_half_a_minute_counts():
    state, effects = shown(State(), ONE)
    assert SetAlarm(Alarm.WATCHED, WATCHED_SECONDS) in effects
    after, effects = step(state, LONG_ENOUGH, 131.0)
    assert effects == (NoteWatched(ONE),)
    assert after == state


def test_a_film_is_noted_with_what_it_is():
    state, _ = shown(State(), FILM.ref, FILM)
    assert step(state, LONG_ENOUGH, 131.0)[1] == (NoteWatched(FILM.ref, FILM),)


def test_a_channel_that_is_still_tuning_does_not_count_for_the_one_before():
    state, _ = shown(State(), ONE)
    state, _ = step(state, Watch(TWO), 129.0)
    assert step(state, LONG_ENOUGH, 131.0)[1] == ()


def test_what_was_left_does_not_count():
    state, _ = shown(State(), FILM.ref, FILM)
    state = replace(state, watching=None, showing=False)
    assert step(state, LONG_ENOUGH, 131.0)[1] == ()


def test_what_was_on_is_found_in_the_guide_again():
    programme = Programme(channel="one", start=1000, stop=4600, title="News")
    state, _ = shown(State(), PastRef(ONE, 1000), programme)
    assert step(state, LONG_ENOUGH, 131.0)[1] == ()


def test_the_viewer_has_it_forgotten():
    assert step(State(), ForgetHistory(), 100.0)[1] == (EraseHistory(),)


def test_the_menu_of_it_leads_back_to_the_picture():
    state, _ = shown(State(), ONE)
    for screen in (ScreenName.HOME, ScreenName.HISTORY, ScreenName.HOME):
        state, _ = step(state, Open(screen), 110.0)
    assert state.behind is ScreenName.WATCHING


def test_the_channel_before_is_written_down_with_the_channel():
    state, _ = shown(shown(State(), ONE)[0], TWO)
    assert step(state, AlarmRang(Alarm.SETTLED), 110.0)[1] == (Remember(TWO, ONE),)


def test_last_leads_to_the_channel_from_before_the_start():
    state, _ = shown(State(previous=ONE), TWO)
    state, _ = step(state, SwapBack(), 110.0)
    assert (state.watching, state.previous) == (ONE, TWO)


def test_a_channel_is_not_before_itself():
    state, _ = shown(State(previous=ONE), ONE)
    assert state.previous is None


@pytest.mark.parametrize("adult", [False, True], ids=["for everyone", "not for everyone"])
def test_only_what_is_for_everyone_has_a_name(tmp_path, adult):
    with Catalogue(tmp_path / "lists.db") as lists, Library(tmp_path / "library.db") as library:
        lists.replace(SOURCE, [Channel(ref=ONE, number=1, name="News", link="1", adult=adult)], "r1")
        assert name_for_all(lists, library, ONE, None) == ("" if adult else "News")
        film = FILM._replace(adult=adult)
        assert name_for_all(lists, library, film.ref, film) == ("" if adult else "The Long Way")
        assert name_for_all(lists, library, TWO, None) == ""
