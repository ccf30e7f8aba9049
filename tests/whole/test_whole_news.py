"""The operator's news and its channels' logos, from its server to the glass."""

from contextlib import closing
from io import BytesIO

import pytest

from stb.app.state import Phase
from stb.messages import Alarm, ScreenName
from stb.model import Key, SourceId
from stb.net import HttpClient
from stb.ui.geometry import Region
from stb.ui.scene import Colour, Image
from stb.ui.sdl import pygame
from stb.ui.theme import DARK

HEIGHT = 720
"""Pixels of the window."""


def activated(switch_on, portal, **how):
    """A box that watches channel 1, which carries news."""
    pilot = switch_on(**how)
    pilot.until_phase(Phase.ACTIVATION)
    portal.world.activate(pilot.box.identity.duid)
    pilot.ring(Alarm.ASK)
    pilot.until_watching(1)
    return pilot


def place_of(pilot, region):
    """Pixels of a region of the scene as it is seen."""
    return (region.mirrored(1920) if pilot.box.words.mirrored else region).scaled(HEIGHT)


def logos(pilot):
    """The pictures on the screen: where, and from which address."""
    items = pilot.box.showing.scene(pilot.box.view()).items
    pictures = (item for item in items if isinstance(item, Image))
    return {item.address: place_of(pilot, item.region.inset(8, 6)) for item in pictures}


def as_drawn(address, side):
    """The operator's own picture, so many pixels wide and high, on the plate it stands on."""
    with closing(HttpClient(SourceId("test"))) as http:
        whole = pygame.image.load(BytesIO(http.get_bytes(address, 10**6)), "logo.png")
    picture = pygame.Surface((side, side), 0, 32)
    picture.fill(DARK.colours[Colour.RAISED])
    picture.blit(pygame.transform.smoothscale(whole, (side, side)), (0, 0))
    return picture


def difference(one, other):
    """Of two pictures, the mean over their pixels."""
    pairs = zip(one.get_view("0").raw, other.get_view("0").raw, strict=True)
    return sum(abs(a - b) for a, b in pairs) / one.get_width() / one.get_height() / 3


def seen(pilot, region):
    """That part of the glass."""
    return pilot.look().subsurface(region).convert(32)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_operators_logos_stand_in_the_list(switch_on, portal, language):
    pilot = activated(switch_on, portal, language=language)
    pilot.press(Key.OK)
    pilot.until(lambda: len(logos(pilot)) == 8, "eight logos")
    pilot.press(Key.VOLUMEUP)  # the list is drawn with what has come
    names = {channel.logo: channel for channel in pilot.box.crew.lists.channels(0, 8)}
    assert logos(pilot).keys() == names.keys()
    for address, place in list(logos(pilot).items())[1:4]:  # below the focused row
        side = place.height
        square = Region(place.x + (place.width - side) // 2, place.y, side, side)
        assert difference(seen(pilot, square), as_drawn(address, side)) < 6


def test_logos_are_there_at_once_when_the_box_is_switched_on_again(switch_on, portal):
    pilot = activated(switch_on, portal)
    pilot.press(Key.OK)
    pilot.until(lambda: len(logos(pilot)) == 8, "eight logos")
    pilot = switch_on()
    pilot.until_watching(1)
    pilot.press(Key.OK)
    assert len(logos(pilot)) == 8


def chip(pilot, top):
    """The colour of the news line's chip, at a height of the screen."""
    place = place_of(pilot, Region(110, top + 4, 6, 6))
    return pilot.look().get_at(place[:2])[:3]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_news_run_over_a_channel_that_carries_them_and_over_no_other(switch_on, portal, language):
    pilot = activated(switch_on, portal, language=language)
    newest = portal.world.news()[0].title
    pilot.until_said(newest)
    live = tuple(DARK.colours[Colour.LIVE])
    assert chip(pilot, 710) == live
    pilot.ring(Alarm.BANNER)
    pilot.until(lambda: chip(pilot, 962) == live, "the line takes the banner's place")
    pilot.press(Key.BACK)
    assert newest not in pilot.words
    pilot.press(Key.NUMERIC_2)
    pilot.until_watching(2)
    assert newest not in pilot.words


def test_the_news_are_read_and_lead_back_to_the_picture(switch_on, portal):
    pilot = activated(switch_on, portal)
    pilot.press(Key.TEXT)
    assert pilot.screen is ScreenName.NEWS
    for item in portal.world.news():
        assert item.title in pilot.words
    newest = portal.world.news()[0]
    assert newest.body in " ".join(pilot.words.split("\n"))
    pilot.press(Key.BACK)
    assert pilot.screen is ScreenName.WATCHING


def tell(portal, title, body):
    """The operator writes to its viewers."""
    with portal.world._books.open() as db:
        db.execute(
            "INSERT INTO news (id, title, body, created_at, updated_at) VALUES (90, ?, ?, ?, ?)",
            (title, body, *["2026-06-09T10:13:20.000Z"] * 2),
        )


def test_what_the_operator_writes_later_comes_with_the_next_question(switch_on, portal):
    pilot = activated(switch_on, portal, language="ar")
    tell(portal, "تنبيه", "صيانة مساء الخميس على قناة City TV")
    pilot.ring(Alarm.ASK)
    pilot.press(Key.TEXT)
    pilot.until_said("صيانة مساء الخميس على قناة City TV")
    assert pilot.screen is ScreenName.NEWS
