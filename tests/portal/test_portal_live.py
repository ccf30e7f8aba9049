"""Channels on the air, over HTTP, with real encoders."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests

from stb.portal import ts
from stb.portal.gate import Trouble
from stb.portal.portal import Portal

BOX = "195C68F32A17B98"
ENOUGH = 188 * 300


@pytest.fixture
def portal(tmp_path: Path, clips_cache: Path) -> Iterator[Portal]:
    """An operator whose channels leave the air soon, and a box that may see them all."""
    with Portal(state=tmp_path, cache=clips_cache, linger_s=0.3) as portal:
        portal.world.register(BOX)
        portal.world.activate(BOX)
        yield portal


@contextmanager
def watching(portal: Portal, channel: int, duid: str | None = BOX) -> Iterator[requests.Response]:
    device = "" if duid is None else f"?duid={duid}"
    with requests.get(f"{portal.address}/live/{channel}.ts{device}", stream=True, timeout=60) as answer:
        yield answer


def packets_of(data: bytes) -> list[bytes]:
    return [data[at : at + ts.PACKET] for at in range(0, len(data), ts.PACKET)]


@pytest.mark.parametrize("channel", [1, 2, 3], ids=["720p", "1080p", "clock"])
def test_every_viewer_begins_with_the_tables_and_a_keyframe(portal, channel):
    for _ in range(2):
        with watching(portal, channel) as answer:
            assert answer.status_code == 200
            assert answer.headers["Content-Type"] == "video/mp2t"
            pat, pmt, picture, *_ = packets_of(answer.raw.read(ENOUGH))

        map_pid = ts.pmt_pid(pat)
        assert ts.header(pat).pid == ts.PAT_PID
        assert ts.header(pmt).pid == map_pid
        assert ts.header(picture).pid == ts.leading_pid(pmt)
        assert ts.header(picture).random_access
        assert ts.header(picture).starts


def test_two_viewers_share_one_encoder_which_ends_with_the_last_of_them(portal, on_air, gone):
    with watching(portal, 1) as one, watching(portal, 1) as other:
        assert one.raw.read(ENOUGH)
        assert other.raw.read(ENOUGH)
        ((encoder, command),) = on_air().items()
        assert portal.viewers(1) == 2
        other.close()
        assert one.raw.read(ENOUGH)
        assert list(on_air()) == [encoder]

    gone(encoder)
    assert portal.viewers(1) == 0
    assert " -c copy " in command


def test_a_viewer_who_comes_back_soon_finds_the_same_encoder(tmp_path, clips_cache, on_air):
    with Portal(state=tmp_path, cache=clips_cache, linger_s=600) as portal:
        with watching(portal, 1, duid=None) as answer:
            answer.raw.read(ENOUGH)
            before = list(on_air())
        with watching(portal, 1, duid=None) as answer:
            answer.raw.read(ENOUGH)
            assert list(on_air()) == before


def test_a_channel_whose_encoder_dies_ends_and_can_be_watched_again(portal, on_air):
    with watching(portal, 1) as answer:
        answer.raw.read(ENOUGH)
        (encoder,) = on_air()
        os.kill(encoder, signal.SIGKILL)
        while answer.raw.read(ENOUGH):
            pass
    with watching(portal, 1) as answer:
        assert len(answer.raw.read(ENOUGH)) == ENOUGH
        assert encoder not in on_air()


def test_a_portal_that_stops_ends_its_viewers_and_its_encoders(portal, encoders, on_air):
    with watching(portal, 1) as answer, watching(portal, 3) as other:
        answer.raw.read(ENOUGH)
        other.raw.read(ENOUGH)
        assert len(on_air()) == 2
        portal.stop()
        assert encoders() == {}
        while answer.raw.read(ENOUGH):
            pass


def test_a_radio_is_sound_alone_and_can_be_joined_while_it_runs(portal):
    with watching(portal, 6) as first:
        first.raw.read(188 * 20)
        with watching(portal, 6) as second:
            pat, pmt, sound, *_ = packets_of(second.raw.read(188 * 20))

    assert ts.pmt_pid(pat) == ts.header(pmt).pid
    assert ts.header(sound).pid == ts.leading_pid(pmt)
    assert [kind for kind, _ in ts._streams(ts._section(pmt, fixed=10))] == [0x0F]


def test_asking_about_a_channel_does_not_put_it_on_the_air(portal, on_air):
    answer = requests.head(f"{portal.address}/live/1.ts", timeout=60)

    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "video/mp2t")
    assert on_air() == {}


def test_a_channel_ends_when_the_subscription_does(portal):
    with watching(portal, 2) as answer, watching(portal, 1) as free:
        answer.raw.read(ENOUGH)
        portal.world.expire(BOX)
        while answer.raw.read(ENOUGH):
            pass
        assert len(free.raw.read(ENOUGH)) == ENOUGH

    with watching(portal, 2) as answer:
        assert answer.status_code == 403
        assert list(answer.json()) == ["error"]


REFUSED = {
    "a device that was switched off": (1, BOX, 403),
    "an unknown device": (1, "15FACE", 403),
    "nobody, for a channel that is not free": (2, None, 403),
    "a channel there is none of": (99, BOX, 404),
}


@pytest.mark.parametrize(("channel", "duid", "status"), REFUSED.values(), ids=REFUSED)
def test_who_may_not_watch_is_told_so(portal, channel, duid, status):
    portal.world.disable(BOX)

    with watching(portal, channel, duid) as answer:
        assert (answer.status_code, list(answer.json())) == (status, ["error"])


def test_streams_can_be_refused_for_a_while(portal):
    with portal.troubled(Trouble.NO_STREAMS), watching(portal, 1) as answer:
        assert answer.status_code == 403
    with watching(portal, 1) as answer:
        assert answer.status_code == 200


def test_a_clock_shows_the_moment_it_is_watched(portal, shown):
    before = int(time.time())
    with watching(portal, 3) as answer:
        stream = answer.raw.read(188 * 800)
    after = time.time() + 1  # an encoder may be a little ahead of what it sends

    moments = shown(stream)

    assert moments == sorted(moments)
    assert before <= moments[0] <= moments[-1] <= after
    assert len(set(moments)) > 1
