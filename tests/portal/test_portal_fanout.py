"""One stream to many viewers."""

import asyncio
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.portal import ts
from stb.portal.fanout import Fanout, Viewer

PMT, VIDEO, AUDIO = 0x1000, 0x100, 0x101


@pytest.fixture(scope="session")
def tables(packets) -> bytes:
    return packets.pat(PMT) + packets.pmt(PMT, {AUDIO: 0x0F, VIDEO: 0x1B})


@pytest.fixture(scope="session")
def film(packets, tables):
    """Groups of pictures: tables, a keyframe, some more pictures and sound."""

    def film(groups: int, length: int = 5) -> list[bytes]:
        return [
            tables
            + b"".join(
                packets.picture(VIDEO, group * length + place, key=place == 0)
                + packets.packet(AUDIO, b"sound", starts=True, random_access=True)
                for place in range(length)
            )
            for group in range(groups)
        ]

    return film


def taken(viewer: Viewer) -> bytes:
    """All that waits for a viewer."""
    viewer.end()
    return asyncio.run(viewer.take())


def test_a_viewer_joins_at_the_last_keyframe_with_the_tables_in_front(packets, tables, film):
    fanout = Fanout()
    first, second, third = film(3)
    fanout.feed(first + second)

    viewer = fanout.join()
    fanout.feed(third)

    seen = taken(viewer)
    assert seen.startswith(tables + packets.picture(VIDEO, 5, key=True))
    assert seen == second + third


def test_a_viewer_who_is_there_before_the_first_keyframe_misses_nothing_of_it(film):
    fanout = Fanout()
    viewer = fanout.join()
    groups = film(2)

    fanout.feed(b"".join(groups))

    assert taken(viewer) == b"".join(groups)


@given(cuts=st.lists(st.integers(min_value=0, max_value=188 * 36), max_size=30))
def test_how_the_bytes_are_cut_makes_no_difference(film, cuts):
    data = b"".join(film(3))
    fanout = Fanout()
    viewer = fanout.join()

    for start, end in pairwise([0, *sorted(cuts), len(data)]):
        fanout.feed(data[start:end])

    assert taken(viewer) == data
    assert taken(fanout.join()) == film(3)[-1]


def test_a_slow_viewer_is_taken_to_a_later_keyframe_and_keeps_little_waiting(packets, tables, film):
    fanout = Fanout()
    slow, quick = fanout.join(), fanout.join()
    group = film(1, length=2000)[0]
    most = 0
    for _ in range(12):
        fanout.feed(group)
        assert asyncio.run(quick.take()) == group
        most = max(most, slow.waiting)
    fanout.feed(film(1)[0])

    assert most <= 4 << 20
    seen = taken(slow)
    assert seen.startswith(tables + packets.picture(VIDEO, 0, key=True))
    assert len(seen) < 12 * len(group)
    assert len(seen) % ts.PACKET == 0


def test_a_stream_without_keyframes_is_not_kept(packets, tables):
    fanout = Fanout()
    fanout.feed(tables + packets.picture(VIDEO, 0, key=True))
    for _ in range(100):
        fanout.feed(packets.packet(VIDEO, bytes(184)) * 200)

    late = fanout.join()
    fanout.feed(packets.packet(VIDEO, bytes(184)))

    assert taken(late) == b""


def test_the_end_of_the_source_is_the_end_for_every_viewer(film):
    async def watch() -> list[bytes]:
        fanout = Fanout()
        viewer = fanout.join()
        end = asyncio.create_task(viewer.take())
        await asyncio.sleep(0)
        fanout.feed(film(1)[0])
        fanout.end()
        return [await end, await viewer.take()]

    assert asyncio.run(watch()) == [film(1)[0], b""]


@given(data=st.binary(max_size=2000))
def test_noise_does_no_harm(data):
    fanout = Fanout()
    viewer = fanout.join()
    fanout.feed(data)

    assert len(taken(viewer)) % ts.PACKET == 0
