"""`stb admin` against the portal's panel, in both of its dialects."""

import json
import os
import subprocess
import sys

import pytest
import requests

from stb.portal.lines import LineStatus
from stb.portal.staff import Permission

WORD = "hunter2zz"


@pytest.fixture
def tool(tmp_path):
    """Say a verb of ``stb admin``: its exit status, and what it wrote."""
    environment = {**os.environ, "STB_STATE": str(tmp_path / "state"), "STB_RUNTIME": str(tmp_path / "run")}

    def say(*words, typed=""):
        command = [sys.executable, "-m", "stb", "admin", *words]
        done = subprocess.run(
            command, input=typed, env=environment, capture_output=True, text=True, check=False
        )
        return done.returncode, done.stdout

    return say


@pytest.mark.parametrize("dialect", ["xtream-ui", "xc_vm"])
def test_an_administrator_at_a_terminal(portal, tool, dialect):
    world = portal.world
    world.staff.add("root", WORD, permissions={Permission.ALL})
    ann = world.lines.add("ann", password=WORD)
    folder = f"/{world.staff.access_code}" if dialect == "xc_vm" else ""
    login = ("--url", portal.address + folder, "login", "--user", "root", "--password", "-")
    status, said = tool(*login, typed=f"{WORD}\n")
    assert (status, dialect in said) == (0, True)
    with requests.get(f"{portal.address}/live/ann/{WORD}/1.ts", stream=True, timeout=60) as watching:
        assert watching.raw.read(188)
        (process,) = (child.pid for child in portal.children())
        assert tool("process", "kill", str(process), "--server", "1")[0] == 0
        assert tool("user", "kill", str(ann.id))[0] == 0
    assert not portal.connections()
    assert tool("user", "ban", str(ann.id))[0] == 0
    assert world.lines.line("ann").status is LineStatus.BANNED
    status, said = tool("--json", "user", "list")
    assert status == 0
    assert "ann" in json.dumps(json.loads(said))
    assert tool("--yes", "user", "delete", str(ann.id))[0] == 0
    assert world.lines.find("ann") is None
    assert tool("--yes", "user", "delete", str(ann.id))[0] != 0
