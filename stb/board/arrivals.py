"""A network that comes: a cable that was plugged in, a router that is there again, Wi-Fi that found its way.

The kernel tells whoever listens of each default route (rtnetlink(7)): before there is one, nobody outside can
be reached; when there is one, it is worth a try.
"""

import socket
import struct
from collections.abc import Iterator

_GROUPS = 0x40 | 0x400
"""RTMGRP_IPV4_ROUTE, RTMGRP_IPV6_ROUTE (rtnetlink.h)."""
_NEW_ROUTE = 24
"""RTM_NEWROUTE."""
_HEADER = struct.Struct("=IHHII")
"""struct nlmsghdr (netlink(7)): length, type, flags, sequence, port."""
_ROUTE = struct.Struct("=BBBBBBBB")
"""struct rtmsg, as far as it matters: family, bits of the destination, of the source, ..., and the type."""
_UNICAST = 1
"""RTN_UNICAST: a way, not a wall."""
_ALIGN = 4
_LARGEST = 1 << 16


class Arrivals:
    """Readable when a way out of the box may have come."""

    def __init__(self) -> None:
        """Listen from now on."""
        kind = socket.SOCK_RAW | socket.SOCK_NONBLOCK | socket.SOCK_CLOEXEC
        self._socket = socket.socket(socket.AF_NETLINK, kind, socket.NETLINK_ROUTE)
        self._socket.bind((0, _GROUPS))

    def fileno(self) -> int:
        """Readable when the kernel told something about routes."""
        return self._socket.fileno()

    def take(self) -> bool:
        """Whether a default route came since the last time."""
        came = False
        while True:
            try:
                told = self._socket.recv(_LARGEST)
            except BlockingIOError:
                return came
            except OSError:  # ENOBUFS: so much happened that some of it was not told
                return True
            came = came or any(is_way_out(kind, body) for kind, body in messages(told))

    def close(self) -> None:
        """Listen no longer. Safe to call twice."""
        self._socket.close()


def messages(told: bytes) -> Iterator[tuple[int, bytes]]:
    """Take apart what the kernel told: the type and the body of each message; what is cut off falls away."""
    while len(told) >= _HEADER.size:
        length, kind, *_ = _HEADER.unpack_from(told)
        if not _HEADER.size <= length <= len(told):
            return
        yield kind, told[_HEADER.size : length]
        told = told[-(-length // _ALIGN) * _ALIGN :]


def is_way_out(kind: int, body: bytes) -> bool:
    """Whether a message is of a new route to everywhere."""
    if kind != _NEW_ROUTE or len(body) < _ROUTE.size:
        return False
    _family, destination, *_, way = _ROUTE.unpack_from(body)
    return bool(destination == 0 and way == _UNICAST)
