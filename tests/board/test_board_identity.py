"""Who the box is: the vectors below are boxes in the field and never change."""

import re
from dataclasses import asdict, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.board import anchor, derive, settle
from stb.errors import BoardError
from stb.model import Duid, Facts, Identity

SERIAL = Facts(serial="10000000a1b2c3d4")
PI = replace(SERIAL, mac="dc:a6:32:04:7f:b6", model="Raspberry Pi 4 Model B Rev 1.5")
VECTORS = {
    "a Pi": (
        PI,
        Identity(
            duid=Duid("B0F4765359C7526"),
            mac="DC:A6:32:04:7F:B6",
            stalker_mac="00:1A:79:04:7F:B6",
            sn="4B924BE0737A1",
            device_id="7ECF8F20B95A0C8EE85E2EAD9689A2E1863A9568D3446C89A32780A6EB691748",
            device_id2="900C598DA8BBF5F8C54D1CB32C773BA647AAC532951DC18415BBBF5E2D40FF57",
            signature="8BFBFC4B8845E8814D4AAB62B68B2FF834E6E1C096C179FB9F1AFDE4EC2C1806",
            model="Raspberry Pi 4 Model B Rev 1.5",
            origin="serial",
        ),
    ),
    "a computer without a network": (
        Facts(machine_id="0123456789abcdef0123456789abcdef"),
        Identity(
            duid=Duid("921239CCF524EBE"),
            mac="",
            stalker_mac="00:1A:79:84:58:EE",
            sn="58DC4591E3628",
            device_id="18842A45614E346A5D8F29EC2887864D727DD42684C3EC624FC202EE9633A3DE",
            device_id2="263720603902CD1923830B701D69E801CDC229446D45DE5E46B2B731C8E3EA3B",
            signature="D7E2141ED982D224E82D23A9DC2F7D1B0987154B1FD1986400452F82683B40E7",
            origin="machine-id",
        ),
    ),
    "nothing but a network": (
        Facts(mac="b8:27:eb:01:02:03"),
        Identity(
            duid=Duid("D10D82A7C3F9657"),
            mac="B8:27:EB:01:02:03",
            stalker_mac="00:1A:79:01:02:03",
            sn="032BA7A227438",
            device_id="FE927E67E9C5FB286A9B6B94E8D0510FBC358252A59CA9FAAB2B600936267B4B",
            device_id2="51DAE6D3EF083E83031D987A581DE4DEE8B57F68270CD808B66F6794C8A4346D",
            signature="C99F923976CF1B26F6C6926E8815A2EFDC1F8AE3EBAC37840B21D5EA1229D481",
            origin="mac",
        ),
    ),
    "nothing at all": (
        Facts(drawn="7f"),
        Identity(
            duid=Duid("71D0DBDF471F869"),
            mac="",
            stalker_mac="00:1A:79:64:E8:74",
            sn="4B4B0B1FB103D",
            device_id="8DC8F969671B0AA76696240AEF22EA0F49027D3DEE9B9919741AAB6B709114DD",
            device_id2="E7AFD8AD945020A67BF58B31AB7DB373E831883D98D62ECD0BF7E995CDD4CC6E",
            signature="5515E5202A3E0F61E2B83020724CBB58647CA1EAF57C28B26FF5A004EAC2B408",
            origin="drawn",
        ),
    ),
}


@pytest.mark.parametrize(("facts", "identity"), VECTORS.values(), ids=VECTORS)
def test_the_same_machine_is_the_same_box_for_ever(facts, identity):
    assert derive(facts) == identity


def test_the_serial_outlives_card_and_adapter():
    other = replace(SERIAL, machine_id="f" * 31 + "0", drawn="7f")
    assert derive(other) == derive(SERIAL)
    adapter = derive(replace(SERIAL, mac="b8:27:eb:01:02:03"))
    assert {name for name, value in asdict(adapter).items() if value != asdict(derive(SERIAL))[name]} == {
        "mac",
        "stalker_mac",
    }


def test_the_machine_id_outlives_the_adapter():
    with_mac = Facts(machine_id="0123456789abcdef", mac="b8:27:eb:01:02:03")
    assert derive(with_mac).duid == derive(Facts(machine_id="0123456789abcdef")).duid


def test_the_same_text_as_another_fact_is_another_box():
    assert derive(Facts(serial="abc1")) != derive(Facts(machine_id="abc1"))


