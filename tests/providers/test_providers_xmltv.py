"""Guides as files of XMLTV: every way in which the ones in the wild deviate, and where it was seen."""

import gzip
import io
import lzma
import zipfile
from datetime import UTC, datetime
from hashlib import sha512

import pytest

from stb.errors import BadReply, NoSuchItem
from stb.model import GuideChannel, Programme
from stb.model.guide import read as read_said
from stb.providers.xmltv import XmltvGuide, open_guide

NINE = int(datetime(2026, 1, 31, 9, 0, tzinfo=UTC).timestamp())
HOUR = 3600
HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE tv SYSTEM "xmltv.dtd">\n<tv>\n'
ONE = (
    b'<programme start="20260131090000 +0000" stop="20260131100000 +0000" channel="one">'
    b"<title>News</title></programme>\n"
)
PLAIN = HEAD + b'<channel id="one"><display-name>One</display-name></channel>\n' + ONE + b"</tv>"
READ = [
    GuideChannel(id="one", names=("One",)),
    Programme(channel="one", start=NINE, stop=NINE + HOUR, title="News"),
]


@pytest.fixture
def path(tmp_path):
    return tmp_path / "guide.xml"


@pytest.fixture(params=["quick", "thorough"])
def read(path, request):
    """What a file of these bytes says, and how much of it is lost; in both ways of reading."""

    def read(text):
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        guide = XmltvGuide(path, "1", quick=request.param == "quick")
        return [read_said(one) if type(one) is tuple else one for one in guide], guide.lost

    return read


@pytest.fixture
def programme(read):
    """The one programme of a guide with this in it."""

    def programme(inside="", **attributes):
        said = {"start": "20260131090000 +0000", "channel": "one"} | attributes
        written = " ".join(
            f'{name.rstrip("_")}="{value}"' for name, value in said.items() if value is not None
        )
        found, lost = read(f"<tv><programme {written}><title>News</title>{inside}</programme></tv>")
        assert lost == 0
        (one,) = found
        return one

    return programme


def zipped(data, *others):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, other in enumerate(others):
            archive.writestr(f"{number}.txt", other)
        archive.writestr("guide.xml", data)
    return file.getvalue()


@pytest.mark.parametrize(
    "file",
    [
        pytest.param(PLAIN, id="plain"),
        pytest.param(gzip.compress(PLAIN), id="gzip"),
        pytest.param(gzip.compress(gzip.compress(PLAIN)), id="gzip sent in gzip"),
        pytest.param(gzip.compress(PLAIN[:100]) + gzip.compress(PLAIN[100:]), id="gzip in two members"),
        pytest.param(gzip.compress(PLAIN) + b"\0\0\n", id="gzip with padding"),
        pytest.param(gzip.compress(PLAIN) + b"garbage behind it", id="gzip with garbage behind"),
        pytest.param(lzma.compress(PLAIN), id="xz"),
        pytest.param(lzma.compress(PLAIN[:100]) + lzma.compress(PLAIN[100:]), id="xz in two streams"),
        pytest.param(zipped(PLAIN, b"read me"), id="zip"),
        pytest.param(b"\xef\xbb\xbf" + PLAIN, id="byte order mark"),
        pytest.param(b"Warning: mysql_connect() in x.php\n" + PLAIN, id="garbage before the declaration"),
        pytest.param(PLAIN.decode().encode("utf-16"), id="UTF-16 with its mark"),
        pytest.param(PLAIN.decode().encode("utf-16-le"), id="UTF-16 without a mark"),
        pytest.param(PLAIN.replace(b"\n", b"\r\n"), id="line ends of Windows"),
        pytest.param(PLAIN.replace(b"<", b"\n  <").strip(), id="every tag on a line"),
        pytest.param(PLAIN.replace(b"<tv>", b"").replace(b"</tv>", b""), id="no root (glued by a script)"),
        pytest.param(PLAIN.replace(b"</tv>", b""), id="no end of the root"),
        pytest.param(PLAIN.replace(b'"', b"'"), id="single quotes"),
    ],
)
def test_a_guide_is_read_however_it_is_packed_and_written(read, file):
    assert read(file) == (READ, 0)


