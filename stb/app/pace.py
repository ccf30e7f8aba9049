"""Whether this board draws quickly enough for things to move."""

FRAME_BUDGET = 0.012
"""Seconds of work for a picture among many: more, and a moving text takes the player's time."""
_APART = 0.1
"""Pictures that follow each other within so many seconds are movement."""
_FIRST = 8
"""Pictures of movement to judge by."""
_SHARE = 0.2
"""Of the newest picture in the average."""


class Pace:
    """Judges by the pictures drawn so far. A board found slow stays slow until the box starts again."""

    def __init__(self) -> None:
        """Quick until shown otherwise."""
        self.smooth = True
        self._before = float("-inf")
        self._seen = 0
        self._average = 0.0

    def note(self, begun: float, ended: float) -> None:
        """A picture was drawn between these moments."""
        moving, self._before = begun - self._before < _APART, begun
        if not moving:
            return
        self._seen += 1
        self._average += (ended - begun - self._average) * max(_SHARE, 1 / self._seen)
        if self._seen >= _FIRST and self._average > FRAME_BUDGET:
            self.smooth = False
