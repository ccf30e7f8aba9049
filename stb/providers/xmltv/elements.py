"""A guide element by element: where each begins and ends is told before it is read, so damage stays in it."""

import re
from collections.abc import Iterator

from stb.model import GuideChannel, Programme, Said
from stb.providers.xmltv.reading import read
from stb.providers.xmltv.regular import STRANGE, Regular

_CHUNK = 64 * 1024
"""Bytes looked at together: so many that the processor keeps them at hand."""
_LONGEST = 256 * 1024
"""Bytes of an element, a comment or a declaration; what is longer is damage."""
_OPENING = re.compile(rb"<(?:(?:programme|channel)(?=[\s/>])|!--|!\[CDATA\[|!DOCTYPE|\?)")
_TAG = re.compile(rb"<[a-z]+(?:[^<>\"']|\"[^<\"]*\"|'[^<']*')*+>")
_INSIDE = re.compile(rb"</(programme|channel)\s*>|<(programme|channel)(?=[\s/>])|<!--|<!\[CDATA\[")
_DOCTYPE = re.compile(rb"<!DOCTYPE[^<>\[]*+(?:\[.*?\]\s*)?>", re.DOTALL)
_ELEMENTS = frozenset({b"<programme", b"<channel"})
_CLOSING = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
_HOOK = 16
"""Bytes that an opening may be cut in."""


class Elements:
    """What the elements ``programme`` and ``channel`` of a guide say, in their order; read once."""

    def __init__(self, pieces: Iterator[bytes], *, quick: bool = True) -> None:
        """Nothing is read yet.

        Args:
            pieces: of a text in UTF-8.
            quick: read regular programmes at a glance; what is told is the same.
        """
        self._regular = Regular() if quick else None
        self._plain = False
        self._pieces = pieces
        self._buffer = b""
        self._more = True
        self.lost = 0
        """Elements so far that have no end, or that cannot be read."""

    def __iter__(self) -> Iterator[GuideChannel | Programme | Said]:
        """Comments, declarations and all that is outside are left out."""
        position = 0
        while True:
            if self._regular and self._plain:
                position = yield from self._regular.scan(self._buffer, position)
            opening = _OPENING.search(self._buffer, position)
            start = opening.start() if opening else max(position, len(self._buffer) - _HOOK)
            end = self._end(opening[0], start) if opening else None
            if end is None and self._more and len(self._buffer) - start <= _LONGEST:
                self._fill(start)
                position = 0
            elif opening is None:
                return
            else:
                position = abs(end or opening.end())
                if opening[0] in _ELEMENTS:
                    entry = read(self._buffer[start:end]) if end and end > 0 else None
                    if entry is None:
                        self.lost += 1
                    else:
                        yield entry

    def _fill(self, start: int) -> None:
        """Forget what is before ``start``, and read on."""
        pieces, size = [self._buffer[start:]], 0
        while self._more and size < _CHUNK:
            piece = next(self._pieces, None)
            self._more = piece is not None
            pieces.append(piece or b"")
            size += len(pieces[-1])
        self._buffer = b"".join(pieces)
        self._plain = b"]" not in self._buffer or STRANGE not in self._buffer  # a byte is found sooner

    def _end(self, opening: bytes, start: int) -> int | None:
        """Behind its last byte; None where that is not in sight; negative: where another element cuts it."""
        limit = start + _LONGEST
        if opening in _CLOSING:
            return self._behind(_CLOSING[opening], start + len(opening), limit)
        if opening == b"<!DOCTYPE":
            found = _DOCTYPE.match(self._buffer, start, limit)
            return found.end() if found else None
        tag = _TAG.match(self._buffer, start, limit)
        if tag and tag[0].endswith(b"/>"):
            return tag.end()
        return self._close(opening[1:], tag.end() if tag else start + len(opening), limit)

    def _close(self, name: bytes, position: int, limit: int) -> int | None:
        while found := _INSIDE.search(self._buffer, position, limit):
            if found[1] == name:
                return found.end()
            if found[2]:
                return -found.start()
            end = found.end() if found[1] else self._behind(_CLOSING[found[0]], found.end(), limit)
            if end is None:
                return None
            position = end
        return None

    def _behind(self, closing: bytes, start: int, limit: int) -> int | None:
        found = self._buffer.find(closing, start, limit)
        return None if found < 0 else found + len(closing)
