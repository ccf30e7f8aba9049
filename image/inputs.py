"""What an image depends on, as one word: the same word, the same image."""

import hashlib
import os
import subprocess
from collections.abc import Iterable
from pathlib import Path

from image.base import LAST, command
from image.flavour import Flavour
from image.tree import INITRAMFS

PROJECT = Path(__file__).parents[1]
_LAID_IN = ("config", "image", "stb", "systemd")
_NOT_LAID_IN = {"__pycache__", "out"}
_WORD = 16


def base(flavour: Flavour) -> str:
    """Name what the tree of packages is made of: the words of who makes it, but for where he gets them."""
    words = command(flavour, (), Path("tools"), Path("last"), Path("target"))
    return _digest("\0".join(words).encode(), repr(flavour.archive).encode(), LAST.read_bytes())


def initramfs(flavour: Flavour) -> str:
    """Name what finds the root is made of."""
    hooks = PROJECT / "image/rootfs/etc/initramfs-tools"
    return _digest(
        base(flavour).encode(),
        repr(flavour.modules).encode(),
        INITRAMFS.encode(),
        *_contents(files(hooks), hooks),
    )


def whole(flavour: Flavour, epoch: int) -> str:
    """Name what the whole image is made of."""
    laid = (path for name in _LAID_IN for path in files(PROJECT / name))
    rest = [PROJECT / "Makefile", PROJECT / "pyproject.toml"]
    return _digest(f"{flavour.name} {epoch}".encode(), *_contents([*laid, *rest], PROJECT))


def epoch() -> int:
    """Tell when the image's sources were last changed, in seconds since 1970.

    That is `SOURCE_DATE_EPOCH` (reproducible-builds.org), or the last commit that touched them.

    Raises:
        ValueError: Neither is known.
    """
    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    asked = ["git", "-C", str(PROJECT), "log", "-1", "--format=%ct", "--", *_LAID_IN]
    told = subprocess.run(asked, check=False, capture_output=True, text=True).stdout.strip()
    if not told:
        raise ValueError("This is no checkout of git: say when its sources were made, in SOURCE_DATE_EPOCH.")
    return int(told)


def files(directory: Path) -> list[Path]:
    """List the files below a directory, in a fixed order, without what builds left there."""
    return sorted(
        path
        for path in directory.rglob("*")
        if path.is_file() and not _NOT_LAID_IN & set(path.relative_to(directory).parts)
    )


def _contents(paths: Iterable[Path], root: Path) -> Iterable[bytes]:
    for path in paths:
        yield f"{path.relative_to(root)} {os.access(path, os.X_OK)}".encode()
        yield path.read_bytes()


def _digest(*parts: bytes) -> str:
    total = hashlib.sha256()
    for part in parts:
        total.update(hashlib.sha256(part).digest())
    return total.hexdigest()[:_WORD]
