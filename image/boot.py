"""The first partition: what a board reads before there is a Linux, and a kernel for each of two slots."""

import shutil
from pathlib import Path

from image.command import run
from image.flavour import Flavour

TEXTS = Path(__file__).parent / "boot"
SIGNATURE = 0x5354_4254
"""The disk's, by which the kernel finds the root: the same on each card, so that an update fits them all."""
_SLOTS = {"a": 2, "b": 3}
"""The partition of each slot's root."""
_FIRMWARE = ("bootcode.bin", "fixup.dat", "fixup4.dat", "start.elf", "start4.elf")
_ROOT = "root=PARTUUID={signature:08x}-{partition:02x} ro rootfstype=squashfs rootwait"
# Quiet, dark, and started anew rather than left standing; data is looked after by the first file system.
_ALWAYS = "fsck.mode=skip panic=10 quiet loglevel=3 vt.global_cursor_default=0 systemd.show_status=no"


def command_line(flavour: Flavour, slot: str) -> str:
    """Say what the kernel of a slot is told."""
    root = _ROOT.format(signature=SIGNATURE, partition=_SLOTS[slot])
    return f"{flavour.command_line} {root} {_ALWAYS}".strip()


def config(flavour: Flavour, slot: str) -> str:
    """Say what the firmware reads to start a slot: config.txt, or tryboot.txt to try it once."""
    common = (TEXTS / "config.txt").read_text("utf-8")
    own = f"# This slot's kernel, device trees, overlays and command line.\nos_prefix={slot}/"
    return f"{common}\n{own}\n\n{flavour.config}"


def lay_out(tree: Path, flavour: Flavour, kernel: Path, initrd: Path, target: Path) -> None:
    """Put together what goes onto the first partition. Slot B comes with the first update.

    Args:
        tree: The packages, where the firmware and device trees come from.
        flavour: What the image is.
        kernel: The kernel.
        initrd: What it starts with.
        target: A directory that is not there yet.
    """
    slot = target / "a"
    slot.mkdir(parents=True)
    shutil.copyfile(kernel, slot / "vmlinuz")
    shutil.copyfile(initrd, slot / "initrd.img")
    (slot / "cmdline.txt").write_text(command_line(flavour, "a") + "\n")
    (target / "stb.toml").write_text((TEXTS / "stb.toml").read_text("utf-8"))
    if flavour.machine != "pi":
        return
    # Where the firmware finds no slot it looks here, and Raspberry Pi Imager writes here.
    (target / "cmdline.txt").write_text(command_line(flavour, "a") + "\n")
    (target / "config.txt").write_text(config(flavour, "a"))
    (target / "tryboot.txt").write_text(config(flavour, "b"))
    for name in _FIRMWARE:
        shutil.copyfile(tree / "usr/lib/raspi-firmware" / name, target / name)
    for trees in device_trees(tree):
        shutil.copyfile(trees, slot / trees.name)
    _overlays(tree, slot / "overlays")


def device_trees(tree: Path) -> list[Path]:
    """List the kernel's device trees of Raspberry Pis."""
    return sorted(tree.glob("usr/lib/linux-image-*/broadcom/bcm27*.dtb")) + sorted(
        tree.glob("usr/lib/linux-image-*/broadcom/bcm283*.dtb")
    )


def _overlays(tree: Path, target: Path) -> None:
    """Take the kernel's overlays, or where it has none, ours."""
    target.mkdir()
    shutil.copyfile(TEXTS / "overlays/README", target / "README")
    theirs = sorted(tree.glob("usr/lib/linux-image-*/overlays/*.dtb*"))
    for overlay in theirs:
        shutil.copyfile(overlay, target / overlay.name)
    if not theirs:
        for text in sorted((TEXTS / "overlays").glob("*.dts")):
            run(
                "dtc",
                "-@",
                "-q",
                "-I",
                "dts",
                "-O",
                "dtb",
                "-o",
                str(target / f"{text.stem}.dtbo"),
                str(text),
            )
