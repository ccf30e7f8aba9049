"""Any bytes as a list: channels, films and series with names and addresses of streams, or nothing."""

from contextlib import suppress
from urllib.parse import urlsplit

from stb.errors import BadReply
from stb.model import SCHEMES, Film, Series, SourceId
from stb.providers.m3u import catchup, wire
from stb.providers.m3u.lines import Lines
from stb.providers.m3u.link import read_link
from stb.providers.m3u.looking import look
from stb.providers.m3u.playlist import Playlist

SEEDS = (
    b"""#EXTM3U x-tvg-url="http://tv.example/guide.xml" catchup="default" user-agent="x"
#EXTINF:-1 tvg-id="a" tvg-name='b' group-title="c;d" tvg-chno=7 tvg-shift="+2" tvg-logo="http://l/1",One, Two
#EXTVLCOPT:http-user-agent=x
#KODIPROP:inputstream.adaptive.manifest_type=hls
#EXTHTTP:{"Cookie":"a"}
http://a.example/1|User-Agent=a%20b&Referer=c
#EXTINF:-1 catchup="append" catchup-source="?utc={utc}&l={lutc}" catchup-days=3 radio=true,Radio
#EXTGRP: group
udp://@239.0.0.1:1234
#EXTINF:5400,A film (2020)
http://a.example/movie/u/p/1.mp4
#EXTINF:0 tvg-rec=-1,Name S01E02
http://a.example/series/u/p/2.mkv
#EXTINF:-1 timeshift="7" catchup=fs,F
http://f.example/a/index.m3u8?token=b
""",
    "\ufeff#EXTM3U\r\n#EXTINF:-1,Новости 1x02\r\nrtmp://h/1\r\nfile:///etc/passwd\r\n".encode(),
    "#EXTM3U\n#EXTINF:-1 tvg-id=a b=c,قناة\nhttp://h/1\n".encode("utf-16"),
    "#EXTINF:-1,Россия\nhttps://h/1.m3u8\nhttp://h/2\n".encode("cp1251"),
)
_HOME = SourceId("home")


def one(data: bytes) -> None:
    """Read everything that can be read from a list."""
    found = _opened(data)
    channels = list(wire.channels(found, found.header, _HOME, wire.claimed(Lines(iter([data])))))
    films = [one for one in wire.stored(_opened(data), _HOME) if isinstance(one, Film)]
    for number, series in enumerate(
        one for one in wire.stored(_opened(data), _HOME) if isinstance(one, Series)
    ):
        if number < 10:  # each reads the whole list again
            wire.seasons(_opened(data), series)
    for item in (*channels, *films):
        link = read_link(item.link)
        _sound(link.address)
        times = catchup.Times(begin=10**9, end=10**9 + 60, now=2 * 10**9)
        _sound(catchup.address(catchup.template(link.mode, link.source, link.address), times))
    with suppress(BadReply):
        look(data)


def _opened(data: bytes) -> Playlist:
    return Playlist(Lines(iter([data])))


def _sound(address: str) -> None:
    if address and urlsplit(address).scheme.lower() not in SCHEMES:
        raise AssertionError(f"not an address of a stream: {address!r}")
