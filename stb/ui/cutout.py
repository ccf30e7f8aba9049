"""Where the picture of the channel is seen, and the holes in it through which plates show.

    +--------------------------+
    |  picture                 |
    |  .--------------------.  |   a hole is one pixel smaller than its plate on every side and
    |  |  plate             |  |   lies where the plate is fully opaque: X cuts whole pixels only,
    |  '--------------------'  |   so the plate's own soft edge stays below the picture
    +--------------------------+

All regions are pixels of the screen.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, sqrt
from typing import Self

from stb.ui.geometry import SCREEN_HEIGHT, Region
from stb.ui.scene import Plate, Scene

Span = tuple[int, int]
"""First column, and first column beyond."""


@dataclass(frozen=True, slots=True)
class Hole:
    """A plate above the picture."""

    region: Region
    radius: int

    @property
    def rows(self) -> tuple[Region, ...]:
        """What to cut out: the inside of the plate, a region a row where it is round."""
        inside = self.region.inset(1)
        radius = min(self.radius, inside.width // 2, inside.height // 2)
        depths = [ceil(radius - sqrt(radius**2 - (radius - row) ** 2)) for row in range(radius)]
        round_rows = [
            Region(inside.x + depth, y, inside.width - 2 * depth, 1)
            for row, depth in enumerate(depths)
            for y in (inside.y + row, inside.bottom - 1 - row)
        ]
        return (inside.inset(0, radius), *round_rows)

    def hides(self, other: "Hole") -> bool:
        """Whether cutting the other one out would change nothing."""
        return self is not other and self.region.inset(self.radius + 1, 1).contains(other.region)


@dataclass(frozen=True, slots=True)
class Cutout:
    """The picture's place and the plates above it."""

    video: Region
    holes: tuple[Hole, ...] = ()

    @classmethod
    def of(cls, scene: Scene, height: int) -> Self | None:
        """What a scene asks for on a screen of so many pixels in height; None where it shows no picture."""
        if scene.video is None:
            return None
        video = scene.video.scaled(height)
        holes = [
            Hole(item.region.scaled(height), round(item.radius * height / SCREEN_HEIGHT))
            for item in scene.items
            if isinstance(item, Plate) and item.region.scaled(height).overlaps(video)
        ]
        outer = (hole for hole in holes if not any(other.hides(hole) for other in holes))
        return cls(video, tuple(dict.fromkeys(outer)))

    @property
    def visible(self) -> tuple[Region, ...]:
        """The picture without its holes, as regions that do not overlap, from the top down."""
        rows = (row.intersection(self.video) for hole in self.holes for row in hole.rows)
        cuts = [row for row in rows if row.width and row.height]
        edges = {self.video.y, self.video.bottom, *(edge for cut in cuts for edge in (cut.y, cut.bottom))}
        result: list[Region] = []
        for top, bottom in pairwise(sorted(edges)):
            spans = ((cut.x, cut.right) for cut in cuts if cut.y <= top < cut.bottom)
            result += [
                Region(start, top, end - start, bottom - top)
                for start, end in _gaps(spans, (self.video.x, self.video.right))
            ]
        return tuple(result)

    def uncovered_after(self, before: Self | None) -> tuple[Region, ...]:
        """What the picture covered before and does not cover now: X keeps its last pixels there."""
        if before is None:
            return ()
        if before.video != self.video:
            return (before.video,)
        return tuple(hole.region for hole in self.holes if hole not in before.holes)


def _gaps(spans: Iterable[Span], whole: Span) -> list[Span]:
    """What is left of a line when these spans are taken out of it."""
    gaps, start = [], whole[0]
    for left, right in sorted(spans):
        if left > start:
            gaps.append((start, left))
        start = max(start, right)
    if start < whole[1]:
        gaps.append((start, whole[1]))
    return gaps
