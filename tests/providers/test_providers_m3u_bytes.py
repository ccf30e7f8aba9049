"""Any bytes as a list: only our errors, bounded memory; and what another reader says of plain lists."""

import tracemalloc
from contextlib import suppress
from urllib.parse import urlsplit

import pytest
import requests
from hypothesis import given, settings
from hypothesis import strategies as st
from ipytv import playlist as another

from stb.errors import BadReply, NoSuchItem, SettingsError
from stb.model import SCHEMES, Film, Series, SourceId
from stb.portal.m3u import Entry, playlist
from stb.providers.m3u import catchup, wire
from stb.providers.m3u.address import place, places
from stb.providers.m3u.directives import unusual, usual
from stb.providers.m3u.lines import LONGEST, Lines
from stb.providers.m3u.link import read_link
from stb.providers.m3u.looking import look
from stb.providers.m3u.playlist import Playlist

HOME = SourceId("home")
PIECES = st.sampled_from(
    [
        *(
            "#EXTM3U",
            "#EXTINF:",
            "#EXTINF:-1 ",
            "-1",
            ",",
            '"',
            "'",
            "=",
            "\n",
            "\r\n",
            " ",
            "|",
            ":",
            "&",
            ";",
        ),
        *(
            "tvg-id=",
            'tvg-id="a"',
            "tvg-name='b'",
            'group-title="c;d"',
            "tvg-chno=7",
            'tvg-shift="+2"',
            "radio=true",
        ),
        *(
            'catchup="default"',
            'catchup-source="{utc}"',
            "catchup=fs",
            "catchup-days=3",
            "timeshift=1",
            "tvg-rec=-1",
        ),
        *(
            "#EXTGRP:",
            "#EXTVLCOPT:http-user-agent=x",
            "#KODIPROP:",
            "#EXTHTTP:{",
            '{"Cookie":"a"}',
            "#EXT-X-",
        ),
        *(
            "http://a.example/1",
            "http://a.example/movie/u/p/1.mp4",
            "http://a.example/series/u/p/2.mkv",
            "udp://@:1",
        ),
        *(
            "file:///etc/passwd",
            "|User-Agent=a%20b",
            "Name S01E02",
            "1x02",
            "S1E1",
            "ü",
            "\x00",
            "\u202e",
            "9" * 40,
        ),
    ]
)
TEXT = st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=200))
DATA = st.one_of(
    TEXT.map(lambda text: text.encode("utf-8", "replace")),
    st.binary(max_size=300),
    TEXT.map(lambda text: text.encode("utf-16", "replace")),
)
often = settings(max_examples=400, deadline=None)


def opened(data):
    return Playlist(Lines(iter([data])))


def chopped(data, size):
    return (data[place : place + size] for place in range(0, len(data), size))


@often
@given(DATA)
def test_any_bytes_are_channels_films_and_series_or_nothing(data):
    found = opened(data)
    channels = list(wire.channels(found, found.header, HOME, wire.claimed(Lines(iter([data])))))
    assert (
        len({channel.ref for channel in channels})
        == len({channel.number for channel in channels})
        == len(channels)
    )
    films = [one for one in wire.stored(opened(data), HOME) if isinstance(one, Film)]
    assert len({film.ref for film in films}) == len(films)
    for item in (*channels, *films):
        assert item.name
        assert urlsplit(read_link(item.link).address).scheme.lower() in SCHEMES
    for series in (one for one in wire.stored(opened(data), HOME) if isinstance(one, Series)):
        assert wire.seasons(opened(data), series).seasons


ATTRIBUTES = st.lists(
    st.sampled_from(['tvg-id="a b"', 'TVG-NAME=""', 'group-title="c, d"', 'x-y="="', "a=b"])
)
LINES = st.builds(
    lambda begin, said, end: begin + " ".join(["", *said]) + end,
    st.sampled_from(["-1", ":-1", "0", "3.5", "", " -1"]),
    ATTRIBUTES,
    st.one_of(TEXT, st.sampled_from([",One", " ,One, Two", ',tvg-id="x",One', ',A="B"', ", "])),
)


