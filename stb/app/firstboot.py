"""``stb first-boot``: what was written onto the card comes into effect, and loses its secrets.

Each step may be the last one before the power is cut. First all comes into effect on the data partition, in
steps that do the same again; then it is noted what is to be taken off the first partition, and done.
"""

import os
import socket
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from stb.app.places import Places
from stb.firstboot.card import PASSWORD, read_card
from stb.firstboot.clearing import Change, Clearing, digest
from stb.firstboot.cloud import read_network_config, read_user_data
from stb.firstboot.files import HOSTNAME, files_of
from stb.firstboot.imager import read_preseed
from stb.firstboot.report import report
from stb.firstboot.script import read_script
from stb.firstboot.wish import Reading, Wish
from stb.model import Source
from stb.settings.saving import save
from stb.settings.writing import write

CARD = "stb.toml"
REPORT = "stb-report.txt"
_READERS: Mapping[str, Callable[[str], Reading]] = {
    "rpi-preseed.toml": lambda text: read_preseed(text, "rpi-preseed.toml"),
    "custom.toml": lambda text: read_preseed(text, "custom.toml"),
    "user-data": read_user_data,
    "network-config": read_network_config,
    "firstrun.sh": read_script,
}
"""Raspberry Pi Imager's files; what the box's own says holds, then what an earlier one of these says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Disk:
    """Where the two partitions are mounted that are written."""

    card: Path = Path("/boot/firmware")
    data: Path = Path("/data")

    @property
    def clearing(self) -> Clearing:
        """What takes secrets off the first one."""
        kept = self.data / "system"
        return Clearing(card=self.card, todo=kept / "clearing.json", mark=kept / "applied.sha256")


def first_boot(disk: Disk, places: Places, rename: Callable[[str], None] = socket.sethostname) -> Reading:
    """Bring it all into effect.

    Args:
        disk: where the partitions are.
        places: of the box.
        rename: gives the running machine its name.

    Returns:
        What came into effect, and what did not.

    Raises:
        SettingsError, OSError: a partition does not let itself be written; the next boot tries again.
    """
    disk.clearing.end()
    readings = dict(_read(disk))
    if not readings:
        return Reading()
    wish = Wish()
    for reading in readings.values():
        wish = wish.over(reading.wish)
    taken, unusable = _keep_operators(wish, places)
    if wish.settings:
        save(places.settings, wish.settings)
    _keep_files(files_of(wish, _kept(disk.data)), disk.data)
    if wish.hostname:
        rename(wish.hostname)
    whole = Reading(
        wish=replace(wish, given=tuple(one for one in wish.given if one.row in taken)),
        problems=(*(problem for one in readings.values() for problem in one.problems), *unusable),
        notes=tuple(note for one in readings.values() for note in one.notes),
    )
    _tell(whole, disk, places)
    _hand_over(places)
    if not places.is_in_memory:  # else the card is the only place where it is kept
        disk.clearing.begin(_changes(disk, readings, taken))
        disk.clearing.end()
    return whole


def _keep_operators(wish: Wish, places: Places) -> tuple[Mapping[int, Source], list[str]]:
    """As `keep_operators`; what speaks to operators takes long to read, and most cards name none."""
    if not (wish.given or wish.guides):
        return {}, []
    from stb.app.given import keep_guides, keep_operators  # noqa: PLC0415 - as said

    kept = keep_operators(wish.given, places)
    keep_guides(wish.guides, places)
    return kept


def _read(disk: Disk) -> Iterator[tuple[str, Reading]]:
    """Each file that has something new to say, by its name."""
    if (disk.card / CARD).exists() and not disk.clearing.is_left(CARD):
        yield CARD, read_card(_exactly(disk.card / CARD))
    for name, read in _READERS.items():
        if (disk.card / name).exists():
            yield name, read((disk.card / name).read_text("utf-8", "replace"))


def _exactly(path: Path) -> str:
    """Without the mark that editors may put before UTF-8; what is no UTF-8 is written again as it was."""
    return path.read_bytes().decode("utf-8-sig", "surrogateescape")


def _kept(data: Path) -> dict[str, str]:
    return {str(path.relative_to(data)): path.read_text("utf-8") for path in data.glob("network/stb-*")}


def _keep_files(files: Mapping[str, str | None], data: Path) -> None:
    for name, text in files.items():
        path = data / name
        if text is None:
            path.unlink(missing_ok=True)
        else:
            path.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
            write(path, text.encode())
            if name == HOSTNAME:
                path.chmod(0o644)  # any program may ask


def _tell(whole: Reading, disk: Disk, places: Places) -> None:
    """On the screen, as long as something is wrong; and on the card."""
    if whole.problems:
        write(places.card_faults, "".join(f"{problem}\n" for problem in whole.problems).encode())
    else:
        places.card_faults.unlink(missing_ok=True)
    write(disk.card / REPORT, report(whole).encode())


def _hand_over(places: Places) -> None:
    """What was written here, as root, is the television's."""
    if os.geteuid() != 0 or not places.state.exists():
        return
    owner = places.state.stat()
    for path in places.state.iterdir():
        if path.is_file() and not path.is_symlink():
            os.chown(path, owner.st_uid, owner.st_gid)


def _changes(disk: Disk, readings: Mapping[str, Reading], taken: Mapping[int, Source]) -> Iterator[Change]:
    for name, reading in readings.items():
        was = digest(disk.card / name)
        if name == CARD:
            text = _without_secrets(_exactly(disk.card / name), reading, taken)
            yield Change(name=name, was=was, text=text)
        elif reading.wish == Wish():  # somebody's own, which is not ours to take away
            yield Change(name=name, was=was, renamed=f"{name}.unread")
        else:
            yield Change(name=name, was=was)


def _without_secrets(text: str, own: Reading, taken: Mapping[int, Source]) -> str:
    """The file as it stays: what is kept elsewhere by now is taken out of it, and nothing else."""
    from stb.settings.editing import emptied  # noqa: PLC0415 - its library takes long to read

    places: dict[tuple[str | int, ...], str] = {}
    if own.wish.wifi:
        places["network", PASSWORD] = ""
    for row, source in taken.items():
        places["source", row, PASSWORD] = ""
        places["source", row, "address"] = source.address
        places["source", row, "user"] = source.user
    try:
        return emptied(text, places)
    except ValueError:  # no TOML: all of it is left to whoever mends it
        return text
