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
    """Hardware address of the built-in wired interface, ``aa:bb:cc:dd:ee:ff``."""
    wifi_mac: str = ""
    """Hardware address of the built-in Wi-Fi interface."""
    model: str = ""
    """What the machine is, for people: ``Raspberry Pi 4 Model B Rev 1.5``."""
    drawn: str = ""
    """A text drawn at random by the box, for a machine that says nothing at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Identity:
    """Who the box is to its operators; the same for the life of the box."""

    duid: Duid
    """AlKarma's device number: 15 upper-case hexadecimal digits."""
    mac: str
    """Hardware address of the board, ``AA:BB:CC:DD:EE:FF``; empty where it has none, never a made-up one."""
    stalker_mac: str
    """``00:1A:79:`` and three octets: Stalker portals refuse other makers' addresses."""
    sn: str
    """Serial number in the form of a MAG box, 13 characters: a panel bans who has none, or another one."""
    device_id: str
    """64 upper-case hexadecimal digits, as MAG boxes say; a portal pins the first one it sees."""
    device_id2: str
    """A second one of the same form."""
    signature: str
    """A third one."""
    model: str = ""
    """Which machine it was derived on, for people."""
    origin: str = ""
    """Which fact it was derived from: ``serial``, ``machine-id``, ``mac`` or ``drawn``."""
