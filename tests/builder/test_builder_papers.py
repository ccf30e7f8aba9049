"""What is in an image, on paper."""

import json
import re
import uuid
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from image import flavour, icon, papers, tree

EPOCH = 1_795_402_974
FLAVOUR = flavour.read("debian-arm64")
STATUS = """\
Package: zlib1g
Status: install ok installed
Architecture: arm64
Source: zlib (1:1.3)
Version: 1:1.3.dfsg+really1.3.1-1+b1
Description: compression library
 Long words about it
 .
 Package: not-one

Package: gone
Status: deinstall ok config-files
Architecture: all
Version: 1

Package: bash
Status: install ok installed
Architecture: arm64
Version: 5.2.37-2
"""


@pytest.fixture
def packages(tmp_path):
    (tmp_path / "var/lib/dpkg").mkdir(parents=True)
    (tmp_path / "var/lib/dpkg/status").write_text(STATUS)
    return tree.installed(tmp_path)


def test_what_is_installed_is_read_from_dpkg_in_order(packages):
    assert [package["Package"] for package in packages] == ["bash", "zlib1g"]


def test_the_manifest_has_a_package_a_line(packages):
    assert papers.manifest(packages) == "bash 5.2.37-2 arm64\nzlib1g 1:1.3.dfsg+really1.3.1-1+b1 arm64\n"


def test_the_bill_of_materials_names_every_part_by_its_address(packages):
    bill = papers.sbom(FLAVOUR, "1.2", packages, EPOCH)
    assert (bill["bomFormat"], bill["specVersion"], bill["version"]) == ("CycloneDX", "1.5", 1)
    assert uuid.UUID(bill["serialNumber"].removeprefix("urn:uuid:"))
    assert bill["metadata"]["timestamp"] == "2026-11-23T03:02:54Z"
    own, bash, zlib = bill["components"]
    assert (own["name"], own["version"]) == ("stb", "1.2")
    assert bash["purl"] == "pkg:deb/debian/bash@5.2.37-2?arch=arm64&distro=trixie"
    assert zlib["purl"] == "pkg:deb/debian/zlib1g@1%3A1.3.dfsg%2Breally1.3.1-1%2Bb1?arch=arm64&distro=trixie"
    assert zlib["properties"] == [{"name": "debian:source", "value": "zlib"}]
    assert len({part["bom-ref"] for part in bill["components"]}) == 3


def test_the_same_parts_make_the_same_paper(packages):
    bills = [papers.sbom(FLAVOUR, "1.2", packages, EPOCH) for _ in range(2)]
    assert json.dumps(bills[0]) == json.dumps(bills[1])


@settings(deadline=None)
@given(
    name=st.from_regex(r"[a-z0-9][a-z0-9+.-]+", fullmatch=True),
    version=st.from_regex(r"[0-9][A-Za-z0-9.+:~-]*", fullmatch=True),
)
def test_any_package_can_be_read_back_from_its_address(name, version):
    part = {"Package": name, "Version": version, "Architecture": "all"}
    bill = papers.sbom(FLAVOUR, "1.2", [part], EPOCH)
    address = bill["components"][1]["purl"]
    quoted = re.fullmatch(r"pkg:deb/debian/([^@]+)@([^?]+)\?arch=all&distro=trixie", address)
    assert quoted is not None
    assert [unquote(each) for each in quoted.groups()] == [name, version]


IMAGE = {
    "file": "stb.img.zst",
    "size": 2 << 30,
    "sha256": "a" * 64,
    "packed_size": 9,
    "packed_sha256": "b" * 64,
}
SHAPE = {
    "name": str,
    "description": str,
    "icon": str,
    "url": str,
    "extract_size": int,
    "extract_sha256": str,
    "image_download_size": int,
    "release_date": str,
    "devices": list,
}
"""What Raspberry Pi Imager's schema of a list of systems asks of each (rpi-imager, doc/schema-notes.md)."""


def test_imager_is_offered_an_image_in_the_form_of_its_lists():
    (offer,) = papers.os_list(FLAVOUR, "1.2", IMAGE, EPOCH)["os_list"]
    assert {word: type(offer[word]) for word in SHAPE} == SHAPE
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", offer["release_date"])
    assert re.fullmatch(r"[0-9a-f]{64}", offer["extract_sha256"])
    assert offer["extract_size"] == 2 << 30
    assert offer["init_format"] == "rpi-preseed"
    assert offer["devices"] == ["pi3-64bit", "pi4-64bit"]


def test_what_imager_shows_lies_beside_the_list_and_is_the_boxs_own_sign(tmp_path):
    (offer,) = papers.os_list(FLAVOUR, "1.2", IMAGE, EPOCH)["os_list"]
    (tmp_path / offer["icon"]).write_bytes(icon.draw())
    with Image.open(tmp_path / "stb.png") as picture:
        assert picture.size == (icon.SIDE, icon.SIDE)
        assert {colour for _, colour in picture.getcolors()} == {(0x0B, 0x0F, 0x14), (0xFF, 0xC8, 0x57)}
        assert picture.getpixel((icon.SIDE // 2, icon.SIDE // 2)) == (0xFF, 0xC8, 0x57)
