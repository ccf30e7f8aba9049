"""What a wish becomes on the data partition: for NetworkManager, SSH, the radio and the screen. Pure."""

import re
from collections.abc import Mapping
from typing import Final
from uuid import UUID, uuid5

from stb.firstboot.wish import Fixed, Wifi, Wish

HOSTNAME: Final = "system/hostname"
COUNTRY: Final = "system/wifi-country"
KEYS: Final = "system/ssh/authorized_keys"
WIFI: Final = "network/stb-wifi.nmconnection"
WIRED: Final = "network/stb-wired.nmconnection"
DISPLAY: Final = "config/xorg/stb.conf"

_OURS = UUID("8a3f5f5e-7a0b-5d53-9c0e-5c8f6f0e7b11")
"""Names of networks become identifiers below it, the same at each run."""


def files_of(wish: Wish, before: Mapping[str, str]) -> dict[str, str | None]:
    """The text of each file that the wish decides, None for one that is to go; by path below the partition.

    Args:
        wish: what is wished for; of what it does not say, no file is touched.
        before: what is in these files now: a password that was given once is not said again.
    """
    files: dict[str, str | None] = {}
    if wish.hostname:
        files[HOSTNAME] = f"{wish.hostname}\n"
    if wish.country:
        files[COUNTRY] = f"COUNTRY={wish.country}\n"
    if wish.keys is not None:
        files[KEYS] = "".join(f"{key}\n" for key in wish.keys) or None
    if wish.wifi:
        files[WIFI] = wifi_profile(wish.wifi, wish.fixed, before.get(WIFI, ""))
    elif wish.fixed:
        files[WIRED] = wired_profile(wish.fixed)
    if wish.mode:
        files[DISPLAY] = _display(wish.mode)
    return files


def wifi_profile(wifi: Wifi, fixed: Fixed | None, before: str) -> str:
    """A keyfile of NetworkManager (nm-settings-keyfile(5)).

    The name stands there octet by octet: so it may hold anything, and nothing in it is taken for an escape.
    """
    identifier = uuid5(_OURS, wifi.name.hex())
    password = wifi.password
    if not password and f"uuid={identifier}\n" in before:
        password = _password_in(before)
    security = ("[wifi-security]", "key-mgmt=wpa-psk", f"psk={_escaped(password)}", "") if password else ()
    return _lines(
        *("[connection]", "id=stb-wifi", f"uuid={identifier}", "type=wifi", ""),
        *("[wifi]", "mode=infrastructure", f"ssid={''.join(f'{octet};' for octet in wifi.name)}"),
        *(("hidden=true", "") if wifi.hidden else ("",)),
        *security,
        *_addresses(fixed),
    )


def wired_profile(fixed: Fixed) -> str:
    """As above, of the wire; before the profile that NetworkManager makes up of itself."""
    return _lines(
        *("[connection]", "id=stb-wired", f"uuid={uuid5(_OURS, 'wired')}", "type=ethernet"),
        *("autoconnect-priority=1", ""),
        *_addresses(fixed),
    )


def _addresses(fixed: Fixed | None) -> tuple[str, ...]:
    if fixed is None:
        return ("[ipv4]", "method=auto", "", "[ipv6]", "method=auto")
    is_six = ":" in fixed.address
    address = f"address1={fixed.address},{fixed.gateway}" if fixed.gateway else f"address1={fixed.address}"
    manual = ("method=manual", address)
    of_four = [server for server in fixed.dns if ":" not in server]
    of_six = [server for server in fixed.dns if ":" in server]
    return (
        *("[ipv4]", *(("method=auto",) if is_six else manual), *_servers(of_four), ""),
        *("[ipv6]", *(manual if is_six else ("method=auto",)), *_servers(of_six)),
    )


def _servers(servers: list[str]) -> tuple[str, ...]:
    return (f"dns={''.join(f'{server};' for server in servers)}",) if servers else ()


def _escaped(text: str) -> str:
    """As GLib's key files have it: a backslash begins an escape, and spaces at the front are passed over."""
    doubled = text.replace("\\", "\\\\")
    bare = doubled.lstrip(" ")
    return "\\s" * (len(doubled) - len(bare)) + bare


def _password_in(profile: str) -> str:
    found = next((line for line in profile.splitlines() if line.startswith("psk=")), "psk=")
    return re.sub(r"\\(.)", lambda escape: " " if escape[1] == "s" else escape[1], found.removeprefix("psk="))


def _display(mode: str) -> str:
    """For the X server: of the sizes that a TV offers it takes this one first, whatever the TV likes best."""
    return _lines(
        *('Section "Screen"', '    Identifier "stb"', '    SubSection "Display"'),
        *(f'        Modes "{mode}"', "    EndSubSection", "EndSection"),
    )


def _lines(*lines: str) -> str:
    return "".join(f"{line}\n" for line in lines)
