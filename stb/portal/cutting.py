"""Cuts a transport stream where a viewer can join it."""

from collections.abc import Iterator
from typing import NamedTuple

from stb.portal import ts


class Piece(NamedTuple):
    """Some whole packets."""

    data: bytes
    joins: bool
    """Whether a viewer can join at its first packet: a keyframe, or any sound where there are no pictures."""


class Cutter:
    """Takes a stream as it comes and gives it back in pieces.

    Its source writes whole packets in order (ffmpeg into a pipe of ours), PAT and PMT in one packet each.
    """

    def __init__(self) -> None:
        """Begin before the first packet."""
        self._rest = b""
        self._pat = b""
        self._pmt = b""
        self._pmt_pid: int | None = None
        self._leading_pid: int | None = None

    @property
    def tables(self) -> bytes:
        """The PAT and PMT that stand before the packets that were cut last."""
        return self._pat + self._pmt

    def feed(self, data: bytes) -> Iterator[Piece]:
        """Cut the next bytes of the source, any number of them; to be exhausted."""
        data = self._rest + data
        end = len(data) - len(data) % ts.PACKET
        self._rest = data[end:]
        start, joins = 0, False
        for at in self._joints(data, end):
            if at > start:
                yield Piece(data[start:at], joins)
            start, joins = at, True
        if end > start:
            yield Piece(data[start:end], joins)

    def _joints(self, data: bytes, end: int) -> Iterator[int]:
        """Where a viewer can join in whole packets; notes PAT and PMT on the way."""
        for at in range(0, end, ts.PACKET):
            packet = data[at : at + ts.PACKET]
            head = ts.header(packet)
            if head.pid == ts.PAT_PID:
                self._pat, self._pmt_pid = packet, ts.pmt_pid(packet)
            elif head.pid == self._pmt_pid:
                self._pmt, self._leading_pid = packet, ts.leading_pid(packet)
            elif head.pid == self._leading_pid and head.starts and head.random_access:
                yield at
