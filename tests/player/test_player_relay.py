"""Streams that ffmpeg opens for libVLC: RTSP, by a real server."""

import os
import signal
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from stb.model import PlayerState
from stb.player.opening import Opening
from stb.player.relay import Direct, opened, without_addresses
from stb.portal import rtsp

SERVER = """
import socket, sys
sys.path.insert(0, sys.argv[1])
import gst_rtsp
gst_rtsp.gi.require_version("GstRtsp", "1.0")
from gi.repository import GstRtsp

class Datagrams(gst_rtsp.Factory):
    def __init__(self, encoder):
        super().__init__(encoder)
        self.set_protocols(GstRtsp.RTSPLowerTrans.UDP)

if sys.argv[2] == "udp":
    gst_rtsp.Factory = Datagrams
listener = socket.create_server(("127.0.0.1", 0))
print(listener.getsockname()[1], flush=True)
gst_rtsp.main(listener.fileno(), "/live", sys.argv[3:])
"""
needs_server = pytest.mark.skipif(not rtsp.installed(), reason="GStreamer's RTSP server is not installed")


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Red pictures, and a tone."""
    path = tmp_path / "red.mkv"
    inputs = "-f lavfi -i color=red:s=320x180:r=25 -f lavfi -i sine=440 -t 8"
    coded = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p -bf 2 -g 25 -c:a aac"
    subprocess.run([*f"ffmpeg -v error -nostdin {inputs} {coded}".split(), path], check=True)
    return path


@pytest.fixture
def rtsp_server(film: Path):
    """An RTSP server that grants one transport only; gives its port."""
    ends = []

    def start(transport: str) -> int:
        encoder = f"ffmpeg -v quiet -nostdin -re -stream_loop -1 -i {film} -c copy -f matroska -live 1 pipe:1"
        server = subprocess.Popen(
            ["/usr/bin/python3", "-c", SERVER, str(Path(rtsp.__file__).parent), transport, *encoder.split()],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )
        ends.append(server)
        return int(server.stdout.readline())

    yield start
    for server in ends:
        server.stdin.close()
        server.stdout.close()
        server.wait()


@pytest.fixture
def silent() -> Iterator[socket.socket]:
    """A server that accepts and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


@pytest.fixture
def relays(offspring, player_of) -> Callable[[], dict[int, str]]:
    """The processes that this process's player has started, and their command lines."""
    return lambda: offspring(player_of(os.getpid()))


@needs_server
@pytest.mark.parametrize("transport", ["tcp", "udp"])
def test_rtsp_is_seen_by_the_transport_that_the_server_grants(
    transport, rtsp_server, host, inbox, stream, television
):
    host.play(stream(f"rtsp://127.0.0.1:{rtsp_server(transport)}/live"), 1)

    while not (status := inbox.await_state(PlayerState.PLAYING, 1).status).width:
        pass  # the size comes a moment after the first picture

    assert (status.decoder, status.width) == ("H.264", 320)
    television.await_colour(lambda red, green, blue: red > 200 and green < 60 and blue < 60)


@needs_server
def test_ffmpeg_ends_with_the_stream(rtsp_server, host, inbox, stream, server, relays, gone):
    host.play(stream(f"rtsp://127.0.0.1:{rtsp_server('tcp')}/live"), 1)
    inbox.await_state(PlayerState.PLAYING, 1)
    (relay,) = relays()

    host.play(stream(server.address("blue.ts")), 2)
    inbox.await_state(PlayerState.PLAYING, 2)

    gone(relay)
    assert relays() == {}


def test_no_process_list_shows_the_address(silent, host, stream, relays):
    port = silent.getsockname()[1]
    host.play(stream(f"rtsp://viewer:hunter2@127.0.0.1:{port}/secret-path"), 1)
    connection, _ = silent.accept()  # ffmpeg has read its list

    (command,) = relays().values()

    connection.close()
    assert "ffmpeg" in command
    assert not any(word in command for word in ("hunter2", "viewer:", "secret-path", str(port)))


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM], ids=["killed", "terminated"])
def test_ffmpeg_ends_with_the_player_while_the_server_is_silent(
    number, silent, host, stream, player_of, relays, gone
):
    host.play(stream(f"rtsp://127.0.0.1:{silent.getsockname()[1]}/x"), 1)
    connection, _ = silent.accept()
    player = player_of(os.getpid())
    (relay,) = relays()

    os.kill(player, number)

    gone(relay)
    connection.close()


def test_a_stop_does_not_wait_for_a_silent_server(silent, host, stream, relays, gone):
    host.play(stream(f"rtsp://127.0.0.1:{silent.getsockname()[1]}/x"), 1)
    connection, _ = silent.accept()
    (relay,) = relays()

    host.stop()

    gone(relay)
    connection.close()


@needs_server
def test_what_the_server_does_not_have_fails_with_its_reason(rtsp_server, host, inbox, stream):
    host.play(stream(f"rtsp://127.0.0.1:{rtsp_server('tcp')}/nothing"), 1)

    status = inbox.await_state(PlayerState.FAILED, 1).status

    assert status.reason.replace(" ", "") == "methodDESCRIBEfailed:404NotFound"  # ffmpeg 7 forgets a space


def test_a_server_that_is_not_there_fails_with_the_reason_and_without_the_address(
    silent, host, inbox, stream
):
    port = silent.getsockname()[1]
    silent.close()
    host.play(stream(f"rtsp://viewer:hunter2@127.0.0.1:{port}/x"), 1)

    status = inbox.await_state(PlayerState.FAILED, 1).status

    assert status.reason == "Connection to <address> failed: Connection refused"


def test_an_address_is_one_entry_of_the_list_whatever_is_in_it(silent, clips):
    """What would be a second line of the list must not make ffmpeg open a file."""
    port = silent.getsockname()[1]
    relay = opened(Opening(address=f"rtsp://127.0.0.1:{port}/it's\nfile '{clips / 'red.ts'}'\n"))
    relay.start()
    connection, _ = silent.accept()
    asked = connection.recv(4096)
    connection.close()
    relay.close()

    assert b"/it's%0Afile%20" in asked


def test_a_server_that_says_nothing_fails(silent, host, inbox, stream):
    host.play(stream(f"rtsp://127.0.0.1:{silent.getsockname()[1]}/x"), 1)

    assert inbox.await_state(PlayerState.FAILED, 1).status.reason


def test_closing_twice_is_no_error(silent):
    relay = opened(Opening(address=f"rtsp://127.0.0.1:{silent.getsockname()[1]}/x"))
    relay.start()
    relay.close()

    assert relay.close() == ""


@pytest.mark.parametrize(
    ("address", "played"),
    [
        ("udp://239.1.1.1:1234", "udp://@239.1.1.1:1234"),
        ("udp://@239.1.1.1:1234", "udp://@239.1.1.1:1234"),
        ("udp://10.0.0.7@239.1.1.1:1234", "udp://10.0.0.7@239.1.1.1:1234"),
        ("rtp://239.1.1.1:5004", "rtp://@239.1.1.1:5004"),
        ("http://tv.example/x@y.ts", "http://tv.example/x@y.ts"),
    ],
    ids=["without @", "with @", "from a sender", "RTP", "no datagrams"],
)
def test_datagrams_are_listened_for(address, played):
    stream = opened(Opening(address=address))

    assert isinstance(stream, Direct)
    assert stream.address == played


def test_a_complaint_holds_no_address():
    said = without_addresses("cannot open 'rtsp://viewer:hunter2@tv.example/x': no")

    assert said == "cannot open '<address>': no"
