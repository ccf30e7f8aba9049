"""What the box keeps and nobody else is to read: who it is, and what operators gave it.

One small JSON file, mode 0600, replaced as a whole so that a power cut leaves the old or the new one::

    {"open": {"box": {"duid": "..."}}, "sealed": "base64 of all other sections, sealed"}

The section `BOX` is not sealed: who the box is must outlive its board, and is no secret (it stands on the
screen). What sealing protects from, and what not: `stb.settings.seal`. A file that another board sealed is
set aside as ``.other-board``, and the other sections are begun anew; the file of an older version, without a
seal, is read, and sealed when next written.
"""

import fcntl
import json
import logging
import os
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock

from stb.errors import SettingsError
from stb.settings.seal import Seal, WrongSeal
from stb.settings.writing import set_aside, write

log = logging.getLogger(__name__)

BOX = "box"
"""The section that is not sealed: who the box is."""
_ABOUT = b"stb vault"
Contents = dict[str, dict[str, str]]


class Vault:
    """Named texts in named sections. Threads may share one; several processes may write."""

    def __init__(self, path: Path, seal: Seal) -> None:
        """Keep things in this file; it and its folder come to be with the first `put`."""
        self._path = path
        self._seal = seal
        self._lock = Lock()
        self.damaged = False
        """Whether the file was found damaged, set aside and begun anew."""

    def get(self, section: str, name: str) -> str:
        """What was put there; empty where nothing was.

        Raises:
            SettingsError: the file cannot be read.
        """
        return self.section(section).get(name, "")

    def section(self, section: str) -> dict[str, str]:
        """All that was put into a section.

        Raises:
            SettingsError: the file cannot be read.
        """
        try:
            return self._look(only_open=section == BOX).get(section, {})
        except (_DamagedError, WrongSeal):
            with self._alone():
                return self._read().get(section, {})

    def put(self, section: str, **values: str) -> None:
        """Put texts into a section, beside what is there; on the disk when this returns.

        Raises:
            SettingsError: the file cannot be written; what was there before still is.
        """
        with self._alone():
            contents = self._read()
            kept = contents.setdefault(section, {})
            if kept.items() >= values.items():
                return  # a card wears out with every write
            kept.update(values)
            write(self._path, self._sealed(contents))

    def forget(self, section: str) -> None:
        """Take a section away, with all that was put into it.

        Raises:
            SettingsError: the file cannot be written; the section is still there.
        """
        with self._alone():
            contents = self._read()
            if contents.pop(section, None) is not None:
                write(self._path, self._sealed(contents))

    def _sealed(self, contents: Contents) -> bytes:
        secret = {name: section for name, section in contents.items() if name != BOX}
        document: dict[str, object] = {"open": {BOX: contents.get(BOX, {})}}
        if secret:
            with self._lock:
                token = self._seal.close(json.dumps(secret, sort_keys=True).encode(), _ABOUT)
            document["sealed"] = b64encode(token).decode("ascii")
        return json.dumps(document, indent=1, sort_keys=True).encode()

    def _read(self) -> Contents:
        """What is in the file; one that nobody can read is set aside, so only `_alone`."""
        try:
            return self._look()
        except _DamagedError:
            aside = set_aside(self._path, "damaged")
            self.damaged = True
            log.error("vault damaged, set aside path=%s aside=%s", self._path, aside)  # noqa: TRY400
            return {}
        except WrongSeal:
            contents = self._look(only_open=True)
            aside = set_aside(self._path, "other-board")
            log.warning("vault sealed by another board, set aside path=%s aside=%s", self._path, aside)
            write(self._path, self._sealed(contents))
            return contents

    def _look(self, *, only_open: bool = False) -> Contents:
        """What is in the file, which is replaced as a whole: a look needs no lock.

        Raises:
            _DamagedError, WrongSeal: nobody can read it, or only its own board.
        """
        try:
            document = json.loads(self._path.read_bytes())
            if not _is_sealed(document):
                return _contents(document)
            contents = _contents(document["open"])
            return contents if only_open else contents | self._opened(document.get("sealed", ""))
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise SettingsError(f"vault {self._path}: {error.strerror}") from error
        except (ValueError, TypeError, RecursionError):
            raise _DamagedError from None

    def _opened(self, sealed: str) -> Contents:
        if not sealed:
            return {}
        with self._lock:
            return _contents(json.loads(self._seal.open(b64decode(sealed, validate=True), _ABOUT)))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes of the box from writing meanwhile: each would lose what the other put."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = self._path.with_name(f"{self._path.name}.lock")
            descriptor = os.open(lock, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise SettingsError(f"vault {self._path}: {error.strerror}") from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)  # threads too: each has a descriptor of its own
            yield
        finally:
            os.close(descriptor)


class _DamagedError(Exception):
    """What is in the file was not written by a vault."""


def _is_sealed(document: object) -> bool:
    """Of two versions; the older one had sections at its top, of which none was called ``sealed``."""
    return (
        isinstance(document, dict)
        and isinstance(document.get("open", None), dict)
        and (document.keys() <= {"open", "sealed"})
    )


def _contents(document: object) -> Contents:
    """The sections.

    Raises:
        ValueError: they are none.
    """
    sound = isinstance(document, dict) and all(
        isinstance(section, dict) and all(isinstance(value, str) for value in section.values())
        for section in document.values()
    )
    if not isinstance(document, dict) or not sound:
        raise ValueError
    return dict(document)
