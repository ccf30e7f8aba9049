"""Rows of the lists as panels were seen to send them."""

import pytest

from stb.model import Channel, ChannelId, ChannelRef, SourceId
from stb.providers.xtream import rows
from stb.providers.xtream.numbers import numbered

HOME = SourceId("home")
BASE = "http://tv.example:8080"
HERE = rows.Setting(source=HOME, names={"1": "News", "2": "Sport"}, base=BASE)
LIVE = {
    "num": 7,
    "name": "Channel Name",
    "stream_type": "live",
    "stream_id": 12345,
    "stream_icon": "http://example.com/logo.png",
    "epg_channel_id": "channel.epg",
    "added": "1234567890",
    "category_id": "1",
    "custom_sid": "",
    "tv_archive": 0,
    "direct_source": "",
    "tv_archive_duration": 0,
}
FILM = {
    "num": 1,
    "name": "Film",
    "stream_type": "movie",
    "stream_id": 500,
    "stream_icon": "http://example.com/f.jpg",
    "rating": "7.5",
    "rating_5based": 3.8,
    "added": "1609459200",
    "category_id": "2",
    "container_extension": "mkv",
    "custom_sid": "",
    "direct_source": "",
}
SERIES = {
    "num": 1,
    "name": "Series",
    "series_id": 90,
    "cover": "http://example.com/s.jpg",
    "plot": "",
    "releaseDate": "2019-04-01",
    "last_modified": "1609459200",
    "rating": "8",
    "rating_5based": 4,
    "backdrop_path": [],
    "category_id": "1",
}


def channel(stream="12345", **changes):
    return rows.channel({**LIVE, **changes}, stream, HERE)


def film(**changes):
    return rows.film({**FILM, **changes}, "500", HERE)


def series(**changes):
    return rows.series({**SERIES, **changes}, "90", HERE)


def test_a_live_channel_of_the_usual_panel():
    assert channel() == Channel(
        ref=ChannelRef(HOME, ChannelId("12345")),
        number=7,
        name="Channel Name",
        group="News",
        link="12345",
        logo="http://example.com/logo.png",
        guide_id="channel.epg",
    )


def test_a_row_with_an_id_and_nothing_else_is_a_channel():
    bare = rows.channel({"stream_id": "12"}, "12", HERE)
    assert (bare.name, bare.number, bare.group, bare.guide_id, bare.archive) == ("12", 0, "", "", 0)


@pytest.mark.parametrize(
    ("field", "value", "read"),
    [
        pytest.param("stream_icon", "", {"logo": ""}, id="no logo (57 % of a real list)"),
        pytest.param("stream_icon", None, {"logo": ""}, id="logo null"),
        pytest.param(
            "stream_icon", "/img/7.png", {"logo": f"{BASE}/img/7.png"}, id="logo on the panel itself"
        ),
        pytest.param(
            "stream_icon",
            "//cdn.example/7.png",
            {"logo": "http://cdn.example/7.png"},
            id="logo without a scheme",
        ),
        pytest.param("stream_icon", "file:///etc/passwd", {"logo": ""}, id="logo of the box itself"),
        pytest.param("epg_channel_id", None, {"guide_id": ""}, id="guide id null (74 % of a real list)"),
        pytest.param(
            "epg_channel_id", "BBC One.uk", {"guide_id": "BBC One.uk"}, id="guide id as it is written"
        ),
        pytest.param("category_id", None, {"group": ""}, id="category null (1 % of a real list)"),
        pytest.param("category_id", "", {"group": ""}, id="category empty (XC_VM)"),
        pytest.param("category_id", 2, {"group": "Sport"}, id="category a number"),
        pytest.param("category_id", "99", {"group": ""}, id="category that is not listed"),
        pytest.param("num", "7", {"number": 7}, id="number as text"),
        pytest.param("num", None, {"number": 0}, id="number null"),
        pytest.param("num", -3, {"number": 0}, id="number negative"),
        pytest.param("stream_type", "radio_streams", {"radio": True}, id="radio among the channels"),
        pytest.param("stream_type", "created_live", {"radio": False}, id="made by the panel"),
        pytest.param("stream_type", None, {"radio": False}, id="type null"),
        pytest.param("is_adult", "1", {"adult": True}, id="for adults"),
        pytest.param("is_adult", 0, {"adult": False}, id="for everyone"),
        pytest.param("name", "  UK |\tBBC\n One ", {"name": "UK | BBC One"}, id="spaces in the name"),
        pytest.param("name", 24, {"name": "24"}, id="name a number"),
        pytest.param("name", None, {"name": "12345"}, id="no name"),
        pytest.param(
            "direct_source", "http://o.example/1.ts", {"link": "http://o.example/1.ts"}, id="origin"
        ),
        pytest.param("direct_source", "file:///dev/sda", {"link": "12345"}, id="origin of the box itself"),
        pytest.param("direct_source", None, {"link": "12345"}, id="origin null"),
    ],
)
def test_a_field_of_a_channel_in_every_shape(field, value, read):
    found = channel(**{field: value})
    assert {name: getattr(found, name) for name in read} == read


