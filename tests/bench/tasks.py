"""What is measured: each a function over a folder of inputs, run in a process of its own.

`YARDSTICKS` are what `yardsticks` has; `BOX` is what the box does with the same inputs. Each gives the
seconds that count, and how many there are of whatever it read.
"""

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import inputs
import yardsticks

from stb.catalogue import Catalogue, Guide, Library
from stb.catalogue.search import Search
from stb.model import Channel, ChannelId, ChannelRef, Duid, Identity, Source, SourceId
from stb.net import HttpClient
from stb.providers.access import Access
from stb.providers.m3u import M3u
from stb.providers.provider import Shelf
from stb.providers.xmltv import open_guide
from stb.providers.xtream import Xtream
from stb.providers.xtream.asking import Listing
from stb.providers.xtream.numbers import numbered
from stb.providers.xtream.rows import Setting, channel, film, series
from stb.providers.xtream.splitting import json_rows

SOURCE = SourceId("bench")
NOW = int(inputs.BEGIN.timestamp())
"""The box's clock: all of the guide is yet to come."""
_NOBODY = Identity(
    duid=Duid("0" * 15), mac="", stalker_mac="", sn="", device_id="", device_id2="", signature=""
)
_PIECE = 64 * 1024
"""Bytes of a list that come from a server at once."""


@dataclass(frozen=True, slots=True)
class Done:
    """What came of a task."""

    seconds: float
    count: int


Task = Callable[[Path], Done]


def _timed(work: Callable[[], int]) -> Done:
    begun = time.process_time()
    count = work()
    return Done(time.process_time() - begun, count)


def _guide(file: str, database: str) -> Task:
    """A guide, read into the box's file; what is there is changed where it differs."""

    def task(folder: Path) -> Done:
        channels = _called(folder)

        def work() -> int:
            with Guide(folder / database) as guide:
                book = open_guide(folder / file)
                return guide.replace(SOURCE, book, channels, book.revision, now=NOW)

        return _timed(work)

    return task


def _guide_again(folder: Path) -> Done:
    """The same guide once more: what its revision says is enough."""
    channels = _called(folder)

    def work() -> int:
        with Guide(folder / "guide.db") as guide:
            book = open_guide(folder / "guide.xml")
            assert guide.fits(SOURCE, channels)
            assert guide.revision(SOURCE) == book.revision
            return guide.count(SOURCE)

    return _timed(work)


def _called(folder: Path) -> list[Channel]:
    count = int((folder / "channels").read_text())
    return [
        Channel(
            ref=ChannelRef(SOURCE, ChannelId(str(number))),
            number=number + 1,
            name=f"Channel {number}",
            link="",
            guide_id=f"ch{number}.example",
        )
        for number in range(count)
    ]


