"""A server that answers whatever a test tells it to, byte by byte, over real sockets."""

import socket
import ssl
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Event, Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from stb.model import SourceId
from stb.net import HttpClient, Limits

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

    def replies(self, status: str = "200 OK", body: bytes = b"{}", **headers: str) -> None:
        """Answer every request with a well-formed reply and hang up."""
        self.says(self.http(status, body, **headers))

    @staticmethod
    def http(status: str = "200 OK", body: bytes = b"{}", **headers: str) -> bytes:
        """A reply as it goes over the wire; a header of no value is left out."""
        lines = {"Content-Type": "application/json", "Content-Length": str(len(body))}
        lines |= {name.replace("_", "-"): value for name, value in headers.items()}
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items() if value)
        return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body

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


@pytest.fixture
def client():
    client = HttpClient(SourceId("home"))
    yield client
    client.close()


@pytest.fixture
def quick():
    """Little time for the whole, much for each step: only the bound on the whole can end a drip."""
    client = HttpClient(SourceId("home"), limits=Limits(connect=5.0, read=5.0, whole=0.4, size=1000))
    yield client
    client.close()


@pytest.fixture
def narrow():
    """Takes a thousand bytes and no more."""
    client = HttpClient(SourceId("home"), limits=Limits(size=1000))
    yield client
    client.close()


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


@pytest.fixture
def tomorrows(tmp_path):
    """A server whose certificate begins tomorrow, and the file that vouches for it."""
    certificate = tmp_path / "tomorrow.pem"
    certificate.write_bytes(made_certificate(datetime.now(UTC) + timedelta(days=1)))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    for server in serve(Server(), context):
        yield server, certificate


@pytest.fixture
def secure(tmp_path):
    """Servers whose certificates begin when a test says, for the address that it says."""
    with ExitStack() as stack:

        def serving(**said):
            certificate = tmp_path / f"{len(list(tmp_path.iterdir()))}.pem"
            certificate.write_bytes(made_certificate(**said))
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            server = stack.enter_context(contextmanager(serve)(Server(), context))
            server.replies()
            return server, certificate

        yield serving


def made_certificate(begins: datetime, name: str = "localhost", address: str = "127.0.0.1") -> bytes:
    """Of this name and address, with its key, for a day."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    address = x509.IPAddress(IPv4Address(address))
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    plain = serialization.NoEncryption()
    return key.private_bytes(pem, serialization.PrivateFormat.PKCS8, plain) + made.public_bytes(pem)
