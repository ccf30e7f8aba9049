"""Servers that lead the player to what is in the box: libVLC would follow, and does not."""

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from stb.model import PlayerState

SEGMENT = "#EXTM3U\n#EXT-X-TARGETDURATION:8\n#EXTINF:8.0,\n{}\n#EXT-X-ENDLIST\n"
MASTER = "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=100000\n{}\n"
LIST = "#EXTM3U\n#EXTINF:-1,One\n{}\n"
PLS = "[playlist]\nNumberOfEntries=1\nFile1={}\n"
XSPF = (
    '<playlist version="1" xmlns="http://xspf.org/ns/0/"><trackList>'
    "<track><location>{}</location></track></trackList></playlist>"
)
CONCAT = "ffconcat version 1.0\nfile '{}'\n"


class Liar(ThreadingHTTPServer):
    """Leads from each of its paths to somewhere else, or gives what was written for it."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answers)
        self.leads: dict[str, str] = {}
        self.texts: dict[str, str] = {}

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class _Answers(BaseHTTPRequestHandler):
    server: Liar

    def do_GET(self) -> None:
        text = self.server.texts.get(self.path, "").encode()
        self.send_response(302 if self.path in self.server.leads else 200)
        if self.path in self.server.leads:
            self.send_header("Location", self.server.leads[self.path])
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text)

    def log_message(self, *_words: object) -> None:
        pass


@pytest.fixture
def liar() -> Iterator[Liar]:
    with Liar() as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def film(clips: Path) -> str:
    """The address of a file of the box that could be played."""
    return (clips / "red.ts").as_uri()


@pytest.fixture
def ended(host, inbox, stream) -> Callable[[str], object]:
    """How the player says that an address is over, having never shown a picture."""

    def ended(address: str) -> object:
        host.play(stream(address), 1)
        while (status := inbox.get(timeout=60).status).state is not PlayerState.FAILED:
            assert status.state in {PlayerState.OPENING, PlayerState.BUFFERING}
        return status

    return ended


@pytest.mark.parametrize("hops", [1, 3], ids=["at once", "by two other servers"])
def test_a_server_that_leads_to_a_file_is_not_followed(hops, liar, film, ended, television):
    liar.leads = {f"/{hop}": liar.address(f"/{hop + 1}") for hop in range(1, hops)} | {f"/{hops}": film}
    before = television.colour()

    status = ended(liar.address("/1"))

    assert (status.astray, status.displayed) == ("file", 0)
    assert "red.ts" not in status.reason
    assert television.colour() in {before, (0, 0, 0)}


@pytest.mark.parametrize(
    "led", ["fd://0", "FILE:///etc/hostname", "dir:///etc", "imem://", "concat:///etc/hostname"]
)
def test_what_else_is_in_the_box_is_not_opened_either(led, liar, ended):
    liar.leads = {"/1": led}
    assert ended(liar.address("/1")).astray == led.partition(":")[0].lower()


def test_the_player_goes_on_with_the_next_channel(liar, film, ended, host, inbox, server, stream):
    liar.leads = {"/1": film}
    ended(liar.address("/1"))
    host.play(stream(server.address("blue.ts")), 2)
    assert inbox.await_state(PlayerState.PLAYING, 2).status.astray == ""


def test_who_zaps_meanwhile_does_not_wait(liar, film, host, inbox, server, stream):
    liar.leads = {"/1": film}
    for _ in range(5):
        host.play(stream(liar.address("/1")), 1)
        inbox.await_state(PlayerState.OPENING, 1)
    host.play(stream(server.address("blue.ts")), 2)
    inbox.await_state(PlayerState.PLAYING, 2)


def test_a_server_that_leads_to_another_server_is_followed(liar, host, inbox, server, stream):
    liar.leads = {"/1": server.address("blue.ts")}
    host.play(stream(liar.address("/1")), 1)
    inbox.await_state(PlayerState.PLAYING, 1)


@pytest.mark.parametrize(
    ("name", "form"),
    [
        pytest.param("a.m3u8", SEGMENT, id="a part of HLS"),
        pytest.param("b.m3u8", MASTER, id="a quality of HLS"),
        pytest.param("c.m3u", LIST, id="M3U"),
        pytest.param("d.pls", PLS, id="PLS"),
        pytest.param("e.xspf", XSPF, id="XSPF"),
        pytest.param("f.ts", CONCAT, id="a list of libavformat"),
    ],
)
@pytest.mark.parametrize("by", ["itself", "a server"])
def test_a_list_that_leads_to_a_file_is_not_followed(name, form, by, liar, film, ended):
    liar.leads = {"/part.ts": film}
    liar.texts = {f"/{name}": form.format(film if by == "itself" else liar.address("/part.ts"))}
    assert ended(liar.address(f"/{name}")).displayed == 0