def _pieces(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _rows(folder: Path, listing: Listing) -> Iterator[tuple[dict[str, object], str]]:
    for row in json_rows(_pieces(folder / f"{listing.name.lower()}.json"), SOURCE):
        yield row, str(row[listing.value[2]])


def _setting(count: int) -> Setting:
    names = {str(number): f"Category {number}" for number in range(count)}
    return Setting(source=SOURCE, names=names, base="http://panel.example:8080")


def _live(folder: Path) -> Done:
    def work() -> int:
        setting = _setting(300)
        channels = (channel(row, stream, setting) for row, stream in _rows(folder, Listing.LIVE))
        with Catalogue(folder / "lists.db") as lists:
            return lists.replace(SOURCE, numbered(filter(None, channels)), "1")

    return _timed(work)


def _films(folder: Path) -> Done:
    def work() -> int:
        setting = _setting(400)
        films = (film(row, stream, setting) for row, stream in _rows(folder, Listing.FILMS))
        with Library(folder / "library.db") as library:
            return library.replace_films(SOURCE, films, tuple(setting.names.values()))

    return _timed(work)


def _series(folder: Path) -> Done:
    def work() -> int:
        setting = _setting(200)
        shelf = (series(row, stream, setting) for row, stream in _rows(folder, Listing.SERIES))
        with Library(folder / "series.db") as library:
            return library.replace_series(SOURCE, shelf, tuple(setting.names.values()))

    return _timed(work)


def _both(folder: Path) -> Done:
    """Films and series as the box reads them the first time: one change of one file."""

    def work() -> int:
        setting = _setting(400)
        films = (film(row, stream, setting) for row, stream in _rows(folder, Listing.FILMS))
        shelf = (series(row, stream, setting) for row, stream in _rows(folder, Listing.SERIES))
        categories = tuple(setting.names.values())
        with Library(folder / "both.db") as library, library.together():
            count = library.replace_films(SOURCE, films, categories)
            return count + library.replace_series(SOURCE, shelf, categories)

    return _timed(work)


@contextmanager
def _list(folder: Path) -> Iterator[M3u]:
    where = Source(id=SOURCE, kind="m3u", name="Bench", address=str((folder / "list.m3u").absolute()))
    http = HttpClient(SOURCE)
    yield M3u(Access(source=where, identity=_NOBODY, http=http, folder=folder / "fetched"))
    http.close()


def _m3u(folder: Path) -> Done:
    """A list with all that is in it: channels, films and series."""

    def work() -> int:
        with _list(folder) as provider, Catalogue(folder / "m3u-lists.db") as lists:
            channels = lists.replace(SOURCE, provider.items(), "1")
            with Library(folder / "m3u-library.db") as library:
                films = library.replace_films(SOURCE, provider.films(), provider.categories(Shelf.FILMS))
                shows = library.replace_series(SOURCE, provider.series(), provider.categories(Shelf.SERIES))
            return channels + films + shows

    return _timed(work)


@contextmanager
def _panel(folder: Path) -> Iterator[str]:
    """The address of a panel with these lists."""
    command = [sys.executable, str(Path(__file__).with_name("panel.py")), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
        assert child.stdout
        yield f"http://127.0.0.1:{int(child.stdout.readline())}"
        child.terminate()


def _unchanged(kind: str, shelf: Shelf | None) -> Task:
    """A list that is fetched once more, and is as before, without a word about that from its server."""

    def task(folder: Path) -> Done:
        with _panel(folder) as address:
            where = Source(id=SOURCE, kind=kind, name="Bench", address=f"{address}/list", user="viewer")
            access = Access(
                source=where,
                identity=_NOBODY,
                http=HttpClient(SOURCE),
                password="word",
                folder=folder / "again",
            )
            if kind == "m3u":
                access = replace(access, password="")
            before = _edition(kind, access, shelf)
            done = _timed(lambda: int(_edition(kind, access, shelf) == before))
            access.http.close()
            return done

    return task


def _edition(kind: str, access: Access, shelf: Shelf | None) -> str:
    return (M3u(access) if kind == "m3u" else Xtream(access)).fetch(shelf)


def _asked(folder: Path, times: int, question: Callable[[Guide, list[Channel], int], object]) -> Done:
    """The mean of so many questions, each about other channels and another hour."""
    channels = _called(folder)
    with Guide(folder / "guide.db") as guide:
        question(guide, channels, 0)
        done = _timed(lambda: sum(bool(question(guide, channels, number + 1)) for number in range(times)))
    return Done(done.seconds / times, done.count)


def _now_next(folder: Path) -> Done:
    """What is on and what comes then, on 12 channels."""
    return _asked(
        folder,
        200,
        lambda guide, channels, number: guide.now_next(
            [channels[(number * 997 + place) % len(channels)] for place in range(12)], NOW + number * 601
        ),
    )


def _grid(folder: Path) -> Done:
    """Six hours of 20 channels."""

    def question(guide: Guide, channels: list[Channel], number: int) -> object:
        begin = NOW + number * 601
        some = (channels[(number * 997 + place) % len(channels)] for place in range(20))
        return [guide.between(one, begin, begin + 6 * 3600) for one in some]

    return _asked(folder, 100, question)


def _search(folder: Path) -> Done:
    """What a viewer types, letter by letter; the time that nineteen of twenty answers do not exceed."""
    typed = [word[: size + 1] for word in inputs.typed() for size in range(len(word))]
    spent: list[float] = []
    found = 0
    with (
        Catalogue(folder / "lists.db") as lists,
        Library(folder / "library.db") as library,
        Guide(folder / "guide.db") as guide,
    ):
        search = Search(lists, library, guide)
        for text in typed:
            begun = time.process_time()
            found += len(search.find(text, 20, NOW + 86_400).programmes)
            spent.append(time.process_time() - begun)
    return Done(sorted(spent)[len(spent) * 95 // 100], found)


def _point(folder: Path) -> Done:
    return Done(yardsticks.point_query(folder / "point.db"), 1)


def _bare(work: Callable[[Path, Path], float], file: str) -> Task:
    return lambda folder: Done(work(folder / file, folder / f"bare-{file}.db"), 0)


YARDSTICKS: dict[str, Task] = {
    "expat": lambda folder: Done(yardsticks.expat_alone(folder / "guide.xml"), 0),
    "bare guide": _bare(yardsticks.guide, "guide.xml"),
    "bare distinct guide": _bare(yardsticks.guide, "distinct.xml"),
    "bare channels": _bare(yardsticks.rows_of_json, "live.json"),
    "bare films": _bare(yardsticks.rows_of_json, "films.json"),
    "bare series": _bare(yardsticks.rows_of_json, "series.json"),
    "bare M3U": _bare(yardsticks.lines_of_m3u, "list.m3u"),
    "point query": _point,
}
BOX: dict[str, Task] = {
    "guide": _guide("guide.xml", "guide.db"),
    "guide, unchanged": _guide_again,
    "now and next": _now_next,
    "grid": _grid,
    "guide, 1 % changed": _guide("changed.xml", "guide.db"),
    "guide, distinct titles": _guide("distinct.xml", "distinct.db"),
    "channels": _live,
    "films": _films,
    "series": _series,
    "films and series": _both,
    "channels, unchanged": _unchanged("xtream", None),
    "films, unchanged": _unchanged("xtream", Shelf.FILMS),
    "M3U, unchanged": _unchanged("m3u", None),
    "M3U": _m3u,
    "search": _search,
}
"""In the order in which they are run: some find what others left."""
TASKS = YARDSTICKS | BOX
