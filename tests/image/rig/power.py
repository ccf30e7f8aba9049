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

PICTURE = 180.0
"""Seconds after its first frame in which a box shows a picture, or never does."""
_AS_BOX = "setpriv --reuid=stb --regid=stb --clear-groups env HOME=/var/lib/stb XDG_CACHE_HOME=/var/cache/stb"
_SETTINGS = """
import itertools
from pathlib import Path
from stb.settings.saving import save
for turn in itertools.count():
    save(Path("/var/lib/stb/stb.toml"), {"volume": turn % 100})
"""
BUSY: Mapping[str, str] = {
    "a boot": "",
    "lists being read": f"while :; do {_AS_BOX} stb refresh home; done",
    "settings being written": f"{_AS_BOX} python3 -c '{_SETTINGS}'",
    "keys being pressed": "while :; do stb press CHANNELUP VOLUMEUP; done",
}
"""What a box is in the middle of: a command of the shell that never ends, or nothing but its boot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """One time without power."""

    during: str
    after: float
    """Seconds since it began."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Return:
    """How it was when the power had come back."""

    cuts: tuple[Cut, ...]
    """All since the last return."""
    shown: str
    """``picture``, the name of the screen that is there instead, or ``nothing``."""
    failed: str
    """Units that failed."""
    trouble: str
    """What its first steps noticed about the disk."""
    seconds: float
    """Until the first frame."""


def cuts(card: Card, snapshot: str, count: int, seed: int) -> Iterator[tuple[Cut, Remains]]:
    """Cut the power so many times while a box is busy, and see each time what is on the disk.

    Args:
        card: With a snapshot of a box that plays.
        snapshot: Its name.
        count: How many cuts.
        seed: Of the moments.
    """
    moments = random.Random(seed)  # noqa: S311 # moments, not secrets
    for _ in range(count):
        during = moments.choice([name for name, command in BUSY.items() if command])
        after = moments.uniform(0.5, 12.0)
        with card.insert(snapshot) as machine, suppress(SilentError):
            machine.ask(BUSY[during], after)
        with tempfile.TemporaryDirectory(prefix="stb-remains-", dir="/var/tmp") as scratch:
            yield Cut(during=during, after=after), remains(card, Path(scratch))


def returns(card: Card, count: int, seed: int, boot: float) -> Iterator[Return]:
    """Cut the power so many times, see each time that it boots on, or in the end that it is all there.

    A boot that is cut in its middle is followed by the next boot; a box that came up is looked at, and is
    then busy until the power goes again.

    Args:
        card: What it boots from, first of all for the first time.
        count: How many cuts.
        seed: Of the moments.
        boot: Seconds of a boot, about.
    """
    moments = random.Random(seed)  # noqa: S311 # moments, not secrets
    pending: tuple[Cut, ...] = ()
    made = 0
    while made < count:
        during = moments.choice(("a boot", *BUSY))  # boots are where most is written
        with card.insert() as machine:
            if during == "a boot":
                after = moments.uniform(1.0, boot)
                time.sleep(after)
            else:
                yield _seen(machine, pending)
                pending = ()
                after = moments.uniform(0.0, 8.0)
                with suppress(SilentError):
                    machine.ask(BUSY[during], after)
        pending = (*pending, Cut(during=during, after=after))
        made += 1
    with card.insert() as machine:
        yield _seen(machine, pending)


def _seen(machine: Machine, cuts: tuple[Cut, ...]) -> Return:
    began = time.monotonic()
    try:
        box = up(machine)
        seconds = time.monotonic() - began
        failed = machine.ask("systemctl --failed --no-legend --plain | cut -d' ' -f1")[1].split()
        trouble = machine.ask("cat /run/stb-disk/trouble 2>/dev/null")[1].split()
    except (AssertionError, SilentError) as error:
        return Return(cuts=cuts, shown="nothing", failed=str(error)[:60], trouble="", seconds=0.0)
    shown = _shown(box)
    return Return(cuts=cuts, shown=shown, failed=" ".join(failed), trouble=" ".join(trouble), seconds=seconds)


def _shown(box: Box) -> str:
    with suppress(AssertionError):
        until(lambda: box.status().get("player", {}).get("state") == "playing", "a picture", PICTURE)
        return "picture"
    return str(box.status().get("screen", "nothing"))
