"""A list behind the box's interface: from a server over HTTP, and from a file that the viewer names."""

import gzip
import logging
from contextlib import closing
from datetime import UTC, datetime
from threading import Event
from zoneinfo import ZoneInfo

import pytest

from stb.board import derive
from stb.errors import (
    BadReply,
    LoginRefused,
    NoSuchItem,
    ProviderError,
    ServerFault,
    SettingsError,
    Unreachable,
)
from stb.model import AccountStatus, Facts, FilmRef, PastRef, Programme, Source, SourceId, read_programmes
from stb.net import HttpClient, Limits
from stb.providers import Unkept, open_provider
from stb.providers.access import Access
from stb.providers.m3u.client import M3u
from stb.providers.provider import Shelf

BOX = derive(Facts(serial="1a2b"))
NOW = int(datetime.now(UTC).timestamp())
LIST = b"""#EXTM3U x-tvg-url="/guide-is-relative.xml"
#EXTINF:-1 tvg-id="one" group-title="News" catchup="append" catchup-source="?from={utc}&to={utcend}",One
http://tv.example/u/p/1
#EXTINF:-1 group-title="News",Two
http://tv.example/u/p/2|User-Agent=Mine
#EXTINF:-1 group-title="Films",A Film
http://tv.example/movie/u/p/3.mp4
#EXTINF:-1 group-title="Drama",Show S01E01
http://tv.example/series/u/p/4.mkv
"""
PROGRAMME = b'<programme start="20260131090000" channel="one"><title>N</title></programme>'
GUIDE = b'<tv><channel id="one"/>' + PROGRAMME + b"</tv>"
HLS = b"#EXTM3U\n#EXT-X-TARGETDURATION:6\n#EXTINF:6.0,\nsegment-1.ts\n"
MASTER = b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlow.m3u8\n"


@pytest.fixture
def opened(tmp_path):
    """A provider for what a viewer typed."""
    made = []

    def opened(address, **fields):
        source = Source(id=SourceId("home"), kind="m3u", name="Home", address=str(address), **fields)
        made.append(open_provider(source, BOX, tmp_path / "kept", memory=Unkept()))
        return made[-1]

    yield opened
    for provider in made:
        provider.close()


@pytest.fixture
def served(panel, opened):
    """A provider for a list that a server has."""

    def served(data=LIST, **fields):
        panel.says("/list.m3u", data, media_type="audio/x-mpegurl")
        return opened(f"{panel.address}/list.m3u", **fields)

    return served


def test_whoever_can_read_a_list_is_welcome(served):
    account = served().sign_in()
    assert account.status is AccountStatus.ACTIVE
    assert account.revision
    assert account.told_at is not None


def test_the_revision_changes_with_the_list(served):
    first = served().sign_in().revision
    assert served().sign_in().revision == first
    assert served(LIST + b"#EXTINF:-1,More\nhttp://tv.example/9\n").sign_in().revision != first


def test_only_the_beginning_of_a_list_is_read_to_sign_in(panel, served):
    provider = served()
    panel.says("/list.m3u", LIST + b"#" * 1_000_000, length=10**9)
    assert provider.sign_in().status is AccountStatus.ACTIVE


def test_channels_films_and_series_come_from_one_download(panel, served):
    provider = served()
    assert [channel.name for channel in provider.items()] == ["One", "Two"]
    assert [film.name for film in provider.films()] == ["A Film"]
    (series,) = provider.series()
    assert provider.categories(Shelf.FILMS) == provider.categories(Shelf.SERIES) == ()
    assert [season.number for season in provider.seasons(series).seasons] == [1]
    assert [path for path, _ in panel.asked] == ["/list.m3u"]


def test_a_list_is_fetched_once_and_told_from_another(panel, served, opened, tmp_path):
    provider = served()
    first = provider.fetch()
    assert provider.fetch(Shelf.FILMS) == provider.fetch(Shelf.SERIES) == first
    assert [channel.name for channel in provider.items()] == ["One", "Two"]
    assert [path for path, _ in panel.asked] == ["/list.m3u"]
    assert served().fetch() == first
    assert served(LIST.replace(b"Two", b"Six")).fetch() != first
    file = tmp_path / "own.m3u"
    file.write_bytes(LIST)
    assert opened(file).fetch() == opened(file).fetch() != ""


