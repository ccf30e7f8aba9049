"""One transport stream to many viewers: each joins at the last keyframe, none holds up the others."""

import asyncio
from collections import deque

from stb.portal.cutting import Cutter

_MOST_WAITING = 4 << 20
"""Bytes kept for a viewer who does not read."""
_MOST_KEPT = 2 << 20
"""Bytes kept since the last keyframe for the next viewer to join."""


class Viewer:
    """What one viewer has still to be sent. Lives in the event loop of its fan-out."""

    def __init__(self) -> None:
        """Start with nothing to send, waiting for a keyframe."""
        self.joined = False
        """Whether it has its keyframe, and no hole since."""
        self._queue: deque[bytes] = deque()
        self.waiting = 0
        """Bytes that wait to be sent."""
        self._ended = False
        self._wake = asyncio.Event()

    def offer(self, data: bytes) -> None:
        """Send this too; a viewer who is too slow loses all that waits and goes on at a keyframe."""
        if self.waiting + len(data) > _MOST_WAITING:
            self._queue.clear()
            self.waiting = 0
            self.joined = False
            return
        self._queue.append(data)
        self.waiting += len(data)
        self._wake.set()

    def end(self) -> None:
        """Send what waits, then nothing more."""
        self._ended = True
        self._wake.set()

    async def take(self) -> bytes:
        """Wait for all there is to send; empty at the end."""
        while not self._queue and not self._ended:
            self._wake.clear()
            await self._wake.wait()
        data = b"".join(self._queue)
        self._queue.clear()
        self.waiting = 0
        return data


class Fanout:
    """Reads a transport stream and hands it to its viewers."""

    def __init__(self) -> None:
        """Begin before the first packet, with no viewers."""
        self.viewers: set[Viewer] = set()
        self._cutter = Cutter()
        self._group: list[bytes] = []
        self._kept = 0

    def join(self) -> Viewer:
        """Add a viewer: PAT, PMT and everything since the last keyframe wait for it already."""
        viewer = Viewer()
        if self._group:
            viewer.joined = True
            viewer.offer(b"".join(self._group))
        self.viewers.add(viewer)
        return viewer

    def leave(self, viewer: Viewer) -> None:
        """Take a viewer away; one that has left already is no error."""
        self.viewers.discard(viewer)

    def end(self) -> None:
        """The source has ended: end every viewer."""
        for viewer in self.viewers:
            viewer.end()

    def feed(self, data: bytes) -> None:
        """Take the next bytes of the source, any number of them."""
        for piece in self._cutter.feed(data):
            self._pass_on(piece.data, keyframe=piece.joins)

    def _pass_on(self, data: bytes, *, keyframe: bool) -> None:
        """Hand packets on; with ``keyframe`` the first of them begins one."""
        tables = self._cutter.tables
        self._keep(tables + data if keyframe else data, first=keyframe)
        for viewer in self.viewers:
            if viewer.joined:
                viewer.offer(data)
            elif keyframe:
                viewer.joined = True
                viewer.offer(tables + data)

    def _keep(self, data: bytes, *, first: bool) -> None:
        """Keep what the next viewer begins with; nothing when keyframes are too far apart for that."""
        if first:
            self._group, self._kept = [data], len(data)
        elif self._group:
            self._group.append(data)
            self._kept += len(data)
        if self._kept > _MOST_KEPT:
            self._group, self._kept = [], 0
