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

LONG = 60.0
"""Seconds after which something that must happen has not."""

_TALK = "-f lavfi -i color=red:s=320x180:r=25 -f lavfi -i sine=440 -f lavfi -i sine=880"
_LANGUAGES = "-c:v libx264 -c:a aac -metadata:s:a:0 language=eng -metadata:s:a:1 language=ara"
_WORDS = "1\n00:00:00,000 --> 00:00:20,000\nBonjour\n\n"

CLIPS = {
    "red.ts": "-f lavfi -i color=red:s=320x180:r=25 -f lavfi -i sine=440 -t 8 -c:v libx264 -c:a aac",
    "blue.ts": "-f lavfi -i color=blue:s=320x180:r=25 -f lavfi -i sine=660 -t 8 -c:v mpeg2video -c:a mp2",
    "short.ts": "-f lavfi -i color=green:s=320x180:r=25 -t 1 -c:v libx264",
    "black.ts": "-f lavfi -i color=black:s=320x180:r=25 -t 8 -c:v libx264",
    "radio.ts": "-f lavfi -i sine=440 -t 8 -c:a aac",
    "talk.ts": f"{_TALK} -t 20 -map 0 -map 1 -map 2 {_LANGUAGES}",
    "talk.mkv": f"{_TALK} -i {{words}} -t 20 -map 0 -map 1 -map 2 -map 3 {_LANGUAGES} -c:s srt "
    "-metadata:s:s:0 language=fre -disposition:s 0",
    "surround.ts": "-f lavfi -i color=red:s=320x180:r=25 -f lavfi -i sine=440 -t 20 -c:v libx264 "
    "-c:a ac3 -ac 6",
    "old.ts": "-f lavfi -i color=red:s=320x240:r=25 -t 20 -vf drawbox=h=24:color=blue:t=fill -c:v libx264",
    "interlaced.ts": "-f lavfi -i color=black:s=720x576:r=50 -f lavfi -i color=white:s=120x576:r=50 -t 12 "
    "-filter_complex [0][1]overlay=x='mod(n*24,600)',tinterlace=interleave_top,setfield=tff "
    "-c:v mpeg2video -flags +ilme+ildct -b:v 6M",
}
"""A bar moves through the last one, half a step in each field; the one before is 4:3 with blue at the top."""


@pytest.fixture
def stream() -> Callable[[str], Stream]:
    """A stream from an address."""
    ref = ChannelRef(SourceId("test"), ChannelId("1"))
    return lambda address: Stream(ref=ref, address=address)


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of short clips, and of files that are none."""
    folder = tmp_path_factory.mktemp("clips")
    (folder / "words.srt").write_text(_WORDS)
    for name, options in CLIPS.items():
        options = options.format(words=folder / "words.srt")  # noqa: PLW2901 - the same, complete
        command = f"ffmpeg -v error -nostdin {options} -threads 1 -g 25 -pix_fmt yuv420p"
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

    def colour(self, x: int = 320, y: int = 180) -> tuple[int, int, int]:
        """Red, green and blue in the middle of what is seen, or elsewhere."""
        blue, green, red, _ = self._behind.get_image(x, y, 1, 1, X.ZPixmap, 0xFFFFFF).data
        return red, green, blue

    def rows(self, y: int, count: int) -> list[bytes]:
        """The blue of each point of some rows of what is seen."""
        image = self._behind.get_image(0, y, 640, count, X.ZPixmap, 0xFFFFFF).data
        return [image[row * 2560 : (row + 1) * 2560 : 4] for row in range(count)]

    def picture(self) -> bytes:
        """All that is seen."""
        return self._behind.get_image(0, 0, 640, 360, X.ZPixmap, 0xFFFFFF).data

    def await_colour(self, colour: Callable[[int, int, int], bool], x: int = 320, y: int = 180) -> None:
        """Return when that point of the window has such a colour."""
        self._await(lambda: colour(*self.colour(x, y)))

    def await_movement(self, picture: bytes) -> None:
        """Return when something else is seen than this."""
        self._await(lambda: self.picture() != picture)

    def _await(self, seen: Callable[[], bool]) -> None:
        while True:
            while self._display.pending_events():
                self._display.next_event()
            self._display.damage_subtract(self._damage, X.NONE, X.NONE)
            if seen():
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
def player_of(offspring: Callable[[int], dict[int, str]]) -> Callable[[int], int]:
    """Which process is the player of the process with this id."""

    def find(parent: int) -> int:
        (player,) = (pid for pid, command in offspring(parent).items() if "stb.player.child" in command)
        return player

    return find
