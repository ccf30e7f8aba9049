"""Channels, favourites, the guide and what was on, as the genuine portal answers."""

import re
from collections.abc import Callable
from typing import Any

from stb.portal.broadcast import Broadcast
from stb.portal.macs import Mac
from stb.portal.nouns import Delivery, Picture, PortalChannel
from stb.portal.stalker import epg
from stb.portal.stalker.asked import Asked, Json, digits, numbers, paged
from stb.portal.stalker.channels import (
    LINK_IDS,
    command,
    genre_rows,
    genres,
    genuine_row,
    live,
    name_of,
    plain_address,
)
from stb.portal.stalker.links import Links
from stb.portal.world import World

PAGE = 14
_HOUR_S = 3600
_MORE_S = 2 * _HOUR_S
_HOURS = 3
"""How many hours of guide ``get_epg_info`` gives to who names no number; two more come along."""
_MOST_HOURS = 24 * 4
_SHORT = 5
_MOST_SHORT = 100
_LINK = re.compile(r"/ch/(\d+)(.*)", re.DOTALL)
_MEDIA = re.compile(r"/media/(\d+)\.mpg")
_ADVERT = 204
"""A film that comes before what was asked for, where the operator lives on advertising."""
Action = Callable[[Asked, Mac | None], Any]


