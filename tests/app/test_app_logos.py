"""Logos over real HTTP: what is fetched, when, and what never holds up the menu."""

import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from os import urandom
from queue import SimpleQueue
from threading import Event, Thread

import pytest
from PIL import Image

from stb.app.logos import MOST_BYTES, MOST_POSTER_BYTES, RETRY_SECONDS, Logos
from stb.messages import LogoReady
from stb.model import SourceId
from stb.net import HttpClient
from stb.ui.gallery import Gallery
from stb.ui.shelf import Kept, Shelf

PATIENCE = 60.0


def a_picture():
    file = BytesIO()
    Image.new("RGB", (64, 64), "red").save(file, "PNG")
    return file.getvalue()


@dataclass
class Server:
    """A server of pictures: a body for each path, and who asked."""

    bodies: dict[str, bytes] = field(default_factory=dict)
    asked: Counter = field(default_factory=Counter)
    gate: Event = field(default_factory=Event)
    """Nobody is answered before it is set."""
    dumb: bool = False
    """It hangs up and says nothing."""
    port: int = 0

    def address(self, path):
        return f"http://127.0.0.1:{self.port}/{path}"


@pytest.fixture
def server():
    server = Server()
    server.gate.set()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            server.asked[self.path[1:]] += 1
            server.gate.wait()
            if server.dumb:
                return
            body = server.bodies.get(self.path[1:])
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *_words):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listener:
        listener.daemon_threads = False
        server.port = listener.server_address[1]
        thread = Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.gate.set()
        listener.shutdown()
        thread.join()


class Viewer:
    """Looks at scenes of logos, and waits for what comes."""

    def __init__(self, folder, most):
        self.now = 0.0
        self._posted: SimpleQueue = SimpleQueue()
        self.gallery = Gallery(1080)
        self.shelf = Shelf(folder, self.gallery.room)
        self._http = HttpClient(SourceId("home"))
        fetch = partial(self._http.get_bytes, limit=most)
        self.logos = Logos(self.gallery, self.shelf, fetch, self._posted.put, lambda: self.now)

    def sees(self, *addresses):
        """A scene with these, at rest."""
        seen = [self.logos.has(address) for address in addresses]
        self.logos.want()
        return seen

    def rests_on(self, *addresses):
        """A scene that stands long enough."""
        seen = self.sees(*addresses)
        self.now += 1.0
        return seen

    def gets(self, *addresses):
        """These logos have come."""
        posted = {self._posted.get(timeout=PATIENCE) for _ in addresses}
        assert posted == {LogoReady(address) for address in addresses}

    def is_done(self):
        """Nothing is on its way or waited for."""
        deadline = time.monotonic() + PATIENCE
        while self.logos._busy or self.logos._wanted:
            assert time.monotonic() < deadline
            Event().wait(0.005)
        return self._posted.empty()

    def close(self):
        self.logos.close()
        self._http.close()


@pytest.fixture
def watch(tmp_path) -> Callable:
    viewers = []

    def on(most=MOST_BYTES):
        viewers.append(Viewer(tmp_path / "logos", most))
        return viewers[-1]

    yield on
    for viewer in viewers:
        with closing(viewer):
            pass


def test_a_logo_is_fetched_once_and_then_there_at_once(server, watch):
    address = server.address("a.png")
    server.bodies["a.png"] = a_picture()
    viewer = watch()
    assert viewer.rests_on(address) == [False]
    viewer.gets(address)
    assert viewer.sees(address) == [True]
    assert viewer.sees(address, address) == [True, True]
    assert server.asked == {"a.png": 1}


def test_a_logo_is_there_at_once_after_a_restart(server, watch):
    address = server.address("a.png")
    server.bodies["a.png"] = a_picture()
    viewer = watch()
    viewer.rests_on(address)
    viewer.gets(address)
    assert watch().sees(address) == [True]
    assert server.asked == {"a.png": 1}


