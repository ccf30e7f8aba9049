"""Texts as guides write them, and what is read of them."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stb.model import Programme
from stb.model.guide import LONG, SHORT, read, said
from stb.model.memo import Memo
from stb.model.wording import character_data, one_line, told, without_forbidden

LINES = st.text(max_size=20).map(lambda text: one_line(without_forbidden(text), SHORT))


@given(st.text())
def test_what_is_told_is_what_was_written(text):
    data = character_data(text)
    assert b"<" not in data
    assert one_line(told(data), LONG) == one_line(without_forbidden(text), LONG)


@given(st.binary())
def test_any_bytes_tell_something(data):
    assert isinstance(told(data), str)


@given(st.lists(st.binary(max_size=8)))
def test_what_stands_between_tags_is_told_alike_by_itself_and_in_its_file(texts):
    apart = [text.replace(b"<", b"").replace(b"&", b"") for text in texts]
    assert told(b"<".join(apart)).split("<") == [told(text) for text in apart] or not apart


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param(b"Tom &amp; Jerry", "Tom & Jerry", id="a reference"),
        pytest.param(b"Tom & Jerry", "Tom & Jerry", id="a bare ampersand"),
        pytest.param(b"caf&eacute; &LT;", "café <", id="references of HTML"),
        pytest.param(b"&amp;lt;", "&lt;", id="only once"),
        pytest.param(b"a&#1;\x01b&#xD800;", "ab", id="what no XML may have"),
        pytest.param("Été".encode("latin-1"), "Été", id="no UTF-8"),
    ],
)
def test_character_data_tell(data, text):
    assert told(data) == text


@settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.builds(
        Programme,
        channel=LINES,
        start=st.integers(1, 2**31),
        stop=st.none() | st.integers(2**31 + 1, 2**32),
        title=LINES,
        subtitle=LINES,
        text=LINES,
        category=LINES,
        link=LINES,
    )
)
def test_a_programme_is_read_as_it_was_said(programme):
    assert read(said(programme)) == programme


def test_a_memo_answers_as_its_function_does_and_forgets_in_time():
    asked = []
    memo = Memo(lambda number: asked.append(number) or number * 2, 3)
    assert [memo[number] for number in (1, 1, 2, 3, 4, 1)] == [2, 2, 4, 6, 8, 2]
    assert asked == [1, 2, 3, 4, 1]
    assert len(memo) <= 3
