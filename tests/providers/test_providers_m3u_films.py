"""Films and series of a list, told from its live channels, and from each other."""

import pytest

from stb.model import Channel, Film, Series, SourceId
from stb.providers.m3u import wire
from stb.providers.m3u.naming import numbered
from stb.providers.m3u.playlist import Playlist

HOME = SourceId("home")


def playlist(text):
    return Playlist(text.splitlines())


def one(line, address):
    (entry,) = playlist(f"#EXTM3U\n{line}\n{address}")
    return entry


@pytest.mark.parametrize(
    ("line", "address", "told"),
    [
        pytest.param("#EXTINF:-1,X", "http://a.example/u/p/1", Channel, id="live without an ending"),
        pytest.param("#EXTINF:-1,X", "http://a.example/live/u/p/1.m3u8", Channel, id="live"),
        pytest.param("#EXTINF:-1,X", "http://a.example/play/TOKEN/ts", Channel, id="encrypted live"),
        pytest.param("#EXTINF:-1,X", "http://a.example/movie/u/p/1.mp4", Film, id="film by its path"),
        pytest.param("#EXTINF:-1,X", "http://a.example/movie/u/p/1.ts", Film, id="film of any ending"),
        pytest.param("#EXTINF:-1,X", "http://a.example/panel/movie/u/p/1", Film, id="below a folder"),
        pytest.param("#EXTINF:-1,X", "http://a.example/play/TOKEN#.mp4", Film, id="encrypted film"),
        pytest.param("#EXTINF:5400,X", "http://a.example/f/x.mp4", Film, id="a file that lasts"),
        pytest.param("#EXTINF:-1,X", "http://a.example/f/x.MKV?t=1", Film, id="a file"),
        pytest.param('#EXTINF:-1 media="true",X', "http://a.example/f/x", Film, id="said to be one"),
        pytest.param(
            '#EXTINF:-1 tvg-id="x",X', "http://a.example/f/x.mp4", Channel, id="a file with a guide"
        ),
        pytest.param("#EXTINF:7200,X", "http://a.example/f/x.m3u8", Channel, id="a list that lasts"),
        pytest.param("#EXTINF:180,X", "http://a.example/radio.mp3", Channel, id="radio"),
        pytest.param("#EXTINF:-1,X", "rtsp://a.example/x.mp4", Channel, id="no file of the web"),
        pytest.param("#EXTINF:-1,X S01E02", "http://a.example/series/u/p/1.mkv", Series, id="episode"),
        pytest.param("#EXTINF:-1,X S01E02", "http://a.example/movie/u/p/1.mkv", Series, id="by its name"),
        pytest.param("#EXTINF:-1,X", "http://a.example/series/u/p/1.mkv", Film, id="of no number"),
        pytest.param("#EXTINF:-1,X S01E02", "http://a.example/u/p/1", Channel, id="a channel of episodes"),
        pytest.param("#EXTINF:-1,Movie", "http://movie.example/u/p/1", Channel, id="only called so"),
    ],
)
def test_what_an_entry_is(line, address, told):
    found = playlist(f"#EXTM3U\n{line}\n{address}")
    (item,) = (
        *wire.channels(found, {}, HOME, wire.claimed(())),
        *wire.stored(playlist(f"#EXTM3U\n{line}\n{address}"), HOME),
    )
    assert type(item) is told


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("The Name S01E02", ("The Name", 1, 2, "")),
        ("The Name S01 E02 A Title", ("The Name", 1, 2, "A Title")),
        ("The Name - s1e2 - A Title", ("The Name", 1, 2, "A Title")),
        ("The.Name.S01E02.mkv", ("The.Name", 1, 2, "mkv")),
        ("The Name (2020) S00E100", ("The Name (2020)", 0, 100, "")),
        ("The Name 1x02", ("The Name", 1, 2, "")),
        ("The Name Season 1 Episode 2", ("The Name", 1, 2, "")),
        ("|AR| مسلسل S01E02", ("|AR| مسلسل", 1, 2, "")),
        ("The Name", None),
        ("S01E02", None),
        ("Formats 1920x1080", None),
        ("ADSL1E2", None),
    ],
)
def test_the_numbers_in_a_name(name, told):
    found = numbered(name)
    assert (found and (found.series, found.season, found.episode, found.title)) == told


LIST = """#EXTM3U
#EXTINF:-1 tvg-logo="http://l.example/f.png" group-title="Films",The Film (1999)
http://a.example/movie/u/p/1.mp4
#EXTINF:-1 group-title="News",News
http://a.example/u/p/2
#EXTINF:1500 group-title="Drama",Show S01E02 Second
http://a.example/series/u/p/3.mkv|User-Agent=A
#EXTINF:-1 group-title="Drama",SHOW S01E01
http://a.example/series/u/p/4.mkv
#EXTINF:-1 group-title="Drama",Show S00E01 Special
http://a.example/series/u/p/5.mkv
#EXTINF:-1 group-title="Comedy",Other S02E01
http://a.example/series/u/p/6.mkv
"""


def test_the_films_of_a_list():
    (film,) = (one for one in wire.stored(playlist(LIST), HOME) if isinstance(one, Film))
    assert (film.name, film.category, film.year, film.poster) == (
        "The Film (1999)",
        "Films",
        1999,
        "http://l.example/f.png",
    )


def test_episodes_of_one_name_are_a_series():
    found = [one for one in wire.stored(playlist(LIST), HOME) if isinstance(one, Series)]
    assert [(series.name, series.category) for series in found] == [("Show", "Drama"), ("Other", "Comedy")]


def test_a_series_has_its_episodes_by_their_numbers_specials_last():
    series = next(one for one in wire.stored(playlist(LIST), HOME) if isinstance(one, Series))
    found = wire.seasons(playlist(LIST), series)
    told = [
        (season.number, [(each.number, each.name) for each in season.episodes]) for season in found.seasons
    ]
    assert told == [(1, [(1, "SHOW S01E01"), (2, "Second")]), (0, [(1, "Special")])]
    assert found.seasons[0].episodes[1].seconds == 1500
    assert all(each.ref.series == series.ref for season in found.seasons for each in season.episodes)


def test_live_channels_are_the_rest():
    found = playlist(LIST)
    (channel,) = wire.channels(found, found.header, HOME, wire.claimed(()))
    assert channel.name == "News"
