"""Streams whose server wants headers that libVLC cannot send."""

import ssl
import threading
from collections.abc import Iterator
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.player.courier import Courier, rewritten
from stb.player.opening import Opening

COOKIE = ("Cookie", "mac=00:1A:79:00:00:01; stb_lang=en")
TOKEN = ("Authorization", "Bearer 1234")
PLAYLIST = b'#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI="/key?a=1"\n#EXTINF:4,\nsegment.ts\n\n#EXT-X-ENDLIST\n'


class Guarded(BaseHTTPRequestHandler):
    """Gives what is there to those who show both headers, and says what it was asked."""

    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        if self.path.startswith("/leads/"):
            self.send_response(302)
            self.send_header("Location", self.server.elsewhere)
            self.end_headers()
        elif self.headers.get("Cookie") != COOKIE[1] or self.headers.get("Authorization") != TOKEN[1]:
            self.send_error(403)
        elif self.path.endswith(".m3u8"):
            self._give(PLAYLIST, "application/vnd.apple.mpegurl")
        else:
            self._give(b"0123456789", "video/mp2t")

    def _give(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_words):
        pass


class Server(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Guarded)
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.elsewhere = ""

    def address(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}/{path}"


@pytest.fixture
def guarded() -> Iterator[Server]:
    yield from _served()


@pytest.fixture
def other() -> Iterator[Server]:
    yield from _served()


def _served() -> Iterator[Server]:
    server = Server()
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def courier(guarded):
    couriers = []

    def send(path: str, **how) -> Courier:
        couriers.append(Courier(Opening(address=guarded.address(path), headers=(COOKIE, TOKEN), **how)))
        return couriers[-1]

    yield send
    for each in couriers:
        each.close()


def descriptors() -> set[str]:
    return {each.name for each in Path("/proc/self/fd").iterdir()}


def fetched(address: str, **headers: str) -> bytes:
    with urlopen(Request(address, headers=headers), timeout=30) as answer:  # noqa: S310 - loopback
        return answer.read()


def test_the_server_is_asked_with_all_that_it_wants(courier, guarded):
    sent = courier("live/1.ts?a=b", user_agent="Box/1.0", referrer="http://tv.example/")

    assert fetched(sent.address, Range="bytes=3-") == b"0123456789"
    (path, headers), *_ = guarded.asked
    assert path == "/live/1.ts?a=b"
    assert headers["User-Agent"] == "Box/1.0"
    assert headers["Referer"] == "http://tv.example/"
    assert headers["Range"] == "bytes=3-"


def test_a_playlist_leads_to_the_courier_again(courier):
    text = fetched(courier("hls/list.m3u8").address).decode()
    segment = next(line for line in text.splitlines() if line.startswith("http"))
    key = text.partition('URI="')[2].partition('"')[0]

    assert segment.endswith("/segment.ts")
    assert fetched(segment) == fetched(key) == b"0123456789"
    assert text.endswith("#EXT-X-ENDLIST\n")


def test_what_is_personal_does_not_go_along_to_another_server(courier, guarded, other):
    guarded.elsewhere = other.address("cdn/1.ts")

    with pytest.raises(HTTPError):
        fetched(courier("leads/1.ts").address)
    assert not {"Cookie", "Authorization"} & set(other.asked[0][1])


def test_a_refusal_keeps_its_status(guarded):
    sent = Courier(Opening(address=guarded.address("1.ts"), headers=(COOKIE,)))
    with pytest.raises(HTTPError, match="403"):
        fetched(sent.address)
    sent.close()


@pytest.fixture
def secure(guarded):
    """The same server over TLS, with a certificate that nobody vouches for; gives its fingerprint."""
    certificate = Path(__file__).parents[1] / "net" / "localhost.pem"
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    guarded.socket = context.wrap_socket(guarded.socket, server_side=True)
    pem = certificate.read_text("ascii")
    return sha256(ssl.PEM_cert_to_DER_cert(pem[pem.index("-----BEGIN CERT") :])).hexdigest()


@pytest.mark.parametrize("chosen", [True, False], ids=["the chosen certificate", "another one"])
def test_a_server_nobody_vouches_for_is_asked_only_if_its_certificate_was_chosen(guarded, secure, chosen):
    address = guarded.address("live/1.ts").replace("http:", "https:")
    fingerprint = secure if chosen else "00" * 32
    sent = Courier(Opening(address=address, headers=(COOKIE, TOKEN), fingerprint=fingerprint))
    try:
        if chosen:
            assert fetched(sent.address) == b"0123456789"
        else:
            with pytest.raises(HTTPError, match="502"):
                fetched(sent.address)
    finally:
        sent.close()
    assert len(guarded.asked) == chosen


def test_nobody_else_is_served(courier):
    address = courier("1.ts").address
    word = address.split("/")[3]

    with pytest.raises(HTTPError, match="404"):
        fetched(address.replace(word, "x" * len(word)))


def test_a_server_that_is_not_there_is_a_bad_gateway():
    sent = Courier(Opening(address="http://127.0.0.1:9/1.ts", headers=(COOKIE,)))
    with pytest.raises(HTTPError, match="502"):
        fetched(sent.address)
    sent.close()


def test_closing_twice_is_no_error_and_frees_the_port(courier):
    sent = courier("1.ts")
    before = descriptors()
    sent.close()
    sent.close()

    assert descriptors() < before


@given(st.text())
def test_any_playlist_can_be_rewritten(text):
    assert rewritten(text, "http://tv.example/a/list.m3u8", lambda address: f"http://here/{len(address)}")
