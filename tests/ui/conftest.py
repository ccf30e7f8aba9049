"""Windows on a real X display, and a stand-in for the player."""

import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from stb.ui import Size
from stb.ui.window import Window

SMALL = Size(1280, 720)
MOVING_PICTURE = Path(__file__).with_name("moving_picture.py")


@pytest.fixture
def open_window(display, monkeypatch):
    """Opens one window at a time of a given size."""
    monkeypatch.setenv("DISPLAY", display)

    @contextmanager
    def opened(size=SMALL):
        with closing(Window(size, "television")) as window:
            yield window

    return opened


@pytest.fixture
def window(open_window):
    with open_window() as window:
        yield window


@pytest.fixture
def play():
    """Starts something that draws into a target like a player, until it is killed or the test ends."""
    players = []

    def start(target):
        player = subprocess.Popen(
            [sys.executable, str(MOVING_PICTURE), target.display, str(target.xid)],
            stdout=subprocess.PIPE,
            stdin=subprocess.DEVNULL,
        )
        players.append(player)
        assert player.stdout.readline() == b"playing\n"
        return player

    yield start
    for player in players:
        player.kill()
        player.wait()
        player.stdout.close()
