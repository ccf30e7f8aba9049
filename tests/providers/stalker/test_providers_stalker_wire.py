"""The envelope of answers, and every form in which a portal says no (PROTOCOLS 1.3)."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stb.errors import AccountDisabled, BadReply, LoginRefused, ProviderError, ServerFault
from stb.model import SourceId
from stb.net import Reply
from stb.providers.stalker import wire

HOME = SourceId("home")
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


def opened(body, status=200, media="application/json"):
    return wire.envelope(Reply(status=status, media_type=media, body=body), HOME)


@pytest.mark.parametrize(
    ("body", "js"),
    [
        pytest.param(
            b'{"js":{"a":1},"text":"generated in: 0.012s; query counter: 7"}', {"a": 1}, id="genuine"
        ),
        pytest.param(b'{"js":[1,2]}', [1, 2], id="imitation"),
        pytest.param(b'{"js":false,"text":""}', False, id="unknown action"),
        pytest.param(b'{"js":null}', None, id="null"),
        pytest.param(b'{"js":[]}', [], id="empty list"),
        pytest.param(b'{"js":""}', "", id="empty text"),
        pytest.param(b'{"js":1}', 1, id="a number"),
        pytest.param(b'{"js":"http:\\/\\/h\\/x"}', "http://h/x", id="a text with escaped slashes"),
        pytest.param(b'\xef\xbb\xbf{"js":true}', True, id="byte order mark"),
    ],
)
def test_what_js_holds_is_the_askers_to_read(body, js):
    assert opened(body).js == js


def test_the_imitation_puts_the_error_outside():
    assert opened(b'{"js":{"id":"1","cmd":""},"load":0,"error":"limit"}').error == "limit"


@pytest.mark.parametrize(
    "body",
    [
        b"Authorization failed.",
        b"authorization failed",
        b"  Authorization failed. 1\n",
        b"Unauthorized request.",
        b"Identification failed",
        b'{"js":"Authorization failed"}',
        b'{"js":{"error":"Authorization failed."}}',
        b'{"js":{"msg":"authorization failed"}}',
    ],
)
def test_words_for_a_token_that_is_lost(body):
    with pytest.raises(wire.TokenLost):
        opened(body)


def test_an_account_that_is_off():
    with pytest.raises(AccountDisabled):
        opened(b"Access denied.")


def test_words_inside_of_something_are_no_refusal():
    assert opened(b'{"js":{"name":"Authorization failed"}}').js


@pytest.mark.parametrize("body", [b"", b" \r\n"])
def test_an_empty_body_is_the_imitations_refusal(body):
    with pytest.raises(wire.Silent):
        opened(body)


@pytest.mark.parametrize(
    ("status", "media", "kind"),
    [
        pytest.param(401, "text/plain", wire.TokenLost, id="401"),
        pytest.param(403, "text/plain", wire.TokenLost, id="403"),
        pytest.param(403, "text/html", wire.NotThere, id="403 with a page"),
        pytest.param(404, "text/html", wire.NotThere, id="404: a ban, or a wrong path"),
        pytest.param(429, "text/html", ServerFault, id="429: asked too often"),
        pytest.param(500, "text/html", ServerFault, id="500"),
        pytest.param(520, "text/html", ServerFault, id="520"),
        pytest.param(204, "text/html", wire.NotThere, id="204"),
    ],
)
def test_what_http_says_comes_first(status, media, kind):
    with pytest.raises(kind):
        opened(b'{"js":true}', status, media)


@pytest.mark.parametrize(
    "body", [b"<html>", b"[]", b"{}", b'{"data":true}', b'"js"', b'{"js":', b"\xff\xfe\xfa", b"7"]
)
def test_what_is_no_envelope(body):
    with pytest.raises(BadReply):
        opened(body)


@settings(deadline=None)
@given(st.binary(max_size=200), st.integers(100, 599))
def test_any_bytes_are_an_envelope_or_an_error_of_ours(body, status):
    with suppress(ProviderError):
        opened(body, status)


@settings(deadline=None)
@given(json_values)
def test_any_json_is_an_envelope_or_an_error_of_ours(value):
    with suppress(ProviderError):
        opened(json.dumps({"js": value, "error": value}).encode())
    with suppress(ProviderError):
        opened(json.dumps(value).encode())


@settings(deadline=None)
@given(json_values)
def test_any_value_is_a_flag_a_number_a_text(value):
    assert isinstance(wire.truth(value), bool)
    assert isinstance(wire.number(value), int)
    assert wire.decimal(value) >= 0
    assert isinstance(wire.identifier(value), str)
    assert isinstance(wire.spoken(value), str)
    assert isinstance(wire.listed(value), list)
    assert isinstance(wire.fields(value), dict)


@pytest.mark.parametrize("value", [1, "1", True, "true", 1.0, " 1 "])
def test_flags_that_are_set(value):
    assert wire.truth(value)


@pytest.mark.parametrize("value", [0, "0", False, "", None, "false", [], {}, "2"])
def test_flags_that_are_not(value):
    assert not wire.truth(value)


def test_words_of_the_operator_without_their_html():
    assert wire.spoken("Your STB is damaged.<br/> Call <b>the</b> provider&nbsp;&amp; wait.") == (
        "Your STB is damaged.\nCall the provider & wait."
    )


def test_errors_of_a_lost_token_are_refusals_of_the_box():
    assert issubclass(wire.TokenLost, LoginRefused)
