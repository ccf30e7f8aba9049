"""A small portal that says what a test puts in, and remembers what it was asked.

It knows nothing of the protocol: every answer is written down in the test that needs it.
"""

import json
from collections import Counter
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Condition, Thread
from urllib.parse import parse_qsl, urlsplit

import pytest

from stb.model import Duid, Identity, Source, SourceId
from stb.net import HttpClient
from stb.providers.access import Access, Unkept
from stb.providers.stalker import Stalker

HOME = SourceId("home")
TOKEN = "0123456789ABCDEF0123456789ABCDEF"
BLOB = "b64.blob=="
"""A token of the imitation's form."""
IDENTITY = Identity(
    duid=Duid("195C68F32A17B98"),
    mac="DC:A6:32:01:02:03",
    stalker_mac="00:1A:79:01:02:03",
    sn="072021N009218",
    device_id="A" * 64,
    device_id2="B" * 64,
    signature="C" * 64,
)
PROFILE = {"id": "7", "mac": IDENTITY.stalker_mac, "status": 0, "watchdog_timeout": 120, "timeslot": 30}


@dataclass(frozen=True)
class Asked:
    """One request."""

    line: str
    """Path and query, as they came."""
    headers: dict

    @property
    def path(self):
        return urlsplit(self.line).path

    @property
    def said(self):
        return dict(parse_qsl(urlsplit(self.line).query, keep_blank_values=True))

    @property
    def action(self):
        return f"{self.said.get('type', '')}/{self.said.get('action', '')}"

    @property
    def token(self):
        return self.headers.get("Authorization", "").removeprefix("Bearer ")


@dataclass(frozen=True)
class Raw:
    """An answer as bytes."""

    body: bytes = b""
    status: int = 200
    media: str = "application/json"


def js(value, **beside):
    """An envelope."""
    return Raw(json.dumps({"js": value, **beside}).encode())


@dataclass
class Host:
    """A host: at which path its script is, what it answers, what it was asked."""

    script: str = "/server/load.php"
    answers: dict = field(default_factory=dict)
    """By ``type/action``, or by path: a value of ``js``, a `Raw`, or what makes one of an `Asked`."""
    asked: list = field(default_factory=list)
    port: int = 0
    changed: Condition = field(default_factory=Condition)

    raw = staticmethod(Raw)
    js = staticmethod(js)
    identity = IDENTITY
    token = TOKEN
    blob = BLOB
    profile = PROFILE

    @property
    def origin(self):
        return f"http://127.0.0.1:{self.port}"

    def counts(self):
        """How often each action was asked for."""
        return Counter(one.action for one in self.asked)

    def last(self, action):
        return next(one for one in reversed(self.asked) if one.action == action)

    def all(self, action):
        return [one for one in self.asked if one.action == action]

    def forget(self):
        self.asked.clear()

    def wait_for(self, action):
        """Until that was asked for."""
        with self.changed:
            assert self.changed.wait_for(lambda: self.counts()[action] > 0, timeout=60)

    def lets_in(self, token=TOKEN, **profile):
        """Answers of a portal that takes anybody."""
        self.answers |= {
            "stb/handshake": {"token": token},
            "stb/get_profile": {**PROFILE, **profile},
            "account_info/get_main_info": {"fname": "Nadia", "phone": "+442071234567"},
        }

    def take(self, asked):
        with self.changed:
            self.asked.append(asked)
            self.changed.notify_all()
        answer = self.answers.get(asked.path)
        if answer is None and asked.path == self.script:
            answer = self.answers.get(asked.action, False)
        elif answer is None:
            answer = Raw(b"<html>404</html>", 404, "text/html")
        answer = answer(asked) if callable(answer) else answer
        return answer if isinstance(answer, Raw) else js(answer)


@pytest.fixture
def host():
    host = Host()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            answer = host.take(Asked(self.path, dict(self.headers)))
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.media)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_words):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = False
        host.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield host
        server.shutdown()
        thread.join()


class Clock:
    """Stands still until it is turned."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def box(host, tmp_path, clock):
    """Makes the box's view of the host: ``box()``, ``box("/c/", password="secret", user="nadia")``."""
    made = []

    def make(path="/c/", memory=None, password="", **source):
        typed = path if "//" in path else f"{host.origin}{path}"
        access = Access(
            source=Source(id=HOME, kind="stalker", name="Home", address=typed, **source),
            identity=IDENTITY,
            http=HttpClient(HOME),
            password=password,
            memory=memory or Unkept(),
            folder=tmp_path / "fetched",
        )
        made.append(Stalker(access, pause=lambda _seconds: None, clock=clock))
        return made[-1]

    yield make
    for one in made:
        one.close()
