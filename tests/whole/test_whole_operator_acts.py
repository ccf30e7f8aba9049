"""What an operator does at the panel, as the viewer of a box sees it."""

import pytest
import requests

from stb.app.identity import open_vault
from stb.app.keeping import PASSWORD
from stb.messages import Alarm, ScreenName
from stb.model import SourceId
from stb.portal.staff import Permission

WORD = "hunter2zz"
PANEL = SourceId("panel")
SETTINGS = """
language = "en"
[[source]]
id = "panel"
kind = "xtream"
name = "Home Portal"
address = "{address}"
user = "me"
"""


@pytest.fixture
def panel(portal):
    """Sign in to the panel: ``panel("root")(action=...)``."""
    portal.world.staff.add("root", WORD, permissions={Permission.ALL})
    portal.world.staff.add("seller", WORD, reseller=True, permissions={Permission.DELETE_USERS})

    def sign_in(name):
        session = requests.Session()
        form = {"username": name, "password": WORD}
        session.post(f"{portal.address}/login.php", data=form, timeout=60)
        return lambda **params: session.get(f"{portal.address}/api.php", params=params, timeout=60).json()

    return sign_in


@pytest.fixture
def line(portal):
    return portal.world.lines.add("me", password=WORD)


@pytest.fixture
def pilot(switch_on, portal, places, line):
    """A box that watches channel 1 with the name ``me``."""
    assert line.username == "me"
    places.settings.write_text(SETTINGS.format(address=portal.address), "utf-8")
    open_vault(places).put(PANEL, **{PASSWORD: WORD})
    pilot = switch_on(as_it_is=True)
    pilot.until_watching(1)
    return pilot


def test_a_channel_is_stopped_and_started_again(pilot, panel):
    root = panel("root")
    root(action="stream", sub="stop", stream_id=1, server_id=1)
    pilot.until_said("This channel is off the air at the moment.")
    pilot.until_said("Trying again")
    root(action="stream", sub="start", stream_id=1, server_id=1)
    pilot.until_watching(1)
    assert "Trying again" not in pilot.words


def test_a_viewer_who_is_cut_comes_back(pilot, panel, line, portal):
    (connection,) = portal.connections()
    assert panel("root")(action="user_activity", sub="kill", pid=connection.number) == {"result": True}
    pilot.until(lambda: connection.number not in {each.number for each in portal.connections()}, "the cut")
    pilot.until(lambda: {each.viewing.line for each in portal.connections()} == {"me"}, "the next one")
    pilot.until_watching(1)
    assert panel("root")(action="user", sub="kill", user_id=line.id) == {"result": True}


def test_a_user_who_is_banned_is_told_why(pilot, panel, line):
    panel("root")(action="user", sub="ban", user_id=line.id)
    pilot.ring(Alarm.ASK)
    pilot.until_said("This line is banned")
    assert pilot.screen is ScreenName.NOTICE
    panel("root")(action="user", sub="unban", user_id=line.id)
    pilot.ring(Alarm.ASK)
    pilot.until_watching(1)


def test_the_customer_of_another_is_left_alone(pilot, panel, line, portal):
    seller = panel("seller")
    before = portal.connections()
    for sub in ("kill", "disable", "delete", "lockk"):
        assert seller(action="user", sub=sub, user_id=line.id) == {"result": False}
    assert seller(action="user_activity", sub="kill", pid=before[0].number) == {"result": False}
    assert portal.connections() == before
    pilot.turn()
    assert pilot.channel == 1
