"""Which parts of the screen must be drawn again: the difference of two display lists, as a value."""

from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import TypeVar

from stb.ui.geometry import Region

Piece = TypeVar("Piece", bound=Hashable)

_WASTE = 1.3
"""Two regions are drawn as one when that costs at most so many times the pixels of both."""


def damage(
    before: Sequence[Piece], after: Sequence[Piece], bounds: Callable[[Piece], Region]
) -> tuple[Region, ...]:
    """Regions that hold every pixel on which two display lists differ.

    Pieces that are in both lists, in the same order, need nothing by themselves; they are drawn
    again only where they meet a piece that came, went or changed places.
    """
    kept_before, went = _split(before, after)
    kept_after, came = _split(after, before)
    moved = [pair for pair in zip(kept_before, kept_after, strict=True) if pair[0] != pair[1]]
    changed = [*went, *came, *(piece for pair in moved for piece in pair)]
    return merged(bounds(piece) for piece in changed)


def _split(pieces: Sequence[Piece], others: Iterable[Piece]) -> tuple[list[Piece], list[Piece]]:
    """Those that are among the others too, as many times, and the rest."""
    left = Counter(others)
    shared, own = [], []
    for piece in pieces:
        if left[piece] > 0:
            left[piece] -= 1
            shared.append(piece)
        else:
            own.append(piece)
    return shared, own


def merged(regions: Iterable[Region]) -> tuple[Region, ...]:
    """Few regions instead of many, that hold them all."""
    result: list[Region] = []
    for region in regions:
        if region.width and region.height:
            _add(result, region)
    return tuple(result)


def _add(regions: list[Region], new: Region) -> None:
    """Join the new one with those near it until it stands alone."""
    while near := next((region for region in regions if _worth_joining(region, new)), None):
        regions.remove(near)
        new = near.union(new)
    regions.append(new)


def _worth_joining(one: Region, other: Region) -> bool:
    both = one.union(other)
    apart = one.width * one.height + other.width * other.height
    return both.width * both.height <= _WASTE * apart
