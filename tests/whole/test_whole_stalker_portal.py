"""An evening with a whole portal, the genuine one and a panel's imitation, as the viewer sees it."""

import os
import signal
from dataclasses import dataclass

import pytest

from stb.app.identity import identify, open_vault
from stb.app.state import Phase
from stb.catalogue import Library
from stb.messages import Alarm, ScreenName
from stb.model import EpisodeRef, FilmRef, Key, PastRef, Sorting

SETTINGS = """
language = "en"
time_zone = "UTC"
[[source]]
id = "home"
kind = "stalker"
name = "Home Portal"
address = "{address}"
"""
CLOCK = 3
"""The channel that shows the time, and is kept for days."""


@dataclass
class Evening:
    """A viewer with a remote, and the operator's portal."""

    pilot: object
    portal: object
    mac: str

    def open(self, screen):
        """Walk down the menu until its focused entry leads there, and take it."""
        self.pilot.press(Key.HOME)
        for _ in range(8):
            self.pilot.press(Key.OK)
            if self.pilot.screen is screen:
                return
            self.pilot.press(Key.HOME, Key.DOWN)
        raise AssertionError(f"the menu has no {screen}")

    def watch(self, kind):
        """OK plays something of this kind, and its picture moves."""
        pilot = self.pilot
        pilot.press(Key.OK)
        pilot.until_phase(Phase.WATCHING)
        assert isinstance(pilot.box.state.watching, kind)
        pilot.until(lambda: pilot.box.state.at > 2, "two seconds of it")

    def look_closely(self):
        """OK, and all that the operator tells of it is there."""
        pilot = self.pilot
        pilot.press(Key.OK)
        assert pilot.screen is ScreenName.DETAILS
        pilot.until(lambda: pilot.box.state.looked_at in pilot.box.state.details, "its details")

    def happens(self, event, words="", **how):
        """The operator does something, and the box asks what there is."""
        self.portal.world.events.send(self.mac, event, words, **how)
        self.pilot.ring(Alarm.ATTEND)


@pytest.fixture(params=["stalker_portal/c/", "c/"], ids=["the genuine portal", "the imitation"])
def evening(request, switch_on, places, portal):
    """Signed in, watching the first channel, and all lists read."""
    address = f"{portal.address}/{request.param}"
    places.settings.write_text(SETTINGS.format(address=address), "utf-8")
    mac = identify(open_vault(places)).identity.stalker_mac
    portal.world.macs.add(mac)
    pilot = switch_on(as_it_is=True)
    pilot.until_watching(1)
    pilot.until(lambda: pilot.box.crew.library.count("series"), "films and series")
    return Evening(pilot, portal, mac)


def test_a_film_an_episode_and_a_programme_of_yesterday_which_outlives_its_player(evening):
    pilot, world = evening.pilot, evening.portal.world
    evening.open(ScreenName.FILMS)
    evening.look_closely()
    evening.watch(FilmRef)
    pilot.press(Key.STOP)
    evening.open(ScreenName.SERIES)
    evening.look_closely()
    evening.watch(EpisodeRef)
    pilot.press(Key.STOP, Key.HOME, Key.BACK)
    pilot.press(Key.NUMERIC_3)
    pilot.until_watching(CLOCK)
    pilot.press(Key.EPG, Key.REWIND)
    pilot.until_said("Can be watched now")
    assert "Yesterday · " in pilot.words
    evening.watch(PastRef)
    state = pilot.box.state
    clock = next(channel for channel in world.channels() if channel.id == CLOCK)
    on = world.guide.at(clock, state.watching.start)
    assert (state.item.title, state.item.start, state.item.stop) == (on.title, on.start, on.stop)
    os.kill(pilot.players()[0], signal.SIGKILL)
    pilot.until_phase(Phase.TUNING)
    pilot.until_phase(Phase.WATCHING)
    assert (pilot.box.state.watching, pilot.box.state.item) == (state.watching, state.item)
    pilot.press(Key.STOP)
    assert pilot.screen is ScreenName.DAY
    assert on.title in pilot.words


