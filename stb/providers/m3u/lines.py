"""The lines of a list, whatever it is written in: no charset is declared anywhere."""

import re
from collections.abc import Iterator, Sequence

from stb.providers.charset import as_utf8

LONGEST = 32 * 1024
"""Bytes of a line; longer ones are left out. The longest that are meant hold a picture."""
_EDGES = " \t\0\ufeff\u200b"
_WIDEST = 4
"""Bytes of a character in UTF-8."""
_HIGH = re.compile(rb"[\x80-\xff]")
_WORD = re.compile(rb"[A-Za-z\x80-\xff]*[\x80-\xff][A-Za-z\x80-\xff]*")


class Lines:
    """The lines that are not empty, without white space around them; read once, in bounded memory."""

    def __init__(self, pieces: Iterator[bytes], near: Sequence[bytes] = (b"",)) -> None:
        """Of a file's bytes in UTF-8, UTF-16 or a charset of one byte; nothing is read yet.

        Args:
            pieces: of the file.
            near: in lower case; lines far from any of them may be passed over.
        """
        self._pieces = as_utf8(pieces)
        self._near = near
        self.lost = 0
        """Lines so far that were too long."""

    def __iter__(self) -> Iterator[str]:
        """In their order; each in its own charset, because lists are glued from several."""
        rest, broken = b"", False
        for piece in self._pieces:
            whole = (rest + piece).replace(b"\r", b"\n")
            end = whole.rfind(b"\n") + 1
            begin = (whole.find(b"\n") + 1 or len(whole)) if broken else 0  # behind a line without end
            broken = broken and not end
            yield from self._texts(whole[begin:end])
            rest = b"" if broken else whole[end:]
            if len(rest) > LONGEST:
                self.lost += 1
                rest, broken = b"", True
        yield from self._texts(rest)

    def _texts(self, block: bytes) -> Iterator[str]:
        """Of lines that are whole: most blocks are UTF-8, and no line in them is long."""
        lower = block if self._near == (b"",) else block.lower()
        if not any(word in lower for word in self._near):
            return iter(())
        try:
            texts = block.decode().split("\n")
        except UnicodeDecodeError:
            texts = []
        if not texts or max(map(len, texts)) > LONGEST // _WIDEST:
            lines = block.split(b"\n")
            self.lost += sum(len(line) > LONGEST for line in lines)
            texts = [decoded(line) for line in lines if len(line) <= LONGEST]
        return filter(None, [text.strip(_EDGES) for text in texts])


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