class Television:
    """Over one world."""

    def __init__(self, world: World, broadcast: Broadcast, links: Links) -> None:
        """Answer from ``world``."""
        self._world = world
        self._broadcast = broadcast
        self._links = links

    def actions(self) -> dict[tuple[str, str], Action]:
        """What can be asked for."""
        world = self._world
        return {
            ("itv", "get_genres"): lambda _, __: genre_rows(world, world.macs.rules().censored, every=True),
            ("itv", "get_all_channels"): self._all_channels,
            ("itv", "get_ordered_list"): self._ordered,
            ("itv", "get_all_fav_channels"): self._favourite_channels,
            ("itv", "get_fav_ids"): lambda _, mac: [str(number) for number in mac.favourites] if mac else [],
            ("itv", "set_fav"): lambda asked, mac: self._noted(mac, favourites=numbers(asked.text("fav_ch"))),
            ("itv", "set_fav_status"): lambda asked, mac: self._noted(
                mac, only_favourites=asked.truth("fav_itv_on")
            ),
            ("itv", "add_to_censored"): lambda asked, mac: self._locked(asked, mac, lock=True),
            ("itv", "del_from_censored"): lambda asked, mac: self._locked(asked, mac, lock=False),
            ("itv", "set_last_id"): lambda asked, mac: self._noted(mac, last_channel=asked.number("id")),
            ("itv", "set_played"): lambda _, __: True,
            ("itv", "create_link"): self._link,
            ("itv", "get_epg_info"): self._epg_info,
            ("itv", "get_short_epg"): self._short_epg,
            ("epg", "get_simple_data_table"): self._table,
            ("epg", "get_data_table"): self._grid,
            ("epg", "get_week"): lambda asked, _: epg.week(world.clock(), asked.zone(world.guide.zone)),
            ("epg", "get_all_program_for_ch"): self._all_of_channel,
            ("radio", "get_ordered_list"): self._radio,
            ("radio", "get_all_fav_radio"): lambda _, __: paged([], 1, PAGE),
            ("radio", "set_fav"): lambda _, __: True,
            ("radio", "get_fav_ids"): lambda _, __: [],
            ("tv_archive", "create_link"): self._past_link,
            ("tv_archive", "get_link_for_channel"): self._shifted_link,
            ("tv_archive", "get_next_part_url"): self._next_part,
            ("tv_archive", "set_played"): lambda _, __: True,
        }

    # --- lists --------------------------------------------------------------------------------

    def _all_channels(self, asked: Asked, mac: Mac | None) -> Json:
        censored = self._world.macs.rules().censored
        rows = self._rows([each for each in self._seen() if each.id not in censored], asked, mac)
        return {**paged(rows, 1, PAGE), "selected_item": 0, "cur_page": 0, "data": rows}

    def _ordered(self, asked: Asked, mac: Mac | None) -> Json:
        channels = [each for each in self._seen() if not asked.truth("hd") or each.picture != Picture.SD_576I]
        by_id = {each.id: each for each in channels}
        favourites = mac.favourites if mac is not None else ()
        if asked.truth("fav"):
            channels = [each for each in channels if each.id in favourites]
        if asked.text("sortby") == "name":
            channels.sort(key=lambda each: each.name)
        elif asked.text("sortby") == "fav":
            channels = [by_id[number] for number in favourites if number in by_id]
        genre = asked.text("genre")
        rows = self._rows(channels, asked, mac)
        rows = [row for row in rows if genre in {"", "*", "0", row["tv_genre_id"]}]
        last = asked.text("from_ch_id") if asked.number("from_ch_id") else str(mac.last_channel if mac else 0)
        at = next((place for place, row in enumerate(rows) if row["id"] == last), 0)
        return paged(rows, asked.number("p"), PAGE, at)

    def _favourite_channels(self, asked: Asked, mac: Mac | None) -> Json:
        channels = {each.id: each for each in live(self._world)}
        chosen = [channels[number] for number in (mac.favourites if mac else ()) if number in channels]
        rows = self._rows(chosen, asked, mac)
        return {**paged(rows, 1, PAGE), "data": rows}

    def _radio(self, asked: Asked, mac: Mac | None) -> Json:
        channels = [each for each in live(self._world) if each.picture == Picture.RADIO]
        rows = self._rows(channels, asked, mac)
        for row, channel in zip(rows, channels, strict=True):
            row |= {"cmd": plain_address(channel, self._broadcast, asked.base), "use_http_tmp_link": "0"}
        return paged(rows, max(1, asked.number("p")), PAGE)

    def _rows(self, channels: list[PortalChannel], asked: Asked, mac: Mac | None) -> list[Json]:
        by_name = {each.name: each for each in genres(self._world, live(self._world))}
        censored = self._world.macs.rules().censored
        rows = []
        for channel in channels:
            cmd = command(channel, self._broadcast, asked.base)
            row = genuine_row(channel, cmd, by_name.get(channel.category), mac)
            adult = channel.id in censored
            row |= {"censored": str(int(adult)), "lock": int(adult or row["lock"])}
            rows.append(row | {"cur_playing": self._playing(channel, asked)})
        return rows

    def _playing(self, channel: PortalChannel, asked: Asked) -> str:
        show = self._world.guide.at(channel, self._now()) if channel.guide_id else None
        if show is None:
            return ""
        told = epg.row(channel, show, asked.zone(self._world.guide.zone), self._world.clock())
        return f"{told['t_time']} {name_of(channel, show)}"

    # --- links --------------------------------------------------------------------------------

    def _link(self, asked: Asked, mac: Mac | None) -> Json | list[Json]:
        if self._world.macs.rules().adverts and not asked.truth("disable_ad"):
            return [advert(asked.base)]
        found = _LINK.search(asked.text("cmd"))
        number = digits(found[1]) if found else 0
        channel = self._channel(number - LINK_IDS)
        if found is None or channel is None or channel.delivery != Delivery.TS:
            return _linked(number, "", "nothing_to_play")
        if mac is None or channel.id in mac.closed:
            return _linked(number, "", "access_denied")
        if not re.search(self._world.macs.rules().agents, asked.player):
            return _linked(number, "", "nothing_to_play")
        return _linked(channel.id, f"ffmpeg {self._links.live(asked, channel)}{found[2]}", "")

    def _past_link(self, asked: Asked, _: Mac | None) -> Json:
        found = _MEDIA.search(asked.text("cmd"))
        return self._archived(asked, digits(found[1]) if found else 0)

    def _archived(self, asked: Asked, number: int) -> Json:
        place = epg.kept(self._world, number)
        cmd = f"ffmpeg {self._links.show(asked, *place)}" if place else ""
        return {
            "id": 0,
            "cmd": cmd,
            "storage_id": "1" if place else "",
            "load": "0",
            "error": "" if place else "link_fault",
            "download_cmd": "",
            "to_file": "",
        }

    def _shifted_link(self, asked: Asked, _: Mac | None) -> Json:
        """What is now, from the hour on: how far into it now is, is said behind the address."""
        channel, now = self._channel(asked.number("ch_id")), self._now()
        begin = now - now % _HOUR_S
        if channel is None or not channel.archive:
            return self._archived(asked, 0)
        url = self._links.past(asked, channel, begin, _HOUR_S)
        cmd = f"ffmpeg {url} position:{now - begin} media_len:{now - begin}"
        return {**self._archived(asked, 0), "cmd": cmd, "storage_id": "1", "error": ""}

    def _next_part(self, asked: Asked, _: Mac | None) -> str | bool:
        channel_id, start = asked.text("id").partition("_")[::2]
        channel = self._channel(digits(channel_id))
        show = self._world.guide.at(channel, digits(start)) if channel is not None and digits(start) else None
        after = self._world.guide.at(channel, show.stop) if channel is not None and show is not None else None
        return (self._archived(asked, after.id)["cmd"] or False) if after is not None else False

    # --- the guide ----------------------------------------------------------------------------

    def _epg_info(self, asked: Asked, _: Mac | None) -> Json:
        text = asked.text("period")
        hours = 7 * 24 if text == "week" else digits(text) or _HOURS
        now = self._now()
        data = {
            str(channel.id): self._programmes(
                channel, asked, now, now + min(hours, 7 * 24) * _HOUR_S + _MORE_S
            )
            for channel in live(self._world)
            if channel.guide_id
        }
        return {"data": data or []}

    def _short_epg(self, asked: Asked, _: Mac | None) -> list[Json]:
        channel = self._channel(asked.number("ch_id"))
        size = min(asked.number("size") or _SHORT, _MOST_SHORT)
        if channel is None or not channel.guide_id:
            return []
        now = self._now()
        return self._programmes(channel, asked, now, now + _MOST_HOURS * _HOUR_S)[:size]

    def _table(self, asked: Asked, _: Mac | None) -> Json:
        channel = self._channel(asked.number("ch_id"))
        guide, now = self._world.guide, self._world.clock()
        zone = asked.zone(guide.zone)
        if channel is None or not channel.guide_id:
            return paged([], asked.number("p"), epg.TABLE_SIZE)
        shows = epg.of_day(guide, channel, epg.day_of(asked.text("date"), now, zone), zone)
        rows = [{**epg.row(channel, show, zone, now), "rec_id": 0} for show in shows]
        return epg.table(shows, rows, asked.number("p"), now)

    def _grid(self, asked: Asked, mac: Mac | None) -> Json:
        """The channels on a page, with what is on them between two moments of the box's own clock."""
        rows = self._rows(self._seen(), asked, mac)
        page = paged(rows, asked.number("p"), epg.TABLE_SIZE)
        zone, now = asked.zone(self._world.guide.zone), self._now()
        begin = epg.moment_of(asked.text("from"), zone, now - now % _HOUR_S)
        end = min(
            epg.moment_of(asked.text("to"), zone, begin + _HOURS * _HOUR_S), begin + _MOST_HOURS * _HOUR_S
        )
        for row in page["data"]:
            channel = self._channel(digits(row["id"]))
            told = self._programmes(channel, asked, begin, end) if channel and channel.guide_id else []
            row |= {"ch_id": row["id"], "ch_type": "iptv", "epg_container": 1, "epg": told}
        return page | {"from_ts": begin, "to_ts": end, "time_marks": epg.marks(begin, end, zone)}

    def _all_of_channel(self, asked: Asked, _: Mac | None) -> list[Json]:
        channel = self._channel(asked.number("ch_id"))
        if channel is None or not channel.guide_id:
            return []
        rows = self._programmes(channel, asked, *self._world.guide.window(self._world.clock()))
        return [{name: row[name] for name in ("start_timestamp", "stop_timestamp", "name")} for row in rows]

    def _programmes(self, channel: PortalChannel, asked: Asked, begin: int, end: int) -> list[Json]:
        guide, now = self._world.guide, self._world.clock()
        zone = asked.zone(guide.zone)
        end = min(end, guide.window(now)[1])
        return [epg.row(channel, show, zone, now) for show in guide.shows(channel, begin, end)]

    # --- the world ----------------------------------------------------------------------------

    def _noted(self, mac: Mac | None, **values: Any) -> bool:  # noqa: ANN401 # fields of `Mac`
        if mac is not None:
            self._world.macs.change(mac.mac, **values)
        return True

    def _locked(self, asked: Asked, mac: Mac | None, *, lock: bool) -> bool:
        number = asked.number("ch_id")
        others = tuple(each for each in (mac.locked if mac else ()) if each != number)
        return self._noted(mac, locked=(*others, number) if lock else others)

    def _seen(self) -> list[PortalChannel]:
        """All but radio, which is a list of its own here."""
        return [each for each in live(self._world) if each.picture != Picture.RADIO]

    def _channel(self, number: int) -> PortalChannel | None:
        return next((each for each in live(self._world) if each.id == number), None)

    def _now(self) -> int:
        return int(self._world.clock().timestamp())


def advert(base: str) -> Json:
    """What comes before, where the operator lives on advertising."""
    return {
        "id": 0,
        "media_type": "advert",
        "cmd": f"ffmpeg {base}/open/movie/{_ADVERT}.mkv",
        "is_advert": True,
        "ad_must_watch": "0",
        "error": "",
    }


def _linked(number: int, cmd: str, error: str) -> Json:
    return {
        "id": str(number),
        "cmd": cmd,
        "streamer_id": 0,
        "link_id": str(number + LINK_IDS),
        "load": 0,
        "error": error,
    }
