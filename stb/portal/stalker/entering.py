"""How the genuine portal lets a box in: handshake, profile with its checks, name and password."""

import re
import secrets
from typing import Any

from stb.portal.lines import LineStatus
from stb.portal.macs import Mac, MacStatus, Strangers
from stb.portal.stalker import settings
from stb.portal.stalker.asked import Asked, Json
from stb.portal.world import World

_PREFIX = re.compile("00:1A:79(?::[0-9A-F]{2}){3}")
_ENGINE = re.compile(r"Player Engine version: 0x([0-9A-Fa-f]+)")
_OLDEST_ENGINE = 0x566
_ANY_ENGINE = frozenset({"MAG200", "MAG260", "MAG256", "MAG257"})
_REGISTER = "Please contact your provider<br>to register this device!"
_DAMAGED = "Your STB is damaged.<br/> Call the provider."
_OFF = "Your STB is blocked.<br/> Call the provider."
_ENDED = "Your subscription has ended.<br/> Call the provider."
_CLOSED = "The portal is being repaired.<br/> Please come back later."
_FILTERED = "This STB is not allowed here.<br/> Call the provider."
_OUTDATED = "The firmware of your STB is outdated.<br/>Please update it."


class Entering:
    """Over one world."""

    def __init__(self, world: World) -> None:
        """Enter boxes in these books."""
        self._world = world
        self._macs = world.macs

    def known(self, asked: Asked) -> Mac | None:
        """The box that asks; None: nobody has entered it."""
        mac = self._macs.find(asked.mac)
        return None if mac is None or mac.status is MacStatus.DELETED else mac

    def handshake(self, asked: Asked) -> Json:
        """The token there is, for who presents it; else a new one, which is nobody's yet."""
        mac = self._macs.find(asked.mac)
        presented = asked.text("token")
        current = mac is not None and presented != "" and mac.token == presented
        stale = not current and self._macs.rules().strangers is Strangers.SIGN_IN
        return {
            "token": presented if current else secrets.token_hex(16).upper(),
            "random": secrets.token_hex(20),
            **({"not_valid": 1} if stale else {}),
        }

    def profile(self, asked: Asked) -> Json:
        """Refusals in the portal's order; whoever is let in is the one whose token counts from now on."""
        refusal = self._refused(asked)
        if refusal is not None:
            return refusal
        mac = self.known(asked)
        strangers = self._macs.rules().strangers
        if strangers is Strangers.SIGN_IN and self._must_sign_in(asked, mac):
            return {"status": 2, "template": "default", "info": ""}
        if mac is None and strangers is Strangers.REFUSED:
            return {"status": 1, "block_msg": _REGISTER}
        mac = self._adopted(self._macs.known(asked.mac), asked)
        return settings.of(mac, self._world.guide.zone.key, asked.base) | self._standing(mac)

    def _must_sign_in(self, asked: Asked, mac: Mac | None) -> bool:
        """Whoever signed in has the token that counts, until a later start comes without it."""
        if mac is None or not mac.login:
            return True
        return self._macs.rules().each_start and (not mac.token or asked.token != mac.token)

    def _standing(self, mac: Mac) -> Json:
        rules = self._macs.rules()
        newest = max(each.id for each in self._macs.all())
        blocked = mac.status is not MacStatus.ACTIVE
        ended = mac.status is MacStatus.EXPIRED
        return {
            "status": int(blocked),
            **({"block_msg": _ENDED if ended else _OFF} if blocked else {}),
            "watchdog_timeout": rules.watchdog_s,
            "timeslot_ratio": mac.id / newest,
            "timeslot": rules.watchdog_s * mac.id / newest,
        }

    def _refused(self, asked: Asked) -> Json | None:
        rules = self._macs.rules()
        if rules.disabled:
            return {"status": 1, "block_msg": _CLOSED, "portal_disabled": True}
        if asked.mac in rules.filtered:
            return {"status": 1, "msg": "access denied", "block_msg": _FILTERED}
        if not _PREFIX.fullmatch(asked.mac):
            return {"status": 1}
        conflict = self._conflict(asked)
        if conflict is not None:
            return conflict
        model, engine = asked.text("stb_type"), _ENGINE.search(asked.text("ver"))
        if not model or model in _ANY_ENGINE:
            return None
        if engine is not None and int(engine[1], 16) >= _OLDEST_ENGINE:
            return None
        update = {"autoupdate": False, "update_url": ""}
        return {"status": 1, "msg": "old firmware", "block_msg": _OUTDATED, **update}

    def _conflict(self, asked: Asked) -> Json | None:
        device_id, device_id2 = asked.text("device_id"), asked.text("device_id2")
        others = (each for each in self._macs.all() if each.mac != asked.mac)
        if device_id2 and any(each.device_id2 == device_id2 for each in others):
            return {"status": 1, "msg": "device conflict - MAC address mismatch"}
        mac = self.known(asked)
        if mac is None:
            return None
        pinned = ((mac.device_id, device_id), (mac.device_id2, device_id2))
        if any(kept and kept != said for kept, said in pinned):
            return {"status": 1, "msg": "device conflict - device_id mismatch", "block_msg": _DAMAGED}
        return None

    def _adopted(self, mac: Mac, asked: Asked) -> Mac:
        said: dict[str, Any] = {
            "device_id": mac.device_id or asked.text("device_id"),
            "device_id2": mac.device_id2 or asked.text("device_id2"),
        }
        return self._macs.change(mac.mac, token=asked.token, **said)

    def sign_in(self, asked: Asked) -> bool:
        """Whether name and password are those of a line that may watch; it moves to this box."""
        line = self._world.lines.sign_in(asked.text("login"), asked.text("password"))
        if line is None or line.status is not LineStatus.ACTIVE or not _PREFIX.fullmatch(asked.mac):
            return False
        for other in self._macs.all():
            if other.login == line.username and other.mac != asked.mac:
                self._macs.forget(other.mac)
        mac = self._macs.known(asked.mac)
        self._macs.change(mac.mac, login=line.username)
        self._adopted(mac, asked)
        return True

    def sign_out(self, asked: Asked) -> bool:
        """The box belongs to no line any more."""
        mac = self.known(asked)
        if mac is not None:
            self._macs.change(mac.mac, login="", token="")
        return mac is not None
