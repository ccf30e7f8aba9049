"""What viewers type and paste as an address of a panel."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.errors import SettingsError
from stb.providers.xtream import Login, login_of
from stb.providers.xtream.address import escaped

BASE = "http://tv.example:8080"


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        pytest.param("tv.example", "http://tv.example", id="bare host"),
        pytest.param("TV.example:8080", BASE, id="host and port"),
        pytest.param(" http://tv.example:8080/ ", BASE, id="slash at the end, and spaces"),
        pytest.param("http://tv.example:8080//", BASE, id="two slashes"),
        pytest.param("https://tv.example/panel/", "https://tv.example/panel", id="folder"),
        pytest.param("tv.example:8080/player_api.php", BASE, id="API"),
        pytest.param("http://tv.example:8080/c/get.php", f"{BASE}/c", id="script in a folder"),
        pytest.param("http://tv.example:8080/GET.PHP?type=m3u", BASE, id="capitals"),
        pytest.param("2001:db8::7", "http://[2001:db8::7]", id="bare IPv6"),
        pytest.param("http://[2001:db8::7]:8080", "http://[2001:db8::7]:8080", id="IPv6"),
        pytest.param("http://192.0.2.7:80", "http://192.0.2.7:80", id="IPv4"),
        pytest.param("http://tv.example:8080/#top", BASE, id="fragment"),
    ],
)
def test_an_address_is_completed(typed, address):
    assert login_of(typed) == Login(address)


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param(f"{BASE}/get.php?username=me&password=word&type=m3u_plus&output=ts", id="list"),
        pytest.param(f"{BASE}/player_api.php?username=me&password=word", id="API"),
        pytest.param(
            f"{BASE}/player_api.php?password=word&action=get_series&username=me", id="API, an action"
        ),
        pytest.param(f"{BASE}/xmltv.php?username=me&password=word", id="guide"),
        pytest.param("tv.example:8080/get.php?username=me&password=word", id="no scheme"),
        pytest.param(f"{BASE}/get.php?username=%20me%20&password=word%0A", id="spaces around"),
        pytest.param(f"{BASE}/?username=me&password=word", id="no script"),
        pytest.param(f"{BASE}/live/me/word/7.ts", id="channel"),
        pytest.param(f"{BASE}/me/word/7", id="channel, short form"),
        pytest.param(f"{BASE}/movie/me/word/7.mkv", id="film"),
        pytest.param("http://me:word@tv.example:8080/", id="before the host"),
    ],
)
def test_user_name_and_password_are_found_in_what_was_pasted(typed):
    assert login_of(typed) == Login(BASE, "me", "word")


def test_what_is_escaped_in_an_address_is_read():
    assert login_of(f"{BASE}/get.php?username=a%40b&password=p%2Fw%26") == Login(BASE, "a@b", "p/w&")
    assert login_of(f"{BASE}/live/a%40b/p%2Fw/7.ts") == Login(BASE, "a@b", "p/w")


@pytest.mark.parametrize(
    "typed", ["", "  ", "ftp://tv.example", "http://", "http://tv.example:0", "http://[x", "rtmp://h/1"]
)
def test_what_is_no_address_says_what_one_looks_like(typed):
    with pytest.raises(SettingsError) as caught:
        login_of(typed)
    assert caught.value.problems == ("address: not like tv.example:8080",)


def test_a_login_does_not_show_its_password():
    assert "word" not in repr(Login(BASE, "me", "word"))


@given(typed=st.text(max_size=60) | st.text(max_size=40).map(f"{BASE}/".__add__))
def test_any_text_is_an_address_or_a_fault_of_the_settings(typed):
    try:
        login = login_of(typed)
    except SettingsError:
        return
    assert login.address.startswith(("http://", "https://"))
    assert not login.address.endswith("/")
    assert login_of(login.address).address == login.address


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Zs", "Zl", "Zp"]), min_size=1, max_size=20
)


@given(user=WORDS, password=WORDS)
def test_a_login_survives_the_way_through_an_address(user, password):
    query = f"username={escaped(user)}&password={escaped(password)}"
    assert login_of(f"{BASE}/get.php?{query}&type=m3u") == Login(BASE, user, password)
    assert login_of(f"{BASE}/live/{escaped(user)}/{escaped(password)}/7.ts") == Login(BASE, user, password)
