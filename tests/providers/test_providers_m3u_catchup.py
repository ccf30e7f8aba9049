"""What was on, asked for as lists say: all modes, all placeholders."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from stb.providers.m3u.catchup import Times, address, archive, template
from stb.providers.m3u.playlist import Playlist

BEGIN = int(datetime(2026, 7, 31, 19, 5, 9, tzinfo=UTC).timestamp())
TIMES = Times(begin=BEGIN, end=BEGIN + 5400, now=BEGIN + 86_400, zone=ZoneInfo("Asia/Riyadh"))
LIVE = "http://tv.example/live/u/p/1.ts"


def told(line, live=LIVE, header="#EXTM3U"):
    playlist = Playlist([header, f"#EXTINF:-1 {line},One", live])
    (entry,) = playlist
    return archive(entry, playlist.header)


def asked(line, live=LIVE, key=""):
    found = told(line, live)
    return address(template(found.mode, found.source, live), TIMES, key)


@pytest.mark.parametrize(
    ("line", "live", "expected"),
    [
        pytest.param(
            'catchup="default" catchup-source="http://c.example/x?s={utc}&d={duration}"',
            LIVE,
            f"http://c.example/x?s={BEGIN}&d=5400",
            id="default",
        ),
        pytest.param(
            'catchup="default" catchup-source="?s={utc}"', LIVE, f"{LIVE}?s={BEGIN}", id="default, glued"
        ),
        pytest.param(
            'catchup-source="http://c.example/{utc}"', LIVE, f"http://c.example/{BEGIN}", id="source alone"
        ),
        pytest.param('catchup="append" catchup-source="?s=${start}"', LIVE, f"{LIVE}?s={BEGIN}", id="append"),
        pytest.param('catchup="shift"', LIVE, f"{LIVE}?utc={BEGIN}&lutc={BEGIN + 86_400}", id="shift"),
        pytest.param(
            'catchup="timeshift"',
            f"{LIVE}?t=1",
            f"{LIVE}?t=1&utc={BEGIN}&lutc={BEGIN + 86_400}",
            id="with a query",
        ),
        pytest.param('catchup-days="3"', LIVE, f"{LIVE}?utc={BEGIN}&lutc={BEGIN + 86_400}", id="days alone"),
        pytest.param(
            'timeshift="3"', LIVE, f"{LIVE}?utc={BEGIN}&lutc={BEGIN + 86_400}", id="days of a panel"
        ),
        pytest.param(
            'tvg-rec="3"', LIVE, f"{LIVE}?utc={BEGIN}&lutc={BEGIN + 86_400}", id="days of another player"
        ),
        pytest.param(
            'catchup="flussonic"',
            "http://f.example/one/index.m3u8?token=x",
            "http://f.example/one/timeshift_rel-86400.m3u8?token=x",
            id="Flussonic HLS",
        ),
        pytest.param(
            'catchup="flussonic-hls"',
            "http://f.example/one/mono.m3u8",
            "http://f.example/one/mono-timeshift_rel-86400.m3u8",
            id="Flussonic HLS of one rendition",
        ),
        pytest.param(
            'catchup="flussonic"',
            "http://f.example/one/mpegts?token=x",
            f"http://f.example/one/timeshift_abs-{BEGIN}.ts?token=x",
            id="Flussonic TS",
        ),
        pytest.param(
            'catchup="fs"',
            "http://f.example/one/mpegts",
            f"http://f.example/one/timeshift_abs-{BEGIN}.ts",
            id="fs",
        ),
        pytest.param(
            'catchup="flussonic-ts"',
            "http://f.example/one/live?token=x",
            f"http://f.example/one/{BEGIN}.ts?token=x",
            id="Flussonic TS of another name",
        ),
        pytest.param(
            'catchup="flussonic"',
            "http://f.example/one/live",
            "http://f.example/one/timeshift_rel-86400.m3u8",
            id="Flussonic of another name",
        ),
        pytest.param(
            'catchup="xc"',
            LIVE,
            "http://tv.example/timeshift/u/p/90/2026-07-31:22-05/1.ts",
            id="Xtream Codes",
        ),
        pytest.param(
            'catchup="xc"',
            "http://tv.example:8080/u%40x/p/1",
            "http://tv.example:8080/timeshift/u%40x/p/90/2026-07-31:22-05/1.ts",
            id="Xtream Codes without an ending",
        ),
        pytest.param(
            'catchup="xc"',
            "http://tv.example/c/live/u/p/1.m3u8",
            "http://tv.example/c/timeshift/u/p/90/2026-07-31:22-05/1.m3u8",
            id="Xtream Codes below a folder",
        ),
        pytest.param(
            'catchup="vod" catchup-source="http://v.example/{catchup-id}"',
            LIVE,
            "http://v.example/a%2Fb",
            id="vod",
        ),
        pytest.param(
            'catchup-type="append" catchup-template="?x={utc}"',
            LIVE,
            f"{LIVE}?x={BEGIN}",
            id="by other names",
        ),
        pytest.param(
            'catchup="default" catchup-source="rtsp://c.example/x?t={utc:YmdHMS}-{utcend:YmdHMS}"',
            "rtp://239.0.0.1:1234",
            "rtsp://c.example/x?t=20260731190509-20260731203509",
            id="for a multicast",
        ),
    ],
)
def test_the_address_of_what_was_on(line, live, expected):
    assert asked(line, live, key="a/b") == expected


def test_an_archive_that_names_the_address_of_each_programme():
    assert asked('catchup="vod"', key="http://v.example/7.mp4?a=b") == "http://v.example/7.mp4?a=b"
    assert asked('catchup="vod"', key="file:///etc/passwd") == ""


@pytest.mark.parametrize(
    ("pattern", "filled"),
    [
        ("{utc}", str(BEGIN)),
        ("${utc}", str(BEGIN)),
        ("${start}", str(BEGIN)),
        ("{start}", str(BEGIN)),
        ("{utcend}", str(BEGIN + 5400)),
        ("${end}", str(BEGIN + 5400)),
        ("{lutc}", str(BEGIN + 86_400)),
        ("${now}", str(BEGIN + 86_400)),
        ("${timestamp}", str(BEGIN + 86_400)),
        ("{duration}", "5400"),
        ("{duration:60}", "90"),
        ("{duration:0}", "5400"),
        ("{durmin}", "90"),
        ("{offset:1}", "86400"),
        ("{offset:60}", "1440"),
        ("${offset}", "86400"),
        ("{Y}{m}{d}{H}{M}{S}", "20260731220509"),
        ("${(b)yyyyMMddHHmmss}", "20260731220509"),
        ("${(e)yyyyMMddHHmmss}", "20260731233509"),
        ("${(b)yyyyMMddHHmmss:utc}", "20260731190509"),
        ("${(e)yyyy-MM-dd'T'HH:mm:ss|UTC}", "2026-07-31'T'20:35:09"),
        ("${(b)yyyyMMddHHmmss|GMT}", "20260731190509"),
        ("${(b)timestamp}", str(BEGIN)),
        ("{utc:Y-m-dTH:M:S}", "2026-07-31T19:05:09"),
        ("${start:YmdHMS}", "20260731190509"),
        ("{unknown}", "{unknown}"),
        ("{}", "{}"),
        ("%20", "%20"),
    ],
)
def test_each_placeholder(pattern, filled):
    assert address(f"http://c.example/{pattern}", TIMES) == f"http://c.example/{filled}"


@pytest.mark.parametrize(
    ("line", "days"),
    [
        ('catchup="shift" catchup-days="7"', 7),
        ('catchup="shift"', 5),
        ('catchup="shift" catchup-days="-1"', 60),
        ('catchup="shift" catchup-days="9999"', 60),
        ('catchup="shift" catchup-days="x" tvg-rec="2"', 2),
        ('catchup="shift" catchup-days="0"', 0),
        ('catchup="none" catchup-days="7"', 0),
        ('catchup="" catchup-days="7"', 7),
        ('catchup="1" catchup-days="7"', 7),
        ('tvg-rec="0"', 0),
        ('catchup="nothing anybody knows" catchup-days="7"', 0),
        ('catchup="append" catchup-days="7"', 0),
        ('catchup="shift" catchup-days="nan"', 5),
        ('catchup="shift" catchup-days="inf"', 5),
        ("", 0),
    ],
)
def test_for_how_many_days(line, days):
    assert told(line).days == days


@pytest.mark.parametrize(
    ("mode", "live"),
    [("shift", "udp://@239.0.0.1:1"), ("xc", "http://tv.example/1"), ("flussonic", "rtsp://a.example/b/c")],
)
def test_a_way_that_does_not_fit_the_address_is_none(mode, live):
    assert told(f'catchup="{mode}" catchup-days="7"', live).days == 0


def test_a_correction_in_hours():
    assert told('catchup="shift" catchup-correction="-1.5"').correction == -5400


def test_an_archive_of_the_first_line_is_for_all():
    header = '#EXTM3U catchup="append" catchup-source="?a={utc}" catchup-days="4"'
    assert told("", header=header).days == 4
    assert told('catchup-source="?b={utc}"', header=header).source == "?b={utc}"