def test_films_in_the_viewers_order_which_is_kept(evening):
    pilot = evening.pilot
    evening.open(ScreenName.FILMS)
    pilot.press(Key.RED, Key.RED)
    assert "5 films · by name" in pilot.words
    assert pilot.box.crew.viewer.recall().sortings == {"films": Sorting.NAME}
    pilot.press(Key.YELLOW, Key.DOWN, Key.DOWN)
    assert "1 film · by name" in pilot.words
    assert "Two Voices" in pilot.words


def without_a_film(evening, name):
    """As if the portal had more films than were read, and this one were of the others."""
    crew = evening.pilot.box.crew
    evening.pilot.until(lambda: crew.library.whole(crew.source.id), "all that the portal has")
    films = crew.library.films(0, 99)
    with Library(crew.places.library) as reading:
        reading.replace_films(crew.source.id, [film for film in films if film.name != name], [])
        reading.note_whole(crew.source.id, whole=False)


def test_a_film_that_was_not_read_is_found_at_the_portal_and_played(evening):
    pilot = evening.pilot
    without_a_film(evening, "1001")
    pilot.press(Key.SEARCH, Key.NUMERIC_1, Key.NUMERIC_0, Key.NUMERIC_0, Key.NUMERIC_1)
    pilot.until_said("Nothing here is called “1001”.")
    pilot.ring(Alarm.LOOK_FOR)
    pilot.until(lambda: "2024" in pilot.words, "what the portal found")
    pilot.press(Key.BLUE)
    evening.look_closely()
    evening.watch(FilmRef)


def test_films_of_one_genre_of_which_the_portal_has_more_than_was_read(evening):
    pilot = evening.pilot
    without_a_film(evening, "1001")
    evening.open(ScreenName.FILMS)
    pilot.press(Key.YELLOW, Key.YELLOW)
    for words in ("All genres", "Adventure", "Mystery", "Romance", "دراما"):
        assert words in pilot.words
    pilot.press(Key.DOWN, Key.DOWN, Key.DOWN)
    assert "All films · Mystery" in pilot.words
    assert "1 film · " in pilot.words
    pilot.ring(Alarm.LOOK_FOR)
    pilot.until_said("2 films · ")
    pilot.press(Key.OK, Key.DOWN)
    evening.look_closely()
    evening.watch(FilmRef)


def test_a_portal_that_does_not_answer_for_a_day_is_asked_again(evening):
    pilot = evening.pilot
    pilot.press(Key.NUMERIC_3)
    pilot.until_watching(CLOCK)
    pilot.press(Key.EPG)
    pilot.until(lambda: not any(told.asking for told in pilot.box.state.days.values()), "today")
    evening.portal.stop()
    pilot.press(Key.REWIND)
    pilot.until_said("Home Portal cannot say anything about it now.")
    evening.portal.start()
    pilot.press(Key.OK)
    pilot.until_said("Can be watched now")


def test_the_list_the_operators_words_and_what_it_cuts_off(evening):
    pilot, world = evening.pilot, evening.portal.world
    pilot.press(Key.OK)
    assert pilot.screen is ScreenName.CHANNELS
    assert {channel.name for channel in world.channels()[:5]} <= set(pilot.words.splitlines())
    pilot.press(Key.BACK)
    pilot.until_watching(1)
    evening.happens("send_msg", "Good <b>evening</b>", need_confirm=True)
    pilot.until_said("Good evening")
    assert world.events.waiting(evening.mac)
    pilot.press(Key.OK)
    pilot.until(lambda: not world.events.waiting(evening.mac), "the confirmation")
    assert "Good evening" not in pilot.words
    evening.happens("cut_off")
    pilot.until(lambda: pilot.screen is ScreenName.NOTICE, "the end of the picture")
    assert pilot.channel is None
    evening.happens("cut_on")
    pilot.until_watching(1)
