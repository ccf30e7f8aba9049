"""Addresses of what is played. Pure.

A user name or password may hold a slash, an at sign or a space, so both are escaped wherever they stand.
Where an address leads on to is not looked at: what a panel sends players to lasts a minute.
"""

from collections.abc import Collection
from urllib.parse import urlsplit

from stb.providers.xtream.address import Login, escaped

_FORMATS = ("ts", "m3u8")
"""As they are preferred: a transport stream begins sooner."""


def live_address(login: Login, link: str, formats: Collection[str], rtmp_port: int) -> str:
    """Of a channel.

    Args:
        login: whom to ask.
        link: `Channel.link`: the stream's id, or the origin's own address.
        formats: which the panel gives this viewer; empty where it does not say.
        rtmp_port: where the panel speaks RTMP.
    """
    if _elsewhere(link):
        return link
    who = f"{escaped(login.user)}/{escaped(login.password)}"
    if set(formats) == {"rtmp"}:
        host = urlsplit(login.address).netloc.rpartition("@")[2]
        name = host.rpartition(":")[0] if urlsplit(login.address).port else host
        return f"rtmp://{name}:{rtmp_port}/live/{who}/{escaped(link)}"
    ending = next((each for each in _FORMATS if each in formats), _FORMATS[0])
    return f"{login.address}/live/{who}/{escaped(link)}.{ending}"


def file_address(login: Login, shelf: str, link: str) -> str:
    """Of a film or an episode; ``shelf`` is ``movie`` or ``series``, ``link`` an id with its extension."""
    if _elsewhere(link):
        return link
    return f"{login.address}/{shelf}/{escaped(login.user)}/{escaped(login.password)}/{escaped(link)}"


def _elsewhere(link: str) -> bool:
    return "://" in link
