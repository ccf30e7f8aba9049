"""What the box keeps and nobody else is to read: who it is, and what operators gave it.

One small JSON file, mode 0600, ``{"section": {"name": "value"}}``. It is written beside itself and renamed,
so that after a power cut at any moment the old or the new one is there, whole.
"""

import json
import logging
import os
from pathlib import Path
from threading import Lock

from stb.errors import SettingsError

log = logging.getLogger(__name__)


class Vault:
    """Named texts in named sections. Threads may share one; only one process writes."""

    def __init__(self, path: Path) -> None:
        """Keep things in this file; it and its folder come to be with the first `put`."""
        self._path = path
        self._lock = Lock()

    def get(self, section: str, name: str) -> str:
        """What was put there; empty where nothing was.

        Raises:
            SettingsError: the file cannot be read.
        """
        with self._lock:
            return self._read().get(section, {}).get(name, "")

    def put(self, section: str, **values: str) -> None:
        """Put texts into a section, beside what is there; on the disk when this returns.

        Raises:
            SettingsError: the file cannot be written; what was there before still is.
        """
        with self._lock:
            contents = self._read()
            kept = contents.setdefault(section, {})
            if kept.items() >= values.items():
                return  # a card wears out with every write
            kept.update(values)
            self._write(json.dumps(contents, indent=1, sort_keys=True).encode())

    def _read(self) -> dict[str, dict[str, str]]:
        try:
            return _contents(self._path.read_bytes())
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise SettingsError(f"vault {self._path}: {error.strerror}") from error
        except (ValueError, RecursionError):
            self._set_aside()
            return {}

    def _set_aside(self) -> None:
        """Begin afresh, and leave what is left of the old one to whoever may still read something in it."""
        aside = self._path.with_name(self._path.name + ".damaged")
        log.error("vault damaged, set aside path=%s aside=%s", self._path, aside)
        try:
            self._path.replace(aside)
        except OSError as error:
            raise SettingsError(f"vault {self._path}: {error.strerror}") from error

    def _write(self, data: bytes) -> None:
        new = self._path.with_name(self._path.name + ".new")
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            new.unlink(missing_ok=True)  # what a power cut left; it may be anyone's
            with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            new.replace(self._path)
            _settle(self._path.parent)
        except OSError as error:
            raise SettingsError(f"vault {self._path}: {error.strerror}") from error


def _contents(data: bytes) -> dict[str, dict[str, str]]:
    contents = json.loads(data)
    sound = isinstance(contents, dict) and all(
        isinstance(section, dict) and all(isinstance(value, str) for value in section.values())
        for section in contents.values()
    )
    if not sound:
        raise ValueError
    return dict(contents)


def _settle(folder: Path) -> None:
    """Make a rename outlive a power cut: the folder's own entry goes to the disk too (rename(2))."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
