"""Films and series as the box keeps them: the operator's order, found from any place, replaced whole."""

import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stb.catalogue import Group, Library
from stb.catalogue.order import PAGE
from stb.catalogue.sifting import Selection
from stb.errors import CatalogueError
from stb.model import Film, FilmId, FilmRef, Series, SeriesId, SeriesRef, Sorting, SourceId

A, B = SourceId("a"), SourceId("b")


def a_film(number, category="", *, source=A, **fields):
    ref = FilmRef(source, FilmId(str(number)))
    return Film(ref=ref, name=fields.pop("name", f"Film {number}"), category=category, link="x", **fields)


def a_series(number, category="", *, source=A):
    ref = SeriesRef(source, SeriesId(str(number)))
    return Series(ref=ref, name=f"Series {number}", category=category, link="x")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "state" / "library.db"


@pytest.fixture
def library(file):
    with Library(file) as library:
        yield library


def test_a_new_library_is_empty(library):
    assert (library.count("films"), library.categories("series"), library.films(0, 9)) == (0, (), ())
    assert library.film(FilmRef(A, FilmId("1"))) is None
    assert library.position(SeriesRef(A, SeriesId("1"))) is None
    assert not library.knows(A)


def test_all_that_is_known_of_a_film_and_of_a_series_comes_back(library):
    said = {"poster": "http://tv.example/7.jpg", "year": 1999, "rating": 7.5, "added": 12, "adult": True}
    film = a_film(7, "Drama", genre="Crime, War", **said)
    series = a_series(7, "Drama")
    assert library.replace_films(A, [film], ["Drama"]) == 1
    assert library.replace_series(A, [series], ["Drama"]) == 1
    assert (library.film(film.ref), library.films(0, 9)) == (film, (film,))
    assert (library.one_series(series.ref), library.series(0, 9)) == (series, (series,))


def test_categories_are_in_the_operators_order_then_as_they_appear(library):
    films = [a_film(1, "Late"), a_film(2, "War"), a_film(3), a_film(4, "Art"), a_film(5, "War")]
    library.replace_films(A, films, ["Empty", "War", "Art"])
    assert library.categories("films") == (
        Group(name="War", count=2),
        Group(name="Art", count=1),
        Group(name="Late", count=1),
        Group(name="", count=1),
    )
    assert library.films(0, 9, Selection(category="War")) == (films[1], films[4])
    assert (
        library.count("films", Selection(category="War")),
        library.count("films", Selection(category="Empty")),
    ) == (2, 0)


def test_places_of_a_long_shelf(library):
    films = [a_film(number, f"C{number % 3}") for number in range(3 * PAGE + 7)]
    library.replace_films(A, films, [])
    assert library.films(PAGE - 2, 5) == tuple(films[PAGE - 2 : PAGE + 3])
    assert library.films(3 * PAGE, 50) == tuple(films[3 * PAGE :])
    for place in (0, PAGE - 1, PAGE, 3 * PAGE + 6):
        assert library.position(films[place].ref) == place
        assert library.position(films[place].ref, Selection(category=f"C{place % 3}")) == place // 3
        assert library.position(films[place].ref, Selection(category=f"C{(place + 1) % 3}")) is None


NAMED = [
    a_film(1, "War", name="zebra", year=2001, rating=5.0, added=30),
    a_film(2, "Art", name="Élan", year=2020, rating=8.5, added=10),
    a_film(3, "War", name="أفلام", year=2001, rating=8.5, added=20),
    a_film(4, "War", name="Emil"),
]


@pytest.mark.parametrize(
    ("sorting", "order"),
    [
        pytest.param(Sorting.OPERATOR, "1234", id="the operator's"),
        pytest.param(Sorting.NEWEST, "1324", id="what came last first"),
        pytest.param(Sorting.NAME, "2413", id="by name, accents and case aside"),
        pytest.param(Sorting.RATING, "2314", id="the best first, alike as the operator has them"),
        pytest.param(Sorting.YEAR, "2134", id="the youngest first, not known last"),
    ],
)
def test_a_shelf_in_another_order(library, sorting, order):
    library.replace_films(A, NAMED, [])
    everything = Selection(sorting=sorting)
    assert "".join(film.ref.film for film in library.films(0, 9, everything)) == order
    assert [library.position(FilmRef(A, FilmId(name)), everything) for name in order] == [0, 1, 2, 3]
    war = Selection(sorting=sorting, category="War")
    assert "".join(film.ref.film for film in library.films(0, 9, war)) == order.replace("2", "")
    assert library.position(FilmRef(A, FilmId("2")), war) is None


