"""Clips, the server they come from, the window they are seen in, and players to play them."""

import queue
import select
import socket
import subprocess
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from Xlib import X
from Xlib.display import Display
from Xlib.ext import damage, shape
from Xlib.xobject.drawable import Window

from stb.messages import Event, PlayerChanged, PlayerDied
from stb.model import ChannelId, ChannelRef, PlayerState, SourceId, Stream, VideoTarget
from stb.player import PlayerHost

LONG = 30.0
"""Seconds after which something that must happen has not."""

CLIPS = {
    "red.ts": "-f lavfi -i color=red:s=320x180:r=25 -f lavfi -i sine=440 -t 8 -c:v libx264 -c:a aac",
    "blue.ts": "-f lavfi -i color=blue:s=320x180:r=25 -f lavfi -i sine=660 -t 8 -c:v mpeg2video -c:a mp2",
    "short.ts": "-f lavfi -i color=green:s=320x180:r=25 -t 1 -c:v libx264",
    "black.ts": "-f lavfi -i color=black:s=320x180:r=25 -t 8 -c:v libx264",
    "radio.ts": "-f lavfi -i sine=440 -t 8 -c:a aac",
}


@pytest.fixture
def stream() -> Callable[[str], Stream]:
    """A stream from an address."""
    ref = ChannelRef(SourceId("test"), ChannelId("1"))
    return lambda address: Stream(ref=ref, address=address)


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of short clips, and of files that are none."""
    folder = tmp_path_factory.mktemp("clips")
    for name, options in CLIPS.items():
        command = f"ffmpeg -v error -nostdin {options} -threads 1 -g 25 -pix_fmt yuv420p -f mpegts"
        subprocess.run([*command.split(), folder / name], check=True)
    (folder / "garbage.ts").write_bytes(bytes(range(255)) * 500)
    (folder / "empty.ts").write_bytes(b"")
    (folder / "page.html").write_text("<html><title>Sorry</title><p>No such channel</html>")
    return folder


class Handler(SimpleHTTPRequestHandler):
    """Files below ``/``; below ``/held/`` the connection stays open after the last byte, as live ones do."""

    def do_GET(self):
        server: Server = self.server
        server.open_at_request.append(sum(map(server.is_open, server.held)))
        if self.path.startswith("/held/"):
            self.path = self.path.removeprefix("/held")
            server.held.append(self.connection)
            super().do_GET()
            select.select([self.connection, server.end], [], [])
        else:
            super().do_GET()

    def end_headers(self):
        self.send_header("Connection", "close")
        super().end_headers()

    def copyfile(self, source, outputfile):
        try:
            super().copyfile(source, outputfile)
        except OSError:  # the player left before the end
            self.close_connection = True

    def log_message(self, *_words):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = False

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), partial(Handler, directory=str(folder)))
        self.held: list[socket.socket] = []
        self.open_at_request: list[int] = []
        """For each request, how many held connections the player still had open when it came."""
        self.end, self._ender = socket.socketpair()

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}/{path}"

    @staticmethod
    def is_open(connection: socket.socket) -> bool:
        try:
            return connection.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False

    def close(self) -> None:
        self._ender.close()
        self.shutdown()
        self.server_close()
        self.end.close()


@pytest.fixture
def server(clips: Path) -> Iterator[Server]:
    server = Server(clips)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.close()
    thread.join()


class Television:
    """An X window to play into."""

    def __init__(self, name: str) -> None:
        self._display = Display(name)
        screen = self._display.screen()
        place = (0, 0, 640, 360, 0, screen.root_depth)
        self._behind = screen.root.create_window(*place)
        self._window = self._behind.create_window(*place, background_pixel=0x445566)
        self._behind.map()
        self._window.map()
        self._display.damage_query_version()
        self._damage = self._window.damage_create(damage.DamageReportNonEmpty)
        self._display.sync()
        self.target = VideoTarget(display=name, xid=self._window.id)

    def colour(self) -> tuple[int, int, int]:
        """Red, green and blue in the middle of what is seen."""
        blue, green, red, _ = self._behind.get_image(320, 180, 1, 1, X.ZPixmap, 0xFFFFFF).data
        return red, green, blue

    def await_colour(self, colour: Callable[[int, int, int], bool]) -> None:
        """Return when the middle of the window has such a colour."""
        while True:
            while self._display.pending_events():
                self._display.next_event()
            self._display.damage_subtract(self._damage, X.NONE, X.NONE)
            if colour(*self.colour()):
                return
            if not self._display.pending_events():
                drawn, _, _ = select.select([self._display.fileno()], [], [], LONG)
                assert drawn, f"the window stays {self.colour()}"

    def paint(self, colour: int) -> None:
        """Fill the window, without the player."""
        self._fill(self._window, colour)

    def paint_behind(self, colour: int) -> None:
        """Fill the window that it lies in, which shows through its holes."""
        self._fill(self._behind, colour)

    def cut_middle(self) -> None:
        """Make a hole in the middle third, as a banner does."""
        hole = [(0, 0, 640, 120), (0, 240, 640, 120)]
        self._window.shape_rectangles(shape.SO.Set, shape.SK.Bounding, 0, 0, 0, hole)

    def _fill(self, window: Window, colour: int) -> None:
        context = window.create_gc(foreground=colour)
        window.fill_rectangle(context, 0, 0, 640, 360)
        context.free()
        self._display.sync()

    def close(self) -> None:
        self._behind.destroy()
        self._display.close()


@pytest.fixture
def television(display: str) -> Iterator[Television]:
    television = Television(display)
    yield television
    television.close()


class Inbox(queue.SimpleQueue[Event]):
    """What the player told."""

    def await_state(self, state: PlayerState, tune: int) -> PlayerChanged:
        """The next message of this zap in this state; fails when the player dies meanwhile."""
        while True:
            event = self.get(timeout=LONG)
            assert isinstance(event, PlayerChanged), event
            if event.tune == tune and event.status.state is state:
                return event

    def await_death(self) -> PlayerDied:
        while True:
            event = self.get(timeout=LONG)
            if isinstance(event, PlayerDied):
                return event

    def drain(self) -> list[Event]:
        return [self.get() for _ in range(self.qsize())]


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
def host(television: Television, inbox: Inbox) -> Iterator[PlayerHost]:
    """The real player on a real display."""
    host = PlayerHost(television.target, inbox.put)
    yield host
    host.close()


@pytest.fixture
def player_of() -> Callable[[int], int]:
    """Which process is the player of the process with this id."""

    def find(parent: int) -> int:
        (player,) = (pid for pid in children(parent) if "stb.player.child" in command_line(pid))
        return player

    return find


def children(parent: int) -> list[int]:
    folders = Path(f"/proc/{parent}/task").iterdir()
    return [int(pid) for folder in folders for pid in (folder / "children").read_text().split()]


def command_line(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_text()
