"""Films and episodes lent by the genuine portal, and what is noted of them."""

import re
from collections.abc import Callable
from typing import Any

from stb.portal.library import Episode, Film
from stb.portal.macs import Mac
from stb.portal.stalker import shelves
from stb.portal.stalker.asked import Asked, Json, digits
from stb.portal.stalker.links import Links
from stb.portal.stalker.television import advert
from stb.portal.world import World

_FILE = re.compile(r"/media/file_(\d+)\.mpg")
_TITLE = re.compile(r"/media/(\d+)\.mpg")


class Lending:
    """Over one world."""

    def __init__(self, world: World, links: Links) -> None:
        """Lend what ``world`` has."""
        self._world = world
        self._links = links

    def actions(self) -> dict[tuple[str, str], Callable[[Asked, Mac | None], Any]]:
        """What can be asked for."""
        return {
            ("vod", "create_link"): self._link,
            ("vod", "set_fav"): lambda asked, mac: self._favourite(asked, mac, chosen=True),
            ("vod", "del_fav"): lambda asked, mac: self._favourite(asked, mac, chosen=False),
            ("vod", "set_played"): lambda _, __: True,
            ("vod", "set_not_ended"): lambda _, __: True,
            ("vod", "set_ended"): lambda _, __: True,
            ("vod", "del_link"): lambda _, __: True,
        }

    def _link(self, asked: Asked, mac: Mac | None) -> Json | list[Json]:
        found = self._found(asked)
        link = self._lent(asked, found, mac)
        if self._world.macs.rules().adverts and not asked.truth("disable_ad"):
            return [{**advert(asked.base), "media_type": "vclub_ad"}, link]
        return link

    def _lent(self, asked: Asked, found: Film | Episode | None, mac: Mac | None) -> Json:
        cmd, error = "", "nothing_to_play" if found is None else "access_denied" if mac is None else ""
        if not error:
            url = (
                self._links.film(asked, found)
                if isinstance(found, Film)
                else self._links.episode(asked, found)
                if found is not None
                else ""
            )
            cmd = f"ffmpeg {url}"
        return {
            "id": str(found.id) if found is not None else "0",
            "cmd": cmd,
            "load": "0",
            "subtitles": [],
            "storage_id": "1",
            "storage_name": "lantern" if error else "",
            "error": error,
        }

    def _found(self, asked: Asked) -> Film | Episode | None:
        library = self._world.library
        file = _FILE.search(asked.text("cmd"))
        if file is not None:
            number = shelves.file_of(digits(file[1]))
            return library.film(number) or library.episode(number)
        title = _TITLE.search(asked.text("cmd"))
        number = digits(title[1]) if title is not None else 0
        film = library.film(number)
        if film is not None:
            return None if shelves.has_files(film) else film
        episodes = library.episodes(number)
        if not shelves.is_one_row(episodes):
            return None
        return next((each for each in episodes if each.number == asked.number("series")), None)

    def _favourite(self, asked: Asked, mac: Mac | None, *, chosen: bool) -> bool:
        number = asked.number("video_id")
        if mac is not None:
            others = tuple(each for each in mac.favourite_films if each != number)
            films = (*others, number) if chosen else others
            self._world.macs.change(mac.mac, favourite_films=films)
        return True
