"""Pull the plug at random moments, and print as a table what came of it.

    .venv/bin/python tests/image/power.py --flavour test-amd64 --count 50 --seed 1

A box that is busy is cut off, and its disk is looked at. With ``--boots`` boots are cut too, and the box is
booted again after each.
"""

import argparse
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

from rig.card import Card, up
from rig.evening import FIRST_FRAME, WATCHING, introduce
from rig.image import IMAGES, OUT, Image
from rig.operator import Operator
from rig.power import Return, cuts, returns

_BOOT = 75.0


def main() -> None:
    """Do it, a line for each cut, or for each time the box came back."""
    parser = argparse.ArgumentParser(description="Pull the plug at random moments.")
    parser.add_argument("--flavour", choices=tuple(IMAGES), default="test-amd64")
    parser.add_argument("--images", type=Path, default=OUT, help="where images are")
    parser.add_argument("--card", type=Path, help="a directory with a card that was booted before")
    parser.add_argument("--count", type=int, default=50, help="how often (%(default)s)")
    parser.add_argument("--boots", action="store_true", help="cut boots, and boot again after each cut")
    parser.add_argument("--seed", type=int, default=1, help="of the moments (%(default)s)")
    wish = parser.parse_args()
    image = replace(IMAGES[wish.flavour], out=wish.images)
    with (
        tempfile.TemporaryDirectory(prefix="stb-power-", dir="/var/tmp") as home,
        Operator(Path(home)) as operator,
    ):
        if wish.boots:
            _boots(Card(image, Path(home), told=operator.settings()), wish.count, wish.seed)
        else:
            _busy(image, wish.card or Path(home), operator, wish.count, wish.seed)


def _busy(image: Image, home: Path, operator: Operator, count: int, seed: int) -> None:
    card = Card(image, home)
    if not card.has(FIRST_FRAME):
        with card.insert() as machine:
            up(machine)
            machine.save(FIRST_FRAME)
    with card.insert(FIRST_FRAME) as machine:
        introduce(machine, operator.settings())
        machine.save(WATCHING)
    seen: Counter[tuple[str, str]] = Counter()
    for cut, left in cuts(card, WATCHING, count, seed):
        whole = "whole" if left.sound and not left.broken else "broken"
        _print(
            f"| {cut.during} | {cut.after:.1f} s | {left.journal} | {left.files} files, {whole} | "
            f"{'; '.join(left.broken) or '-'} |"
        )
        seen[cut.during, whole] += 1
    _print("", *(f"{during}: {number} {whole}" for (during, whole), number in sorted(seen.items())))


def _boots(card: Card, count: int, seed: int) -> None:
    seen: list[Return] = []
    for back in returns(card, count, seed, _BOOT):
        _print(_line(back))
        seen.append(back)
    during = Counter(cut.during for back in seen for cut in back.cuts)
    _print("", f"cuts: {during.total()} {dict(during)}")
    _print(f"came back with: {dict(Counter(back.shown for back in seen))}")


def _line(back: Return) -> str:
    cuts = ", ".join(f"{cut.during} {cut.after:.1f} s" for cut in back.cuts) or "none"
    return f"| {cuts} | {back.shown} | {back.failed or '-'} | {back.trouble or '-'} | {back.seconds:.0f} |"


def _print(*lines: str) -> None:
    for line in lines:
        print(line, flush=True)  # noqa: T201 # the table


if __name__ == "__main__":
    main()
