"""A machine that boots the image: its disk as it is flashed, its kernel as its firmware would start it."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Self

from rig.image import Image
from rig.monitor import Monitor
from rig.patience import until
from rig.shell import PORT, UNIT, Shell

HOST = "10.0.2.2"
"""Where the machine finds services of this one's loopback (QEMU's user network)."""
_SHELL = "p.service"  # the name of a firmware's file is short
_NICE = -5
PROCESSORS = ("-accel", "tcg,thread=multi", "-smp", "2")
"""Each with a thread of this machine."""


class Machine:
    """An emulated computer with a screen, a keyboard and a network.

    Args:
        image: What it boots.
        disk: A layer over the image's disk.
        scratch: An empty directory of the caller's; short, for the names of sockets in it are.
        kernel: Words for the kernel's command line, after the image's own.
        snapshot: The name of one on the disk, to go on from there.
        units: More units that its firmware brings along.
        processors: QEMU's words for them.
    """

    def __init__(
        self,
        image: Image,
        disk: Path,
        scratch: Path,
        *,
        kernel: Sequence[str] = (),
        snapshot: str = "",
        units: Mapping[str, str] | None = None,
        processors: Sequence[str] = PROCESSORS,
    ) -> None:
        self.scratch = scratch
        self.serial = scratch / "serial.log"
        log = (scratch / "qemu.log").open("wb")
        self._process = subprocess.Popen(
            [
                *("setpriv", "--pdeathsig", "KILL", "nice", "-n", str(_NICE)),
                *(image.board.program, *image.board.words),
                *processors,
                *("-m", "2048"),
                *("-kernel", image.kernel, "-initrd", image.initrd),
                *("-append", " ".join([*_words(image), *kernel, f"systemd.wants={_SHELL}"])),
                *("-drive", f"file={disk},if=none,id=disk,cache=writeback"),
                *("-device", "virtio-blk-pci,drive=disk"),
                *("-nodefaults", "-vga", "none", "-display", "none"),
                *("-device", "virtio-gpu-pci,xres=1280,yres=720"),
                *("-device", "virtio-keyboard-pci", "-device", "virtio-rng-pci"),
                *("-netdev", "user,id=net", "-device", "virtio-net-pci,netdev=net,id=wire"),
                *("-device", "virtio-serial-pci"),
                *("-chardev", f"socket,id=shell,path={scratch / 'shell'},server=on,wait=off"),
                *("-device", f"virtserialport,chardev=shell,name={PORT}"),
                *("-serial", f"file:{self.serial}", "-no-reboot", "-S"),
                *("-qmp", f"unix:{scratch / 'qmp'},server=on,wait=off"),
                *_firmware(scratch, {_SHELL: UNIT} | dict(units or {})),
                *(["-loadvm", snapshot] if snapshot else []),
            ],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        log.close()
        until(self._listens, "QEMU's monitor", 60.0)
        self.monitor = Monitor(scratch / "qmp")
        self.shell = Shell(scratch / "shell")
        self.monitor.do("cont")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.pull_the_plug()

    def ask(self, command: str, seconds: float = 120.0) -> tuple[int, str]:
        """Run a command of the shell inside; its exit code and what it said."""
        return self.shell.ask(command, seconds)

    def press(self, *keys: str) -> None:
        """Press keys of the keyboard, one after the other (QEMU's qcodes)."""
        for key in keys:
            self.monitor.key(key, down=True)
            self.monitor.key(key, down=False)

    def look(self, name: str = "tv.png") -> Path:
        """What the TV shows, as a PNG."""
        picture = self.scratch / name
        self.monitor.do("screendump", filename=str(picture), format="png")
        return picture

    def plug_network(self, *, into: bool) -> None:
        """Plug the network's cable in, or pull it."""
        self.monitor.do("set_link", name="wire", up=into)

    def save(self, snapshot: str) -> None:
        """Keep the whole machine on its disk, as it is now.

        Raises:
            AssertionError: It could not be kept.
        """
        refused = self.monitor.say(f"savevm {snapshot}")
        assert not refused, refused

    def alive(self) -> bool:
        """Whether it is still switched on."""
        return self._process.poll() is None

    def pull_the_plug(self) -> None:
        """No power, from one moment to the next: what the kernel had not written is gone."""
        self._process.send_signal(signal.SIGKILL)
        self._process.wait(60)
        if hasattr(self, "shell"):
            self.shell.close()
        if hasattr(self, "monitor"):
            self.monitor.close()

    def _listens(self) -> bool:
        assert self.alive(), f"QEMU ended: {(self.scratch / 'qemu.log').read_text('utf-8')}"
        return (self.scratch / "qmp").exists() and (self.scratch / "shell").exists()


def _words(image: Image) -> tuple[str, ...]:
    """The image's command line in this machine; emulated, nothing is gained by mending processors."""
    return (image.command_line, f"console={image.board.console}", "mitigations=off")


def _firmware(scratch: Path, units: Mapping[str, str]) -> list[str | os.PathLike[str]]:
    words: list[str | os.PathLike[str]] = []
    for number, (name, text) in enumerate(units.items()):
        file = scratch / f"unit-{number}"
        file.write_text(text, "utf-8")
        words += ["-fw_cfg", f"name=opt/io.systemd.credentials/systemd.extra-unit.{name},file={file}"]
    return words
