"""A channel on the air: one ffmpeg while somebody watches, none otherwise."""

import asyncio
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from stb.portal.children import Keep, unknown
from stb.portal.fanout import Fanout, Viewer
from stb.portal.tied import TIED

log = logging.getLogger(__name__)

LINGER_S = 4.0
"""How long a channel stays on the air after its last viewer, for one who zaps back."""
_READ = 64 << 10


@dataclass(frozen=True, slots=True)
class Source:
    """How ffmpeg is started for a channel."""

    arguments: list[str]
    """Inputs and encoders; the output is the channel's."""
    input: bytes = b""
    """What ffmpeg finds on its standard input."""


class Live:
    """One channel. Belongs to the event loop it is used in."""

    def __init__(
        self,
        name: str,
        source: Callable[[], Source],
        linger_s: float = LINGER_S,
        keep: Keep = unknown,
    ) -> None:
        """Stay off the air until somebody watches; ``source`` is asked each time the channel goes on."""
        self._name = name
        self._source = source
        self._linger_s = linger_s
        self._fanout = Fanout()
        self._task: asyncio.Task[None] | None = None
        self._leaving: asyncio.TimerHandle | None = None
        self._keep = keep
        self._held = False

    @property
    def viewers(self) -> int:
        """How many watch now."""
        return len(self._fanout.viewers)

    @contextmanager
    def watched(self) -> Iterator[Viewer]:
        """Watch the channel; the first viewer puts it on the air, the last takes it off a little later."""
        self._go_on()
        fanout = self._fanout
        viewer = fanout.join()
        try:
            yield viewer
        finally:
            fanout.leave(viewer)
            idle = not fanout.viewers and not self._held
            if fanout is self._fanout and idle and self._task is not None:
                self._leaving = asyncio.get_running_loop().call_later(self._linger_s, self._go_off)

    def hold(self) -> None:
        """Go on the air, and stay there until `close`, whoever watches."""
        self._held = True
        self._go_on()

    async def close(self) -> None:
        """Go off the air at once, and return when the process has ended."""
        self._held = False
        task = self._go_off()
        if task is not None:
            await asyncio.wait([task])

    def _go_on(self) -> None:
        if self._leaving is not None:
            self._leaving.cancel()
            self._leaving = None
        if self._task is None:
            self._fanout = Fanout()
            self._task = asyncio.create_task(self._run(self._fanout))

    def _go_off(self) -> asyncio.Task[None] | None:
        if self._leaving is not None:
            self._leaving.cancel()
            self._leaving = None
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            self._fanout.end()
        return task

    async def _run(self, fanout: Fanout) -> None:
        log.info("%s goes on the air", self._name)
        try:
            await _pump(self._source(), fanout, self._keep)
        except OSError as error:
            log.error("%s cannot be sent: %s", self._name, error)  # noqa: TRY400 # which one is all there is to say
        finally:
            fanout.end()
            if fanout is self._fanout:
                self._task = None
            log.info("%s goes off the air", self._name)


async def _pump(source: Source, fanout: Fanout, keep: Keep) -> None:
    """Feed what ffmpeg writes until it ends, or until this is cancelled; then it is gone for certain.

    Should the portal be killed, ffmpeg is too.
    """
    process = await asyncio.create_subprocess_exec(
        *(*TIED, "ffmpeg", "-hide_banner", "-loglevel", "error", *source.arguments),
        *("-f", "mpegts", "-flush_packets", "1", "pipe:1"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    if process.stdin is None or process.stdout is None:
        raise AssertionError
    try:
        with keep(process):
            process.stdin.write(source.input)
            process.stdin.close()
            while data := await process.stdout.read(_READ):
                fanout.feed(data)
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()
