"""What the machine says of itself: a Raspberry Pi's device tree, or any Linux computer's machine-id."""

from pathlib import Path

from stb.board.files import line, raw
from stb.board.interfaces import Address, built_in, hardware_address
from stb.model import Facts

_MAC_BYTES = 6


def read_facts(
    root: Path = Path("/"), address: Address = hardware_address, *, addresses: bool = True
) -> Facts:
    """Read what there is; what there is not stays empty.

    Args:
        root: the file system to read in.
        address: gives the address of an interface that is built in.
        addresses: read hardware addresses; they take longest.
    """
    tree = root / "proc/device-tree"
    wired, wifi = _addresses(root, address) if addresses else ("", "")
    return Facts(
        serial=line(tree / "serial-number"),
        machine_id=line(root / "etc/machine-id"),
        mac=wired,
        wifi_mac=wifi,
        model=line(tree / "model") or line(root / "sys/class/dmi/id/product_name"),
    )


def _addresses(root: Path, address: Address) -> tuple[str, str]:
    """Of the wired and of the Wi-Fi interface; the wired one is in the tree before its driver is there."""
    interfaces = built_in(root)
    found = {
        wireless: next((address(one.name) or "" for one in interfaces if one.wireless is wireless), "")
        for wireless in (False, True)
    }
    return _in_tree(root / "proc/device-tree") or found[False], found[True]


def _in_tree(tree: Path) -> str:
    """What the firmware wrote at the node of the board's own Ethernet (Devicetree Specification, 4.3.1)."""
    node = line(tree / "aliases/ethernet0").lstrip("/")
    octets = raw(tree / node / "local-mac-address") if node else b""
    return octets.hex(":") if len(octets) == _MAC_BYTES and any(octets) else ""
