"""Answers of AlKarma as bytes: every charset, every way to be broken, anything at all."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.errors import BadReply, ProviderError
from stb.model import AccountStatus, Duid, SourceId
from stb.net import Reply
from stb.providers.alkarma import wire

HOME = SourceId("home")
ORIGIN = "http://tv.example:5000"
DUID = Duid("195C68F32A17B98")


def reply(value, status=200):
    return Reply(status=status, media_type="application/json", body=json.dumps(value).encode())


def said(body, charset=""):
    return Reply(status=200, media_type="application/json", charset=charset, body=body)


def active(rows, **fields):
    return reply({"status": "active", "data": {"channels": rows}, **fields})


def account(answer):
    return wire.account(answer, HOME, ORIGIN)


def channels(answer):
    return wire.channels(answer, HOME, ORIGIN)


ARABIC = {"status": "active", "message": "بسم الله"}
TEXT = json.dumps(ARABIC, ensure_ascii=False)


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        pytest.param(TEXT.encode(), "", id="UTF-8"),
        pytest.param(TEXT.encode(), "iso-8859-1", id="UTF-8, declared as something else"),
        pytest.param(TEXT.encode("utf-8-sig"), "", id="byte order mark"),
        pytest.param(TEXT.encode("utf-16"), "", id="UTF-16 with a mark"),
        pytest.param(TEXT.encode("utf-16-le"), "", id="UTF-16 without"),
        pytest.param(TEXT.encode("utf-32"), "utf-8", id="UTF-32"),
        pytest.param(TEXT.encode("windows-1256"), "windows-1256", id="a charset of another age, declared"),
        pytest.param(json.dumps(ARABIC).encode("ascii"), "us-ascii", id="escaped"),
    ],
)
def test_the_operators_words_in_any_charset(body, charset):
    assert account(said(body, charset)).message == "بسم الله"


@pytest.mark.parametrize(
    ("body", "charset"),
    [
        pytest.param(b"", "", id="empty"),
        pytest.param(b" \r\n", "", id="blank"),
        pytest.param(b"\xef\xbb\xbf", "", id="a mark and nothing else"),
        pytest.param(b"<!DOCTYPE html><html>", "", id="HTML"),
        pytest.param(b'{"status": "act', "", id="truncated"),
        pytest.param(b'{"status": "active"} {}', "", id="two of them"),
        pytest.param(b"null", "", id="null"),
        pytest.param(b"[]", "", id="list"),
        pytest.param(b"NaN", "", id="no number"),
        pytest.param(b"\xff\xfe\xfa", "", id="no text"),
        pytest.param(TEXT.encode("windows-1256"), "", id="undeclared charset"),
        pytest.param(TEXT.encode("windows-1256"), "utf-8", id="wrongly declared charset"),
        pytest.param(TEXT.encode("windows-1256"), "windows-1259", id="unknown charset"),
        pytest.param(b"\xff", "punycode", id="a codec that is no charset"),
        pytest.param(b'{"a":' + b"[" * 200_000, "", id="nested without end"),
        pytest.param(
            b'{"status":"active","a":' + b"9" * 10_000 + b"}", "", id="a number of ten thousand digits"
        ),
    ],
)
def test_bytes_that_hold_no_answer(body, charset):
    with pytest.raises(BadReply) as caught:
        account(said(body, charset))
    assert caught.value.where == "body"


def test_a_list_nested_almost_too_deep_is_no_traceback():
    for depth in range(1, 1200, 7):
        rows = b"[" * depth + b"]" * depth
        with suppress(BadReply):
            account(said(b'{"status":"active","data":{"channels":' + rows + b"}}"))


def test_numbers_that_json_does_not_have_do_no_harm():
    body = (
        b'{"status":"active","data":{"channels":[{"id":NaN,"url":1e999},{"id":-Infinity,"url":"http://h/"}]}}'
    )
    assert account(said(body)).status is AccountStatus.ACTIVE
    with pytest.raises(BadReply):
        channels(said(body))


# --- anything at all ------------------------------------------------------------------------------------

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=15,
)
ROWS = st.lists(
    st.fixed_dictionaries(
        {},
        optional={
            "id": JSON | st.integers(0, 9),
            "name": JSON,
            "url": JSON | st.sampled_from(["http://h/", "udp://@239.1.1.1:1"]),
            "logo_url": JSON | st.text().map("/".__add__),
            "category": JSON,
            "has_news": JSON,
        },
    )
    | JSON,
    max_size=5,
)
STATUSES = st.sampled_from(["active", "expired", "disabled"])
SHAPES = JSON | st.fixed_dictionaries(
    {},
    optional={
        "status": JSON | STATUSES,
        "message": JSON,
        "error": JSON | st.sampled_from(["Device not found", "Device is already activated"]),
        "data": JSON
        | st.fixed_dictionaries(
            {}, optional={"device": JSON, "channels": JSON | ROWS, "activation_code": JSON, "duid": JSON}
        ),
    },
)
HTTP_STATUSES = st.sampled_from([200, 201, 204, 301, 400, 401, 404, 429, 500, 599])


def every_reading(answer):
    """Read an answer in every way; only errors of ours may come out."""
    with suppress(ProviderError):
        account(answer)
    with suppress(ProviderError):
        wire.registration(answer, HOME, DUID)
    with suppress(ProviderError):
        wire.activated(answer, HOME)
    with suppress(ProviderError):
        found = channels(answer).channels
        numbers = [channel.number for channel in found]
        assert numbers == sorted(set(numbers))
        assert all(number > 0 for number in numbers)
        assert all(channel.name for channel in found)
        assert len({channel.ref for channel in found}) == len(found)
        repr(found).encode()
        "".join(channel.name + channel.group + channel.link + channel.logo for channel in found).encode()


@given(value=SHAPES, status=HTTP_STATUSES)
def test_any_json_is_a_value_or_an_error_of_ours(value, status):
    every_reading(reply(value, status))


@given(rows=ROWS)
def test_any_rows_are_channels_or_left_out(rows):
    every_reading(active(rows))


CHARSETS = st.sampled_from(["", "utf-8", "utf-16", "windows-1256", "iso-8859-6", "hex", "idna", "\0", "none"])


@given(body=st.binary(max_size=300), charset=CHARSETS, status=HTTP_STATUSES)
def test_any_bytes_are_an_error_of_ours(body, charset, status):
    every_reading(Reply(status=status, media_type="application/json", charset=charset, body=body))


@given(data=st.data(), charset=CHARSETS)
def test_an_answer_that_was_cut_or_changed_on_its_way(data, charset, recorded):
    body = bytearray(recorded("check-active").body)
    for _ in range(data.draw(st.integers(0, 3))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    every_reading(said(bytes(body[: data.draw(st.integers(0, len(body)))]), charset))