def test_wired_goes_before_wireless():
    wired = Facts(serial="abc1", mac="b8:27:eb:01:02:03", wifi_mac="b8:27:eb:04:05:06")
    assert derive(wired).mac == "B8:27:EB:01:02:03"
    assert derive(replace(wired, mac="")).mac == "B8:27:EB:04:05:06"
    assert derive(Facts(wifi_mac="b8:27:eb:01:02:03")).duid == derive(Facts(mac="b8:27:eb:01:02:03")).duid


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
    facts = Facts(serial=nothing, machine_id=nothing, mac=nothing)
    with pytest.raises(BoardError):
        derive(facts)
    assert anchor(facts) == ""
    assert derive(replace(facts, drawn="7f")) == VECTORS["nothing at all"][1]


def test_an_empty_serial_falls_to_the_next_fact():
    assert derive(Facts(serial="0" * 16, machine_id="ab1")) == derive(Facts(machine_id="ab1"))


@pytest.mark.parametrize("mac", ["", "00:00:00:00:00:00", "b8:27:eb:01:02", "nonsense"])
def test_a_hardware_address_that_is_none_is_not_made_up(mac):
    identity = derive(replace(SERIAL, mac=mac))
    assert identity == derive(SERIAL)
    assert identity.mac == ""


def test_what_only_the_board_says_is_neither_its_address_nor_drawn():
    assert anchor(PI) == "10000000a1b2c3d4"
    assert anchor(Facts(machine_id="AB1", mac="b8:27:eb:01:02:03")) == "ab1"
    assert anchor(Facts(mac="b8:27:eb:01:02:03", drawn="7f")) == ""


def test_the_first_start_takes_the_board_as_it_is():
    settled = settle({}, PI)
    assert (settled.identity, settled.other) == (derive(PI), None)
    with pytest.raises(BoardError):
        settle({}, Facts())


def test_what_was_kept_wins_over_a_changed_board():
    kept = derive(PI)
    other = Facts(serial="another", mac="b8:27:eb:01:02:03", model="Raspberry Pi 5")
    settled = settle(asdict(kept), other)
    assert (settled.identity, settled.other) == (kept, derive(other))


@pytest.mark.parametrize(
    "facts",
    [
        pytest.param(PI, id="all as it was"),
        pytest.param(replace(PI, mac="", wifi_mac=""), id="addresses not read"),
        pytest.param(replace(PI, mac="b8:27:eb:01:02:03"), id="another network chip"),
        pytest.param(Facts(), id="nothing known"),
        pytest.param(Facts(drawn="8a"), id="drawn now"),
    ],
)
def test_the_same_board_is_no_news(facts):
    settled = settle(asdict(derive(PI)), facts)
    assert (settled.identity, settled.other) == (derive(PI), None)


def test_a_machine_that_said_nothing_and_now_does_is_no_other_board():
    drawn = derive(Facts(drawn="7f"))
    settled = settle(asdict(drawn), Facts(machine_id="ab1", drawn="8a"))
    assert (settled.identity, settled.other) == (drawn, None)


def test_of_a_box_that_kept_its_device_number_alone_the_board_tells_the_rest():
    assert settle({"duid": derive(PI).duid}, PI).identity == derive(PI)


def test_of_a_device_number_without_its_board_the_rest_is_the_same_for_ever_too():
    settled = settle({"duid": "195C5756E85D88A"}, PI)
    assert settled.identity == settle({"duid": "195C5756E85D88A"}, Facts()).identity
    assert settled.identity.duid == "195C5756E85D88A"
    assert settled.identity.sn != derive(PI).sn
    assert settled.other == derive(PI)


@pytest.mark.parametrize("kept", ["", "195c5756e85d88a", "195C5756E85D88", "195C5756E85D88A\n", "nonsense"])
def test_without_a_kept_identity_the_facts_decide(kept):
    assert settle({"duid": kept, "sn": "1234567890123"}, SERIAL).identity == derive(SERIAL)


def test_a_damaged_field_is_taken_from_the_board_again():
    assert settle(asdict(derive(PI)) | {"sn": "", "device_id": "short"}, PI).identity == derive(PI)


@given(st.text(min_size=1), st.text())
def test_an_identity_has_the_forms_that_operators_expect(serial, mac):
    identity = derive(Facts(serial=serial, mac=mac, drawn="7f"))
    assert re.fullmatch(r"[0-9A-F]{15}", identity.duid)
    assert re.fullmatch(r"00:1A:79(:[0-9A-F]{2}){3}", identity.stalker_mac)
    assert re.fullmatch(r"[0-9A-F]{13}", identity.sn)
    ids = (identity.device_id, identity.device_id2, identity.signature)
    assert all(re.fullmatch(r"[0-9A-F]{64}", one) for one in ids)
    assert len(set(ids)) == 3
    assert settle(asdict(identity), Facts()).identity == identity
