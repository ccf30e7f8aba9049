"""A long list on its way: the viewer sees how far it is, stops it, and has it read another time."""

from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread

import pytest

from stb.app.report import report
from stb.messages import Part, ScreenName
from stb.model import Key, SourceId

CHANNELS = 2_000
LIST = "#EXTM3U\n" + "".join(
    f'#EXTINF:-1 tvg-id="{number}.example" group-title="All",Channel {number}\nhttp://127.0.0.1:9/{number}\n'
    for number in range(1, CHANNELS + 1)
)
SETTINGS = """
language = "en"
[[source]]
id = "list"
kind = "m3u"
name = "Home List"
address = "http://127.0.0.1:{port}/list.m3u"
"""


@pytest.fixture
def server():
    """A list of which half comes at once, and the rest when `rest` is set."""
    rest = Event()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            body = LIST.encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(OSError):  # who asked has seen enough, or was ended
                self.wfile.write(body[: len(body) // 2])
                rest.wait()
                self.wfile.write(body[len(body) // 2 :])

        def log_message(self, *_words):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        listening.rest = rest
        serving = Thread(target=listening.serve_forever)
        serving.start()
        yield listening
        rest.set()
        listening.shutdown()
        serving.join()


def told(pilot):
    return report(pilot.box.state, SourceId("list"), None, None)["refresh"]["lists"]


def test_a_first_list_says_how_far_it_is_and_is_stopped_and_read_another_time(switch_on, places, server):
    places.settings.write_text(SETTINGS.format(port=server.server_port), "utf-8")
    pilot = switch_on(as_it_is=True)
    pilot.until_said("%")
    assert "Reading the channel list of Home List." in pilot.words
    assert "stop reading" in pilot.words
    assert told(pilot).startswith("reading ")
    assert told(pilot).endswith("%")
    pilot.press(Key.BACK)
    pilot.until_said("The channels were not read")
    assert (pilot.screen, told(pilot)) == (ScreenName.NOTICE, "Stopped")
    assert not pilot.box.state.parts[Part.LISTS].reading
    assert pilot.box.crew.lists.count() == 0
    server.rest.set()
    pilot.press(Key.OK)
    pilot.until(lambda: pilot.box.crew.lists.count() == CHANNELS, "the list")
    pilot.until(lambda: pilot.screen is ScreenName.WATCHING, "a channel")
