"""Pull the plug at random moments, and print as a table what came of it.

.venv/bin/python tests/image/power.py --flavour test-amd64 --count 50 --seed 1
"""

import argparse
import tempfile
import time
from collections import Counter
from pathlib import Path

from rig.card import Card
from rig.image import IMAGES
from rig.operator import Operator
from rig.power import Return, returns

_BOOT = 75.0


def main() -> None:
    """Do it, a line for each time the box came back."""
    parser = argparse.ArgumentParser(description="Pull the plug at random moments.")
    parser.add_argument("--flavour", choices=tuple(IMAGES), default="test-amd64")
    parser.add_argument("--count", type=int, default=50, help="how often (%(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the moments (%(default)s)")
    parser.add_argument("--seconds", type=float, default=3600.0, help="stop after so long")
    wish = parser.parse_args()
    deadline = time.monotonic() + wish.seconds
    seen: list[Return] = []
    with (
        tempfile.TemporaryDirectory(prefix="stb-power-", dir="/var/tmp") as home,
        Operator(Path(home)) as operator,
    ):
        card = Card(IMAGES[wish.flavour], Path(home), told=operator.settings())
        for back in returns(card, wish.count, wish.seed, _BOOT):
            print(_line(back), flush=True)  # noqa: T201
            seen.append(back)
            if time.monotonic() > deadline:
                break
    _sum(seen)


def _line(back: Return) -> str:
    cuts = ", ".join(f"{cut.during} {cut.after:.1f} s" for cut in back.cuts) or "none"
    return f"| {cuts} | {back.shown} | {back.failed or '-'} | {back.trouble or '-'} | {back.seconds:.0f} |"


def _sum(seen: list[Return]) -> None:
    during = Counter(cut.during for back in seen for cut in back.cuts)
    print("\ncuts:", sum(during.values()), dict(during))  # noqa: T201
    print("came back with:", dict(Counter(back.shown for back in seen)))  # noqa: T201


if __name__ == "__main__":
    main()
