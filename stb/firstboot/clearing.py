"""Taking off the card what came into effect: its secrets, and the files of Raspberry Pi Imager.

The card's first partition is FAT, without a journal, and power may be cut at any moment. So what is to be
done stands in a list on the data partition before anything is done, and is done again from the start until
the list is gone. A file's new text is written beside it; then the old one is overwritten where it lies,
because on FAT the secrets of a file that was merely replaced can be read by whoever looks for them; then the
new one takes its name. A file that somebody wrote anew meanwhile is left to the next reading.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path

from stb.settings.writing import settle, write

_BLANK = b"\n" * 64
"""So begins a file that was being overwritten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What becomes of one file: another text, another name, or nothing."""

    name: str
    was: str
    """Hash of what was in it when it was read."""
    text: str | None = None
    renamed: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Clearing:
    """Where the changes are done, and where they are noted."""

    card: Path
    todo: Path
    """On the data partition: the list."""
    mark: Path
    """As above: the hashes of files as the box left them, for ``sha256sum --check``."""

    def begin(self, changes: Iterable[Change]) -> None:
        """Note what is to be done; from now on it is done, now or at the next boot.

        Raises:
            SettingsError: the data partition does not let itself be written.
        """
        write(self.todo, json.dumps([asdict(change) for change in changes]).encode())

    def end(self) -> None:
        """Do what is noted; nothing where nothing is.

        Raises:
            SettingsError, OSError: a partition does not let itself be written.
        """
        if not self.todo.exists():
            return
        for change in json.loads(self.todo.read_bytes()):
            self._do(Change(**change))
        self.todo.unlink()
        settle(self.todo.parent)

    def is_left(self, name: str) -> bool:
        """Whether a file is there, and as the box left it."""
        path = self.card / name
        if not (path.exists() and self.mark.exists()):
            return False
        return self.mark.read_text("ascii", "replace").startswith(digest(path))

    def _do(self, change: Change) -> None:
        path = self.card / change.name
        if change.text is not None:
            self._replace(path, change)
        elif path.exists() and _is_as_read(path, change):
            if change.renamed:
                path.replace(self.card / change.renamed)
            else:
                _wipe(path)
                path.unlink()
            settle(self.card)

    def _replace(self, path: Path, change: Change) -> None:
        text = (change.text or "").encode("utf-8", "surrogateescape")
        there = path.exists()
        if there and path.read_bytes() != text:
            if not _is_as_read(path, change):
                return
            there = False
        if not there:
            new = path.with_name(f"{path.name}.new")
            _put(new, text)
            if path.exists():
                _wipe(path)
            new.replace(path)
            settle(self.card)
        write(self.mark, f"{sha256(text).hexdigest()}  {path}\n".encode())


def digest(path: Path) -> str:
    """SHA-256 of what is in a file, in hexadecimal."""
    return sha256(path.read_bytes()).hexdigest()


def _is_as_read(path: Path, change: Change) -> bool:
    """Nobody wrote it meanwhile but the box, which may have been cut short while it overwrote it."""
    text = path.read_bytes()
    return sha256(text).hexdigest() == change.was or text.startswith(_BLANK) or not text.strip()


def _put(path: Path, text: bytes) -> None:
    with path.open("wb") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def _wipe(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"\n" * os.fstat(file.fileno()).st_size)
        file.flush()
        os.fsync(file.fileno())
