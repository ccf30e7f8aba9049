"""A channel over RTSP, by GStreamer's server where the system has it.

That server runs in a process of its own, from its first viewer until the last has gone: as inetd does
it, this waits at the listening socket, hands it to the server when somebody knocks, and waits again when
the server has ended.
"""

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path

from stb.errors import PortalError
from stb.portal.children import Keep, unknown

log = logging.getLogger(__name__)

_PYTHON = "/usr/bin/python3"
"""The system's own, which has the bindings; the one this runs on need not."""
_SCRIPT = Path(__file__).with_name("gst_rtsp.py")
_NEEDED = (
    "lib/*/girepository-1.0/GstRtspServer-1.0.typelib",
    "lib/python3/dist-packages/gi/__init__.py",
    "lib/*/gstreamer-1.0/libgstrtp.so",
)
"""A file of each package: gir1.2-gst-rtsp-server-1.0, python3-gi, gstreamer1.0-plugins-good."""
_MISSING = (
    "there is no RTSP server here: install gir1.2-gst-rtsp-server-1.0 gstreamer1.0-plugins-good python3-gi"
)
_REFUSED = b"RTSP/1.0 503 No RTSP server is installed here\r\nCSeq: %s\r\nConnection: close\r\n\r\n"
_AGAIN_S = 1.0
"""A server that has ended is not started again sooner."""
_MOST_ASKED = 4096

Encoder = Callable[[], Awaitable[list[str]]]
"""The command that writes the channel to its standard output, as Matroska with H.264 and AAC."""


def installed(root: Path = Path("/usr")) -> bool:
    """Whether the system has all of GStreamer's server."""
    return all(any(root.glob(each)) for each in _NEEDED)


class Rtsp:
    """One channel. Belongs to the event loop it is started in."""

    def __init__(self, path: str, encoder: Encoder, keep: Keep = unknown) -> None:
        """Serve it at ``path``."""
        self._path = path
        self._encoder = encoder
        self._keep = keep
        self._task: asyncio.Task[None] | None = None

    def start(self, listener: socket.socket) -> None:
        """Accept viewers at a listening socket, which belongs to this from now on."""
        has_server = installed()
        if not has_server:
            log.warning("%s is refused: %s", self._path, _MISSING)
        self._task = asyncio.create_task(self._serve(listener) if has_server else _refuse(listener))

    async def close(self) -> None:
        """Close the port and end the server."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])

    async def _serve(self, listener: socket.socket) -> None:
        with listener:
            while True:
                await _knocked(listener)
                try:
                    await self._run(listener, await self._encoder())
                except (OSError, PortalError) as error:
                    log.error("%s cannot be sent: %s", self._path, error)  # noqa: TRY400 # that is all there is
                await asyncio.sleep(_AGAIN_S)

    async def _run(self, listener: socket.socket, encoder: list[str]) -> None:
        log.info("%s goes on the air", self._path)
        number = listener.fileno()
        process = await asyncio.create_subprocess_exec(
            *(_PYTHON, str(_SCRIPT), str(number), self._path, *encoder),
            stdin=asyncio.subprocess.PIPE,  # the server ends when this end of it is closed
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.DEVNULL,
            pass_fds=[number],
        )
        try:
            with self._keep(process):
                await process.wait()
        finally:
            if process.stdin is not None:
                process.stdin.close()
            await asyncio.shield(process.wait())
            log.info("%s goes off the air", self._path)


async def _knocked(listener: socket.socket) -> None:
    """Wait until somebody wants to be let in, and leave them at the door."""
    knocked = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_reader(listener, knocked.set)
    try:
        await knocked.wait()
    finally:
        loop.remove_reader(listener)


async def _refuse(listener: socket.socket) -> None:
    """Tell each viewer that there is no server."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            asked = await reader.read(_MOST_ASKED)
            lines = asked.split(b"\r\n")
            number = next((line[5:].strip() for line in lines if line.lower().startswith(b"cseq:")), b"0")
            writer.write(_REFUSED % number)
            await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, sock=listener) as server:
        await server.serve_forever()
