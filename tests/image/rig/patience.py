"""Waiting for what happens elsewhere: every wait has an end, and says what never came."""

import time
from collections.abc import Callable
from typing import TypeVar

Seen = TypeVar("Seen")
STEP = 0.25


def until(look: Callable[[], Seen], what: str, seconds: float) -> Seen:
    """Look again and again until something is seen, and give it.

    Args:
        look: Gives something true when it is there.
        what: Is named when it never comes.
        seconds: After which it never comes.

    Raises:
        AssertionError: It never came.
    """
    deadline = time.monotonic() + seconds
    while not (seen := look()):
        assert time.monotonic() < deadline, f"{what} never came, in {seconds:.0f} s"
        time.sleep(STEP)
    return seen
