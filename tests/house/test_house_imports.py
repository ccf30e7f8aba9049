"""Who imports whom: the drawing in ``stb/__init__.py`` is the rule, the imports are the fact."""

import ast
import re
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import stb

Imports = Mapping[str, set[str]]
"""The full name of a file's module, and of all that it imports."""

HOUSE = Path(stb.__file__).parent
DRAWING = stb.__doc__ or ""

SEAMS = {
    "babel": {"i18n"},
    "cairocffi": {"portal"},
    "cryptography": {"net", "settings"},
    "evdev": {"remote"},
    "getmac": {"board"},
    "gi": {"portal"},
    "orjson": {"providers"},
    "PIL": {"ui"},
    "pygame": {"ui"},
    "pyudev": {"board", "remote"},
    "rapidfuzz": {"catalogue"},
    "requests": {"net"},
    "segno": {"ui"},
    "starlette": {"portal"},
    "systemd": {"service"},
    "tomlkit": {"settings"},
    "uvicorn": {"portal"},
    "vlc": {"player"},
    "Xlib": {"player", "ui"},
}
"""The rooms that see an outside library; nobody else knows that it exists."""


def floors(drawing: str) -> dict[str, int]:
    """The floor of each room: lines of a number and names."""
    rows = re.findall(r"^ +(\d+) +(\w+(?: +\w+)*)$", drawing, re.MULTILINE)
    return {room: int(floor) for floor, rooms in rows for room in rooms.split()}


def read_imports(house: Path) -> dict[str, set[str]]:
    """What each file imports, wherever in the file it does so."""
    names = {_module(house, path): path for path in sorted(house.rglob("*.py"))}
    return {
        name: {_nearest(target, names) for target in _targets(name, path)} - {name}
        for name, path in names.items()
    }


def _module(house: Path, path: Path) -> str:
    parts = path.relative_to(house.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def _targets(name: str, path: Path) -> Iterator[str]:
    package = name if path.stem == "__init__" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            start = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            source = ".".join([*start, *([node.module] if node.module else [])])
            yield from (f"{source}.{alias.name}" for alias in node.names)


def _nearest(target: str, names: Mapping[str, Path]) -> str:
    """A name from one of our files is that file's; a library's is the library's."""
    while target not in names and "." in target:
        target = target.rpartition(".")[0]
    return target


def _room(module: str) -> str:
    return f"{module}.".split(".")[1]


def _ours(imports: Imports) -> Iterator[tuple[str, str]]:
    return ((name, target) for name in imports for target in sorted(imports[name]) if target in imports)


def wrong_arrows(imports: Imports, floors: Mapping[str, int]) -> list[str]:
    """Imports that go up, or sideways into another room; ``stb`` itself is below all, ``__main__`` above."""
    heights = {"": -1, **floors, "__main__": max(floors.values()) + 1}
    return [
        f"{name} -> {target}"
        for name, target in _ours(imports)
        if _room(name) != _room(target) and heights[_room(target)] >= heights[_room(name)]
    ]


def circle(imports: Imports) -> list[str]:
    """The files of one circle of imports, or nothing."""
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        files: list[str] = error.args[1]
        return files
    return []


def build(house: Path, files: Mapping[str, str]) -> Imports:
    """Make a house of these files, and read it."""
    for name, text in files.items():
        path = house / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return read_imports(house)


def test_every_room_stands_in_the_drawing():
    assert {_room(name) for name in read_imports(HOUSE)} - {"", "__main__"} <= set(floors(DRAWING))


def test_no_room_imports_from_its_own_floor_or_above():
    assert wrong_arrows(read_imports(HOUSE), floors(DRAWING)) == []


def test_no_files_import_each_other_in_a_circle():
    assert circle(read_imports(HOUSE)) == []


@pytest.mark.parametrize("library", sorted(SEAMS))
def test_a_library_is_seen_by_its_rooms_only(library):
    imports = read_imports(HOUSE)
    users = {
        _room(name) for name, targets in imports.items() if library in {t.partition(".")[0] for t in targets}
    }
    assert users <= SEAMS[library]


def test_the_drawing_is_read_floor_by_floor():
    assert floors("Rooms:\n\n    2  ui  net\n    0  model\n\nA room of 3 windows.\n") == {
        "ui": 2,
        "net": 2,
        "model": 0,
    }


MADE_UP = {"model": 0, "ui": 1, "net": 1, "app": 2}


@pytest.mark.parametrize(
    ("file", "text", "arrow"),
    [
        pytest.param("ui/window.py", "from stb.app.box import Box", "stb.ui.window -> stb.app.box", id="up"),
        pytest.param(
            "ui/window.py", "import stb.net.client", "stb.ui.window -> stb.net.client", id="sideways"
        ),
        pytest.param(
            "ui/window.py",
            "def f():\n    from stb import net",
            "stb.ui.window -> stb.net",
            id="in a function",
        ),
        pytest.param(
            "ui/window.py",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from stb.net import client",
            "stb.ui.window -> stb.net.client",
            id="for types only",
        ),
        pytest.param("ui/window.py", "from ..app import box", "stb.ui.window -> stb.app.box", id="relative"),
        pytest.param(
            "ui/__init__.py", "from ..app.box import Box", "stb.ui -> stb.app.box", id="from a face"
        ),
        pytest.param("__init__.py", "from stb.model import Key", "stb -> stb.model", id="out of the ground"),
        pytest.param("ui/window.py", "import stb.__main__", "stb.ui.window -> stb.__main__", id="of the top"),
    ],
)
def test_a_wrong_arrow_is_found(tmp_path, file, text, arrow):
    names = [
        "__init__",
        "__main__",
        "app/__init__",
        "app/box",
        "model/__init__",
        "net/__init__",
        "net/client",
    ]
    imports = build(
        tmp_path / "stb", {**{f"{name}.py": "" for name in names}, "ui/__init__.py": "", file: text}
    )
    assert wrong_arrows(imports, MADE_UP) == [arrow]


def test_arrows_down_and_within_a_room_are_right(tmp_path):
    files = {
        "__init__.py": "",
        "model/__init__.py": "from stb.model.keys import Key",
        "model/keys.py": "import enum",
        "ui/__init__.py": "",
        "ui/text.py": "from stb.model import Key",
        "ui/window.py": "import stb\nfrom stb.ui import text",
        "app/__init__.py": "from stb.ui.window import Window",
        "__main__.py": "from stb.app import Window",
    }
    imports = build(tmp_path / "stb", files)
    assert wrong_arrows(imports, MADE_UP) == []
    assert circle(imports) == []


@pytest.mark.parametrize(
    "files",
    [
        pytest.param(
            {"a.py": "from stb.ui.b import B", "b.py": "def f():\n    import stb.ui.a"}, id="two files"
        ),
        pytest.param(
            {"__init__.py": "from stb.ui.a import A", "a.py": "from stb.ui import B"},
            id="a file and its face",
        ),
    ],
)
def test_a_circle_is_found(tmp_path, files):
    imports = build(
        tmp_path / "stb", {"__init__.py": "", **{f"ui/{name}": text for name, text in files.items()}}
    )
    assert set(circle(imports)) >= {"stb.ui.a"}
