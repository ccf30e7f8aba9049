"""The television laid over Debian's packages: its program, its units, and files of the image's own."""

import hashlib
import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from image.base import EPOCH
from image.command import run
from image.flavour import Flavour

PROJECT = Path(__file__).parents[1]
ROOTFS = PROJECT / "image" / "rootfs"
_CARD = PROJECT / "image" / "boot" / "stb.toml"
_UNITS = ("etc/systemd/system", "usr/lib/systemd/system")
_KERNELS = ("initrd.img", "initrd.img.old", "vmlinuz", "vmlinuz.old")
_SKIPPED = ("__pycache__", ".gitkeep", ".gitignore")
_MODULES = """
import importlib, pkgutil, stb
for module in pkgutil.walk_packages(stb.__path__, "stb."):
    if "portal" not in module.name and not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""
_STARTER = '''\
#!/usr/bin/python3 -P
"""The television's command."""

import sys

from stb.cli import main

sys.exit(main())
'''
INITRAMFS = "MODULES=list\nCOMPRESS=zstd\nCOMPRESSLEVEL=19\nBUSYBOX=auto\n"


def unpack(base: Path, tree: Path) -> None:
    """Unpack the tree of packages."""
    tree.mkdir(parents=True)
    run("tar", "--numeric-owner", "-xpf", str(base), "-C", str(tree))
    tree.chmod(0o755)  # the directory's own, else only root could look into it


def furnish(tree: Path, flavour: Flavour, epoch: int) -> None:
    """Put the television into the tree, and take out what only put it together.

    Args:
        tree: Debian's packages, unpacked.
        flavour: What the image is.
        epoch: Seconds since 1970, the date of all that is laid into it.
    """
    _copy(PROJECT / "stb", tree / "usr/lib/stb/stb")
    _write(tree / "usr/bin/stb", _STARTER, 0o755)
    # Its own processes find it too (python3 -m stb ...).
    _write(tree / "usr/lib/python3/dist-packages/stb.pth", "/usr/lib/stb\n")
    # By it the first boot sees that nobody wrote on the card.
    flashed = hashlib.sha256(_CARD.read_bytes()).hexdigest()
    _write(tree / "usr/lib/stb/flashed.sha256", f"{flashed}  {_CARD.name}\n")
    _write(tree / "etc/modules-load.d/screen.conf", "".join(f"{module}\n" for module in flavour.screen))
    run("make", "-s", "-C", str(PROJECT), "install-files", f"DESTDIR={tree}")
    before = _units(tree)
    _copy(ROOTFS, tree)
    ours = {path.name for path in (PROJECT / "systemd").iterdir()} | (_units(tree) - before)
    _inside(tree, epoch, "systemd-sysusers")
    _systemctl(tree, "enable", *sorted(unit for unit in ours if _starts(tree, unit)))
    _systemctl(tree, "disable", *flavour.disabled)
    _inside(
        tree,
        epoch,
        *("python3", "-m", "compileall", "-q", "-f", "--invalidation-mode", "unchecked-hash", "/usr/lib/stb"),
    )
    # What the television wants of Debian's Python is there, or this is no image.
    _inside(tree, epoch, "python3", "-c", _MODULES)


def first_file_system(tree: Path, flavour: Flavour) -> bytes:
    """Make what the kernel starts with, which finds the root."""
    tools = tree / "etc/initramfs-tools"
    _write(tools / "conf.d/image", INITRAMFS)
    _write(tools / "modules", "".join(f"{module}\n" for module in flavour.modules))
    _inside(tree, EPOCH, "mkinitramfs", "-o", "/initrd.img", kernel(tree))
    made = tree / "initrd.img"
    content = made.read_bytes()
    made.unlink()
    return content


def version() -> str:
    """Tell the television's version."""
    (found,) = re.findall(
        r'^__version__ = "(.+)"$', (PROJECT / "stb/__init__.py").read_text("utf-8"), re.MULTILINE
    )
    return str(found)


def kernel(tree: Path) -> str:
    """Tell the kernel's release.

    Raises:
        ValueError: There is none, or there are several.
    """
    (release,) = (path.name for path in (tree / "usr/lib/modules").iterdir())
    return release


def installed(tree: Path) -> tuple[dict[str, str], ...]:
    """Read what packages are in the tree, each as dpkg's fields, by name."""
    text = (tree / "var/lib/dpkg/status").read_text("utf-8")
    packages = (dict(_fields(paragraph)) for paragraph in text.split("\n\n") if paragraph)
    there = (package for package in packages if package["Status"] == "install ok installed")
    return tuple(sorted(there, key=lambda package: package["Package"]))


def _fields(paragraph: str) -> Iterator[tuple[str, str]]:
    """Read a paragraph's fields of one line (Debian Policy 5.1)."""
    for line in paragraph.splitlines():
        if not line.startswith((" ", "\t")):
            name, _, value = line.partition(":")
            yield name, value.strip()


def drop(tree: Path, dropped: Mapping[str, str], architecture: str) -> None:
    """Take out packages that have done what they were there for; what is known of the others stays.

    Without dpkg, its database goes too.
    """
    info = tree / "var/lib/dpkg/info"
    for package in dropped:
        named = (info / f"{package}.list", info / f"{package}:{architecture}.list")
        for line in (
            next((path for path in named if path.exists()), Path(os.devnull)).read_text().splitlines()
        ):
            path = tree / line[1:]
            if path.is_symlink() or path.is_file():
                path.unlink()
    if "dpkg" in dropped:
        for leftover in ("var/lib/dpkg", "var/lib/apt", "etc/apt", "etc/dpkg", "etc/kernel"):
            shutil.rmtree(tree / leftover, ignore_errors=True)
    shutil.rmtree(tree / "etc/initramfs-tools", ignore_errors=True)
    shutil.rmtree(tree / "boot")
    (tree / "boot/firmware").mkdir(parents=True)
    for link in _KERNELS:
        (tree / link).unlink(missing_ok=True)
    # The same whether what finds the root was made here or taken out of the cache.
    (tree / "var/tmp").touch()


def date(tree: Path, epoch: int) -> None:
    """Give everything that is newer the date of the image."""
    late = [
        "find",
        str(tree),
        "-xdev",
        "-newermt",
        f"@{epoch}",
        "-exec",
        "touch",
        "-h",
        "-d",
        f"@{epoch}",
        "{}",
        "+",
    ]
    run(*late)


def _units(tree: Path) -> set[str]:
    return {path.name for place in _UNITS for path in (tree / place).glob("*.*")}


def _starts(tree: Path, unit: str) -> bool:
    """Whether it says itself what it belongs to; an instance is started by who needs it."""
    path = tree / "usr/lib/systemd/system" / unit
    return path.is_file() and "@." not in unit and "[Install]" in path.read_text("utf-8")


def _copy(source: Path, target: Path) -> None:
    """Copy a directory over another, whatever the rights of files in a checkout are."""
    for path in sorted(source.rglob("*")):
        if path.name in _SKIPPED or set(_SKIPPED) & set(path.parts):
            continue
        place = target / path.relative_to(source)
        if not (path.is_symlink() or path.is_file()):
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        if place.is_dir() and not place.is_symlink():
            place.rmdir()
        place.unlink(missing_ok=True)
        if path.is_symlink():
            place.symlink_to(path.readlink())
        else:
            shutil.copyfile(path, place)
            place.chmod(0o755 if os.access(path, os.X_OK) else 0o644)


def _write(path: Path, text: str, mode: int = 0o644) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    path.chmod(mode)


def _inside(tree: Path, epoch: int, *words: str) -> None:
    """Run one of the tree's own programs in it."""
    subprocess.run(
        ["chroot", str(tree), *words],
        check=True,
        env={
            "PATH": "/usr/sbin:/usr/bin",
            "LC_ALL": "C.UTF-8",
            "PYTHONHASHSEED": "0",
            "SOURCE_DATE_EPOCH": str(epoch),
        },
    )


def _systemctl(tree: Path, verb: str, *units: str) -> None:
    run("systemctl", "-q", f"--root={tree}", verb, *units)
