"""Lists as they are in the wild: every way in which they deviate, and where it was seen."""

import pytest

from stb.model import SourceId
from stb.providers.m3u import wire
from stb.providers.m3u.lines import Lines
from stb.providers.m3u.link import read_link
from stb.providers.m3u.playlist import Playlist

HOME = SourceId("home")
LIVE = "http://tv.example/u/p/1"


def playlist(text):
    data = text if isinstance(text, bytes) else text.encode()
    return Playlist(Lines(iter([data])))


def entries(text):
    return list(playlist(text))


def channels(text):
    found = playlist(text)
    data = text if isinstance(text, bytes) else text.encode()
    return list(wire.channels(found, found.header, HOME, wire.claimed(Lines(iter([data])))))


def entry(line, *more, header="#EXTM3U"):
    (one,) = entries("\n".join((header, *more, line, LIVE)))
    return one


def channel(line, *more, header="#EXTM3U", address=LIVE):
    (one,) = channels("\n".join((header, line, *more, address)))
    return one


def headers(*lines, address=LIVE, header="#EXTM3U"):
    (one,) = entries("\n".join((header, *lines, address)))
    return dict(one.headers)


@pytest.mark.parametrize(
    ("line", "name"),
    [
        pytest.param('#EXTINF:-1 tvg-id="a" group-title="b",One', "One", id="as panels write it"),
        pytest.param(
            '#EXTINF:-1 tvg-id="a",One, Two & "Three", Four', 'One, Two & "Three", Four', id="all in it"
        ),
        pytest.param('#EXTINF:-1 tvg-name="a, b" group-title="c, d",One', "One", id="commas in attributes"),
        pytest.param("#EXTINF:-1,One", "One", id="no attributes"),
        pytest.param("#EXTINF:-1,A=B", "A=B", id="an equals sign"),
        pytest.param("#EXTINF:-1 ,  One  ", "One", id="white space"),
        pytest.param("#EXTINF:0.000,One", "One", id="a fraction"),
        pytest.param("#EXTINF:One", "One", id="no duration and no comma"),
        pytest.param("#EXTINF:,One", "One", id="no duration"),
        pytest.param("#EXTINF -1,One", "One", id="no colon"),
        pytest.param("#extinf:-1,One", "One", id="lower case"),
        pytest.param('#EXTINF:-1,tvg-id="a" tvg-logo="b",One', "One", id="a comma behind the duration"),
        pytest.param('#EXTINF:-1 tvg-id="a" One', "One", id="no comma"),
        pytest.param('#EXTINF:-1 tvg-id="a" tvg-name="One"', "One", id="no name but tvg-name"),
        pytest.param('#EXTINF:-1 tvg-name="One",', "One", id="an empty name"),
        pytest.param("#EXTINF:-1 tvg-id='a' group-title='b',One's", "One's", id="single quotes"),
        pytest.param("#EXTINF:-1 tvg-id=a group-title=b,One", "One", id="no quotes"),
        pytest.param('#EXTINF:-1 tvg-id="a group-title="b",One', "One", id="a quote that is missing"),
        pytest.param('#EXTINF:-1 tvg-id="a,One', "One", id="a quote that is never closed"),
        pytest.param(
            '#EXTINF:-1 tvg-name="The "Best" One" tvg-logo="x",One', "One", id="quotes in an attribute"
        ),
        pytest.param('#EXTINF:-1 tvg-id="a"tvg-name="b",One', "One", id="no space between"),
        pytest.param("#EXTINF:-1,Tom &amp; Jerry &quot;x&quot;", 'Tom & Jerry "x"', id="entities (panels)"),
        pytest.param("#EXTINF:-1,\u202eOne\u0007", "One", id="what nobody sees"),
        pytest.param("#EXTINF:-1,", "1", id="no name at all"),
        pytest.param("#EXTINF:-1," + "x" * 500, "x" * 200, id="a very long name"),
    ],
)
def test_the_name_of_an_entry(line, name):
    assert entry(line).name == name


