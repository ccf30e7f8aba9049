"""A channel as HTTP live streaming (RFC 8216): a list of short files that grows at one end."""

import asyncio
from collections import deque
from dataclasses import dataclass
from math import ceil

from stb.portal import ts
from stb.portal.cutting import Cutter
from stb.portal.live import Live

SEGMENT_S = 2.0
"""A segment ends at the first keyframe after so long."""
_LISTED = 5
_KEPT = 8
"""A player may still fetch what has just left the list (6.2.2)."""
_IDLE_S = 3 * SEGMENT_S
"""A player that has not asked for so long has gone away."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One file."""

    number: int
    seconds: float
    data: bytes


class Segments:
    """The last segments of a transport stream."""

    def __init__(self) -> None:
        """Begin before the first packet."""
        self._cutter = Cutter()
        self._kept: deque[Segment] = deque(maxlen=_KEPT)
        self._open: list[bytes] = []
        self._began = 0
        self._count = 0

    def feed(self, data: bytes) -> None:
        """Take the next bytes of the stream, any number of them."""
        for piece in self._cutter.feed(data):
            if piece.joins:
                self._join(piece.data)
            elif self._open:
                self._open.append(piece.data)

    def _join(self, data: bytes) -> None:
        now = ts.timestamp(data[: ts.PACKET])
        if now is None:
            self._open.append(data)
            return
        seconds = ts.seconds_between(self._began, now)
        if self._open and seconds >= SEGMENT_S:
            self._kept.append(Segment(self._count, seconds, b"".join(self._open)))
            self._count += 1
            self._open = []
        if not self._open:
            self._began = now
            self._open = [self._cutter.tables]
        self._open.append(data)

    def find(self, number: int) -> Segment | None:
        """A segment, or None when it is not there yet or no more."""
        return next((segment for segment in self._kept if segment.number == number), None)

    def playlist(self, folder: str, query: str) -> str | None:
        """The list, with the segments at ``FOLDER/NUMBER.ts?QUERY``; None while there are none."""
        listed = list(self._kept)[-_LISTED:]
        if not listed:
            return None
        lines = ["#EXTM3U", "#EXT-X-VERSION:3"]
        lines.append(f"#EXT-X-TARGETDURATION:{ceil(max(segment.seconds for segment in listed))}")
        lines.append(f"#EXT-X-MEDIA-SEQUENCE:{listed[0].number}")
        for segment in listed:
            lines += [f"#EXTINF:{segment.seconds:.3f},", f"{folder}/{segment.number}.ts{query}"]
        return "\n".join(lines) + "\n"


class Hls:
    """One channel, on the air while somebody fetches its list. Belongs to the event loop it is used in."""

    def __init__(self, live: Live, idle_s: float = _IDLE_S) -> None:
        """Cut up ``live``, and let it go ``idle_s`` after the last question."""
        self._live = live
        self._idle_s = idle_s
        self._segments = Segments()
        self._task: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()
        self._asked = 0.0

    async def playlist(self, folder: str, query: str) -> str | None:
        """The list (`Segments.playlist`), when its first segment is there; None when it cannot be."""
        self._asked = asyncio.get_running_loop().time()
        if self._task is None or self._task.done():
            self._segments = Segments()
            self._task = asyncio.create_task(self._cut(self._segments))
        while (text := self._segments.playlist(folder, query)) is None and not self._task.done():
            self._changed.clear()
            await self._changed.wait()
        return text

    def find(self, number: int) -> Segment | None:
        """One of its segments, or None."""
        return self._segments.find(number)

    async def _cut(self, segments: Segments) -> None:
        clock = asyncio.get_running_loop().time
        try:
            with self._live.watched() as viewer:
                while (data := await viewer.take()) and clock() - self._asked < self._idle_s:
                    segments.feed(data)
                    self._changed.set()
        finally:
            self._changed.set()
