"""What images are made of: flavours, one laid over the other."""

import shutil

import pytest

from image import base, boot, flavour, inputs

NAMES = flavour.names()


@pytest.mark.parametrize("name", NAMES)
def test_every_flavour_is_whole_and_says_why_each_package_is_there(name):
    read = flavour.read(name)
    assert read.suite == "trixie"
    assert all(read.packages.values())
    assert all(read.without.values())


def test_a_layer_is_all_that_sets_hardware_decoding_apart():
    debian, pi = flavour.read("debian-arm64"), flavour.read("rpi-arm64")
    assert set(pi.packages) ^ set(debian.packages) == {"linux-image-arm64", "linux-image-rpi-v8"}
    assert (pi.without, pi.keep, pi.dropped, pi.suite) == (
        debian.without,
        debian.keep,
        debian.dropped,
        debian.suite,
    )


def test_tables_are_merged_lists_grow_and_words_are_replaced():
    below = {"packages": {"vlc": "plays", "apt": "fetches"}, "modules": ["ext4"], "machine": "pi"}
    above = {"packages": {"apt": "", "xvfb": "shows"}, "modules": ["loop"], "machine": "virtual"}
    assert flavour.merge(below, above) == {
        "packages": {"vlc": "plays", "xvfb": "shows"},
        "modules": ["ext4", "loop"],
        "machine": "virtual",
    }


def test_an_image_has_what_the_program_asks_of_debian():
    asked = {"python3-pygame", "python3-vlc", "python3-evdev", "xserver-xorg-core", "network-manager"}
    assert asked <= set(flavour.read("debian-arm64").packages)


TARGETS = """\
http://mirror.example/debian/ bookworm
http://mirror.example/debian/ bookworm-updates
http://mirror.example/debian-security/ bookworm-security
http://mirror.example/debian/ bookworm-backports
http://panels.example/tools/ stable
http://archive.raspberrypi.example/debian/ bookworm
"""


def test_packages_come_from_the_mirrors_that_the_machine_itself_uses():
    assert base.mirrors(TARGETS, "trixie", ("main",)) == (
        "deb http://mirror.example/debian-security/ trixie-security main",
        "deb http://mirror.example/debian/ trixie main",
        "deb http://mirror.example/debian/ trixie-updates main",
    )


def test_a_machine_without_a_mirror_of_debian_is_told_so():
    with pytest.raises(ValueError, match="knows no mirror"):
        base.mirrors("http://panels.example/tools/ stable\n", "trixie", ("main",))


def test_mirrors_are_reached_as_apt_on_this_machine_reaches_them(tmp_path, monkeypatch):
    (tmp_path / "apt.conf").write_text('Acquire::http::Proxy "http://proxy.example:3142";\n')
    monkeypatch.setenv("APT_CONFIG", str(tmp_path / "apt.conf"))
    assert '--aptopt=Acquire::http::Proxy "http://proxy.example:3142";' in tuple(base._reached())


def test_another_archive_is_taken_where_the_machine_knows_it():
    archive = flavour.read("rpi-arm64").archive
    key = "/usr/share/keyrings/raspberrypi-archive-keyring.pgp"
    line = f"deb [signed-by={key}] http://archive.raspberrypi.example/debian/ trixie main"
    assert base.others(TARGETS, "trixie", archive) == line
    with pytest.raises(ValueError, match="cannot be made here"):
        base.others("http://mirror.example/debian/ bookworm\n", "trixie", archive)


def test_the_cached_tree_depends_on_packages_and_not_on_the_place_of_the_project(tmp_path, monkeypatch):
    before = inputs.base(flavour.read("test-amd64"))
    moved = tmp_path / "whole.sh"
    shutil.copy(base.LAST, moved)
    monkeypatch.setattr(inputs, "LAST", moved)
    assert inputs.base(flavour.read("test-amd64")) == before
    assert inputs.base(flavour.read("debian-arm64")) != before


@pytest.mark.parametrize("name", NAMES)
def test_the_root_is_read_only_and_started_anew_when_it_fails(name):
    words = boot.command_line(flavour.read(name), "a").split()
    assert f"root=PARTUUID={boot.SIGNATURE:08x}-02" in words
    assert {"ro", "rootfstype=squashfs", "panic=10", "quiet"} <= set(words)
    assert "rw" not in words


def test_the_other_slot_has_the_other_root():
    words = boot.command_line(flavour.read("debian-arm64"), "b").split()
    assert f"root=PARTUUID={boot.SIGNATURE:08x}-03" in words


@pytest.mark.parametrize("name", ["debian-arm64", "rpi-arm64"])
@pytest.mark.parametrize("slot", ["a", "b"])
def test_the_firmware_is_told_one_slot_in_words_it_understands(name, slot):
    text = boot.config(flavour.read(name), slot)
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert lines.count(f"os_prefix={slot}/") == 1
    assert {"arm_64bit=1", "kernel=vmlinuz", "initramfs initrd.img followkernel", "disable_splash=1"} <= {
        *lines
    }
    assert all(" " not in line for line in lines if not line.startswith("initramfs "))
    assert max(map(len, lines)) <= 98  # what the firmware reads of a line
    assert [line for line in lines if line.startswith("[")][-1] == "[all]"


def test_no_memory_is_set_aside_on_the_kernels_command_line_where_that_would_stop_the_decoder():
    pi = flavour.read("rpi-arm64")
    assert "cma=" not in boot.command_line(pi, "a")
    assert "dtoverlay=vc4-kms-v3d-pi5,cma-512" in boot.config(pi, "a").splitlines()