def test_a_series_is_looked_up_in_the_list_that_is_kept(panel, served):
    (series,) = served().series()
    later = served()
    panel.says("/list.m3u", status=500)
    assert later.seasons(series).seasons


def test_a_series_that_is_gone_is_no_such_item(served):
    (series,) = served().series()
    later = served(b"#EXTM3U\n")
    list(later.items())
    with pytest.raises(NoSuchItem):
        later.seasons(series)


def test_films_and_episodes_are_lent_as_the_list_has_them(served):
    provider = served()
    (film,) = provider.films()
    assert provider.film(film).film == film
    stream = provider.lend(film.ref, film.link)
    assert (stream.ref, stream.address) == (film.ref, "http://tv.example/movie/u/p/3.mp4")
    with pytest.raises(NoSuchItem):
        provider.lend(FilmRef(SourceId("home"), "x"), "no link of ours")


def test_what_was_on_is_asked_for_as_the_list_says(served):
    provider = served()
    one, two = provider.items()
    programme = Programme(channel="one", start=NOW - 7200, stop=NOW - 3600, title="N")
    stream = provider.past(one, programme)
    assert stream.ref == PastRef(one.ref, NOW - 7200)
    assert stream.address == f"http://tv.example/u/p/1?from={NOW - 7200}&to={NOW - 3600}"
    with pytest.raises(NoSuchItem):
        provider.past(two, programme)


@pytest.mark.parametrize(
    ("zone", "begin", "clock"),
    [
        pytest.param("Asia/Riyadh", "2026-07-31T19:05:09Z", "20260731220509", id="Riyadh"),
        pytest.param("Europe/London", "2026-07-31T19:05:09Z", "20260731200509", id="London in summer"),
        pytest.param("Europe/London", "2026-01-31T19:05:09Z", "20260131190509", id="London in winter"),
        pytest.param(
            "Europe/London", "2026-10-25T00:30:00Z", "20261025013000", id="an hour before the clocks go back"
        ),
        pytest.param(
            "Europe/London",
            "2026-10-25T01:30:00Z",
            "20261025013000",
            id="an hour later, the same by the clock",
        ),
    ],
)
def test_a_wall_clock_in_an_address_is_that_of_the_zone_on_the_box(tmp_path, zone, begin, clock):
    path = tmp_path / "list.m3u"
    path.write_text(
        '#EXTM3U\n#EXTINF:-1 catchup="append" catchup-source="?t={Y}{m}{d}{H}{M}{S}",One\nhttp://t/1\n'
    )
    source = Source(id=SourceId("home"), kind="m3u", name="Home", address=str(path))
    chosen = ["Pacific/Auckland"]
    provider = open_provider(source, BOX, tmp_path / "kept", zone=lambda: ZoneInfo(chosen[-1]))
    with closing(provider) as provider:
        (one,) = provider.items()
        chosen.append(zone)  # while the provider is in use
        start = int(datetime.fromisoformat(begin).timestamp())
        stream = provider.past(one, Programme(channel="one", start=start, stop=start + 60, title="N"))
    assert stream.address == f"http://t/1?t={clock}"


def test_servers_are_told_a_players_name_or_the_one_the_viewer_chose(panel, served):
    served().sign_in()
    chosen = served(user_agent="Chosen 1")
    chosen.sign_in()
    assert panel.headers[0]["User-Agent"].startswith("VLC/")
    assert panel.headers[1]["User-Agent"] == "Chosen 1"
    one, two = chosen.items()
    assert chosen.stream(one).user_agent == "Chosen 1"
    assert chosen.stream(two).user_agent == "Mine"


