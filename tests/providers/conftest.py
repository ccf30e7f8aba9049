"""The document's own answers, and a server that gives the ones a test puts in."""

import json
from collections import deque
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

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

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = False
        operator.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield operator
        server.shutdown()
        thread.join()
