"""Kill the box's writers at random moments, see that nothing is lost: ``torture.py --count 1000 --seed 1``.

Each time a process of its own writes one generation after the other, telling of each that is done, until it
is killed (SIGKILL) at a moment drawn from the seed. Then everything is opened as the box does it when it
starts: what was told of is there, or the one generation after it, whole; SQLite finds every file sound;
nothing was set aside. Now and then it begins with no files at all.
"""

import argparse
import json
import os
import signal
import sqlite3
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import NoReturn

from stb.app.places import Places
from stb.app.reading import refresh
from stb.catalogue import Catalogue, Guide, Library, Viewer
from stb.messages import Part
from stb.model import (
    Account,
    AccountStatus,
    Channel,
    ChannelId,
    ChannelRef,
    Duid,
    Film,
    FilmId,
    FilmRef,
    GuideChannel,
    Identity,
    Programme,
    Series,
    SeriesId,
    SeriesRef,
    Source,
    SourceId,
)
from stb.providers import PROVIDERS, Offer
from stb.settings.loading import load
from stb.settings.saving import save
from stb.settings.seal import board_seal
from stb.settings.vault import Vault

HOME = SourceId("home")
SOURCE = Source(id=HOME, kind="scripted", name="Home", address="http://script.example")
NOBODY = Identity(duid=Duid("0"), mac="", stalker_mac="", sn="1", device_id="", device_id2="", signature="")
HOUR = 3600
BEGIN = int(time.time()) // HOUR * HOUR
PROGRAMMES = 48
MARKS = 200
LONGEST = 0.25
"""Seconds until the latest kill."""
NEW_BOX = 20
"""Every so many kills it begins with no files."""
SEAL = board_seal("torture")  # its key is made once, slowly on purpose


