"""HTTP with an operator, over real sockets: every way to fail has its error, and no error has a secret."""

import gzip
import json
import socket
import traceback
import zlib
from pathlib import Path

import pytest

from stb.errors import BadReply, ProviderError, Unreachable, Untrusted
from stb.net import Reply


@pytest.mark.parametrize("status", ["200 OK", "201 Created", "400 Bad Request", "404 Not Found", "503 Busy"])
def test_an_answer_of_any_status_is_a_reply(server, client, status):
    server.replies(status, b'{"a": 1}')
    reply = client.post_json(server.address, {})
    assert reply == Reply(status=int(status[:3]), media_type="application/json", body=b'{"a": 1}')


def test_the_question_is_a_post_of_json_that_says_who_asks(server, client):
    server.replies()
    client.post_json(server.address, {"duid": "195C", "name": "\u0642"})
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    lines = head.decode().lower().split("\r\n")
    assert lines[0] == "post /api http/1.1"
    assert "content-type: application/json" in lines
    assert "accept: application/json" in lines
    assert any(line.startswith("user-agent: stb/") for line in lines)
    assert json.loads(body) == {"duid": "195C", "name": "\u0642"}


@pytest.mark.parametrize(
    ("header", "media_type", "charset"),
    [
        pytest.param("Application/JSON; Charset=UTF-8", "application/json", "utf-8", id="upper case"),
        pytest.param("text/html;charset=windows-1256", "text/html", "windows-1256", id="another charset"),
        pytest.param("", "text/plain", "", id="none"),
        pytest.param(";;;=", "text/plain", "", id="garbage"),
        pytest.param("a/b; charset*=x'y'z%FF", "a/b", "", id="encoded in an unknown charset"),
    ],
)
def test_what_the_server_says_of_its_body(server, client, header, media_type, charset):
    server.replies(Content_Type=header)
    reply = client.post_json(server.address, {})
    assert (reply.media_type, reply.charset) == (media_type, charset)


@pytest.mark.parametrize(
    ("coding", "pack"),
    [pytest.param("gzip", gzip.compress, id="gzip"), pytest.param("deflate", zlib.compress, id="deflate")],
)
def test_a_packed_body_is_unpacked(server, client, coding, pack):
    server.replies(body=pack(b"hello"), Content_Encoding=coding)
    assert client.post_json(server.address, {}).body == b"hello"


def test_the_machines_proxy_and_netrc_change_nothing(server, client, tmp_path, monkeypatch):
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password word\n")
    monkeypatch.setenv("NETRC", str(netrc))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    monkeypatch.delenv("no_proxy", raising=False)
    server.replies()
    assert client.post_json(server.address, {}).status == 200
    assert b"authorization" not in server.requests[0].lower()


def test_each_question_has_a_connection_of_its_own_whatever_the_server_would_like(server, client):
    def keep(connection, server):
        connection.sendall(server.http(Connection="keep-alive"))
        server.over.wait()

    server.script = keep
    for _ in range(3):
        client.post_json(server.address, {})
    assert server.connections == 3


# --- nobody there ---------------------------------------------------------------------------------


def test_a_closed_port_is_unreachable_with_the_systems_word_as_cause(client):
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{nobody.getsockname()[1]}/"
        with pytest.raises(Unreachable, match="nothing listens there") as caught:
            client.post_json(address, {})
    assert isinstance(caught.value.__cause__, ConnectionRefusedError)


def test_an_unknown_name_is_unreachable(client):
    with pytest.raises(Unreachable, match="no such name"):
        client.post_json("http://nowhere.invalid/", {})


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nonsense",
        "http://",
        "http:///path",
        "http://[::1",
        "http://tv.example:99999/",
        "http://tv.example:word/",
        "http://.example/",
        f"http://{'a' * 300}.example/",
        "ftp://tv.example/",
        "file:///etc/hostname",
    ],
)
def test_what_is_no_address_is_unreachable(client, address):
    with pytest.raises(Unreachable):
        client.post_json(address, {})


# --- redirects --------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["301 Moved", "302 Found", "307 Temporary", "308 Permanent"])
def test_a_question_that_is_sent_elsewhere_stays_the_question(server, client, status):
    answers = iter([server.http(status, Location="/other?a=1"), server.http(body=b"[1]")])
    server.script = lambda connection, _: connection.sendall(next(answers))
    assert client.post_json(server.address, {"a": "b"}).body == b"[1]"
    assert server.requests[1].startswith(b"POST /other?a=1 ")
    assert server.requests[1].endswith(b'{"a": "b"}')


def test_being_sent_in_circles_ends(server, client):
    server.replies("302 Found", Location="/api")
    with pytest.raises(BadReply, match="circles"):
        client.post_json(server.address, {})
    assert len(server.requests) == 6


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://tv.example/", "javascript:1"])
def test_being_sent_to_something_else_than_a_server_is_refused(server, client, location):
    server.replies("302 Found", Location=location)
    with pytest.raises(BadReply, match="elsewhere"):
        client.post_json(server.address, {})


