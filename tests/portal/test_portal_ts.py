"""Reading transport streams: what was written, and whatever else comes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.portal import ts

PIDS = st.integers(min_value=0x10, max_value=0x1FFE)
ANY_PACKET = st.binary(min_size=ts.PACKET, max_size=ts.PACKET)


@given(pid=PIDS, size=st.integers(min_value=0, max_value=182), starts=st.booleans(), key=st.booleans())
def test_a_header_says_what_was_written(packets, pid, size, starts, key):
    packet = packets.packet(pid, bytes(size), starts=starts, random_access=key)

    assert len(packet) == ts.PACKET
    assert ts.header(packet) == ts.Header(pid, starts, key, ts.PACKET - size)


@given(pid=PIDS)
def test_a_pat_names_the_map_of_the_programme_and_not_of_the_network(packets, pid):
    assert ts.pmt_pid(packets.pat(pid)) == pid


@given(streams=st.dictionaries(PIDS, st.sampled_from([0x1B, 0x24, 0x02, 0x0F, 0x81, 0x06]), max_size=12))
def test_a_pmt_names_the_first_video_or_else_the_first_sound(packets, streams):
    video = next((pid for pid, kind in streams.items() if kind in {0x1B, 0x24, 0x02}), None)
    sound = next((pid for pid, kind in streams.items() if kind == 0x0F), None)

    assert ts.leading_pid(packets.pmt(0x1000, streams)) == (sound if video is None else video)


@given(ticks=st.integers(min_value=0, max_value=(1 << 33) - 1))
def test_a_picture_says_when_it_is_shown(packets, ticks):
    pts = bytes(
        [
            0x21 | ticks >> 29 & 0x0E,
            ticks >> 22 & 0xFF,
            0x01 | ticks >> 14 & 0xFE,
            ticks >> 7 & 0xFF,
            0x01 | ticks << 1 & 0xFE,
        ]
    )
    pes = b"\0\0\1\xe0\0\0\x80\x80\x05" + pts + b"picture"

    assert ts.timestamp(packets.packet(0x100, pes, starts=True, random_access=True)) == ticks
    assert ts.timestamp(packets.packet(0x100, pes)) is None


def test_time_goes_on_where_timestamps_begin_anew():
    assert ts.seconds_between((1 << 33) - 90_000, 90_000) == 2.0


@given(packet=ANY_PACKET)
def test_no_packet_is_too_strange(packet):
    assert 0 <= ts.header(packet).payload <= ts.PACKET
    assert ts.pmt_pid(packet) in {None, *range(0x2000)}
    assert ts.leading_pid(packet) in {None, *range(0x2000)}
    assert ts.timestamp(packet) is None or 0 <= ts.timestamp(packet) < 1 << 33


@pytest.mark.parametrize("read", [ts.pmt_pid, ts.leading_pid, ts.timestamp], ids=["PAT", "PMT", "PES"])
def test_a_packet_in_which_no_table_begins_names_nothing(packets, read):
    assert read(packets.packet(0, bytes(184))) is None
