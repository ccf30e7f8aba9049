"""What came instead of a list, told by its beginning."""

import re
from collections.abc import Iterable
from enum import Enum, auto
from html import unescape

from stb.errors import BadReply
from stb.model import SCHEMES
from stb.net import redacted_text
from stb.providers.decoding import address, words
from stb.providers.m3u.lines import Lines

HEAD = 64 * 1024
"""Bytes of a list that are enough to tell."""
_STREAM = ("#EXT-X-TARGETDURATION", "#EXT-X-STREAM-INF", "#EXT-X-MEDIA-SEQUENCE")
"""Tags that HLS playlists must have, and lists of channels never do (RFC 8216, 4.3)."""
_LIST = ("#EXTM3U", "#EXTINF")
_UNREAD = re.compile(r"<(script|style|head)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


class Look(Enum):
    """What a file is."""

    LIST = auto()
    STREAM = auto()
    """One channel: an HLS playlist, whose lines are pieces of film."""


def look(head: bytes) -> Look:
    """What a list's first bytes say.

    Raises:
        BadReply: this is no list; ``.words`` are what a page in its place says.
    """
    found = tuple(Lines(iter((head,))))
    if any(line.upper().startswith(_STREAM) for line in found):
        return Look.STREAM
    if found and (found[0].upper().startswith(_LIST) or not _strange(found)):
        return Look.LIST
    text = " ".join(found)
    readable = text.replace("\t", " ").isprintable() and "\ufffd" not in text
    said = words(redacted_text(words(_page(text), HEAD))) if readable else ""
    raise BadReply("no list", where="body", got=said, words=said)


def _strange(lines: Iterable[str]) -> bool:
    """Neither a line of a list, nor an address that one may name."""
    return not any(
        line.upper().startswith(_LIST) or address(line.partition("|")[0], SCHEMES) for line in lines
    )


def _page(text: str) -> str:
    """What a viewer would read on a page."""
    title = _TITLE.search(text)
    shown = title[1] if title and title[1].strip() else _TAG.sub(" ", _UNREAD.sub(" ", text))
    return unescape(shown)
