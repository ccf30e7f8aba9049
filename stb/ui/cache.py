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
        piece = self.find(key)
        if piece is None:
            piece = draw()
            self.put(key, piece)
        return piece

    def find(self, key: Hashable) -> Piece | None:
        """The piece of this key, if it is there."""
        if key not in self._pieces:
            return None
        self._pieces.move_to_end(key)
        return self._pieces[key]

    def put(self, key: Hashable, piece: Piece) -> None:
        """Keep this piece, in the place of one that was there."""
        before = self._pieces.pop(key, None)
        self.used += self._size(piece) - (self._size(before) if before is not None else 0)
        self._pieces[key] = piece
        while self.used > self._limit:
            self.used -= self._size(self._pieces.popitem(last=False)[1])
