"""What the kernel's keys mean to the box: ``config/keymaps/*.toml``, and what the viewer taught it laid over.

[keys]
KEY_ENTER = "OK"        # the kernel's name (input-event-codes.h) = one of ours
SCAN_E3F = "LEFT"       # a code of the remote that the kernel has no key for
"""

import logging
import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from stb.errors import KeymapError
from stb.model import Key

_log = logging.getLogger(__name__)

Table = Mapping[str, Key]
"""Kernel names, and what they mean."""

_NAME = re.compile(r"KEY_[A-Z0-9_]+|SCAN_[0-9A-F]{1,8}")
_HEAD = "# What the viewer taught the box about the remote. Written by the box.\n[keys]\n"


@dataclass(frozen=True, slots=True)
class Keymap:
    """Two tables: the viewer's goes before the packaged one."""

    packaged: Table
    taught: Table = field(default_factory=dict)

    def meaning(self, names: Iterable[str]) -> Key | None:
        """What a key means that the kernel calls by these names; None: nothing."""
        names = tuple(names)
        return _first(self.taught, names) or _first(self.packaged, names)


def _first(table: Table, names: tuple[str, ...]) -> Key | None:
    return next((table[name] for name in names if name in table), None)


def parse(text: str, where: str) -> Table:
    """Read a keymap; ``where`` names the file in errors.

    Raises:
        KeymapError: ``.problems`` says all that is wrong with it.
    """
    try:
        document = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise KeymapError(where, problems=(str(error) or type(error).__name__,)) from error
    keys = document.get("keys", {})
    problems = [f"{name}: no such table, [keys] expected" for name in sorted(document.keys() - {"keys"})]
    if not isinstance(keys, dict):
        problems.append("keys: written as [keys] expected")
        keys = {}
    problems += [problem for name, value in keys.items() for problem in _faults(name, value)]
    if problems:
        raise KeymapError(where, problems=tuple(problems))
    return {name: Key(value) for name, value in keys.items()}


def _faults(name: str, value: object) -> Iterable[str]:
    if not _NAME.fullmatch(name):
        yield f"keys.{name}: a name like KEY_ENTER expected"
    if value not in Key.__members__:
        near = get_close_matches(str(value).upper(), Key.__members__, n=1)
        yield f"keys.{name}: no key of ours is {value!r}" + (f", did you mean {near[0]!r}?" if near else "")


def written(table: Table) -> str:
    """The table as a file that `parse` reads."""
    return _HEAD + "".join(f'{name} = "{key}"\n' for name, key in table.items())


class Keymaps:
    """The keymap in use. One thread may ask it what keys mean while another teaches it."""

    def __init__(self, packaged: Path, taught: Path, write: Callable[[Path, bytes], None]) -> None:
        """Read the folder of packaged keymaps and the box's own file, which ``write`` replaces whole.

        A box with a damaged file of its own goes on with the packaged ones, and says so in the log.

        Raises:
            KeymapError: a packaged keymap is wrong.
        """
        self._path = taught
        self._write = write
        self._keymap = Keymap(_packaged(packaged), _own(taught))

    def meaning(self, names: Iterable[str]) -> Key | None:
        """As `Keymap.meaning`."""
        return self._keymap.meaning(names)

    @property
    def taught(self) -> int:
        """How many keys the viewer taught."""
        return len(self._keymap.taught)

    def teach(self, table: Table) -> None:
        """Let keys mean this from now on, and write it down; what was taught before stays.

        Raises:
            StbError: it cannot be written; nothing changes.
        """
        taught = {**self._keymap.taught, **table}
        self._write(self._path, written(taught).encode())
        self._keymap = Keymap(self._keymap.packaged, taught)

    def forget(self) -> None:
        """Throw away all that was taught.

        Raises:
            KeymapError: it cannot be thrown away; nothing changes.
        """
        try:
            self._path.unlink(missing_ok=True)
        except OSError as error:
            raise KeymapError(str(self._path), problems=(error.strerror or str(error),)) from error
        self._keymap = Keymap(self._keymap.packaged)


def _packaged(folder: Path) -> Table:
    table: dict[str, Key] = {}
    for path in sorted(folder.glob("*.toml")):
        table.update(parse(path.read_text(encoding="utf-8"), str(path)))
    return table


def _own(path: Path) -> Table:
    try:
        return parse(path.read_text(encoding="utf-8"), str(path))
    except FileNotFoundError:
        return {}
    except KeymapError as error:
        _log.warning("keymap passed over: %s", error)
    except (OSError, UnicodeDecodeError) as error:
        _log.warning("keymap passed over path=%s: %s", path, error)
    return {}
