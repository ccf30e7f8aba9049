"""Boot a bare Debian and the image, one after the other on the same machine, and compare how long they take.

    PYTHONPATH=. .venv/bin/python tests/image/budget.py --flavour test-amd64 --bare DIR

DIR keeps the bare system between runs. Each is booted for the first time and once more. Seconds are the
emulated machine's own, from its kernel's first line; they say nothing about a board, their ratio does.
``--counted`` has its clock go by instructions (2 ns each, one processor): slower to do, and nearly the same
however busy this machine is.
"""

import argparse
import json
import subprocess
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rig.box import Box
from rig.card import BOOT, PATIENCE, Card
from rig.image import IMAGES, Bare, Image
from rig.machine import PROCESSORS, Machine
from rig.operator import Operator

from image.base import mirrors
from image.command import run

_BARE = (
    *("systemd-sysv", "udev", "dbus", "kmod", "initramfs-tools", "zstd", "e2fsprogs", "ifupdown"),
    *("dhcpcd-base", "login", "cron", "rsyslog", "iproute2"),
)
_KERNELS = {"test-amd64": ("amd64", "linux-image-amd64"), "debian-arm64": ("arm64", "linux-image-arm64")}
_SIZE = "1500M"
_WHAT = "systemd-analyze --no-pager blame | head -15; systemd-analyze --no-pager critical-chain stb.service"
_COUNTED = ("-accel", "tcg,thread=single", "-smp", "1", "-icount", "shift=1,sleep=on")
_COLUMNS = ("kernel", "up", "frame", "picture")
Times = Mapping[str, float]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Compare the image's boot with a bare Debian's.")
    parser.add_argument("--flavour", choices=tuple(IMAGES), default="test-amd64")
    parser.add_argument("--bare", type=Path, required=True, metavar="DIR")
    parser.add_argument("--counted", action="store_true", help="by instructions instead of by time")
    wish = parser.parse_args()
    image, processors = IMAGES[wish.flavour], _COUNTED if wish.counted else PROCESSORS
    bare = Bare(flavour=wish.flavour, board=image.board, kept=wish.bare)
    if not bare.disk.exists():
        _make(bare, *_KERNELS[wish.flavour])
    with (
        tempfile.TemporaryDirectory(prefix="stb-budget-", dir="/var/tmp") as home,
        Operator(Path(home)) as operator,
    ):
        told = _card(image, home, "told", operator.settings())
        rows = {
            "bare Debian": _twice(_card(bare, home, "bare"), processors, _nothing),
            "a card as it is": _twice(_card(image, home, "fresh"), processors, _frame),
            "one with an operator": _twice(told, processors, _picture),
        }
    _print("| | boot | kernel, initrd | multi-user | first frame | picture | first frame / bare |")
    _print("|---|---|---|---|---|---|---|")
    for name, boots in rows.items():
        for number, (boot, plain) in enumerate(zip(boots, rows["bare Debian"], strict=True), 1):
            cells = [f"{boot[what]:.1f} s" if what in boot else "-" for what in _COLUMNS]
            ratio = f"{boot['frame'] / plain['up']:.2f}" if "frame" in boot else "-"
            _print(f"| {name} | {number} | {' | '.join(cells)} | {ratio} |")


def _card(image: Image, home: str, name: str, told: str = "") -> Card:
    place = Path(home, name)
    place.mkdir()
    return Card(image, place, told=told)


def _twice(card: Card, processors: Sequence[str], read: Callable[[Machine, Box], Times]) -> Sequence[Times]:
    """Of the first boot and of the next."""
    times: list[Times] = []
    for _ in range(2):
        with card.insert(processors=processors) as machine:
            machine.shell.wait(BOOT)
            box = Box(machine, PATIENCE)
            box.until_unit("multi-user.target", "ActiveState", "active")
            seen = read(machine, box)
            began = machine.ask("systemctl show --value --property=UserspaceTimestampMonotonic")[1]
            up = box.unit("multi-user.target", "ActiveEnterTimestampMonotonic")
            times.append({"kernel": _seconds(began), "up": _seconds(up)} | dict(seen))
            _print(machine.ask(_WHAT)[1])
            machine.ask("sync")
    return times


def _nothing(_machine: Machine, _box: Box) -> Times:
    return {}


def _frame(machine: Machine, box: Box) -> Times:
    """As `stb doctor --boot` tells it."""
    box.until_unit("stb.service", "ActiveState", "active")
    stages = json.loads(machine.ask("stb doctor --boot --json")[1])["stages"]
    _print(machine.ask("stb doctor --boot")[1])
    at = {stage["name"]: stage["at"] for stage in stages if stage["at"] is not None}
    told = {"frame": at.get("first frame"), "picture": at.get("first picture")}
    return {name: seconds for name, seconds in told.items() if seconds is not None}


def _picture(machine: Machine, box: Box) -> Times:
    box.until("a picture", playing="playing")
    return _frame(machine, box)


def _print(text: str) -> None:
    print(text, flush=True)  # noqa: T201 # the table


def _seconds(microseconds: str) -> float:
    return int(microseconds.strip() or 0) / 1e6


def _make(bare: Bare, architecture: str, kernel: str) -> None:
    """Debian with a kernel, a network and a login, and nothing of ours."""
    bare.kept.mkdir(parents=True, exist_ok=True)
    targets = run("apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE)", "Created-By: Packages")
    fstab = 'echo "LABEL=bare / ext4 defaults 0 1" >"$1/etc/fstab"'
    with tempfile.TemporaryDirectory(prefix="stb-bare-", dir="/var/tmp") as root:
        subprocess.run(
            [
                *("mmdebstrap", "--variant=minbase", f"--architectures={architecture}", "--format=directory"),
                *(f"--include={','.join((*_BARE, kernel))}", '--aptopt=APT::Install-Recommends "false"'),
                *("--dpkgopt=path-exclude=/usr/share/man/*", "--dpkgopt=path-exclude=/usr/share/doc/*"),
                *("--dpkgopt=path-exclude=/usr/share/locale/*", f"--customize-hook={fstab}"),
                *("trixie", f"{root}/tree", *mirrors(targets, "trixie", ("main",))),
            ],
            check=True,
        )
        for name, target in (("vmlinuz-*", bare.kernel), ("initrd.img-*", bare.initrd)):
            (found,) = Path(root, "tree", "boot").glob(name)
            target.write_bytes(found.read_bytes())
        run("truncate", "-s", _SIZE, str(bare.disk))
        run("mke2fs", "-q", "-F", "-t", "ext4", "-L", "bare", "-d", f"{root}/tree", str(bare.disk))


if __name__ == "__main__":
    main()
