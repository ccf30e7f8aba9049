"""Who the box is from its first start on, and what the viewer is told when its board changes."""

import json
import os
import re
import subprocess
import sys
from dataclasses import asdict, replace

import pytest

from stb.app.demo import Options, _introduce
from stb.app.identity import describe, identify, open_vault
from stb.app.keeping import PASSWORD
from stb.app.places import Places
from stb.app.remarks import remarks
from stb.app.wiring import read_settings
from stb.board import derive
from stb.errors import BoardError
from stb.model import Facts, Source, SourceId
from stb.settings import Vault, save
from stb.settings.seal import Seal
from stb.settings.vault import BOX

PI = Facts(serial="10000000a1b2c3d4", mac="dc:a6:32:04:7f:b6", model="Raspberry Pi 4 Model B Rev 1.5")
OTHER = Facts(serial="ee14f78c1312ce93", mac="88:a2:9e:49:6e:b3", model="Raspberry Pi 5 Model B Rev 1.0")


@pytest.fixture
def places(tmp_path):
    made = Places(state=tmp_path / "state", runtime=tmp_path / "run", cache=tmp_path / "cache")
    made.make()
    return made


@pytest.fixture
def vault(places):
    return Vault(places.vault, Seal(b"board"))


def board(facts):
    """A machine that says this, and counts how often it had to look for addresses."""

    def read(*, addresses=True):
        read.looked += addresses
        return facts if addresses else replace(facts, mac="", wifi_mac="")

    read.looked = 0
    return read


def test_the_first_start_keeps_all_of_the_identity(vault):
    settled = identify(vault, board(PI))
    assert (settled.identity, settled.other) == (derive(PI), None)
    assert vault.section(BOX) == asdict(derive(PI))


def test_the_next_starts_neither_look_for_addresses_nor_write(vault, places):
    identify(vault, board(PI))
    before, read = places.vault.stat().st_ino, board(PI)
    assert identify(vault, read).identity == derive(PI)
    assert read.looked == 0
    assert places.vault.stat().st_ino == before


def test_a_card_in_another_board_stays_the_box_it_was_and_the_viewer_is_told_once(vault):
    identify(vault, board(PI))
    settled = identify(vault, board(OTHER))
    assert settled.identity == derive(PI)
    (told,) = remarks((), settled, vault)
    assert told.subject == derive(PI).duid
    assert told.details == (
        ("remark.set_up_on", "Raspberry Pi 4 Model B Rev 1.5 · B0F4765359C7526 · DC:A6:32:04:7F:B6"),
        ("remark.now_on", f"Raspberry Pi 5 Model B Rev 1.0 · {derive(OTHER).duid}"),
    )
    assert list(remarks((), identify(vault, board(OTHER)), vault)) == []


def test_of_a_third_board_the_viewer_is_told_again_and_of_the_first_never(vault):
    for facts, told in ((PI, 0), (OTHER, 1), (PI, 0), (Facts(serial="abc1"), 1)):
        settled = identify(vault, board(facts))
        assert len(list(remarks((), settled, vault))) == told
        assert settled.identity == derive(PI)


def test_a_machine_that_says_nothing_draws_an_identity_once_and_no_address(vault, places):
    drawn = identify(vault, board(Facts())).identity
    assert drawn.origin == "drawn"
    assert drawn.mac == ""
    again = identify(Vault(places.vault, Seal(b"board")), board(Facts()))
    assert (again.identity, again.other) == (drawn, None)


def test_two_machines_that_say_nothing_are_two_boxes(vault, tmp_path):
    elsewhere = Vault(tmp_path / "other.json", Seal(b"board"))
    assert identify(vault, board(Facts())).identity.duid != identify(elsewhere, board(Facts())).identity.duid


