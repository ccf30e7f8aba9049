"""Small pictures on the box's own disk: there at the next start, and never more than a bound.

A file for each picture: `_HEAD`, then the pixels packed by zlib, whose checksum tells a file that a power
cut left half written. A file without pixels says that there is no such picture.
"""

import logging
import os
import time
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from struct import Struct, error
from tempfile import NamedTemporaryFile
from threading import Lock

from stb.ui.geometry import Size
from stb.ui.raster import Raster

_log = logging.getLogger(__name__)

SHELF_BYTES = 64 * 2**20
"""Some eight thousand logos at 1080p."""
POSTER_BYTES = 96 * 2**20
"""Some three hundred posters at 1080p."""
DAY = 24 * 60 * 60.0
"""Seconds for which "there is no such picture" is believed, and in which a use is noted once."""
_HEAD = Struct("<4sHH?")
_MARK = b"pic2"
_PART = ".part"
_KEEP = 0.9
"""How full the shelf is after it was tidied."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What the shelf knows of an address."""

    raster: Raster | None
    """None: it was asked for, and there is no picture."""


class Shelf:
    """Pictures by address, all for one room. Threads may share it."""

    def __init__(self, folder: Path, room: Size, limit: int = SHELF_BYTES) -> None:
        """Keep files of at most ``limit`` bytes together in a folder; pictures fit ``room`` pixels."""
        self.room = room
        self._folder = folder
        self._limit = limit
        self._lock = Lock()
        self._used: int | None = None

    def find(self, address: str) -> Kept | None:
        """What is known of an address; None where nothing is, or no longer."""
        path = self._path(address)
        try:
            data = path.read_bytes()
            age = time.time() - path.stat().st_mtime
        except OSError:
            return None
        found = _unpacked(data)
        if found is None or (found.raster is None and not 0 <= age < DAY):
            return None
        if found.raster and age > DAY:
            with suppress(OSError):  # a disk that cannot be written forgets in another order
                os.utime(path)
        return found

    def put(self, address: str, raster: Raster | None) -> None:
        """Keep a picture, or that there is none; a disk that cannot is logged and no error."""
        with self._lock:
            try:
                self._write(self._path(address), _packed(raster))
            except OSError as trouble:
                _log.warning("picture not kept error=%s", trouble)

    def _path(self, address: str) -> Path:
        name = f"{self.room.width}x{self.room.height} {address}"
        return self._folder / sha256(name.encode("utf-8", "replace")).hexdigest()

    def _write(self, path: Path, data: bytes) -> None:
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self._used is None:
            self._used = sum(stat.st_size for _, stat in self._files())
        with NamedTemporaryFile(dir=self._folder, suffix=_PART, delete=False) as part:
            part.write(data)
        Path(part.name).replace(path)
        self._used += len(data)
        if self._used > self._limit:
            self._tidy()

    def _tidy(self) -> None:
        """Let the pictures go that were not used for the longest."""
        files = sorted(self._files(), key=lambda file: file[1].st_mtime)
        self._used = sum(stat.st_size for _, stat in files)
        for path, stat in files:
            if self._used <= self._limit * _KEEP:
                break
            path.unlink(missing_ok=True)
            self._used -= stat.st_size

    def _files(self) -> Iterator[tuple[Path, os.stat_result]]:
        """Every file and its size; what was being written when the power went is gone."""
        for entry in os.scandir(self._folder):
            if entry.name.endswith(_PART):
                Path(entry.path).unlink(missing_ok=True)
            else:
                yield Path(entry.path), entry.stat()


def _packed(raster: Raster | None) -> bytes:
    raster = raster or Raster(Size(0, 0), b"")
    return _HEAD.pack(_MARK, *raster.size, raster.dark) + zlib.compress(raster.pixels, 1)


def _unpacked(data: bytes) -> Kept | None:
    """What a file says; None where it is damaged."""
    try:
        mark, width, height, dark = _HEAD.unpack_from(data)
        weight = 4 * width * height
        pixels = zlib.decompressobj().decompress(data[_HEAD.size :], weight or 1)
    except (error, zlib.error):
        return None
    if mark != _MARK or len(pixels) != weight:
        return None
    return Kept(Raster(Size(width, height), pixels, dark) if weight else None)
