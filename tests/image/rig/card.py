"""A card with the image on it, booted once; from then on a machine is there in seconds."""

import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from rig.box import Box
from rig.image import Image, overlay
from rig.machine import PROCESSORS, Machine

BOOT = 900.0
"""Seconds that a boot may take on a busy machine; it takes about a hundred."""
PATIENCE = 300.0
SIZE = 4 << 30
"""Bytes of the card; the image is smaller, and a power of two is what an SD card's emulation wants."""
_FIRST_START = 446 + 8
_SECTOR = 512


class Card:
    """The image on a card of its own: a layer over the image's disk.

    Args:
        image: What is on it.
        home: A directory of the card's; one that is there already is used as it is.
        kernel: Words for the kernel's command line each time it boots.
        told: What its owner wrote onto it for the first boot, ``stb.toml``.
    """

    def __init__(self, image: Image, home: Path, *, kernel: Sequence[str] = (), told: str = "") -> None:
        self.image = image
        flashed = _told(image.disk, home / "flashed.img", told) if told else image.disk
        self.disk = home / "card.qcow2"
        if not self.disk.exists():
            overlay(flashed, self.disk, SIZE)
        self._home = home
        self._kernel = kernel
        self._turns = 0

    def has(self, snapshot: str) -> bool:
        """Whether a machine was kept on it by that name."""
        listed = subprocess.run(
            ["qemu-img", "snapshot", "-l", self.disk], check=True, capture_output=True, text=True, timeout=60
        )
        return any(snapshot in line.split() for line in listed.stdout.splitlines())

    def keep(self, name: str) -> None:
        """Keep what is on it, for `restore`; it is in no machine."""
        subprocess.run(["qemu-img", "snapshot", "-c", name, self.disk], check=True, timeout=60)

    def restore(self, name: str) -> None:
        """Put on it what was kept by that name; it is in no machine."""
        subprocess.run(["qemu-img", "snapshot", "-a", name, self.disk], check=True, timeout=60)

    @contextmanager
    def insert(
        self,
        snapshot: str = "",
        *,
        kernel: Sequence[str] = (),
        units: Mapping[str, str] | None = None,
        processors: Sequence[str] = PROCESSORS,
    ) -> Iterator[Machine]:
        """Switch a machine on, with this card; the plug is pulled at the end.

        Args:
            snapshot: Go on from there instead.
            kernel: More words for its command line.
            units: More units that its firmware brings along.
            processors: QEMU's words for them.
        """
        # Short: a socket's name has at most 107 characters.
        scratch = Path(tempfile.mkdtemp(prefix="stb-"))
        words = [*self._kernel, *kernel]
        try:
            with Machine(
                self.image,
                self.disk,
                scratch,
                kernel=words,
                snapshot=snapshot,
                units=units,
                processors=processors,
            ) as machine:
                yield machine
        finally:
            self._turns += 1
            shutil.copy(scratch / "serial.log", self._home / f"serial-{self._turns}.log")
            for picture in scratch.glob("*.png"):
                shutil.copy(picture, self._home / f"{self._turns}-{picture.name}")
            shutil.rmtree(scratch)


def up(machine: Machine) -> Box:
    """Wait until a machine that was switched on shows its first frame."""
    machine.shell.wait(BOOT)
    box = Box(machine, PATIENCE)
    box.until_unit("stb.service", "ActiveState", "active")
    return box


def _told(image: Path, flashed: Path, settings: str) -> Path:
    """A copy with a file for the first boot on its first partition, as its owner would put it there."""
    subprocess.run(["cp", "--sparse=always", image, flashed], check=True, timeout=120)
    with flashed.open("rb") as disk:
        disk.seek(_FIRST_START)
        start = int.from_bytes(disk.read(4), "little") * _SECTOR
    subprocess.run(
        ["mcopy", "-o", "-i", f"{flashed}@@{start}", "-", "::stb.toml"],
        input=settings.encode(),
        check=True,
        timeout=60,
    )
    return flashed
