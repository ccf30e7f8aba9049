"""Long lists, cut into rows while they come."""

import json
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.errors import BadReply
from stb.model import SourceId
from stb.providers.xtream import splitting
from stb.providers.xtream.splitting import json_rows

HOME = SourceId("home")
ROWS = [
    {"num": 1, "name": "Eins"},
    {"num": 2, "name": 'a "}, {" b', "more": [{"x": 1}, {"y": 2}]},
    {"num": 3},
]


def split(body, piece=16 * 1024):
    return list(json_rows((body[at : at + piece] for at in range(0, len(body), piece)), HOME))


def packed(value, **how):
    return json.dumps(value, **how).encode()


@pytest.fixture(params=[pytest.param(40, id="small chunks"), pytest.param(256 * 1024, id="one chunk")])
def chunk(request, monkeypatch):
    monkeypatch.setattr(splitting, "_CHUNK", request.param)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(packed(ROWS), id="array"),
        pytest.param(packed(ROWS, separators=(",", ":")), id="array as PHP writes it"),
        pytest.param(packed(ROWS, indent=3), id="array on many lines"),
        pytest.param(b"\xef\xbb\xbf \r\n" + packed(ROWS) + b"\n", id="byte order mark and line ends"),
        # PHP: an array whose keys do not count from 0 is an object.
        pytest.param(packed({"4": ROWS[0], "5": ROWS[1], "9": ROWS[2]}), id="object of rows"),
        pytest.param(packed([ROWS[:1], ROWS[1:]]), id="array of arrays"),
        pytest.param(packed({"7": ROWS[:1], "8": ROWS[1:]}), id="object of arrays"),
        pytest.param(packed({"a": {}, "b": ROWS}), id="object of anything"),
        pytest.param(
            packed([None, ROWS[0], 17, ROWS[1], "x", True, ROWS[2], -1.5]), id="other things between"
        ),
    ],
)
@pytest.mark.usefixtures("chunk")
def test_rows_in_every_shape_of_a_php_array(body):
    assert [row for row in split(body, 7) if row] == ROWS


@pytest.mark.parametrize("body", [b"[]", b"{}", b"null", b'""', b"false", b" [ ] ", b"[[], []]"])
@pytest.mark.usefixtures("chunk")
def test_nothing_in_every_shape(body):
    assert [row for row in split(body) if row] == []


@pytest.mark.parametrize(
    ("body", "why"),
    [
        pytest.param(b"", "nothing", id="empty"),
        pytest.param(b" \n", "nothing", id="blank"),
        pytest.param(b"<html>Fatal error: Allowed memory size exhausted", "no list", id="a page"),
        pytest.param(b"Blocked", "no list", id="a word"),
        pytest.param(packed(ROWS)[:-1], "cut short", id="without its end"),
        pytest.param(packed(ROWS)[:-9], "cut short", id="cut inside a row"),
        pytest.param(b'[{"a":1},', "cut short", id="cut between rows"),
        pytest.param(b'[{"a":1}] trailer', "cut short", id="something behind it"),
        pytest.param(b'[{"a":' + b"[" * 300_000, "nested too deep", id="nested without end"),
    ],
)
def test_what_is_no_whole_list(body, why):
    with pytest.raises(BadReply, match=why):
        split(body)


@pytest.mark.usefixtures("chunk")
def test_rows_before_a_cut_are_given():
    rows = json_rows([packed(ROWS)[:-4]], HOME)
    assert [next(rows), next(rows)] == ROWS[:2]
    with pytest.raises(BadReply):
        next(rows)


@pytest.mark.parametrize(
    ("body", "row"),
    [
        pytest.param(b'[{"a":"\xff\xfe"},{"b":1}]', {"a": "��"}, id="no UTF-8"),
        pytest.param(b'[{"a":"\\ud83d"},{"b":1}]', {"a": "\ud83d"}, id="half a character"),
        pytest.param(b'[{"a":"one\ntwo"},{"b":1}]', {"a": "one\ntwo"}, id="a bare line end in a text"),
        pytest.param(b'[{"a":Infinity},{"b":1}]', {"a": float("inf")}, id="no number"),
    ],
)
@pytest.mark.usefixtures("chunk")
def test_json_that_is_not_quite_json(body, row):
    assert split(body) == [row, {"b": 1}]


def test_a_row_without_end_is_given_up():
    def endless():
        yield b'[{"a":"'
        for _ in range(200):
            yield b"x" * 65536

    with pytest.raises(BadReply, match="a row without end"):
        list(json_rows(endless(), HOME))


def test_memory_does_not_grow_with_the_list():
    row = packed({"stream_id": 1, "name": "A film of some length", "stream_icon": "http://h/" + "x" * 80})
    many = 120_000

    def pieces():
        yield b"["
        for _ in range(many // 60):
            yield (row + b",") * 60
        yield row + b"]"

    tracemalloc.start()
    try:
        count = sum(1 for _ in json_rows(pieces(), HOME))
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert count == many // 60 * 60 + 1
    assert most < 8 * 1024 * 1024 < many * len(row)


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=15,
)


@given(
    rows=st.lists(st.dictionaries(st.text(max_size=5), JSON, max_size=4), max_size=8),
    piece=st.integers(1, 50),
)
def test_any_array_of_objects_comes_back_whole(rows, piece):
    assert split(packed(rows), piece) == rows


@given(value=JSON, piece=st.integers(1, 50))
def test_any_json_is_rows_or_an_error_of_ours(value, piece):
    try:
        rows = split(packed(value), piece)
    except BadReply:
        return
    assert all(isinstance(row, dict) for row in rows)


@given(body=st.binary(max_size=300) | st.text(alphabet='[]{}",:1a \\', max_size=60).map(str.encode))
def test_any_bytes_are_rows_or_an_error_of_ours(body):
    try:
        rows = split(body, 16)
    except BadReply:
        return
    assert all(isinstance(row, dict) for row in rows)
