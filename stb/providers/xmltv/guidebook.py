"""A guide from a server or from a disk, read element by element."""

import logging
import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from itertools import chain
from pathlib import Path

from stb.errors import BadReply, NoSuchItem
from stb.model import GuideChannel, Programme, Said
from stb.net import HttpClient, download
from stb.providers.charset import as_utf8
from stb.providers.unpacking import Unpacked
from stb.providers.xmltv.elements import Elements

log = logging.getLogger(__name__)

PACKED = 1 << 30
"""Bytes of a guide as it is sent, at most."""
UNPACKED = 4 << 30
"""Bytes of a guide as it is read, at most."""
_GUIDE = re.compile(rb"<(?:tv|programme|channel)[\s/>]")
_NAME = "guide"


class XmltvGuide:
    """A `Guidebook` from a file; read once, in bounded memory, however large or damaged it is."""

    def __init__(self, path: Path, revision: str, *, quick: bool = True) -> None:
        """Open it.

        Args:
            path: the file.
            revision: what it is to be known by.
            quick: read regular programmes at a glance; what is told is the same.

        Raises:
            BadReply: there is no guide in it.
            OSError: it cannot be read.
        """
        self.revision = revision
        self._unpacked = Unpacked(path, UNPACKED, telling=True)
        pieces = as_utf8(iter(self._unpacked))
        head = next(pieces, b"")
        if not _GUIDE.search(head):
            raise BadReply("no guide", where="body", got=head[:200].decode("ascii", "replace"))
        self._elements = Elements(chain((head,), pieces), quick=quick)

    @property
    def lost(self) -> int:
        """Entries so far that could not be read; a packing that broke off counts as one more."""
        return self._elements.lost + bool(self._unpacked.damage)

    def __iter__(self) -> Iterator[GuideChannel | Programme | Said]:
        """Channels and programmes in the order of the file.

        Raises:
            OSError: the disk does not give it back.
        """
        yield from self._elements
        if self.lost:
            log.warning("guide damaged lost=%d packing=%s", self.lost, self._unpacked.damage or "whole")


def fetch_guide(
    http: HttpClient,
    address: str,
    folder: Path,
    have: str,
    headers: Mapping[str, str] | None = None,
) -> XmltvGuide | None:
    """Fetch a guide, unless it is still the one of revision ``have``; see `download` for how.

    Args:
        http: whose connections.
        address: http or https; packed or not, whatever it is called.
        folder: where the file is kept; of this guide alone.
        have: `Guidebook.revision` of what is known already; empty: nothing.
        headers: more of them.

    Returns:
        None where nothing is new.

    Raises:
        ProviderError: as `download` and `open_guide` say.
        CatalogueError: the disk is full.
    """
    fetched = download(http, address, folder / _NAME, limit=PACKED, headers=headers)
    if have and fetched.revision == have:
        return None
    return open_guide(fetched.path, fetched.revision)


def open_guide(path: Path, revision: str = "") -> XmltvGuide:
    """A guide that is on the disk.

    Args:
        path: the file; packed or not, whatever it is called.
        revision: what it is to be known by; empty: made of its size and the moment it was written.

    Raises:
        NoSuchItem: there is no such file, or it cannot be read.
        BadReply: there is no guide in it.
    """
    try:
        about = path.stat()
        own = sha256(f"{path} {about.st_size} {about.st_mtime_ns}".encode()).hexdigest()[:32]
        return XmltvGuide(path, revision or own)
    except OSError as error:
        raise NoSuchItem(f"no guide: {error.strerror}") from error
