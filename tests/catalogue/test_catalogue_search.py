"""What is found, by whatever words, and what is no longer."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from stb.catalogue import Catalogue, Guide, Library, titles
from stb.catalogue.folding import folded
from stb.catalogue.schema import CATALOGUE, GUIDE, LIBRARY
from stb.catalogue.search import Search
from stb.model import (
    Channel,
    ChannelId,
    ChannelRef,
    Film,
    FilmId,
    FilmRef,
    GuideChannel,
    GuideChoice,
    Programme,
    Series,
    SeriesId,
    SeriesRef,
    SourceId,
)

A = SourceId("a")
NOON = 1_795_348_800
"""2026-11-22 12:00 UTC."""
HOUR = 3600


def a_channel(number, name, **fields):
    ref = ChannelRef(A, ChannelId(str(number)))
    return Channel(ref=ref, number=number, name=name, group="", link="", **fields)


def a_film(number, name):
    return Film(ref=FilmRef(A, FilmId(str(number))), name=name, category="", link="")


def a_series(number, name):
    return Series(ref=SeriesRef(A, SeriesId(str(number))), name=name, category="")


def a_programme(title, hours, *, channel="one", lasts=1):
    start = NOON + int(hours * HOUR)
    return Programme(channel=channel, start=start, stop=start + int(lasts * HOUR), title=title)


CHANNELS = (
    a_channel(1, "World News", guide_id="one", archive=48),
    a_channel(12, "الأخبار HD", guide_name="Two"),
    a_channel(20, "İstanbul TV", guide_id="THREE", guide_shift=HOUR),
    a_channel(120, "Дом Ёлка"),
)
FILMS = ("City of Rain", "Rain", "The Rain People", "مدرسة الحياة", "Küche & Straße", "IŞIK")
SERIES = ("Rainy Days", "قِصّة")
PROGRAMMES = (
    a_programme("Rain Report", -30),
    a_programme("Rain Report", -6),
    a_programme("Weather", -0.5),
    a_programme("Rain Watch", 5),
    a_programme("Rain Watch", 30),
    a_programme("مساء الخير", -0.5, channel="two"),
    a_programme("Rain in the past", -6, channel="two"),
    a_programme("Shifted", -1.5, channel="three"),
    a_programme("Nobody's", 1, channel="none"),
    GuideChannel(id="two", names=("TWO",)),
)


@pytest.fixture
def search(tmp_path):
    with (
        Catalogue(tmp_path / "lists.db") as lists,
        Library(tmp_path / "library.db") as library,
        Guide(tmp_path / "guide.db") as guide,
    ):
        lists.replace(A, CHANNELS, "r1")
        library.replace_films(A, [a_film(*row) for row in enumerate(FILMS)], [])
        library.replace_series(A, [a_series(*row) for row in enumerate(SERIES)], [])
        guide.replace(A, PROGRAMMES, CHANNELS, "g1", now=NOON)
        yield Search(lists, library, guide)


def found(search, text, at=NOON, limit=10):
    """Names of all that is found, in its order."""
    there = search.find(text, limit, at)
    named = [one.name for one in (*there.channels, *there.films, *there.series)]
    return [*named, *(airing.programme.title for airing in there.programmes)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("world", "World News"),
        ("NEWS", "World News"),
        ("new wor", "World News"),
        ("12", "الأخبار HD"),
        ("١٢", "الأخبار HD"),
        ("اخبار", "الأخبار HD"),
        ("الاخبار", "الأخبار HD"),
        ("أخب", "الأخبار HD"),
        ("istanbul", "İstanbul TV"),
        ("ISTANBUL", "İstanbul TV"),
        ("ıstan", "İstanbul TV"),  # noqa: RUF001
        ("ДОМ", "Дом Ёлка"),
        ("елка", "Дом Ёлка"),
        ("مدرسه", "مدرسة الحياة"),
        ("مدرسة", "مدرسة الحياة"),
        ("حياة", "مدرسة الحياة"),
        ("kuche", "Küche & Straße"),
        ("STRASSE", "Küche & Straße"),
        ("ışık", "IŞIK"),  # noqa: RUF001
        ("isik", "IŞIK"),
        ("قصه", "قِصّة"),
        ("مسا", "مساء الخير"),
    ],
)
def test_words_are_found_however_they_are_written(search, text, name):
    assert name in found(search, text)


@pytest.mark.parametrize("text", ["", " ", '"', "*", "-", "()", "ـ", "nothing like it", "ews", "ain"])
def test_nothing_is_found_by_what_no_word_begins_with(search, text):
    assert found(search, text) == []


def test_what_is_called_just_so_comes_first_then_what_begins_so(search):
    films = [film.name for film in search.find("rain", 10, NOON).films]
    assert films == ["Rain", "City of Rain", "The Rain People"]


def test_the_very_word_is_found_among_any_number_that_begin_so(search):
    search.library.replace_films(A, [a_film(n, f"Upper {n}") for n in range(500)] + [a_film(500, "Up")], [])
    films = search.find("up", 3, NOON).films
    assert [film.name for film in films] == ["Up", "Upper 0", "Upper 1"]


def test_a_number_finds_its_channel_first(search):
    assert [channel.number for channel in search.find("12", 10, NOON).channels] == [12, 120]


def test_a_programme_is_on_now_or_next_before_it_was(search):
    airings = search.find("rain", 10, NOON).programmes
    assert [(one.programme.title, (one.programme.start - NOON) / HOUR) for one in airings] == [
        ("Rain Watch", 5),
        ("Rain Report", -6),
    ]
    assert airings[0].channel.name == "World News"


def test_a_programme_that_is_on_is_found_before_its_next_showing(search):
    (airing,) = search.find("weather", 10, NOON).programmes
    assert (airing.programme.start, airing.programme.stop) == (NOON - HOUR // 2, NOON + HOUR // 2)
    assert search.find("weather", 10, NOON + 60 * HOUR).programmes == ()  # its channel keeps it no longer


def test_a_channel_is_known_by_its_name_in_the_guide(search):
    (airing,) = search.find("الخير", 10, NOON).programmes
    assert airing.channel.number == 12


def test_the_shift_of_a_channel_is_in_the_times(search):
    (airing,) = search.find("shifted", 10, NOON).programmes
    assert airing.channel.number == 20
    assert airing.programme.start == NOON - HOUR // 2


def test_what_is_over_by_the_guide_may_still_be_on_where_it_comes_later(search):
    (airing,) = search.find("shifted", 10, NOON + HOUR // 4).programmes
    assert (airing.channel.number, airing.programme.stop) == (20, NOON + HOUR // 2)
    assert search.find("shifted", 10, NOON + HOUR // 2).programmes == ()


def test_what_is_renamed_or_gone_is_found_no_longer(search):
    search.lists.replace(A, [a_channel(1, "Globe", guide_id="one"), a_channel(2, "World")], "r2")
    search.library.replace_films(A, [a_film(0, "City of Sun"), a_film(9, "Rainbow")], [])
    search.library.replace_series(A, [], [])
    search.guide.replace(A, [a_programme("Rain Watch", 6)], CHANNELS, "g2", now=NOON + 5 * HOUR)
    assert found(search, "world") == ["World"]
    assert found(search, "globe") == ["Globe"]
    assert found(search, "rain") == ["Rainbow", "Rain Watch"]


def test_nothing_is_found_of_an_operator_that_was_left(search):
    other = SourceId("b")
    film = a_film(1, "Rain of another")
    search.library.replace_films(other, [film], [])
    search.lists.keep_only(other)
    search.library.keep_only(other)
    search.guide.keep_only(other)
    assert found(search, "rain") == ["Rain of another"]


def test_all_titles_are_found_of_a_day_with_more_than_go_into_the_memory(search, monkeypatch):
    monkeypatch.setattr(titles, "_TOGETHER", 5)
    for turn, names in enumerate((range(40), range(20, 60))):
        said = [
            a_programme(f"Word{number}", number / 4, lasts=0.25, channel=channel)
            for number in names
            for channel in ("one", "two")
        ]
        search.guide.replace(A, said, CHANNELS, f"m{turn}", now=NOON)
        assert all(found(search, f"word{number}")[0] == f"Word{number}" for number in names)
    assert found(search, "word3", at=NOON + HOUR) == [f"Word{number}" for number in range(30, 40)]


def test_a_list_that_could_not_be_written_is_not_found(search):
    def broken():
        yield a_film(9, "Rainbow")
        raise LookupError

    with pytest.raises(LookupError):
        search.library.replace_films(A, broken(), [])
    search.library.replace_films(A, [a_film(1, "Snow")], [])
    assert found(search, "rainb") == []
    assert found(search, "snow") == ["Snow"]


def test_the_lists_of_an_older_box_are_found_too(tmp_path):
    older = {"lists.db": CATALOGUE[:3], "library.db": LIBRARY[:1], "guide.db": GUIDE[:-1]}
    paths = {tmp_path / name: steps for name, steps in older.items()}
    for path, steps in paths.items():
        with closing(sqlite3.connect(path)) as old:
            for statement in (one for step in steps for one in step):
                old.execute(statement)
            if path.stem == "library":
                old.execute("INSERT INTO shelf VALUES (1, 'a', 'films', 1), (2, 'a', 'series', 1)")
                old.execute(
                    "INSERT INTO item VALUES (1, 1, 'x', 'Élan', '', '', '', 0, 0, 0, 0),"
                    " (2, 2, 'y', 'Élan vital', '', '', '', 0, 0, 0, 0)"
                )
            if path.stem == "guide":
                old.execute("INSERT INTO source VALUES (1, 'a', 'g1', 'as it is')")
            old.execute(f"PRAGMA user_version = {len(steps)}")
            old.commit()
    with Catalogue(tmp_path / "lists.db") as lists, Library(tmp_path / "library.db") as library:
        with Guide(tmp_path / "guide.db") as guide:
            there = Search(lists, library, guide).find("elan", 5, NOON)
            assert not guide.fits(A, ())
        assert ([one.name for one in there.films], [one.name for one in there.series]) == (
            ["Élan"],
            ["Élan vital"],
        )


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=300)
@given(text=st.text(max_size=300) | st.text('"*^():-+{}\\ANDORNEAR\0ى', max_size=30))
@example("\ud800 rain")
@example('rain" OR "x')
@example("rain\0")
@example("9" * 250)
@example("AND OR NOT NEAR(")
def test_anything_can_be_typed(search, text):
    assert len(found(search, text, limit=2)) <= 8


@settings(deadline=None, max_examples=500)
@given(st.text())
def test_what_is_folded_is_not_folded_further(text):
    once = folded(text)
    assert folded(once) == once


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(st.lists(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(FILMS)), max_size=8), max_size=4))
def test_after_any_lists_what_is_there_is_found_and_nothing_else(search, lists):
    for rows in lists:
        named = dict(reversed(rows))
        search.library.replace_films(A, [a_film(number, name) for number, name in rows], [])
        for name in FILMS:
            there = {film.ref.film for film in search.library.find_films(name, 20) if film.name == name}
            assert there == {str(number) for number, one in named.items() if one == name}


def test_favourites_come_before_other_channels(search):
    favourite = [channel.ref for channel in search.find("12", 10, NOON).channels if channel.number == 120]
    for limit, numbers in ((10, [120, 12]), (1, [120])):
        there = search.find("12", limit, NOON, favourite).channels
        assert [channel.number for channel in there] == numbers


def test_channels_of_hidden_groups_come_last(search):
    grouped = [channel._replace(group=f"{channel.number}") for channel in search.lists.channels(0, 9)]
    search.lists.replace(A, grouped, "r2")
    for hidden, numbers in ((frozenset(), [12, 120]), ({"12"}, [120, 12]), ({"12", "120"}, [12, 120])):
        there = search.find("12", 10, NOON, hidden=hidden).channels
        assert [channel.number for channel in there] == numbers
    favourite = [channel.ref for channel in grouped if channel.number == 12]
    assert search.find("12", 1, NOON, favourite, {"12"}).channels[0].number == 12


def test_programmes_of_a_guide_of_the_viewers_own_are_found_on_their_channels(search):
    lists, guide, world = search.lists, search.guide, SourceId("world")
    channels = lists.channels(0, 99)
    named = next(channel for channel in channels if channel.name == "World News")
    said = (GuideChannel(id="wn.uk", names=("World News HD",)), a_programme("Penguins", 0, channel="wn.uk"))
    guide.prefer((world,), {})
    guide.replace(world, said, channels, "w1", now=NOON)
    (airing,) = search.find("penguins", 5, NOON).programmes
    assert airing.channel == named
    other = next(channel for channel in channels if channel != named)
    guide.replace(world, said, channels, "w1", now=NOON, chosen={other.ref: "wn.uk"})
    guide.prefer((world,), {other.ref: GuideChoice(world, "wn.uk"), named.ref: GuideChoice()})
    (airing,) = search.find("penguins", 5, NOON).programmes
    assert airing.channel == other
