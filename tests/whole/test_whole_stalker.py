"""What a Stalker operator wants of a box that is on, as the viewer sees it."""

import json
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qsl, urlsplit

import pytest
import requests

from stb.messages import Alarm, ScreenName
from stb.model import Key

SETTINGS = """
language = "en"
[[source]]
id = "home"
kind = "stalker"
name = "Home Portal"
address = "http://127.0.0.1:{port}/stalker_portal/c/"
"""
TOKEN = "0123456789ABCDEF0123456789ABCDEF"


@dataclass
class Operator:
    """A portal of one channel, which says each event once."""

    cmd: str
    events: list = field(default_factory=list)
    confirmed: list = field(default_factory=list)
    port: int = 0

    def answer(self, said):
        match said["action"]:
            case "get_events":
                return {"data": self.events.pop(0) if self.events else {"msgs": 0}}
            case "confirm_event":
                self.confirmed.append(said["event_active_id"])
                return {"data": "ok"}
            case "handshake":
                return {"token": TOKEN}
            case "get_profile":
                return {"id": "1", "status": 0, "watchdog_timeout": 300}
            case "get_all_channels":
                row = {
                    "id": "1",
                    "name": "Channel One",
                    "number": "1",
                    "cmd": self.cmd,
                    "use_http_tmp_link": 0,
                }
                return {"data": [row]}
        return False


@pytest.fixture
def operator(portal):
    playlist = requests.get(f"{portal.address}/playlist.m3u", timeout=10).text.splitlines()
    stream = next(line for line in playlist if line.startswith("http"))
    operator = Operator(f"ffmpeg {stream}")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = json.dumps({"js": operator.answer(dict(parse_qsl(urlsplit(self.path).query)))}).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

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


@pytest.fixture
def pilot(operator, switch_on, places):
    places.settings.write_text(SETTINGS.format(port=operator.port), "utf-8")
    return switch_on(as_it_is=True)


def test_a_message_over_the_picture_is_read_and_confirmed(pilot, operator):
    pilot.until_watching(1)
    operator.events.append(
        {"id": "31", "event": "send_msg", "need_confirm": "1", "msg": "Good <b>evening</b>"}
    )
    pilot.ring(Alarm.ATTEND)
    pilot.until_said("Good evening")
    assert "A message from your operator" in pilot.words
    pilot.press(Key.OK)
    pilot.until(lambda: operator.confirmed == ["31"], "the confirmation")
    assert pilot.screen is ScreenName.WATCHING
    assert "Good evening" not in pilot.words


def test_cut_off_and_back_to_the_picture(pilot, operator):
    pilot.until_watching(1)
    operator.events.append({"id": "32", "event": "cut_off", "msg": "Not paid for"})
    pilot.ring(Alarm.ATTEND)
    pilot.until_said("Not paid for")
    assert pilot.channel is None
    operator.events.append({"id": "33", "event": "cut_on"})
    pilot.ring(Alarm.ATTEND)
    pilot.until_watching(1)