def test_the_category_may_be_one_of_several():  # XM: category_ids beside category_id
    assert channel(category_id="", category_ids=[99, 2]).group == "Sport"
    assert channel(category_id="1", category_ids=["2"]).group == "News"
    assert channel(category_id=None, category_ids="2").group == ""


@pytest.mark.parametrize(
    ("kept", "days", "hours"),
    [
        pytest.param(1, 3, 72, id="numbers"),
        pytest.param("1", "7", 168, id="texts (real panels)"),
        pytest.param(1, 0, 24, id="kept, and nobody says how long"),
        pytest.param(1, None, 24, id="null"),
        pytest.param(0, 7, 0, id="not kept"),
        pytest.param(None, None, 0, id="nothing"),
        pytest.param(1, 10**9, 366 * 24, id="for ever"),
    ],
)
def test_the_archive_is_counted_in_days(kept, days, hours):  # iptvnator 1138; Stalker counts hours
    assert channel(tv_archive=kept, tv_archive_duration=days).archive == hours


@pytest.mark.parametrize(
    "name",
    [
        "##### UK #####",
        "#### SPORT",
        "----- News -----",
        "=== 4K ===",
        "★★★ VIP ★★★",
        "•••",
        "*** Kids ***",
        "__________",
    ],
)
def test_a_heading_among_the_channels_is_none(name):
    assert channel(name=name) is None


@pytest.mark.parametrize(
    "name",
    [
        "#1 Hits",
        "BBC One",
        "C++ TV",
        "- UK -",
        "🇬🇧 BBC 🇬🇧",
        "❤️ Love ❤️",
        "|AR| قناة",
        "TV5 *",
        "(UK) 24",
        "M6+1",
        "*Star",
    ],
)
def test_a_name_with_an_ornament_is_a_channel(name):
    assert channel(name=name).name == name


def test_a_film_of_the_usual_panel():
    found = film()
    assert (found.ref.film, found.name, found.category, found.link) == ("500", "Film", "Sport", "500.mkv")
    assert (found.poster, found.rating, found.added) == ("http://example.com/f.jpg", 7.5, 1609459200)


