"""Windows on a real X display, and a stand-in for the player."""

import select
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from Xlib import XK, X
from Xlib.display import Display
from Xlib.ext import xtest

from stb.ui import Size
from stb.ui.window import Window

PATIENCE = 60
"""Seconds after which something that should have happened did not."""
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


@pytest.fixture
def fingers(display):
    """Somebody at the keyboard."""

    class Fingers:
        def __init__(self):
            self._display = Display(display)

        def press(self, *names):
            for name in names:
                self.down(name)
                self.up(name)

        def down(self, name):
            self._fake(X.KeyPress, name)

        def up(self, name):
            self._fake(X.KeyRelease, name)

        def _fake(self, what, name):
            xtest.fake_input(self._display, what, self._display.keysym_to_keycode(XK.string_to_keysym(name)))
            self._display.sync()

        def close(self):
            self._display.close()

    fingers = Fingers()
    yield fingers
    fingers.close()


@pytest.fixture
def events():
    """So many events of a window, each waited for as the box's loop waits."""

    def wait(window, count):
        happened = window.poll()
        while len(happened) < count:
            if not window.pending:
                assert select.select(window.filenos, (), (), PATIENCE)[0], f"only {happened}"
            happened += window.poll()
        return happened

    return wait


@pytest.fixture
def settle():
    """Takes what comes of opening a window, until nothing comes for so many seconds."""

    def wait(window, quiet=0.3):
        end = time.monotonic() + PATIENCE
        while window.pending or select.select(window.filenos, (), (), quiet)[0]:
            window.poll()
            assert time.monotonic() < end, "the window never comes to rest"

    return wait