@pytest.mark.parametrize(
    ("page", "words"),
    [
        pytest.param(
            b"<html><head><title>Account expired</title></head></html>",
            "Account expired",
            id="title",
        ),
        pytest.param(b"<!DOCTYPE html><body><h1>No &amp; never</h1></body>", "No & never", id="text"),
        pytest.param(b'{"user_info":{"auth":0}}', '{"user_info":{"auth":0}}', id="JSON of a panel"),
        pytest.param(b"Blocked", "Blocked", id="a firewall"),
        pytest.param(b"", "", id="nothing"),
        pytest.param(b"G\x40\x00" + bytes(range(256)), "", id="film"),
    ],
)
def test_what_is_no_list_is_refused_in_the_words_of_the_server(served, page, words):
    provider = served(page)
    for ask in (provider.sign_in, lambda: list(provider.items())):
        with pytest.raises(BadReply) as caught:
            ask()
        assert caught.value.words == words


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (401, LoginRefused),
        (403, LoginRefused),
        (404, NoSuchItem),
        (429, ServerFault),
        (503, ServerFault),
        (884, LoginRefused),
    ],
)
def test_a_refusal_keeps_its_status(panel, served, status, error):
    provider = served()
    panel.says("/list.m3u", b"no", status=status)
    for ask in (provider.sign_in, lambda: list(provider.items()), lambda: list(provider.films())):
        with pytest.raises(error) as caught:
            ask()
        assert caught.value.status == status
        assert caught.value.source == "home"


def test_an_empty_list_is_one(served):
    """The XM panel gives one where ``key`` is missing."""
    provider = served(b"#EXTM3U\n")
    assert provider.sign_in().status is AccountStatus.ACTIVE
    assert list(provider.items()) == []


@pytest.mark.parametrize("data", [HLS, MASTER], ids=["media", "master"])
def test_an_hls_playlist_is_one_channel(panel, served, data):
    provider = served(data)
    provider.sign_in()
    (channel,) = provider.items()
    assert provider.stream(channel).address == f"{panel.address}/list.m3u"
    assert (channel.number, channel.name) == (1, "127.0.0.1")
    assert list(provider.films()) == []


@pytest.mark.parametrize("pack", [gzip.compress, bytes], ids=["gzip", "plain"])
def test_a_list_may_be_packed(served, pack):
    provider = served(pack(LIST))
    provider.sign_in()
    assert len(list(provider.items())) == 2


def test_a_server_may_make_the_list_before_it_sends_any_of_it(panel, tmp_path, monkeypatch):
    """The box asks with more patience than it has for small answers: here a fifth of a second."""
    panel.says("/list.m3u", LIST)
    answer = panel.answer
    monkeypatch.setattr(panel, "answer", lambda *asked: Event().wait(0.5) or answer(*asked))
    source = Source(id=SourceId("home"), kind="m3u", name="Home", address=f"{panel.address}/list.m3u")
    http = HttpClient(source.id, limits=Limits(read=0.2))
    with closing(M3u(Access(source=source, identity=BOX, http=http, folder=tmp_path))) as provider:
        assert provider.sign_in().status is AccountStatus.ACTIVE
        assert [channel.name for channel in provider.items()] == ["One", "Two"]


def test_a_list_from_a_disk(tmp_path, opened):
    path = tmp_path / "my list.m3u"
    path.write_bytes(LIST)
    for typed in (path, path.as_uri()):
        provider = opened(typed)
        assert provider.sign_in().status is AccountStatus.ACTIVE
        assert [channel.name for channel in provider.items()] == ["One", "Two"]
        assert provider.address == path.as_uri()


def test_a_list_on_a_disk_that_changes_has_another_revision(tmp_path, opened):
    path = tmp_path / "list.m3u"
    path.write_bytes(LIST)
    first = opened(path).sign_in().revision
    path.write_bytes(LIST * 2)
    assert opened(path).sign_in().revision != first


@pytest.mark.parametrize("path", ["/dev/zero", "/etc", "/nowhere/list.m3u"])
def test_no_file_is_no_list(opened, path):
    provider = opened(path)
    for ask in (provider.sign_in, lambda: list(provider.items())):
        with pytest.raises(NoSuchItem):
            ask()


