"""Who the box is: from facts of the machine to an identity, the same for ever. Pure.

Operators know the box by its DUID alone, and portals ban a box whose serial number or device ids change, so
changing anything here gives every box in the field a new name: the test vectors never change.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from hashlib import sha256

from stb.errors import BoardError
from stb.model import Duid, Facts, Identity

DRAWN = "drawn"
"""The origin of an identity that was drawn, because the machine says nothing of itself."""
_MAG = "00:1A:79"
"""Infomir's prefix (PROTOCOLS, 1.5)."""
_NOTHING = re.compile(r"[\W_0]*|f[\Wf]*|uninitialized|unknown|none|default string|to be filled by o\.e\.m\.")
"""What firmware writes where it has nothing to say: many machines say the same."""
_MAC = r"[0-9A-F]{2}(:[0-9A-F]{2}){5}"
_FORMS = {
    "duid": r"[0-9A-F]{15}",
    "mac": _MAC,
    "stalker_mac": _MAC,
    "sn": r"[0-9A-Z]{13}",
    "device_id": r"[0-9A-F]{64}",
    "device_id2": r"[0-9A-F]{64}",
    "signature": r"[0-9A-F]{64}",
    "model": r".+",
    "origin": r"[a-z-]+",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """The identity to use, and whose it would be by the board."""

    identity: Identity
    other: Identity | None = None
    """What this board says, where it is not the one the identity was first derived on."""


def derive(facts: Facts) -> Identity:
    """The identity of the machine with these facts.

    Everything is cut from SHA-256 over the best fact, its name and what it is for: hashes, because operators
    need not know serial numbers. The serial is the best fact: it outlives a new card. The machine-id outlives
    a new network adapter.

    Raises:
        BoardError: no fact says anything.
    """
    mac = _address(facts.mac) or _address(facts.wifi_mac)
    for name, fact in _said(facts):
        return _grown(name, fact, mac, facts.model)
    raise BoardError("no serial, no machine-id, no hardware address: drawn when the box first starts")


def anchor(facts: Facts) -> str:
    """What only this board says and nobody in the network hears; empty where it says nothing of the kind."""
    return next((fact for name, fact in _said(facts) if name in ("serial", "machine-id")), "")


def _said(facts: Facts) -> Iterator[tuple[str, str]]:
    """The facts that say something, the best one first."""
    named = {
        "serial": facts.serial,
        "machine-id": facts.machine_id,
        "mac": facts.mac or facts.wifi_mac,
        DRAWN: facts.drawn,
    }
    for name, value in named.items():
        fact = value.strip().lower()
        if not _NOTHING.fullmatch(fact):
            yield name, fact


def settle(kept: Mapping[str, str], facts: Facts) -> Settled:
    """The identity to use: the one kept since the first start, whatever became of the facts.

    Args:
        kept: the fields of an `Identity` in the vault; without a DUID the facts decide. A field that is
            missing is taken from the facts if they are still of the same board.
        facts: what the machine says now.

    Raises:
        BoardError: nothing is kept and no fact says anything.
    """
    known = {name: kept[name] for name, form in _FORMS.items() if re.fullmatch(form, kept.get(name, ""))}
    now = _now(facts)
    if "duid" not in known:
        return Settled(identity=now or derive(facts))
    same = now is not None and now.duid == known["duid"]
    grown = now if now and same else _grown("duid", known["duid"].lower(), "", "")
    identity = replace(grown, **known)  # type: ignore[arg-type]
    board = now is not None and DRAWN not in (now.origin, identity.origin)
    return Settled(identity=identity, other=now if board and not same else None)


def _now(facts: Facts) -> Identity | None:
    try:
        return derive(facts)
    except BoardError:
        return None


def _grown(name: str, fact: str, mac: str, model: str) -> Identity:
    def digits(purpose: str) -> str:
        return sha256(f"stb {purpose} 1\n{name}\n{fact}".encode()).hexdigest().upper()

    tail = mac[9:] or ":".join(re.findall("..", digits("stalker mac")[:6]))
    return Identity(
        duid=Duid(digits("duid")[:15]),
        mac=mac,
        stalker_mac=f"{_MAG}:{tail}",
        sn=digits("sn")[:13],
        device_id=digits("device id"),
        device_id2=digits("device id 2"),
        signature=digits("signature"),
        model=model,
        origin=name,
    )


def _address(mac: str) -> str:
    mac = mac.strip().upper()
    return mac if re.fullmatch(_MAC, mac) and not _NOTHING.fullmatch(mac.lower()) else ""
