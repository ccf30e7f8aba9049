"""How the genuine portal lets a box in, keeps it out, and says so."""

import re
from datetime import UTC, datetime

import pytest
import requests

from stb.portal.macs import MacStatus, Strangers

DENIED = [
    pytest.param("00:1B:79:00:00:01", {}, {"status": 1}, id="prefix of another maker"),
    pytest.param(
        "00:1A:79:00:00:01",
        {"ver": "Player Engine version: 0x565"},
        {"status": 1, "msg": "old firmware"},
        id="firmware too old",
    ),
    pytest.param("00:1A:79:00:00:01", {"ver": ""}, {"status": 1, "msg": "old firmware"}, id="no firmware"),
]


@pytest.mark.parametrize(("mac", "said", "answer"), DENIED)
def test_a_box_that_is_none_is_refused(box, mac, said, answer):
    box.mac = mac
    told = box.profile(**said)
    assert answer.items() <= told.items()
    assert "id" not in told


@pytest.mark.parametrize("model", ["MAG200", "MAG260", "MAG256", "MAG257"])
def test_some_models_may_have_any_firmware(box, model):
    assert box.profile(stb_type=model, ver="")["status"] == 0


def test_a_stranger_is_entered_by_its_profile(box, portal):
    assert portal.world.macs.all() == ()
    told = box.sign_in()
    assert told["status"] == 0
    assert [each.mac for each in portal.world.macs.all()] == [box.mac]
    assert (told["mac"], told["parent_password"], told["watchdog_timeout"]) == (box.mac, "0000", 30)
    assert 0 < told["timeslot"] <= told["watchdog_timeout"]
    assert len(told) > 70
    assert not {"device_id", "device_id2", "access_token", "serial_number"} & told.keys()


def test_a_stranger_may_be_refused(box, portal):
    portal.world.macs.decide(strangers=Strangers.REFUSED)
    told = box.sign_in()
    assert told == {"status": 1, "block_msg": "Please contact your provider<br>to register this device!"}
    assert box.ask("itv", "get_genres").text == "Authorization failed."


def test_the_first_device_ids_are_kept_for_ever(box, portal):
    box.sign_in()
    for said in ({"device_id": "C" * 64}, {"device_id": ""}, {"device_id2": ""}):
        told = box.profile(**said)
        assert told["msg"] == "device conflict - device_id mismatch"
        assert told["block_msg"] == "Your STB is damaged.<br/> Call the provider."
    portal.world.macs.release(box.mac)
    assert box.profile(device_id="C" * 64)["status"] == 0


def test_an_empty_device_id_is_not_kept(box):
    assert box.profile(device_id="", device_id2="")["status"] == 0
    assert box.profile()["status"] == 0


def test_two_boxes_cannot_be_one_device(box, other_box):
    box.sign_in()
    told = other_box("00:1A:79:00:00:09").profile()
    assert told == {"status": 1, "msg": "device conflict - MAC address mismatch"}


def test_a_token_is_thirty_two_digits_and_given_back_to_who_presents_it(box):
    box.sign_in()
    assert re.fullmatch("[0-9A-F]{32}", box.token)
    told = box.js("stb", "handshake", token=box.token)
    assert told["token"] == box.token
    assert told["random"]
    assert "not_valid" not in told


def test_a_handshake_alone_does_not_end_a_session(box, other_box):
    box.sign_in()
    assert other_box().js("stb", "handshake", token="")["token"] != box.token
    assert box.js("itv", "get_genres")


def test_a_second_box_with_the_address_kicks_the_first(box, other_box):
    box.sign_in()
    other_box().sign_in()
    answer = box.ask("itv", "get_genres")
    assert (answer.status_code, answer.text) == (200, "Authorization failed.")
    box.sign_in()
    assert box.js("itv", "get_genres")


def test_who_names_no_address_is_unauthorized(box):
    answer = requests.get(f"{box.script}?type=stb&action=handshake", timeout=60)
    assert (answer.status_code, answer.text) == (200, "Unauthorized request.")


def test_an_emulator_is_no_box(box):
    cookie = {"Cookie": f"mac={box.mac}; mac_emu=1"}
    answer = requests.get(f"{box.script}?type=stb&action=handshake", headers=cookie, timeout=60)
    assert answer.text == "Identification failed"


def test_a_raw_cookie_in_small_letters_is_the_same_box(box, portal):
    cookie = {"Cookie": "mac=00:1a:79:00:00:01; stb_lang=en; timezone=undefined"}
    answer = requests.get(f"{box.script}?type=stb&action=get_profile", headers=cookie, timeout=60)
    assert answer.json()["js"]["status"] == 0
    assert portal.world.macs.mac(box.mac)


