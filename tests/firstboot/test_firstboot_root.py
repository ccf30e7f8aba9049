"""The root of the image: what lies over Debian's files is whole, and means what the program means."""

import re
import subprocess
from pathlib import Path

import pytest

from stb.app.firstboot import CARD, Disk
from stb.app.places import service
from stb.firstboot.card import read_card
from stb.firstboot.files import COUNTRY, KEYS

HOUSE = Path(__file__).parents[2]
ROOT = HOUSE / "image/rootfs"
UNITS = ROOT / "usr/lib/systemd/system"
SCRIPTS = sorted(ROOT.glob("etc/initramfs-tools/**/stb"))
BOTTOM = ROOT / "etc/initramfs-tools/scripts/local-bottom/stb"


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.parent.name)
def test_a_script_of_the_initramfs_is_one(script):
    assert script.stat().st_mode & 0o111
    subprocess.run(["sh", "-n", script], check=True)
    assert subprocess.run(["sh", script, "prereqs"], check=True, capture_output=True).stdout == b""


def test_the_scripts_of_the_initramfs_are_there():
    assert {script.parent.name for script in SCRIPTS} == {"hooks", "local-bottom", "local-top"}


def test_what_has_to_outlive_a_boot_lies_on_data():
    rows = [line.split() for line in (ROOT / "etc/fstab").read_text().splitlines() if line and line[0] != "#"]
    kept = {row[1]: row[0] for row in rows if row[0].startswith("/data/")}
    places = service()
    assert kept[str(places.state)] == "/data/state"
    assert kept[str(places.cache)] == "/data/cache"
    assert kept["/etc/NetworkManager/system-connections"] == "/data/network"
    assert {"/etc/stb", "/var/lib/systemd", "/var/lib/NetworkManager"} <= kept.keys()
    assert all(row[3].split(",")[0] == "bind" for row in rows if row[1] in kept)
    assert "/" not in [row[1] for row in rows], "the root stays as the kernel mounted it"


def test_the_first_partition_is_read_only_until_the_first_boot_writes():
    row = next(
        line for line in (ROOT / "etc/fstab").read_text().splitlines() if line.startswith("/dev/stb/boot")
    )
    assert row.split()[1] == str(Disk().card)
    assert {"ro", "nofail", "umask=0077"} <= set(row.split()[3].split(","))


def test_units_and_program_mean_the_same_files():
    first = BOTTOM.read_text()
    clearing = Disk().clearing
    assert str(clearing.todo) in first
    assert str(clearing.mark) in first
    assert f"-e {CARD} " in first
    assert "stb-first-boot.service" in first
    assert f"/data/{COUNTRY}" in (UNITS / "stb-wifi-country.service").read_text()
    assert f"AuthorizedKeysFile /data/{KEYS}" in (ROOT / "etc/ssh/sshd_config.d/stb.conf").read_text()
    assert str(service().data_trouble.parent) in BOTTOM.read_text()


@pytest.mark.parametrize("unit", sorted(UNITS.glob("*.service")), ids=lambda path: path.stem)
def test_a_unit_is_wanted_by_somebody(unit):
    wanted = {path.name for path in ROOT.glob("etc/systemd/system/*.wants/*")}
    asking = (*SCRIPTS, *ROOT.glob("etc/systemd/system/*.d/*.conf"), *ROOT.glob("usr/lib/udev/rules.d/*"))
    asked_for = any(unit.name in path.read_text() for path in asking)
    assert unit.name in wanted or asked_for


def test_a_card_customised_for_another_system_still_starts():
    """Imager 1.x would have the kernel's command line run a script, and power down where there is none."""
    assert (ROOT / "etc/systemd/system-generators/systemd-run-generator").readlink() == Path("/dev/null")
    assert (ROOT / "etc/systemd/system/kernel-command-line.target").readlink().name == "multi-user.target"


@pytest.mark.parametrize("comments", ["as it is", "with every example in effect"])
def test_the_file_on_a_new_card_is_sound(comments):
    text = (HOUSE / "image/boot" / CARD).read_text(encoding="utf-8")
    if comments != "as it is":
        text = re.sub(r"^#(?=\S)", "", text, flags=re.MULTILINE)
    reading = read_card(text)
    assert reading.problems == ()
    assert (reading.wish.hostname != "") == (comments != "as it is")
