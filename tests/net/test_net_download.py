"""Large files, over real sockets: whole or not at all, gone on with, and not fetched twice."""

import errno
import gzip
import json
import re

import pytest

from stb.errors import (
    BadReply,
    CatalogueError,
    LoginRefused,
    NoSuchItem,
    ServerFault,
    Unreachable,
)
from stb.net import download

FILE = bytes(range(256)) * 1000
TAG = {"ETag": '"one"'}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "kept" / "guide"


@pytest.fixture
def fetch(server, client, path):
    def fetch(limit=10_000_000, **headers):
        return download(client, server.address, path, limit=limit, headers=headers)

    return fetch


def ranged(server, *, cut_at=(), **headers):
    """Serve `FILE` as RFC 9110 says, hanging up after so many bytes of each answer in turn."""
    cuts = iter(cut_at)

    def script(connection, _):
        heard = server.requests[-1].decode().lower()
        begin = int(found[1]) if (found := re.search(r"range: bytes=(\d+)-", heard)) else 0
        if (
            begin
            and f"if-range: {headers.get('ETag', headers.get('Last_Modified', '')).lower()}" not in heard
        ):
            begin = 0
        body = FILE[begin:]
        status = "206 Partial Content" if begin else "200 OK"
        more = {"Content_Range": f"bytes {begin}-{len(FILE) - 1}/{len(FILE)}"} if begin else {}
        answer = server.http(status, body, **headers, **more)
        head = len(answer) - len(body)
        connection.sendall(answer[: head + next(cuts, len(body))])

    server.script = script


def test_a_file_is_whole_under_its_name_and_nothing_else_is_left(server, fetch, path):
    server.replies(body=FILE)
    assert fetch().path == path
    assert path.read_bytes() == FILE
    assert {each.name for each in path.parent.iterdir()} == {"guide", "guide.json"}


def test_more_headers_are_sent(server, fetch):
    server.replies(body=FILE)
    fetch(User_Agent="x", Cookie="a=b")
    assert b"Cookie: a=b\r\n" in server.requests[0]


@pytest.mark.parametrize(
    ("headers", "asked"),
    [
        pytest.param({"ETag": '"one"'}, b'If-None-Match: "one"', id="entity tag"),
        pytest.param({"ETag": 'W/"one"'}, b'If-None-Match: W/"one"', id="weak entity tag"),
        pytest.param(
            {"Last_Modified": "Thu, 01 Jan 2026 00:00:00 GMT"},
            b"If-Modified-Since: Thu, 01 Jan 2026 00:00:00 GMT",
            id="date",
        ),
    ],
)
def test_what_did_not_change_is_not_sent_again(server, fetch, path, headers, asked):
    server.replies(body=FILE, **headers)
    first = fetch()
    server.replies("304 Not Modified", b"", Content_Length="")
    assert fetch() == first
    assert asked in server.requests[1]
    assert path.read_bytes() == FILE


def test_a_server_without_validators_shows_by_the_bytes_that_nothing_changed(server, fetch):
    server.replies(body=FILE)
    first = fetch()
    assert fetch() == first
    assert b"If-" not in server.requests[1]
    server.replies(body=FILE + b"!")
    assert fetch().revision != first.revision


@pytest.mark.parametrize("length", [len(FILE), 20_000_000], ids=["short", "long"])
def test_a_file_that_is_sent_as_it_was_before_is_not_written_again(server, fetch, path, length):
    body = (FILE * 80)[:length]
    server.replies(body=body)
    first = fetch(limit=30_000_000)
    written = path.stat().st_ino
    assert fetch(limit=30_000_000) == first
    assert (path.stat().st_ino == written) == (length == len(FILE))
    assert path.read_bytes() == body
    server.replies(body=FILE[:-1], **TAG)
    assert fetch().revision != first.revision
    server.replies(body=FILE[:-1], ETag='"two"')
    fetch()
    fetch()
    assert b'If-None-Match: "two"' in server.requests[-1]


def test_a_file_that_is_cut_off_while_another_is_there_is_gone_on_with(server, fetch, path):
    server.replies(body=b"another")
    fetch()
    ranged(server, cut_at=(100_000,), **TAG)
    fetch()
    assert path.read_bytes() == FILE
    assert b"Range: bytes=100000-" in server.requests[-1]


def test_a_file_that_was_lost_is_asked_for_without_conditions(server, fetch, path):
    server.replies(body=FILE, ETag='"one"')
    fetch()
    path.write_bytes(FILE[:10])
    fetch()
    assert b"If-None-Match" not in server.requests[1]
    assert path.read_bytes() == FILE


@pytest.mark.parametrize(
    "notes", [b"", b"[]", b"{", b'{"address": 1}', b'{"other": ""}', b'{"size": "x"}', b"\xff"], ids=repr
)
def test_notes_that_are_damaged_are_none(server, fetch, path, notes):
    path.parent.mkdir()
    path.write_bytes(b"old")
    path.with_name("guide.json").write_bytes(notes)
    server.replies(body=FILE)
    fetch()
    assert b"If-" not in server.requests[0]
    assert path.read_bytes() == FILE


def test_notes_of_another_address_do_not_count_and_hold_no_secret(server, client, path):
    server.replies(body=FILE, ETag='"one"')
    download(client, f"{server.address}?password=hush", path, limit=10**7)
    assert "hush" not in path.with_name("guide.json").read_text()
    download(client, f"{server.address}?password=other", path, limit=10**7)
    assert b"If-None-Match" not in server.requests[1]


