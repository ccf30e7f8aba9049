"""What a machine says of itself, read from a file system made for the test."""

import re
import tomllib
from pathlib import Path

import pytest

from stb.board import derive, read_facts
from stb.board.interfaces import built_in, hardware_address
from stb.model import Facts

BOARDS = sorted((Path(__file__).parent / "boards").glob("*.toml"))
TREE = "proc/device-tree"


@pytest.fixture
def root(tmp_path):
    for folder in (TREE, "etc", "sys/class/net"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path


@pytest.fixture
def solder(root):
    """Put a network interface into the machine; gives what is to be asked for its address."""
    addresses = {}

    def solder(name, address, device="", bus="", **more):
        place = root / "sys/class/net" / name
        place.mkdir()
        (place / "type").write_text(more.get("type", "1\n"))
        (place / "addr_assign_type").write_text(more.get("assigned", "0\n"))
        if more.get("wireless"):
            (place / "phy80211").mkdir()
        if device:
            hangs = root / "sys/devices" / device
            hangs.mkdir(parents=True, exist_ok=True)
            (place / "device").symlink_to(hangs)
            (hangs / "subsystem").symlink_to(root / "sys/bus" / bus)
            if more.get("removable"):
                (hangs.parent / "removable").write_text("removable\n")
        for node in more.get("nodes", ()):
            (root / "sys/devices" / node / "of_node").mkdir(parents=True, exist_ok=True)
        addresses[name] = address
        return addresses.get

    return solder


def no_address(_name):
    pytest.fail("asked for an address, which is slow")


@pytest.mark.parametrize("dump", BOARDS, ids=lambda dump: dump.stem)
def test_a_board_of_which_a_dump_was_published(dump, root, solder):
    board = tomllib.loads(dump.read_text())
    (root / TREE / "serial-number").write_bytes(board.get("serial", "").encode() + b"\0")
    (root / TREE / "model").write_bytes(board["model"].encode() + b"\0")
    addresses = no_address
    for interface in board.get("interface", ()):
        addresses = solder(**interface)
    if "tree" in board:
        in_tree(root, board["tree"]["node"], bytes.fromhex(board["tree"]["address"].replace(":", "")))
    identity = derive(read_facts(root, addresses))
    assert identity.model == board["model"]
    assert {name: getattr(identity, name) for name in board["expected"]} == board["expected"]


def in_tree(root, node, octets):
    """Write an address into the device tree, as the firmware does."""
    (root / TREE / "aliases").mkdir()
    (root / TREE / "aliases/ethernet0").write_bytes(node.encode() + b"\0")
    (root / TREE / node.lstrip("/")).mkdir(parents=True)
    (root / TREE / node.lstrip("/") / "local-mac-address").write_bytes(octets)


def test_a_pi_has_a_serial_that_ends_with_a_nul(root):
    (root / TREE / "serial-number").write_bytes(b"10000000a1b2c3d4\0")
    assert read_facts(root) == Facts(serial="10000000a1b2c3d4")


def test_a_computer_has_a_machine_id_and_its_maker_a_name_for_it(root):
    (root / "etc/machine-id").write_text("0123456789abcdef0123456789abcdef\n")
    (root / "sys/class/dmi/id").mkdir(parents=True)
    (root / "sys/class/dmi/id/product_name").write_text("ThinkPad\n")
    assert read_facts(root) == Facts(machine_id="0123456789abcdef0123456789abcdef", model="ThinkPad")


def test_the_wired_address_is_in_the_tree_before_its_driver_is_there(root):
    in_tree(root, "/scb/ethernet@7d580000", bytes.fromhex("dca632047fb6"))
    assert read_facts(root, no_address) == Facts(mac="dc:a6:32:04:7f:b6")


@pytest.mark.parametrize("octets", [b"", b"\0" * 6, b"\xdc\xa6"], ids=["none", "zeros", "too few"])
def test_an_address_in_the_tree_that_is_none(root, solder, octets):
    in_tree(root, "/scb/ethernet@7d580000", octets)
    address = solder("eth0", "dc:a6:32:04:7f:b6", "platform/scb/fd580000.ethernet", "platform")
    assert read_facts(root, address).mac == "dc:a6:32:04:7f:b6"


def test_wired_and_wireless_are_two_facts(root, solder):
    solder("wlp2s0", "10:00:00:00:00:02", "pci0000:00/0000:02:00.0", "pci", wireless=True)
    address = solder("enp1s0", "10:00:00:00:00:01", "pci0000:00/0000:01:00.0", "pci")
    (root / TREE).rmdir()
    assert read_facts(root, address) == Facts(mac="10:00:00:00:00:01", wifi_mac="10:00:00:00:00:02")


USB = "platform/soc/3f980000.usb/usb1/1-1/1-1.4/1-1.4:1.0"


@pytest.mark.parametrize(
    "interface",
    [
        pytest.param({"device": USB, "bus": "usb"}, id="a USB adapter"),
        pytest.param(
            {"device": USB, "bus": "usb", "nodes": ["platform/soc/3f980000.usb/usb1/1-1"]},
            id="a USB adapter in the board's own hub",
        ),
        pytest.param(
            {"device": "platform/pcie/pci0000:00/0000:01:00.0", "bus": "pci"}, id="a card in a slot"
        ),
        pytest.param({"device": "pci0000:00/0000:01:00.0", "bus": "pci", "removable": True}, id="a dock"),
        pytest.param({"device": "platform/usb/gadget", "bus": "gadget"}, id="the other end of a USB cable"),
        pytest.param({"device": "pci0/usb1/bnep", "bus": "bluetooth"}, id="Bluetooth"),
        pytest.param({}, id="a bridge"),
        pytest.param({"device": "platform/eth", "bus": "platform", "assigned": "1\n"}, id="drawn at random"),
        pytest.param({"device": "platform/eth", "bus": "platform", "assigned": "3\n"}, id="set by somebody"),
        pytest.param({"device": "platform/can", "bus": "platform", "type": "280\n"}, id="no Ethernet"),
    ],
)
def test_what_is_not_built_in(root, solder, interface):
    solder("eth0", "10:00:00:00:00:01", **interface)
    assert built_in(root) == ()
    assert read_facts(root, no_address) == Facts()


def test_a_usb_adapter_plugged_in_later_changes_nothing(root, solder):
    address = solder("eth0", "dc:a6:32:04:7f:b6", "platform/scb/fd580000.ethernet", "platform")
    before = read_facts(root, address)
    address = solder("aaa0", "00:50:b6:1a:f8:2e", USB, "usb", removable=True)
    assert read_facts(root, address) == before


def test_a_slot_of_a_computer_without_a_device_tree_is_built_in(root, solder):
    (root / TREE).rmdir()
    address = solder("enp1s0", "10:00:00:00:00:01", "pci0000:00/0000:01:00.0", "pci")
    assert read_facts(root, address).mac == "10:00:00:00:00:01"


def test_a_machine_that_says_nothing(tmp_path):
    assert read_facts(tmp_path, no_address) == Facts()


def test_addresses_are_left_alone_where_nobody_needs_them(root, solder):
    solder("eth0", "10:00:00:00:00:01", "platform/eth", "platform")
    assert read_facts(root, no_address, addresses=False) == Facts()


def test_bytes_that_are_no_text_are_left_out(root):
    (root / TREE / "serial-number").write_bytes(b"\xff\xfe1234\0\0")
    assert read_facts(root).serial == "1234"


def test_a_folder_in_the_place_of_a_file_says_nothing(root):
    (root / "etc/machine-id").mkdir()
    assert read_facts(root) == Facts()


def test_an_interface_is_asked_by_its_name():
    assert hardware_address("lo") == "00:00:00:00:00:00"


def test_this_machine_says_something_well_formed():
    facts = read_facts()
    assert all(re.fullmatch(r"(([0-9a-f]{2}:){5}[0-9a-f]{2})?", mac) for mac in (facts.mac, facts.wifi_mac))
