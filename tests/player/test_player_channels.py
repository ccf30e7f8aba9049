"""The portal's channels, each of which comes in another way: real servers, real libVLC, a real X window."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from stb.model import PlayerState
from stb.portal import rtsp
from stb.portal.clips import Studio
from stb.portal.portal import Portal
from stb.portal.recipes import FORMS
from stb.portal.seed import CHANNELS as CHANNELS_OF_THE_SEED
from stb.portal.streams import recipe_of

BOX = "195C68F32A17B98"
TRIES = 3
"""A box tunes again when a server on a busy machine is too slow to answer."""
NO_RTSP = pytest.mark.skipif(not rtsp.installed(), reason="GStreamer's RTSP server is not installed")


@dataclass(frozen=True)
class Seen:
    """What a viewer is told of a channel."""

    number: int
    decoder: str
    width: int
    height: int


CHANNELS = {
    "720p": Seen(1, "H.264", 1280, 720),
    "1080p": Seen(2, "H.264", 1920, 1080),
    "a clock": Seen(3, "H.264", 640, 360),
    "interlaced MPEG-2": Seen(4, "MPEG-2", 720, 576),
    "HEVC": Seen(5, "HEVC", 1280, 720),
    "two languages": Seen(7, "H.264", 1280, 720),
    "an Arabic name": Seen(8, "H.264", 1280, 720),
    "HLS": Seen(9, "H.264", 1280, 720),
    "RTSP": Seen(10, "H.264", 1280, 720),
    "RTMP": Seen(11, "H.264", 1280, 720),
    "datagrams": Seen(12, "H.264", 1280, 720),
}


@pytest.fixture
def address(portal: Portal):
    """Where this box is told that a channel is."""
    portal.world.register(BOX)
    portal.world.activate(BOX)
    answer = requests.post(f"{portal.address}/api/client/check-device", json={"duid": BOX}, timeout=60).json()
    addresses = {row["id"]: row["url"] for row in answer["data"]["channels"]}
    return addresses.__getitem__


@pytest.fixture
def tuned(address, host, inbox, stream, clips_cache):
    """Tune a channel and wait until it is seen or heard."""

    def tuned(number: int):
        make_clip(clips_cache, number)
        reasons = []
        while len(reasons) < TRIES:
            host.play(stream(address(number)), number)
            while (status := inbox.get(timeout=60).status).state is not PlayerState.FAILED:
                if status.state is PlayerState.PLAYING:
                    return status
            reasons.append(status.reason)
        raise AssertionError(reasons)

    return tuned


def make_clip(cache: Path, number: int) -> None:
    """Have the clip of a channel: on a busy machine it takes longer to make than RTSP waits for an answer."""
    (channel,) = (channel for channel in CHANNELS_OF_THE_SEED if channel.id == number)
    if channel.picture in FORMS:
        with closing(Studio(cache)) as studio:
            studio.clip(recipe_of(channel)).result()


@pytest.mark.parametrize(
    "seen",
    [pytest.param(seen, id=name, marks=NO_RTSP if name == "RTSP" else ()) for name, seen in CHANNELS.items()],
)
def test_a_channel_is_seen_and_its_picture_moves(seen, tuned, inbox, television):
    tuned(seen.number)

    first = television.picture()
    while (status := inbox.await_state(PlayerState.PLAYING, seen.number).status).displayed < 5:
        pass

    assert (status.decoder, status.width, status.height) == (seen.decoder, seen.width, seen.height)
    television.await_movement(first)


def test_radio_is_heard_and_shows_nothing(tuned, inbox):
    status = tuned(6)

    assert (status.decoder, status.width, status.height) == ("", 0, 0)
    while (later := inbox.await_state(PlayerState.PLAYING, 6).status).heard <= status.heard:
        pass
    assert later.displayed == 0


def test_the_languages_of_a_channel_can_be_heard_and_read(tuned, inbox):
    told = [tuned(7), *(inbox.await_state(PlayerState.PLAYING, 7).status for _ in range(3))]

    def languages(tracks) -> list[str]:
        return [track.language for track in tracks.offered]

    assert languages(told[-1].audio) == ["eng", "ara"]
    assert languages(told[-1].subtitles) == ["eng", "ara"]