@pytest.mark.parametrize(
    ("charset", "title"),
    [("ISO-8859-1", "Été"), ("iso-8859-6", "أخبار"), ("windows-1256", "أخبار"), ("Windows-1251", "Новости")],
)
def test_a_declared_charset_is_believed(read, charset, title):
    text = f'<?xml version="1.0" encoding="{charset}"?>' + PLAIN.decode().partition("?>")[2].replace(
        "News", title
    )
    assert read(text.encode(charset))[0][1].title == title


@pytest.mark.parametrize("charset", ["utf-7", "idna", "zip", "unicode_escape", "no-such", ""])
def test_no_other_charset_is(read, charset):
    assert read(PLAIN.replace(b"UTF-8", charset.encode())) == (READ, 0)


def test_what_is_not_in_the_charset_of_its_file_is_western(read):
    assert read(PLAIN.replace(b"News", "Été".encode("latin-1")))[0][1].title == "Été"


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        pytest.param("Tom & Jerry", "Tom & Jerry", id="bare ampersand"),
        pytest.param("Tom &amp; Jerry", "Tom & Jerry", id="as it should be"),
        pytest.param("a&nbsp;b", "a b", id="entity of HTML"),
        pytest.param("caf&eacute;", "café", id="another of HTML"),
        pytest.param("AT&T;x", "AT&T;x", id="entity of nobody"),
        pytest.param("a\x01b\x0bc", "abc", id="control characters"),
        pytest.param("a&#1;b", "ab", id="reference to a control character"),
        pytest.param("a&#xFFFF;&#xD800;&#9999999;b", "ab", id="references to no characters"),
        pytest.param("x&#65;&#x42;", "xAB", id="references"),
        pytest.param("5 < 6", "5 < 6", id="bare less-than"),
        pytest.param("<![CDATA[a & <b>]]>", "a & <b>", id="CDATA"),
        pytest.param("<![CDATA[</programme>]]>", "</programme>", id="an end in CDATA"),
        pytest.param("<!-- </programme> -->x", "x", id="an end in a comment"),
        pytest.param("  two\n   lines ", "two lines", id="white space"),
        pytest.param("<i>so</i> called", "so called", id="markup"),
        pytest.param("أخبار", "أخبار", id="Arabic"),
        pytest.param("a\ufffeb", "a\ufffeb".replace("\ufffe", ""), id="no character of XML"),
    ],
)
def test_a_title_in_any_text(read, written, shown):
    found, lost = read(PLAIN.replace(b"News", written.encode()))
    assert (found[1].title, lost) == (shown, 0)


@pytest.mark.parametrize(
    ("written", "hours"),
    [
        ("20260131090000 +0000", 9),
        ("20260131090000 +0200", 7),
        ("20260131090000 -0530", 14.5),
        ("20260131090000+0200", 7),
        ("20260131090000 +02:00", 7),
        ("20260131090000 +2", 7),
        ("202601310900 +0200", 7),
        ("20260131090000", 9),
        ("202601310900", 9),
        ("20260131", 0),
        ("20260131090000 UTC", 9),
        ("20260131090000 Z", 9),
        ("20260131090000 GMT+0200", 7),
        ("20260131090000 CET", 8),
        ("20260131090000 EST", 14),
        ("20260131090000 Europe/Berlin", 8),
        ("20260131090000 Nowhere/None", 9),
        ("2026-01-31T09:00:00+02:00", 7),
        ("2026-01-31 09:00:00.000", 9),
        (" 20260131090000 +0000 ", 9),
        ("20260131240000 +0000", 24),
        ("20260130235960 +0000", 0),
    ],
)
def test_a_start_in_any_form(programme, written, hours):
    midnight = NINE - 9 * HOUR
    assert programme(start=written).start == midnight + hours * HOUR


@pytest.mark.parametrize(
    "written",
    [
        "",
        "soon",
        "2026",
        "20261331090000",
        "20260131250000",
        "20260131096100",
        "00000000000000",
        "99990101000000",
    ],
)
def test_a_programme_that_begins_at_no_time_is_lost(read, written):
    assert read(f'<tv><programme start="{written}" channel="one"><title>x</title></programme></tv>') == (
        [],
        1,
    )


