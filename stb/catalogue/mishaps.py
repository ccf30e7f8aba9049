"""What can happen to a file of the box, and how the box goes on without the file."""

import errno
import os
import sqlite3
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from stb.errors import CatalogueError, CatalogueTooNew, DiskFull, DiskReadOnly

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_VAGUE = frozenset({sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR})
"""What SQLite says of a disk when it does not say why."""
_ROOM = 64 * 1024
"""Bytes without which no database is opened: its log needs an index (sqlite.org/walformat, 2)."""
_HELD = 64 * 1024 * 1024
"""Bytes of a file that is held in memory, at most."""
_VERSIONS = slice(18, 20)
"""In a file's header, whether it has a log; what is held in memory cannot (sqlite.org/fileformat2, 1.3.3)."""
_NO_LOG = b"\1\1"


class Mishap(StrEnum):
    """What was met when a file was opened, worst last."""

    RESTORED = "restored"
    """It was damaged or gone; the spare copy has taken its place."""
    NEWER = "newer"
    """A newer version of the box wrote it: it was set aside, or is left alone."""
    DAMAGED = "damaged"
    """It was damaged and set aside; there is nothing in the new one."""
    READ_ONLY = "read_only"
    """Nothing can be written, or nobody knows why not; the box holds what it knows in memory."""
    FULL = "full"
    """There is no room to open it; the same."""


def told(path: Path, error: Exception) -> CatalogueError:
    """What SQLite or the disk say, as an error of ours."""
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the low byte is the primary code
    number = getattr(error, "errno", 0)
    vague = code in _VAGUE
    kind = CatalogueError
    if code == sqlite3.SQLITE_READONLY or number in _READ_ONLY or (vague and _locked(path)):
        kind = DiskReadOnly
    elif code == sqlite3.SQLITE_FULL or number in _FULL or (vague and _full(path)):
        kind = DiskFull
    return kind(f"{path}: {error}")


def _locked(path: Path) -> bool:
    try:
        return bool(os.statvfs(path.parent).f_flag & os.ST_RDONLY)
    except OSError:
        return False


def _full(path: Path) -> bool:
    try:
        card = os.statvfs(path.parent)
    except OSError:
        return False
    return card.f_bavail * card.f_frsize < _ROOM


def met(error: CatalogueError) -> Mishap:
    """Which mishap it is that a file cannot be opened for."""
    match error:
        case CatalogueTooNew():
            return Mishap.NEWER
        case DiskFull():
            return Mishap.FULL
    return Mishap.READ_ONLY


def in_memory(path: Path) -> sqlite3.Connection:
    """What can be read of a file, in memory, where it can be changed and is forgotten; else nothing."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    with suppress(OSError, sqlite3.Error):
        if 0 < path.stat().st_size <= _HELD:
            data = bytearray(path.read_bytes())
            data[_VERSIONS] = _NO_LOG
            connection.deserialize(bytes(data))
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok":
                return connection
    connection.close()
    return sqlite3.connect(":memory:", isolation_level=None)
