"""Small files in which the kernel says something."""

from pathlib import Path


def line(path: Path) -> str:
    """The text of a small file, empty where there is none.

    The device tree ends its texts with a NUL (Devicetree Specification, 2.2).
    """
    return raw(path).decode("ascii", "ignore").strip("\0 \t\r\n")


def raw(path: Path) -> bytes:
    """Its bytes, none where it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return b""
