"""Which network interfaces are soldered to the board, and their addresses.

A USB adapter must not change who the box is when it is plugged in, so an interface is told by where it hangs:
``/sys/class/net/NAME/device`` (sysfs-class-net). Raspberry Pis up to the 3 have their own Ethernet on USB; it
stands in the device tree, which a removable adapter does not (the kernel gives a USB device the node of its
port: drivers/usb/core/of.c).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from stb.board.files import line

Address = Callable[[str], str | None]
"""The hardware address of an interface of this name."""

_ETHERNET = "1"
"""ARPHRD_ETHER (if_arp.h); Wi-Fi says the same."""
_PERMANENT = "0"
"""NET_ADDR_PERM (netdevice.h): neither drawn at random nor set by somebody."""
_BUSES = frozenset({"platform", "sdio", "pci", "virtio", "vmbus", "xen"})
"""Where built-in interfaces hang, those of virtual machines too."""


@dataclass(frozen=True, slots=True)
class Interface:
    """One that is built in."""

    name: str
    wireless: bool


def built_in(root: Path) -> tuple[Interface, ...]:
    """The built-in interfaces with an address of their own, by name."""
    return tuple(
        Interface(place.name, wireless=(place / "phy80211").exists() or (place / "wireless").exists())
        for place in sorted(_folders(root / "sys/class/net"))
        if line(place / "type") == _ETHERNET
        and line(place / "addr_assign_type") == _PERMANENT
        and _on_board(place / "device", has_tree=(root / "proc/device-tree").is_dir())
    )


def hardware_address(interface: str) -> str | None:
    """Ask the system for the address of an interface."""
    from getmac import get_mac_address  # noqa: PLC0415 - slow, and hardly ever needed

    return get_mac_address(interface=interface)


def _on_board(device: Path, *, has_tree: bool) -> bool:
    if not device.exists():
        return False  # a bridge, a tunnel, a container's end of a cable
    place = device.resolve()
    bus = (place / "subsystem").resolve().name
    node = (place / "of_node").exists()
    if bus == "usb":
        return node or (place.parent / "of_node").exists()
    if bus == "pci" and has_tree:
        return node  # a board with a slot: what is in the slot does not stand in the tree
    return bus in _BUSES and not any(line(above / "removable") == "removable" for above in place.parents)


def _folders(place: Path) -> Iterator[Path]:
    try:
        yield from place.iterdir()
    except OSError:
        return
