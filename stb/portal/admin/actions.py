"""Every action by its name, in both dialects, with the permission it takes; each is put on record."""

import asyncio
from collections.abc import Awaitable, Callable
from enum import Enum

from stb.portal.admin.asked import Answer, Asked, said
from stb.portal.admin.desk import Desk
from stb.portal.admin.lists import Lists
from stb.portal.admin.media import Media
from stb.portal.admin.users import Users
from stb.portal.connections import Connections
from stb.portal.placements import Content
from stb.portal.staff import Permission
from stb.portal.streams import Streams
from stb.portal.world import World

_TARGETS = ("stream_id", "server_id", "user_id", "pid", "server", "duid", "mac", "id", "username")
"""Parameters that say what is meant; the others may hold what is nobody's business."""


class Dialect(Enum):
    """How a panel calls its actions."""

    XTREAM_UI = "xtream-ui"
    XC_VM = "xc_vm"


_LISTS = {
    "userlist": "users",
    "linelist": "users",
    "users": "users",
    "lines": "users",
    "streamlist": "streams",
    "streams": "streams",
    "movielist": "movies",
    "movies": "movies",
    "episodelist": "episodes",
    "episodes": "episodes",
    "live_connections": "connections",
    "connections": "connections",
    "process_monitor": "processes",
    "processes": "processes",
    "devices": "devices",
    "boxes": "boxes",
    "newslist": "news",
    "deeds": "deeds",
}
_USER = {"delete", "enable", "disable", "ban", "unban", "kill"}
_LOCK = {"resetispuser", "lockk", "unlockk"}
_STREAM = {"start", "stop", "restart", "delete"}
_FILE = {"start", "stop", "delete"}
_NEWER = {"force", "kill", "purge"}


class Actions:
    """All that a panel does. Belongs to the portal's event loop."""

    def __init__(self, world: World, streams: Streams, connections: Connections) -> None:
        """Act upon these."""
        self._world = world
        self._streams = streams
        self._media = Media(world, streams, connections)
        self._users = Users(world, connections)
        self._lists = Lists(world, streams, connections, self._media)
        self._desk = Desk(world)
        newer = _STREAM | _NEWER
        self._named: dict[Dialect, dict[str, Callable[[Asked], Awaitable[Answer]]]] = {
            Dialect.XTREAM_UI: {
                "stream": self._running(Content.STREAM, Permission.EDIT_STREAM, _STREAM),
                "movie": self._running(Content.MOVIE, Permission.EDIT_MOVIE, _FILE),
                "episode": self._running(Content.EPISODE, Permission.EDIT_EPISODE, _FILE),
                "user": lambda asked: self._users.change(asked, _USER | _LOCK),
                "user_activity": self._users.kill,
                "process": self._process,
            },
            Dialect.XC_VM: {
                "stream": self._running(Content.STREAM, Permission.EDIT_STREAM, newer),
                "movie": self._running(Content.MOVIE, Permission.EDIT_MOVIE, _FILE | _NEWER),
                "episode": self._running(Content.EPISODE, Permission.EDIT_EPISODE, _FILE | _NEWER),
                "line": lambda asked: self._users.change(asked, _USER),
                "line_activity": self._users.kill,
                "process": self._process,
            },
        }

    async def do(self, asked: Asked, dialect: Dialect) -> Answer:
        """Answer one request; what is unknown, and what may not be, is false."""
        action = asked.text("action")
        if action in _LISTS:
            return await asyncio.to_thread(self._lists.read, _LISTS[action], asked)
        named = self._named[dialect]
        if action in named:
            answer = await named[action](asked)
        elif self._desk.knows(action):
            answer = await asyncio.to_thread(self._desk.say, action, asked)
        else:
            answer = said(true=False)
        await asyncio.to_thread(self._record, asked, answer)
        return answer

    def _running(
        self, kind: Content, permission: Permission, subs: set[str]
    ) -> Callable[[Asked], Awaitable[Answer]]:
        async def change(asked: Asked) -> Answer:
            if not asked.who.may(permission):
                return said(true=False)
            return await self._media.change(kind, asked, subs)

        return change

    async def _process(self, asked: Asked) -> Answer:
        """True whatever the number is, as panels have it; only a child of that server's ends."""
        if not (asked.who.may(Permission.PROCESS_MONITOR) and asked.has("pid") and asked.has("server")):
            return said(true=False)
        pid, server = asked.number("pid"), asked.number("server")
        child = next((each for each in self._streams.children.all() if each.pid == pid), None)
        if child is not None and await asyncio.to_thread(self._media.carrier, child.stream) == server:
            self._streams.children.kill(pid)
        return said(true=True)

    def _record(self, asked: Asked, answer: Answer) -> None:
        action = f"{asked.text('action')} {asked.text('sub')}".strip()
        target = " ".join(f"{name}={asked.text(name)}" for name in _TARGETS if asked.has(name))
        answered = "true" if answer["result"] else "false"
        self._world.audit.write(asked.who.name, asked.address, action, target, answered)
