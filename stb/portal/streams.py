"""What each of the portal's channels sends."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from stb.errors import PortalError
from stb.portal import archive, clock
from stb.portal.children import Children
from stb.portal.clips import Clip, Studio
from stb.portal.hls import SEGMENT_S, Hls
from stb.portal.live import LINGER_S, Live, Source
from stb.portal.nouns import Delivery, Picture, PortalChannel
from stb.portal.recipes import FORMS, SAMPLE_RATE, Recipe

log = logging.getLogger(__name__)

_TONES = (262, 294, 330, 392, 440, 523, 587, 659)
"""A pentatonic scale: two channels heard one after the other do not hurt."""
_HELD = (Delivery.TS, Delivery.HLS, Delivery.UDP)
_AHEAD_S = 2
"""How much of a clip is sent at once: the first viewer's buffer is full without waiting for it."""


class Streams:
    """The channels of one portal. Belongs to one event loop."""

    def __init__(self, cache: Path, linger_s: float = LINGER_S) -> None:
        """Keep clips in ``cache``."""
        self._studio = Studio(cache)
        self._linger_s = linger_s
        self._lives: dict[int, Live] = {}
        self._hls: dict[int, Hls] = {}
        self._off: set[int] = set()
        self._beginning: set[asyncio.Task[None]] = set()
        self.children = Children()

    def prepare(self, channels: tuple[PortalChannel, ...]) -> None:
        """Begin to make the clips of these channels, in the order of their numbers."""
        for channel in sorted(channels, key=lambda channel: channel.id):
            if channel.picture in FORMS:
                self._studio.prepare(recipe_of(channel))

    async def live(self, channel: PortalChannel) -> Live:
        """A channel that can be watched; waits for its clip.

        Raises:
            PortalError: its clip cannot be made, or the operator has stopped it.
        """
        if channel.id not in self._lives and channel.id not in self._off:
            source = await self._source(channel)
            keep = self.children.of(channel.id, channel.name)
            self._lives.setdefault(channel.id, Live(channel.name, source, self._linger_s, keep))
        self.require_on(channel)
        return self._lives[channel.id]

    async def hls(self, channel: PortalChannel) -> Hls:
        """A channel as a list of segments; waits for its clip.

        Raises:
            PortalError: its clip cannot be made.
        """
        live = await self.live(channel)
        return self._hls.setdefault(channel.id, Hls(live))

    async def arguments(self, channel: PortalChannel) -> list[str]:
        """What ffmpeg is told to play the clip of a channel round and round, at the pace of time.

        Raises:
            PortalError: the clip cannot be made, or the operator has stopped the channel.
        """
        self.require_on(channel)
        return await self._looped(channel)

    async def _looped(self, channel: PortalChannel) -> list[str]:
        made = asyncio.wrap_future(self._studio.clip(recipe_of(channel)))
        # A viewer who goes away while the clip is being made does not take the clip away from the others.
        clip = await asyncio.shield(made)
        loop = ("-itsoffset", f"-{_ahead(channel)}", "-re", "-stream_loop", "-1", "-i", str(clip))
        # Or ffmpeg holds pictures back until the next subtitle comes.
        return [*loop, "-map", "0", "-c", "copy", "-max_interleave_delta", "100000"]

    async def matroska(self, channel: PortalChannel) -> list[str]:
        """The whole command that writes a channel as Matroska to its output.

        Raises:
            PortalError: its clip cannot be made.
        """
        ffmpeg = ("ffmpeg", "-hide_banner", "-loglevel", "quiet", "-nostdin")
        return [*ffmpeg, *await self.arguments(channel), "-f", "matroska", "-live", "1", "pipe:1"]

    async def past(self, channel: PortalChannel, begin: int, seconds: int) -> Source:
        """How ffmpeg is started for what was on a channel from a moment on (since 1970), for so long.

        Raises:
            PortalError: its clip cannot be made.
        """
        if channel.picture == Picture.CLOCK:
            start = datetime.fromtimestamp(begin, UTC)
            past = (datetime.now(UTC) - start).total_seconds()
            arguments = clock.arguments(start, _tone(channel), max(0.0, min(archive.AHEAD_S, past)))
            return Source([*arguments, "-t", str(seconds)], clock.picture(channel.id, channel.name))
        # ffmpeg counts to the end from 0, and what is sent at once stands before that.
        end = max(1.0, seconds - _ahead(channel))
        return Source([*(await self._source(channel))().arguments, "-t", f"{end:g}"])

    def make(self, clip: Clip) -> None:
        """Begin to make a film that somebody may soon want to see."""
        self._studio.prepare(clip)

    async def file(self, clip: Clip) -> Path:
        """The file of a film; waits until it is made.

        Raises:
            PortalError: it cannot be made.
        """
        return await asyncio.shield(asyncio.wrap_future(self._studio.clip(clip)))

    def viewers(self, channel: int) -> int:
        """How many watch a channel now."""
        return self._lives[channel].viewers if channel in self._lives else 0

    async def stop(self, channel: int) -> None:
        """Take a channel off the air until `start`; returns when its process has ended."""
        self._off.add(channel)
        if channel in self._lives:
            await self._lives[channel].close()
        self.children.kill_stream(channel)

    def start(self, channel: PortalChannel) -> None:
        """Let a channel be watched again; one that comes over HTTP goes on the air at once, and stays."""
        self._off.discard(channel.id)
        if channel.delivery in _HELD:
            task = asyncio.create_task(self._hold(channel))
            self._beginning.add(task)
            task.add_done_callback(self._beginning.discard)

    def forget(self, clip: Clip) -> None:
        """Throw the file of a film away."""
        self._studio.forget(clip)

    async def _hold(self, channel: PortalChannel) -> None:
        try:
            (await self.live(channel)).hold()
        except PortalError as error:
            log.warning("%s does not go on the air: %s", channel.name, error)

    def require_on(self, channel: PortalChannel) -> None:
        """Go on only where the operator has not stopped a channel.

        Raises:
            PortalError: they have.
        """
        if channel.id in self._off:
            raise PortalError(f"{channel.name} is off the air")

    async def close(self) -> None:
        """Take every channel off the air and make no more clips."""
        for task in self._beginning:
            task.cancel()
        await asyncio.gather(*(live.close() for live in self._lives.values()))
        await asyncio.to_thread(self._studio.close)

    async def _source(self, channel: PortalChannel) -> Callable[[], Source]:
        if channel.picture == Picture.CLOCK:
            return _clock(channel)
        if channel.picture == Picture.RADIO:
            return lambda: Source(_radio(channel))
        arguments = await self._looped(channel)
        return lambda: Source(arguments)


