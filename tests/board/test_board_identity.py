"""Who the box is: the vectors below are boxes in the field and never change."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.board import derive, settle
from stb.errors import BoardError
from stb.model import Facts

SERIAL = Facts(serial="10000000a1b2c3d4")


@pytest.mark.parametrize(
    ("facts", "duid"),
    [
        pytest.param(SERIAL, "B0F4765359C7526", id="serial"),
        pytest.param(
            Facts(machine_id="0123456789abcdef0123456789abcdef"), "921239CCF524EBE", id="machine-id"
        ),
        pytest.param(Facts(mac="b8:27:eb:01:02:03"), "D10D82A7C3F9657", id="hardware address"),
    ],
)
def test_the_same_machine_is_the_same_box_for_ever(facts, duid):
    assert derive(facts).duid == duid


def test_the_serial_outlives_card_and_adapter():
    other = Facts(serial=SERIAL.serial, machine_id="f" * 31 + "0", mac="b8:27:eb:01:02:03")
    assert derive(other) == derive(SERIAL)


def test_the_machine_id_outlives_the_adapter():
    with_mac = Facts(machine_id="0123456789abcdef", mac="b8:27:eb:01:02:03")
    assert derive(with_mac) == derive(Facts(machine_id="0123456789abcdef"))


def test_the_same_text_as_another_fact_is_another_box():
    assert derive(Facts(serial="abc1")) != derive(Facts(machine_id="abc1"))


@pytest.mark.parametrize("written", [" 10000000A1B2C3D4\n", "10000000a1b2c3d4"])
def test_how_a_fact_is_written_does_not_matter(written):
    assert derive(Facts(serial=written)) == derive(SERIAL)


@pytest.mark.parametrize(
    "nothing",
    [
        "",
        "  ",
        "0000000000000000",
        "00:00:00:00:00:00",
        "ff:ff:ff:ff:ff:ff",
        "uninitialized",
        "To Be Filled By O.E.M.",
    ],
)
def test_what_many_machines_say_is_no_fact(nothing):
    with pytest.raises(BoardError):
        derive(Facts(serial=nothing, machine_id=nothing, mac=nothing))


def test_an_empty_serial_falls_to_the_next_fact():
    assert derive(Facts(serial="0" * 16, machine_id="ab1")) == derive(Facts(machine_id="ab1"))


def test_what_was_kept_wins_over_a_changed_board():
    assert settle("195C5756E85D88A", Facts(serial="another")).duid == "195C5756E85D88A"
    assert settle("195C5756E85D88A", Facts()).duid == "195C5756E85D88A"


@pytest.mark.parametrize("kept", ["", "195c5756e85d88a", "195C5756E85D88", "195C5756E85D88A\n", "nonsense"])
def test_without_a_kept_identity_the_facts_decide(kept):
    assert settle(kept, SERIAL) == derive(SERIAL)


@given(st.text(min_size=1))
def test_a_duid_has_the_documents_form(serial):
    facts = Facts(serial=serial, mac="b8:27:eb:01:02:03")
    assert re.fullmatch(r"[0-9A-F]{15}", derive(facts).duid)
