"""Debian's packages as a tree, in one archive that is kept until another package is wanted."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from image.command import run
from image.flavour import Archive, Flavour

EPOCH = 1_754_697_600
"""The day Debian 13 came out: no file of its packages has a later date here, whenever they were built."""

# What runs in a foreign tree is emulated, which takes twenty times as long. What packs and unpacks is the
# same on every machine, so this machine's own does it; what `whole.sh` makes for the whole tree waits for it.
_NATIVE = ("dpkg-deb", "tar", "rm")
_LATER = ("py3compile", "py3clean", "fc-cache", "depmod")
_LOADER = "/lib64/ld-linux-x86-64.so.2"
_TOOLS = ".builder"
_PINS = "etc/apt/preferences.d/image"
_THEIRS = "raspberrypi"
LAST = Path(__file__).parent / "whole.sh"
_PATH = f"/{_TOOLS}:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def mirrors(targets: str, suite: str, components: tuple[str, ...]) -> tuple[str, ...]:
    """Name the archives of a release, at the mirrors that this machine uses for its own.

    Args:
        targets: What `apt-get indextargets --format '$(REPO_URI) $(RELEASE)'` says.
        suite: The release that is wanted.
        components: Parts of it.

    Returns:
        Lines of apt's `sources.list`, in a fixed order.

    Raises:
        ValueError: This machine knows no archive of Debian's.
    """
    lines = set()
    for target in targets.splitlines():
        address, _, release = target.partition(" ")
        _, hyphen, pocket = release.partition("-")
        ours = address.rstrip("/").endswith(("/debian", "/debian-security")) and _THEIRS not in address
        if ours and "backports" not in pocket:
            lines.add(f"deb {address} {suite}{hyphen}{pocket} {' '.join(components)}")
    if not lines:
        raise ValueError("apt on this machine knows no mirror of Debian: see /etc/apt/sources.list.d")
    return tuple(sorted(lines))


def others(targets: str, suite: str, archive: Archive) -> str:
    """Name an archive besides Debian's, where apt on this machine knows it.

    Args:
        targets: As for `mirrors`.
        suite: The release that is wanted.
        archive: What is taken from where.

    Raises:
        ValueError: Apt on this machine does not know it.
    """
    for target in targets.splitlines():
        address, _, _ = target.partition(" ")
        if archive.name in address:
            return f"deb [signed-by={archive.key}] {address} {suite} {' '.join(archive.components)}"
    raise ValueError(
        f"apt on this machine knows no archive of {archive.name}: this flavour cannot be made here"
    )


def sources(flavour: Flavour) -> tuple[str, ...]:
    """Name all archives that a flavour's packages come from, as lines of apt's `sources.list`.

    Raises:
        ValueError: This machine does not know them.
    """
    targets = run("apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE)", "Created-By: Packages")
    debians = mirrors(targets, flavour.suite, flavour.components)
    if flavour.archive is None:
        return debians
    return (*debians, others(targets, flavour.suite, flavour.archive))


def command(
    flavour: Flavour, sources: tuple[str, ...], tools: Path, last: Path, target: Path
) -> Iterator[str]:
    """Say mmdebstrap's command line, word by word.

    Args:
        flavour: What is wanted.
        sources: Lines of apt's `sources.list`.
        tools: A directory that is copied over the tree when that is unpacked.
        last: A program that is run at the end, with the tree as its argument.
        target: The archive.
    """
    yield from ("mmdebstrap", "--variant=minbase", f"--architectures={flavour.architecture}")
    yield f"--include={','.join(sorted(flavour.packages))}"
    for option in (
        'APT::Install-Recommends "false"',
        'Acquire::Languages "none"',
        'Acquire::Check-Valid-Until "false"',
        'Acquire::Check-Date "false"',
        f'DPkg::Path "{_PATH}"',
    ):
        yield f"--aptopt={option}"
    yield "--dpkgopt=force-unsafe-io"
    yield from (f"--dpkgopt=path-exclude={pattern}" for pattern in flavour.without)
    yield from (f"--dpkgopt=path-include={pattern}" for pattern in flavour.keep)
    if flavour.archive is not None:
        yield f'--setup-hook=install -D -m 644 {tools}/{_PINS} "$1"/{_PINS}'
    yield f'--extract-hook=cp -a {tools}/. "$1"/'
    yield f"--customize-hook={last}"
    yield from ("--format=tar", flavour.suite, str(target), *sources)


def make(flavour: Flavour, target: Path) -> None:
    """Fetch the packages, and write the tree they make as a tar archive.

    Raises:
        subprocess.CalledProcessError: A tool failed; it said why.
    """
    with TemporaryDirectory(prefix="stb-tools-") as directory:
        tools = Path(directory)
        if flavour.archive is not None:
            (tools / _PINS).parent.mkdir(parents=True)
            (tools / _PINS).write_text(flavour.archive.pins)
        _lay_out(tools, foreign=flavour.architecture != run("dpkg", "--print-architecture").strip())
        first, *words = command(flavour, sources(flavour), tools, LAST, target)
        subprocess.run(
            [first, *_reached(), *words],
            check=True,
            env={**os.environ, "PATH": f"{_PATH}", "LC_ALL": "C.UTF-8", "SOURCE_DATE_EPOCH": str(EPOCH)},
        )


def _reached() -> Iterator[str]:
    """Have mmdebstrap reach mirrors as apt on this machine does, by a proxy perhaps."""
    asked = ("apt-config", "dump", "--no-empty", "--format", '%f "%v";%n', "Acquire::http", "Acquire::https")
    yield from (f"--aptopt={line}" for line in run(*asked).splitlines() if line)


def _lay_out(tools: Path, *, foreign: bool) -> None:
    """Put together what is copied over the tree while packages are unpacked in it."""
    (tools / _TOOLS).mkdir()
    for name in _LATER:
        (tools / _TOOLS / name).symlink_to("/bin/true")
    if not foreign or os.uname().machine != "x86_64":
        return
    for name in _NATIVE:
        program = Path(shutil.which(name) or name)
        _copy(program, tools / _TOOLS / name)
        for library in run("ldd", str(program)).split():
            if library.startswith("/lib/x86_64-linux-gnu/"):
                _copy(Path(library), tools / "usr" / library[1:])
    _copy(Path(_LOADER), tools / "usr" / _LOADER[1:])
    (tools / "lib64").symlink_to("usr/lib64")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if not target.exists():
        shutil.copy(source, target)
