"""Pull the plug at random moments, look at the disk, boot again, and print as a table what came of it.

    PYTHONPATH=. .venv/bin/python tests/image/power.py --flavour test-amd64 --count 50 --seed 1

Two at once, with ``--during`` apart, keep two processors busy.
"""

import argparse
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from rig.card import Card
from rig.image import IMAGES, OUT
from rig.operator import Operator
from rig.power import MOMENTS, Cut, Return, cuts, prepare
from rig.remains import Remains

_NAMED = 'hostname = "parlour"\n'
"""Something else that the first boot has to do."""


def main() -> None:
    """Do it, a line for each cut."""
    parser = argparse.ArgumentParser(description="Pull the plug at random moments.")
    parser.add_argument("--flavour", choices=tuple(IMAGES), default="test-amd64")
    parser.add_argument("--images", type=Path, default=OUT, help="where images are")
    parser.add_argument("--count", type=int, default=50, help="how often (%(default)s)")
    parser.add_argument("--during", action="append", choices=MOMENTS, help="only these (all, in turn)")
    parser.add_argument("--seed", type=int, default=1, help="of the moments (%(default)s)")
    wish = parser.parse_args()
    image = replace(IMAGES[wish.flavour], out=wish.images)
    with (
        tempfile.TemporaryDirectory(prefix="stb-power-", dir="/var/tmp") as home,
        Operator(Path(home)) as operator,
    ):
        card = Card(image, Path(home), told=_NAMED + operator.settings())
        began = time.monotonic()
        _print(f"the first boot, whole: {_back(prepare(card))}")
        boot = time.monotonic() - began
        seen: Counter[tuple[str, ...]] = Counter()
        for cut, left, back in cuts(card, wish.during or MOMENTS, wish.count, wish.seed, boot):
            _print(f"| {cut.during} | {cut.after:.1f} s | {_disk(left)} | {_back(back)} |")
            seen[_row(cut, left, back)] += 1
    _print("", "| during | journal | disk and files | came back with | failed, trouble | cuts |")
    _print(*(f"| {' | '.join(row)} | {number} |" for row, number in sorted(seen.items())))


def _row(cut: Cut, left: Remains, back: Return) -> tuple[str, ...]:
    whole = "whole" if left.sound and not left.broken else "broken"
    return cut.during, left.journal, whole, back.shown, f"{back.failed}{back.trouble}" or "-"


def _disk(left: Remains) -> str:
    sound = "sound" if left.sound else "not sound"
    return f"{left.journal}, {sound} | {left.files} files: {'; '.join(left.broken) or 'whole'}"


def _back(back: Return) -> str:
    return f"{back.shown} | {back.failed or '-'} | {back.trouble or '-'} | {back.seconds:.0f} s"


def _print(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)  # noqa: T201 # the table


if __name__ == "__main__":
    main()