def main() -> int:
    """So many kills; the first thing that is lost ends it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--log", type=argparse.FileType("w"), help="a line for each kill")
    arguments = parser.parse_args()
    random, kills = Random(arguments.seed), Counter[str]()  # noqa: S311 - to be had again
    for first in range(0, arguments.count, NEW_BOX):
        with TemporaryDirectory() as folder:
            box = Torn(Path(folder))
            for number in range(first, min(first + NEW_BOX, arguments.count)):
                what, wait = random.choice(WRITERS), LONGEST * random.random() ** 2
                done = killed(box, what, wait)
                line = {"kill": number, "writer": what.__name__, "after": round(wait, 5), "done": done}
                if arguments.log:
                    print(json.dumps(line), file=arguments.log, flush=True)
                try:
                    box.check(done)
                except BaseException as error:
                    error.add_note(f"seed {arguments.seed} {line} before {box.done}")
                    raise
                kills[what.__name__] += 1
    print(f"{kills.total()} kills of seed {arguments.seed}: {dict(kills)}, nothing lost")  # noqa: T201
    return 0


def killed(box: "Torn", what: Callable[["Torn"], Iterator[str]], wait: float) -> dict[str, int]:
    """Let a process write for so many seconds, and kill it; what it told of."""
    ear, mouth = os.pipe()
    child = os.fork()
    if not child:
        write(box, what, mouth)
    os.close(mouth)
    os.read(ear, 1)  # it has begun
    time.sleep(wait)
    os.kill(child, signal.SIGKILL)
    with os.fdopen(ear) as said:
        words = said.read().split()
    _, status = os.waitpid(child, 0)
    if not os.WIFSIGNALED(status):
        raise AssertionError("the writer ended by itself")
    return dict(Counter(words))


def write(box: "Torn", what: Callable[["Torn"], Iterator[str]], mouth: int) -> NoReturn:
    """In the child: one generation after the other."""
    try:
        os.write(mouth, b".")
        for name in what(box):
            os.write(mouth, f"{name} ".encode())
    except BaseException:
        sys.excepthook(*sys.exc_info())
        raise
    finally:
        os._exit(1)


@dataclass
class Torn:
    """The files of a box, and which generation of each was told to be done."""

    folder: Path
    done: dict[str, int] = field(default_factory=dict)

    @property
    def places(self) -> Places:
        return Places(state=self.folder / "state", runtime=self.folder / "run", cache=self.folder / "cache")

    @property
    def vault(self) -> Vault:
        return Vault(self.places.vault, SEAL)

    def next(self, name: str) -> Iterator[int]:
        """Generations of this that were not told yet, without end."""
        generation = self.done.get(name, 0)
        while True:
            generation += 1
            yield generation

    def check(self, done: dict[str, int]) -> None:
        """Open everything; the old or the new of each, whole.

        Raises:
            AssertionError: something is lost, or half.
        """
        for name, count in done.items():
            self.done[name] = self.done.get(name, 0) + count
        for name, found in (*self._lists(), *self._own()):
            least = self.done.get(name, 0)
            true(found in (least, least + 1), f"{name}: {found} is there, {least} was told")
            self.done[name] = found
        aside = [path.name for path in self.places.state.glob("*.damaged")]
        true(not aside, f"set aside: {aside}")
        for path in self.places.state.glob("*.db"):
            with closing(sqlite3.connect(path)) as connection:
                said = connection.execute("PRAGMA integrity_check").fetchall()
            true(said == [("ok",)], f"{path.name}: {said}")

    def _lists(self) -> Iterator[tuple[str, int]]:
        places = self.places
        with (
            Catalogue(places.lists) as lists,
            Library(places.library) as library,
            Guide(places.guide) as guide,
        ):
            channels = lists.channels(0, 1000)
            yield "lists", one_of((channel.name for channel in channels), channel_count, lists.count())
            films = library.films(0, 1000)
            yield "films", one_of((film.name for film in films), film_count, library.count("films"))
            series = library.series(0, 1000)
            yield "series", one_of((one.name for one in series), film_count, library.count("series"))
            for found, find in (
                (channels, lists.find),
                (films, library.find_films),
                (series, library.find_series),
            ):
                if found:
                    word = found[0].name.split()[0]
                    true(len(find(word, 1000)) == len(found), f"{word} is not found")
            first = lists.first()
            programmes = guide.between(first, 0, 2**40) if first else ()
            yield "guide", one_of((one.title for one in programmes), lambda _: PROGRAMMES, len(programmes))

    def _own(self) -> Iterator[tuple[str, int]]:
        places = self.places
        loaded = load(places.settings)
        true(not loaded.problems, f"settings: {loaded.problems}")
        settings = loaded.settings
        there = places.settings.exists()
        true(len(settings.sources) == there, f"operators: {settings.sources}")
        yield "settings", settings.sound.delay_ms + 2000 if there else 0
        kept = self.vault.section(HOME)
        true(kept.get("one") == kept.get("other"), f"vault: {kept}")
        yield "vault", int(kept.get("one", "0"))
        with Viewer(places.viewer) as viewer:
            marks = [viewer.marked(film_ref(number)) for number in range(MARKS)]
            found = sorted(int(mark.position) for mark in marks if mark)
            last = found[-1] if found else 0
            true(found == list(range(max(1, last - MARKS + 1), last + 1)), f"marks: {found}")
            yield "viewer", last


def true(so: bool, otherwise: str) -> None:  # noqa: FBT001 - as assert
    """Assert, in every way of running Python."""
    if not so:
        raise AssertionError(otherwise)


def one_of(names: Iterator[str], size: Callable[[int], int], count: int) -> int:
    """The generation that all names are of; 0 where there is nothing."""
    found = Counter(int(name.split()[0].removeprefix("generation")) for name in names)
    if not found:
        true(count == 0, f"{count} are said to be there, and none is")
        return 0
    true(len(found) == 1, f"of several generations: {found}")
    ((generation, there),) = found.items()
    true(there == count == size(generation), f"{there} of {count} of {size(generation)}")
    return generation


def channel_count(generation: int) -> int:
    """Lists grow and shrink."""
    return 20 + generation % 3 * 15


def film_count(generation: int) -> int:
    """The same of films, and of series."""
    return 30 + generation % 4 * 20


def film_ref(number: int) -> FilmRef:
    """A film that the viewer saw."""
    return FilmRef(HOME, FilmId(str(number)))


class Scripted:
    """An operator without a network: whatever is asked for is the next generation."""

    offers = frozenset({Offer.LIBRARY, Offer.GUIDE})
    address = "http://script.example"
    generations: dict[str, int]

    def __init__(self, access: object) -> None:
        del access

    def sign_in(self) -> Account:
        return Account(status=AccountStatus.ACTIVE, revision=f"{self.generations['lists']}")

    def items(self) -> Iterator[Channel]:
        generation = self.generations["lists"]
        for number in range(1, 1 + channel_count(generation)):
            ref = ChannelRef(HOME, ChannelId(f"{number * (generation % 2 + 1)}"))
            name = f"generation{generation} {number}"
            yield Channel(ref=ref, number=number, name=name, link=name, guide_id=f"{number % 3}", group=name)

    def categories(self, shelf: object) -> tuple[str, ...]:
        return (f"{shelf}",)

    def films(self) -> Iterator[Film]:
        generation = self.generations["films"]
        for number in range(film_count(generation)):
            name = f"generation{generation} {number}"
            yield Film(ref=film_ref(number), name=name, link="x", category=f"{number % 5}")

    def series(self) -> Iterator[Series]:
        generation = self.generations["series"]
        for number in range(film_count(generation)):
            ref = SeriesRef(HOME, SeriesId(f"{number}"))
            yield Series(ref=ref, name=f"generation{generation} {number}")

    def guide(self, have: str = "") -> "Book":
        del have
        return Book(self.generations["guide"])

    def close(self) -> None:
        pass


class Book:
    """A guide of three channels, always of the same hours."""

    lost = 0

    def __init__(self, generation: int) -> None:
        self.revision = f"{generation}"

    def __iter__(self) -> Iterator[GuideChannel | Programme]:
        for channel in ("0", "1", "2"):
            yield GuideChannel(id=channel)
            for number in range(PROGRAMMES):
                title = f"generation{self.revision} {number}"
                start = BEGIN + number * HOUR
                yield Programme(channel=channel, start=start, stop=start + HOUR, title=title, text=title * 9)


def refreshing(box: Torn) -> Iterator[str]:
    """As `stb refresh` does it; of films and series, what is asked for between is told with the part."""
    names = ("lists", "films", "series", "guide")
    for generations in zip(*map(box.next, names), strict=True):
        Scripted.generations = dict(zip(names, generations, strict=True))
        for said in refresh(SOURCE, NOBODY, box.vault, box.places):
            true("failure" not in said, f"{said}")
            yield "films series" if said["part"] == Part.LIBRARY else said["part"]


def setting(box: Torn) -> Iterator[str]:
    """Two settings and an operator, in one file."""
    for generation in box.next("settings"):
        save(box.places.settings, {"sound.delay_ms": generation - 2000, "source": (SOURCE,)})
        yield "settings"


def keeping(box: Torn) -> Iterator[str]:
    """Two secrets that belong together."""
    vault = box.vault
    for generation in box.next("vault"):
        vault.put(HOME, one=f"{generation}", other=f"{generation}")
        yield "vault"


def viewing(box: Torn) -> Iterator[str]:
    """Where the viewer left off, of one film after the other."""
    with Viewer(box.places.viewer) as viewer:
        for generation in box.next("viewer"):
            viewer.mark(film_ref(generation % MARKS), generation, 2.0 * generation)
            yield "viewer"


WRITERS = (refreshing, refreshing, refreshing, setting, keeping, viewing)
PROVIDERS["scripted"] = Scripted  # type: ignore[assignment] - its generations are the writer's

if __name__ == "__main__":
    sys.exit(main())
