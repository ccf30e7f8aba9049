"""The lines of a list, whatever it is written in: no charset is declared anywhere."""

import re
from collections.abc import Iterator

from stb.providers.charset import as_utf8

LONGEST = 32 * 1024
"""Bytes of a line; longer ones are left out. The longest that are meant hold a picture."""
_HIGH = re.compile(rb"[\x80-\xff]")
_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")


class Lines:
    """The lines that are not empty, without white space around them; read once, in bounded memory."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        """Of a file's bytes in UTF-8, UTF-16 or a charset of one byte; nothing is read yet."""
        self._pieces = as_utf8(pieces)
        self.lost = 0
        """Lines so far that were too long."""

    def __iter__(self) -> Iterator[str]:
        """In their order; each in its own charset, because lists are glued from several."""
        rest, broken = b"", False
        for piece in self._pieces:
            first, *others = _split(rest + piece)
            lines = [first, *others]
            rest = lines.pop()
            for line in lines:
                if not broken and (text := self._text(line)):
                    yield text
                broken = False
            if len(rest) > LONGEST:
                self.lost += not broken
                rest, broken = b"", True
        if not broken and (text := self._text(rest)):
            yield text

    def _text(self, line: bytes) -> str:
        if len(line) > LONGEST:
            self.lost += 1
            return ""
        return decoded(line).strip(" \t\0\ufeff\u200b")


def decoded(line: bytes) -> str:
    """A line's text: UTF-8, else Russian or western European as Windows writes them, as is likelier."""
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1251" if _cyrillic(line) else "cp1252", "replace")


def _cyrillic(line: bytes) -> bool:
    """In Russian words nearly all letters are beyond ASCII; in French or German ones, few are."""
    text = b"".join(_WORD.findall(line))
    high = len(_HIGH.findall(text))
    return high > 2 * (len(text) - high)


def _split(text: bytes) -> list[bytes]:
    return text.replace(b"\r", b"\n").split(b"\n")