@pytest.mark.parametrize(
    ("changes", "read"),
    [
        pytest.param({"container_extension": None}, {"link": "500.mp4"}, id="extension null"),
        pytest.param({"container_extension": ""}, {"link": "500.mp4"}, id="extension empty"),
        pytest.param({"container_extension": ".avi"}, {"link": "500.avi"}, id="extension with its dot"),
        pytest.param({"container_extension": "../x"}, {"link": "500.mp4"}, id="extension that is a path"),
        pytest.param({"container_extension": ["mkv"]}, {"link": "500.mp4"}, id="extension a list"),
        pytest.param({"name": "1984"}, {"name": "1984"}, id="name of digits"),
        pytest.param({"name": 1917}, {"name": "1917"}, id="name a number"),
        pytest.param({"name": "#### Film ####"}, {"name": "#### Film ####"}, id="a film is no heading"),
        pytest.param({"rating": ""}, {"rating": 7.6}, id="rating empty, the other one counts"),
        pytest.param({"rating": "", "rating_5based": "0"}, {"rating": 0.0}, id="nobody judged"),
        pytest.param({"rating": "N/A", "rating_5based": None}, {"rating": 0.0}, id="rating a word"),
        pytest.param({"rating": 85, "rating_5based": 4.25}, {"rating": 8.5}, id="rating beyond ten"),
        pytest.param({"rating": "nan", "rating_5based": "inf"}, {"rating": 0.0}, id="rating no number"),
        pytest.param({"added": None}, {"added": 0}, id="added null"),
        pytest.param({"added": ""}, {"added": 0}, id="added empty"),
        pytest.param({"added": 1609459200}, {"added": 1609459200}, id="added a number"),
        pytest.param({"added": "2021-01-01 00:00:00"}, {"added": 1609459200}, id="added a date"),
        pytest.param({"year": "1999"}, {"year": 1999}, id="year"),
        pytest.param({"release_date": "2001-02-03"}, {"year": 2001}, id="release_date"),
        pytest.param({"year": "", "releaseDate": "2002"}, {"year": 2002}, id="year empty, releaseDate"),
        pytest.param(
            {"year": None, "releasedate": 20030405},
            {"year": 2003},
            id="releasedate a number (emby-xtream 32)",
        ),
        pytest.param({"year": 1609459200}, {"year": 0}, id="year that is a moment"),
        pytest.param({"genre": "Crime, War"}, {"genre": "Crime, War"}, id="genre, of some panels"),
        pytest.param({"genre": None}, {"genre": ""}, id="genre null"),
        pytest.param(
            {"stream_icon": None, "cover": "http://e.example/c.jpg"},
            {"poster": "http://e.example/c.jpg"},
            id="cover",
        ),
    ],
)
def test_a_field_of_a_film_in_every_shape(changes, read):
    found = film(**changes)
    assert {name: getattr(found, name) for name in read} == read


def test_a_series_of_the_usual_panel():
    found = series()
    assert (found.ref.series, found.name, found.category, found.year) == ("90", "Series", "News", 2019)
    assert (found.poster, found.rating, found.added) == ("http://example.com/s.jpg", 8.0, 1609459200)


@pytest.mark.parametrize(
    ("changes", "read"),
    [
        pytest.param({"category_id": None}, {"category": ""}, id="category null (real panels)"),
        pytest.param(
            {"releaseDate": None, "release_date": "2018-01-01"}, {"year": 2018}, id="release_date alone"
        ),
        pytest.param({"releaseDate": ""}, {"year": 0}, id="no date"),
        pytest.param({"last_modified": None, "added": "5"}, {"added": 5}, id="added"),
        pytest.param({"cover": None}, {"poster": ""}, id="no cover"),
        pytest.param(
            {"cover": ["", "http://e.example/c.jpg"]}, {"poster": "http://e.example/c.jpg"}, id="covers"
        ),
        pytest.param({"name": None, "title": "T"}, {"name": "T"}, id="title"),
        pytest.param({"genre": "Drama, Crime / War"}, {"genre": "Drama, Crime / War"}, id="genre"),
        pytest.param({"genre": ["Drama"]}, {"genre": "Drama"}, id="genre a list"),
    ],
)
def test_a_field_of_a_series_in_every_shape(changes, read):
    found = series(**changes)
    assert {name: getattr(found, name) for name in read} == read


def test_categories_keep_the_operators_order():
    listed = [
        {"category_id": "5", "category_name": "Kids", "parent_id": 0},
        {"category_id": 2, "category_name": " News "},
        {"category_id": "5", "category_name": "Again"},
        {"category_id": None, "category_name": "Nameless"},
        {"category_id": "7", "category_name": None},
        {},
    ]
    assert rows.categories(listed) == {"5": "Kids", "2": "News"}
    assert list(rows.categories(listed)) == ["5", "2"]


def wishing(*numbers):
    return [channel(str(place), num=number) for place, number in enumerate(numbers, start=1)]


def given(*numbers):
    return {int(each.ref.channel): each.number for each in numbered(wishing(*numbers))}


def test_channels_have_the_numbers_they_wish_for():
    assert given(3, 1, 2) == {1: 3, 2: 1, 3: 2}


def test_whoever_wishes_for_a_number_that_is_taken_or_none_gets_the_next_free_one():
    assert given(5, 5, 0, 2, 10**9) == {1: 5, 2: 6, 3: 7, 4: 2, 5: 8}


def test_channels_without_any_numbers_are_counted():  # XC_VM sends 0 for all in some answers
    assert given(0, 0, 0) == {1: 1, 2: 2, 3: 3}
