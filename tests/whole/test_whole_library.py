"""Films, series and what was on, from the lists of a real operator to the picture, and the way back."""

import pytest

from stb.app.state import Phase
from stb.messages import Alarm, ScreenName
from stb.model import EpisodeRef, FilmRef, Key, PastRef, SourceId
from stb.ui.scene import Image


def choose(pilot, intended):
    """Walk down the menu until its focused entry leads there, and take it."""
    pilot.press(Key.HOME)
    for _ in range(8):
        before = pilot.screen
        pilot.press(Key.OK)
        if pilot.screen is intended:
            return
        assert before is ScreenName.HOME
        pilot.press(Key.HOME, Key.DOWN)
    raise AssertionError(f"the menu has no {intended}")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_film_is_looked_at_watched_and_gone_on_with(subscribed, portal, language):
    pilot = subscribed(language)
    film = portal.world.library.films()[1]
    choose(pilot, ScreenName.FILMS)
    pilot.press(Key.DOWN)
    assert film.name in pilot.words
    pilot.press(Key.OK)
    assert pilot.screen is ScreenName.DETAILS
    assert film.name in pilot.words
    pilot.until_said(film.plot)
    assert film.director in pilot.words
    pilot.press(Key.OK)
    pilot.until_phase(Phase.WATCHING)
    pilot.until(lambda: pilot.box.state.at > 12, "twelve seconds of it")
    ref = pilot.box.state.watching
    assert isinstance(ref, FilmRef)
    pilot.press(Key.STOP)
    assert pilot.screen is ScreenName.DETAILS
    mark = pilot.box.crew.viewer.marked(ref)
    assert mark.position > 10
    assert pilot.box.words.length(mark.position) in pilot.words
    pilot.press(Key.OK)
    pilot.until_phase(Phase.WATCHING)
    assert pilot.box.state.at >= mark.position - 5
    pilot.press(Key.STOP, Key.BACK)
    assert pilot.screen is ScreenName.FILMS


def test_the_posters_come_and_are_there_at_once_the_next_time(subscribed, places):
    def shown(pilot):
        scene = pilot.box.showing.scene(pilot.box.view())
        return [item.address for item in scene.items if isinstance(item, Image)]

    pilot = subscribed()
    choose(pilot, ScreenName.FILMS)
    pilot.until(lambda: shown(pilot), "the poster")
    assert list(places.posters.iterdir())
    again = subscribed()
    choose(again, ScreenName.FILMS)
    assert shown(again)


def test_an_episode_plays_and_its_series_remembers(subscribed, portal):
    pilot = subscribed()
    series = portal.world.library.series()[0]
    choose(pilot, ScreenName.SERIES)
    pilot.press(Key.OK)
    episode = next(one for one in portal.world.library.episodes(series.id) if one.season == 1)
    pilot.until_said(episode.name)
    pilot.press(Key.OK)
    pilot.until_phase(Phase.WATCHING)
    assert isinstance(pilot.box.state.watching, EpisodeRef)
    assert pilot.box.state.then
    pilot.press(Key.STOP)
    assert pilot.screen is ScreenName.DETAILS
    pilot.press(Key.BACK)
    assert pilot.screen is ScreenName.SERIES


def test_an_operator_that_does_not_answer_is_said_and_ok_asks_again(subscribed, portal):
    pilot = subscribed()
    choose(pilot, ScreenName.FILMS)
    portal.stop()
    pilot.press(Key.OK)
    pilot.until_said("Home Portal cannot say anything about it now.")
    portal.start()
    pilot.press(Key.OK)
    pilot.until_said(portal.world.library.films()[0].plot)


def test_what_was_on_is_watched_from_the_days_of_its_channel(subscribed):
    pilot = subscribed()
    pilot.press(Key.NUMERIC_3)
    pilot.until_watching(3)
    pilot.press(Key.EPG)
    assert pilot.screen is ScreenName.DAY
    for words in ("Clock", "Today", "Yesterday"):
        assert words in pilot.words
    pilot.press(Key.REWIND, Key.OK)
    pilot.until_phase(Phase.WATCHING)
    watched = pilot.box.state.watching
    assert isinstance(watched, PastRef)
    pilot.press(Key.STOP)
    assert pilot.screen is ScreenName.DAY
    pilot.press(Key.BACK)
    pilot.until_watching(3)


def test_the_list_of_channels_says_what_is_on(subscribed):
    pilot = subscribed()
    crew = pilot.box.crew
    pilot.press(Key.OK)
    at = int(crew.wall.now().timestamp())
    channel = crew.lists.numbered(1)
    both = crew.guide.now_next([channel], at)[channel.ref]
    assert both.now.title in pilot.words
    assert both.next.title in pilot.words


def test_a_channel_the_guide_does_not_know_is_asked_about(subscribed):
    pilot = subscribed()
    crew = pilot.box.crew
    crew.guide.keep_only(SourceId("nobody"))
    channel = crew.lists.numbered(3)
    pilot.press(Key.OK, Key.DOWN, Key.DOWN)
    assert pilot.box.state.resting == channel.ref
    pilot.ring(Alarm.REST)
    pilot.until(lambda: pilot.box.state.told[channel.ref].programmes, "the operator's answer")
    assert pilot.box.state.told[channel.ref].programmes[0].title in pilot.words
