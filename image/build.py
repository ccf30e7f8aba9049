"""`make image FLAVOUR=NAME`: makes an image, or takes it out of the cache."""

import argparse
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from image import base, boot, disk, flavour, icon, inputs, papers, tree
from image.flavour import Flavour

OUT = Path(__file__).parent / "out"
"""Where images are found, by flavour."""


def cache() -> Path:
    """Name the directory of what took long to make."""
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "stb" / "image"


def main() -> int:
    """Make what the command line asks for."""
    parser = argparse.ArgumentParser(prog="make image", description=__doc__)
    parser.add_argument("flavour", choices=flavour.names())
    parser.add_argument(
        "--hash", action="store_true", help="say the image's name in the cache, and make nothing"
    )
    asked = parser.parse_args()
    made = flavour.read(asked.flavour)
    if os.geteuid() != 0 and not asked.hash:
        print("make image: its files are root's, so root has to make it: sudo make image", file=sys.stderr)
        return 1
    try:
        word = inputs.whole(made, inputs.epoch())
        if asked.hash:
            print(word)
            return 0
        show(made, take(made, word))
    except subprocess.CalledProcessError as error:
        print(f"make image: {error.cmd[0]} failed, and says why above", file=sys.stderr)
        return 1
    except ValueError as error:
        print(f"make image: {error}", file=sys.stderr)
        return 1
    return 0


def take(made: Flavour, word: str) -> Path:
    """Name the directory of an image in the cache, made there if it is not there yet."""
    kept = cache() / word
    if (kept / "build.json").exists():
        return kept
    cache().mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="stb-image-", dir="/var/tmp") as scratch:
        unfinished = Path(scratch) / "kept"
        unfinished.mkdir()
        facts = make(made, inputs.epoch(), Path(scratch), unfinished)
        _write_json(unfinished / "build.json", {"flavour": made.name, "inputs": word, **facts})
        _forget(made)
        shutil.rmtree(kept, ignore_errors=True)
        shutil.move(unfinished, kept)
    return kept


def make(made: Flavour, epoch: int, scratch: Path, target: Path) -> dict[str, Any]:
    """Make all files of an image.

    Args:
        made: What it is.
        epoch: Its date, in seconds since 1970.
        scratch: An empty directory with room for a few gigabytes.
        target: The directory where they go.

    Returns:
        What is known of it: sizes in bytes, seconds, the kernel's command line.
    """
    clock = Clock()
    root, first = scratch / "root", scratch / "first"
    with clock.of("packages"):
        packages = _kept(f"base-{made.name}", inputs.base(made), lambda path: base.make(made, path))
    with clock.of("tree"):
        tree.unpack(packages, root)
        tree.furnish(root, made, epoch)
        parts = tree.installed(root)
    with clock.of("initramfs"):
        initrd = _kept(
            f"initrd-{made.name}",
            inputs.initramfs(made),
            lambda path: path.write_bytes(tree.first_file_system(root, made)),
        )
        shutil.copyfile(initrd, target / "initrd.img")
    shutil.copyfile(root / "boot" / f"vmlinuz-{tree.kernel(root)}", target / "vmlinuz")
    boot.lay_out(root, made, target / "vmlinuz", target / "initrd.img", first)
    for device_tree in boot.device_trees(root):
        shutil.copyfile(device_tree, target / device_tree.name)
    with clock.of("finish"):
        tree.drop(root, made.dropped, made.architecture)
        tree.date(root, epoch)
    with clock.of("root"):
        disk.pack_tree(root, target / "root.tar")
        disk.pack_root(root, target / "root.img", made.level)
    with clock.of("disk"):
        disk.assemble(first, target / "root.img", scratch / "disk", target / "stb.img", epoch)
    with clock.of("compress"):
        disk.compress(target / "stb.img", target / "stb.img.zst")
    return _describe(made, epoch, parts, target) | {"seconds": clock.seconds}


def _describe(made: Flavour, epoch: int, parts: tuple[papers.Package, ...], target: Path) -> dict[str, Any]:
    """Write down what is in an image, and say how large it is."""
    version = tree.version()
    image, packed = target / "stb.img", target / "stb.img.zst"
    hashed = {
        "file": packed.name,
        "size": image.stat().st_size,
        "sha256": disk.checksum(image),
        "packed_size": packed.stat().st_size,
        "packed_sha256": disk.checksum(packed),
    }
    (target / "manifest.txt").write_text(papers.manifest(parts))
    _write_json(target / "sbom.json", papers.sbom(made, version, parts, epoch))
    (target / icon.FILE).write_bytes(icon.draw())
    _write_json(target / "os-list.json", papers.os_list(made, version, hashed, epoch))
    return {
        "version": version,
        "epoch": epoch,
        "cmdline": boot.command_line(made, "a"),
        "sha256": hashed["sha256"],
        "sizes": {path.name: path.stat().st_size for path in sorted(target.iterdir())},
    }


def show(made: Flavour, kept: Path) -> None:
    """Put an image of the cache where images are found."""
    shown = OUT / made.name
    shutil.rmtree(shown, ignore_errors=True)
    shown.mkdir(parents=True)
    for path in sorted(kept.iterdir()):
        try:
            (shown / path.name).hardlink_to(path)
        except OSError:  # another disk
            shutil.copyfile(path, shown / path.name)
    sizes = json.loads((kept / "build.json").read_text())["sizes"]
    told = ", ".join(f"{name} {sizes[name] // disk.MB} MB" for name in ("root.img", "stb.img.zst"))
    print(f"{shown}: {told}")


def _kept(name: str, word: str, maker: Callable[[Path], object]) -> Path:
    """Name a part in the cache, made there if it is not there yet; the one before it goes."""
    path = cache() / f"{name}-{word}"
    if not path.exists():
        unfinished = path.with_suffix(".part")
        maker(unfinished)
        for old in cache().glob(f"{name}-*"):
            if old != unfinished:
                old.unlink()
        unfinished.rename(path)
    return path


def _forget(made: Flavour) -> None:
    """Remove what the cache has of a flavour's earlier images."""
    for facts in cache().glob("*/build.json"):
        if json.loads(facts.read_text())["flavour"] == made.name:
            shutil.rmtree(facts.parent)


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=2) + "\n")


class Clock:
    """How long each step took, in seconds."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def of(self, step: str) -> Iterator[None]:
        """Time a step, and say that it begins."""
        print(f"make image: {step}", flush=True)
        began = time.monotonic()
        yield
        self.seconds[step] = round(time.monotonic() - began, 1)


if __name__ == "__main__":
    sys.exit(main())
