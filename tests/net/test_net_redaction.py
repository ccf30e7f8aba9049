"""What of an address may stand in a log."""

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.net import redacted, redacted_text

PLAIN = st.text(st.characters(codec="utf-8"), max_size=30)


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        pytest.param("http://tv.example:5000/api", "http://tv.example:5000/api", id="nothing to hide"),
        pytest.param("http://me:word@tv.example/api", "http://tv.example/api", id="password"),
        pytest.param("http://me:w@rd@tv.example/", "http://tv.example/", id="password with an at sign"),
        pytest.param(
            "http://tv.example/a?token=s3cret&x=1", "http://tv.example/a?token=***&x=***", id="query"
        ),
        pytest.param("http://tv.example/a?s3cret", "http://tv.example/a?***", id="query without a name"),
        pytest.param("http://tv.example/a#s3cret", "http://tv.example/a", id="fragment"),
        pytest.param("rtsp://me:word@[::1]:554/one", "rtsp://[::1]:554/one", id="IPv6"),
        pytest.param("me:word@tv.example/api", "***", id="no scheme"),
        pytest.param("http://me:w/rd@tv.example/", "***", id="password with a slash"),
        pytest.param("http://me:w?rd@tv.example/", "***", id="password with a question mark"),
        pytest.param("http://me:\nw/rd@tv.example/", "***", id="password with a line end and a slash"),
        pytest.param("http://[me:word", "***", id="broken brackets"),
        pytest.param("", "***", id="empty"),
        pytest.param("http://h/live/me/word/7.ts", "http://h/live/***/***/7.ts", id="live"),
        pytest.param("http://h/sub/Movie/me/word/7.mkv", "http://h/sub/Movie/***/***/7.mkv", id="film"),
        pytest.param("http://h/me/word/7", "http://h/***/***/7", id="short form"),
        pytest.param("http://h/sub/me/word/7.ts", "http://h/sub/***/***/7.ts", id="short form in a folder"),
        pytest.param(
            "http://h/timeshift/me/word/60/2024-01-31:20-00/7.ts",
            "http://h/timeshift/***/***/***/***/7.ts",
            id="archive",
        ),
        pytest.param("http://h/hls/word", "http://h/hls/***", id="token"),
        pytest.param("http://h/play/word/ts", "http://h/play/***/***", id="token and format"),
        pytest.param("http://h/sauth/7.m3u8?token=word", "http://h/sauth/***?token=***", id="signed"),
        pytest.param("http://h/live/live/me/1234/m3u8", "http://h/live/***/***/***/***", id="live in live"),
        pytest.param("http://h/player_api.php?username=me", "http://h/player_api.php?username=***", id="API"),
    ],
)
def test_an_address_is_shown_without_its_secrets(address, shown):
    assert redacted(address) == shown


def test_every_address_in_a_text_is_redacted():
    text = 'see "rtsp://me:word@cam/1?k=s3cret" and <http://tv.example/a?k=v>, or not'
    assert redacted_text(text) == 'see "rtsp://cam/1?k=***" and <http://tv.example/a?k=***>, or not'


@given(PLAIN)
def test_any_text_can_be_redacted(text):
    redacted(text)
    redacted_text(text)


@given(user=PLAIN, word=PLAIN, value=PLAIN)
def test_no_secret_survives(user, word, value):
    address = f"http://{user}S3CRET:{word}S3CRET@tv.example/path?token={value}S3CRET#S3CRET"
    assert "S3CRET" not in redacted(address)


FOLDERS = st.sampled_from(
    ["live", "movie", "series", "timeshift", "timeshifts", "hls", "play", "auth", "sauth", "vauth", "tsauth"]
)
FILES = st.sampled_from(
    ["7", "7.ts", "7.m3u8", "index.m3u8", "60/2024-01-31:20-00/7.ts", "60/7/2024-01-31:20-00.ts"]
)


@given(base=st.sampled_from(["", "/panel", "/live"]), folder=FOLDERS, user=PLAIN, word=PLAIN, file=FILES)
def test_no_login_in_a_path_survives(base, folder, user, word, file):
    login = f"{quote(user, safe='')}S3CRET/{quote(word, safe='')}S3CRET"
    assert "S3CRET" not in redacted(f"http://tv.example{base}/{folder}/{login}/{file}")


@given(user=PLAIN, word=PLAIN, file=st.sampled_from(["7", "7.ts", "123456.m3u8"]))
def test_no_login_in_a_short_path_survives(user, word, file):
    login = f"{quote(user, safe='')}S3CRET/{quote(word, safe='')}S3CRET"
    assert "S3CRET" not in redacted(f"http://tv.example/{login}/{file}")
