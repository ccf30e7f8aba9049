"""A file of a server on our own disk: gone on with where it was cut off, fetched again only when new."""

import errno
import json
import logging
import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from hashlib import file_digest, sha256
from http import HTTPStatus
from itertools import chain
from pathlib import Path
from time import monotonic

from stb.errors import (
    BadReply,
    CatalogueError,
    DiskFull,
    LoginRefused,
    NoSuchItem,
    ProviderError,
    ServerFault,
    Unreachable,
)
from stb.net.answers import Opened
from stb.net.client import HttpClient
from stb.net.headway import headway
from stb.net.holding import held
from stb.net.redaction import redacted

log = logging.getLogger(__name__)

_ATTEMPTS = 5
"""How often one call goes on with a file that is cut off again and again."""
_WHOLE = 3600.0
"""Seconds for one call: a server that drips must not hold the box for ever."""
_DIGITS = 32
"""Of a revision."""
_LONGEST = 500
"""Letters of a validator."""
_RANGE = re.compile(r"bytes (\d+)-\d+/(?:\d+|\*)")
"""``Content-Range`` (RFC 9110, 14.4)."""
_REFUSED = 512
"""Statuses from here on are no servers' faults but inventions of panels that let nobody in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A file that was fetched."""

    path: Path
    revision: str
    """Changes when the file's bytes do, whatever the server says of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Notes:
    """What is written down beside a file: to ask only for news, and to go on with a part of it."""

    address: str = ""
    """A digest of it: the address itself may hold a password."""
    etag: str = ""
    modified: str = ""
    size: int = 0
    revision: str = ""

    def conditions(self) -> dict[str, str]:
        """Headers that ask for the file only if it changed (RFC 9110, 13.1)."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in asked.items() if value}

    def same(self) -> str:
        """What ``If-Range`` compares (RFC 9110, 13.1.5): never a weak tag; empty where there is nothing."""
        return self.modified if not self.etag or self.etag.startswith("W/") else self.etag


def download(
    http: HttpClient, address: str, path: Path, *, limit: int, headers: Mapping[str, str] | None = None
) -> Download:
    """Fetch a file to ``path`` as it is sent, packed as it is; one that did not change is not sent again.

    What was cut off is gone on with, in this call and in later ones; the file at ``path`` is always whole.

    Args:
        http: whose connections.
        address: http or https.
        path: where to; a ``.part`` and a ``.json`` stand beside it. Its folder is made.
        limit: bytes at most.
        headers: more of them, for every question.

    Raises:
        Unreachable, Untrusted: as their names say.
        NoSuchItem: the server has no such file (404, 410).
        LoginRefused: it does not give it (other 4xx, and the statuses that panels invented).
        ServerFault: it is broken, or too busy now (5xx, 429).
        BadReply: the file is over the limit, or the answer is none.
        CatalogueError: the disk is full, or does not take it.
    """
    patient = http.within(replace(http.limits, whole=_WHOLE))
    return _Fetch(patient, address, path, limit, headers or {}).run()


def refusal(status: int) -> type[ProviderError]:
    """What an HTTP status that is no success means, for servers of films and television.

    Panels invent statuses (884, 512, 458 ...) for accounts, addresses and programs that they do not let in.
    """
    if status in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
        return NoSuchItem
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return ServerFault
    if HTTPStatus.INTERNAL_SERVER_ERROR <= status < _REFUSED:
        return ServerFault
    return LoginRefused


