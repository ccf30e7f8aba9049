"""Drawn pieces, kept for the next time they are shown."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Piece = TypeVar("Piece")


class Cache(Generic[Piece]):
    """What was drawn, by what it was drawn from; forgets what was not asked for the longest."""

    def __init__(self, limit: int, size: Callable[[Piece], int]) -> None:
        """Keep pieces of at most ``limit`` bytes together; ``size`` says how many one takes."""
        self._limit = limit
        self._size = size
        self._pieces: OrderedDict[Hashable, Piece] = OrderedDict()
        self.used = 0
        """Bytes of all that is kept."""

    def get(self, key: Hashable, draw: Callable[[], Piece]) -> Piece:
        """The piece of this key, drawn now if it is not there."""
        if key in self._pieces:
            self._pieces.move_to_end(key)
            return self._pieces[key]
        piece = self._pieces[key] = draw()
        self.used += self._size(piece)
        while self.used > self._limit:
            self.used -= self._size(self._pieces.popitem(last=False)[1])
        return piece
