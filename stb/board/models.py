"""What is known of each board and of each place where sound leaves it: two tables.

Boards are told by their chip, the last name in the device tree's ``compatible`` (Linux,
Documentation/devicetree/bindings/arm/bcm/bcm2835.yaml): a board that comes out later with a known chip is
known. What a chip decodes: the Raspberry Pi's kernel has ``bcm2835-codec`` for the first two rows and
``rpi-hevc-dec`` for the last two; a Pi 5 has no decoder of H.264, and MPEG-2 is software everywhere.
"""

from dataclasses import dataclass
from pathlib import Path

from stb.model import Machine


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One row: a chip, and what the boards that carry it can do."""

    name: str
    """In the device tree's ``compatible``."""
    silicon: tuple[str, ...]
    deinterlacer: str
    """The better the more of a processor is left: yadif2x costs twice what linear does."""


CHIPS = (
    Chip(name="brcm,bcm2837", silicon=("H.264",), deinterlacer="linear"),  # Pi 3, Zero 2 W
    Chip(name="brcm,bcm2711", silicon=("H.264", "HEVC"), deinterlacer="yadif"),  # Pi 4, 400
    Chip(name="brcm,bcm2712", silicon=("HEVC",), deinterlacer="yadif2x"),  # Pi 5, 500
)
COMPUTER = Machine(name="")
"""Anything else decodes and draws in software, and has the time for it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Port:
    """One row: a socket of a Raspberry Pi that sound leaves by."""

    name: str
    """As in the settings."""
    connector: str
    """The display's name in /sys/class/drm, without the card; empty where no display can be plugged in."""
    cards: tuple[str, ...]
    """Names of the sound card in /proc/asound/cards; a board with one HDMI socket gives it no number."""
    stereo: str
    """ALSA's device for stereo, ``{card}`` in it. HDMI cards take only IEC 958 frames; ALSA's
    configuration of the card (cards/vc4-hdmi.conf) makes them of anything for ``sysdefault``."""
    encoded: str = ""
    """The same for what goes through as it is; libVLC adds to ``hdmi:`` that it is no sound samples."""


_HDMI_STEREO, _HDMI_ENCODED = "sysdefault:CARD={card}", "hdmi:CARD={card},DEV=0"
PORTS = (
    Port(
        name="hdmi0",
        connector="HDMI-A-1",
        cards=("vc4hdmi0", "vc4hdmi"),
        stereo=_HDMI_STEREO,
        encoded=_HDMI_ENCODED,
    ),
    Port(
        name="hdmi1",
        connector="HDMI-A-2",
        cards=("vc4hdmi1",),
        stereo=_HDMI_STEREO,
        encoded=_HDMI_ENCODED,
    ),
    Port(name="jack", connector="", cards=("Headphones",), stereo="plughw:CARD={card}"),
)
"""In the order in which a port is chosen when there is a choice."""


def read_machine(root: Path = Path("/")) -> Machine:
    """The machine the box runs on."""
    tree = root / "proc/device-tree"
    return machine(_text(tree / "model"), _text(tree / "compatible"))


def machine(model: str, compatible: str) -> Machine:
    """The machine of these two texts; a device tree ends names with NUL (Devicetree Specification, 2.2)."""
    names = compatible.split("\0")
    for chip in CHIPS:
        if chip.name in names:
            name = model.strip("\0 \n").partition(" Rev ")[0]
            return Machine(name=name, silicon=chip.silicon, gpu=True, deinterlacer=chip.deinterlacer)
    return COMPUTER


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8", "replace")
    except OSError:
        return ""
