"""Files from any server, over real sockets: bounded, and without anything that says who we are elsewhere."""

import pytest

from stb.errors import BadReply, NoSuchItem, ServerFault, Unreachable

FILE = b"\x89PNG" + bytes(range(256))


def fetch(client, address, limit=10_000):
    return client.get_bytes(address, limit)


def test_a_file_comes_as_it_is(server, client):
    server.replies(body=FILE, Content_Type="image/png")
    assert fetch(client, server.address) == FILE
    assert server.requests[0].startswith(b"GET /api HTTP/1.1\r\n")


@pytest.mark.parametrize(
    ("status", "error"),
    [
        ("404 Not Found", NoSuchItem),
        ("403 Forbidden", NoSuchItem),
        ("503 Busy", ServerFault),
        ("204 No Content", BadReply),
        ("304 Not Modified", BadReply),
    ],
)
def test_an_answer_without_the_file_is_an_error(server, client, status, error):
    server.replies(status, b"")
    with pytest.raises(error) as caught:
        fetch(client, server.address)
    assert caught.value.status == int(status[:3])


def test_a_file_over_the_limit_is_not_read_to_its_end(server, client):
    server.drips(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n", b"x" * 5000)
    with pytest.raises(BadReply) as caught:
        fetch(client, server.address)
    assert caught.value.where == "body"


def test_a_server_that_drips_is_cut_off(server, quick):
    server.drips(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n", b"x")
    with pytest.raises(Unreachable):
        fetch(quick, server.address)


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://tv.example/a.png", "data:image/png,x", ""])
def test_only_addresses_of_the_web_are_fetched(client, address):
    with pytest.raises(BadReply):
        fetch(client, address)


def test_redirects_are_followed_but_not_for_ever(server, client):
    server.replies("302 Found", Location="/elsewhere")
    with pytest.raises(BadReply) as caught:
        fetch(client, server.address)
    assert caught.value.where == "Location"
    assert b"GET /elsewhere " in server.requests[1]
    assert len(server.requests) == 6


def test_a_redirect_out_of_the_web_is_refused(server, client):
    server.replies("302 Found", Location="file:///etc/passwd")
    with pytest.raises(BadReply):
        fetch(client, server.address)


def test_a_password_in_an_address_stays_with_its_server(server, client):
    """``localhost`` and ``127.0.0.1`` are two servers to HTTP."""
    elsewhere = f"http://localhost:{server.port}/b"
    server.replies("302 Found", Location=elsewhere)
    with pytest.raises(BadReply):
        fetch(client, f"http://me:word@127.0.0.1:{server.port}/a")
    assert b"authorization: basic" in server.requests[0].lower()
    assert b"GET /b " in server.requests[1]
    assert b"authorization" not in server.requests[1].lower()


def test_what_a_server_asks_to_be_kept_is_forgotten(server, client):
    server.replies(body=FILE, Set_Cookie="who=you; Path=/")
    fetch(client, server.address)
    fetch(client, server.address)
    assert b"cookie" not in server.requests[1].lower()
