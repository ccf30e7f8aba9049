"""What an image is made of, as its flavour's file says it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FLAVOURS = Path(__file__).parent / "flavours"


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """A package archive besides Debian's.

    Attributes:
        name: A word of its address, by which it is known among those that apt on this machine knows.
        key: The file that it is signed with, on this machine.
        components: Parts of it, such as `main`.
        pins: What is taken from it, in the form of apt_preferences(5).
    """

    name: str
    key: str
    components: tuple[str, ...]
    pins: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flavour:
    """What an image is made of.

    Attributes:
        name: As in `make image FLAVOUR=`.
        architecture: Debian's name of it, such as `arm64`.
        suite: Debian's release.
        components: Parts of Debian's archive.
        packages: Debian's packages, and why each is there.
        without: Patterns of files that no package may put down, and why (dpkg's `path-exclude`).
        keep: Patterns of files that stay all the same (dpkg's `path-include`).
        dropped: Packages that are taken out again at the end, and why.
        disabled: Units that are not started, and why.
        archive: Where packages come from besides Debian.
        modules: Kernel modules that the first file system carries.
        screen: Kernel modules that draw, loaded before all devices are gone through.
        machine: What the disk is for: `pi` has the Raspberry Pi's firmware, `virtual` a kernel alone.
        command_line: What the kernel is told besides what all are told.
        config: Lines of config.txt besides what all boards have.
        level: How hard the root is packed, as zstd counts: 1 is quick, 19 small.
        boards: Those that it starts on, by Raspberry Pi Imager's names.
    """

    name: str
    architecture: str
    suite: str
    components: tuple[str, ...]
    packages: Mapping[str, str]
    without: Mapping[str, str]
    keep: Mapping[str, str]
    dropped: Mapping[str, str]
    disabled: Mapping[str, str]
    archive: Archive | None
    modules: tuple[str, ...]
    screen: tuple[str, ...]
    machine: str
    command_line: str
    config: str
    level: int
    boards: tuple[str, ...]


def read(name: str) -> Flavour:
    """Read `flavours/NAME.toml` and the layers below it.

    Raises:
        FileNotFoundError: There is no such flavour.
        TypeError: A word in its file is not known, or one is missing.
    """
    said = _layered(name)
    archive = said.pop("archive", None)
    return Flavour(
        name=name,
        archive=Archive(**_tuples(archive)) if archive else None,
        **_tuples(said),
    )


def names() -> tuple[str, ...]:
    """Tell which flavours there are: those that name an architecture, themselves or below them."""
    found = (path.stem for path in sorted(FLAVOURS.glob("*.toml")))
    return tuple(name for name in found if "architecture" in _layered(name))


def merge(below: Mapping[str, Any], above: Mapping[str, Any]) -> dict[str, Any]:
    """Lay one table over another: tables are merged, lists grow, a word replaces a word.

    A package or file of the layer below whose reason is the empty string above is taken out.
    """
    merged = dict(below)
    for word, value in above.items():
        held = merged.get(word)
        if isinstance(held, dict) and isinstance(value, dict):
            merged[word] = {key: text for key, text in {**held, **value}.items() if text != ""}
        elif isinstance(held, list) and isinstance(value, list):
            merged[word] = held + value
        else:
            merged[word] = value
    return merged


def _layered(name: str) -> dict[str, Any]:
    own = tomllib.loads((FLAVOURS / f"{name}.toml").read_text())
    below = own.pop("over", None)
    return own if below is None else merge(_layered(below), own)


def _tuples(said: Mapping[str, Any]) -> dict[str, Any]:
    return {word: tuple(value) if isinstance(value, list) else value for word, value in said.items()}