def test_what_is_cut_off_is_gone_on_with(server, fetch, path):
    ranged(server, cut_at=(100_000, 50_000), **TAG)
    fetch()
    assert path.read_bytes() == FILE
    begins = [re.search(rb"Range: bytes=(\d+)-", request) for request in server.requests]
    assert begins[0] is None
    assert 0 < int(begins[1][1]) < int(begins[2][1]) <= 150_000
    assert b'If-Range: "one"' in server.requests[1]


def test_a_later_call_goes_on_too(server, fetch, path):
    ranged(server, cut_at=(100_000, 0), Last_Modified="Thu, 01 Jan 2026 00:00:00 GMT")
    with pytest.raises(Unreachable):
        fetch()
    assert not path.exists()
    fetch()
    assert path.read_bytes() == FILE
    assert b"Range: bytes=" in server.requests[-1]


def test_a_file_that_changed_meanwhile_begins_anew(server, fetch, path):
    ranged(server, cut_at=(100_000, 0), ETag='"one"')
    with pytest.raises(Unreachable):
        fetch()
    server.replies(body=b"another", ETag='"two"')
    fetch()
    assert path.read_bytes() == b"another"


@pytest.mark.parametrize("headers", [{}, {"ETag": 'W/"one"'}], ids=["no validator", "a weak one"])
def test_what_cannot_be_told_to_be_the_same_begins_anew(server, fetch, path, headers):
    ranged(server, cut_at=(100_000,), **headers)
    fetch()
    assert path.read_bytes() == FILE
    assert b"Range:" not in server.requests[1]


def test_a_part_that_no_longer_fits_begins_anew(server, fetch, path):
    ranged(server, cut_at=(100_000, 0), **TAG)
    with pytest.raises(Unreachable):
        fetch()

    def script(connection, _):
        asked = b"Range: bytes=" in server.requests[-1]
        connection.sendall(server.http("416 Range", b"") if asked else server.http(body=b"short"))

    server.script = script
    fetch()
    assert path.read_bytes() == b"short"


def test_a_part_that_is_not_the_one_asked_for_is_refused(server, fetch, path):
    ranged(server, cut_at=(100_000, 0), **TAG)
    with pytest.raises(Unreachable):
        fetch()
    server.replies("206 Partial Content", b"x", Content_Range="bytes 5-5/6")
    with pytest.raises(BadReply):
        fetch()
    server.replies(body=FILE)
    fetch()
    assert path.read_bytes() == FILE


def test_a_server_that_always_cuts_is_given_up_and_the_old_file_stays(server, fetch, path):
    server.replies(body=b"old")
    fetch()
    ranged(server, cut_at=(1000,) * 20, **TAG)
    with pytest.raises(Unreachable):
        fetch()
    assert path.read_bytes() == b"old"
    assert len(server.requests) < 10


def test_a_packed_answer_stays_packed(server, fetch, path):
    server.replies(body=gzip.compress(FILE), Content_Encoding="gzip")
    fetch()
    assert gzip.decompress(path.read_bytes()) == FILE


@pytest.mark.parametrize(
    ("status", "error"),
    [
        ("404 Not Found", NoSuchItem),
        ("410 Gone", NoSuchItem),
        ("401 Unauthorized", LoginRefused),
        ("403 Forbidden", LoginRefused),
        ("458 Too many", LoginRefused),
        ("884 Refused", LoginRefused),
        ("512 Refused", LoginRefused),
        ("429 Too Many Requests", ServerFault),
        ("500 Broken", ServerFault),
        ("503 Busy", ServerFault),
        ("204 No Content", BadReply),
        ("206 Partial Content", BadReply),
        ("304 Not Modified", BadReply),
    ],
)
def test_an_answer_without_the_file_is_an_error_of_its_status(server, fetch, path, status, error):
    server.replies(status, b"", Content_Length="0")
    with pytest.raises(error) as caught:
        fetch()
    assert caught.value.status == int(status[:3])
    assert caught.value.source == "home"
    assert not path.exists()


def test_a_file_that_says_it_is_too_large_is_not_read(server, fetch, path):
    server.replies(body=b"x" * 5000)
    with pytest.raises(BadReply):
        fetch(limit=1000)
    assert list(path.parent.glob("*.part")) == []


def test_a_file_that_does_not_end_is_cut_off_at_the_limit(server, fetch, path):
    server.drips(b"HTTP/1.1 200 OK\r\n\r\n", b"x" * 5000)
    with pytest.raises(BadReply):
        fetch(limit=100_000)
    assert list(path.parent.glob("*.part")) == []


def test_a_full_disk_is_our_error_and_gets_its_room_back(server, fetch, path, monkeypatch):
    def full(_):
        raise OSError(errno.ENOSPC, "No space left on device")

    server.replies(body=FILE)
    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(CatalogueError, match="No space left"):
        fetch()
    assert not path.exists()
    assert list(path.parent.glob("*.part")) == []


def test_a_folder_that_cannot_be_made_is_our_error(server, client, tmp_path):
    (tmp_path / "kept").write_text("a file")
    with pytest.raises(CatalogueError):
        download(client, server.address, tmp_path / "kept" / "guide", limit=10)


def test_the_notes_are_readable_by_later_versions(server, fetch, path):
    server.replies(body=FILE, ETag='"one"')
    told = fetch()
    notes = json.loads(path.with_name("guide.json").read_text())
    assert (notes["etag"], notes["size"], notes["revision"]) == ('"one"', len(FILE), told.revision)
