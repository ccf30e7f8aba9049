"""Channels that do not come as one HTTP answer: HLS, RTSP, RTMP and datagrams, with real encoders."""

import json
import os
import re
import socket
import subprocess
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
import requests

from stb.portal import outlets, rtsp, ts
from stb.portal.portal import Portal

BOX = "195C68F32A17B98"
NO_RTSP = pytest.mark.skipif(not rtsp.installed(), reason="GStreamer's RTSP server is not installed")


@pytest.fixture
def portal(tmp_path: Path, clips_cache: Path) -> Iterator[Portal]:
    """An operator whose channels leave the air soon, and a box that may see them all."""
    with Portal(state=tmp_path, cache=clips_cache, linger_s=2) as portal:
        portal.world.register(BOX)
        portal.world.activate(BOX)
        yield portal


@pytest.fixture
def addresses(portal: Portal) -> dict[int, str]:
    """Where the box is told that each channel is."""
    check = requests.post(f"{portal.address}/api/client/check-device", json={"duid": BOX}, timeout=60)
    return {row["id"]: row["url"] for row in check.json()["data"]["channels"]}


def streams(address: str, *options: str) -> list[dict]:
    command = ["ffprobe", "-loglevel", "error", *options, "-show_streams", "-of", "json", address]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    return json.loads(done.stdout)["streams"]


def codecs(address: str, *options: str) -> list[str]:
    return sorted(stream["codec_name"] for stream in streams(address, *options))


def test_a_live_list_names_segments_that_follow_each_other(addresses):
    listed = requests.get(addresses[9], timeout=60)
    lines = listed.text.splitlines()
    first = int(next(line for line in lines if line.startswith("#EXT-X-MEDIA-SEQUENCE")).partition(":")[2])
    names = [line for line in lines if not line.startswith("#")]

    assert listed.headers["Content-Type"].startswith("application/vnd.apple.mpegurl")
    assert (lines[0], "#EXT-X-ENDLIST" in lines) == ("#EXTM3U", False)
    assert [int(re.findall(r"/(\d+)\.ts", name)[0]) for name in names] == [*range(first, first + len(names))]
    assert re.findall(r"#EXTINF:([\d.]+),", listed.text) == ["2.000"] * len(names)

    segments = [requests.get(urljoin(addresses[9], name), timeout=60).content for name in names]
    for segment in segments:
        assert ts.header(segment[:188]).pid == ts.PAT_PID
        assert ts.header(segment[376:564]).random_access
    assert steps_of(b"".join(segments)) == {3600}


def steps_of(stream: bytes) -> set[int]:
    """How far apart pictures are, in ticks of 90 kHz."""
    command = ["ffprobe", "-loglevel", "error", "-select_streams", "v", "-show_entries", "packet=dts"]
    done = subprocess.run([*command, "-of", "csv=p=0", "-"], input=stream, capture_output=True, check=True)
    times = [int(line.strip(b",")) for line in done.stdout.split()]
    return {later - earlier for earlier, later in pairwise(times)}


def test_a_live_list_that_nobody_asks_for_leaves_the_air(addresses, portal, on_air, gone):
    requests.get(addresses[9], timeout=60)
    (encoder,) = on_air()
    assert portal.viewers(9) == 1

    gone(encoder)

    assert portal.viewers(9) == 0
    assert requests.get(addresses[9], timeout=60).text.startswith("#EXTM3U")


def test_a_segment_that_is_not_there_is_not_found(addresses):
    missing = requests.get(urljoin(addresses[9], f"9/999999.ts?duid={BOX}"), timeout=60)

    assert (missing.status_code, list(missing.json())) == (404, ["error"])


def test_who_may_not_watch_gets_no_list(addresses, portal):
    portal.world.disable(BOX)

    assert requests.get(addresses[9], timeout=60).status_code == 403


