"""A box with a settings file that has faults, and one whose card was put into another board."""

import json
from dataclasses import asdict
from functools import partial

from stb.app import wiring
from stb.app.identity import identify
from stb.app.state import Phase
from stb.board import derive
from stb.messages import ScreenName
from stb.model import Facts, Key
from stb.settings.vault import BOX

PI = Facts(serial="10000000a1b2c3d4", mac="dc:a6:32:04:7f:b6", model="Raspberry Pi 4 Model B Rev 1.5")
OTHER = Facts(serial="ee14f78c1312ce93", model="Raspberry Pi 5 Model B Rev 1.0")


def test_a_settings_file_with_faults_is_started_with_and_told(switch_on, places, portal):
    places.settings.write_text(
        f"""
        volume = 700
        langauge = "ar"
        [[source]]
        id = "home"
        kind = "alkarma"
        name = "Home Portal"
        address = "{portal.address}"
        """
    )
    pilot = switch_on(as_it_is=True)
    pilot.until_said("Some settings could not be read")
    assert "volume: a whole number from 0 to 100 expected" in pilot.words
    assert "did you mean 'language'?" in pilot.words
    pilot.until(lambda: pilot.screen is ScreenName.ACTIVATION, "the box going on beneath")
    pilot.press(Key.OK)
    pilot.until_phase(Phase.ACTIVATION)
    assert "Activate this television" in pilot.words


def test_a_file_that_is_no_settings_file_leads_to_the_welcome_screen(switch_on, places):
    places.settings.write_bytes(b"\0\xff no toml at all")
    pilot = switch_on(as_it_is=True)
    pilot.until_said("Some settings could not be read")
    pilot.press(Key.OK)
    pilot.until(lambda: pilot.box.state.shown is ScreenName.WELCOME, "welcome")


def test_a_card_in_another_board_says_so_once_and_stays_who_it_was(switch_on, places, monkeypatch):
    monkeypatch.setattr(wiring, "identify", partial(identify, read=lambda **_addresses: OTHER))
    places.vault.write_text(json.dumps({"open": {BOX: asdict(derive(PI))}}))
    pilot = switch_on()
    pilot.until_said("This box is on another board now")
    boards = (derive(PI).duid, PI.model, derive(OTHER).duid, OTHER.model)
    assert [said for said in boards if said not in pilot.words] == []
    pilot.press(Key.OK)
    pilot.until_phase(Phase.ACTIVATION)
    assert pilot.box.identity == derive(PI)
    assert pilot.box.view().duid == derive(PI).duid
    assert switch_on().box.state.remarks == ()


def test_an_operator_of_an_unknown_kind_is_told_and_the_viewer_asked_for_another(switch_on, places):
    row = '[[source]]\nid = "home"\nkind = "alkrama"\naddress = "h.example"\n'
    places.settings.write_text(row)
    pilot = switch_on(as_it_is=True)
    pilot.until_said("did you mean 'alkarma'?")
    pilot.press(Key.OK)
    pilot.until(lambda: pilot.box.state.shown is ScreenName.WELCOME, "welcome")
