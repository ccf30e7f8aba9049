"""The card for a Raspberry Pi, in the one QEMU knows: as far as the system is up, for it has no screen."""

import subprocess
import tempfile
from pathlib import Path

import pytest
from rig.card import SIZE
from rig.image import overlay
from rig.patience import until

UP = "Reached target multi-user.target"
BOOT = 900.0


@pytest.mark.qemu
def test_the_same_card_boots_on_a_raspberry_pi_3(image):
    tree = image.place / "bcm2837-rpi-3-b.dtb"
    if not tree.exists():
        pytest.skip(f"not run: {image.flavour} is not for a Raspberry Pi")
    # What is not emulated well: nobody answers vchiq, which stumbles; a watchdog that is set bites at once.
    words = (
        "systemd.show_status=1 console=ttyAMA0,115200 console=ttyS1,115200 module_blacklist=vchiq,bcm2835_wdt"
    )
    with tempfile.TemporaryDirectory(prefix="stb-pi-", dir="/var/tmp") as home:
        card = overlay(image.disk, Path(home) / "card.qcow2", SIZE)
        lines = [Path(home) / "0.log", Path(home) / "1.log"]
        machine = subprocess.Popen(
            [
                *("setpriv", "--pdeathsig", "KILL", "nice", "-n", "-5"),
                *("qemu-system-aarch64", "-M", "raspi3b", "-m", "1024", "-smp", "4"),
                *("-accel", "tcg,thread=multi", "-display", "none", "-no-reboot"),
                *("-kernel", image.kernel, "-initrd", image.initrd, "-dtb", tree),
                *("-append", f"{image.command_line} {words}", "-drive", f"file={card},format=qcow2,if=sd"),
                *(word for line in lines for word in ("-serial", f"file:{line}")),
            ],
            stdin=subprocess.DEVNULL,
        )
        try:
            until(lambda: is_up(machine, lines), UP, BOOT)
        finally:
            machine.kill()
            machine.wait(60)


def is_up(machine, lines):
    """Whether it says so; it must not have been switched off by itself."""
    assert machine.poll() is None, "\n".join(said(line)[-2000:] for line in lines)
    return any(UP in said(line) for line in lines)


def said(line):
    return line.read_text("utf-8", "replace") if line.exists() else ""
