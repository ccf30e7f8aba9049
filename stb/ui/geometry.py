"""Places on the screen, in design units: the screen is always 1080 units high.

A screen lays itself out once, left to right; `Region.mirrored` makes right-to-left one decision
for the whole scene, and `Region.scaled` turns units into pixels at the very end.
"""

from typing import NamedTuple

SCREEN_HEIGHT = 1080
"""Height of every screen in design units (LOOK, type "at 1080p")."""


class Size(NamedTuple):
    """Width and height."""

    width: int
    height: int


class Region(NamedTuple):
    """A rectangle.

    (x, y) +-----------+
           |           | height
           +-----------+ (right, bottom)
               width
    """

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """First column beyond it."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """First row beyond it."""
        return self.y + self.height

    def inset(self, horizontal: int, vertical: int | None = None) -> "Region":
        """Smaller by a margin on every side; the middle stays."""
        vertical = horizontal if vertical is None else vertical
        return Region(
            self.x + horizontal,
            self.y + vertical,
            max(0, self.width - 2 * horizontal),
            max(0, self.height - 2 * vertical),
        )

    def moved(self, dx: int, dy: int) -> "Region":
        """The same size elsewhere."""
        return Region(self.x + dx, self.y + dy, self.width, self.height)

    def mirrored(self, width: int) -> "Region":
        """The same distance from the other side of a screen of this width."""
        return Region(width - self.x - self.width, self.y, self.width, self.height)

    def overlaps(self, other: "Region") -> bool:
        """Whether they share a point."""
        return (
            self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom
        )

    def contains(self, other: "Region") -> bool:
        """Whether all of the other lies in it."""
        return (
            self.x <= other.x
            and self.y <= other.y
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def intersection(self, other: "Region") -> "Region":
        """What both share; without width or height where they share nothing."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        return Region(x, y, max(0, right - x), max(0, bottom - y))

    def union(self, other: "Region") -> "Region":
        """The smallest region that holds both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        return Region(x, y, max(self.right, other.right) - x, max(self.bottom, other.bottom) - y)

    def scaled(self, height: int) -> "Region":
        """In pixels of a display of this height. Neighbours stay neighbours: edges are rounded, not sizes."""
        x, y, right, bottom = (
            round(edge * height / SCREEN_HEIGHT) for edge in (self.x, self.y, self.right, self.bottom)
        )
        return Region(x, y, right - x, bottom - y)
