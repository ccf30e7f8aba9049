"""Whether the box draws quickly enough for things to move."""

FRAME_BUDGET = 0.012
"""Seconds of work for a picture among many: more, and a moving text takes the player's time."""
SLOW_SECONDS = 600.0
"""A box that was too slow tries again after so long: it may have been busy with something else."""
_MOVING = 0.1
"""A picture drawn again after so few seconds moves."""
_FIRST = 8
"""Pictures of movement to judge by."""
_SHARE = 0.2
"""Of the newest picture in the average."""


class Pace:
    """Judges by how long the pictures of movement took."""

    def __init__(self) -> None:
        """Quick until shown otherwise."""
        self._slow_until = float("-inf")
        self._seen = 0
        self._average = 0.0

    def smooth(self, now: float) -> bool:
        """Whether things may move."""
        return now >= self._slow_until

    def note(self, begun: float, ended: float, again_in: float | None) -> None:
        """A picture was drawn between these moments, and is to be drawn again after so many seconds."""
        if again_in is None or again_in > _MOVING:
            return
        self._seen += 1
        self._average += (ended - begun - self._average) * max(_SHARE, 1 / self._seen)
        if self._seen >= _FIRST and self._average > FRAME_BUDGET:
            self._slow_until = ended + SLOW_SECONDS
            self._seen = 0
