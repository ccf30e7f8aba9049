"""The document's own answers, and a server that gives the ones a test puts in."""

import json
from collections import deque
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

import pytest

from stb.net import Reply

REPLIES = Path(__file__).with_name("replies") / "alkarma"


@dataclass
class Operator:
    """An operator's server: what it will answer, in order, and what it was asked."""

    answers: deque = field(default_factory=deque)
    asked: list = field(default_factory=list)
    agents: list = field(default_factory=list)
    """What whoever asked called itself."""
    port: int = 0

    def will(self, *replies):
        self.answers.extend(replies)


def recorded(name):
    """The document's example of that name: ``check-active``."""
    (path,) = REPLIES.glob(f"{name}.*.json")
    status = int(path.suffixes[0].removeprefix("."))
    return Reply(status=status, media_type="application/json", body=path.read_bytes())


@pytest.fixture(name="recorded", scope="session")
def recorded_fixture():
    return recorded


@pytest.fixture
def operator():
    operator = Operator()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            operator.asked.append((self.path, json.loads(body)))
            operator.agents.append(self.headers["User-Agent"])
            reply = operator.answers.popleft()
            self.send_response(reply.status)
            charset = f"; charset={reply.charset}" if reply.charset else ""
            self.send_header("Content-Type", f"{reply.media_type}{charset}")
            self.send_header("Content-Length", str(len(reply.body)))
            self.end_headers()
            self.wfile.write(reply.body)

        def log_message(self, *_words):
            pass

    yield from served(operator, Handler)


@dataclass
class Panel:
    """An Xtream panel that answers whatever a test puts in: by action of the API, or by path."""

    answers: dict = field(default_factory=dict)
    """Replies by action and category, or by path with a slash in front."""
    asked: list = field(default_factory=list)
    """Path and fields of each question, in order."""
    headers: list = field(default_factory=list)
    """Of each question."""
    port: int = 0

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    @property
    def actions(self):
        """Of each question to the API; empty for the account."""
        return [fields.get("action", "") for path, fields in self.asked if path.endswith("player_api.php")]

    def says(self, what, value=b"", status=200, category="", media_type="application/json", length=None):
        """Answer an action (empty: the account) or a path with JSON, or with bytes as they are.

        A length that is greater than the body's is a promise that is not kept.
        """
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        reply = Reply(status=status, media_type=media_type, body=body)
        self.answers[what, category] = (reply, len(body) if length is None else length)

    def answer(self, path, fields):
        api = path.endswith("player_api.php")
        key = (fields.get("action", "") if api else path, fields.get("category_id", ""))
        nothing = (Reply(status=200 if api else 404, media_type="application/json", body=b"[]"), 2)
        return self.answers.get(key, nothing)


@pytest.fixture
def panel():
    panel = Panel()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            parts = urlsplit(self.path)
            fields = dict(parse_qsl(parts.query, keep_blank_values=True))
            panel.asked.append((parts.path, fields))
            panel.headers.append(dict(self.headers.items()))
            reply, length = panel.answer(parts.path, fields)
            self.send_response(reply.status, "As the panel says")
            self.send_header("Content-Type", reply.media_type)
            self.send_header("Content-Length", str(length))
            self.end_headers()
            with suppress(OSError):  # who asked may have heard enough
                self.wfile.write(reply.body)

        def log_message(self, *_words):
            pass

    yield from served(panel, Handler)


def served(whose, handler):
    """Serve until the test is over; nothing is left behind."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = False
        whose.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield whose
        server.shutdown()
        thread.join()
