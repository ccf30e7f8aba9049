"""The ways by which channels leave the portal that are not HTTP: RTSP, RTMP and datagrams."""

import asyncio
import os
import socket
from collections.abc import Iterable
from functools import partial

from stb.errors import PortalError
from stb.portal import udp
from stb.portal.nouns import Delivery, PortalChannel
from stb.portal.rtmp import Rtmp
from stb.portal.rtsp import Rtsp
from stb.portal.streams import Streams

_OWN_PORTS = (Delivery.RTSP, Delivery.RTMP, Delivery.UDP)


class Outlets:
    """Ports of channels that have one of their own."""

    def __init__(self, host: str) -> None:
        """Listen at this address once started."""
        self._host = host
        self._ports: dict[int, int] = {}
        self._open: list[Rtsp | Rtmp] = []
        self._senders: list[asyncio.Task[None]] = []

    def address(self, channel: PortalChannel, host: str) -> str:
        """Where a channel is, for a viewer who knows this machine as ``host``.

        Raises:
            PortalError: the channel has no port of its own.
        """
        if channel.id not in self._ports:
            raise PortalError(f"{channel.name} has no port of its own")
        port = self._ports[channel.id]
        if channel.delivery == Delivery.UDP:
            return f"udp://@{udp.HOST}:{port}"
        return f"{channel.delivery}://{host}:{port}{_path(channel)}"

    async def start(self, channels: Iterable[PortalChannel], streams: Streams) -> None:
        """Open the ports of those channels that have one, the same ones again after `close`.

        Raises:
            PortalError: a port cannot be had.
        """
        for channel in channels:
            if channel.delivery == Delivery.UDP:
                port = self._ports.setdefault(channel.id, udp.free_port())
                sending = udp.send(port, partial(streams.live, channel))
                self._senders.append(asyncio.create_task(sending))
            elif channel.delivery in _OWN_PORTS:
                listener = self._listen(self._ports.get(channel.id, 0))
                self._ports[channel.id] = listener.getsockname()[1]
                await self._serve(channel, listener, streams)

    async def _serve(self, channel: PortalChannel, listener: socket.socket, streams: Streams) -> None:
        keep = streams.children.of(channel.id, channel.name)
        if channel.delivery == Delivery.RTSP:
            rtsp = Rtsp(_path(channel), partial(streams.matroska, channel), keep)
            self._open.append(rtsp)
            rtsp.start(listener)
        else:
            rtmp = Rtmp(_path(channel), partial(streams.arguments, channel), keep)
            self._open.append(rtmp)
            await rtmp.start(listener)

    async def close(self) -> None:
        """Close every port and end what was started for it."""
        for sender in self._senders:
            sender.cancel()
        await asyncio.gather(*self._senders, return_exceptions=True)
        await asyncio.gather(*(outlet.close() for outlet in self._open))
        self._senders, self._open = [], []

    def _listen(self, port: int) -> socket.socket:
        family = socket.AF_INET6 if ":" in self._host else socket.AF_INET
        try:
            listener = socket.create_server((self._host, port), family=family)
        except OSError as error:
            raise PortalError(f"the portal cannot listen at {self._host}: {error.strerror}") from error
        os.set_blocking(listener.fileno(), False)
        return listener


def _path(channel: PortalChannel) -> str:
    return f"/live/{channel.id}"
