"""A display that is about to come: on a box X starts while the box itself is read."""

import os
import time
from collections.abc import Callable, Mapping
from typing import TypeVar

from Xlib.error import DisplayError

_STEP = 0.05
Connected = TypeVar("Connected")


def patience(environment: Mapping[str, str] = os.environ) -> float:
    """How many seconds the display may take to come, as systemd's unit says; elsewhere it is there or not."""
    asked = environment.get("STB_SCREEN_SECONDS", "")
    return float(asked) if asked.isdecimal() else 0.0


def when_there(
    connect: Callable[[], Connected],
    seconds: float,
    clock: Callable[[], float] = time.monotonic,
    rest: Callable[[float], None] = time.sleep,
) -> Connected:
    """Connect as soon as somebody answers.

    Raises:
        Xlib.error.DisplayError: nobody does, in so many seconds.
    """
    deadline = clock() + seconds
    while True:
        try:
            return connect()
        except DisplayError:
            if clock() >= deadline:
                raise
        rest(_STEP)