class _Fetch:
    """One call of `download`."""

    def __init__(
        self, http: HttpClient, address: str, path: Path, limit: int, headers: Mapping[str, str]
    ) -> None:
        self._http = http
        self._address = address
        self._digest = sha256(address.encode("utf-8", "surrogatepass")).hexdigest()
        self._path = path
        self._part = path.with_name(f"{path.name}.part")
        self._limit = limit
        self._headers = dict(headers)
        self._until = monotonic() + _WHOLE

    def run(self) -> Download:
        with _disk(self._part):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            for _ in range(_ATTEMPTS - 1):
                begun = _size(self._part)
                try:
                    return self._once()
                except Unreachable:
                    reached = _size(self._part)
                    if reached <= begun or monotonic() > self._until:
                        raise
                    log.info("cut off, going on: %s bytes=%d", redacted(self._address), reached)
            return self._once()

    def _once(self) -> Download:
        had, part = self._noted(self._path), self._noted(self._part)
        offset = _size(self._part) if part and part.same() else 0
        asked = self._headers | {"Accept-Encoding": "gzip, identity"}
        if offset and part:
            asked |= {"Range": f"bytes={offset}-", "If-Range": part.same()}
        elif had:
            asked |= had.conditions()
        with self._http.opened(self._address, asked) as answer:
            if answer.status == HTTPStatus.NOT_MODIFIED and had and not offset:
                return Download(path=self._path, revision=had.revision)
            if answer.status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE and offset:
                self._part.unlink()
            else:
                return self._whole(answer, offset)
        return self._once()

    def _whole(self, answer: Opened, offset: int) -> Download:
        start = self._start(answer, offset)
        notes = _Notes(
            address=self._digest,
            etag=_short(answer.headers.get("ETag", "")),
            modified=_short(answer.headers.get("Last-Modified", "")),
        )
        pieces, had = self._pieces(answer, start), self._noted(self._path)
        if had and not start:
            begun, pieces, whole = held(pieces)
            if whole and sha256(begun).hexdigest()[:_DIGITS] == had.revision:
                return self._same(had, notes)
            pieces = chain((begun,), pieces)
        _note(self._part, notes)
        with self._part.open("r+b" if start else "w+b") as file:
            file.seek(start)
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())  # or a power cut leaves notes of a file that is not there
            size = file.tell()
            file.seek(0)
            revision = file_digest(file, "sha256").hexdigest()[:_DIGITS]
        _beside(self._path).unlink(missing_ok=True)
        self._part.replace(self._path)
        _beside(self._part).unlink(missing_ok=True)
        _note(self._path, replace(notes, size=size, revision=revision))
        log.info("fetched %s bytes=%d", redacted(self._address), size)
        return Download(path=self._path, revision=revision)

    def _same(self, had: _Notes, notes: _Notes) -> Download:
        """The file that is there already was sent anew: it is not written again."""
        now = replace(had, etag=notes.etag, modified=notes.modified)
        if now != had:
            _note(self._path, now)
        return Download(path=self._path, revision=had.revision)

    def _start(self, answer: Opened, offset: int) -> int:
        """From which byte on the answer is to be written."""
        status = answer.status
        if status == HTTPStatus.OK:
            return 0
        if status == HTTPStatus.PARTIAL_CONTENT and offset:
            found = _RANGE.fullmatch(answer.headers.get("Content-Range", "").strip())
            if found and int(found[1]) == offset:
                return offset
            self._part.unlink()  # so that the next call begins anew
        if status < HTTPStatus.BAD_REQUEST:
            raise self._bad("no file", "status", str(status), status)
        text = f"{redacted(self._address)}: HTTP {status}"
        raise refusal(status)(text, source=self._http.source, status=status)

    def _pieces(self, answer: Opened, start: int) -> Iterator[bytes]:
        said = answer.headers.get("Content-Length", "")
        wanted = start + int(said[:18]) if said.isascii() and said.isdigit() else 0
        self._bound(wanted, answer)
        size = start
        for piece in answer.packed():
            size += len(piece)
            self._bound(size, answer)
            headway(size, wanted)
            if monotonic() > self._until:
                raise self._cut("no answer in time")
            yield piece
        if size < wanted:
            raise self._cut("answer cut off")

    def _bound(self, size: int, answer: Opened) -> None:
        if size > self._limit:
            self._part.unlink(missing_ok=True)
            raise self._bad(f"more than {self._limit} bytes", "body", "", answer.status)

    def _cut(self, text: str) -> Unreachable:
        return Unreachable(f"{redacted(self._address)}: {text}", source=self._http.source)

    def _bad(self, text: str, where: str, got: str, status: int) -> BadReply:
        return BadReply(text, where=where, got=got, source=self._http.source, status=status)

    def _noted(self, path: Path) -> _Notes | None:
        """What is written down of this very file; None where it is another's, or not as it was left."""
        try:
            notes = _Notes(**json.loads(_beside(path).read_bytes()))
        except (OSError, ValueError, TypeError):
            return None
        if notes.address != self._digest or not all(
            isinstance(text, str) for text in (notes.etag, notes.modified, notes.revision)
        ):
            return None
        return notes if notes.size in {0, _size(path)} and path.exists() else None


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")


def _note(path: Path, notes: _Notes) -> None:
    _beside(path).write_text(json.dumps(asdict(notes)), encoding="utf-8")


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _short(value: str) -> str:
    """A validator that may be sent back; empty where it is longer than any server's."""
    return value if len(value) <= _LONGEST and value.isprintable() and value.isascii() else ""


@contextmanager
def _disk(part: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            with suppress(OSError):
                part.unlink(missing_ok=True)
            raise DiskFull(f"file not written: {error.strerror}") from error
        raise CatalogueError(f"file not written: {error.strerror or error}") from error