def test_of_one_year(library):
    library.replace_films(A, NAMED, [])
    assert library.years("films") == {2020: 1, 2001: 2}
    of_2001 = Selection(year=2001, sorting=Sorting.RATING)
    assert [film.name for film in library.films(0, 9, of_2001)] == ["أفلام", "zebra"]
    assert library.films(1, 9, of_2001) == (NAMED[0],)
    assert library.count("films", Selection(year=2001, category="Art")) == 0
    assert library.position(NAMED[0].ref, Selection(year=2001)) == 0
    assert library.position(NAMED[1].ref, Selection(year=2001)) is None
    library.replace_films(A, NAMED[1:], [])
    assert library.years("films") == {2020: 1, 2001: 1}
    assert library.films(0, 9, of_2001) == (NAMED[2],)


def test_what_another_process_wrote_is_sifted_anew(file, library):
    library.replace_films(A, NAMED, [])
    war = Selection(sorting=Sorting.NAME, category="War")
    assert library.count("films", war) == 3
    with Library(file) as other:
        other.replace_films(A, NAMED[:1], [])
    assert library.films(0, 9, war) == (NAMED[0],)


def test_a_file_from_before_there_were_orders_is_in_the_operators_until_it_is_read_again(file, library):
    library.replace_films(A, NAMED, [])
    library.close()
    with closing(sqlite3.connect(file, isolation_level=None)) as former:
        former.execute("DROP TABLE year")
        former.execute("ALTER TABLE shelf DROP COLUMN cut")
        former.execute("ALTER TABLE shelf DROP COLUMN edition")
        former.execute("DROP TABLE genre")
        former.execute("ALTER TABLE item DROP COLUMN genre")
        former.execute("DELETE FROM page WHERE category < 0")
        former.execute("PRAGMA user_version = 2")
    with Library(file) as anew:
        by_name = Selection(sorting=Sorting.NAME)
        assert anew.years("films") == {}
        assert anew.films(0, 9, by_name) == tuple(NAMED)
        assert anew.films(0, 9, replace(by_name, category="War")) == (NAMED[0], *NAMED[2:])
        anew.replace_films(A, NAMED, [])
        assert [film.name for film in anew.films(0, 2, by_name)] == ["Élan", "Emil"]


def test_a_shelf_knows_what_the_operators_list_was_like_until_something_is_added(library):
    assert library.edition(A, "films") == ""
    library.replace_films(A, NAMED, [], "e1")
    assert (library.edition(A, "films"), library.edition(A, "series")) == ("e1", "")
    library.add(A, [a_film(9, "Late", name="Found")])
    assert library.edition(A, "films") == ""
    library.replace_films(A, NAMED, [], "e2")
    assert library.edition(A, "films") == "e2"
    assert library.size(A) == len(NAMED)


def test_both_shelves_are_changed_together_or_not_at_all(file, library):
    def broken():
        yield a_series(5)
        raise LookupError

    def both():
        with library.together():
            library.replace_films(A, NAMED, [], "e1")
            library.replace_series(A, broken(), [])

    with pytest.raises(LookupError):
        both()
    assert (library.count("films"), library.edition(A, "films")) == (0, "")
    with library.together():
        library.replace_films(A, NAMED, [])
        library.replace_series(A, [a_series(5)], [])
    assert (library.count("films"), library.count("series")) == (len(NAMED), 1)
    assert file.with_name(f"{file.name}-wal").stat().st_size == 0
    library.replace_films(A, [], [])
    assert (library.count("films"), library.count("series")) == (0, 1)


def test_what_the_operator_found_stands_behind_what_was_read(library):
    library.replace_films(A, NAMED[:2], ["War", "Art"])
    library.replace_series(A, [], [])
    library.add(A, [NAMED[1], a_film(9, "Late", name="Found", year=2024), a_series(5)])
    assert [film.name for film in library.films(0, 9)] == ["zebra", "Élan", "Found"]
    assert [film.name for film in library.find_films("found", 9)] == ["Found"]
    assert library.years("films") == {2024: 1, 2020: 1, 2001: 1}
    assert [group.name for group in library.categories("films")] == ["War", "Art", "Late"]
    assert library.one_series(SeriesRef(A, SeriesId("5"))) == a_series(5)
    library.replace_films(A, NAMED[:2], ["War", "Art"])
    assert library.count("films") == 2


def test_what_was_found_before_anything_was_read(library):
    library.add(A, [a_film(9, name="Found")])
    assert [film.name for film in library.films(0, 9)] == ["Found"]


def test_whether_the_operator_has_more(library):
    assert not library.whole(A), "nothing was read yet"
    library.replace_films(A, NAMED, [])
    library.note_whole(A, whole=False)
    assert not library.whole(A)
    library.note_whole(A, whole=True)
    assert library.whole(A)


