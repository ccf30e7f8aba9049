"""The images that were built, and where they are."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).parents[3]
OUT = PROJECT / "image" / "out"


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """A machine that QEMU emulates, always by software: what looks like KVM may not be (PVM)."""

    program: str
    words: tuple[str, ...]
    console: str
    """Of the kernel; the one that is written down."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Image:
    """What `make image` made of a flavour."""

    flavour: str
    board: Board
    out: Path = OUT
    """Where images are."""

    @property
    def place(self) -> Path:
        """The directory it is in."""
        return self.out / self.flavour

    @property
    def disk(self) -> Path:
        """The card, as it is flashed."""
        return self.place / "stb.img"

    @property
    def kernel(self) -> Path:
        """What the firmware would start."""
        return self.place / "vmlinuz"

    @property
    def initrd(self) -> Path:
        """What finds the root."""
        return self.place / "initrd.img"

    @property
    def command_line(self) -> str:
        """The kernel's, as the image would have it."""
        return str(json.loads((self.place / "build.json").read_text("utf-8"))["cmdline"])

    def missing(self) -> str:
        """Why it cannot be booted; empty where it can."""
        for part in (self.disk, self.kernel, self.initrd, self.place / "build.json"):
            if not part.exists():
                return f"there is no {self.flavour}/{part.name} (make image FLAVOUR={self.flavour})"
        return ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bare(Image):
    """A system with nothing of ours, to compare with."""

    kept: Path
    """Where it is."""

    @property
    def place(self) -> Path:
        """The directory it is in."""
        return self.kept

    @property
    def command_line(self) -> str:
        """As Debian's own would be."""
        return "root=LABEL=bare ro quiet"


_AMD64 = Board(
    program="qemu-system-x86_64",
    words=("-M", "q35", "-cpu", "Haswell-v4,-pcid,-tsc-deadline,-invpcid,-spec-ctrl,-x2apic"),
    console="ttyS0",
)
_ARM64 = Board(program="qemu-system-aarch64", words=("-M", "virt", "-cpu", "cortex-a72"), console="ttyAMA0")
IMAGES = {
    "test-amd64": Image(flavour="test-amd64", board=_AMD64),
    "debian-arm64": Image(flavour="debian-arm64", board=_ARM64),
}


def overlay(disk: Path, target: Path, size: int) -> Path:
    """Lay a layer over a disk, on a card of so many bytes: what is written goes there, the disk stays."""
    words = ["-q", "-f", "qcow2", "-b", str(disk.absolute()), "-F", "raw", str(target), str(size)]
    subprocess.run(["qemu-img", "create", *words], check=True, timeout=60)
    return target