@pytest.mark.parametrize(
    "line",
    [
        '#EXTINF:-1 tvg-id="one.uk" group-title="UK",One',
        '#EXTINF:-1 tvg-ID="one.uk" GROUP-TITLE="UK",One',
        "#EXTINF:-1 tvg-id='one.uk' group-title='UK',One",
        "#EXTINF:-1 tvg-id=one.uk group-title=UK,One",
        '#EXTINF:-1 tvg-id = "one.uk" group-title= "UK" ,One',
        '#EXTINF:-1 tvg-id="" tvg-id="one.uk" group-title="UK",One',
        '#EXTINF:-1 tvg-id="one.uk group-title="UK",One',
        '#EXTINF:-1 tvg-id="one.uk"group-title="UK;Other",One',
        '#EXTINF:-1 channel-id="one.uk" group-title=" ;UK",One',
        '#EXTINF:-1 CUID="one.uk" group-title="UK",One',
    ],
)
def test_attributes_in_any_case_and_quoting(line):
    """Capitals: xtreamcodeserver."""
    found = channel(line)
    assert (found.guide_id, found.group, found.name) == ("one.uk", "UK", "One")


def test_all_that_a_line_says_of_a_channel():
    found = channel(
        '#EXTINF:-1 tvg-id="a" tvg-name="One_UK" tvg-logo="http://l.example/a b.png" tvg-chno="7"'
        ' tvg-shift="+2.5" group-title="UK" radio="true" adult="1" catchup="shift" catchup-days="3",One'
    )
    assert (found.number, found.guide_name, found.guide_shift) == (7, "One_UK", 9000)
    assert found.logo == "http://l.example/a%20b.png"
    assert (found.radio, found.adult, found.archive) == (True, True, 72)


@pytest.mark.parametrize(
    "logo", ["a.png", "file:///etc/passwd", "data:image/png;base64,AA", "", "//l.example/a"]
)
def test_a_picture_without_an_address_of_the_web_is_none(logo):
    assert channel(f'#EXTINF:-1 tvg-logo="{logo}",One').logo == ""


@pytest.mark.parametrize(
    ("shift", "seconds"),
    [("2", 7200), ("+2", 7200), ("-1", -3600), ("0.5", 1800), ("1,5", 5400), ("x", 0), ("", 0), ("1e9", 0)],
)
def test_the_shift_of_a_guide_in_hours(shift, seconds):
    assert channel(f'#EXTINF:-1 tvg-shift="{shift}",One').guide_shift == seconds


def test_what_the_first_line_says_is_for_all():
    header = '#EXTM3U tvg-shift="1" catchup="shift" catchup-days="2"'
    assert channel("#EXTINF:-1,One", header=header).guide_shift == 3600
    assert channel("#EXTINF:-1,One", header=header).archive == 48
    assert channel('#EXTINF:-1 tvg-shift="3" catchup="none",One', header=header).guide_shift == 10_800
    assert channel('#EXTINF:-1 tvg-shift="3" catchup="none",One', header=header).archive == 0


