"""A whole box in the test's own thread, against a real portal, and a pilot with a remote in hand."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from io import BytesIO
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread

import pytest

from stb.app import wiring
from stb.app.box import Box
from stb.app.identity import open_vault
from stb.app.inbox import Inbox
from stb.app.keeping import PASSWORD
from stb.app.loop import Loop
from stb.app.places import Places
from stb.app.state import Phase
from stb.messages import Alarm, AlarmRang, KeyPressed, ScreenName
from stb.model import Key, SourceId
from stb.portal.portal import Portal
from stb.ui.geometry import Size
from stb.ui.sdl import pygame

PATIENCE = 60.0
"""Seconds after which a test gives up waiting; no test takes nearly as long."""
_SETTINGS = """
language = "{language}"
[[source]]
id = "home"
kind = "alkarma"
name = "Home Portal"
address = "{address}"
"""
_SUBSCRIBED = """
language = "{language}"
time_zone = "UTC"
[[source]]
id = "panel"
kind = "xtream"
name = "Home Portal"
address = "{address}"
user = "demo"
"""


class Pilot:
    """The viewer: presses keys, looks at the screen, waits until something is to be seen."""

    def __init__(self, box: Box, inbox: Inbox, offspring: Callable[[int], dict[int, str]]) -> None:
        self.box = box
        self._inbox = inbox
        self._offspring = offspring
        self._loop = Loop(box, inbox)
        box.begin()

    def press(self, *keys: Key) -> None:
        for key in keys:
            self._inbox.post(KeyPressed(key))
            self._loop.turn(0)

    def hold(self, key: Key, seconds: float) -> None:
        """The repeat of a key that has been held for so long."""
        self._inbox.post(KeyPressed(key, seconds))
        self._loop.turn(0)

    def turn(self) -> None:
        """Let the box answer what has come, without waiting for more."""
        self._loop.turn(0)

    def ring(self, alarm: Alarm) -> None:
        """The time the box asked for has come."""
        self._inbox.post(AlarmRang(alarm))
        self._loop.turn(0)

    def until(self, seen: Callable[[], object], what: str = "") -> None:
        """Turn the box until the viewer sees it."""
        deadline = time.monotonic() + PATIENCE
        while not seen():
            left = deadline - time.monotonic()
            assert left > 0, f"{what or seen} never came: {self.box.state} {self.words}"
            self._loop.turn(left)

    def until_phase(self, phase: Phase) -> None:
        self.until(lambda: self.phase is phase, phase)

    def until_said(self, words: str) -> None:
        self.until(lambda: words in self.words, words)

    def until_watching(self, number: int) -> None:
        def watched() -> bool:
            return self.phase is Phase.WATCHING and self.channel == number

        self.until(watched, f"channel {number}")

    @property
    def phase(self) -> Phase:
        return self.box.state.phase

    @property
    def screen(self) -> ScreenName:
        return self.box.state.screen

    @property
    def channel(self) -> int | None:
        channel = self.box.view().channel
        return channel.number if channel else None

    @property
    def words(self) -> str:
        """All that can be read on the screen."""
        view = self.box.view()
        words = self.box.showing.scene(view).words
        return "\n".join(words).replace("\N{LEFT-TO-RIGHT MARK}", "").replace("\N{RIGHT-TO-LEFT MARK}", "")

    def players(self) -> list[int]:
        """The player's processes, found as a person with a shell would."""
        return [pid for pid, command in self._offspring(os.getpid()).items() if "stb.player" in command]

    def look(self) -> pygame.Surface:
        """What the TV shows, picture and menu together."""
        return pygame.image.load(BytesIO(self.box.window.screenshot()), "tv.png")


_LISTENER = """
import socket, sys
heard = socket.socket(fileno=0)
while (told := heard.recv(4096)) != b"the end":
    sys.stdout.buffer.write(told + b"\\n")
    sys.stdout.buffer.flush()
"""
_SO_FAR = "so far"


class Systemd:
    """What systemd is to a service: a socket at which it listens, whatever the test does meanwhile.

    It listens in a process of its own. Few messages fit into the socket, and `systemd.daemon.notify` waits
    for room while it holds the interpreter's lock: no thread beside a box could make any.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.told: list[str] = []
        self._queue: SimpleQueue[str] = SimpleQueue()
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as heard:
            heard.bind(os.fspath(path))
            self._process = subprocess.Popen(
                ["setpriv", "--pdeathsig", "KILL", sys.executable, "-c", _LISTENER],
                stdin=heard,
                stdout=subprocess.PIPE,
                text=True,
            )
        self._reader = Thread(target=self._read)
        self._reader.start()

    def heard(self) -> list[str]:
        """All that was told since the last time."""
        self._say(_SO_FAR)
        return list(iter(lambda: self._queue.get(timeout=PATIENCE), _SO_FAR))

    def until(self, words: str) -> str:
        """The first thing told from now on that begins like this."""
        while True:
            self.told.append(self._queue.get(timeout=PATIENCE))
            if self.told[-1].startswith(words):
                return self.told[-1]

    def is_silent(self, seconds: float) -> bool:
        """Whether nothing is told for so long."""
        try:
            self.told.append(self._queue.get(timeout=seconds))
        except Empty:
            return True
        return False

    def close(self) -> None:
        self._say("the end")
        self._process.wait()
        self._reader.join()

    def _say(self, words: str) -> None:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as mouth:
            mouth.sendto(words.encode(), os.fspath(self.path))

    def _read(self) -> None:
        assert self._process.stdout
        with self._process.stdout as told:
            for line in told:
                self._queue.put(line.removesuffix("\n"))


@pytest.fixture
def places(tmp_path: Path) -> Places:
    made = Places(state=tmp_path / "state", runtime=tmp_path / "run", cache=tmp_path / "cache")
    made.make()
    return made


@pytest.fixture
def systemd(tmp_path: Path) -> Iterator[Systemd]:
    """It listens; nobody knows of it yet."""
    with closing(Systemd(tmp_path / "notify")) as systemd:
        yield systemd


@pytest.fixture
def switch_on(
    places: Places,
    portal: Portal,
    display: str,
    offspring: Callable[[int], dict[int, str]],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Callable[..., Pilot]]:
    """Switch a box on; switched on again, it finds what it kept."""
    monkeypatch.setenv("DISPLAY", display)
    with ExitStack() as power:

        def on(
            language: str = "en", *, as_it_is: bool = False, seconds: wiring.Seconds | None = None
        ) -> Pilot:
            """With settings of the test's, or with those that are on its disk, if any."""
            power.close()
            if not as_it_is:
                text = _SETTINGS.format(language=language, address=portal.address)
                places.settings.write_text(text, "utf-8")
            inbox = power.enter_context(closing(Inbox()))
            screen = wiring.Screen(size=Size(1280, 720), title="test")
            return Pilot(wiring.build(power, places, screen, inbox, seconds), inbox, offspring)

        yield on


@pytest.fixture
def subscribed(switch_on: Callable[..., Pilot], places: Places, portal: Portal) -> Callable[..., Pilot]:
    """Switch on a box that is signed in with a user and a password; its lists, library and guide are read."""

    def on(language: str = "en") -> Pilot:
        text = _SUBSCRIBED.format(language=language, address=portal.address)
        places.settings.write_text(text, "utf-8")
        open_vault(places).put(SourceId("panel"), **{PASSWORD: "demo"})
        pilot = switch_on(as_it_is=True)
        pilot.until_watching(1)
        crew = pilot.box.crew
        pilot.until(
            lambda: crew.library.count("series") and crew.guide.revision(SourceId("panel")), "all read"
        )
        return pilot

    return on
