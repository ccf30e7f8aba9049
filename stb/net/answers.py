"""What a server says: a whole answer, or one whose body is still to come, and how much of it is heard."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin

import requests

PIECE = 16 * 1024
"""Bytes of a body read at once; small, because a compressed piece may be a thousand times as large."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """A whole answer of a server, whatever its status."""

    status: int
    media_type: str = ""
    """``application/json``, lower case; ``text/plain`` where the server does not say (RFC 2045)."""
    charset: str = ""
    """As the server declares it, lower case; empty where it does not."""
    body: bytes = b""
    date: datetime | None = None
    """What time it is for the server (RFC 9110, 6.6.1); None where it does not say."""
    location: str = field(default="", compare=False)
    """Where the server sends us, whole; empty where it does not, or was followed."""
    cookies: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)
    """What the server asks to be kept; nobody keeps it but the caller."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long a call may take, and how much may come back."""

    connect: float = 5.0
    """Seconds for a connection to one of the addresses behind the operator's name."""
    read: float = 10.0
    """Seconds without a byte."""
    whole: float = 20.0
    """Seconds from the first connection to the last byte, redirects included."""
    size: int = 8 * 1024 * 1024
    """Bytes of an answer, unpacked."""


class Opened:
    """An answer whose body is still to come."""

    def __init__(
        self,
        answer: requests.Response,
        seam: Callable[[], AbstractContextManager[None]],
        bounded: Callable[[Iterator[bytes]], Iterator[bytes]],
    ) -> None:
        """Of the library below, its status and headers read; its body is read inside ``seam``."""
        self._answer = answer
        self._seam = seam
        self._bounded = bounded
        self.status: int = answer.status_code
        self.headers: Mapping[str, str] = answer.headers
        """Names in any case."""
        self.date = date_of(answer.headers.get("Date", ""))
        """As `Reply.date`."""

    def pieces(self) -> Iterator[bytes]:
        """The body, unpacked, in pieces of a few kilobytes as they come; never empty ones.

        Raises:
            BadReply: there is more than the limits allow.
        """
        return self._bounded(self._read(self._answer.iter_content(PIECE)))

    def packed(self) -> Iterator[bytes]:
        """The body as it is sent, still in its `Content-Encoding`, in such pieces; its size has no limit."""
        return self._read(self._answer.raw.stream(PIECE, decode_content=False))

    def _read(self, pieces: Iterator[bytes]) -> Iterator[bytes]:
        while True:
            with self._seam():
                piece = next(pieces, b"")
            if not piece:
                return
            yield piece


def date_of(said: str) -> datetime | None:
    """What a ``Date`` says; None where it is none."""
    try:
        date = parsedate_to_datetime(said)
    except (ValueError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)


def location_of(answer: requests.Response) -> str:
    """Where an answer sends us, whole; empty where nowhere, or to no address."""
    said = answer.headers.get("Location", "")
    try:
        return urljoin(answer.url, said) if said else ""
    except ValueError:  # no address; who is to follow it says so
        return ""