@pytest.mark.parametrize(
    "typed", ["", "ftp://tv.example/a", "http://", "http://tv.example:x/", "a b", "rtsp://a/b"]
)
def test_what_is_no_address_is_said_at_once(opened, typed):
    with pytest.raises(SettingsError):
        opened(typed)
    if typed:
        with pytest.raises(SettingsError):
            opened("http://tv.example/a", guide=typed)


def test_http_may_be_left_out(opened):
    assert opened("tv.example/list.m3u").address == "http://tv.example/list.m3u"


def test_the_guide_is_the_one_the_viewer_named(panel, served):
    panel.says("/mine.xml", GUIDE)
    guide = served(guide=f"{panel.address}/mine.xml").guide()
    assert len(list(guide)) == 2
    assert served(guide=f"{panel.address}/mine.xml").guide(guide.revision) is None


def test_the_guide_may_be_on_a_disk(tmp_path, served):
    path = tmp_path / "guide.xml"
    path.write_bytes(GUIDE)
    guide = served(guide=str(path)).guide()
    assert len(list(guide)) == 2
    assert served(guide=str(path)).guide(guide.revision) is None


@pytest.mark.parametrize("name", ["x-tvg-url", "url-tvg", "tvg-url", "X-TVG-URL"])
def test_the_guide_is_the_one_the_list_names(panel, served, name):
    panel.says("/a.xml", gzip.compress(GUIDE))
    panel.says("/b.xml", GUIDE.replace(b"one", b"two"))
    first = f'#EXTM3U {name}="{panel.address}/a.xml, {panel.address}/b.xml,{panel.address}/missing.xml"\n'
    guide = served(first.encode()).guide()
    assert [programme.channel for programme in read_programmes(guide)] == ["one", "two"]
    assert guide.lost == 0
    assert served(first.encode()).guide(guide.revision) is None


def test_a_panels_list_has_the_panels_guide(panel, opened):
    panel.says("/c/get.php", b"#EXTM3U\n")
    panel.says("/c/xmltv.php", GUIDE)
    guide = opened(f"{panel.address}/c/get.php?username=a%40b&password=p&type=m3u_plus").guide()
    assert len(list(guide)) == 2
    assert panel.asked[-1] == ("/c/xmltv.php", {"username": "a@b", "password": "p"})


@pytest.mark.parametrize("url", ["/etc/passwd", "file:///etc/passwd", "guide.xml", ""])
def test_a_list_names_no_file_of_the_box_as_its_guide(served, url):
    with pytest.raises(NoSuchItem):
        served(f'#EXTM3U x-tvg-url="{url}"\n'.encode()).guide()


def test_a_guide_that_cannot_be_had_is_an_error(panel, served):
    with pytest.raises(NoSuchItem) as caught:
        served(guide=f"{panel.address}/missing.xml").guide()
    assert caught.value.status == 404


def test_nobody_there_is_unreachable(opened):
    for ask in (opened("http://127.0.0.1:9/list.m3u").sign_in, opened("http://127.0.0.1:9/").guide):
        with pytest.raises(Unreachable):
            ask()


def test_no_secret_of_an_address_is_said_or_written_down(panel, opened, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    panel.says("/get.php", LIST)
    provider = opened(f"{panel.address}/get.php?username=viewer&password=hushhush")
    provider.sign_in()
    list(provider.items())
    panel.says("/get.php", b"no", status=403)
    with pytest.raises(ProviderError) as caught:
        opened(f"{panel.address}/get.php?username=viewer&password=hushhush").sign_in()
    written = [path.read_text() for path in (tmp_path / "kept").rglob("*.json")]
    assert written
    for text in (caplog.text, str(caught.value), *written):
        assert "hushhush" not in text


def test_what_a_list_may_not_name_is_counted(served, caplog):
    provider = served(b"#EXTM3U\n#EXTINF:-1,A\nfile:///etc/passwd\n#EXTINF:-1,B\nhttp://a.example/1\n")
    assert [channel.name for channel in provider.items()] == ["B"]
    assert "addresses=1" in caplog.text


def test_a_list_may_be_closed_twice(served):
    with closing(served()) as provider:
        provider.close()
