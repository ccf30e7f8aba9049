"""The portal as a program: in the foreground, and its devices from the command line."""

import argparse
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
import requests

from stb.portal import verbs
from stb.portal.lines import LineStatus
from stb.portal.nouns import Standing
from stb.portal.staff import Permission
from stb.portal.world import World

BOX = "195C68F32A17B98"
PROGRAM = """
import argparse, pathlib, sys
from stb.portal import verbs
parser = argparse.ArgumentParser()
verbs.add_verbs(parser)
sys.exit(verbs.run(parser.parse_args(), pathlib.Path("nowhere"), pathlib.Path("nowhere")))
"""


@pytest.fixture
def program(tmp_path: Path, clips_cache: Path):
    """Run the portal with some options; its first line is read, and it is killed if it is left running."""

    @contextmanager
    def program(*options: str, **settings) -> Iterator[tuple[subprocess.Popen[str], str]]:
        command = [sys.executable, "-c", PROGRAM, "--state", str(tmp_path), "--cache", str(clips_cache)]
        pipe = subprocess.PIPE
        with subprocess.Popen(
            [*command, "--port", "0", *options], stdin=pipe, stdout=pipe, stderr=pipe, text=True, **settings
        ) as process:
            try:
                assert process.stdout
                yield process, process.stdout.readline()
            finally:
                process.kill()

    return program


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    said, complained = process.communicate(timeout=60)
    return process.returncode, said, complained


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["SIGTERM", "SIGINT"])
def test_a_signal_ends_it_without_a_complaint(program, number):
    with program() as (process, line):
        address = line.removeprefix("portal ").strip()
        assert requests.post(f"{address}/api/client/check-device", json={}, timeout=60).status_code == 400
        process.send_signal(number)
        code, _, complained = ended(process)

    assert (code, complained) == (0, "")


def test_with_its_parent_it_ends_when_its_input_does(program):
    with program("--with-parent") as (process, line):
        assert line.startswith("portal http://127.0.0.1:")
        code, _, complained = ended(process)

    assert (code, complained) == (0, "")


def test_it_says_what_goes_on(program):
    with program("--activate-after", "0") as (process, line):
        address = line.removeprefix("portal ").strip()
        call = f"{address}/api/client"
        requests.post(f"{call}/register-device", json={"duid": BOX}, timeout=60)
        while process.stdout.readline() != f"the operator activates device {BOX}\n":
            pass
        requests.post(f"{call}/check-device", json={"duid": BOX}, timeout=60)
        process.terminate()
        _, said, _ = ended(process)

    assert f"device {BOX} asks for its channels: active\n" in said


def test_killed_while_channels_are_watched_it_leaves_no_encoder(program, encoders, gone):
    with program() as (process, line):
        address = line.removeprefix("portal ").strip()
        streams = [requests.get(f"{address}/live/{id_}.ts", stream=True, timeout=60) for id_ in (1, 3)]
        for stream in streams:
            stream.raw.read(188 * 100)
        left = list(encoders(process.pid))
        process.kill()
        process.wait()
        for encoder in left:
            gone(encoder)
        for stream in streams:
            stream.close()

    assert len(left) >= 2


def test_a_missing_ffmpeg_is_one_line(program, tmp_path: Path):
    with program(env={**os.environ, "PATH": str(tmp_path)}) as (process, line):
        code, _, complained = ended(process)

    assert (code, line) == (1, "")
    assert complained == "stb portal: the portal needs ffmpeg for its channels: install the package ffmpeg\n"


@pytest.fixture
def stb_portal(tmp_path: Path):
    """Say a verb of ``stb portal`` about the devices of this test."""

    def say(*words: str) -> int:
        parser = argparse.ArgumentParser()
        verbs.add_verbs(parser)
        return verbs.run(parser.parse_args(words), tmp_path, tmp_path)

    return say


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path / "portal.sqlite")


def test_devices_are_listed_with_what_an_operator_needs(stb_portal, world, capsys):
    world.register(BOX, code="5634")
    world.rename(BOX, "Living Room TV")

    assert stb_portal("device", "list") == 0
    until = world.device(BOX).expiry_date
    assert capsys.readouterr().out == f"{BOX}  pending   until {until}  code 5634  Living Room TV\n"


