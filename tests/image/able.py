"""Say in one line why no container boots on this machine; nothing where one does.

    .venv/bin/python tests/image/able.py

What is booted is an empty tree with this machine's own systemd, which ends at once. It wants of the machine
what the image's tree wants, and takes two seconds, before anything is made that takes minutes.
"""

import os
import shutil
import tempfile
from pathlib import Path

from rig.container import BOOT, Container

_OWN = ("bin", "sbin", "lib", "lib64")


def hindrance() -> str:
    """Why no container boots here; empty where one does."""
    if os.geteuid() != 0:
        return "a container wants root"
    if not shutil.which("systemd-nspawn"):
        return "systemd-nspawn is not installed (systemd-container)"
    with tempfile.TemporaryDirectory(prefix="stb-able-", dir="/var/tmp") as home:
        tree, scratch = Path(home) / "tree", Path(home) / "scratch"
        scratch.mkdir()
        _lay_out(tree)
        words = ["systemd.unit=exit.target"]
        with Container(tree, scratch, binds={"/usr": Path("/usr")}, kernel=words) as room:
            if room.ends_well(BOOT):
                return ""
            told = [line for line in room.console().splitlines() if line.strip()]
    return f"an empty container does not boot here: {'; '.join(told[-3:])}"


def _lay_out(tree: Path) -> None:
    """As little as systemd-nspawn takes for a system."""
    for directory in ("usr", "etc"):
        (tree / directory).mkdir(parents=True)
    (tree / "etc/os-release").touch()
    for name in _OWN:
        (tree / name).symlink_to(f"usr/{name}")


if __name__ == "__main__":
    print(hindrance())  # noqa: T201 # it is asked what it is
