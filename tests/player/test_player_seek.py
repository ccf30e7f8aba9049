"""What has a beginning and an end: where it begins, winding, its end; with real files over HTTP."""

import re
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest

from stb.model import FilmId, FilmRef, PlayerState, PlayerStatus, SourceId, Stream
from stb.player import PlayerHost

FILM = FilmRef(SourceId("test"), FilmId("1"))
FORMS = {"MP4": "film.mp4", "Matroska": "film.mkv", "MPEG transport stream": "film.ts"}
_PARTS = "".join(f"-f lavfi -i color={colour}:s=320x180:r=10:d=20 " for colour in ("red", "lime", "blue"))
_FILM = f"{_PARTS}-f lavfi -i sine=440:d=60 -filter_complex [0][1][2]concat=n=3 -map 3 -g 10"


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A minute each: red, then green, then blue."""
    folder = tmp_path_factory.mktemp("films")
    for name in FORMS.values():
        command = f"ffmpeg -v error -nostdin {_FILM} -c:v libx264 -c:a aac -threads 1 -pix_fmt yuv420p"
        subprocess.run([*command.split(), folder / name], check=True)
    return folder


class Lender(BaseHTTPRequestHandler):
    """Gives files and parts of files, as a server of films does (RFC 9110, section 14)."""

    protocol_version = "HTTP/1.1"

    def __init__(self, shelf: "Shelf", *args) -> None:
        self._shelf = shelf
        super().__init__(*args)

    def do_GET(self):
        self._shelf.asked.append(dict(self.headers))
        whole = (self._shelf.folder / urlsplit(self.path).path.rpartition("/")[2]).read_bytes()
        given = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range", ""))
        if self.path.startswith("/refused/"):
            self.send_response(int(self.path.split("/")[2]))
            if later := parse_qs(urlsplit(self.path).query).get("later"):
                self.send_header("Retry-After", later[0])
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        if given is None:
            self.send_response(200)
            part = whole
        else:
            self.send_response(206)
            begin, end = int(given[1]), int(given[2] or len(whole) - 1)
            part = whole[begin : end + 1]
            self.send_header("Content-Range", f"bytes {begin}-{end}/{len(whole)}")
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        with suppress(OSError):  # the player left before the end
            self.wfile.write(part)

    def log_message(self, *_words):
        pass


class Shelf(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), partial(Lender, self))
        self.folder = folder
        self.asked: list[dict[str, str]] = []
        """The headers of each request."""

    def film(self, path: str, **how) -> Stream:
        return Stream(ref=FILM, address=f"http://127.0.0.1:{self.server_port}/{path}", **how)


@pytest.fixture
def shelf(films: Path) -> Iterator[Shelf]:
    shelf = Shelf(films)
    thread = threading.Thread(target=shelf.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield shelf
    shelf.shutdown()
    shelf.server_close()
    thread.join()


@pytest.fixture
def status(inbox) -> Callable[[Callable[[PlayerStatus], bool]], PlayerStatus]:
    """The first status of which something is true."""

    def until(true: Callable[[PlayerStatus], bool]) -> PlayerStatus:
        while not true(told := inbox.get(timeout=60).status):
            pass
        return told

    return until


def is_red(red, green, blue):
    return red > 2 * max(green, blue, 60)


def is_green(red, green, blue):
    return green > 2 * max(red, blue, 60)


def is_blue(red, green, blue):
    return blue > 2 * max(red, green, 60)


@pytest.mark.parametrize("name", FORMS.values(), ids=FORMS)
def test_a_film_begins_where_it_is_told_to(name, host: PlayerHost, shelf, status, television):
    host.play(shelf.film(name), 1, at=24.0)
    told = status(lambda one: one.state is PlayerState.PLAYING and one.position > 0)
    television.await_colour(is_green)
    assert 22 < told.position < 27
    assert 58 < told.duration < 62
    assert told.seekable


@pytest.mark.parametrize("name", FORMS.values(), ids=FORMS)
def test_a_film_is_wound_forth_and_back(name, host: PlayerHost, shelf, status, television):
    host.play(shelf.film(name), 1)
    status(lambda one: one.state is PlayerState.PLAYING and one.seekable)
    television.await_colour(is_red)
    host.seek(45.0)
    television.await_colour(is_blue)
    assert 43 < status(lambda one: one.position > 40).position < 50
    host.seek(25.0)
    television.await_colour(is_green)
    assert 23 < status(lambda one: one.position < 40).position < 30


def test_winding_in_a_pause_is_told_and_goes_on_there(host: PlayerHost, shelf, status, television):
    host.play(shelf.film("film.mp4"), 1)
    status(lambda one: one.state is PlayerState.PLAYING and one.seekable)
    host.pause(paused=True)
    status(lambda one: one.state is PlayerState.PAUSED)
    host.seek(45.0)
    assert status(lambda one: one.position > 40).state is PlayerState.PAUSED
    host.pause(paused=False)
    assert 43 < status(lambda one: one.state is PlayerState.PLAYING).position < 48
    television.await_colour(is_blue)


def test_at_its_end_a_film_is_told_to_be_there(host: PlayerHost, shelf, status):
    host.play(shelf.film("film.mp4"), 1, at=57.0)
    told = status(lambda one: one.state is PlayerState.ENDED)
    assert told.duration - told.position < 3


def test_what_is_only_a_part_of_a_file_ends_with_it(host: PlayerHost, shelf, status):
    host.play(shelf.film("film.ts", ends=24.0), 1, at=22.0)
    status(lambda one: one.state is PlayerState.PLAYING and one.seekable)
    assert status(lambda one: one.state is PlayerState.ENDED).position < 27


def test_a_stream_is_asked_for_as_its_operator_wants(host: PlayerHost, shelf, status):
    host.play(shelf.film("film.mp4", user_agent="Box/1.0", referrer="http://tv.example/"), 1)
    status(lambda one: one.state is PlayerState.PLAYING)
    assert {(one["User-Agent"], one["Referer"]) for one in shelf.asked} == {("Box/1.0", "http://tv.example/")}


@pytest.mark.parametrize("code", [401, 403, 404, 456, 458, 509])
def test_a_server_that_refuses_is_told_with_its_status(code, host: PlayerHost, shelf, status):
    host.play(shelf.film(f"refused/{code}/film.mp4"), 1)
    assert status(lambda one: one.state is PlayerState.FAILED).refused == code


@pytest.mark.parametrize(
    ("said", "seconds"),
    [
        pytest.param("45", 45, id="in seconds"),
        pytest.param("Wed, 21 Oct 2026 07:28:00 GMT", 0, id="at a moment of its own clock"),
    ],
)
@pytest.mark.parametrize("headers", [(), (("Cookie", "a=b"),)], ids=["directly", "through the courier"])
def test_a_server_may_say_when_to_ask_again(said, seconds, headers, host: PlayerHost, shelf, status):
    host.play(shelf.film(f"refused/503/film.mp4?later={quote(said)}", headers=headers), 1)
    told = status(lambda one: one.state is PlayerState.FAILED)
    assert (told.refused, told.retry_after) == (503, seconds)


def test_a_stream_with_headers_is_played_and_wound(host: PlayerHost, shelf, status, television):
    host.play(shelf.film("film.mp4", headers=(("Cookie", "a=b"), ("X-User-Agent", "Model: MAG250"))), 1)
    status(lambda one: one.state is PlayerState.PLAYING and one.seekable)
    host.seek(45.0)
    television.await_colour(is_blue)
    assert {(one["Cookie"], one["X-User-Agent"]) for one in shelf.asked} == {("a=b", "Model: MAG250")}
