"""What there is, as rows: ``{"total_count": n, "items": [{"id", "text", ...}], "result": true}``."""

from collections import Counter
from typing import TYPE_CHECKING, Any

from stb.portal.admin.asked import Answer, Asked, said
from stb.portal.admin.media import Media
from stb.portal.admin.users import owns
from stb.portal.connections import Connections, Kind
from stb.portal.library import Library
from stb.portal.nouns import ALL_TYPES
from stb.portal.placements import Content
from stb.portal.staff import Administrator, Permission
from stb.portal.streams import Streams
from stb.portal.world import World

if TYPE_CHECKING:
    from collections.abc import Callable

Row = dict[str, Any]
_PAGE = 1000
_CONTENTS = {
    Content.STREAM: Permission.EDIT_STREAM,
    Content.MOVIE: Permission.EDIT_MOVIE,
    Content.EPISODE: Permission.EDIT_EPISODE,
}


class Lists:
    """Rows of everything, for those who may see it."""

    def __init__(self, world: World, streams: Streams, connections: Connections, media: Media) -> None:
        """Read from these."""
        self._world = world
        self._streams = streams
        self._connections = connections
        self._media = media
        self._rows: dict[str, Callable[[Administrator], list[Row] | None]] = {
            "users": self._users,
            "streams": lambda who: self._contents(who, Content.STREAM),
            "movies": lambda who: self._contents(who, Content.MOVIE),
            "episodes": lambda who: self._contents(who, Content.EPISODE),
            "connections": self._watching,
            "processes": self._processes,
            "devices": self._devices,
            "boxes": self._boxes,
            "news": self._news,
            "deeds": self._deeds,
        }

    def read(self, name: str, asked: Asked) -> Answer:
        """A page of a list; false where there is none of this name, or it is not for whoever asks."""
        rows = self._rows[name](asked.who) if name in self._rows else None
        if rows is None:
            return said(true=False)
        search = asked.text("search").casefold()
        found = [row for row in rows if search in row["text"].casefold()]
        begin = max(0, min(asked.number("page"), len(found)) - 1) * _PAGE
        return {"total_count": len(found), "items": found[begin : begin + _PAGE], "result": True}

    def _users(self, who: Administrator) -> list[Row] | None:
        if not (who.is_reseller or who.may(Permission.EDIT_USER)):
            return None
        owners = {each.id: each.name for each in self._world.staff.all()}
        lines = (self._world.line_of(each.viewing.line) for each in self._connections.all())
        watched = Counter(line.id for line in lines if line is not None)
        return [
            {
                "id": line.id,
                "text": line.username,
                "status": line.status,
                "expires": line.expires,
                "max_connections": line.max_connections,
                "active_connections": watched[line.id],
                "owner": owners.get(line.owner or 0, ""),
                "is_isplock": int(line.isp_locked),
                "isp_desc": line.network,
            }
            for line in self._world.lines.all()
            if owns(who, line)
        ]

    def _contents(self, who: Administrator, kind: Content) -> list[Row] | None:
        if not who.may(_CONTENTS[kind]):
            return None
        return [
            {
                "id": number,
                "text": name,
                "servers": {
                    str(server): standing.value
                    for server, standing in self._world.placements.of(kind, number).items()
                },
                "viewers": sum(
                    each.viewing.stream == number and _content(each.viewing.kind) is kind
                    for each in self._connections.all()
                ),
            }
            for number, name in self._names(kind)
        ]

    def _names(self, kind: Content) -> list[tuple[int, str]]:
        library = self._world.library
        if kind is Content.STREAM:
            return sorted((each.id, each.name) for each in self._world.channels())
        if kind is Content.MOVIE:
            return [(film.id, film.name) for film in library.films()]
        return _episodes(library)

    def _watching(self, who: Administrator) -> list[Row] | None:
        rows = []
        for each in self._connections.all():
            line = self._world.line_of(each.viewing.line)
            if owns(who, line):
                rows.append(
                    {
                        "id": each.number,
                        "pid": each.number,
                        "text": f"{each.viewing.line}: {each.viewing.name}",
                        "user_id": line.id if line is not None else 0,
                        "username": each.viewing.line,
                        "kind": each.viewing.kind,
                        "stream_id": each.viewing.stream,
                        "stream": each.viewing.name,
                        "user_ip": each.viewing.ip,
                        "user_agent": each.viewing.agent,
                        "date_start": int(each.started.timestamp()),
                    }
                )
        return rows

    def _processes(self, who: Administrator) -> list[Row] | None:
        if not who.may(Permission.PROCESS_MONITOR):
            return None
        return [
            {
                "id": child.pid,
                "pid": child.pid,
                "text": child.name,
                "stream_id": child.stream,
                "server_id": self._media.carrier(child.stream),
                "date_start": int(child.started.timestamp()),
            }
            for child in self._streams.children.all()
        ]

    def _devices(self, who: Administrator) -> list[Row] | None:
        if not who.may(Permission.EDIT_MAG):
            return None
        return [
            {
                "id": device.duid,
                "text": f"{device.duid} {device.owner_name}".rstrip(),
                "owner": device.owner_name,
                "activation_code": device.activation_code,
                "status": device.standing,
                "expiry_date": device.expiry_date.isoformat(),
                "allowed_types": device.allowed_types,
                "all_types": ",".join(ALL_TYPES),
            }
            for device in self._world.devices()
        ]

    def _boxes(self, who: Administrator) -> list[Row] | None:
        if not who.may(Permission.EDIT_MAG):
            return None
        return [
            {"id": each.mac, "text": each.mac, "status": each.status, "expires": each.expires}
            for each in self._world.macs.all()
        ]

    def _news(self, who: Administrator) -> list[Row] | None:
        if not who.may(Permission.MANAGE_EVENTS):
            return None
        return [
            {"id": item.id, "text": item.title, "body": item.body, "updated_at": item.updated_at}
            for item in self._world.news()
        ]

    def _deeds(self, who: Administrator) -> list[Row] | None:
        if not who.may(Permission.ALL):
            return None
        return [
            {
                "id": number,
                "text": f"{deed.who} {deed.action} {deed.target}",
                "at": deed.at,
                "who": deed.who,
                "address": deed.address,
                "action": deed.action,
                "target": deed.target,
                "answer": deed.answer,
            }
            for number, deed in enumerate(self._world.audit.all(), 1)
        ]


def _content(kind: Kind) -> Content | None:
    return {Kind.LIVE: Content.STREAM, Kind.FILM: Content.MOVIE, Kind.EPISODE: Content.EPISODE}.get(kind)


def _episodes(library: Library) -> list[tuple[int, str]]:
    return [
        (episode.id, f"{series.name} S{episode.season:02}E{episode.number:02} {episode.name}".rstrip())
        for series in library.series()
        for episode in library.episodes(series.id)
    ]
