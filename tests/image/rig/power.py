"""Power that goes at any moment, and what the box makes of it when it comes back."""

import random
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rig.box import Box
from rig.card import Card, up
from rig.machine import Machine
from rig.patience import until
from rig.remains import Remains, remains
from rig.shell import SilentError

PICTURE = 240.0
"""Seconds after its first frame in which a box shows a picture, or never does."""
FIRST_BOOT, BOOT = "the first boot", "a later boot"
FLASHED = "flashed"
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
_BUSY_SECONDS = 0.5, 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """One time without power."""

    during: str
    after: float
    """Seconds since it began."""
    left: Remains
    """What was on the card then."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """How it was when the power had come back, and stayed."""

    shown: str
    """``picture``, the name of the screen that is there instead, or ``nothing``."""
    failed: str = ""
    """Units that failed."""
    trouble: str = ""
    """What its first steps noticed about the disk."""
    seconds: float = 0.0
    """Until the first frame."""


def evening(card: Card, chance: random.Random, boot: float) -> Iterator[Cut | Return]:
    """Cut the power again and again, from a card as it was flashed: in boots, and while the box is busy.

    Some first boots are cut, the next is let be. Then the box is cut off while it is busy, some of its next
    boots are cut, and in the end it comes back.

    Args:
        card: It has what was kept as `FLASHED`.
        chance: Gives the moments.
        boot: Seconds of a boot, about.
    """
    card.restore(FLASHED)
    for _ in range(chance.randint(1, 4)):
        yield _in_boot(card, FIRST_BOOT, chance.uniform(0.0, boot))
    yield from _while_busy(card, chance.choice(sorted(BUSY)), chance.uniform(*_BUSY_SECONDS))
    for _ in range(chance.randint(0, 4)):
        yield _in_boot(card, BOOT, chance.uniform(0.0, boot))
    with card.insert() as machine:
        yield look(machine)


def _in_boot(card: Card, during: str, after: float) -> Cut:
    with card.insert():
        time.sleep(after)
    return Cut(during=during, after=after, left=_remains(card))


def _while_busy(card: Card, during: str, after: float) -> Iterator[Cut | Return]:
    """It comes back, and is cut off."""
    with card.insert() as machine:
        yield look(machine)
        with suppress(SilentError):
            machine.ask(BUSY[during], after)
    yield Cut(during=during, after=after, left=_remains(card))


def _remains(card: Card) -> Remains:
    with tempfile.TemporaryDirectory(prefix="stb-remains-", dir="/var/tmp") as scratch:
        return remains(card, Path(scratch))


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