def test_a_list_that_is_scrolled_through_fetches_only_where_it_rests(server, watch):
    viewer = watch()
    for number in range(200):
        viewer.sees(*(server.address(f"{row}.png") for row in range(number, number + 8)))
    last = [f"{row}.png" for row in range(300, 308)]
    server.bodies |= dict.fromkeys(last, a_picture())
    addresses = [server.address(name) for name in last]
    viewer.rests_on(*addresses)
    viewer.gets(*addresses)
    assert server.asked == dict.fromkeys(last, 1)
    assert viewer.sees(*addresses) == [True] * 8


def test_a_slow_server_holds_up_nothing_but_its_own_logos(server, watch):
    server.gate.clear()
    server.bodies |= dict.fromkeys("abcdef", a_picture())
    slow = [server.address(name) for name in "abc"]
    viewer = watch()
    viewer.rests_on(*slow)
    for _ in range(50):
        assert viewer.rests_on(*slow) == [False] * 3
    server.gate.set()
    viewer.gets(*slow)
    assert server.asked == dict.fromkeys("abc", 1)


def test_what_was_on_its_way_when_the_viewer_went_on_is_kept(server, watch):
    server.gate.clear()
    server.bodies |= dict.fromkeys("ab", a_picture())
    first, second = (server.address(name) for name in "ab")
    viewer = watch()
    viewer.rests_on(first)
    while not server.asked["a"]:
        Event().wait(0.005)
    viewer.rests_on(second)
    server.gate.set()
    viewer.gets(first, second)
    assert viewer.sees(first, second) == [True, True]


@pytest.mark.parametrize(
    ("most", "shown"), [(MOST_BYTES, False), (MOST_POSTER_BYTES, True)], ids=["a logo", "a poster"]
)
def test_a_poster_may_be_as_large_as_it_was_printed(server, watch, most, shown):
    address, file = server.address("a.png"), BytesIO()
    Image.frombytes("RGB", (1000, 1500), urandom(4_500_000)).save(file, "PNG")
    server.bodies["a.png"] = file.getvalue()
    viewer = watch(most)
    viewer.rests_on(address)
    while (kept := viewer.shelf.find(address)) is None:
        Event().wait(0.005)
    assert (kept.raster is not None) is shown


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(None, id="404"),
        pytest.param(b"<html>", id="no picture"),
        pytest.param(b"\0" * (MOST_BYTES + 1), id="without end"),
    ],
)
def test_a_logo_that_is_none_is_not_asked_for_again_after_a_restart_either(server, watch, body):
    address = server.address("a.png")
    if body is not None:
        server.bodies["a.png"] = body
    viewer = watch()
    viewer.rests_on(address)
    while not server.asked:
        Event().wait(0.005)
    assert viewer.is_done()
    assert viewer.shelf.find(address) == Kept(None)
    again = watch()
    for one in (viewer, again):
        assert one.rests_on(address) == [False]
        assert one.is_done()
    assert server.asked == {"a.png": 1}


def test_a_server_that_cannot_be_reached_is_tried_again_later(server, watch):
    address = server.address("a.png")
    server.bodies["a.png"] = a_picture()
    server.dumb = True
    viewer = watch()
    viewer.rests_on(address)
    while not server.asked:
        Event().wait(0.005)
    assert viewer.is_done()
    server.dumb = False
    viewer.rests_on(address)
    assert viewer.is_done()
    assert server.asked == {"a.png": 1}
    viewer.now += RETRY_SECONDS
    viewer.rests_on(address)
    viewer.gets(address)


def test_a_bomb_from_the_network_is_no_logo(server, watch):
    whole = BytesIO()
    Image.new("1", (8000, 6250)).save(whole, "PNG")
    server.bodies["bomb.png"] = whole.getvalue()
    viewer = watch()
    address = server.address("bomb.png")
    viewer.rests_on(address)
    while not server.asked:
        Event().wait(0.005)
    assert viewer.is_done()
    assert viewer.shelf.find(address) == Kept(None)
