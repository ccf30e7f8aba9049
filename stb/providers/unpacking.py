"""Files as operators pack them: gzip, xz, zip or plain, told by their first bytes and never by their name."""

import lzma
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import IO, Protocol

from stb.net import headway

_CHUNK = 64 * 1024
"""Bytes of one piece, unpacked: what is larger is fetched from memory, not from the processor's cache."""
_PACKED = 64 * 1024
"""Bytes of one piece, packed: where they are damaged, what comes of the whole piece is lost."""
_GZIP, _XZ, _ZIP = b"\x1f\x8b\x08", b"\xfd7zXZ\x00", b"PK\x03\x04"
_PADDING = b"\0 \r\n"
"""What may follow a packed stream."""
_LAYERS = 3
"""A file that is gzip already may have been sent in gzip once more; nobody packs it yet again."""
_XZ_MEMORY = 96 * 1024 * 1024
"""Bytes that unpacking xz may take: its strongest preset needs 65 MB."""
_DAMAGE = (zlib.error, lzma.LZMAError, zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError)
"""What the standard library raises on packed bytes that are not as they should be."""


class Unpacked:
    """The bytes of a file, unpacked, in small pieces; read once."""

    def __init__(self, path: Path, limit: int, *, telling: bool = False) -> None:
        """Open nothing yet.

        Args:
            path: the file.
            limit: bytes, unpacked; what comes after them is left out, and that is damage.
            telling: how far it is (`stb.net.headway`); not of a zip.
        """
        self._path = path
        self._limit = limit
        self._telling = telling
        self.damage = ""
        """What is wrong with the packing; empty as long as nothing is known to be."""

    def __iter__(self) -> Iterator[bytes]:
        """All that can be saved.

        Raises:
            OSError: there is no such file, or it cannot be read.
        """
        left = self._limit
        try:
            for piece in self._pieces():
                yield piece[:left]
                left -= len(piece)
                if left < 0:
                    self.damage = f"more than {self._limit} bytes"
                    return
        except _DAMAGE as error:
            self.damage = f"{type(error).__name__}: {error}"

    def _pieces(self) -> Iterator[bytes]:
        with self._path.open("rb") as file:
            start = file.read(len(_XZ))
            file.seek(0)
            if start.startswith(_ZIP):
                yield from _unzipped(file)
                return
            pieces = _read(file, _PACKED if start.startswith((_GZIP, _XZ)) else _CHUNK)
            if self._telling:
                pieces = _told(pieces, os.fstat(file.fileno()).st_size)
            for _ in range(_LAYERS):
                start, pieces = _begun(pieces)
                if start.startswith(_GZIP):
                    pieces = _expanded(pieces, _Gzip)
                elif start.startswith(_XZ):
                    pieces = _expanded(pieces, lambda: lzma.LZMADecompressor(memlimit=_XZ_MEMORY))
                else:
                    break
            yield from pieces


class _Expander(Protocol):
    """What unpacks one stream; `lzma.LZMADecompressor` is one."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int) -> bytes: ...


class _Gzip:
    """`zlib` in the shape of `lzma`."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


def _read(file: IO[bytes], size: int) -> Iterator[bytes]:
    while piece := file.read(size):
        yield piece


def _told(pieces: Iterator[bytes], whole: int) -> Iterator[bytes]:
    done = 0
    for piece in pieces:
        yield piece
        done += len(piece)
        headway(done, whole)


def _begun(pieces: Iterator[bytes]) -> tuple[bytes, Iterator[bytes]]:
    """Enough of the beginning to tell what it is, and all the pieces."""
    start = b""
    while len(start) < len(_XZ) and (piece := next(pieces, b"")):
        start += piece
    return start, chain((start,), pieces)


def _expanded(pieces: Iterator[bytes], make: Callable[[], _Expander]) -> Iterator[bytes]:
    """Streams that follow each other in one file are one; what follows them and is none is nothing."""
    expander, whole, fresh = make(), False, True
    for piece in pieces:
        data = piece
        while data or not expander.needs_input:
            try:
                found = expander.decompress(data, _CHUNK)
            except _DAMAGE:
                if whole and fresh:
                    return
                raise
            if found:
                yield found
            data, fresh = b"", False
            if expander.eof:
                data = expander.unused_data.lstrip(_PADDING)
                expander, whole, fresh = make(), True, True
    if not fresh:
        raise EOFError("cut off")


def _unzipped(file: IO[bytes]) -> Iterator[bytes]:
    """The largest file in it."""
    with zipfile.ZipFile(file) as archive:
        largest = max(archive.infolist(), key=lambda member: member.file_size, default=None)
        if largest is not None:
            with archive.open(largest) as member:
                yield from _read(member, _CHUNK)
