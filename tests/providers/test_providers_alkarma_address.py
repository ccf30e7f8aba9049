"""The operator's address, from what a viewer types."""

from contextlib import suppress
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.errors import SettingsError
from stb.providers.alkarma.address import base_address, origin_of


@pytest.mark.parametrize(
    ("typed", "base"),
    [
        pytest.param("tv.example", "http://tv.example:5000/api/client", id="bare name"),
        pytest.param("  tv.example\n", "http://tv.example:5000/api/client", id="white space"),
        pytest.param("TV.Example", "http://tv.example:5000/api/client", id="upper case name"),
        pytest.param("tv.example:8080", "http://tv.example:8080/api/client", id="name and port"),
        pytest.param("192.0.2.7", "http://192.0.2.7:5000/api/client", id="IPv4"),
        pytest.param("192.0.2.7:81/", "http://192.0.2.7:81/api/client", id="IPv4, port and slash"),
        pytest.param("2001:db8::7", "http://[2001:db8::7]:5000/api/client", id="bare IPv6"),
        pytest.param("[2001:db8::7]:81", "http://[2001:db8::7]:81/api/client", id="IPv6 and port"),
        pytest.param("http://tv.example", "http://tv.example:5000/api/client", id="http"),
        pytest.param("http://tv.example:80/", "http://tv.example:80/api/client", id="http on its usual port"),
        pytest.param("HTTP://tv.example:80/", "http://tv.example:80/api/client", id="upper case scheme"),
        pytest.param("https://tv.example", "https://tv.example/api/client", id="https"),
        pytest.param("http://tv.example:5000/api/client", "http://tv.example:5000/api/client", id="whole"),
        pytest.param("tv.example/api/client/", "http://tv.example:5000/api/client", id="whole with a slash"),
        pytest.param("tv.example/api", "http://tv.example:5000/api/client", id="half the path"),
        pytest.param(
            "http://tv.example:5000/api/client/check-device?x=1#y",
            "http://tv.example:5000/api/client",
            id="a verb",
        ),
        pytest.param(
            "https://tv.example/iptv/", "https://tv.example/iptv/api/client", id="a folder in front"
        ),
        pytest.param("me:word@tv.example", "http://me:word@tv.example:5000/api/client", id="password"),
    ],
)
def test_what_a_viewer_types_becomes_the_base_of_the_api(typed, base):
    assert base_address(typed) == base
    assert base_address(base) == base


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "/",
        "http://",
        "ftp://tv.example",
        "file:///etc",
        ":5000",
        "tv:word",
        "tv:99999",
        "tv:0",
        "[::1",
    ],
)
def test_what_names_no_server_is_a_fault(typed):
    with pytest.raises(SettingsError) as caught:
        base_address(typed)
    assert caught.value.problems == ("address: not like tv.example:5000",)


def test_logos_hang_off_the_server_without_its_password():
    assert origin_of("http://me:word@tv.example:5000/api/client") == "http://tv.example:5000"


@given(st.text(max_size=40))
def test_any_text_is_an_address_or_a_fault(typed):
    with suppress(SettingsError):
        base = base_address(typed)
        assert urlsplit(base).hostname
        assert base.endswith("/api/client")
        assert base_address(base) == base
