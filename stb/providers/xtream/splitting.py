"""The rows of a list that may be very long, each as soon as its bytes are there. Pure.

A panel's list of films has up to 200,000 rows in one JSON array of a hundred megabytes. It is cut where one
row ends and the next begins, and read some hundred rows at a time, so memory does not grow with the answer.
PHP writes an array with gaps as an object: a list of rows may be an object of rows, or of lists of rows.
Those, and whatever the quick reader does not take, are read row by row with the standard library, which
forgives more.
"""

import codecs
import json
import re
from collections.abc import Iterable, Iterator

import orjson

from stb.errors import BadReply
from stb.model import SourceId
from stb.net import redacted_text
from stb.providers.decoding import words

Row = dict[str, object]
"""An object of a list: its fields are of any shape."""

_CHUNK = 256 * 1024
"""Bytes read at once."""
_LONGEST_ROW = 1024 * 1024
"""Bytes; a row that goes on for longer is none."""
_TRIES = 8
"""How many places near the end of a chunk may look like the border between two rows, and be inside one."""
_BORDER = re.compile(rb"\}\s*,\s*\{")
_BETWEEN_BYTES = re.compile(rb"[\s,:\[\]}]*")
_BETWEEN = re.compile(r"[\s,:\[\]}]*")
_OBJECT_OF_ROWS = re.compile(rb'\{\s*"(?:[^"\\]|\\.){0,200}"\s*:\s*[\[{]')
_CLOSING = {b"[": b"]", b"{": b"}"}
_EMPTY = (b"null", b'""', b"false")
"""What PHP writes where there is nothing, besides ``[]`` and ``{}``."""
_scan = json.JSONDecoder(strict=False).raw_decode


def json_rows(pieces: Iterable[bytes], source: SourceId) -> Iterator[Row]:
    """The objects of a JSON array, of an array of arrays, or of an object of either, in their order.

    What is no object is passed over.

    Args:
        pieces: of the answer's body, of any length.
        source: whose answer it is.

    Raises:
        BadReply: it is no JSON, or cut short; what was whole before that place was given.
    """
    opening, last, waiting = b"", b"", b""
    for chunk in _chunks(pieces):
        waiting += chunk
        last = chunk.rstrip()[-1:] or last
        if not opening:
            opening, waiting = _opened(waiting, source)
        rows, waiting = _many(waiting) or _one_by_one(waiting, source)
        yield from rows
        if not rows and len(waiting) > _LONGEST_ROW:
            raise _bad("a row without end", waiting, source)
    rows, waiting = _one_by_one(waiting, source)
    yield from rows
    if not opening:
        raise _bad("nothing", waiting, source)
    if waiting or last != _CLOSING.get(opening, last):
        raise _bad("cut short", waiting, source)


def _chunks(pieces: Iterable[bytes]) -> Iterator[bytes]:
    chunk = bytearray()
    for piece in pieces:
        chunk += piece
        if len(chunk) >= _CHUNK:
            yield bytes(chunk)
            chunk.clear()
    yield bytes(chunk)


def _opened(waiting: bytes, source: SourceId) -> tuple[bytes, bytes]:
    """What the list begins with, and what stands there to be read."""
    waiting = waiting.removeprefix(codecs.BOM_UTF8).strip(b" \t\r\n")
    if waiting in _EMPTY:
        return waiting, b""
    opening = waiting[:1]
    if waiting and opening not in _CLOSING:
        raise _bad("no list", waiting, source)
    return opening, waiting[1:] if _OBJECT_OF_ROWS.match(waiting) else waiting


def _many(waiting: bytes) -> tuple[list[Row], bytes] | None:
    """All whole rows but the last, and the bytes after them; None where no border is found at a glance.

    A text that ends at a border reads as a list of rows only if the border is one: inside a text or an
    inner list, something would be left open.
    """
    start = _end(_BETWEEN_BYTES.match(waiting))
    at = len(waiting)
    for _ in range(_TRIES):
        at = waiting.rfind(b"}", start, at)
        if at < 0:
            break
        if not _BORDER.match(waiting, at):
            continue
        try:
            rows = orjson.loads(b"[%b]" % waiting[start : at + 1])
        except orjson.JSONDecodeError:
            continue
        return [row for row in rows if isinstance(row, dict)], waiting[at + 1 :]
    return None


def _one_by_one(waiting: bytes, source: SourceId) -> tuple[list[Row], bytes]:
    """All whole rows, and the bytes after them."""
    text, used = codecs.utf_8_decode(waiting, "replace", False)  # noqa: FBT003 - takes it by place only
    rows: list[Row] = []
    at = _end(_BETWEEN.match(text))
    try:
        while at < len(text):
            value, at = _scan(text, at)
            at = _end(_BETWEEN.match(text, at))
            if isinstance(value, dict):
                rows.append(value)
    except ValueError:  # the rest of it is still to come, or never will
        pass
    except RecursionError:
        raise _bad("nested too deep", waiting[:200], source) from None
    return rows, text[at:].encode() + waiting[used:]


def _end(found: re.Match[str] | re.Match[bytes] | None) -> int:
    return found.end() if found else 0


def _bad(text: str, got: bytes, source: SourceId) -> BadReply:
    shown = redacted_text(words(got[:400].decode("ascii", "replace"), 400))
    return BadReply(text, where="list", got=shown, source=source)
