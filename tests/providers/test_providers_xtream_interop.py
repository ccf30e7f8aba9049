"""Our client against a panel that we did not write: `xtreamcodeserver` of the package index."""

from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import ThreadingHTTPServer
from threading import Thread

import pytest
import requests
from xtreamcodeserver.credentials.credentials import XTreamCodeCredentials
from xtreamcodeserver.entry.category import XTreamCodeCategory
from xtreamcodeserver.entry.entry import XTreamCodeType
from xtreamcodeserver.entry.live import XTreamCodeLive
from xtreamcodeserver.entry.serie import XTreamCodeSerie
from xtreamcodeserver.entry.serie_episode import XTreamCodeEpisode
from xtreamcodeserver.entry.serie_season import XTreamCodeSeason
from xtreamcodeserver.entry.vod import XTreamCodeVod
from xtreamcodeserver.epg.epgchannel import XTreamCodeEPGChannel
from xtreamcodeserver.epg.epgprogram import XTreamCodeEPGProgram
from xtreamcodeserver.httprequesthandler import XTreamCodeHTTPRequestHandler
from xtreamcodeserver.interfaces.datetimeprovider import IXTreamCodeDateTimeProvider
from xtreamcodeserver.providers.inmemory.credentials_provider import XTreamCodeCredentialsMemoryProvider
from xtreamcodeserver.providers.inmemory.entry_provider import XTreamCodeEntryMemoryProvider
from xtreamcodeserver.providers.inmemory.epg_provider import XTreamCodeEPGMemoryProvider
from xtreamcodeserver.server import XTreamCodeServer
from xtreamcodeserver.stream.memorystream import XTreamCodeMemoryStream

from stb.board import derive
from stb.errors import LoginRefused
from stb.model import AccountStatus, Facts, GuideChannel, Source, SourceId, read_programmes
from stb.providers import Shelf, open_provider

NOW = datetime.now(UTC).replace(microsecond=0)
PACKETS = (b"G" + bytes(187)) * 50


class Clock(IXTreamCodeDateTimeProvider):
    def utcnow(self):
        return NOW


def sent(marker):
    return XTreamCodeMemoryStream(PACKETS + marker, "video/mp2t")


def filled():
    """One channel, one film, one series of two seasons."""
    entries = XTreamCodeEntryMemoryProvider()
    news = XTreamCodeCategory("News", XTreamCodeType.LIVE, 1)
    news.add_entry(XTreamCodeLive("One", sent(b"live"), "one.id", 11, "http://e.example/1.png"))
    films = XTreamCodeCategory("Films", XTreamCodeType.VOD, 2)
    film = XTreamCodeVod("A Film", "mkv", sent(b"film"), 21, "http://e.example/f.jpg", "Its plot")
    film.set_rate(8)
    film.set_duration_seconds(5400)
    film.set_release_date(datetime(2019, 4, 1, tzinfo=UTC))
    film.set_actors(["A", "B"])
    films.add_entry(film)
    shows = XTreamCodeCategory("Shows", XTreamCodeType.SERIE, 3)
    show = XTreamCodeSerie("A Series", 31, "http://e.example/s.jpg", "Its plot")
    for number in (1, 2):
        season = XTreamCodeSeason(number, f"Season {number}", None, None)
        for part in (1, 2):
            name = f"Part {part}"
            season.add_episode(
                XTreamCodeEpisode(part, name, "mp4", sent(b"episode"), 300 + 10 * number + part)
            )
        show.add_season(season)
    shows.add_entry(show)
    for category in (news, films, shows):
        entries.add_category(category)
    return entries


def told():
    guide = XTreamCodeEPGMemoryProvider()
    channel = XTreamCodeEPGChannel("one.id", "One")
    for hour, title in ((-2, "Over"), (0, "On & now"), (1, "Next")):
        begins = NOW + timedelta(hours=hour, minutes=-10)
        channel.add_programme(
            XTreamCodeEPGProgram(begins, begins + timedelta(hours=1), title, f"About {title}")
        )
    guide.add_channel(channel)
    return guide


@pytest.fixture
def lines():
    lines = XTreamCodeCredentialsMemoryProvider()
    lines.add_or_update_credentials(XTreamCodeCredentials("me", "word", max_connections=2))
    return lines


@pytest.fixture
def address(lines):
    panel = XTreamCodeServer(filled(), told(), lines, Clock())
    handler = partial(XTreamCodeHTTPRequestHandler, panel, True, 1 << 20)  # noqa: FBT003 - takes it by place only
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = False
        panel.setup("127.0.0.1", server.server_address[1])
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.fixture
def open_as(address, tmp_path):
    def open_as(user, password):
        source = Source(id=SourceId("home"), kind="xtream", name="Home", address=address, user=user)
        return open_provider(source, derive(Facts(serial="1a2b")), tmp_path, password=password)

    return open_as


@pytest.fixture
def xtream(open_as):
    with closing(open_as("me", "word")) as provider:
        yield provider


def fetched(stream):
    answer = requests.get(stream.address, headers={"User-Agent": stream.user_agent}, timeout=30)
    assert answer.status_code == 200
    return answer.content.removeprefix(PACKETS)


def test_signing_in(xtream):
    account = xtream.sign_in()
    assert (account.status, account.expires, account.connections) == (AccountStatus.ACTIVE, None, 2)


def test_a_subscription_that_ends(xtream, lines):
    ends = NOW + timedelta(days=30)
    lines.add_or_update_credentials(XTreamCodeCredentials("me", "word", ends))
    assert xtream.sign_in().expires == ends.date()


@pytest.mark.parametrize(("user", "password"), [("me", "wrong"), ("nobody", "word")])
def test_a_wrong_login_is_refused(open_as, user, password):
    with closing(open_as(user, password)) as provider, pytest.raises(LoginRefused) as caught:
        provider.sign_in()
    assert caught.value.status == 401


def test_channels_play(xtream):
    xtream.sign_in()
    (channel,) = xtream.items()
    assert (channel.number, channel.name, channel.group, channel.guide_id) == (1, "One", "News", "one.id")
    assert fetched(xtream.stream(channel)) == b"live"


def test_films_are_listed_looked_at_and_played(xtream):
    assert xtream.categories(Shelf.FILMS) == ("Films",)
    (film,) = xtream.films()
    assert (film.name, film.category, film.rating) == ("A Film", "Films", 8.0)
    about = xtream.film(film).about
    assert (about.plot, about.cast, about.year, about.seconds) == ("Its plot", "A, B", 2019, 5400)
    assert fetched(xtream.lend(film.ref, film.link)) == b"film"


def test_series_are_listed_looked_at_and_played(xtream):
    (series,) = xtream.series()
    assert (series.name, series.category) == ("A Series", "Shows")
    seasons = xtream.seasons(series).seasons
    assert [(season.number, [each.number for each in season.episodes]) for season in seasons] == [
        (1, [1, 2]),
        (2, [1, 2]),
    ]
    episode = seasons[1].episodes[0]
    assert fetched(xtream.lend(episode.ref, episode.link)) == b"episode"


def test_the_guide(xtream):
    entries = list(xtream.guide())
    assert [entry.id for entry in entries if isinstance(entry, GuideChannel)] == ["one.id"]
    titles = [programme.title for programme in read_programmes(entries)]
    assert titles == ["On & now", "Next"]


def test_the_short_guide(xtream):
    (channel,) = xtream.items()
    now, then = xtream.short_guide(channel)
    assert (now.title, now.text, then.title) == ("On & now", "About On & now", "Next")
    assert now.start == int((NOW - timedelta(minutes=10)).timestamp())
    assert now.stop == then.start
