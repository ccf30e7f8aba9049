"""The set-top box that we say we are: one model of a MAG, in all the words in which it presents itself.

Portals compare these words with what they saw first, so they are the same for the life of the box.
"""

import hashlib
import json
import re
from dataclasses import dataclass, field
from urllib.parse import quote

from stb.model import Identity, Source
from stb.providers.stalker.question import Question, question

_USUAL = "MAG250"
_REVISIONS = {"MAG200": "ver: 2 rev: 234", "MAG245": "ver: 2 rev: 250", "MAG250": "ver: 2 rev: 250"}
"""Of the browser in it; younger models share one."""
_YOUNGER = "ver: 4 rev: 2721 Mobile"
_LOOK_ALIKES = str.maketrans("АВСЕавсе", "ABCEABCE")
"""Cyrillic letters that people type into a hardware address."""
_NO_HEX = re.compile(r"[^0-9A-F]")
_OCTETS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Pass:
    """What the portal gave us to show."""

    token: str = field(default="", repr=False)
    random: str = field(default="", repr=False)
    """Sent back by those who give one."""

    @property
    def genuine(self) -> bool:
        """A token of the genuine portal's form, whose handshake gives back the token it is shown.

        The imitation's handshake makes a new token each time, and the old one is dead.
        """
        return re.fullmatch("[0-9A-F]{32}", self.token) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mag:
    """Who we are to one portal."""

    model: str
    mac: str
    sn: str
    device_id: str
    device_id2: str
    signature: str
    user_agent: str

    @property
    def x_user_agent(self) -> str:
        """What portals read the model from."""
        return f"Model: {self.model}; Link: Ethernet"

    def cookies(self, zone: str) -> str:
        """As a MAG's browser writes them; ``zone`` is an IANA name, in which the portal then tells times."""
        return f"mac={quote(self.mac, safe='')}; stb_lang=en; timezone={quote(zone, safe='')}"

    def headers(self, page: str, shown: Pass, zone: str) -> dict[str, str]:
        """Of every question."""
        said = {
            "User-Agent": self.user_agent,
            "X-User-Agent": self.x_user_agent,
            "Referer": page,
            "Accept": "*/*",
            "Cookie": self.cookies(zone),
        }
        if shown.token:
            said["Authorization"] = f"Bearer {shown.token}"
        if shown.random:
            said |= {"X-Random": shown.random, "Random": shown.random, "SN": self.sn}
        return said

    def handshake(self, shown: Pass) -> Question:
        """Ask for a token, or for the one that we have to go on."""
        return question("stb", "handshake", prehash="0", token=shown.token)

    def get_profile(self, shown: Pass, now: int, *, second_step: bool, not_valid: bool) -> Question:
        """Say who we are; with this the token becomes the session.

        Args:
            shown: the token's companion is part of it.
            now: seconds since 1970.
            second_step: a name and a password were taken before.
            not_valid: the handshake said that our token is not.
        """
        digits = self.model.removeprefix("MAG")
        version = (
            f"ImageDescription: 0.2.18-r14-pub-{digits}; ImageDate: Fri Jan 15 15:20:44 EET 2016; "
            "PORTAL version: 5.6.0; API Version: JS API version: 328; STB API version: 134; "
            "Player Engine version: 0x566"
        )
        return question(
            "stb",
            "get_profile",
            hd=1,
            ver=version,
            num_banks=2,
            sn=self.sn,
            stb_type=self.model,
            client_type="STB",
            image_version=218,
            video_out="hdmi",
            device_id=self.device_id,
            device_id2=self.device_id2,
            signature=self.signature,
            auth_second_step=int(second_step),
            hw_version="1.7-BD-00",
            not_valid_token=int(not_valid),
            metrics=self._metrics(shown),
            hw_version_2=hashlib.sha1(self.mac.encode(), usedforsecurity=False).hexdigest(),
            timestamp=now,
            api_signature=262,
            prehash="0",
        )

    def do_auth(self, login: str, password: str) -> Question:
        """Give a name and a password, where the portal wants them."""
        return question(
            "stb",
            "do_auth",
            login=login,
            password=password,
            device_id=self.device_id,
            device_id2=self.device_id2,
        )

    def _metrics(self, shown: Pass) -> str:
        said = {
            "mac": self.mac,
            "sn": self.sn,
            "model": self.model,
            "type": "STB",
            "uid": self.device_id2,
            "random": shown.random,
        }
        return json.dumps(said, separators=(",", ":"))


def the_mag(source: Source, identity: Identity) -> Mag:
    """The box as one source's portal knows it.

    A hardware address that the viewer typed has device numbers of its own: a portal pins each to one.
    """
    model = _model(source.model)
    mac = normal_mac(source.mac) or identity.stalker_mac
    own = mac == identity.stalker_mac
    agent = (
        "Mozilla/5.0 (QtEmbedded; U; Linux; C) AppleWebKit/533.3 (KHTML, like Gecko) "
        f"MAG200 stbapp {_REVISIONS.get(model, _YOUNGER)} Safari/533.3"
    )
    return Mag(
        model=model,
        mac=mac,
        sn=identity.sn,
        device_id=identity.device_id if own else _derived(identity.device_id, mac),
        device_id2=identity.device_id2 if own else _derived(identity.device_id2, mac),
        signature=identity.signature if own else _derived(identity.signature, mac),
        user_agent=source.user_agent or agent,
    )


def normal_mac(typed: str) -> str:
    """``00:1A:79:01:02:03``, from twelve digits however they are set apart; empty where it is none."""
    digits = _NO_HEX.sub("", typed.translate(_LOOK_ALIKES).upper())
    if len(digits) != _OCTETS:
        return ""
    return ":".join(digits[place : place + 2] for place in range(0, _OCTETS, 2))


def _model(named: str) -> str:
    """``254`` and ``mag 254`` are ``MAG254``; a box of another family is as it is written."""
    name = "".join(named.split())
    if not name:
        return _USUAL
    return f"MAG{name}" if name.isdecimal() else re.sub("^mag", "MAG", name, flags=re.IGNORECASE)


def _derived(number: str, mac: str) -> str:
    return hashlib.sha256(f"{number} {mac}".encode()).hexdigest().upper()
