"""Throw inputs at a decoder: ``python tests/fuzz/fuzz.py xmltv [--count N] [--seed N] [--plain]``.

With atheris, which follows what the inputs reach in the code; ``--plain`` only changes the seeds at random
and needs nothing. An exception that is not the product's own, more memory or more time than an input may cost
ends it with a status other than 0; the input is told, and with atheris also written where one stands.
"""

import argparse
import logging
import resource
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from types import ModuleType

NAMES = ("xmltv", "m3u", "json_rows", "stalker")
SECONDS = 3.0
"""Of the processor, for one input."""
MEGABYTES = 512
"""Of memory, for the whole process."""
LONGEST = 16 * 1024
"""Bytes of an input that atheris makes; of the plain ones, a few are repeated until they have `LARGE`."""
LARGE = 256 * 1024


def main() -> int:
    """One decoder, so many inputs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("name", choices=NAMES)
    parser.add_argument("--count", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plain", action="store_true")
    arguments = parser.parse_args()
    logging.disable()
    if arguments.plain:
        return plain(import_module(arguments.name), arguments.count, arguments.seed)
    return guided(arguments.name, arguments.count, arguments.seed)


def guided(name: str, count: int, seed: int) -> int:
    """As atheris does it, in its own process."""
    import atheris  # noqa: PLC0415 - not there with --plain

    with atheris.instrument_imports(include=["stb.providers"]):
        harness = import_module(name)
    with TemporaryDirectory() as corpus:
        for number, data in enumerate(harness.SEEDS):
            (Path(corpus) / str(number)).write_bytes(data)
        said = [
            f"-runs={count}",
            f"-seed={seed}",
            f"-max_len={LONGEST}",
            f"-rss_limit_mb={MEGABYTES}",
            f"-timeout={round(10 * SECONDS)}",
            "-print_final_stats=1",
            corpus,
        ]
        atheris.Setup([sys.argv[0], *said], timed(harness.one))
        atheris.Fuzz()
    return 0


def plain(harness: ModuleType, count: int, seed: int) -> int:
    """The seeds, and what a few random changes make of them."""
    room = MEGABYTES * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    random, check = Random(seed), timed(harness.one)  # noqa: S311 - to be had again
    for number in range(count):
        data = random.choice(harness.SEEDS) if number % 8 else b"".join(random.sample(harness.SEEDS, 2))
        data = changed(bytearray(data), random) if number >= len(harness.SEEDS) else harness.SEEDS[number]
        try:
            check(data)
        except BaseException as error:
            error.add_note(f"input {number} of seed {seed}: {data[:2000]!r}")
            raise
    print(f"{count} inputs of seed {seed}")  # noqa: T201
    return 0


def timed(one: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """The same, and an error where it takes the processor too long; a busy machine is no matter."""

    def check(data: bytes) -> None:
        begun = time.process_time()
        one(data)
        taken = time.process_time() - begun
        if taken > SECONDS:
            raise AssertionError(f"{taken:.1f} s for {len(data)} bytes")

    return check


def changed(data: bytearray, random: Random) -> bytes:
    """Some bytes taken, doubled, moved or made others."""
    for _ in range(random.choice((1, 1, 2, 4, 16))):
        start = random.randrange(len(data) + 1)
        end = min(len(data), start + random.choice((1, 2, 8, 40, 200)))
        piece = bytes(data[start:end])
        match random.randrange(5):
            case 0:
                del data[start:end]
            case 1:
                data[start:start] = piece * random.choice((1, 2, 9))
            case 2:
                data[start:end] = random.randbytes(end - start)
            case 3:
                place = random.randrange(len(data) + 1)
                data[place:place] = piece
            case 4:
                data[start:start] = random.choice(
                    (b"\0", b"\xff", b"9" * 30, b"[" * 50, b'"', b"<", b"&", b"\\")
                )
    if not random.randrange(200) and data:
        data *= LARGE // len(data) + 1
    return bytes(data)


if __name__ == "__main__":
    sys.exit(main())
