"""Boxes that go by their hardware address: sentences about them, and the verbs that say them."""

import argparse
from pathlib import Path

import pytest

from stb.errors import PortalError
from stb.portal import verbs
from stb.portal.macs import CONNECTIONS, MacStatus, Rules, Strangers
from stb.portal.world import World

MAC = "00:1A:79:AA:BB:CC"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "portal.sqlite")


@pytest.fixture
def say(tmp_path: Path, capsys):
    """Say something with ``stb portal``; its answer."""

    def say(*words: str) -> tuple[int, str, str]:
        parser = argparse.ArgumentParser()
        verbs.add_verbs(parser)
        code = verbs.run(parser.parse_args(words), tmp_path, tmp_path)
        return code, *capsys.readouterr()

    return say


@pytest.mark.parametrize(
    "written",
    ["00:1a:79:aa:bb:cc", "001A79AABBCC", " 00:1A:79:AA:ВВ:СС "],  # noqa: RUF001 # what this is about
    ids=["small letters", "without colons", "Cyrillic letters"],
)
def test_an_address_can_be_written_in_several_ways(world, written):
    assert world.macs.add(written).mac == MAC


@pytest.mark.parametrize("written", ["", "00:1A:79", "00:1A:79:AA:BB:CG", "box"])
def test_other_words_are_no_address(world, written):
    with pytest.raises(PortalError, match="no hardware address"):
        world.macs.add(written)


def test_a_box_is_entered_once(world):
    world.macs.add(MAC)
    with pytest.raises(PortalError, match="already"):
        world.macs.add(MAC)
    assert world.macs.known(MAC) == world.macs.mac(MAC)


def test_a_forgotten_box_begins_anew(world):
    world.macs.add(MAC, login="ann")
    world.macs.forget(MAC)
    assert world.macs.all() == ()
    with pytest.raises(PortalError, match="no box"):
        world.macs.block(MAC)
    assert world.macs.add(MAC).login == ""


def test_who_may_watch_how_much(world):
    assert world.connections_of(MAC) is None
    world.macs.add(MAC)
    assert world.connections_of(MAC) == CONNECTIONS
    world.lines.add("ann", connections=5)
    world.macs.change(MAC, login="ann")
    assert world.connections_of(MAC) == world.connections_of("ann") == 5
    world.lines.ban("ann")
    assert world.connections_of(MAC) is None


def test_how_the_portal_is_run_is_kept(world, tmp_path):
    assert world.macs.rules() == Rules()
    rules = world.macs.decide(strangers=Strangers.SIGN_IN, censored=(3, 4))
    assert World(tmp_path / "portal.sqlite").macs.rules() == rules


def test_the_desk_for_boxes(say, world):
    assert say("mac", "add", MAC, "--days", "10")[0] == 0
    assert say("mac", "block", MAC)[0] == 0
    code, said, _ = say("mac", "list")
    assert (code, said.split()[:2]) == (0, [MAC, "blocked"])
    say("mac", "unblock", MAC)
    assert world.macs.mac(MAC).status is MacStatus.ACTIVE
    assert [each.event for each in world.events.waiting(MAC)] == ["cut_off", "cut_on"]
    say("mac", "expire", MAC)
    assert world.macs.mac(MAC).status is MacStatus.EXPIRED
    say("mac", "renew", MAC)
    assert world.macs.mac(MAC).status is MacStatus.ACTIVE
    say("mac", "forget", MAC)
    assert say("mac", "list")[1] == ""


def test_the_desk_knows_no_box_and_no_line_that_are_not_there(say):
    assert say("mac", "block", MAC) == (1, "", f"stb portal: no box '{MAC}'\n")
    assert say("mac", "add", MAC, "--line", "nobody") == (1, "", "stb portal: no line 'nobody'\n")
    assert say("event", MAC, "reboot") == (1, "", f"stb portal: no box '{MAC}'\n")


def test_the_desk_says_how_the_portal_is_run(say, world):
    say("mac", "strangers", "sign-in")
    say("mac", "censor", "9", "10")
    rules = world.macs.rules()
    assert (rules.strangers, rules.censored) == (Strangers.SIGN_IN, (9, 10))


def test_the_desk_says_how_boxes_are_let_in(say, world):
    said = ("--disabled", "on", "--filter", "00-1a-79-00-00-01".replace("-", ""), "--agents", "MAG2")
    assert say("mac", "rules", *said)[0] == 0
    rules = world.macs.rules()
    assert (rules.disabled, rules.filtered, rules.each_start) == (True, ("00:1A:79:00:00:01",), False)
    say("mac", "rules", "--each-start", "on", "--disabled", "off", "--filter")
    rules = world.macs.rules()
    assert (rules.disabled, rules.filtered, rules.each_start, rules.agents) == (False, (), True, "MAG2")


def test_an_event_from_the_desk(say, world):
    world.macs.add(MAC)
    words = ("--confirm", "--reboot", "--hide-after", "9", "--video", "http://tv.example/v")
    assert say("event", MAC, "send_msg", "Good <b>evening</b>", *words)[0] == 0
    (event,) = world.events.waiting(MAC)
    assert (event.event, event.msg, event.param1) == (
        "send_msg",
        "Good <b>evening</b>",
        "http://tv.example/v",
    )
    assert (event.need_confirm, event.reboot_after_ok, event.auto_hide_timeout) == (True, True, 9)


def test_there_are_only_so_many_events(world):
    with pytest.raises(PortalError, match="no event 'dance'"):
        world.events.send(MAC, "dance")
