"""The operator's clerk, who activates each new device after a while."""

import asyncio
import logging

from stb.errors import PortalError
from stb.portal.nouns import Standing
from stb.portal.world import World

log = logging.getLogger(__name__)


class Clerk:
    """Activates devices. Belongs to the event loop it is made in."""

    def __init__(self, world: World, after_s: float) -> None:
        """Activate each device that waits ``after_s`` seconds after it was first heard of."""
        self._world = world
        self._after_s = after_s
        self._loop = asyncio.get_running_loop()
        self._waiting: asyncio.Queue[tuple[float, str]] = asyncio.Queue()

    def told(self, duid: str) -> None:
        """A device waits to be activated. May be said from any thread, and more than once."""
        entry = (self._loop.time() + self._after_s, duid)
        self._loop.call_soon_threadsafe(self._waiting.put_nowait, entry)

    async def work(self) -> None:
        """Activate devices until cancelled, beginning with those that wait already."""
        for device in await asyncio.to_thread(self._world.devices):
            if device.standing is Standing.PENDING:
                self.told(device.duid)
        while True:
            due, duid = await self._waiting.get()
            await asyncio.sleep(due - self._loop.time())
            await asyncio.to_thread(self._activate, duid)

    def _activate(self, duid: str) -> None:
        try:
            device = self._world.find(duid)
            if device is not None and device.standing is Standing.PENDING:
                self._world.activate(duid)
                log.info("the operator activates device %s", duid)
        except PortalError as error:
            log.error("device %s is not activated: %s", duid, error)  # noqa: TRY400 # a line is enough
