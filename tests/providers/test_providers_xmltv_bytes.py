"""Any bytes as a guide: only our errors, bounded memory, and both ways of reading say the same."""

import gzip
import tracemalloc
import zlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stb.errors import BadReply
from stb.model import GuideChannel, Programme
from stb.model.guide import read as read_said
from stb.providers.unpacking import Unpacked
from stb.providers.xmltv import XmltvGuide
from stb.providers.xmltv.elements import Elements
from stb.providers.xmltv.times import moment

PIECES = st.sampled_from(
    [
        *(
            b"<tv>",
            b"</tv>",
            b"<programme",
            b"<programme ",
            b"</programme>",
            b"<channel ",
            b"</channel>",
            b"/>",
            b">",
        ),
        *(
            b'start="20260131090000 +0000"',
            b' stop="20260131100000"',
            b' channel="one"',
            b' channel=""',
            b' id="one"',
        ),
        *(
            b' start_timestamp="1769850000"',
            b' catchup-id="x&amp;y"',
            b" start='202601310900'",
            b' channel="\xff"',
        ),
        *(
            b"<title>",
            b"</title>",
            b'<title lang="en">News</title>',
            b"<title/>",
            b"<sub-title>a</sub-title>",
        ),
        *(
            b"<desc>Text  of\nlines</desc>",
            b"<desc> </desc>",
            b"<desc>\xd0\xff</desc>",
            b"<category>Film</category>",
        ),
        *(
            b'<episode-num system="xmltv_ns">0.1.</episode-num>',
            b'<icon src="a" width="1" src="b"/>',
            b"<a>b</c>",
        ),
        *(
            b"<credits><actor>A</actor></credits>",
            b"<rating system='x'><value>1</value></rating>",
            b"<new />",
        ),
        *(
            b"<display-name>One</display-name>",
            b"<!--",
            b"-->",
            b"<![CDATA[",
            b"]]>",
            b"<?",
            b"?>",
            b"&",
            b"&nbsp;",
            b"&amp;lt;",
            b"<desc>a &amp; b &lt; c</desc>",
        ),
        *(
            b"&#1;",
            b"<",
            b'"',
            b"\0",
            b"\x0b",
            b"\n  ",
            b" ",
            b"\xef\xbf\xbe",
            b"<!DOCTYPE tv [",
            b"text",
            b"\xe9",
        ),
    ]
)
PROGRAMME = st.builds(
    lambda tag, inside: b"<programme " + b"".join(tag) + b">" + b"".join(inside) + b"</programme>",
    st.lists(PIECES, max_size=4).map(
        lambda more: [
            b'start="20260131090000 +0000"',
            b' stop="20260131100000"',
            b' channel="one"',
            *more[:1],
        ]
    ),
    st.lists(PIECES, max_size=6).map(lambda more: [b'<title lang="en">News</title>', *more]),
)
TEXT = st.lists(st.one_of(PIECES, PROGRAMME), max_size=12).map(b"".join)
often = settings(max_examples=400, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "guide"


def told(path, *, quick):
    """What a guide says, or that it is none."""
    try:
        guide = XmltvGuide(path, "1", quick=quick)
    except BadReply:
        return None
    return read(guide), guide.lost


def read(entries):
    return [read_said(one) if type(one) is tuple else one for one in entries]


@often
@given(TEXT)
def test_both_ways_of_reading_say_the_same(path, text):
    path.write_bytes(b"<tv>" + text)
    assert told(path, quick=True) == told(path, quick=False)


@often
@given(TEXT)
def test_it_does_not_matter_where_the_pieces_of_a_file_end(text):
    torn = Elements(text[place : place + 7] for place in range(0, len(text), 7))
    assert read(torn) == read(Elements(iter([text])))


@often
@given(
    st.one_of(
        st.binary(max_size=300),
        TEXT,
        TEXT.map(gzip.compress),
        st.binary().map(lambda end: b"\x1f\x8b\x08" + end),
    )
)
def test_any_bytes_are_a_guide_or_none(path, data):
    path.write_bytes(data)
    for entry in (told(path, quick=True) or ([], 0))[0]:
        assert isinstance(entry, GuideChannel | Programme)


@often
@given(st.one_of(st.text(max_size=40), st.from_regex(r"\d{8,14} ?[+-]?\d{0,4}[A-Z]{0,4}", fullmatch=True)))
def test_any_text_is_a_moment_or_none(written):
    found = moment(written)
    assert found is None or -86_400 <= found < 32_503_766_400


def test_memory_does_not_grow_with_the_guide(path):
    one = b'<programme start="20260131090000" channel="one"><title>N</title></programme>'
    bad = one.replace(b"</title>", b"")
    path.write_bytes(
        gzip.compress(b"<tv>" + one * 50_000 + b"<programme " * 50_000 + bad * 5_000 + b"<!--" * 50_000)
    )
    tracemalloc.start()
    try:
        guide = XmltvGuide(path, "1")
        read = sum(1 for _ in guide)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (read, guide.lost) == (50_000, 55_000)
    assert peak < 16_000_000


@pytest.mark.parametrize("quick", [True, False], ids=["at a glance", "by expat"])
def test_memory_does_not_grow_with_what_is_remembered(path, quick):
    long = b"x" * 20_000
    with path.open("wb") as guide:
        guide.write(b"<tv>")
        for number in range(1500):
            guide.write(
                b'<programme start="20260131090000" stop="%d%b" channel="one"><title>%d%b</title>'
                b"<category>%d%b</category></programme>" % ((number, long) * 3)
            )
    tracemalloc.start()
    try:
        assert sum(1 for _ in XmltvGuide(path, "1", quick=quick)) == 1500
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < 16_000_000


def test_what_unpacks_without_end_is_cut_off(path):
    squeezer = zlib.compressobj(wbits=31)
    path.write_bytes(squeezer.compress(bytes(50_000_000)) + squeezer.flush())
    unpacked = Unpacked(path, 1_000_000)
    assert sum(map(len, unpacked)) == 1_000_000
    assert unpacked.damage
