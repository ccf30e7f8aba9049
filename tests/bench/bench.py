"""``make bench``: how quickly, in how much memory and with how many bytes written the box reads its lists.

Each figure comes from a fresh process, beside what anybody would need at the least (`yardsticks`), measured
in the same run. The results go into ``results.json`` and the table of ``README.md``.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import inputs

HERE = Path(__file__).parent
_MARK = "<!-- table -->"
_MEGA = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """What was measured of one task."""

    seconds: float
    """Of a processor, whatever else the machine does meanwhile."""
    count: int
    peak: int
    """Bytes of memory at the most."""
    written: int
    """Bytes that went to the disk."""
    size: int
    """Bytes of the box's database files afterwards."""


@dataclass(frozen=True, slots=True)
class Target:
    """A ratio that the box is held to; nothing fails where it is missed."""

    what: str
    box: str
    of: str
    """`written` is held to the size of the database, `peak` to bytes; seconds to those of another task."""
    most: float
    by: str = "seconds"


TARGETS = (
    Target("guide : bare guide", "guide", "bare guide", 1.5),
    Target("guide : expat alone (stretch)", "guide", "expat", 2.0),
    Target("guide, distinct titles : bare", "guide, distinct titles", "bare distinct guide", 1.5),
    Target("guide, memory (MB)", "guide", "", 80, "peak"),
    Target("guide, written : size", "guide", "guide", 1.5, "written"),
    Target("guide unchanged : first", "guide, unchanged", "guide", 0.1),
    Target("guide 1 % changed, written : size", "guide, 1 % changed", "guide", 0.1, "written"),
    Target("channels : bare", "channels", "bare channels", 1.5),
    Target("channels, memory (MB)", "channels", "", 150, "peak"),
    Target("channels, written : size", "channels", "channels", 1.5, "written"),
    Target("films : bare", "films", "bare films", 1.5),
    Target("films, memory (MB)", "films", "", 150, "peak"),
    Target("films, written : size", "films", "films", 1.5, "written"),
    Target("series : bare", "series", "bare series", 1.5),
    Target("series, memory (MB)", "series", "", 150, "peak"),
    Target("films and series, written : size", "films and series", "films and series", 1.5, "written"),
    Target("channels unchanged : first", "channels, unchanged", "channels", 0.1),
    Target("films unchanged : first", "films, unchanged", "films", 0.1),
    Target("M3U : bare", "M3U", "bare M3U", 2.0),
    Target("M3U unchanged : first", "M3U, unchanged", "M3U", 0.1),
    Target("now and next (ms)", "now and next", "", 2, "ms"),
    Target("grid (ms)", "grid", "", 10, "ms"),
    Target("search, 95 of 100 (ms)", "search", "", 30, "ms"),
)


def make_inputs(folder: Path, size: inputs.Size) -> dict[str, int]:
    """Write all that is read; how many programmes each guide has."""
    (folder / "channels").write_text(str(size.channels), "ascii")
    inputs.write_live(folder / "live.json", size)
    inputs.write_films(folder / "films.json", size)
    inputs.write_series(folder / "series.json", size)
    inputs.write_m3u(folder / "list.m3u", size)
    return {
        "guide.xml": inputs.write_guide(folder / "guide.xml", size),
        "changed.xml": inputs.write_guide(folder / "changed.xml", size, changed=0.01),
        "distinct.xml": inputs.write_guide(folder / "distinct.xml", size, distinct=True),
    }


def measure(folder: Path, names: Iterable[str]) -> dict[str, Figure]:
    """Run tasks, each in a process of its own, one after the other."""
    found = {}
    for name in names:
        print(f"{name} ...", file=sys.stderr, flush=True)  # noqa: T201
        command = [sys.executable, __file__, "--one", name, "--folder", str(folder)]
        done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        found[name] = Figure(**json.loads(done.stdout))
    return found