@pytest.mark.parametrize(
    ("lines", "groups"),
    [
        pytest.param(
            ["#EXTINF:-1,A", "#EXTGRP:One", "1", "#EXTINF:-1,B", "2"], ["One", "One"], id="for all behind it"
        ),
        pytest.param(
            ["#EXTGRP:One", "#EXTINF:-1,A", "1", "#EXTGRP:", "#EXTINF:-1,B", "2"], ["One", ""], id="ended"
        ),
        pytest.param(
            ["#EXTGRP:One", '#EXTINF:-1 group-title="Two",A', "1", "#EXTINF:-1,B", "2"],
            ["Two", ""],
            id="overruled",
        ),
        pytest.param(
            ['#EXTINF:-1 group-title="Two",A', "#EXTGRP:One", "1"], ["Two"], id="overruled from before"
        ),
        pytest.param(["#EXTINF:-1,A", "#EXTGRP:News & more", "1"], ["News & more"], id="any text"),
    ],
)
def test_groups_of_their_own_lines(lines, groups):
    """As pvr.iptvsimple takes them; in ProIPTV they are for one entry only."""
    written = [line if line.startswith("#") else f"http://tv.example/{line}" for line in lines]
    assert [each.group for each in entries("\n".join(["#EXTM3U", *written]))] == groups


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("#EXTM3U\n#EXTINF:-1,Ünï\nhttp://tv.example/1\n".encode(), id="UTF-8"),
        pytest.param("\ufeff#EXTM3U\n#EXTINF:-1,Ünï\nhttp://tv.example/1\n".encode(), id="with a mark"),
        pytest.param("#EXTM3U\r\n#EXTINF:-1,Ünï\r\nhttp://tv.example/1\r\n".encode(), id="of Windows"),
        pytest.param("#EXTM3U\r#EXTINF:-1,Ünï\rhttp://tv.example/1".encode(), id="of old Macintoshes"),
        pytest.param("#EXTM3U\n#EXTINF:-1,Ünï\n\n  \n http://tv.example/1 \n".encode(), id="blank lines"),
        pytest.param("#EXTM3U\n#EXTINF:-1,Ünï\nhttp://tv.example/1\n".encode("utf-16"), id="UTF-16"),
        pytest.param(
            "#EXTM3U\n#EXTINF:-1,Ünï\nhttp://tv.example/1\n".encode("utf-16-be"), id="the other UTF-16"
        ),
        pytest.param("#EXTM3U\n#EXTINF:-1,Ünï\nhttp://tv.example/1\n".encode("latin-1"), id="Latin-1"),
        pytest.param("#EXTINF:-1,Ünï\nhttp://tv.example/1\n".encode(), id="no first line"),
        pytest.param("junk\n#EXTM3U\n#EXTINF:-1,Ünï\nhttp://tv.example/1\n".encode(), id="junk before it"),
        pytest.param(
            '#EXTM3U\n#EXT-X-SESSION-DATA:DATA-ID="x"\n#EXTINF:-1,Ünï\nhttp://tv.example/1'.encode(), id="XUI"
        ),
        pytest.param(
            "#EXTM3U\n#EXTINF:-1,Ünï\n# a remark\n#PLAYLIST:x\nhttp://tv.example/1".encode(), id="remarks"
        ),
    ],
)
def test_a_list_however_it_is_written(text):
    (found,) = entries(text)
    assert (found.name, found.address) == ("Ünï", "http://tv.example/1")


@pytest.mark.parametrize(
    ("name", "charset"),
    [
        ("Первый канал HD", "cp1251"),
        ("Мир", "cp1251"),
        ("Größe", "cp1252"),
        ("Éte à la télé", "cp1252"),
        ("أخبار", "utf-8"),
    ],
)
def test_each_line_is_in_the_charset_that_fits_it(name, charset):
    text = "#EXTM3U\n#EXTINF:-1,Ünï\nhttp://tv.example/1\n".encode()
    text += f"#EXTINF:-1,{name}\nhttp://tv.example/2".encode(charset)
    assert [each.name for each in entries(text)] == ["Ünï", name]


def test_several_addresses_behind_one_name_are_several_entries():
    found = entries("#EXTM3U\n#EXTINF:-1,One\nhttp://a.example/1\nhttp://b.example/1\n")
    assert [(each.name, each.address) for each in found] == [
        ("One", "http://a.example/1"),
        ("One", "http://b.example/1"),
    ]


def test_an_address_alone_is_named_after_its_end():
    found = entries("http://a.example/live/sport.m3u8?x=1\nudp://@239.0.0.1:1234\nhttp://a.example/\n")
    assert [each.name for each in found] == ["sport.m3u8", "@239.0.0.1:1234", "a.example"]