def test_a_pi_with_wi_fi_alone_waits_for_its_driver(vault):
    looked = []

    def read(*, addresses=True):
        assert addresses
        looked.append(addresses)
        return Facts(serial="000000008f249728", wifi_mac="e4:5f:01:00:00:01" if len(looked) > 2 else "")

    assert identify(vault, read).identity.mac == "E4:5F:01:00:00:01"
    assert len(looked) == 3


def test_settings_that_could_not_be_read_are_told_at_every_start(vault):
    settled = identify(vault, board(PI))
    for _ in range(2):
        (told,) = remarks(("volume: too much",), settled, vault)
        assert told.details == (("", "volume: too much"),)


def test_the_vault_of_this_machine_is_sealed_for_it(places):
    open_vault(places).put("home", password="hunter2")
    assert "hunter2" not in places.vault.read_text()
    assert open_vault(places).get("home", "password") == "hunter2"


def test_describing_says_who_the_box_is_and_no_secret(places, vault):
    identify(vault, board(PI))
    vault.put("home", password="hunter2")
    told = describe(places, board(PI))
    assert told == asdict(derive(PI)) | {"kept": True, "now_on": None}
    assert not re.search(rf"hunter2|{PI.serial}", json.dumps(told))
    assert describe(places, board(OTHER))["now_on"]["duid"] == derive(OTHER).duid


def test_describing_a_box_that_was_never_started_writes_nothing(places):
    assert describe(places, board(PI)) == asdict(derive(PI)) | {"kept": False, "now_on": None}
    with pytest.raises(BoardError):
        describe(places, board(Facts()))
    assert not places.vault.exists()


def test_the_verb_says_it_for_people_and_for_programs(tmp_path, vault, places):
    identify(vault, board(PI))
    here = os.environ | {"STB_STATE": str(places.state), "STB_RUNTIME": str(tmp_path / "nobody")}
    command = [sys.executable, "-m", "stb", "identity"]
    told = subprocess.run([*command, "--json"], env=here, check=True, capture_output=True).stdout
    assert json.loads(told)["duid"] == derive(PI).duid
    told = subprocess.run(command, env=here, check=True, capture_output=True, text=True).stdout
    assert f"sn            {derive(PI).sn}" in told


def test_an_identity_kept_by_an_older_version_is_completed(vault, places):
    places.vault.write_text(json.dumps({BOX: {"duid": derive(PI).duid}}))
    assert identify(vault, board(PI)).identity.sn == derive(PI).sn
    assert vault.section(BOX)["sn"] == derive(PI).sn


def test_the_demo_keeps_what_the_viewer_chose_in_it(places):
    own = Source(id=SourceId("own"), kind="alkarma", name="Own", address="own.example")
    _introduce(places, Options(language="ar"), "127.0.0.1:1")
    save(places.settings, {"sound.output": "null", "source": (*read_settings(places).settings.sources, own)})
    _introduce(places, Options(), "127.0.0.1:2")
    chosen = read_settings(places).settings
    assert (chosen.language, chosen.sound.output) == ("ar", "null")
    assert [source.address for source in chosen.sources] == ["127.0.0.1:2", "own.example"]


def test_the_demo_can_speak_to_its_operator_in_another_way(places):
    _introduce(places, Options(), "http://127.0.0.1:1")
    _introduce(places, Options(kind="xtream"), "http://127.0.0.1:2")
    (source,) = read_settings(places).settings.sources
    assert (source.kind, source.address, source.user) == ("xtream", "http://127.0.0.1:2", "demo")
    assert open_vault(places).get(source.id, PASSWORD) == "demo"

    _introduce(places, Options(kind="m3u"), "http://127.0.0.1:3")
    (source,) = read_settings(places).settings.sources
    assert source.address == "http://127.0.0.1:3/playlist.m3u"
    assert source.guide == "http://127.0.0.1:3/guide.xml.gz"


def test_the_demo_starts_with_a_damaged_file_too(places):
    places.settings.write_text("language = ")
    _introduce(places, Options(), "127.0.0.1:1")
    assert [source.address for source in read_settings(places).settings.sources] == ["127.0.0.1:1"]