def test_timestamps_go_before_text(programme):
    """XC_VM writes both, and the text in the server's zone."""
    found = programme(start="20260131110000 +0000", start_timestamp=str(NINE), stop_timestamp=str(NINE + 60))
    assert (found.start, found.stop) == (NINE, NINE + 60)


@pytest.mark.parametrize("stamp", ["", "0", "x", "-5", "9" * 30, "\u0661"])
def test_timestamps_that_are_none_leave_it_to_the_text(programme, stamp):
    assert programme(start_timestamp=stamp).start == NINE


@pytest.mark.parametrize(
    "stop", [None, "", "never", "20260131090000 +0000", "20260131080000 +0000"], ids=repr
)
def test_an_end_that_is_none_is_left_out(programme, stop):
    assert programme(stop=stop).stop is None


@pytest.mark.parametrize(
    ("inside", "numbers"),
    [
        pytest.param('<episode-num system="xmltv_ns">0.4.0/1</episode-num>', (1, 5), id="xmltv_ns"),
        pytest.param(
            '<episode-num system="xmltv_ns"> 1/3 . 9 / 10 . </episode-num>', (2, 10), id="with totals"
        ),
        pytest.param('<episode-num system="xmltv_ns">.4.</episode-num>', (0, 5), id="no season"),
        pytest.param('<episode-num system="xmltv_ns">2..</episode-num>', (3, 0), id="no episode"),
        pytest.param('<episode-num system="onscreen">S01E05</episode-num>', (1, 5), id="onscreen"),
        pytest.param('<episode-num system="onscreen">s2 ep. 7</episode-num>', (2, 7), id="onscreen, loosely"),
        pytest.param("<episode-num>3x12</episode-num>", (3, 12), id="no system"),
        pytest.param(
            '<episode-num system="onscreen">Episode 8</episode-num>', (0, 8), id="no season on screen"
        ),
        pytest.param('<episode-num system="dd_progid">EP01234567.0005</episode-num>', (0, 0), id="dd_progid"),
        pytest.param(
            '<episode-num>S9E9</episode-num><episode-num system="xmltv_ns">0.0.</episode-num>',
            (1, 1),
            id="the exact one of two",
        ),
        pytest.param('<episode-num system="xmltv_ns">garbage</episode-num>', (0, 0), id="garbage"),
        pytest.param(
            f'<episode-num system="xmltv_ns">{"9" * 5000}.1.</episode-num>', (0, 0), id="endless digits"
        ),
    ],
)
def test_season_and_episode(programme, inside, numbers):
    found = programme(inside)
    assert (found.season, found.episode) == numbers


def test_of_several_languages_the_first_that_can_be_read(programme):
    found = programme(
        '<sub-title lang="fr"> </sub-title><sub-title lang="en">Two</sub-title><desc lang="en">Text</desc>'
        '<desc lang="ar">نص</desc><credits><actor>A</actor></credits>'
        "<category>Film</category><category>Drama</category>"
    )
    assert (found.title, found.subtitle, found.text, found.category) == ("News", "Two", "Text", "Film")


def test_what_is_not_read_does_no_harm(programme):
    """Python 3.11's `re` loses count in possessive repeats of groups; this made it raise."""
    found = programme(
        "<credits><actor>A</actor></credits><new/><rating system='x'><value>1</value></rating>"
        '<icon src="a" width="1" height="2"/><category lang="en">Film</category><date>1999</date>'
    )
    assert (found.title, found.category) == ("News", "Film")


def test_the_archives_own_name_of_a_programme_is_kept(programme):
    """pvr.iptvsimple's attribute."""
    assert programme(catchup_id=None, **{"catchup-id": "abc"}).link == "abc"


def test_a_channel_with_several_names_and_one_without_an_id(read):
    found, lost = read(
        '<tv><channel id="a&amp;b"><display-name lang="en">A</display-name><display-name>B</display-name>'
        "<display-name>A</display-name></channel><channel><display-name>C</display-name></channel>"
        '<channel id="empty"/></tv>'
    )
    assert found == [GuideChannel(id="a&b", names=("A", "B")), GuideChannel(id="empty")]
    assert lost == 1


def test_programmes_before_channels_and_of_channels_that_are_not_named(read):
    found, lost = read(b"<tv>" + ONE + b'<channel id="other"/></tv>')
    assert (found, lost) == ([READ[1], GuideChannel(id="other")], 0)


