"""What `make install` puts onto a system, as far as that can be seen without being root of one."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import stb

HOUSE = Path(stb.__file__).parents[1]
PROJECT = tomllib.loads((HOUSE / "pyproject.toml").read_text("utf-8"))
PLACES = {
    "config/rc_keymaps": "etc/rc_keymaps",
    "config": "usr/lib/stb/config",
    "systemd/journald.conf.d": "usr/lib/systemd/journald.conf.d",
    "systemd/journald@errors.conf.d": "usr/lib/systemd/journald@errors.conf.d",
    "systemd/logind.conf.d": "usr/lib/systemd/logind.conf.d",
    "systemd/stb.service.d": "usr/lib/systemd/system/stb.service.d",
    "systemd/sysusers.d": "usr/lib/sysusers.d",
    "systemd/tmpfiles.d": "usr/lib/tmpfiles.d",
    "systemd/udev": "usr/lib/udev",
    "systemd/xorg.conf.d": "usr/share/X11/xorg.conf.d",
    "systemd/no-screen.txt": "usr/lib/stb/no-screen.txt",
    "systemd": "usr/lib/systemd/system",
}
"""Where files go; the first row that fits is meant."""


@pytest.fixture
def locked(tmp_path):
    """The names in requirements.lock that are needed by what is named."""

    def locked(wanted):
        asking = tmp_path / "asking.mk"
        asking.write_text(
            "include Makefile\nasked:\n\tawk -v wanted='$(WANTED)' \"$$LOCKED\" requirements.lock\n"
        )
        command = ["make", "-f", str(asking), "asked", f"WANTED={wanted}"]
        said = subprocess.run(
            command, cwd=HOUSE, check=True, capture_output=True, text=True, timeout=120
        ).stdout
        assert all("--hash=sha256:" in entry for entry in re.split(r"\n(?=[a-z])", said))
        return set(re.findall(r"^([a-z0-9-]+)==", said, re.MULTILINE))

    return locked


def named(requirements):
    return {canonicalize_name(Requirement(each).name) for each in requirements}


def placed(path):
    """Where a file of the project is put."""
    for source, target in PLACES.items():
        if path == source or path.startswith(f"{source}/"):
            return target + path.removeprefix(source)
    raise AssertionError(path)


def test_a_box_gets_what_it_runs_with_and_nothing_of_the_developers(locked):
    names = locked("stb (pyproject.toml)")
    assert named(PROJECT["project"]["dependencies"]) <= names
    assert {"certifi", "cffi", "idna"} <= names  # what those need
    developers = named(PROJECT["dependency-groups"]["dev"]) - named(PROJECT["project"]["dependencies"])
    assert not developers & names


def test_what_builds_it_is_asked_for_apart(locked):
    assert {"hatchling", "setuptools", "packaging"} <= locked("hatchling,setuptools")


def test_every_file_has_its_place_and_may_be_read_by_all(tmp_path):
    install = ["make", "install-files", f"DESTDIR={tmp_path}"]
    subprocess.run(install, cwd=HOUSE, check=True, capture_output=True, timeout=120)
    there = {str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()}
    ours = [
        path for folder in ("systemd", "config") for path in (HOUSE / folder).rglob("*") if path.is_file()
    ]
    assert there == {placed(str(path.relative_to(HOUSE))) for path in ours}
    assert {path.stat().st_mode & 0o777 for path in tmp_path.rglob("*") if path.is_file()} == {0o644}


def test_a_table_for_infrared_is_where_the_rule_looks_for_it():
    rule = (HOUSE / "systemd/udev/rules.d/69-stb.rules").read_text("utf-8")
    tables = re.findall(r"--write=(\S+?)[\s\"]", rule)
    assert tables == [f"/{placed(f'config/rc_keymaps/{Path(table).name}')}" for table in tables]
