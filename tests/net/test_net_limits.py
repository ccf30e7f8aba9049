"""Servers that are slow, endless, cut off or no servers at all: each ends soon, with an error of ours."""

import gzip
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stb.errors import BadReply, ProviderError, Unreachable
from stb.model import SourceId
from stb.net import HttpClient, Limits, Reply

TOO_LATE = "no answer in time"


def test_a_server_that_never_answers_is_unreachable(server):
    client = HttpClient(SourceId("home"), limits=Limits(read=0.2))
    server.script = lambda _connection, server: server.over.wait()
    with pytest.raises(Unreachable, match=TOO_LATE):
        client.post_json(server.address, {})
    client.close()


def whole_body(client, address):
    with client.opened(address) as opened:
        return b"".join(opened.pieces())


def as_it_is_sent(client, address):
    with client.opened(address) as opened:
        return b"".join(opened.packed())


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda client, address: client.post_json(address, {}), id="at once"),
        pytest.param(whole_body, id="piece by piece"),
        pytest.param(as_it_is_sent, id="as it is sent"),
    ],
)
@pytest.mark.parametrize(
    ("start", "drop"),
    [
        pytest.param(b"", b"H", id="status line"),
        pytest.param(b"HTTP/1.1 200 OK\r\n", b"A", id="one endless header"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\nA: ", b"a", id="header after the length"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n", b" ", id="body of a length"),
        pytest.param(b"HTTP/1.1 200 OK\r\n\r\n", b" ", id="body until the end"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n", id="body in chunks"
        ),
        pytest.param(b"HTTP/1.1 100 Continue\r\n\r\n", b"HTTP/1.1 100 Continue\r\n\r\n", id="please wait"),
    ],
)
def test_a_server_that_drips_is_unreachable(server, quick, start, drop, ask):
    server.drips(start, drop)
    with pytest.raises(Unreachable, match=TOO_LATE):
        ask(quick, server.address)


def test_two_answers_that_are_read_in_turns_are_both_cut(server, quick):
    """A list is still read while another question of the same thread begins and ends."""
    server.drips(b"HTTP/1.1 200 OK\r\n\r\n", b" ")
    with pytest.raises(Unreachable, match=TOO_LATE), quick.opened(server.address) as first:  # noqa: PT012
        pieces = first.pieces()
        with pytest.raises(Unreachable, match=TOO_LATE):
            whole_body(quick, server.address)
        b"".join(pieces)


def test_a_dripping_tls_server_is_cut(tls_server, quick):
    quick._session.verify = str(Path(__file__).with_name("localhost.pem"))
    tls_server.drips(b"HTTP/1.1 200 OK\r\n\r\n", b" ")
    with pytest.raises(Unreachable, match=TOO_LATE):
        quick.post_json(tls_server.address.replace("http:", "https:"), {})


@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="of a declared length"),
        pytest.param({"Content_Length": ""}, id="until the end"),
        pytest.param({"Content_Length": "", "Content_Encoding": "gzip"}, id="packed a thousandfold"),
    ],
)
def test_an_answer_over_the_limit_is_refused(server, narrow, headers):
    body = b" " * 500_000
    server.replies(body=gzip.compress(body) if "Content_Encoding" in headers else body, **headers)
    for ask in (lambda client, address: client.post_json(address, {}), whole_body):
        with pytest.raises(BadReply, match="more than 1000 bytes") as caught:
            ask(narrow, server.address)
        assert caught.value.where == "body"


@pytest.mark.parametrize("coding", ["br", "gzip, gzip", "nonsense"])
def test_a_coding_nobody_asked_for_is_refused(server, client, coding):
    server.replies(Content_Encoding=coding)
    with pytest.raises(BadReply) as caught:
        client.post_json(server.address, {})
    assert (caught.value.where, caught.value.got) == ("Content-Encoding", coding)


def test_a_garbled_packed_body_is_refused(server, client):
    server.replies(body=b"not packed", Content_Encoding="gzip")
    with pytest.raises(BadReply, match="garbled"):
        client.post_json(server.address, {})


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"", id="hangs up at once"),
        pytest.param(b"HTTP/1.", id="in the status line"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{}", id="in the body"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\nab", id="in a chunk"),
        pytest.param(b"SSH-2.0-OpenSSH_9.2\r\n", id="no HTTP"),
        pytest.param(b"\0" * 100, id="zeros"),
        pytest.param(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500 + b"\r\n", id="hundreds of headers"),
    ],
)
def test_an_answer_that_is_cut_off_or_none_is_unreachable_and_asked_once(server, client, answer):
    server.says(answer)
    with pytest.raises(Unreachable) as caught:
        client.post_json(server.address, {})
    assert caught.value.source == "home"
    assert len(server.requests) == 1


# --- anything at all -----------------------------------------------------------------------------------

HEADERS = [b"Content-Type", b"Content-Length", b"Location", b"Content-Encoding", b"Set-Cookie"]
VALUES = [b"gzip", b"-1", b"5", b"//[", b"a/b;charset=x"]
ANSWERS = st.one_of(
    st.binary(max_size=200),
    st.builds(lambda rest: b"HTTP/1.1 " + rest, st.binary(max_size=100)),
    st.builds(
        lambda status, headers, body: (
            b"HTTP/1.1 %d X\r\n" % status + b"\r\n".join(headers) + b"\r\n\r\n" + body
        ),
        st.integers(0, 999),
        st.lists(
            st.builds(
                lambda name, value: name + b": " + value,
                st.sampled_from(HEADERS),
                st.one_of(st.binary(max_size=20), st.sampled_from(VALUES)),
            ),
            max_size=4,
        ),
        st.binary(max_size=40),
    ),
)


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(answer=ANSWERS)
def test_whatever_a_server_says_is_a_reply_or_an_error_of_ours(server, quick, answer):
    server.says(answer)
    with suppress(ProviderError):
        assert isinstance(quick.post_json(server.address, {}), Reply)
