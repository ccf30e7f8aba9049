"""What NetworkManager reads is what was meant."""

import configparser
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stb.firstboot.files import WIFI, files_of, wifi_profile, wired_profile
from stb.firstboot.wish import Fixed, Wifi, Wish

NAMES = st.binary(min_size=1, max_size=32)
PASSWORDS = st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=8, max_size=63)


def _parsed(profile):
    parser = configparser.RawConfigParser(delimiters=("=",), comment_prefixes=("#",), strict=True)
    parser.read_string(profile)
    return parser


@settings(deadline=None)
@given(NAMES, PASSWORDS)
def test_a_password_is_found_again_letter_by_letter(name, password):
    first = wifi_profile(Wifi(name=name, password=password), None, "")
    assert wifi_profile(Wifi(name=name), None, first) == first


@settings(deadline=None)
@given(NAMES, PASSWORDS, NAMES)
def test_a_password_is_one_networks_only(name, password, other):
    first = wifi_profile(Wifi(name=name, password=password), None, "")
    second = wifi_profile(Wifi(name=other), None, first)
    assert ("psk" in second) == (name == other)


@settings(deadline=None)
@given(NAMES, PASSWORDS)
def test_it_is_a_key_file_whatever_is_in_it(name, password):
    profile = _parsed(wifi_profile(Wifi(name=name, password=password), None, ""))
    assert bytes(int(octet) for octet in profile["wifi"]["ssid"].split(";")[:-1]) == name
    assert UUID(profile["connection"]["uuid"])


@pytest.mark.parametrize(
    ("password", "written"),
    [
        ("back\\slash", "psk=back\\\\slash"),
        ("  in front", "psk=\\s\\sin front"),
        ("a = b; c#", "psk=a = b; c#"),
    ],
    ids=["a backslash", "spaces in front", "signs"],
)
def test_escapes_are_those_of_key_files(password, written):
    assert written in wifi_profile(Wifi(name=b"x", password=password), None, "").splitlines()


def test_a_fixed_address_has_its_gateway_and_servers():
    fixed = Fixed(address="192.168.1.50/24", gateway="192.168.1.1", dns=("192.168.1.1", "2001:db8::1"))
    profile = _parsed(wired_profile(fixed))
    assert profile["ipv4"]["method"] == "manual"
    assert profile["ipv4"]["address1"] == "192.168.1.50/24,192.168.1.1"
    assert profile["ipv4"]["dns"] == "192.168.1.1;"
    assert profile["ipv6"]["method"] == "auto"
    assert profile["ipv6"]["dns"] == "2001:db8::1;"


def test_who_says_nothing_changes_nothing():
    assert files_of(Wish(), {WIFI: "as it was"}) == {}
