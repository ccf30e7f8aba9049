"""What the box is made of and who it is."""

from dataclasses import dataclass

from stb.model.ids import Duid


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What the machine says of itself; empty where it says nothing."""

    serial: str = ""
    """The board's serial number from the device tree."""
    machine_id: str = ""
    """systemd's machine-id(5)."""
    mac: str = ""
    """Hardware address of a built-in interface, ``aa:bb:cc:dd:ee:ff``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who the box is to its operators; the same for the life of the box."""

    duid: Duid
