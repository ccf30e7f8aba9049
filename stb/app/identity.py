"""Who this box is: the board's facts and the vault brought together."""

import logging
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import asdict, replace
from secrets import token_hex
from typing import Any

from stb.app.places import Places
from stb.board import Settled, anchor, read_facts, settle
from stb.errors import SettingsError
from stb.model import Facts, Identity
from stb.settings.seal import board_seal
from stb.settings.vault import BOX, Vault

_log = logging.getLogger(__name__)

_TOLD = "told"
"""In the vault's section: the DUID of the other board the viewer was told of."""
_WAIT_SECONDS = 5.0
_LOOK_SECONDS = 0.1


def open_vault(places: Places) -> Vault:
    """The vault of the box at these places, sealed for this board."""
    return Vault(places.vault, board_seal(anchor(read_facts(addresses=False))))


def identify(vault: Vault, read: Callable[..., Facts] = read_facts) -> Settled:
    """Who this box is: as first derived, and kept from then on, whatever the board says later.

    A machine that says nothing of itself (a bare container) gets an identity drawn at random, once: the box
    works there too, and is the same box at its next start. Its hardware address stays empty, for it has none.

    Where the vault cannot be written, the box is as it was derived, and derives it again at its next start.

    Raises:
        SettingsError: the vault cannot be read.
    """
    kept = vault.section(BOX)
    facts = _known(read) if kept else _first(read)
    settled = settle(kept, replace(facts, drawn=token_hex(16)))
    fields = asdict(settled.identity)
    if not kept.items() >= fields.items():
        try:
            vault.put(BOX, **fields)
        except SettingsError as error:
            _log.warning("who the box is was not kept detail=%s", error)
    return settled


def describe(places: Places, read: Callable[..., Facts] = read_facts) -> Mapping[str, Any]:
    """What ``stb identity`` prints: all that operators know the box by, and nothing else of the vault.

    Nothing is written: a box that has not been started yet is said as it would be.

    Raises:
        BoardError: nothing is kept, and the machine says nothing of itself.
    """
    kept = open_vault(places).section(BOX)
    settled = settle(kept, read())
    other = settled.other
    return {
        **asdict(settled.identity),
        "kept": "duid" in kept,
        "now_on": {"duid": other.duid, "model": other.model, "mac": other.mac} if other else None,
    }


def who(places: Places, read: Callable[..., Facts] = read_facts) -> Identity:
    """Who the box at these places is, or would be; nothing is written.

    Where nobody may look at what the box keeps, it is as this machine would be.
    """
    try:
        kept = open_vault(places).section(BOX)
    except SettingsError:
        kept = {}
    return settle(kept, replace(read(), drawn=token_hex(16))).identity


def is_news(vault: Vault, other: Identity) -> bool:
    """Whether the viewer was not yet told that the box is on this other board; from now on told."""
    if vault.get(BOX, _TOLD) == other.duid:
        return False
    with suppress(SettingsError):  # told again at the next start
        vault.put(BOX, **{_TOLD: other.duid})
    return True


def _known(read: Callable[..., Facts]) -> Facts:
    """Enough to see whether it is the same board; hardware addresses take long, and are asked last."""
    facts = read(addresses=False)
    return facts if anchor(facts) else read()


def _first(read: Callable[..., Facts]) -> Facts:
    """Of a box that starts for the first time: the driver of its only network, Wi-Fi, may be loading yet."""
    until = time.monotonic() + _WAIT_SECONDS
    while (facts := read()).serial and not (facts.mac or facts.wifi_mac) and time.monotonic() < until:
        time.sleep(_LOOK_SECONDS)
    return facts
