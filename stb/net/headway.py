"""How far a long file is, told to whoever listens.

Files are fetched and read deep inside of what asks for them; who wants to know how far that is need not be
handed down to there.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_Hear = Callable[[float], None]
_listener: ContextVar[_Hear | None] = ContextVar("listener", default=None)


@contextmanager
def listening(hear: _Hear) -> Iterator[None]:
    """Have ``hear`` told which share (0 to 1) is done, of one file after the other, inside the ``with``."""
    token = _listener.set(hear)
    try:
        yield
    finally:
        _listener.reset(token)


def headway(done: int, whole: int) -> None:
    """Tell that so much of a file is done; nothing where nobody knows how much it is."""
    hear = _listener.get()
    if hear is not None and whole > 0:
        hear(min(done / whole, 1.0))
