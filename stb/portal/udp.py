"""A channel as datagrams to one port of this machine, for as long as somebody listens there.

Nobody tells a sender of datagrams who listens. On the loopback interface the kernel does: what is sent
to a closed port is refused at once (ICMP port unreachable, told to a connected socket, udp(7)).
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress

from stb.errors import PortalError
from stb.portal import ts
from stb.portal.live import Live

HOST = "127.0.0.1"
_LOOK_S = 1.0
"""How often a closed port is tried."""
_DATAGRAM = 7 * ts.PACKET
"""What fits into an Ethernet frame (RFC 2250, 3)."""
_EMPTY = (b"\x47\x1f\xff\x10").ljust(ts.PACKET, b"\xff")
"""A null packet (ISO/IEC 13818-1, 2.4.3.2), which means nothing to a listener."""


def free_port() -> int:
    """A port that nobody uses now; the listener will take it, so it cannot be kept for it."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


async def send(port: int, live: Callable[[], Awaitable[Live]]) -> None:
    """Send a channel to a port whenever somebody listens, until cancelled."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK) as sender:
        sender.connect((HOST, port))
        while True:
            if _heard(sender, _EMPTY):
                with suppress(PortalError):  # it is off the air now
                    await _send_while_heard(sender, await live())
            await asyncio.sleep(_LOOK_S)


async def _send_while_heard(sender: socket.socket, live: Live) -> None:
    with live.watched() as viewer:
        while data := await viewer.take():
            for at in range(0, len(data), _DATAGRAM):
                if not _heard(sender, data[at : at + _DATAGRAM]):
                    return


def _heard(sender: socket.socket, data: bytes) -> bool:
    """Send a datagram; False when nobody listens."""
    try:
        sender.send(data)
    except BlockingIOError:  # a listener that does not keep up loses it, as on any network
        return True
    except ConnectionRefusedError:  # about the one before
        return False
    return sender.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) == 0