def test_a_blocked_box_is_told_why_and_may_ask_for_events_only(box, portal):
    box.sign_in()
    portal.world.macs.block(box.mac)
    assert box.ask("itv", "get_all_channels").text == "Access denied."
    assert box.js("watchdog", "get_events")["data"]["msgs"] == 0
    assert box.js("account_info", "get_main_info")["mac"] == box.mac
    told = box.sign_in()
    assert (told["status"], told["block_msg"]) == (1, "Your STB is blocked.<br/> Call the provider.")
    portal.world.macs.unblock(box.mac)
    assert box.sign_in()["status"] == 0
    assert box.js("itv", "get_all_channels")["data"]


def test_a_subscription_that_has_ended_says_so(box, portal):
    box.sign_in()
    assert "end_date" not in box.js("account_info", "get_main_info")
    portal.world.macs.renew(box.mac, days=40.5)
    assert re.fullmatch(
        r"\d{1,2} [A-Z][a-z]+ \d{4} \(40 days\)", box.js("account_info", "get_main_info")["end_date"]
    )
    portal.world.macs.expire(box.mac, at=datetime(2026, 1, 1, tzinfo=UTC))
    assert portal.world.macs.mac(box.mac).status is MacStatus.EXPIRED
    assert box.ask("itv", "get_genres").text == "Access denied."
    assert "has ended" in box.sign_in()["block_msg"]


def test_a_deleted_box_has_to_come_again(box, portal):
    box.sign_in()
    portal.world.macs.forget(box.mac)
    assert box.ask("itv", "get_genres").text == "Authorization failed."
    assert box.sign_in()["status"] == 0
    assert box.js("itv", "get_genres")


class TestSignIn:
    """Strangers have to give the name and password of a line."""

    @pytest.fixture(autouse=True)
    def _line(self, portal):
        portal.world.macs.decide(strangers=Strangers.SIGN_IN)
        portal.world.lines.add("ann", password="s3cret", connections=3)

    def test_in_a_second_step(self, box, portal):
        assert box.js("stb", "handshake", token="stale")["not_valid"] == 1
        assert box.sign_in() == {"status": 2, "template": "default", "info": ""}
        assert box.js("stb", "do_auth", login="ann", password="wrong") is False
        assert box.js("stb", "do_auth", login="", password="") is False
        answer = box.ask("stb", "do_auth", login="ann", password="s3cret").json()
        assert answer["js"] is True
        assert "OK" in answer["text"]
        assert box.profile(auth_second_step=1)["status"] == 0
        assert portal.world.macs.mac(box.mac).login == "ann"
        assert portal.world.connections_of(box.mac) == 3

    def test_a_line_moves_to_the_box_where_it_signed_in_last(self, box, other_box):
        box.sign_in()
        assert box.js("stb", "do_auth", login="ann", password="s3cret")
        other = other_box("00:1A:79:00:00:09")
        assert other.js("stb", "do_auth", login="ann", password="s3cret", device_id2="9" * 64)
        assert box.ask("itv", "get_genres").text == "Authorization failed."
        assert box.sign_in()["status"] == 2

    def test_a_banned_line_signs_nobody_in(self, box, portal):
        portal.world.lines.ban("ann")
        assert box.js("stb", "do_auth", login="ann", password="s3cret") is False

    def test_signing_out(self, box):
        box.sign_in()
        box.js("stb", "do_auth", login="ann", password="s3cret")
        box.sign_in()
        assert box.js("stb", "logout") is True
        assert box.sign_in()["status"] == 2


def test_a_portal_that_is_switched_off_lets_nobody_in(box, portal):
    assert box.sign_in()["status"] == 0
    portal.world.macs.decide(disabled=True)
    told = box.sign_in()
    assert (told["status"], told["portal_disabled"]) == (1, True)
    assert told["block_msg"].startswith("The portal is being repaired.")
    portal.world.macs.decide(disabled=False)
    assert box.sign_in()["status"] == 0


def test_a_filter_of_the_operators_own_comes_before_the_books(box, portal):
    portal.world.macs.decide(filtered=(box.mac,))
    told = box.sign_in()
    assert (told["status"], told["msg"]) == (1, "access denied")
    assert portal.world.macs.all() == (), "and nobody is entered"


def test_a_name_may_be_asked_for_at_each_start(box, portal, other_box):
    portal.world.lines.add("viewer", password="secret")
    portal.world.macs.decide(strangers=Strangers.SIGN_IN, each_start=True)
    assert box.sign_in()["status"] == 2
    assert box.js("stb", "do_auth", login="viewer", password="secret") is True
    assert box.profile(auth_second_step=1)["status"] == 0
    assert box.sign_in()["status"] == 0, "it still has the token"
    again = other_box()
    assert again.sign_in()["status"] == 2, "a start without it"
    portal.world.macs.decide(each_start=False)
    assert again.profile()["status"] == 0
