"""What was on a channel: the clock shows the asked moment, the others go round as they always do."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import datetime

from stb.portal.guide import Show
from stb.portal.live import Source
from stb.portal.nouns import PortalChannel
from stb.portal.tied import TIED

AHEAD_S = 8.0
"""How much of the past is sent at once, so that a player can begin without waiting for it."""
_DAY_S = 86_400
_READ = 64 << 10


def kept(channel: PortalChannel, begin: int, now: datetime) -> bool:
    """Whether what was on a channel from a moment on can be seen again."""
    age = now.timestamp() - begin
    return 0 <= age <= channel.archive * _DAY_S


def has(channel: PortalChannel, show: Show, now: datetime) -> bool:
    """Whether a programme can be seen again: it has ended, and is not too long ago."""
    return show.stop <= now.timestamp() and kept(channel, show.start, now)


async def play(source: Source) -> AsyncGenerator[bytes, None]:
    """The transport stream of an ffmpeg of the viewer's own, which ends with this."""
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
        process.stdin.write(source.input)
        process.stdin.close()
        while data := await process.stdout.read(_READ):
            yield data
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()
