"""Genres of films and series: what operators write in one text, each found by itself."""

import sqlite3
from contextlib import closing

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stb.catalogue import Library
from stb.catalogue.folding import folded
from stb.catalogue.genres import genres
from stb.catalogue.sifting import Selection
from stb.model import Film, FilmId, FilmRef, Series, SeriesId, SeriesRef, Sorting, SourceId

A, B = SourceId("a"), SourceId("b")


def a_film(number, genre="", *, source=A, **fields):
    ref = FilmRef(source, FilmId(str(number)))
    return Film(ref=ref, name=fields.pop("name", f"Film {number}"), link="x", genre=genre, **fields)


FILMS = [
    a_film(1, "Drama, Crime", rating=5.0, year=2001, category="War"),
    a_film(2, "", rating=9.0, year=2020, category="Art"),
    a_film(3, "crime / Thriller", rating=7.0, year=2001, category="War"),
    a_film(4, "CRIME", rating=6.0, year=2020, category="Art"),
]
CRIME = Selection(genre="Crime")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "library.db"


@pytest.fixture
def library(file):
    with Library(file) as library:
        yield library


def ids(library, selection):
    return "".join(film.ref.film for film in library.films(0, 99, selection))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("Drama", ["Drama"], id="one"),
        pytest.param("Drama, Crime / Thriller", ["Drama", "Crime", "Thriller"], id="commas and strokes"),
        pytest.param("Action & Adventure|Sci-Fi;War", ["Action & Adventure", "Sci-Fi", "War"], id="others"),
        pytest.param("دراما، كوميديا", ["دراما", "كوميديا"], id="an Arabic comma"),
        pytest.param("Drama, DRAMA, , Dráma", ["Drama"], id="one genre in several spellings"),
        pytest.param("N/A", [], id="none is known"),
        pytest.param("It was a dark night and the rain fell in torrents", [], id="a story"),
    ],
)
def test_what_operators_write(text, names):
    assert list(genres(text).values()) == names


@given(st.text(max_size=60) | st.lists(st.sampled_from(["Drama", "war", " / ", ",", ";", "|"])).map("".join))
def test_every_genre_of_any_text_is_one_that_is_found_by_its_name(text):
    found = genres(text)
    assert all(folded(name) == word and list(genres(name)) == [word] for word, name in found.items())
    assert genres(",".join(found.values())) == found


def test_genres_of_a_shelf_are_by_name_in_the_first_spelling(library):
    library.replace_films(A, FILMS, [])
    assert list(library.genres("films").items()) == [("Crime", 3), ("Drama", 1), ("Thriller", 1)]
    assert library.genres("series") == {}
    library.replace_series(A, [Series(ref=SeriesRef(A, SeriesId("1")), name="Soap", genre="Soap")], [])
    assert library.genres("series") == {"Soap": 1}


def test_what_is_of_a_genre_in_any_order_and_with_all_else_that_is_chosen(library):
    library.replace_films(A, FILMS, [])
    assert ids(library, CRIME) == "134"
    assert ids(library, Selection(genre="CRÍME", sorting=Sorting.RATING)) == "341"
    assert ids(library, Selection(genre="crime", year=2001)) == "13"
    assert ids(library, Selection(genre="crime", category="Art")) == "4"
    assert ids(library, Selection(genre="No such")) == ""
    assert library.count("films", CRIME) == 3
    assert library.position(FILMS[3].ref, CRIME) == 2
    assert library.position(FILMS[1].ref, CRIME) is None


def test_genres_follow_the_list(library):
    library.replace_films(A, FILMS, [])
    library.replace_films(A, [FILMS[3], a_film(2, "Crime"), FILMS[2]], [])
    assert (library.genres("films"), ids(library, CRIME)) == ({"CRIME": 3, "Thriller": 1}, "423")
    library.add(A, [a_film(9, "Sea")])
    assert library.genres("films") == {"CRIME": 3, "Sea": 1, "Thriller": 1}
    library.replace_films(A, [], [])
    assert (library.genres("films"), library.count("films", CRIME)) == ({}, 0)


def test_one_genre_of_several_operators(library):
    library.replace_films(B, [a_film(1, "THRILLER, Noir", source=B)], [])
    library.replace_films(A, FILMS, [])
    assert library.genres("films") == {"Crime": 3, "Drama": 1, "Noir": 1, "Thriller": 2}
    refs = [film.ref.source for film in library.films(0, 9, Selection(genre="Thriller"))]
    assert refs == [A, B]


def test_more_genres_than_there_can_be(library):
    library.replace_films(A, [a_film(number, f"Kind {number}") for number in range(300)], [])
    assert len(library.genres("films")) == 200
    assert library.count("films") == 300


def test_a_list_that_was_read_before_there_were_genres_is_read_anew(file, library):
    library.replace_films(A, FILMS, [], "e1")
    library.close()
    with closing(sqlite3.connect(file, isolation_level=None)) as former:
        former.execute("DROP TABLE genre")
        former.execute("ALTER TABLE item DROP COLUMN genre")
        former.execute("PRAGMA user_version = 5")
    with Library(file) as anew:
        assert (anew.edition(A, "films"), anew.genres("films"), anew.count("films", CRIME)) == ("", {}, 0)
        anew.replace_films(A, FILMS, [], "e1")
        assert ids(anew, CRIME) == "134"


@settings(max_examples=15, deadline=None)
@given(
    before=st.lists(st.sampled_from(["", "War", "war, Sea", "Sea", "Sky|War"]), max_size=12),
    after=st.lists(st.sampled_from(["", "War", "war, Sea", "Sea", "Sky|War"]), max_size=12),
)
def test_however_a_list_changes_each_genre_has_its_films(tmp_path_factory, before, after):
    with Library(tmp_path_factory.mktemp("genres") / "library.db") as library:
        for texts in (before, after):
            library.replace_films(A, [a_film(number, text) for number, text in enumerate(texts)], [])
        for word in ("war", "sea", "sky"):
            wanted = [str(number) for number, text in enumerate(after) if word in genres(text)]
            assert [film.ref.film for film in library.films(0, 99, Selection(genre=word))] == wanted
        counts = {folded(name): count for name, count in library.genres("films").items()}
        assert counts == {
            word: sum(word in genres(text) for text in after)
            for word in ("sea", "sky", "war")
            if any(word in genres(text) for text in after)
        }
