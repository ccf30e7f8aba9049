"""Boot a bare Debian and the image, one after the other on the same machine, and compare how long they take.

    PYTHONPATH=. .venv/bin/python tests/image/budget.py --flavour test-amd64 --bare DIR

DIR keeps the bare system between runs. Seconds are the emulated machine's own, from its kernel's first line;
they say nothing about a board, their ratio does.
"""

import argparse
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from rig.box import Box
from rig.card import BOOT, PATIENCE, Card
from rig.image import IMAGES, Bare, Image

from image.base import mirrors
from image.command import run

_BARE = (
    *("systemd-sysv", "udev", "dbus", "kmod", "initramfs-tools", "zstd", "e2fsprogs", "ifupdown"),
    *("dhcpcd-base", "login", "cron", "rsyslog", "iproute2"),
)
_KERNELS = {"test-amd64": ("amd64", "linux-image-amd64"), "debian-arm64": ("arm64", "linux-image-arm64")}
_SIZE = "1500M"
_WHAT = "systemd-analyze --no-pager blame | head -15; systemd-analyze --no-pager critical-chain stb.service"


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description="Compare the image's boot with a bare Debian's.")
    parser.add_argument("--flavour", choices=tuple(IMAGES), default="test-amd64")
    parser.add_argument("--bare", type=Path, required=True, metavar="DIR")
    wish = parser.parse_args()
    image = IMAGES[wish.flavour]
    bare = Bare(flavour=wish.flavour, board=image.board, kept=wish.bare)
    if not bare.disk.exists():
        _make(bare, *_KERNELS[wish.flavour])
    rows = {"bare Debian": _boot(bare, "multi-user.target"), "the image": _boot(image, "stb.service")}
    print("| | kernel and initrd | multi-user.target | first frame |\n|---|---|---|---|")  # noqa: T201
    for name, row in rows.items():
        cells = (f"{row[what]:.1f} s" if what in row else "-" for what in ("kernel", "up", "frame"))
        print(f"| {name} | {' | '.join(cells)} |")  # noqa: T201
    print(f"\nfirst frame / bare multi-user: {rows['the image']['frame'] / rows['bare Debian']['up']:.2f}")  # noqa: T201


def _boot(image: Image, unit: str) -> Mapping[str, float]:
    with (
        tempfile.TemporaryDirectory(prefix="stb-budget-", dir="/var/tmp") as home,
        Card(image, Path(home)).insert() as machine,
    ):
        machine.shell.wait(BOOT)
        box = Box(machine, PATIENCE)
        for awaited in (unit, "multi-user.target"):
            box.until_unit(awaited, "ActiveState", "active")
        began = machine.ask("systemctl show --value --property=UserspaceTimestampMonotonic")[1]
        times = {"kernel": _seconds(began)}
        for name, awaited in (("up", "multi-user.target"), ("frame", "stb.service")):
            times[name] = _seconds(box.unit(awaited, "ActiveEnterTimestampMonotonic"))
        print(machine.ask(_WHAT)[1])  # noqa: T201
        return {name: seconds for name, seconds in times.items() if seconds}


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
