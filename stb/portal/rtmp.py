"""A channel over RTMP: an ffmpeg of its own for each viewer, which listens for just that one.

ffmpeg cannot be handed a connection. So this accepts it, starts ffmpeg at a port of its own, and passes
the bytes on in both directions.
"""

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress

from stb.errors import PortalError
from stb.portal.children import Keep, unknown
from stb.portal.tied import TIED

log = logging.getLogger(__name__)

_HOST = "127.0.0.1"
_START_S = 10
"""How long ffmpeg waits for its viewer, and we for ffmpeg."""
_RETRY_S = 0.02
_READ = 64 << 10

Arguments = Callable[[], Awaitable[list[str]]]
"""Inputs and encoders for ffmpeg."""


class Rtmp:
    """One channel. Belongs to the event loop it is started in."""

    def __init__(self, path: str, arguments: Arguments, keep: Keep = unknown) -> None:
        """Serve it at ``path``, to all who connect, whatever they ask for."""
        self._path = path
        self._arguments = arguments
        self._keep = keep
        self._server: asyncio.Server | None = None
        self._watching: set[asyncio.Task[None]] = set()

    async def start(self, listener: socket.socket) -> None:
        """Accept viewers at a listening socket, which belongs to this from now on."""
        self._server = await asyncio.start_server(self._accepted, sock=listener)

    async def close(self) -> None:
        """Close the port and end every viewer's ffmpeg."""
        if self._server is not None:
            self._server.close()
        for task in self._watching:
            task.cancel()
        if self._watching:
            await asyncio.wait(self._watching)

    def _accepted(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(self._serve(reader, writer))
        self._watching.add(task)
        task.add_done_callback(self._watching.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        log.info("%s is watched", self._path)
        try:
            await self._watch(reader, writer, await self._arguments())
        except (OSError, PortalError) as error:
            log.error("%s cannot be sent: %s", self._path, error)  # noqa: TRY400 # that is all there is to say
        finally:
            writer.close()

    async def _watch(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, arguments: list[str]
    ) -> None:
        port = _free_port()
        process = await asyncio.create_subprocess_exec(
            *(*TIED, "ffmpeg", "-hide_banner", "-loglevel", "quiet", "-nostdin", *arguments, "-f", "flv"),
            *("-rtmp_listen", "1", "-timeout", str(_START_S), f"rtmp://{_HOST}:{port}{self._path}"),
            stdin=asyncio.subprocess.DEVNULL,
        )
        try:
            with self._keep(process):
                await _relay(port, reader, writer)
        finally:
            if process.returncode is None:
                process.kill()
            await process.wait()


async def _relay(port: int, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Pass on what a viewer and ffmpeg say to each other, until one of them ends."""
    async with asyncio.timeout(_START_S):
        answers, questions = await _connected(port)
    ways = [asyncio.create_task(way) for way in (_pass(reader, questions), _pass(answers, writer))]
    try:
        await asyncio.wait(ways, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for way in ways:
            way.cancel()
        questions.close()


async def _connected(port: int) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    while True:
        with suppress(ConnectionRefusedError):
            return await asyncio.open_connection(_HOST, port)
        await asyncio.sleep(_RETRY_S)


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(_READ):
            writer.write(data)
            await writer.drain()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        port: int = probe.getsockname()[1]
        return port
