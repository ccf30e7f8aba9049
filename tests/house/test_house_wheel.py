"""What is installed on a box: the wheel, with what the box comes with."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
ASK = """
import sys
sys.path.insert(0, sys.argv[1])
from stb.app.places import packaged
from stb.settings import Settings, load
loaded = load(packaged() / "stb.toml")
print(packaged(), loaded.settings == Settings(), loaded.problems)
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    place = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(place)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = place.glob("*.whl")
    with ZipFile(wheel) as archive:
        archive.extractall(place / "site-packages")
    return place / "site-packages"


def test_the_wheel_holds_every_file_the_box_comes_with(installed):
    config = ROOT / "config"
    come_with = {path.relative_to(config) for path in config.rglob("*") if path.is_file()}
    inside = installed / "stb" / "config"
    assert come_with == {path.relative_to(inside) for path in inside.rglob("*") if path.is_file()}


def test_an_installed_box_finds_its_packaged_settings(installed):
    command = [sys.executable, "-c", ASK, str(installed)]
    said = subprocess.run(command, cwd=installed, check=True, capture_output=True, text=True).stdout
    assert said.split() == [str(installed / "stb" / "config"), "True", "()"]
