"""The genuine portal (the protocol's A): ``server/load.php``, its pages, logos and screenshots."""

import json
import logging
import re
import time
from collections.abc import Callable
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from stb.portal.broadcast import Broadcast
from stb.portal.macs import Mac, MacStatus, Strangers
from stb.portal.posters import Posters
from stb.portal.stalker import asked as asking
from stb.portal.stalker import pages, watchdog
from stb.portal.stalker.asked import Asked, Json
from stb.portal.stalker.channels import live
from stb.portal.stalker.entering import Entering
from stb.portal.stalker.lending import Lending
from stb.portal.stalker.links import Links
from stb.portal.stalker.shelves import Shelves
from stb.portal.stalker.television import Television
from stb.portal.world import World

log = logging.getLogger(__name__)

ROOT = "/stalker_portal"
SCRIPTS = (
    f"{ROOT}/server/load.php",
    # What a literal reading of "{portal_url}/server/load.php" makes of an address that ends in /c/.
    f"{ROOT}/c/server/load.php",
    f"{ROOT}/c//server/load.php",
)
_OPEN = frozenset(
    {("stb", "handshake"), ("stb", "get_profile"), ("stb", "get_localization"), ("stb", "do_auth")}
)
"""Whoever comes may ask this."""
_OPEN_TO_BLOCKED = frozenset(
    {("watchdog", "get_events"), ("stb", "get_modules"), ("account_info", "get_main_info")}
)
_NO_MAC, _WRONG_TOKEN, _BLOCKED = "Unauthorized request.", "Authorization failed.", "Access denied."
_NOT_A_BOX = "Identification failed"
_LOGO_SIZES = {"120", "160", "240", "320"}
_PICTURE = "image/png"
Action = Callable[[Asked, Mac | None], Any]
_MODULES = ("tv", "vclub", "radio", "epg.simple", "tv_archive", "account", "settings", "time_shift")


