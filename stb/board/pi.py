"""What the machine says of itself: a Raspberry Pi's device tree, or any Linux computer's machine-id."""

from collections.abc import Callable
from pathlib import Path

from stb.model import Facts


def _hardware_address() -> str | None:
    from getmac import get_mac_address  # noqa: PLC0415 - slow, and hardly ever needed

    return get_mac_address()


def read_facts(
    root: Path = Path("/"), hardware_address: Callable[[], str | None] = _hardware_address
) -> Facts:
    """Read what there is; what there is not stays empty.

    Args:
        root: the file system to read in.
        hardware_address: asked only where neither serial nor machine-id is there, because it is slow.
    """
    serial = _line(root / "proc/device-tree/serial-number")
    machine_id = _line(root / "etc/machine-id")
    mac = "" if serial or machine_id else (hardware_address() or "")
    return Facts(serial=serial, machine_id=machine_id, mac=mac)


def _line(path: Path) -> str:
    """The text of a small file; the device tree ends its texts with a NUL (Devicetree Specification, 2.2)."""
    try:
        return path.read_bytes().decode("ascii", "ignore").strip("\0 \t\r\n")
    except OSError:
        return ""