def test_two_operators_stand_one_after_the_other(library):
    library.replace_films(B, [a_film(1, "War", source=B)], ["War"])
    library.replace_films(A, [a_film(1, "War"), a_film(2, "Art")], ["Art", "War"])
    assert [film.ref.source for film in library.films(0, 9)] == [A, A, B]
    assert library.position(FilmRef(B, FilmId("1"))) == 2
    assert library.position(FilmRef(B, FilmId("1")), Selection(category="War")) == 1
    assert library.categories("films") == (Group(name="Art", count=1), Group(name="War", count=2))


def test_of_two_films_with_one_id_the_first_counts(library):
    assert library.replace_films(A, [a_film(1, name="This"), a_film(2), a_film(1, name="That")], []) == 2
    assert [film.name for film in library.films(0, 9)] == ["This", "Film 2"]


SHELF = st.lists(
    st.builds(a_film, st.integers(0, 12), st.sampled_from(["", "War", "Art"]), year=st.integers(0, 2)),
    max_size=20,
    unique_by=lambda film: film.ref,
)


@given(shelves=st.lists(SHELF, min_size=1, max_size=4))
@settings(deadline=None, max_examples=50)
def test_whatever_was_there_before_a_shelf_is_as_the_operator_has_it(tmp_path_factory, shelves):
    with Library(tmp_path_factory.mktemp("library") / "library.db") as library:
        for films in shelves:
            assert library.replace_films(A, films, ["Art"]) == len(films)
        assert library.films(0, 99) == tuple(films)
        assert [library.position(film.ref) for film in films] == list(range(len(films)))
        for group in library.categories("films"):
            inside = [film for film in films if film.category == group.name]
            assert library.films(0, 99, Selection(category=group.name)) == tuple(inside)
            assert group.count == len(inside)
        assert sum(group.count for group in library.categories("films")) == len(films)


def test_a_shelf_that_breaks_off_leaves_the_old_one(library):
    def broken():
        yield a_film(9)
        raise CatalogueError("cut off")

    library.replace_films(A, [a_film(1)], ["x"])
    with pytest.raises(CatalogueError):
        library.replace_films(A, broken(), [])
    assert [film.name for film in library.films(0, 9)] == ["Film 1"]


def test_readers_see_the_old_shelf_until_the_new_one_is_whole(file, library):
    library.replace_films(A, [a_film(1)], [])
    with Library(file) as reader:
        seen = []

        def films():
            for number in (2, 3):
                yield a_film(number)
                seen.append([film.name for film in reader.films(0, 9)])

        library.replace_films(A, films(), [])
        assert seen == [["Film 1"], ["Film 1"]]
        assert [film.name for film in reader.films(0, 9)] == ["Film 2", "Film 3"]


def written(file):
    """The file's log: what is written goes there first."""
    return file.with_name(f"{file.name}-wal").stat().st_size


def test_a_shelf_that_is_as_before_writes_nothing(file, library):
    films = [a_film(number, "War", name="x" * 200) for number in range(1000)]
    library.replace_films(A, films, ["War"])
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        library.replace_films(A, films, ["War"])
        assert written(file) == 0


def test_a_new_film_at_the_front_does_not_write_the_others_again(file, library):
    films = [a_film(number, "War", name="x" * 200) for number in range(5000)]
    library.replace_films(A, films, ["War"])
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        library.replace_films(A, [a_film(9999, "War"), *films], ["War"])
        assert written(file) < file.stat().st_size / 4
    assert library.position(films[0].ref) == 1


def test_an_operator_that_was_left_leaves_nothing(library):
    library.replace_films(A, [a_film(1)], [])
    library.replace_series(B, [a_series(1, source=B)], [])
    library.keep_only(B)
    assert (library.count("films"), library.count("series"), library.knows(A)) == (0, 1, False)
    library.leave(B)
    assert (library.count("series"), library.knows(B)) == (0, False)


def test_the_last_operator_takes_the_file_along(file, library):
    library.replace_films(A, [a_film(number, name="x" * 1000) for number in range(1000)], [])
    library.keep_only(B)
    assert file.stat().st_size < 100_000
    library.replace_films(B, [a_film(1, source=B)], [])
    assert library.count("films") == 1


def test_a_damaged_library_is_an_empty_one(file, library, caplog):
    library.replace_films(A, [a_film(number, name="x" * 5000) for number in range(500)], [])
    library.close()
    with file.open("r+b") as opened:
        opened.seek(4096)
        opened.write(b"\xff" * (file.stat().st_size - 4096))
    with Library(file) as anew:
        assert anew.films(0, 500) == ()
        assert anew.count("films") == 0
        anew.replace_films(A, [a_film(1)], [])
        assert anew.count("films") == 1
    assert "database damaged" in caplog.text


def test_a_library_of_a_newer_version_is_set_aside(file, library):
    library.close()
    with closing(sqlite3.connect(file)) as newer:
        newer.execute("PRAGMA user_version = 99")
    with Library(file) as anew:
        assert anew.count("films") == 0
    assert file.with_name("library.db.newer").exists()