@often
@given(LINES)
def test_a_usual_line_says_the_same_at_a_glance(line):
    found = usual(line)
    assert found is None or found == unusual(line)


@often
@given(DATA)
def test_any_archive_is_asked_for_at_an_address_or_not_at_all(data):
    found = opened(data)
    for channel in wire.channels(found, found.header, HOME, wire.claimed(())):
        link = read_link(channel.link)
        asked = catchup.address(
            catchup.template(link.mode, link.source, link.address),
            catchup.Times(begin=10**9, end=10**9 + 60, now=2 * 10**9),
        )
        assert asked == "" or urlsplit(asked).scheme.lower() in SCHEMES


@often
@given(DATA, st.integers(1, 9))
def test_it_does_not_matter_where_the_pieces_of_a_list_end(data, size):
    assert list(Lines(chopped(data, size))) == list(Lines(iter([data])))


@often
@given(DATA)
def test_any_beginning_is_a_list_or_none(data):
    with suppress(BadReply):
        look(data)


@often
@given(TEXT)
def test_any_text_is_an_address_or_none(text):
    for ask in (place, places):
        with suppress(SettingsError):
            ask(text)


@often
@given(TEXT)
def test_any_text_is_a_link_or_none(text):
    with suppress(NoSuchItem):
        read_link(text)


def test_memory_does_not_grow_with_the_list_or_its_lines():
    def pieces():
        yield b"#EXTM3U\n"
        for _ in range(300):
            yield b"x" * 100_000
        yield b"\n"
        for number in range(3000):
            yield b"#EXTINF:-1,One\nhttp://a.example/%d\n" % number * 10

    tracemalloc.start()
    try:
        lines = Lines(pieces())
        count = sum(1 for _ in Playlist(lines))
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert (count, lines.lost) == (30_000, 1)
    assert peak < 4_000_000


@pytest.mark.parametrize("size", [1000, LONGEST + 1], ids=["in pieces", "in one"])
def test_a_line_that_is_too_long_is_left_out_alone(size):
    data = b"#EXTINF:-1,A\n" + b"y" * (2 * LONGEST) + b"\n#EXTINF:-1,B\nhttp://a.example/1\n"
    lines = Lines(chopped(data, size))
    assert [entry.name for entry in Playlist(lines)] == ["B"]
    assert lines.lost == 1


WORDS = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=12).map(lambda word: f"x{word}x")
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
PLAIN = st.lists(
    st.builds(
        Entry,
        name=NAMES,
        address=st.integers(0, 9999).map(lambda number: f"http://tv.example/u/p/{number}"),
        attributes=st.tuples(st.tuples(st.just("tvg-id"), WORDS), st.tuples(st.just("group-title"), NAMES)),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=50, deadline=None)
@given(PLAIN)
def test_plain_lists_say_the_same_to_another_reader(written):
    """Written by the portal, read by m3u-ipytv and by us."""
    text = playlist(written, (("x-tvg-url", "http://tv.example/guide.xml"),))
    theirs = another.loads(text)
    ours = opened(text.encode())
    told = [(each.name, each.address, each.attributes["tvg-id"], each.group) for each in ours]
    assert told == [
        (each.name, each.url, each.attributes["tvg-id"], each.attributes["group-title"]) for each in theirs
    ]
    assert ours.header == theirs.get_attributes()


@pytest.mark.parametrize(
    "path", ["playlist.m3u", "get.php?username=viewer&password=word&type=m3u_plus&output=ts"]
)
def test_the_portals_lists_say_the_same_to_another_reader(portal, path):
    portal.world.lines.add("viewer", password="word", connections=0)
    text = requests.get(f"{portal.address}/{path}", timeout=60).text
    theirs = [(each.name, each.url) for each in another.loads(text)]
    assert theirs
    assert [(each.name, each.address) for each in opened(text.encode())] == theirs
