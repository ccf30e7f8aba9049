"""Channels, films and episodes as an operator runs them, on one server or the other."""

import asyncio
from collections.abc import Iterable

from stb.portal import reels
from stb.portal.admin.asked import Answer, Asked, said
from stb.portal.connections import Connections, Kind
from stb.portal.nouns import PortalChannel
from stb.portal.placements import SERVERS, Content, Standing
from stb.portal.reels import Reel
from stb.portal.streams import Streams
from stb.portal.world import World

_KINDS = {
    Content.STREAM: {Kind.LIVE},
    Content.MOVIE: {Kind.FILM},
    Content.EPISODE: {Kind.EPISODE},
}
"""What is cut when something stops."""
_EVERY_SERVER = -1
_SAID = {
    "start": Standing.RUNNING,
    "restart": Standing.RUNNING,
    "force": Standing.RUNNING,
    "stop": Standing.STOPPED,
    "delete": Standing.DELETED,
}
_CUTS = {"kill", "purge"}
"""What takes a stream from its viewers and lets it run."""


class Media:
    """What runs where. Belongs to the portal's event loop."""

    def __init__(self, world: World, streams: Streams, connections: Connections) -> None:
        """Start and stop these streams, and keep that in the world."""
        self._world = world
        self._streams = streams
        self._connections = connections
        self._one_at_a_time = asyncio.Lock()

    async def change(self, kind: Content, asked: Asked, subs: Iterable[str]) -> Answer:
        """Do one of these sub-actions. True says that it was passed on, as a panel's does, and no more."""
        sub = asked.text("sub")
        servers = self._servers(asked, every=set(subs) >= _CUTS)
        if sub not in subs or not asked.has("stream_id") or not servers:
            return said(true=False)
        number = asked.number("stream_id")
        if sub in _CUTS:
            self.cut(kind, number)
            return said(true=True)
        async with self._one_at_a_time:  # what is said last is what is so
            for server in servers:
                await self._on_server(kind, number, server, sub)
        return said(true=True)

    def carrier(self, number: int) -> int:
        """The server that sends a channel: the first on which it runs; 0: none."""
        at = self._world.placements.of(Content.STREAM, number)
        return next((server for server, standing in at.items() if standing is Standing.RUNNING), 0)

    def cut(self, kind: Content, number: int) -> None:
        """Take something from all who watch it with a line."""
        for each in self._connections.all():
            if each.viewing.stream == number and each.viewing.kind in _KINDS[kind]:
                self._connections.cut(each.number)

    @staticmethod
    def _servers(asked: Asked, *, every: bool) -> list[int]:
        server = asked.number("server_id")
        if every and server == _EVERY_SERVER:
            return list(SERVERS)
        return [server] if server in SERVERS else []

    async def _on_server(self, kind: Content, number: int, server: int, sub: str) -> None:
        files = await asyncio.to_thread(self._files, kind, number) if sub == "delete" else []
        carried = kind is Content.STREAM and await asyncio.to_thread(self.carrier, number) == server
        there = await asyncio.to_thread(self._world.placements.say, kind, number, server, _SAID[sub])
        if not there:
            return
        off = number in await asyncio.to_thread(self._world.placements.off, kind)
        if kind is Content.STREAM:
            await self._send(number, sub, carried=carried, off=off)
        elif off:
            self.cut(kind, number)
        if number in await asyncio.to_thread(self._world.placements.gone, kind):
            for file in files:
                await asyncio.to_thread(self._streams.forget, file)

    async def _send(self, number: int, sub: str, *, carried: bool, off: bool) -> None:
        """Let the process of a channel follow what was said."""
        channel = await asyncio.to_thread(self._channel, number)
        if sub in {"stop", "delete"}:
            if carried or off:
                await self._streams.stop(number)
                self.cut(Content.STREAM, number)
            if not off and channel is not None and carried:
                self._streams.start(channel)  # on the other server
            return
        if sub in {"restart", "force"} and carried:
            await self._streams.stop(number)
        if channel is not None:
            self._streams.start(channel)

    def _channel(self, number: int) -> PortalChannel | None:
        return next((each for each in self._world.channels() if each.id == number), None)

    def _files(self, kind: Content, number: int) -> list[Reel]:
        """What the portal has made of a film or an episode; a person's own file is theirs."""
        library = self._world.library
        film = library.film(number) if kind is Content.MOVIE else None
        if film is not None and not film.link:
            return [reels.of_film(film)]
        episode = library.episode(number) if kind is Content.EPISODE else None
        series = library.one_series(episode.series) if episode is not None else None
        return [reels.of_episode(series, episode)] if series is not None and episode is not None else []
