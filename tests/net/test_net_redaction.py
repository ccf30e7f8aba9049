"""What of an address may stand in a log."""

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
