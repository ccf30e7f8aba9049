"""Files of the box on a card that may lose its power at any moment."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def keep(path: Path) -> None:
    """Have a file or a folder on the card before anything else is done."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def parts(path: Path) -> tuple[Path, ...]:
    """The file and its log, which must never be applied to a new file."""
    return tuple(path.with_name(path.name + suffix) for suffix in ("", "-wal", "-shm"))


def size(path: Path) -> int:
    """Of a file in bytes; 0 where it is not there."""
    return path.stat().st_size if path.exists() else 0


def inode(path: Path) -> int:
    """By which a file is told from another one in its place; 0 where it is not there."""
    try:
        return path.stat().st_ino
    except FileNotFoundError:
        return 0


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep other processes from opening a file here meanwhile: two must not both set it aside."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