DAMAGED = [
    pytest.param(ONE + ONE[:60], 1, 1, id="cut off in a tag"),
    pytest.param(ONE + ONE[:-15], 1, 1, id="cut off in an element"),
    pytest.param(ONE[:-15] + ONE, 1, 1, id="no end before the next"),
    pytest.param(ONE.replace(b"</title>", b"") + ONE, 1, 1, id="a tag that is not closed"),
    pytest.param(ONE.replace(b'channel="one"', b"channel=one") + ONE, 1, 1, id="no quotes"),
    pytest.param(ONE.replace(b'channel="one"', b'channel="one') + ONE, 1, 1, id="one quote"),
    pytest.param(
        ONE.replace(b'channel="one"', b'channel="one" channel="two"') + ONE, 1, 1, id="an attribute twice"
    ),
    pytest.param(ONE.replace(b'channel="one"', b"") + ONE, 1, 1, id="of no channel"),
    pytest.param(ONE.replace(b"News", b"a ]]> b") + ONE, 1, 1, id="an end of nothing"),
    pytest.param(b"<!-- " + ONE + b" -->" + ONE, 1, 0, id="one that is commented out"),
    pytest.param(b"<!-- never closed " + ONE, 1, 0, id="a comment without an end"),
    pytest.param(b"<? never closed " + ONE, 1, 0, id="an instruction without an end"),
    pytest.param(ONE.replace(b"News", b"N" * 300_000) + ONE, 1, 1, id="longer than any"),
    pytest.param(b"<programme " + b"x" * 3_000_000 + ONE, 1, 1, id="garbage of megabytes"),
    pytest.param(b"\0\xff" * 1000 + ONE, 1, 0, id="bytes of no text"),
    pytest.param(b"<programmes/><channels/>" + ONE, 1, 0, id="other elements"),
]


@pytest.mark.parametrize(("inside", "saved", "lost"), DAMAGED)
def test_damage_stays_where_it_is_and_is_counted(read, inside, saved, lost):
    found, missing = read(b"<tv>" + inside)
    assert (len(found), missing) == (saved, lost)


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress], ids=["gzip", "xz"])
def test_a_packed_file_that_breaks_off_gives_what_is_there(read, pack):
    noise = (sha512(str(number).encode()).hexdigest().encode() for number in range(5000))
    many = b"".join(ONE.replace(b"News", each) for each in noise)
    found, lost = read(pack(b"<tv>" + many)[:-20_000])
    assert 0 < len(found) < 5000
    assert lost >= 1


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE tv [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    b'<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY x SYSTEM "file:///etc/passwd">]><tv>'
)


def test_no_entity_is_expanded_or_fetched(read):
    text = ONE.replace(b"News", b"&c;&x;")
    found, _ = read(BOMB + text)
    assert found[0].title == "&c;&x;"


def test_a_document_type_holds_no_programmes(read):
    inside = b"<!DOCTYPE tv [<!ENTITY a '" + ONE.replace(b"'", b"") + b"'>]>"
    assert read(b"<?xml version='1.0'?>" + inside + b"<tv>" + ONE)[0] == [READ[1]]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(b"", id="nothing"),
        pytest.param(b"<html><title>404 Not Found</title></html>", id="a page"),
        pytest.param(b'{"user_info":{"auth":0}}', id="JSON"),
        pytest.param(gzip.compress(b"")[:5], id="the beginning of gzip"),
        pytest.param(b"PK\x03\x04 no archive", id="no archive"),
        pytest.param(b"#EXTM3U\n", id="a list"),
    ],
)
def test_what_is_no_guide_is_refused(path, text):
    path.write_bytes(text)
    with pytest.raises(BadReply):
        open_guide(path)


def test_an_empty_guide_is_one(read):
    assert read(b"<tv/>") == ([], 0)


def test_no_file_is_no_guide(tmp_path):
    for missing in (tmp_path / "missing", tmp_path):
        with pytest.raises(NoSuchItem):
            open_guide(missing)


def test_a_file_of_the_box_is_known_by_what_it_is(path):
    path.write_bytes(PLAIN)
    first = open_guide(path).revision
    assert open_guide(path).revision == first != ""
    path.write_bytes(PLAIN + b" ")
    assert open_guide(path).revision != first