def _ahead(channel: PortalChannel) -> float:
    """How many seconds are sent at once; segments have to be whole, and a list of them begins with some."""
    return 4 * SEGMENT_S if channel.delivery == Delivery.HLS else _AHEAD_S


def _clock(channel: PortalChannel) -> Callable[[], Source]:
    plate = clock.picture(channel.id, channel.name)
    return lambda: Source(clock.arguments(datetime.now(UTC), _tone(channel)), plate)


def _radio(channel: PortalChannel) -> list[str]:
    """Encoded while it is heard: where a clip of sound alone begins anew, ffmpeg loses 21 ms each time."""
    tone = f"sine=frequency={_tone(channel)}:sample_rate={SAMPLE_RATE}"
    paced = ("-itsoffset", f"-{_AHEAD_S}", "-re", "-f", "lavfi", "-i", tone)
    return [*paced, "-c:a", "aac", "-b:a", "96k", "-ac", "2"]


def recipe_of(channel: PortalChannel) -> Recipe:
    """How the clip of a channel is made; its picture has to be one of `FORMS`."""
    form = FORMS[Picture(channel.picture)]
    return Recipe(channel=channel.id, name=channel.name, form=form, tone=_tone(channel))


def _tone(channel: PortalChannel) -> int:
    return _TONES[channel.id % len(_TONES)]
