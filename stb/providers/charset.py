"""A text's bytes as UTF-8, whatever its file says or does not say."""

import codecs
import re
from collections.abc import Iterator
from itertools import chain

_HEAD = 64 * 1024
"""Bytes from the beginning in which the declaration stands, garbage before it included."""
_DECLARED = re.compile(rb"<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']\s*([A-Za-z0-9._:-]{1,40})")
_LEGACY = re.compile(
    r"(iso[-_]?8859[-_]?\d{1,2}|(windows-?|cp)125\d|latin-?\d|koi8-[ru]|us-ascii)", re.IGNORECASE
)
"""Charsets of another age that guides are still written in; other codecs may take any time for any bytes."""
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def as_utf8(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same text in UTF-8; what is UTF-8 already, or says nothing, passes as it is."""
    head = b""
    while len(head) < _HEAD and (piece := next(pieces, b"")):
        head += piece
    charset, start = _charset(head)
    whole = chain((head[start:],), pieces)
    return whole if charset == "utf-8" else _recoded(whole, charset)


def _charset(head: bytes) -> tuple[str, int]:
    """Its name, and where the text begins."""
    for mark, charset in _MARKS:
        if head.startswith(mark):
            return charset, len(mark)
    if b"\0" in head[:4]:
        return ("utf-16-be" if head[:1] == b"\0" else "utf-16-le"), 0
    declared = _DECLARED.search(head[:_HEAD])
    name = declared[1].decode("ascii") if declared else ""
    return (_known(name) if _LEGACY.fullmatch(name) else "utf-8"), 0


def _known(name: str) -> str:
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "utf-8"


def _recoded(pieces: Iterator[bytes], charset: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(charset)("replace")
    for piece in pieces:
        yield decoder.decode(piece).encode()
    yield decoder.decode(b"", final=True).encode()
