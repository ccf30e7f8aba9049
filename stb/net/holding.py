"""The beginning of a file that is held back in memory: what is there already need not be written again."""

from collections.abc import Iterator

from stb.errors import Unreachable

_MOST = 8 << 20
"""Bytes."""


def held(pieces: Iterator[bytes]) -> tuple[bytes, Iterator[bytes], bool]:
    """Read as far as there is room for it.

    Returns:
        What was read; what follows it, where it is cut off with the error that said so; whether it was all.
    """
    begun = bytearray()
    try:
        for piece in pieces:
            begun += piece
            if len(begun) > _MOST:
                return bytes(begun), pieces, False
    except Unreachable as error:
        return bytes(begun), _cut_off(error), False
    return bytes(begun), iter(()), True


def _cut_off(error: Unreachable) -> Iterator[bytes]:
    yield from ()
    raise error