@pytest.mark.parametrize(
    "address",
    [
        "http://a.example/1",
        "https://a.example/1",
        "rtsp://a.example/1",
        "rtmp://a.example/1",
        "udp://@239.0.0.1:1",
        "rtp://@239.0.0.1:1",
        "mms://a.example/1",
        "HTTP://a.example/1",
        "http://[::1]:80/1",
        "http://u:p@a.example/1",
    ],
)
def test_addresses_that_a_list_may_name(address):
    assert [each.address.lower() for each in entries(f"#EXTM3U\n#EXTINF:-1,One\n{address}")] == [
        address.lower()
    ]


@pytest.mark.parametrize(
    "address",
    [
        "file:///etc/passwd",
        "/etc/passwd",
        "media/1.ts",
        "C:\\films\\1.avi",
        "dvb://frequency=1",
        "v4l2:///dev/video0",
        "cdda:///dev/sr0",
        "screen://",
        "vlc://quit",
        "http://",
        "http:///x",
        "javascript:alert(1)",
        "ftp://a.example/1",
        "http://a.example:99999/",
        "http://[bad/",
        "plugin://plugin.video.x/",
        "fd://0",
        "http://a.example/\x07",
    ],
)
def test_files_and_devices_of_the_box_are_not_a_lists_to_open(address):
    found = playlist(f"#EXTM3U\n#EXTINF:-1,One\n{address}\n#EXTINF:-1,Two\nhttp://a.example/2")
    assert [each.name for each in found] == ["Two"]
    assert found.refused == 1


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        pytest.param(["#EXTVLCOPT:http-user-agent=Box 1"], {"user-agent": "Box 1"}, id="agent"),
        pytest.param(
            ["#EXTVLCOPT:http-referrer=http://r.example/"], {"referer": "http://r.example/"}, id="referrer"
        ),
        pytest.param(
            ["#EXTVLCOPT:http-referer=http://r.example/"], {"referer": "http://r.example/"}, id="misspelt"
        ),
        pytest.param(
            ["#EXTVLCOPT:http-origin=http://o.example"], {"origin": "http://o.example"}, id="origin"
        ),
        pytest.param(["#EXTVLCOPT:network-caching=1000"], {}, id="a player's own"),
        pytest.param(["#EXTVLCOPT--http-reconnect=true"], {}, id="a switch"),
        pytest.param(["#EXTVLCOPT:sout=#file{dst=/etc/x}"], {}, id="what no list may ask for"),
        pytest.param(['#EXTHTTP:{"Cookie":"a=b","X-Key":"1"}'], {"cookie": "a=b", "x-key": "1"}, id="JSON"),
        pytest.param(['#EXTHTTP:{"Cookie":1}', "#EXTHTTP:[]", "#EXTHTTP:{"], {}, id="no JSON"),
        pytest.param(
            ["#KODIPROP:inputstream.adaptive.stream_headers=User-Agent=Box%201&Referer=x"],
            {"user-agent": "Box 1", "referer": "x"},
            id="Kodi",
        ),
        pytest.param(["#KODIPROP:inputstream.adaptive.license_key=x"], {}, id="Kodi's other"),
        pytest.param(
            ['#EXTHTTP:{"Host":"x","Range":"bytes=0-","Content-Length":"1"}'], {}, id="of the connection"
        ),
        pytest.param(['#EXTHTTP:{"X\\r\\nY":"1","A B":"1","C":"x\\r\\ny: z"}'], {}, id="a line end in it"),
    ],
)
def test_headers_of_an_entry(lines, told):
    assert headers("#EXTINF:-1,One", *lines) == told


def test_headers_before_an_entry_are_its_too_and_only_its():
    """Kodi's properties may stand before."""
    text = "#EXTM3U\n#KODIPROP:http-user-agent=A\n#EXTINF:-1,One\nhttp://a.example/1\n#EXTINF:-1,Two\nhttp://a.example/2"
    assert [dict(each.headers) for each in entries(text)] == [{"user-agent": "A"}, {}]


