"""The recovery screen as systemd starts it: a process, an X screen, and what it leaves for the box."""

import json
import os
import signal
import subprocess
import sys

import pytest
from PIL import Image

TRY_AGAIN = 75
PATIENCE = 60


@pytest.fixture
def environment(display, tmp_path):
    return os.environ | {
        "DISPLAY": display,
        "STB_STATE": str(tmp_path / "state"),
        "STB_RUNTIME": str(tmp_path / "run"),
        "STB_CACHE": str(tmp_path / "cache"),
    }


@pytest.fixture
def stb(environment):
    def stb(*words):
        command = [sys.executable, "-m", "stb", *words]
        return subprocess.run(
            command, env=environment, capture_output=True, check=True, timeout=PATIENCE
        ).stdout

    return stb


@pytest.fixture
def recovery(environment):
    """`stb recover`, from the moment at which it can be spoken to."""
    command = [sys.executable, "-m", "stb", "recover", "--window", "1280x720"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert any("recovery reason=" in line for line in process.stderr)
        yield process
        process.kill()


def test_it_says_why_shows_it_and_goes_when_it_is_told_how_to_try_again(recovery, stb, tmp_path):
    assert json.loads(stb("status", "--json"))["reason"] == "recovery.ended"
    for name, keys in {"en": (), "ar": ("GREEN",), "dark": ("POWER",)}.items():
        if keys:
            stb("press", *keys)
        stb("screenshot", str(tmp_path / f"{name}.png"))
    english, arabic, dark = (
        Image.open(tmp_path / f"{name}.png").convert("L") for name in ("en", "ar", "dark")
    )
    ink = [picture.point(lambda value: 255 * (value > 128)).getbbox() for picture in (english, arabic, dark)]
    assert ink[0][0] == 1280 - ink[1][2] == 64  # the bar beside the title, at the start of the line
    assert ink[2] is None
    stb("press", "OK", "RED")
    assert recovery.wait(PATIENCE) == TRY_AGAIN
    assert (tmp_path / "run/quietly").exists()


def test_it_comes_up_where_nothing_is_as_it_should_be(environment, stb, tmp_path):
    (tmp_path / "state").write_text("no folder")
    command = [sys.executable, "-m", "stb", "recover", "--window", "1280x720"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert any("reason=recovery.state" in line for line in process.stderr)
        stb("press", "YELLOW")
        assert process.wait(PATIENCE) == TRY_AGAIN


def test_without_a_screen_it_waits_all_the_same(environment):
    blind = environment | {"DISPLAY": ":9999"}
    command = [sys.executable, "-m", "stb", "recover", "--window", "1280x720"]
    with subprocess.Popen(command, env=blind, stderr=subprocess.PIPE, text=True) as process:
        said = [
            next(line for line in process.stderr if word in line) for word in ("no screen", "again_in=60")
        ]
        assert all(said)
        process.send_signal(signal.SIGTERM)
        assert process.wait(PATIENCE) == 0