def test_datagrams_come_while_somebody_listens(addresses, portal, on_air, gone):
    port = urlsplit(addresses[12]).port
    assert addresses[12] == f"udp://@127.0.0.1:{port}"
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listener:
        listener.bind(("127.0.0.1", port))
        listener.settimeout(60)
        heard = [listener.recv(4096) for _ in range(200)]
        (encoder,) = on_air()

    gone(encoder)
    packets = [data[at : at + 188] for data in heard for at in range(0, len(data), 188)]
    assert {packet[0] for packet in packets} == {0x47}
    assert {len(packet) for packet in packets} == {188}
    assert portal.viewers(12) == 0


def test_rtmp_has_an_encoder_for_each_viewer_and_none_afterwards(addresses, encoders, gone):
    assert re.fullmatch(r"rtmp://127\.0\.0\.1:\d+/live/11", addresses[11])
    for _ in range(2):
        assert codecs(addresses[11]) == ["aac", "h264"]
    for encoder in (child for child, command in encoders().items() if " flv " in command):
        gone(encoder)


def test_an_rtmp_viewer_is_let_go_when_the_portal_stops(addresses, portal, encoders):
    viewer = subprocess.Popen(
        ["ffmpeg", "-loglevel", "quiet", "-i", addresses[11], "-c", "copy", "-f", "mpegts", "pipe:1"],
        stdout=subprocess.PIPE,
    )
    with viewer:
        assert viewer.stdout.read(188 * 20)
        portal.stop()
        while viewer.stdout.read(188 * 20):
            pass
    assert encoders() == {}


@pytest.fixture
def servers(offspring) -> Callable[[], list[int]]:
    """This process's RTSP servers."""
    return lambda: [child for child, command in offspring(os.getpid()).items() if "gst_rtsp" in command]


@NO_RTSP
@pytest.mark.parametrize("transport", ["tcp", "udp"])
def test_rtsp_by_either_transport(addresses, transport):
    assert codecs(addresses[10], "-rtsp_transport", transport) == ["aac", "h264"]


@NO_RTSP
def test_an_rtsp_server_runs_while_it_is_needed(addresses, portal, servers, gone):
    assert servers() == []
    codecs(addresses[10], "-rtsp_transport", "tcp")
    (server,) = servers()
    gone(server)
    codecs(addresses[10], "-rtsp_transport", "tcp")
    (server,) = servers()
    portal.stop()
    gone(server)


def test_without_an_rtsp_server_that_is_said_and_the_channel_refused(
    tmp_path, clips_cache, monkeypatch, caplog
):
    caplog.set_level("INFO", "stb.portal")
    monkeypatch.setattr(rtsp, "installed", lambda: False)
    with Portal(state=tmp_path, cache=clips_cache) as portal:
        (channel,) = (each for each in portal.world.channels() if each.delivery == "rtsp")
        port = urlsplit(portal._outlets.address(channel, "127.0.0.1")).port
        with socket.create_connection(("127.0.0.1", port)) as viewer:
            viewer.sendall(b"OPTIONS rtsp://127.0.0.1/live/10 RTSP/1.0\r\nCSeq: 7\r\n\r\n")
            answer = viewer.makefile("rb").read()

    assert answer.startswith(b"RTSP/1.0 503 No RTSP server is installed here\r\nCSeq: 7\r\n")
    (line,) = (line for line in caplog.messages if "RTSP" in line)
    assert line.startswith(
        "/live/10 is refused: there is no RTSP server here: install gir1.2-gst-rtsp-server"
    )


def test_ports_are_the_same_after_a_restart(addresses, portal):
    portal.stop()
    portal.start()

    check = requests.post(f"{portal.address}/api/client/check-device", json={"duid": BOX}, timeout=60)
    assert {row["id"]: row["url"] for row in check.json()["data"]["channels"]} == addresses


def test_a_viewer_elsewhere_is_told_the_portals_name(portal):
    check = requests.post(
        f"{portal.address}/api/client/check-device",
        json={"duid": BOX},
        headers={"Host": "tv.example:8080"},
        timeout=60,
    )
    hosts = {row["id"]: urlsplit(row["url"]).hostname for row in check.json()["data"]["channels"]}

    assert {number for number, host in hosts.items() if host != "tv.example"} == {12}
    assert hosts[12] == outlets.udp.HOST