@pytest.mark.parametrize(
    ("suffix", "told"),
    [
        (
            "|User-Agent=Box%201&Referer=http%3A%2F%2Fr.example",
            {"user-agent": "Box 1", "referer": "http://r.example"},
        ),
        ("|user-agent=A", {"user-agent": "A"}),
        ("|", {}),
        ("|x", {}),
        ("|Cookie=a%3Db%0D%0AX: y", {}),
    ],
)
def test_headers_behind_an_address(suffix, told):
    (found,) = entries(f"#EXTM3U\n#EXTINF:-1,One\n{LIVE}{suffix}")
    assert (found.address, dict(found.headers)) == (LIVE, told)


def test_the_nearer_header_wins():
    header = '#EXTM3U user-agent="list" referrer="list"'
    assert headers("#EXTINF:-1,One", header=header) == {"user-agent": "list", "referer": "list"}
    line = '#EXTINF:-1 user-agent="line",One'
    assert headers(line, header=header)["user-agent"] == "line"
    option = "#EXTVLCOPT:http-user-agent=option"
    assert headers(line, option, header=header)["user-agent"] == "option"
    assert headers(line, option, address=f"{LIVE}|User-Agent=suffix", header=header)["user-agent"] == "suffix"


def test_a_stream_is_asked_for_as_the_list_says():
    found = channel("#EXTINF:-1,One", address=f"{LIVE}|User-Agent=A&Referer=B&Cookie=c")
    stream = read_link(found.link).stream(found.ref, "box")
    assert (stream.address, stream.user_agent, stream.referrer) == (LIVE, "A", "B")
    assert stream.headers == (("Cookie", "c"),)
    assert read_link(channel("#EXTINF:-1,One").link).stream(found.ref, "box").user_agent == "box"


def numbers(*lines):
    text = "\n".join(
        f"#EXTINF:-1 {said},{place}\nhttp://a.example/{place}" for place, said in enumerate(lines)
    )
    return [found.number for found in channels("#EXTM3U\n" + text)]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        pytest.param(["", "", ""], [1, 2, 3], id="none"),
        pytest.param(['tvg-chno="7"', "", 'ch-number="3"', ""], [7, 8, 3, 9], id="some"),
        pytest.param(["", 'tvg-chno="1"', "", 'tvg-chno="3"', ""], [2, 1, 4, 3, 5], id="in the way"),
        pytest.param(['tvg-chno="5"', 'tvg-chno="5"', ""], [1, 2, 3], id="twice the same"),
        pytest.param(['tvg-chno="0"', 'tvg-chno="-4"', 'tvg-chno="x"'], [1, 2, 3], id="none of them one"),
        pytest.param(['tvg-chno="12345678901"', 'tvg-chno="1.5"'], [1, 2], id="too large, or two"),
    ],
)
def test_numbers_are_the_lists_where_they_can_be(lines, told):
    assert numbers(*lines) == told


def test_ids_stay_when_the_account_and_the_order_change():
    first = channels(
        '#EXTM3U\n#EXTINF:-1 tvg-id="x",One\nhttp://tv.example/u/p/1.ts\n#EXTINF:-1 tvg-id="x",Two\nhttp://tv.example/u/p/2.ts'
    )
    later = channels(
        '#EXTM3U\n#EXTINF:-1 tvg-id="x",Two\nhttp://b.example/new/q/2.ts?t=1\n#EXTINF:-1 tvg-id="x",One\nhttp://b.example/new/q/1.ts'
    )
    assert [each.ref for each in first] == [each.ref for each in reversed(later)]
    assert len({each.ref for each in first}) == 2


def test_a_channel_in_two_groups_is_there_twice_and_a_repeated_line_once():
    """Panels write an entry for each category."""
    line = '#EXTINF:-1 group-title="{}",One\nhttp://tv.example/1\n'
    found = channels("#EXTM3U\n" + line.format("A") + line.format("B") + line.format("A"))
    assert [each.group for each in found] == ["A", "B"]
    assert len({each.ref for each in found}) == 2
