"""A server that answers whatever a test tells it to, byte by byte, over real sockets."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Event, Thread

import pytest

CERTIFICATE = Path(__file__).with_name("localhost.pem")
"""Made with `openssl req -x509 -newkey ec`, for nobody but these tests; signed by itself."""

Script = Callable[[socket.socket, "Server"], None]


@dataclass
class Server:
    """What the test's server does, and what it heard."""

    script: Script = lambda _connection, _server: None
    requests: list[bytes] = field(default_factory=list)
    connections: int = 0
    over: Event = field(default_factory=Event)
    """Set when the test ends: whoever drips stops."""
    port: int = 0

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}/api"

    def says(self, answer: bytes) -> None:
        """Answer every request with these bytes and hang up."""
        self.script = lambda connection, _: connection.sendall(answer)

    def drips(self, start: bytes, drop: bytes) -> None:
        """Begin an answer, then send a little of it for ever."""

        def drip(connection: socket.socket, server: "Server") -> None:
            connection.sendall(start)
            while not server.over.wait(0.02):
                connection.sendall(drop)

        self.script = drip


def read_request(connection: socket.socket) -> bytes:
    heard = b""
    while b"\r\n\r\n" not in heard:
        if not (more := connection.recv(65536)):
            return heard
        heard += more
    head, _, body = heard.partition(b"\r\n\r\n")
    lengths = [line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:")]
    wanted = int(lengths[0].split(b":")[1]) if lengths else 0
    while len(body) < wanted and (more := connection.recv(65536)):
        body += more
    return head + b"\r\n\r\n" + body


def serve(server: Server, context: ssl.SSLContext | None = None) -> Iterator[Server]:
    class Handler(BaseRequestHandler):
        def handle(self):
            server.connections += 1
            with suppress(OSError):
                talk(self.request)

    def talk(connection: socket.socket) -> None:
        if context is not None:
            connection = context.wrap_socket(connection, server_side=True)
        with connection:
            server.requests.append(read_request(connection))
            server.script(connection, server)

    class Listener(ThreadingTCPServer):
        daemon_threads = False  # joined at the end: nothing is left behind

    with Listener(("127.0.0.1", 0), Handler) as listener:
        server.port = listener.server_address[1]
        thread = Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.over.set()
        listener.shutdown()
        thread.join()


@pytest.fixture
def server():
    yield from serve(Server())


@pytest.fixture
def tls_server():
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(CERTIFICATE)
    yield from serve(Server(), context)
