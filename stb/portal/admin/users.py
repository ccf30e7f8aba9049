"""Users (lines) and what they watch, as administrators and resellers run them."""

import asyncio
from collections.abc import Callable, Iterable
from contextlib import suppress

from stb.errors import PortalError
from stb.portal.admin.asked import Answer, Asked, said
from stb.portal.connections import Connections
from stb.portal.lines import Line, Lines
from stb.portal.staff import Administrator, Permission
from stb.portal.world import World

_CHANGES: dict[str, Callable[[Lines, str], object]] = {
    "delete": Lines.forget,
    "enable": Lines.enable,
    "disable": Lines.disable,
    "ban": Lines.ban,
    "unban": Lines.unban,
    "resetispuser": Lines.reset_network,
    "lockk": Lines.lock,
    "unlockk": Lines.unlock,
}
_CUTS = {"delete", "disable", "ban", "kill"}
_ADMINISTRATORS_ONLY = {"ban", "unban"}


class Users:
    """What is done to users. Belongs to the portal's event loop."""

    def __init__(self, world: World, connections: Connections) -> None:
        """Change the lines of this world, and cut their connections."""
        self._world = world
        self._connections = connections

    async def change(self, asked: Asked, subs: Iterable[str]) -> Answer:
        """Do one of these sub-actions; true too where there is no such user, as panels have it."""
        sub = asked.text("sub")
        if sub not in subs or not asked.has("user_id"):
            return said(true=False)
        line = await asyncio.to_thread(self._world.lines.with_id, asked.number("user_id"))
        if not _may(asked.who, sub, line):
            return said(true=False)
        if line is not None:
            await self._do(line, sub)
        return said(true=True)

    async def kill(self, asked: Asked) -> Answer:
        """End one connection by the number that panels call pid; false where there is none."""
        number = asked.number("pid")
        line = await asyncio.to_thread(self._of_connection, number)
        if asked.text("sub") != "kill" or not owns(asked.who, line):
            return said(true=False)
        return said(true=self._connections.cut(number))

    async def _do(self, line: Line, sub: str) -> None:
        if sub in _CHANGES:
            with suppress(PortalError):  # somebody else has deleted it meanwhile
                await asyncio.to_thread(_CHANGES[sub], self._world.lines, line.username)
        if sub in _CUTS:
            viewers = await asyncio.to_thread(self._viewers, line)
            for each in self._connections.all():
                if each.viewing.line in viewers:
                    self._connections.cut(each.number)

    def _of_connection(self, number: int) -> Line | None:
        found = (each for each in self._connections.all() if each.number == number)
        connection = next(found, None)
        return self._world.line_of(connection.viewing.line) if connection is not None else None

    def _viewers(self, line: Line) -> set[str]:
        """By what its viewers are known: its user name, and the addresses of boxes that signed in with it."""
        boxes = {each.mac for each in self._world.macs.all() if each.login == line.username}
        return {line.username, *boxes}


def owns(who: Administrator, line: Line | None) -> bool:
    """Whether a line, or none, is somebody's to run: an administrator's always, a reseller's own ones."""
    return not who.is_reseller or (line is not None and line.owner == who.id)


def _may(who: Administrator, sub: str, line: Line | None) -> bool:
    if not who.is_reseller:
        return who.may(Permission.EDIT_USER)
    if sub in _ADMINISTRATORS_ONLY or not owns(who, line):
        return False
    return sub != "delete" or who.may(Permission.DELETE_USERS)
