"""What a machine says of itself, read from a file system made for the test."""

import re

import pytest

from stb.board import read_facts
from stb.model import Facts


@pytest.fixture
def root(tmp_path):
    for folder in ("proc/device-tree", "etc"):
        (tmp_path / folder).mkdir(parents=True)
    return tmp_path


def never():
    pytest.fail("asked for the hardware address, which is slow")


def test_a_pi_has_a_serial_that_ends_with_a_nul(root):
    (root / "proc/device-tree/serial-number").write_bytes(b"10000000a1b2c3d4\0")
    assert read_facts(root, never) == Facts(serial="10000000a1b2c3d4")


def test_a_computer_has_a_machine_id(root):
    (root / "etc/machine-id").write_text("0123456789abcdef0123456789abcdef\n")
    assert read_facts(root, never) == Facts(machine_id="0123456789abcdef0123456789abcdef")


def test_the_hardware_address_is_asked_when_nothing_else_is_there(root):
    assert read_facts(root, lambda: "b8:27:eb:01:02:03") == Facts(mac="b8:27:eb:01:02:03")


def test_a_machine_that_says_nothing(root):
    assert read_facts(root, lambda: None) == Facts()


def test_bytes_that_are_no_text_are_left_out(root):
    (root / "proc/device-tree/serial-number").write_bytes(b"\xff\xfe1234\0\0")
    assert read_facts(root, never).serial == "1234"


def test_a_folder_in_the_place_of_a_file_says_nothing(root):
    (root / "etc/machine-id").mkdir()
    assert read_facts(root, lambda: None) == Facts()


def test_a_machine_with_nothing_but_a_network_has_its_hardware_address(root):
    assert re.fullmatch(r"(([0-9a-f]{2}:){5}[0-9a-f]{2})?", read_facts(root).mac)
