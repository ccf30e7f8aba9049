"""The viewer's own: favourites that the operator keeps too, hidden groups, guides, and what is locked."""

import time

import pytest

from stb.app.identity import identify, open_vault
from stb.catalogue import Viewer
from stb.messages import ScreenName
from stb.model import GuideChoice, Key, SourceId

HOME, WORLD = SourceId("home"), SourceId("world")
SETTINGS = """
language = "en"
time_zone = "UTC"
[[source]]
id = "home"
kind = "stalker"
name = "Home Portal"
address = "{address}/stalker_portal/c/"
[[guide]]
id = "world"
name = "World guide"
address = "{guide}"
"""
GUIDE = """<tv>
<channel id="clock.uk"><display-name>Clock TV HD</display-name></channel>
<channel id="dials.uk"><display-name>The Dials</display-name></channel>
<programme channel="clock.uk" start="{begin}" stop="{end}"><title>Ticking</title></programme>
<programme channel="dials.uk" start="{begin}" stop="{end}"><title>Turning</title></programme>
</tv>"""
CLOCK, LOCKED = 3, 2


def stamp(seconds):
    return time.strftime("%Y%m%d%H%M%S +0000", time.gmtime(seconds))


@pytest.fixture
def mac(places, portal):
    mac = identify(open_vault(places)).identity.stalker_mac
    portal.world.macs.add(mac)
    return mac


@pytest.fixture
def pilot(switch_on, places, portal, mac, tmp_path):
    now = time.time()
    guide = tmp_path / "world.xml"
    guide.write_text(GUIDE.format(begin=stamp(now - 3600), end=stamp(now + 3600)))
    places.settings.write_text(SETTINGS.format(address=portal.address, guide=guide), "utf-8")
    portal.world.macs.change(mac, locked=(LOCKED,))
    pilot = switch_on(as_it_is=True)
    pilot.until_watching(1)
    return pilot


def ref(pilot, number):
    return pilot.box.crew.lists.numbered(number).ref


def test_favourites_are_the_viewers_and_the_operators(pilot, portal, places, mac):
    clock = ref(pilot, CLOCK)
    pilot.press(Key.OK, Key.DOWN, Key.DOWN, Key.GREEN)
    assert "★" in pilot.words
    pilot.until(
        lambda: portal.world.macs.mac(mac).favourites == (int(clock.channel),), "the operator to know"
    )
    pilot.press(Key.LEFT, Key.UP, Key.OK)
    pilot.until_said("Favourites")
    assert pilot.box.showing.focus is None or pilot.box.showing.focus == clock
    pilot.press(Key.OK)
    pilot.until_watching(CLOCK)
    with Viewer(places.viewer) as viewer:
        assert viewer.favourites(HOME) == (clock,)


def test_the_channels_of_hidden_groups_are_passed_over(pilot, places):
    pilot.press(Key.OK, Key.LEFT, Key.YELLOW, Key.DOWN, Key.OK, Key.YELLOW, Key.OK)
    assert pilot.box.state.hidden == {"Nature"}
    pilot.until_said("8 channels")
    assert "Copper Coast" not in pilot.words
    pilot.press(Key.BACK, Key.CHANNELUP)
    pilot.until_watching(CLOCK)
    pilot.press(Key.NUMERIC_4)
    pilot.until_watching(4)
    pilot.press(Key.CHANNELDOWN)
    pilot.until_watching(CLOCK)
    with Viewer(places.viewer) as viewer:
        assert viewer.hidden(HOME) == {"Nature"}


def test_what_is_locked_asks_for_the_code(pilot):
    pilot.press(Key.OK, Key.DOWN, Key.OK)
    pilot.until_said("Not for everyone")
    pilot.press(*[Key.NUMERIC_9] * 4)
    pilot.until_said("That is another code")
    pilot.press(*[Key.NUMERIC_0] * 4, Key.BLUE)
    pilot.until_watching(LOCKED)
    pilot.press(Key.POWER)
    assert pilot.screen is ScreenName.STANDBY
    assert not pilot.box.state.unlocked


def test_another_guide_is_chosen_with_the_remote(pilot):
    crew = pilot.box.crew
    pilot.until(lambda: crew.guide.knows(WORLD), "the guide of the viewer's own")
    clock = crew.lists.numbered(CLOCK)
    now = int(time.time())
    assert "Ticking" not in str(crew.guide.now_next([clock], now))
    pilot.press(Key.OK, Key.DOWN, Key.DOWN, Key.EPG, Key.YELLOW)
    assert pilot.screen is ScreenName.ASSIGN
    assert "Clock TV HD" in pilot.words
    pilot.press(Key.DOWN, Key.OK)
    assert crew.guide.choice(clock.ref) == GuideChoice()
    pilot.press(Key.RED)
    assert crew.guide.choice(clock.ref) is None
    options = [one.station for one in pilot.box.view().proposals(clock)]
    pilot.press(*[Key.DOWN] * (2 + options.index("clock.uk")), Key.OK)
    assert crew.guide.now_next([clock], now)[clock.ref].now.title == "Ticking"
    pilot.press(Key.BACK)
    pilot.until_said("Ticking")
