"""Power that goes at any moment, and what the box makes of it when it comes back."""

import random
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rig.box import Box
from rig.card import Card, up
from rig.evening import WATCHING
from rig.machine import Machine
from rig.patience import until
from rig.remains import Remains, remains
from rig.shell import SilentError

PICTURE = 240.0
"""Seconds after its first frame in which a box shows a picture, or never does."""
FIRST_BOOT, BOOT = "the first boot", "a later boot"
FLASHED, BOOTED = "flashed", "booted"
_AS_BOX = "setpriv --reuid=stb --regid=stb --clear-groups env HOME=/var/lib/stb XDG_CACHE_HOME=/var/cache/stb"
_SETTINGS = """
import itertools
from pathlib import Path
from stb.settings.saving import save
for turn in itertools.count():
    save(Path("/var/lib/stb/stb.toml"), {"volume": turn % 100})
"""
BUSY: Mapping[str, str] = {
    "lists being read": f"while :; do {_AS_BOX} stb refresh home; done",
    "settings being written": f"{_AS_BOX} python3 -c '{_SETTINGS}'",
    "keys being pressed": "while :; do stb press CHANNELUP VOLUMEUP; done",
}
"""What a box that plays is in the middle of: a command of the shell that never ends."""
MOMENTS = (FIRST_BOOT, BOOT, *BUSY)
_BUSY_SECONDS = 0.5, 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """One time without power."""

    during: str
    after: float
    """Seconds since it began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """How it was when the power had come back."""

    shown: str
    """``picture``, the name of the screen that is there instead, or ``nothing``."""
    failed: str = ""
    """Units that failed."""
    trouble: str = ""
    """What its first steps noticed about the disk."""
    seconds: float = 0.0
    """Until the first frame."""


def prepare(card: Card) -> Return:
    """Boot a card for the first time, and keep it as it was flashed, as it was booted, and playing."""
    card.keep(FLASHED)
    with card.insert() as machine:
        first = look(machine)
        machine.save(WATCHING)
        machine.ask("sync")
    card.keep(BOOTED)
    return first


def cuts(
    card: Card, moments: Sequence[str], count: int, seed: int, boot: float
) -> Iterator[tuple[Cut, Remains, Return]]:
    """Cut the power so many times; see each time what is on the disk, and how the box comes back.

    Each cut begins with the card as it was kept, not as the cut before left it.

    Args:
        card: A prepared one.
        moments: Of `MOMENTS`, taken in turn.
        count: How many cuts.
        seed: Of the seconds after which the power goes.
        boot: Seconds of a boot, about: until its picture.
    """
    chance = random.Random(seed)  # noqa: S311 # moments, not secrets
    for number in range(count):
        during = moments[number % len(moments)]
        after = chance.uniform(*((0.0, boot) if during in {FIRST_BOOT, BOOT} else _BUSY_SECONDS))
        _cut(card, during, after)
        with tempfile.TemporaryDirectory(prefix="stb-remains-", dir="/var/tmp") as scratch:
            left = remains(card, Path(scratch))
        with card.insert() as machine:
            yield Cut(during=during, after=after), left, look(machine)


def _cut(card: Card, during: str, after: float) -> None:
    if command := BUSY.get(during):
        with card.insert(WATCHING) as machine, suppress(SilentError):
            machine.ask(command, after)
        return
    card.restore(FLASHED if during == FIRST_BOOT else BOOTED)
    with card.insert():
        time.sleep(after)


def look(machine: Machine) -> Return:
    """How a box that was switched on comes up."""
    began = time.monotonic()
    try:
        box = up(machine)
        seconds = time.monotonic() - began
        shown = _shown(box)
        failed = machine.ask("systemctl --failed --no-legend --plain | cut -d' ' -f1")[1].split()
        trouble = machine.ask("cat /run/stb-disk/trouble 2>/dev/null")[1].split()
    except (AssertionError, SilentError) as error:
        return Return(shown="nothing", trouble=str(error)[:200])
    return Return(shown=shown, failed=" ".join(failed), trouble=" ".join(trouble), seconds=seconds)


def _shown(box: Box) -> str:
    with suppress(AssertionError):
        until(lambda: box.status().get("player", {}).get("state") == "playing", "a picture", PICTURE)
        return "picture"
    return str(box.status().get("screen", "nothing"))
