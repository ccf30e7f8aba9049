"""The disk: its partitions, and that the same files make the same bytes. Tools of Debian's make it."""

import shutil
import subprocess
from pathlib import Path

import pytest

from image import boot, disk, flavour, inputs, tree

EPOCH = 1_795_402_974
TOOLS = ("genimage", "mkfs.vfat", "mcopy", "mke2fs", "bmaptool", "sfdisk")
pytestmark = pytest.mark.skipif(
    not all(shutil.which(tool) for tool in TOOLS), reason="who makes images has their tools (make image)"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> tuple[Path, Path]:
    """Two disks of the same files, which are a few bytes long."""
    here = tmp_path_factory.mktemp("disk")
    first = here / "first"
    (first / "a").mkdir(parents=True)
    (first / "a/vmlinuz").write_bytes(b"kernel")
    (first / "config.txt").write_text("os_prefix=a/\n")
    (here / "root.img").write_bytes(b"root" * 1024)
    disks = here / "1.img", here / "2.img"
    for path in disks:
        disk.assemble(first, here / "root.img", here / f"{path.stem}.tmp", path, EPOCH)
    return disks


def test_the_same_files_make_the_same_disk(made):
    assert disk.checksum(made[0]) == disk.checksum(made[1])


def test_there_are_two_roots_and_data_behind_the_firmwares_partition(made):
    table = subprocess.run(["sfdisk", "--dump", made[0]], capture_output=True, text=True, check=True).stdout
    assert "label: dos" in table
    assert f"label-id: 0x{boot.SIGNATURE:08x}" in table
    parts = [line.partition(": ")[2].replace(" ", "") for line in table.splitlines() if " : " in line]
    kinds = [part.partition("type=")[2] for part in parts]
    assert kinds == ["c,bootable", "83", "83", "83"]
    starts = [int(part.partition("start=")[2].partition(",")[0]) * 512 for part in parts]
    assert all(start % disk.MB == 0 for start in starts)
    assert made[0].stat().st_size == disk.SIZE
    assert disk.SIZE.bit_count() == 1


def test_the_firmware_finds_its_files_and_the_root_its_place(made):
    listed = subprocess.run(
        ["mdir", "-/", "-b", "-i", f"{made[0]}@@4M", "::"], capture_output=True, text=True, check=True
    )
    assert {"::/config.txt", "::/a/vmlinuz"} <= set(listed.stdout.splitlines())
    with made[0].open("rb") as image:
        image.seek(196 * disk.MB)
        assert image.read(4) == b"root"


def test_a_tree_without_firmware_gets_a_kernel_and_words_for_it(tmp_path):
    (tmp_path / "vmlinuz").write_bytes(b"kernel")
    (tmp_path / "initrd").write_bytes(b"initrd")
    read = flavour.read("test-amd64")
    boot.lay_out(tmp_path, read, tmp_path / "vmlinuz", tmp_path / "initrd", tmp_path / "first")
    laid = {str(path.relative_to(tmp_path / "first")) for path in (tmp_path / "first").rglob("*")}
    assert laid == {"a", "a/vmlinuz", "a/initrd.img", "a/cmdline.txt", "stb.toml"}


@pytest.fixture
def board(tmp_path):
    """A tree with what Debian's packages for a Raspberry Pi put there."""
    for name in ("bootcode.bin", "fixup.dat", "fixup4.dat", "start.elf", "start4.elf"):
        _write(tmp_path / "usr/lib/raspi-firmware" / name)
    for name in ("bcm2711-rpi-4-b.dtb", "bcm2837-rpi-3-b.dtb"):
        _write(tmp_path / "usr/lib/linux-image-6.12/broadcom" / name)
    _write(tmp_path / "kernel")
    return tmp_path


@pytest.mark.skipif(not shutil.which("dtc"), reason="who makes images has dtc (make image)")
def test_a_boards_slot_has_kernel_device_trees_overlays_and_command_line(board):
    boot.lay_out(board, flavour.read("debian-arm64"), board / "kernel", board / "kernel", board / "first")
    top = {path.name for path in (board / "first").iterdir()}
    assert {"config.txt", "tryboot.txt", "start.elf", "start4.elf", "bootcode.bin", "stb.toml", "a"} <= top
    slot = {str(path.relative_to(board / "first/a")) for path in (board / "first/a").rglob("*")}
    assert {"vmlinuz", "initrd.img", "cmdline.txt", "bcm2711-rpi-4-b.dtb", "overlays/README"} <= slot
    # The overlays that config.txt names are there.
    named = {line.removeprefix("dtoverlay=") for line in (board / "first/config.txt").read_text().split()}
    assert {"gpio-ir", "cma"} <= named
    assert {"overlays/gpio-ir.dtbo", "overlays/cma.dtbo"} <= slot


def test_packages_that_have_done_their_work_leave_and_their_neighbours_stay(tmp_path):
    for name in ("usr/bin/apt", "usr/bin/vlc", "boot/vmlinuz-6", "etc/apt/sources.list"):
        _write(tmp_path / name)
    (tmp_path / "var/tmp").mkdir(parents=True)
    (tmp_path / "initrd.img").symlink_to("boot/initrd.img-6")
    _write(tmp_path / "var/lib/dpkg/info/apt.list", "/.\n/usr\n/usr/bin\n/usr/bin/apt\n")
    tree.drop(tmp_path, {"apt": "no package comes by itself", "dpkg": "nor so"}, "arm64")
    left = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    assert left == {"usr/bin/vlc"}
    assert (tmp_path / "boot/firmware").is_dir()
    assert not (tmp_path / "initrd.img").is_symlink()


def test_an_image_is_another_when_a_file_of_it_is(tmp_path):
    read = flavour.read("test-amd64")
    assert inputs.whole(read, 1) == inputs.whole(read, 1)
    assert inputs.whole(read, 1) != inputs.whole(read, 2)
    _write(tmp_path / "b/two")
    _write(tmp_path / "a")
    _write(tmp_path / "out/left")
    assert [str(path.relative_to(tmp_path)) for path in inputs.files(tmp_path)] == ["a", "b/two"]


def _write(path: Path, text: str = "") -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
