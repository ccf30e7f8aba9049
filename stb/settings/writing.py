"""Replacing a file so that after a power cut at any moment the old or the new one is there, whole."""

import os
from pathlib import Path

from stb.errors import SettingsError


def write(path: Path, data: bytes) -> None:
    """Write it beside itself, mode 0600, and rename; on the disk when this returns.

    Raises:
        SettingsError: it cannot be written; what was there before still is.
    """
    new = path.with_name(path.name + ".new")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new.unlink(missing_ok=True)  # what a power cut left; it may be anyone's
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        settle(path.parent)
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from error


def set_aside(path: Path, why: str) -> Path:
    """Begin afresh, and leave what is left of the old file to whoever may still read something in it.

    Raises:
        SettingsError: it cannot be moved.
    """
    aside = path.with_name(f"{path.name}.{why}")
    try:
        path.replace(aside)
    except OSError as error:
        raise SettingsError(f"{path}: {error.strerror}") from error
    return aside


def settle(folder: Path) -> None:
    """Make names outlive a power cut: the folder's own entries go to the disk too (rename(2))."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
