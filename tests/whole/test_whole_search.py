"""Letters typed with the remote, what is found meanwhile, and the way from there to the picture and back."""

import pytest

from stb.app.state import Phase
from stb.messages import ScreenName
from stb.model import ChannelRef, FilmRef, Key
from stb.ui.scene import Colour, Plate, Text


def type_in(pilot, text):
    """By arrows and OK alone, as the viewer sees the keys."""
    box = pilot.box
    back = Key.RIGHT if box.words.mirrored else Key.LEFT
    for character in text:
        face = "space" if character == " " else character
        row = next(n for n, faces in enumerate(box.showing.keyboard.rows) if face in faces)
        while box.showing.keyboard.row != row:
            pilot.press(Key.DOWN)
        while box.showing.keyboard.focused != face:
            pilot.press(back)
        pilot.press(Key.OK)


def focused(pilot):
    """Words on the light plate."""
    items = pilot.box.showing.scene(pilot.box.view()).items
    plates = [item.region for item in items if isinstance(item, Plate) and item.colour is Colour.FOCUS]
    texts = [item for item in items if isinstance(item, Text)]
    return [text.text for text in texts if any(plate.contains(text.region) for plate in plates)]


def test_a_channel_is_found_by_its_first_letters_and_watched(subscribed):
    pilot = subscribed()
    pilot.press(Key.SEARCH)
    assert pilot.screen is ScreenName.SEARCH
    type_in(pilot, "cl")
    assert "Clock" in pilot.words
    assert "Copper Coast" not in pilot.words
    pilot.press(Key.BLUE, Key.OK)
    pilot.until_watching(3)
    pilot.press(Key.SEARCH, Key.BACK, Key.BACK)
    assert isinstance(pilot.box.state.watching, ChannelRef)
    assert pilot.screen is ScreenName.WATCHING


@pytest.mark.parametrize("typed", ["اخر شارع", "أخر", "إخ"])
def test_arabic_is_found_with_any_hamza_and_played(subscribed, portal, typed):
    pilot = subscribed("ar")
    film = next(film for film in portal.world.library.films() if "آخر" in film.name)
    pilot.press(Key.SEARCH)
    type_in(pilot, typed)
    assert film.name in pilot.words
    pilot.press(Key.BLUE, Key.OK)
    assert pilot.screen is ScreenName.DETAILS
    pilot.until_said(film.plot)
    pilot.press(Key.OK)
    pilot.until_phase(Phase.WATCHING)
    assert isinstance(pilot.box.state.watching, FilmRef)
    pilot.press(Key.STOP, Key.BACK)
    assert pilot.screen is ScreenName.SEARCH
    assert film.name in pilot.words


def test_a_programme_that_is_on_is_found_and_watched(subscribed):
    pilot = subscribed()
    crew = pilot.box.crew
    channel = crew.lists.numbered(2)
    now = crew.guide.now_next([channel], int(crew.wall.now().timestamp()))[channel.ref].now
    pilot.press(Key.SEARCH)
    type_in(pilot, now.title.lower()[:12])
    assert now.title in pilot.words
    pilot.press(Key.BLUE)
    for _ in range(20):
        if now.title in focused(pilot):
            break
        pilot.press(Key.DOWN)
    pilot.press(Key.OK)
    pilot.until_phase(Phase.WATCHING)
    tuned = pilot.box.view().channel
    at = int(crew.wall.now().timestamp())
    assert crew.guide.now_next([tuned], at)[tuned.ref].now.title == now.title
