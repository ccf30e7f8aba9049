"""Channels, favourites, the guide and what was on, as a panel answers."""

import re
from collections.abc import Callable
from typing import Any

from stb.portal.macs import Mac
from stb.portal.nouns import Delivery, PortalChannel
from stb.portal.stalker import epg
from stb.portal.stalker.asked import Asked, Json, digits, numbers, paged
from stb.portal.stalker.bodies import EMPTY, Whole
from stb.portal.stalker.channels import genre_rows, genres, live, name_of, panel_row
from stb.portal.stalker.links import Links
from stb.portal.world import World

PAGE = 14
_SHORT = 4
_MOST_SHORT = 100
_AHEAD_S = 4 * 24 * 3600
_LINK = re.compile(r"/ch/(\d+)_(\S*)")
_MEDIA = re.compile(r"/media/(\d+)_(\d+)\.mpg")


class PanelTelevision:
    """Over one world."""

    def __init__(self, world: World, links: Links) -> None:
        """Answer from ``world``."""
        self._world = world
        self._links = links

    def actions(self) -> dict[tuple[str, str], Callable[[Asked, Mac], Any]]:
        """What can be asked for."""
        world = self._world
        return {
            ("itv", "get_genres"): lambda _, __: genre_rows(world, world.macs.rules().censored, every=False),
            ("itv", "get_all_channels"): self._all_channels,
            ("itv", "get_ordered_list"): self._ordered,
            ("itv", "get_all_fav_channels"): self._favourites,
            ("itv", "get_fav_ids"): lambda _, mac: list(mac.favourites),
            ("itv", "set_fav"): self._set_favourites,
            ("itv", "set_fav_status"): lambda _, __: True,
            ("itv", "set_last_id"): lambda _, __: True,
            ("itv", "set_played"): lambda _, __: True,
            ("itv", "create_link"): self._link,
            ("itv", "get_epg_info"): lambda _, __: {"data": []},
            ("itv", "get_short_epg"): self._short_epg,
            ("epg", "get_simple_data_table"): self._table,
            ("epg", "get_data_table"): lambda _, __: [],
            ("epg", "get_week"): lambda asked, _: epg.week(world.clock(), asked.zone(world.guide.zone)),
            ("tv_archive", "create_link"): self._past_link,
        }

    def _all_channels(self, asked: Asked, mac: Mac) -> Json:
        rows = self._rows(live(self._world), asked, mac)
        return {**paged(rows, 1, PAGE), "selected_item": 0, "cur_page": 0, "data": rows}

    def _ordered(self, asked: Asked, mac: Mac) -> Json:
        rows = self._rows(live(self._world), asked, mac)
        genre = asked.text("genre")
        rows = [row for row in rows if genre in {"", "*", "0", row["tv_genre_id"]}]
        rows = [row for row in rows if not asked.truth("fav") or row["fav"]]
        # The page that was asked for, but never its number.
        return paged(rows, max(1, asked.number("p")), PAGE) | {"cur_page": 0}

    def _favourites(self, asked: Asked, mac: Mac) -> Json:
        rows = [row for row in self._rows(live(self._world), asked, mac) if row["fav"]]
        return {**paged(rows, 1, PAGE), "data": rows}

    def _set_favourites(self, asked: Asked, mac: Mac) -> bool:
        self._world.macs.change(mac.mac, favourites=numbers(asked.text("fav_ch")))
        return True

    def _rows(self, channels: list[PortalChannel], asked: Asked, mac: Mac) -> list[Json]:
        by_name = {each.name: each for each in genres(self._world, channels)}
        return [
            panel_row(each, by_name.get(each.category), mac, asked.base, self._playing(each, asked))
            for each in channels
        ]

    def _playing(self, channel: PortalChannel, asked: Asked) -> str:
        guide = self._world.guide
        show = guide.at(channel, self._now()) if channel.guide_id else None
        if show is None:
            return ""
        told = epg.row(channel, show, asked.zone(guide.zone), self._world.clock())
        return f"{told['t_time']} - {told['t_time_to']}: {name_of(channel, show)}"

    # --- links --------------------------------------------------------------------------------

    def _link(self, asked: Asked, _: Mac) -> Whole:
        found = _LINK.search(asked.text("cmd"))
        channel = self._channel(digits(found[1])) if found else None
        url = ""
        if found is not None and found[2]:
            url = found[2]
        elif channel is not None and channel.delivery != Delivery.LINK:
            url = self._links.live(asked, channel)
        linked = {"id": str(channel.id) if channel else "", "cmd": f"ffmpeg {url}" if url else ""}
        around = {"streamer_id": 0, "link_id": 0, "load": 0, "error": "" if url else "nothing_to_play"}
        return Whole({"js": linked, **around})

    def _past_link(self, asked: Asked, _: Mac) -> Any:  # noqa: ANN401 # nothing at all, too
        found = _MEDIA.search(asked.text("cmd"))
        place = epg.kept(self._world, digits(found[1])) if found else None
        if found is None or place is None or place[0].id != digits(found[2]):
            return EMPTY
        cmd = f"ffmpeg {self._links.show(asked, *place)}"
        return {
            "id": 0,
            "cmd": cmd,
            "storage_id": "",
            "load": 0,
            "error": "",
            "download_cmd": cmd,
            "to_file": "",
        }

    # --- the guide ----------------------------------------------------------------------------

    def _short_epg(self, asked: Asked, _: Mac) -> list[Json] | None:
        if not asked.text("ch_id"):
            return None
        channel = self._channel(asked.number("ch_id"))
        if channel is None or not channel.guide_id:
            return []
        guide, now = self._world.guide, self._world.clock()
        end = min(self._now() + _AHEAD_S, guide.window(now)[1])
        size = min(asked.number("size") or _SHORT, _MOST_SHORT)
        zone = asked.zone(guide.zone)
        shows = guide.shows(channel, self._now(), end)[:size]
        return [epg.panel_row(channel, show, zone, guide, now) for show in shows]

    def _table(self, asked: Asked, _: Mac) -> Json:
        channel = self._channel(asked.number("ch_id"))
        guide, now = self._world.guide, self._world.clock()
        zone = asked.zone(guide.zone)
        if channel is None or not channel.guide_id:
            return paged([], 0, epg.TABLE_SIZE)
        shows = epg.of_day(guide, channel, epg.day_of(asked.text("date"), now, zone), zone)
        rows = [{**epg.panel_row(channel, show, zone, guide, now), "rec_id": 0} for show in shows]
        return epg.table(shows, rows, asked.number("p"), now)

    def _channel(self, number: int) -> PortalChannel | None:
        return next((each for each in live(self._world) if each.id == number), None)

    def _now(self) -> int:
        return int(self._world.clock().timestamp())
