"""What a cut left on the card's data partition, looked at from outside; nothing is mounted."""

import json
import sqlite3
import subprocess
import tomllib
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from rig.card import Card

_ENTRY = 446 + 3 * 16 + 8
"""Where the partition table says where the fourth partition, data, begins."""
_SECTOR = 512
_WHOLE = "ok"


@dataclass(frozen=True, slots=True, kw_only=True)
class Remains:
    """What was there after a cut."""

    journal: str
    """``clean``, ``replayed`` (as after any cut), or ``repaired``: what the first file system would do."""
    sound: bool
    """Whether the file system is whole after that."""
    files: int
    """How many of the box's files were read."""
    broken: tuple[str, ...]
    """Those that are not whole, and why."""


def remains(card: Card, scratch: Path) -> Remains:
    """Take the data partition off the card, let its journal be replayed, and read what the box kept."""
    data = _data(card, scratch / "data.img")
    dirty = b"needs_recovery" in _run("dumpe2fs", "-h", data).stdout
    mended = _run("e2fsck", "-p", data).returncode
    sound = _run("e2fsck", "-f", "-n", data).returncode == 0
    state = scratch / "state"
    _run("debugfs", "-R", f"rdump /state {scratch}", data)
    read = [(path.name, _fault(path)) for path in sorted(state.glob("*")) if path.suffix in _READERS]
    broken = tuple(f"{name}: {fault}" for name, fault in read if fault)
    journal = "repaired" if mended > 1 else "replayed" if dirty else "clean"
    return Remains(journal=journal, sound=sound, files=len(read), broken=broken)


def _data(card: Card, target: Path) -> Path:
    with card.image.disk.open("rb") as disk:
        disk.seek(_ENTRY)
        start, _size = (int.from_bytes(disk.read(4), "little") * _SECTOR for _ in range(2))
    # The partition was grown to the card: from its beginning to the card's end.
    source = f"driver=raw,offset={start},file.driver=qcow2,file.file.filename={card.disk}"
    subprocess.run(
        ["qemu-img", "convert", "--image-opts", source, "-O", "raw", target], check=True, timeout=300
    )
    return target


def _fault(path: Path) -> str:
    try:
        return _READERS[path.suffix](path)
    except (ValueError, sqlite3.Error) as error:
        return str(error)


def _database(path: Path) -> str:
    with closing(sqlite3.connect(path)) as database:
        said = str(database.execute("PRAGMA integrity_check").fetchone()[0])
    return "" if said == _WHOLE else said


def _settings(path: Path) -> str:
    return "" if tomllib.loads(path.read_text("utf-8")) else "empty"


def _json(path: Path) -> str:
    return "" if json.loads(path.read_text("utf-8")) else "empty"


_READERS = {".db": _database, ".toml": _settings, ".json": _json}


def _run(*command: str | Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(command, check=False, capture_output=True, timeout=120)