def test_being_sent_to_no_address_is_unreachable(server, client):
    server.replies("302 Found", Location="http://[::1")
    with pytest.raises(ProviderError):
        client.post_json(server.address, {})


def test_being_sent_from_tls_to_plain_is_refused(server, tls_server, client):
    client._session.verify = str(Path(__file__).with_name("localhost.pem"))
    tls_server.replies("302 Found", Location=server.address)
    with pytest.raises(BadReply, match="elsewhere"):
        client.post_json(tls_server.address.replace("http:", "https:"), {})
    assert server.requests == []


# --- TLS ----------------------------------------------------------------------------------------------


def test_a_certificate_nobody_vouches_for_is_untrusted(tls_server, client):
    with pytest.raises(Untrusted):
        client.post_json(tls_server.address.replace("http:", "https:"), {})
    assert b"".join(tls_server.requests) == b""


def test_a_certificate_for_another_name_is_untrusted(tls_server, client):
    client._session.verify = str(Path(__file__).with_name("localhost.pem"))
    with pytest.raises(Untrusted):
        client.post_json(f"https://127.1:{tls_server.port}/", {})


def test_a_trusted_server_answers(tls_server, client):
    client._session.verify = str(Path(__file__).with_name("localhost.pem"))
    tls_server.replies(body=b"[]")
    assert client.post_json(tls_server.address.replace("http:", "https:"), {}).body == b"[]"


def test_a_server_without_tls_is_unreachable(server, client):
    server.says(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    with pytest.raises(Unreachable):
        client.post_json(server.address.replace("http:", "https:"), {})


# --- no secrets -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    [
        pytest.param("http://S3CRET:S3CRET@127.0.0.1:{port}/a?token=S3CRET", id="cut off"),
        pytest.param("http://S3CRET:S3CRET@[::1/a?token=S3CRET", id="not an address"),
        pytest.param("ftp://S3CRET:S3CRET@127.0.0.1/a?token=S3CRET", id="not a scheme"),
        pytest.param("http://S3CRET:S3CRET@.example/a?token=S3CRET", id="not a name"),
        pytest.param("http://S3CRET:S3CRET@127.0.0.1:99999/a?token=S3CRET", id="not a port"),
    ],
)
def test_an_error_with_its_whole_traceback_holds_no_secret(server, client, caplog, address):
    caplog.set_level("DEBUG", logger="stb")
    server.says(b"")
    with pytest.raises(ProviderError) as caught:
        client.post_json(address.format(port=server.port), {})
    causes = [caught.value, *_causes(caught.value)]
    told = "".join(line for cause in causes for line in traceback.format_exception_only(cause))
    assert "S3CRET" not in told.upper() + caplog.text
    assert "S3CRET" not in repr(caught.value.failure)


def _causes(error):
    while (error := error.__cause__) is not None:
        yield error


def test_a_form_is_sent_as_a_browser_does(server, client):
    server.replies()
    client.post_form(server.address, {"username": "me & you", "password": "wörd"}, {"X-A": "b"})
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    lines = head.decode().lower().split("\r\n")
    assert lines[0] == "post /api http/1.1"
    assert "content-type: application/x-www-form-urlencoded" in lines
    assert "x-a: b" in lines
    assert body == b"username=me+%26+you&password=w%C3%B6rd"


@pytest.mark.parametrize(
    ("location", "whole"),
    [
        pytest.param("./next?a=1", "http://127.0.0.1:{port}/next?a=1", id="of the same folder"),
        pytest.param("https://tv.example/", "https://tv.example/", id="of another server"),
        pytest.param("", "", id="none"),
    ],
)
def test_a_form_is_answered_by_a_redirect_that_nobody_follows(server, client, location, whole):
    server.replies("302 Found", b"", Location=location)
    reply = client.post_form(server.address, {"password": "word"})
    assert (reply.status, reply.location) == (302, whole.format(port=server.port))
    assert server.connections == 1


def test_an_answer_that_is_no_redirect_may_say_anything_of_a_place(server, client):
    server.replies("200 OK", b"{}", Location="http://[")
    assert client.get(server.address).location == ""


def test_a_question_is_not_asked_elsewhere_where_that_is_not_wanted(server, client):
    server.replies("302 Found", b"", Location="/other")
    assert client.get(server.address, follow=False).status == 302
    assert server.connections == 1


def test_what_the_server_asks_to_be_kept_is_told_and_not_kept(server, client):
    answer = server.http().replace(b"\r\n\r\n", b"\r\nSet-Cookie: a=1; Path=/\r\nSet-Cookie: b=2\r\n\r\n")
    server.says(answer)
    assert client.get(server.address).cookies == {"a": "1", "b": "2"}
    client.get(server.address)
    assert b"cookie:" not in server.requests[1].lower()