@pytest.mark.parametrize(
    ("verb", "standing"),
    [("activate", Standing.ACTIVE), ("disable", Standing.DISABLED), ("expire", Standing.EXPIRED)],
    ids=["activate", "disable", "expire"],
)
def test_a_verb_is_the_worlds_sentence(stb_portal, world, verb, standing):
    world.register(BOX)

    assert stb_portal("device", verb, BOX) == 0
    assert world.device(BOX).standing is standing


def test_a_device_is_forgotten(stb_portal, world):
    world.register(BOX)

    assert stb_portal("device", "forget", BOX) == 0
    assert world.find(BOX) is None


def test_an_unknown_device_is_one_line(stb_portal, capsys):
    assert stb_portal("device", "expire", "15FACE") == 1
    assert capsys.readouterr().err == "stb portal: no device '15FACE'\n"


def test_a_line_is_begun_with_a_password_that_is_shown_once(stb_portal, world, capsys):
    assert stb_portal("line", "add", "ann", "--connections", "3", "--days", "30", "--trial") == 0
    line = world.lines.line("ann")
    assert capsys.readouterr().out == f"ann  password {line.password}\n"
    assert (line.max_connections, line.is_trial) == (3, True)

    world.lines.limit("ann", 0)
    assert stb_portal("line", "list") == 0
    until = datetime.fromtimestamp(line.expires, UTC).date()
    assert capsys.readouterr().out == (
        "demo             Active    for ever          2 at once\n"
        f"ann              Active    until {until}  any number at once\n"
    )


@pytest.mark.parametrize(
    ("verb", "status"),
    [("expire", LineStatus.EXPIRED), ("ban", LineStatus.BANNED), ("disable", LineStatus.DISABLED)],
)
def test_a_verb_about_a_line_is_the_worlds_sentence(stb_portal, world, verb, status):
    back = {"expire": "renew", "ban": "unban", "disable": "enable"}[verb]

    assert stb_portal("line", verb, "demo") == 0
    assert world.lines.line("demo").status is status
    assert stb_portal("line", back, "demo") == 0
    assert world.lines.line("demo").status is LineStatus.ACTIVE


def test_a_line_is_forgotten(stb_portal, world):
    assert stb_portal("line", "forget", "demo") == 0
    assert world.lines.all() == ()


def test_an_unknown_line_is_one_line(stb_portal, capsys):
    assert stb_portal("line", "ban", "nobody") == 1
    assert capsys.readouterr().err == "stb portal: no line 'nobody'\n"


def test_an_administrator_is_let_in_with_a_password_that_is_shown_once(stb_portal, world, capsys):
    assert stb_portal("admin", "add", "root") == 0
    password = capsys.readouterr().out.split()[-1]
    assert world.staff.sign_in("root", password).may(Permission.EDIT_STREAM)
    assert stb_portal("admin", "add", "ann", "--reseller", "--permissions", "delete_users") == 0
    capsys.readouterr()
    assert stb_portal("admin", "list") == 0
    said = capsys.readouterr().out
    assert f"/{world.staff.access_code}/login" in said
    assert "root             administrator  all\n" in said
    assert "ann              reseller       delete_users\n" in said
    assert password not in said
    assert stb_portal("admin", "forget", "root") == 0
    assert world.staff.sign_in("root", password) is None
    assert stb_portal("admin", "forget", "root") == 1


def test_a_password_is_read_where_nobody_sees_it(stb_portal, world, capsys, monkeypatch):
    monkeypatch.setattr("sys.stdin", StringIO("a long secret\n"))
    assert stb_portal("admin", "add", "root", "--ask") == 0
    assert capsys.readouterr().out == ""
    assert world.staff.sign_in("root", "a long secret")
    monkeypatch.setattr("sys.stdin", StringIO("short\n"))
    assert stb_portal("admin", "add", "other", "--ask") == 1


def test_news_are_told_and_taken_back(stb_portal, world, capsys):
    assert stb_portal("news", "add", "Tonight", "A film") == 0
    number = capsys.readouterr().out.strip()
    assert stb_portal("news", "list") == 0
    assert f"{number}  " in capsys.readouterr().out
    assert world.news()[0].body == "A film"
    assert stb_portal("news", "remove", number) == 0
    assert "Tonight" not in {item.title for item in world.news()}
    assert stb_portal("news", "remove", number) == 1
