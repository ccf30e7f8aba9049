"""Channels as the rows of both dialects."""

from collections.abc import Iterable

from stb.portal.broadcast import Broadcast
from stb.portal.guide import Show
from stb.portal.library import Category, Shelf
from stb.portal.macs import Mac
from stb.portal.nouns import FREE_TYPES, Delivery, Picture, PortalChannel
from stb.portal.stalker.asked import Json
from stb.portal.world import World

LINK_IDS = 1000
"""A link of a channel has the channel's number and so many more: they are not the same number."""
_PLAIN_EVERY = 4
"""One channel in so many is played by its address as it stands."""
_HOURS = 24
_CLOSED = "udp://wtf?"


def live(world: World) -> list[PortalChannel]:
    """What is live, in the order of the numbers."""
    channels = (each for each in world.channels() if each.delivery != Delivery.FILE)
    return sorted(channels, key=lambda channel: channel.id)


def genres(world: World, channels: Iterable[PortalChannel]) -> tuple[Category, ...]:
    """The genres of these channels, in the operator's order."""
    return world.library.categories(Shelf.LIVE, (each.category for each in channels))


def genre_rows(world: World, censored: tuple[int, ...], *, every: bool) -> list[Json]:
    """The answer of ``get_genres``; with ``every``, all of them come first."""
    channels = live(world)
    rows = [{"id": "*", "title": "All", "alias": "All", "active_sub": True, "censored": 0}] if every else []
    for number, each in enumerate(genres(world, channels), 1):
        within = [channel for channel in channels if channel.category == each.name]
        adult = bool(within) and all(channel.id in censored for channel in within)
        rows.append(
            {
                "id": str(each.id),
                "title": each.name,
                "alias": each.name.lower(),
                "active_sub": True,
                "censored": int(adult),
                "number": str(number),
                "modified": "",
            }
        )
    return rows


def needs_link(channel: PortalChannel) -> bool:
    """Whether the genuine portal gives the channel a new address each time."""
    return channel.delivery == Delivery.TS and (
        channel.id % _PLAIN_EVERY != 0 or channel.type not in FREE_TYPES
    )


def plain_address(channel: PortalChannel, broadcast: Broadcast, base: str) -> str:
    """Where anybody finds a channel, with the word that says by what it is played."""
    match channel.delivery:
        case Delivery.TS:
            return f"ffmpeg {base}/open/{channel.id}.ts"
        case Delivery.HLS:
            return f"ffmpeg {base}/open/{channel.id}.m3u8"
        case Delivery.LINK:
            return f"auto {channel.link}"
        case Delivery.UDP:
            return f"rtp {broadcast.address(channel, '', base)}"
        case _:
            return f"ffmpeg {broadcast.address(channel, '', base)}"


def command(channel: PortalChannel, broadcast: Broadcast, base: str) -> str:
    """The ``cmd`` of a channel in the genuine portal: its address, or where to ask for one."""
    if needs_link(channel):
        return f"ffrt http://localhost/ch/{channel.id + LINK_IDS}"
    return plain_address(channel, broadcast, base)


def genuine_row(channel: PortalChannel, cmd: str, genre: Category | None, mac: Mac | None) -> Json:
    """A row of the genuine portal: nearly everything is a text."""
    is_open = mac is None or channel.id not in mac.closed
    cmd = cmd if is_open else _CLOSED
    temporary = str(int(is_open and needs_link(channel)))
    fav = mac is not None and channel.id in mac.favourites
    return {
        "id": str(channel.id),
        "name": channel.name,
        "number": str(channel.id),
        "censored": "0",
        "cmd": cmd,
        "cost": "0",
        "count": "0",
        "status": 1,
        "hd": str(int(channel.picture in {Picture.HD_720, Picture.HD_1080, Picture.HEVC})),
        "tv_genre_id": str(genre.id) if genre else "0",
        "base_ch": "1",
        "xmltv_id": channel.guide_id,
        "service_id": "",
        "bonus_ch": "0",
        "volume_correction": "0",
        "mc_cmd": "",
        "enable_tv_archive": str(int(channel.archive > 0)),
        "archive": int(channel.archive > 0),
        "tv_archive_duration": str(channel.archive * _HOURS),
        "allow_pvr": "",
        "allow_local_pvr": "",
        "allow_local_timeshift": "",
        "wowza_tmp_link": "0",
        "use_http_tmp_link": temporary,
        "use_load_balancing": "0",
        "monitoring_status": "1",
        "logo": channel.logo_url.rpartition("/")[2],
        "correct_time": "0",
        "nimble_dvr": "0",
        "cmds": [_link(channel, cmd, temporary)],
        "genres_str": genre.name if genre else "",
        "lock": int(mac is not None and channel.id in mac.locked),
        "fav": int(fav),
        "pvr": 0,
        "open": int(is_open),
        "error": "",
        "cur_playing": "",
        "epg": [],
        "only_for_moderator": "0",
    }


def panel_row(channel: PortalChannel, genre: Category | None, mac: Mac, base: str, playing: str) -> Json:
    """A row of the panel: the names of the genuine one, other types."""
    origin = channel.link if channel.delivery == Delivery.LINK else ""
    cmd = f"ffrt http://localhost/ch/{channel.id}_{origin}"
    row = genuine_row(channel, cmd, genre, mac)
    return row | {
        "id": channel.id,
        "cmd": cmd,
        "open": 1,
        "logo": base + channel.logo_url if channel.logo_url.startswith("/") else channel.logo_url,
        "tv_archive_duration": channel.archive * _HOURS,
        "use_http_tmp_link": 1,
        "censored": 0,
        "lock": 0,
        "cmds": [_link(channel, cmd, "1")],
        "cur_playing": playing,
    }


def _link(channel: PortalChannel, cmd: str, temporary: str) -> Json:
    return {
        "id": str(channel.id + LINK_IDS),
        "ch_id": str(channel.id),
        "priority": "0",
        "url": cmd,
        "status": "1",
        "use_http_tmp_link": temporary,
        "wowza_tmp_link": "0",
        "user_agent_filter": "",
        "use_load_balancing": "0",
        "changed": "",
        "enable_monitoring": "0",
        "enable_balancer_monitoring": "0",
        "nginx_secure_link": "0",
        "flussonic_tmp_link": "0",
    }


def name_of(channel: PortalChannel, show: Show) -> str:
    """What a programme is called in the language of its channel."""
    return show.title if channel.name.isascii() else show.title_arabic