def one(folder: Path, name: str) -> Figure:
    """One task in this process."""
    from tasks import TASKS  # noqa: PLC0415 - the harness itself needs nothing of the box

    before = _written()
    done = TASKS[name](folder)
    used = (path for path in folder.iterdir() if ".db" in path.name)
    return Figure(
        seconds=done.seconds,
        count=done.count,
        peak=_proc("status", "VmHWM:") * 1024,
        written=_written() - before,
        size=sum(path.stat().st_size for path in used if path.name.split(".db")[0] in _files(name)),
    )


def _files(name: str) -> Sequence[str]:
    kind = name.partition(",")[0]
    return {
        "guide": ("distinct",) if "distinct" in name else ("guide",),
        "channels": ("lists",),
        "films": ("library",),
        "series": ("series",),
        "films and series": ("both",),
        "M3U": ("m3u-lists", "m3u-library"),
    }.get(kind, ())


def _written() -> int:
    return _proc("io", "write_bytes:")


def _proc(file: str, field: str) -> int:
    for line in Path("/proc/self", file).read_text("ascii").splitlines():
        if line.startswith(field):
            return int(line.split()[1])
    return 0


def ratio(target: Target, found: dict[str, Figure]) -> float:
    """What is held to `Target.most`."""
    figure = found[target.box]
    match target.by:
        case "peak":
            return figure.peak / _MEGA
        case "ms":
            return figure.seconds * 1000
        case "written":
            return figure.written / max(found[target.of].size, 1)
    return figure.seconds / found[target.of].seconds


def table(found: dict[str, Figure]) -> str:
    """The figures and the targets, as Markdown."""
    lines = ["| | seconds | memory MB | written MB | on disk MB |", "|---|--:|--:|--:|--:|"]
    for name, figure in found.items():
        seconds = f"{figure.seconds:.2f}" if figure.seconds > 0.1 else f"{figure.seconds:.6f}"
        sizes = (figure.peak, figure.written, figure.size)
        lines.append(f"| {name} | {seconds} | " + " | ".join(f"{size / _MEGA:.1f}" for size in sizes) + " |")
    lines += ["", "| target | at most | reached | |", "|---|--:|--:|---|"]
    for target in TARGETS:
        if target.box in found and (not target.of or target.of in found):
            got = ratio(target, found)
            said = "yes" if got <= target.most else "**no**"
            lines.append(f"| {target.what} | {target.most:g} | {got:.2f} | {said} |")
    return "\n".join(lines)


def main() -> None:
    """Measure, and write down what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="a small size of everything; nothing is kept")
    parser.add_argument("--only", nargs="+", metavar="TASK", help="these tasks; nothing is kept")
    parser.add_argument("--folder", type=Path, help="with inputs that are there already, or to keep them")
    parser.add_argument("--one", metavar="TASK", help=argparse.SUPPRESS)
    said = parser.parse_args()
    if said.one:
        figure = one(said.folder, said.one)
        print(json.dumps({name: getattr(figure, name) for name in figure.__slots__}))  # noqa: T201
        return
    with tempfile.TemporaryDirectory(dir=HERE, prefix=".bench-") as temporary:
        folder = said.folder or Path(temporary)
        if not (folder / "distinct.xml").exists():
            make_inputs(folder, inputs.SMALL if said.small else inputs.FULL)
        from tasks import TASKS  # noqa: PLC0415

        for database in () if said.only else folder.glob("*.db*"):
            database.unlink()
        found = measure(folder, said.only or TASKS)
    print(table(found))  # noqa: T201
    if not (said.small or said.only):
        _keep(found)


def _keep(found: dict[str, Figure]) -> None:
    plain = {name: {field: getattr(one, field) for field in one.__slots__} for name, one in found.items()}
    (HERE / "results.json").write_text(json.dumps(plain, indent=1) + "\n", "ascii")
    readme = HERE / "README.md"
    before, _, rest = readme.read_text("utf-8").partition(_MARK)
    _, _, after = rest.partition(_MARK)
    readme.write_text(f"{before}{_MARK}\n\n{table(found)}\n\n{_MARK}{after}", "utf-8")


if __name__ == "__main__":
    main()
