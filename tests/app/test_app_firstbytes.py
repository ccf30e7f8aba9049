"""What comes from a link, by its first bytes; and ``stb check`` against operators of several kinds."""

import json
import os
import socket
import subprocess
import sys
from contextlib import closing
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.app.firstbytes import tried
from stb.errors import BadReply, LoginRefused, NoSuchItem, ServerFault, Unreachable
from stb.model import ChannelId, ChannelRef, SourceId, Stream
from stb.net import HttpClient
from stb.providers.beginnings import media_kind

TV = SourceId("tv")
PACKET = b"\x47" + b"\x1f" * 187
WORD = "hunter2-Word"
STEPS = ["address", "port", "sign_in", "lists", "link", "first_bytes", "guide"]


@pytest.fixture
def http():
    with closing(HttpClient(TV)) as client:
        yield client


@pytest.fixture
def server():
    """Answers with a status and a body, and notes who asked for what."""
    said = {"status": 200, "body": b"", "heard": []}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            said["heard"].append((self.path, dict(self.headers)))
            self.send_response(said["status"])
            self.end_headers()
            self.wfile.write(said["body"])

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listener:
        thread = Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        said["address"] = f"http://127.0.0.1:{listener.server_port}"
        yield said
        listener.shutdown()
        thread.join()


def stream(address, **more):
    return Stream(ref=ChannelRef(TV, ChannelId("1")), address=address, **more)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (PACKET * 4, "MPEG-TS"),
        (b"\x00" * 50 + PACKET * 4, "MPEG-TS"),
        (b"\xef\xbb\xbf#EXTM3U\n#EXT-X-VERSION:3", "HLS"),
        (b"\r\n#EXTM3U", "HLS"),
        (b"\x00\x00\x00\x18ftypmp42", "MP4"),
        (b"\x1a\x45\xdf\xa3\x01", "Matroska"),
        (b"ID3\x04", "MP3"),
        (b"\xff\xf1\x50\x80", "MPEG audio"),
        (b"<html><body>Blocked", ""),
        (b'{"user_info": {"auth": 0}}', ""),
        (b"", ""),
    ],
    ids=[
        *("a transport stream", "begun in a packet", "a playlist", "a playlist after a blank line", "MP4"),
        *("Matroska", "MP3", "AAC", "a page", "JSON", "nothing"),
    ],
)
def test_television_is_known_by_its_first_bytes(head, kind):
    assert media_kind(head) == kind


@given(st.binary(max_size=1000))
def test_anything_may_come(head):
    assert isinstance(media_kind(head), str)


def test_a_stream_is_asked_for_as_the_player_does_and_let_go(server, http):
    server["body"] = PACKET * 100_000
    wish = stream(
        server["address"], user_agent="VLC/3", referrer="http://x.example/", headers=(("Cookie", "mac=1"),)
    )
    assert tried(wish, http) == "MPEG-TS"
    ((_, heard),) = server["heard"]
    assert (heard["User-Agent"], heard["Referer"], heard["Cookie"]) == ("VLC/3", "http://x.example/", "mac=1")


@pytest.mark.parametrize(
    ("status", "body", "error"),
    [
        (403, b"", LoginRefused),
        (404, b"", NoSuchItem),
        (884, b"", ServerFault),
        (200, b"", BadReply),
        (200, b"<html>", BadReply),
    ],
    ids=["refused", "not there", "a number of its own", "empty", "a page"],
)
def test_what_is_no_television_says_what_it_is(server, http, status, body, error):
    server |= {"status": status, "body": body}
    with pytest.raises(error) as raised:
        tried(stream(f"{server['address']}/live/me/{WORD}/1.ts"), http)
    assert raised.value.status == status
    assert WORD not in str(raised.value)


def test_what_is_not_of_the_web_is_only_knocked_at(http):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        assert tried(stream(f"rtsp://127.0.0.1:{port}/1"), http) == ""
    with pytest.raises(Unreachable):
        tried(stream(f"rtmp://127.0.0.1:{port}/1"), http)
    assert tried(stream("udp://@239.0.0.1:1234"), http) == ""


# --- stb check ----------------------------------------------------------------------------------


@pytest.fixture
def check(tmp_path):
    """Run the verb; its exit status, what it printed, and all that it said anywhere."""

    def check(*arguments, typed=""):
        done = subprocess.run(
            [sys.executable, "-m", "stb", "check", *arguments],
            input=typed,
            env=os.environ
            | {f"STB_{name.upper()}": str(tmp_path / name) for name in ("state", "runtime", "cache")},
            capture_output=True,
            check=False,
            text=True,
        )
        assert not (tmp_path / "state").exists()
        return done.returncode, done.stdout, done.stdout + done.stderr

    return check


def test_a_panel_is_tried_to_the_end(portal, check):
    portal.world.lines.add("me", password=WORD)
    status, told, everything = check(
        "xtream", portal.address, "--user", "me", "--password", "-", "--json", typed=f"{WORD}\n"
    )
    found = json.loads(told)
    assert (status, found["ok"], [step["name"] for step in found["steps"]]) == (0, True, STEPS)
    assert found["account"]["status"] == "active"
    assert all(found["counts"][name] for name in ("groups", "channels", "films", "series", "programmes"))
    assert found["samples"]["channels"]
    assert WORD not in everything


def test_a_pasted_address_needs_nothing_more(portal, check):
    portal.world.lines.add("me", password=WORD)
    status, told, everything = check("xtream", f"{portal.address}/get.php?username=me&password={WORD}")
    assert (status, len(told.splitlines())) == (0, len(STEPS))
    assert WORD not in everything


def test_a_refused_panel_says_what_to_do_and_no_password(portal, check):
    portal.world.lines.add("me", password="another")
    for how in (("--json",), ()):
        status, told, everything = check("xtream", portal.address, "--user", "me", "--password", WORD, *how)
        assert status == 1
        assert "letter by letter" in told
        assert WORD not in everything


def test_a_list_is_tried_with_its_guide(portal, check):
    guide = ("--guide", f"{portal.address}/guide.xml.gz")
    status, told, _ = check("m3u", f"{portal.address}/playlist.m3u", *guide, "--json")
    found = json.loads(told)
    assert (status, [step["name"] for step in found["steps"]]) == (
        0,
        [one for one in STEPS if one != "sign_in"],
    )
    assert found["counts"]["programmes"]


def test_a_list_may_be_a_file(portal, check, tmp_path):
    file = tmp_path / "channels.m3u"
    file.write_text(f"#EXTM3U\n#EXTINF:-1,One\n{portal.address}/nothing\n", "utf-8")
    status, told, _ = check("m3u", str(file), "--json")
    found = json.loads(told)
    assert [step["name"] for step in found["steps"]] == ["address", "lists", "link", "first_bytes"]
    assert (status, found["steps"][-1]["ok"]) == (1, False)


def test_trying_alkarma_registers_nobody(portal, check):
    for address in (portal.address.removeprefix("http://"), f"{portal.address}/api/client"):
        status, told, _ = check("alkarma", address)
        assert (status, "new to it" in told) == (0, True)
    assert not portal.world.devices()


def test_what_is_no_address_is_said(check):
    status, told, _ = check("alkarma", "ftp://x", "--json")
    assert (status, json.loads(told)["steps"][0]["name"]) == (1, "address")


def test_no_core_file_holds_a_password():
    code = (
        "import resource; from stb.cli import main; main(['check', 'alkarma', 'ftp://x']);"
        "print(resource.getrlimit(resource.RLIMIT_CORE))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.endswith("(0, 0)\n")
