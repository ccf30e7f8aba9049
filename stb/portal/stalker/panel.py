"""The imitation of the portal inside a panel (the protocol's B): ``portal.php``."""

import json
import logging
import re
import secrets
from collections.abc import Callable
from dataclasses import replace
from random import SystemRandom
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from stb.portal.macs import Mac, MacStatus, normal
from stb.portal.sending import nothing_here
from stb.portal.stalker import asked as asking
from stb.portal.stalker import pages, settings, watchdog
from stb.portal.stalker.asked import Asked, Json
from stb.portal.stalker.bodies import EMPTY, Raw, Whole
from stb.portal.stalker.links import Links
from stb.portal.stalker.panel_shelves import PanelShelves
from stb.portal.stalker.panel_television import PanelTelevision
from stb.portal.world import World

log = logging.getLogger(__name__)

SCRIPTS = (
    "/portal.php",
    "/c/portal.php",
    "/server/load.php",
    "/c/server/load.php",
    "/c//server/load.php",
)
_SHORTEST_WATCH_S, _LONGEST_WATCH_S = 80, 120
_UNLIMITED = "Unlimited"
_WELCOME = "Welcome to Lantern Television"


Action = Callable[[Asked, Mac], Any]


class Panel:
    """One panel over one world."""

    def __init__(self, world: World, links: Links) -> None:
        """Answer from ``world``; ``links`` are where the streams are."""
        self._world = world
        television = PanelTelevision(world, links)
        shelves = PanelShelves(world, links)
        self._actions: dict[tuple[str, str], Action] = {
            ("stb", "get_localization"): lambda _, __: {"ok_btn": "OK", "cancel_btn": "Cancel"},
            ("stb", "get_modules"): lambda _, __: {"all_modules": ["tv", "vclub", "sclub", "account"]},
            ("stb", "log"): lambda _, __: 1,
            ("stb", "set_volume"): lambda _, __: Raw('{"data":true}'),
            ("stb", "set_parent_password"): self._set_parent_password,
            ("stb", "set_settings_password"): lambda _, __: True,
            ("watchdog", "get_events"): lambda _, mac: watchdog.told(
                world.events, mac, watchdog.CLOSED_BY_PANELS
            ),
            ("watchdog", "confirm_event"): lambda asked, mac: watchdog.confirmed(world.events, mac, asked),
            ("account_info", "get_main_info"): self._main_info,
            ("media_favorites", "get_all"): lambda _, __: "",
            **television.actions(),
            **shelves.actions(),
        }

    def routes(self) -> list[Route]:
        """Where it all is."""
        return [
            *(Route(path, self._script, methods=["GET", "POST"]) for path in SCRIPTS),
            *pages.routes("/c", "", pages.PANEL),
        ]

    async def _script(self, request: Request) -> Response:
        asked = await asking.read(request)
        said = asked.text("mac")
        return await run_in_threadpool(self._answer, replace(asked, mac=normal(said)) if said else asked)

    def _answer(self, asked: Asked) -> Response:
        mac = self._world.macs.find(asked.mac)
        mac = None if mac is None or mac.status is MacStatus.DELETED else mac
        if mac is not None and mac.banned:
            return nothing_here()
        log.info(
            "box %s asks the panel for %s %s",
            asked.mac,
            *(re.sub("[^a-z_]", "?", word) for word in asked.name),
        )
        if asked.name == ("stb", "handshake"):
            return _said({"token": None} if mac is None else self._handshake(mac))
        signed_in = mac is not None and mac.panel_token != "" and mac.panel_token == asked.token
        if asked.name == ("stb", "get_profile"):
            return self._profile(asked, mac, signed_in=signed_in)
        action = self._actions.get(asked.name)
        if mac is None or not signed_in or mac.status is not MacStatus.ACTIVE or action is None:
            return _said(EMPTY)
        return _said(action(asked, mac))

    def _handshake(self, mac: Mac) -> Json:
        """A new token, for which the old one dies at once."""
        token = secrets.token_urlsafe(48)
        self._world.macs.change(mac.mac, panel_token=token)
        return {"token": token}

    def _profile(self, asked: Asked, mac: Mac | None, *, signed_in: bool) -> Response:
        serial = asked.text("sn")
        if not serial or (mac is not None and mac.serial not in {"", serial}):
            if mac is not None:
                log.info("box %s is banned: its serial number is missing or another", mac.mac)
                self._world.macs.change(mac.mac, banned=True)
            return nothing_here()
        zone = self._world.guide.zone.key
        watch = {"watchdog_timeout": SystemRandom().randint(_SHORTEST_WATCH_S, _LONGEST_WATCH_S)}
        if mac is None or not signed_in or mac.status is not MacStatus.ACTIVE:
            return _said({**settings.of(None, zone, asked.base), **watch, "status": 1})
        mac = self._world.macs.change(mac.mac, serial=serial)
        about = {**settings.of(mac, zone, asked.base), **watch, "status": 0}
        return _said({**about, "timeslot": watch["watchdog_timeout"], "name": mac.mac, "login": ""})

    def _set_parent_password(self, asked: Asked, mac: Mac) -> bool:
        """True, also where nothing was done."""
        new = asked.text("pass")
        if new and new == asked.text("repeat_pass") and asked.text("parent_password") == mac.parent_password:
            self._world.macs.change(mac.mac, parent_password=new)
        return True

    def _main_info(self, _: Asked, mac: Mac) -> Json:
        return {"mac": mac.mac, "phone": self._until(mac), "message": _WELCOME}

    def _until(self, mac: Mac) -> str:
        if mac.expires is None:
            return _UNLIMITED
        ends = self._world.guide.local(mac.expires)
        hour = f"{ends.hour % 12 or 12}:{ends:%M} {'am' if ends.hour < 12 else 'pm'}"  # noqa: PLR2004 # noon
        return f"{ends:%B} {ends.day}, {ends.year}, {hour}"


def _said(js: Any) -> Response:  # noqa: ANN401 # any JSON
    """As PHP writes it: slashes escaped, and nothing but ASCII."""
    if isinstance(js, Raw):
        return Response(str(js), media_type="text/javascript")
    whole = js if isinstance(js, Whole) else {"js": js}
    text = json.dumps(whole, separators=(",", ":")).replace("/", "\\/")
    return Response(text, media_type="text/javascript")
