"""A network that comes is noticed, as the kernel tells it (rtnetlink(7))."""

import os
import select
import socket
import struct
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.board.arrivals import Arrivals, is_way_out, messages

ROUTE, ADDRESS, GONE = 24, 20, 25
LATER = 60.0


def told(kind, *, destination=0, way=1, family=socket.AF_INET):
    body = struct.pack("=BBBBBBBBI", family, destination, 0, 0, 254, 16, 0, way, 0)
    return struct.pack("=IHHII", 16 + len(body), kind, 0, 0, 0) + body


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        pytest.param(told(ROUTE), True, id="a default route"),
        pytest.param(told(ROUTE, family=socket.AF_INET6), True, id="one of IPv6"),
        pytest.param(told(ROUTE, destination=24) + told(ROUTE), True, id="one among others"),
        pytest.param(told(ROUTE, destination=24), False, id="a route to the neighbours"),
        pytest.param(told(ROUTE, way=7), False, id="a wall"),
        pytest.param(told(GONE), False, id="a route that goes"),
        pytest.param(told(ADDRESS), False, id="an address"),
        pytest.param(told(ROUTE)[:-1], False, id="cut off"),
        pytest.param(b"", False, id="nothing"),
    ],
)
def test_only_a_new_route_to_everywhere_is_a_way_out(said, seen):
    assert any(is_way_out(kind, body) for kind, body in messages(said)) is seen


@given(st.binary(max_size=200))
def test_whatever_is_told_is_taken_apart(said):
    assert all(len(body) <= len(said) for _, body in messages(said))


@pytest.mark.skipif(os.geteuid() != 0, reason="routes are root's")
def test_the_kernel_tells_of_a_way_out():
    with closing(Arrivals()) as arrivals:
        assert not arrivals.take()
        made = _route(24, 0x5 | 0x400 | 0x200)  # RTM_NEWROUTE: request, acknowledge, create, exclusively
        try:
            readable, _, _ = select.select([arrivals], [], [], LATER)
            assert made == 0
            assert readable
            assert arrivals.take()
        finally:
            _route(25, 0x5)
    arrivals.close()


def _route(kind, flags):
    """A default route over the loopback, in a table that nobody asks; 0, or what was wrong."""
    table, scope_link, boot = 77, 253, 3
    message = struct.pack("=BBBBBBBBI", socket.AF_INET, 0, 0, 0, table, boot, scope_link, 1, 0)
    message += struct.pack("=HHI", 8, 4, socket.if_nametoindex("lo"))  # RTA_OIF
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, socket.NETLINK_ROUTE) as kernel:
        kernel.send(struct.pack("=IHHII", 16 + len(message), kind, flags, 1, 0) + message)
        return struct.unpack_from("=i", kernel.recv(4096), 16)[0]
