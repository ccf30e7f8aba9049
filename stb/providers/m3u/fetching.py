"""The file of a list: a glance at it, and all of it on the disk."""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

from stb.errors import NoSuchItem
from stb.net import HttpClient, Opened, download, redacted, refusal
from stb.providers.m3u.address import checked
from stb.providers.m3u.looking import HEAD

_PACKED = 512 << 20
"""Bytes of a list as it is sent, at most."""
_NAME = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """The beginning of a list."""

    start: bytes
    revision: str
    """Changes when the list does, as far as its server or its beginning tells."""
    date: datetime | None = None
    """What time it is for its server."""


class ListFile:
    """One list of a server or of the box's own disk."""

    def __init__(self, http: HttpClient, where: str | Path, folder: Path, headers: Mapping[str, str]) -> None:
        """Nothing is asked yet.

        Args:
            http: whose connections.
            where: its address, or its path.
            folder: where what is fetched is kept.
            headers: for every question.
        """
        self._http = http
        self._where = where
        self._kept = folder / _NAME
        self._headers = headers
        self._asked = False
        self._revision = ""

    def glance(self) -> Glance:
        """Its first kilobytes.

        Raises:
            ProviderError: as `download` says.
        """
        if isinstance(self._where, Path):
            return _glance(checked(self._where))
        with self._http.opened(self._where, self._headers) as answer:
            if answer.status != HTTPStatus.OK:
                text = f"{redacted(self._where)}: HTTP {answer.status}"
                raise refusal(answer.status)(text, source=self._http.source, status=answer.status)
            start = b""
            for piece in answer.pieces():
                start += piece
                if len(start) >= HEAD:
                    break
            return Glance(start=_plain(start), revision=_revision(answer, start), date=answer.date)

    def path(self, *, anew: bool) -> Path:
        """Where it lies on the disk, fetched where it has to be.

        Args:
            anew: ask its server whether it changed, once in the life of this value; what is kept does else.

        Raises:
            ProviderError: as `download` says.
            CatalogueError: the disk is full.
        """
        if isinstance(self._where, Path):
            return checked(self._where)
        if (anew and not self._asked) or not self._kept.exists():
            fetched = download(self._http, self._where, self._kept, limit=_PACKED, headers=self._headers)
            self._asked, self._revision = True, fetched.revision
        return self._kept

    def edition(self) -> str:
        """Fetch it anew, as `path`; changes when anything in it does.

        Raises:
            ProviderError, CatalogueError: as `path` says.
        """
        path = self.path(anew=True)
        return self._revision or _glance(path).revision


def _glance(path: Path) -> Glance:
    try:
        with path.open("rb") as file:
            start = file.read(HEAD)
        about = path.stat()
    except OSError as error:
        raise NoSuchItem(f"no file: {error.strerror}") from error
    return Glance(start=_plain(start), revision=_digest(about.st_size, about.st_mtime_ns))


def _revision(answer: Opened, start: bytes) -> str:
    """By the validators (RFC 9110, 8.8), else by what was seen."""
    told = [answer.headers.get(name, "") for name in ("ETag", "Last-Modified")]
    return _digest(*told) if any(told) else _digest(answer.headers.get("Content-Length", ""), start)


def _digest(*told: object) -> str:
    return sha256(repr(told).encode()).hexdigest()[:32]


def _plain(start: bytes) -> bytes:
    """Unpacked, where it is gzip; else as it is."""
    try:
        return zlib.decompressobj(wbits=31).decompress(start, HEAD)
    except zlib.error:
        return start[:HEAD]
