"""A list that is not set up is read beside the box's own, as a person has it."""

import json
import os
import subprocess
import sys

import pytest

from stb.catalogue import Catalogue, Guide, Library

LIST = """#EXTM3U
#EXTINF:-1 tvg-id="one" group-title="News",One
http://tv.example/live/1.ts
#EXTINF:-1 group-title="Films",A Film (1999)
http://tv.example/movie/me/word/2.mkv
"""
GUIDE = """<tv><channel id="one"><display-name>One</display-name></channel>
<programme start="20991231200000 +0000" stop="20991231210000 +0000" channel="one">
<title>Last Night</title></programme>
</tv>"""


@pytest.fixture
def refresh(tmp_path):
    """`stb refresh`, in the folder of the files."""
    (tmp_path / "list.m3u").write_text(LIST, "utf-8")
    (tmp_path / "guide.xml").write_text(GUIDE, "utf-8")
    places = {f"STB_{name.upper()}": str(tmp_path / name) for name in ("state", "runtime", "cache")}
    environment = os.environ | places

    def refresh(*words):
        done = subprocess.run(
            [sys.executable, "-m", "stb", "refresh", *words],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            timeout=60,
            check=False,
        )
        return done.returncode, {said["part"]: said for said in map(json.loads, done.stdout.splitlines())}

    return refresh


def test_a_list_from_a_file_is_read_apart_from_the_box_s_own(refresh, tmp_path):
    status, told = refresh("--m3u", "list.m3u", "--guide", "guide.xml")
    assert (status, {part: said["count"] for part, said in told.items()}) == (
        0,
        {"lists": 1, "library": 1, "guide": 1},
    )
    apart = tmp_path / "state" / "apart"
    with Catalogue(apart / "lists.db") as lists, Library(apart / "library.db") as library:
        assert [channel.name for channel in lists.channels(0, 9)] == ["One"]
        assert [film.name for film in library.films(0, 9)] == ["A Film (1999)"]
    with Guide(apart / "guide.db") as guide:
        assert guide.count("apart") == 1
    assert not (tmp_path / "state" / "lists.db").exists()


def test_a_list_that_is_not_there_is_said_so(refresh):
    status, told = refresh("--m3u", "/nowhere/list.m3u")
    assert status == 1
    assert {said["failure"]["kind"] for said in told.values()} == {"NoSuchItem"}
