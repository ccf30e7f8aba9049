"""What each of the portal's channels sends."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from stb.portal import clock
from stb.portal.clips import Recipe, Studio
from stb.portal.live import LINGER_S, Live, Source
from stb.portal.nouns import Picture, PortalChannel

_SIZES = {Picture.HD_720: (1280, 720), Picture.HD_1080: (1920, 1080)}
_TONES = (262, 294, 330, 392, 440, 523, 587, 659)
"""A pentatonic scale: two channels heard one after the other do not hurt."""
_AHEAD_S = 2
"""How much of a clip is sent at once: the first viewer's buffer is full without waiting for it."""


class Streams:
    """The channels of one portal. Belongs to one event loop."""

    def __init__(self, cache: Path, linger_s: float = LINGER_S) -> None:
        """Keep clips in ``cache``."""
        self._studio = Studio(cache)
        self._linger_s = linger_s
        self._lives: dict[int, Live] = {}

    def prepare(self, channels: tuple[PortalChannel, ...]) -> None:
        """Begin to make the clips of these channels, in this order."""
        for channel in channels:
            if channel.picture != Picture.CLOCK:
                self._studio.clip(_recipe(channel))

    async def live(self, channel: PortalChannel) -> Live:
        """A channel that can be watched; waits for its clip.

        Raises:
            PortalError: its clip cannot be made.
        """
        if channel.id not in self._lives:
            source = _clock(channel) if channel.picture == Picture.CLOCK else await self._clip(channel)
            self._lives.setdefault(channel.id, Live(channel.name, source, self._linger_s))
        return self._lives[channel.id]

    def viewers(self, channel: int) -> int:
        """How many watch a channel now."""
        return self._lives[channel].viewers if channel in self._lives else 0

    async def close(self) -> None:
        """Take every channel off the air and make no more clips."""
        await asyncio.gather(*(live.close() for live in self._lives.values()))
        await asyncio.to_thread(self._studio.close)

    async def _clip(self, channel: PortalChannel) -> Callable[[], Source]:
        made = asyncio.wrap_future(self._studio.clip(_recipe(channel)))
        # A viewer who goes away while the clip is being made does not take the clip away from the others.
        clip = await asyncio.shield(made)
        loop = ["-itsoffset", f"-{_AHEAD_S}", "-re", "-stream_loop", "-1", "-i", str(clip), "-c", "copy"]
        return lambda: Source(loop)


def _clock(channel: PortalChannel) -> Callable[[], Source]:
    plate = clock.picture(channel.id, channel.name)
    return lambda: Source(clock.arguments(datetime.now(UTC), _tone(channel)), plate)


def _recipe(channel: PortalChannel) -> Recipe:
    width, height = _SIZES[Picture(channel.picture)]
    return Recipe(channel=channel.id, name=channel.name, width=width, height=height, tone=_tone(channel))


def _tone(channel: PortalChannel) -> int:
    return _TONES[channel.id % len(_TONES)]
