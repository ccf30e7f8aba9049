"""Pull the plug at random moments, look at the disk, boot again, and print as a table what came of it.

    PYTHONPATH=. .venv/bin/python tests/image/power.py --flavour test-amd64 --count 50 --seed 1

Two at once, with other seeds, keep two processors busy.
"""

import argparse
import random
import tempfile
from dataclasses import replace
from pathlib import Path

from rig.card import Card
from rig.image import IMAGES, OUT
from rig.operator import Operator
from rig.power import FLASHED, Cut, Return, evening

_NAMED = 'hostname = "parlour"\n'
"""Something else that the first boot has to do."""


def main() -> None:
    """Do it, a line for each cut and for each time the box came back."""
    parser = argparse.ArgumentParser(description="Pull the plug at random moments.")
    parser.add_argument("--flavour", choices=tuple(IMAGES), default="test-amd64")
    parser.add_argument("--images", type=Path, default=OUT, help="where images are")
    parser.add_argument("--count", type=int, default=50, help="how often at least (%(default)s)")
    parser.add_argument("--boot", type=float, default=90.0, help="seconds of a boot (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the moments (%(default)s)")
    wish = parser.parse_args()
    image, chance = replace(IMAGES[wish.flavour], out=wish.images), random.Random(wish.seed)  # noqa: S311
    with (
        tempfile.TemporaryDirectory(prefix="stb-power-", dir="/var/tmp") as home,
        Operator(Path(home)) as operator,
    ):
        card = Card(image, Path(home), told=_NAMED + operator.settings())
        card.keep(FLASHED)
        cuts: list[Cut] = []
        while len(cuts) < wish.count:
            for seen in evening(card, chance, wish.boot):
                _print(_line(seen))
                cuts += [seen] if isinstance(seen, Cut) else []


def _line(seen: Cut | Return) -> str:
    if isinstance(seen, Return):
        return (
            f"| back | {seen.shown} | {seen.failed or '-'} | {seen.trouble or '-'} | {seen.seconds:.0f} s |"
        )
    left = seen.left
    sound = "sound" if left.sound else "not sound"
    files = f"{left.files} files {'; '.join(left.broken) or 'whole'}"
    return f"| cut | {seen.during} | {seen.after:.1f} s | {left.journal}, {sound} | {files} |"


def _print(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)  # noqa: T201 # the table


if __name__ == "__main__":
    main()
