"""The portal's child processes that send something: known by number, so that an operator can end them."""

from asyncio.subprocess import Process
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

Keep = Callable[[Process], AbstractContextManager[None]]
"""Makes a process known for as long as it is waited for."""


def unknown(_: Process) -> AbstractContextManager[None]:
    """Make a process known to nobody."""
    return nullcontext()


@dataclass(frozen=True, slots=True, kw_only=True)
class Child:
    """One process that sends a channel."""

    pid: int
    stream: int
    """Number of the channel."""
    name: str
    """The channel's."""
    started: datetime


class Children:
    """Those that run now. Belongs to one event loop; `all` may be asked from any thread."""

    def __init__(self) -> None:
        """Begin with none."""
        self._running: dict[int, tuple[Child, Process]] = {}

    def all(self) -> tuple[Child, ...]:
        """Every child, the oldest first."""
        return tuple(child for child, _ in list(self._running.values()))

    def of(self, stream: int, name: str) -> Keep:
        """How processes of a channel are made known."""
        return partial(self._kept, stream, name)

    def kill(self, pid: int) -> bool:
        """End a child at once; whether there was one. Never another's process, whatever its number."""
        child = self._running.get(pid)
        if child is None:
            return False
        with suppress(ProcessLookupError):
            child[1].kill()
        return True

    def kill_stream(self, stream: int) -> None:
        """End all that sends a channel."""
        for child in self.all():
            if child.stream == stream:
                self.kill(child.pid)

    @contextmanager
    def _kept(self, stream: int, name: str, process: Process) -> Iterator[None]:
        child = Child(pid=process.pid, stream=stream, name=name, started=datetime.now(UTC))
        self._running[process.pid] = child, process
        try:
            yield
        finally:
            del self._running[process.pid]