class Genuine:
    """One portal over one world."""

    def __init__(self, world: World, broadcast: Broadcast, posters: Posters, links: Links) -> None:
        """Answer from ``world``; ``links`` are where the streams are."""
        self._world = world
        self._broadcast = broadcast
        self._posters = posters
        self._entering = Entering(world)
        television = Television(world, broadcast, links)
        lending = Lending(world, links)
        self._actions: dict[tuple[str, str], Action] = {
            ("stb", "handshake"): lambda asked, _: self._entering.handshake(asked),
            ("stb", "get_profile"): lambda asked, _: self._entering.profile(asked),
            ("stb", "do_auth"): lambda asked, _: self._entering.sign_in(asked),
            ("stb", "logout"): lambda asked, _: self._entering.sign_out(asked),
            ("stb", "get_localization"): lambda _, __: {"ok_btn": "OK", "cancel_btn": "Cancel"},
            ("stb", "get_modules"): lambda _, __: {"all_modules": list(_MODULES), "switchable_modules": []},
            ("stb", "set_parent_password"): lambda asked, mac: self._noted(
                mac, parent_password=asked.text("pass")
            ),
            ("stb", "set_settings_password"): lambda asked, mac: self._noted(
                mac, settings_password=asked.text("pass")
            ),
            ("stb", "log"): lambda _, __: 1,
            ("stb", "set_stream_error"): lambda _, __: True,
            ("stb", "set_volume"): lambda _, __: True,
            ("watchdog", "get_events"): lambda _, mac: watchdog.told(world.events, mac),
            ("watchdog", "confirm_event"): lambda asked, mac: watchdog.confirmed(world.events, mac, asked),
            ("account_info", "get_main_info"): self._main_info,
            ("vod", "get_categories"): lambda _, __: self._shelves().categories(),
            ("vod", "get_genres_by_category_alias"): lambda asked, _: self._shelves().genres(
                asked.text("cat_alias")
            ),
            ("vod", "get_years"): lambda _, __: self._shelves().years(),
            ("vod", "get_abc"): lambda _, __: self._shelves().letters(),
            ("vod", "get_ordered_list"): lambda asked, mac: self._shelves().page(asked, mac),
            **television.actions(),
            **lending.actions(),
        }

    def routes(self) -> list[Route]:
        """Where it all is."""
        return [
            *(Route(path, self._script, methods=["GET", "POST"]) for path in SCRIPTS),
            *pages.routes(f"{ROOT}/c", "stalker_portal", pages.GENUINE),
            Route(f"{ROOT}/misc/logos/{{size}}/{{name}}", self._logo),
            Route(f"{ROOT}/screenshots/{{folder}}/{{number:int}}.jpg", self._screenshot),
        ]

    # --- the script ---------------------------------------------------------------------------

    async def _script(self, request: Request) -> Response:
        return await run_in_threadpool(self._answer, await asking.read(request))

    def _answer(self, asked: Asked) -> Response:
        begun = time.perf_counter()
        refusal = self._refusal(asked)
        if refusal:
            log.info("box %s is refused %s %s: %s", asked.mac, *asked.name, refusal)
            return PlainTextResponse(refusal)
        action = self._actions.get(asked.name)
        js = action(asked, self._entering.known(asked)) if action is not None else False
        if asked.name not in {("watchdog", "get_events"), ("stb", "log")}:
            log.info(
                "box %s asks for %s %s", asked.mac, *(re.sub("[^a-z_]", "?", word) for word in asked.name)
            )
        text = f"generated in: {time.perf_counter() - begun:.3f}s; query counter: 7; cache hits: 0;"
        if asked.name == ("stb", "do_auth"):
            text = f'array(1) {{ ["status"]=> string "{"OK" if js else "ERROR"}" }}\n{text}'
        body = json.dumps({"js": js, "text": text}, ensure_ascii=True)
        return Response(body, media_type="application/json")

    def _refusal(self, asked: Asked) -> str:
        """Why nothing is answered, in the portal's own words; empty where something is."""
        if not asked.mac:
            return _NO_MAC
        if "mac_emu" in asked.cookies:
            return _NOT_A_BOX
        if asked.name in _OPEN:
            return ""
        mac = self._world.macs.find(asked.mac)
        if mac is None:
            welcome = self._world.macs.rules().strangers is Strangers.WELCOME
            return "" if welcome and asked.token else _WRONG_TOKEN
        wrong = not asked.token or (mac.token and mac.token != asked.token)
        if wrong or mac.status is MacStatus.DELETED:
            return _WRONG_TOKEN
        if mac.status is not MacStatus.ACTIVE and asked.name not in _OPEN_TO_BLOCKED:
            return _BLOCKED
        return ""

    # --- small things -------------------------------------------------------------------------

    def _shelves(self) -> Shelves:
        return Shelves(self._world.library, self._world.clock())

    def _noted(self, mac: Mac | None, **values: Any) -> bool:  # noqa: ANN401 # fields of `Mac`
        if mac is not None:
            self._world.macs.change(mac.mac, **values)
        return True

    def _main_info(self, asked: Asked, mac: Mac | None) -> Json:
        about = {"fname": "", "phone": "", "ls": str(mac.id) if mac else "", "mac": asked.mac}
        about |= {"last_change_status": "0000-00-00 00:00:00"}
        if mac is None or mac.expires is None:
            return about
        ends = self._world.guide.local(mac.expires)
        days = max(0, (mac.expires - int(self._world.clock().timestamp())) // 86_400)
        return {**about, "end_date": f"{ends.day} {ends:%B %Y} ({days} days)", "tariff_plan": "Lantern"}

    async def _logo(self, request: Request) -> Response:
        size, name = request.path_params["size"], request.path_params["name"]
        for channel in await run_in_threadpool(live, self._world):
            if size in _LOGO_SIZES and name and channel.logo_url.rpartition("/")[2] == name:
                drawn = await run_in_threadpool(self._broadcast.logo, channel)
                return Response(drawn, media_type=_PICTURE, headers={"Cache-Control": "max-age=3600"})
        raise HTTPException(404, "Not found")

    async def _screenshot(self, request: Request) -> Response:
        number = request.path_params["number"]
        kind = "film" if await run_in_threadpool(self._world.library.film, number) else "series"
        drawn = await run_in_threadpool(self._posters.drawn, kind, number)
        return Response(drawn, media_type=_PICTURE, headers={"Cache-Control": "max-age=3600"})
