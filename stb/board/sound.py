"""Where sound is to leave the machine: facts of its cards and sockets, and a choice. The choice is pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from stb.board.eld import passthrough
from stb.board.models import PORTS, Port
from stb.model import SoundOut

NOWHERE = SoundOut(name="null")
SYSTEM = SoundOut(name="default")
"""On a computer the system's own settings know where sound goes."""
_CARD = re.compile(r"^\s*(\d+)\s+\[(\S+)\s*\]", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outputs:
    """What is there to choose from."""

    cards: frozenset[str] = frozenset()
    """Names of the sound cards."""
    connected: frozenset[str] = frozenset()
    """Sockets with a display that answers: ``HDMI-A-1``."""
    heard: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """By card, the codecs that the TV behind it decodes itself."""


def read_outputs(root: Path = Path("/")) -> Outputs:
    """Look at the machine."""
    cards = {name: number for number, name in _CARD.findall(_text(root / "proc/asound/cards"))}
    sockets = (root / "sys/class/drm").glob("card*-HDMI-A-*/status")
    return Outputs(
        cards=frozenset(cards),
        connected=frozenset(
            path.parent.name.partition("-")[2] for path in sockets if _text(path).strip() == "connected"
        ),
        heard={name: _heard(root / "proc/asound" / f"card{number}") for name, number in cards.items()},
    )


def _heard(card: Path) -> tuple[str, ...]:
    texts = [_text(path) for path in sorted(card.glob("eld#*"))]
    return next((codecs for text in texts if (codecs := passthrough(text))), ())


def choose(outputs: Outputs, *, output: str, encoded: bool) -> SoundOut:
    """Where sound goes.

    The socket the viewer named, while its card is there; else the first with a TV, else the jack: a card
    without a TV cannot be opened. Machines without any of these cards leave it to the system.

    Args:
        outputs: what is there.
        output: a port's name, ``auto`` or ``null``.
        encoded: the viewer's TV or amplifier is to decode what it can.
    """
    if output == "null" or not outputs.cards:
        return NOWHERE
    there = {port.name: card for port in PORTS if (card := _card(port, outputs))}
    if not there:
        return SYSTEM
    for port in PORTS:
        if port.name in there and output == port.name:
            return _out(port, there[port.name], outputs, encoded=encoded)
    for port in PORTS:
        if port.name in there and (not port.connector or port.connector in outputs.connected):
            return _out(port, there[port.name], outputs, encoded=encoded)
    return NOWHERE


def _card(port: Port, outputs: Outputs) -> str:
    return next((card for card in port.cards if card in outputs.cards), "")


def _out(port: Port, card: str, outputs: Outputs, *, encoded: bool) -> SoundOut:
    codecs = outputs.heard.get(card, ()) if encoded and port.encoded else ()
    device = port.encoded if codecs else port.stereo
    return SoundOut(name=port.name, device=device.format(card=card), passthrough=codecs)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""
