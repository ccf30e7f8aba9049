"""What may stand in the parts of the file that are no settings: for each key what is wrong with a value."""

import re
from base64 import b64decode
from collections.abc import Callable, Mapping
from ipaddress import ip_address, ip_interface
from typing import Final

Rule = Callable[[object], str]
"""Says what is wrong with a value; nothing where nothing is."""

_HOSTNAME = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_MODE = re.compile(r"[1-9][0-9]{2,3}x[1-9][0-9]{2,3}")
_PASSPHRASE = re.compile(r"[ -~]{8,63}|[0-9A-Fa-f]{64}")
_KEY = re.compile(r"(ssh-[a-z0-9-]+|ecdsa-sha2-[a-z0-9-]+|sk-[a-z0-9@.-]+) ([A-Za-z0-9+/]+={0,2})( [ -~]*)?")
_MOST_OCTETS = 32


def _matching(form: re.Pattern[str], expected: str) -> Rule:
    def fault(value: object) -> str:
        return "" if isinstance(value, str) and form.fullmatch(value) else f"{expected} expected"

    return fault


def _unless_empty(rule: Rule) -> Rule:
    return lambda value: "" if value == "" else rule(value)


def _read_by(read: Callable[[str], object], expected: str) -> Rule:
    def fault(value: object) -> str:
        try:
            read(value if isinstance(value, str) else "")
        except ValueError:
            return f"{expected} expected"
        return ""

    return fault


def _each(rule: Rule) -> Rule:
    def fault(value: object) -> str:
        if not isinstance(value, list):
            return 'a list expected: ["..."]'
        return next((found for one in value if (found := rule(one))), "")

    return fault


def _yes_or_no(value: object) -> str:
    return "" if isinstance(value, bool) else "true or false expected"


def _network(value: object) -> str:
    if value == "":
        return ""
    fits = isinstance(value, str) and len(value.encode()) <= _MOST_OCTETS and "\0" not in value
    return "" if fits else "the name of a network expected, at most 32 octets"


def _interface(text: str) -> None:
    if "/" not in text:
        raise ValueError
    ip_interface(text)


def _key(value: object) -> str:
    """A public key as OpenSSH writes one, without options before it; its first field repeats its kind."""
    found = _KEY.fullmatch(value.strip()) if isinstance(value, str) else None
    try:
        packed = b64decode(found[2], validate=True) if found else b""
    except ValueError:
        packed = b""
    kind = found[1].encode() if found else b"?"
    fits = packed.startswith(len(kind).to_bytes(4, "big") + kind)
    return "" if fits else 'a public key like "ssh-ed25519 AAAA..." expected'


_dns = _each(_read_by(ip_address, 'an address like "192.168.1.1"'))

HOSTNAME: Final[Rule] = _matching(_HOSTNAME, "a name of a-z, 0-9 and - inside it")
COUNTRY: Final[Rule] = _matching(_COUNTRY, 'two letters like "IQ"')
PASSPHRASE: Final[Rule] = _matching(_PASSPHRASE, "8 to 63 characters, or 64 hexadecimal digits,")
NETWORK: Final[Rule] = _network
KEY: Final[Rule] = _key

RULES: Final[Mapping[str, Rule]] = {
    "hostname": _unless_empty(HOSTNAME),
    "network.wifi": NETWORK,
    "network.password": _unless_empty(PASSPHRASE),
    "network.hidden": _yes_or_no,
    "network.country": _unless_empty(COUNTRY),
    "network.address": _unless_empty(_read_by(_interface, 'an address like "192.168.1.50/24"')),
    "network.gateway": _unless_empty(_read_by(ip_address, 'an address like "192.168.1.1"')),
    "network.dns": _dns,
    "ssh.keys": _each(KEY),
    "display.mode": _unless_empty(_matching(_MODE, 'a size like "1920x1080"')),
}
"""By the key's place in the file."""
SECTIONS: Final = ("network", "ssh", "display")
