"""Films and series: lists in pages, three shapes of series, files (PROTOCOLS 1.11)."""

import json
from base64 import b64encode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stb.errors import NoSuchItem, ServerFault
from stb.model import (
    EpisodeId,
    EpisodeRef,
    Film,
    FilmRef,
    Query,
    Series,
    SeriesId,
    SeriesRef,
    Sorting,
    SourceId,
)
from stb.providers import Shelf
from stb.providers.stalker import vod
from stb.providers.stalker.links import read
from stb.providers.stalker.rows import Genre, Origin

HOME = SourceId("home")
ORIGIN = Origin(source=HOME, base="http://h/stalker_portal/")
NAMED = {"4": Genre("4", "Drama"), "5": Genre("5", "Late", adult=True)}
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)
FILM = {
    "id": "71",
    "name": "The Ferry",
    "o_name": "Il traghetto",
    "description": "A ferry.<br>A night.",
    "director": "A. Rossi",
    "actors": "B. Bianchi, C. Verdi",
    "year": "1999-05-05",
    "time": "95",
    "rating_imdb": "7.4",
    "screenshot_uri": "/stalker_portal/screenshots/1/71.jpg",
    "genres_str": "Drama, Sea",
    "category_id": "4",
    "censored": 0,
    "cmd": "/media/71.mpg",
    "series": [],
    "added": "2016-01-15 12:00:00",
}


def test_a_film_of_the_genuine_portal():
    film = vod.film(FILM, NAMED, ORIGIN)
    assert (film.name, film.year, film.rating, film.category) == ("The Ferry", 1999, 7.4, "Drama")
    assert film.poster == "http://h/stalker_portal/screenshots/1/71.jpg"
    assert film.added == 1452859200
    about = vod.about(read(film.link))
    assert (about.plot, about.seconds, about.genre) == ("A ferry.\nA night.", 95 * 60, "Drama, Sea")
    assert (about.director, about.cast) == ("A. Rossi", "B. Bianchi, C. Verdi")


def test_a_film_of_the_imitation():
    cmd = b64encode(json.dumps({"type": "movie", "stream_id": 71, "target_container": ["mkv"]}).encode())
    row = {
        "id": 71,
        "name": "The Ferry",
        "screenshot_uri": "http://p.example/71.jpg",
        "category_id": 5,
        "cmd": cmd.decode(),
        "time": "1:35:00",
        "rating_imdb": "N/A",
        "rating_kinopoisk": "6,5",
        "added": 1452859200,
    }
    film = vod.film(row, NAMED, ORIGIN)
    assert (film.category, film.adult, film.rating, film.added) == ("Late", True, 6.5, 1452859200)
    assert film.poster == "http://p.example/71.jpg"
    assert vod.about(read(film.link)).seconds == 95 * 60


@pytest.mark.parametrize("change", [{"id": None}, {"name": "", "o_name": " "}], ids=["no id", "no name"])
def test_what_is_no_film(change):
    assert vod.film({**FILM, **change}, NAMED, ORIGIN) is None


def test_a_film_without_a_picture_has_none():
    assert vod.film({**FILM, "screenshot_uri": False}, NAMED, ORIGIN).poster == ""


@settings(deadline=None)
@given(json_values)
def test_any_rows_are_read(value):
    names = (*FILM, "is_series", "has_files", "is_file", "season_number", "series_number", "is_season")
    whose = Series(ref=SeriesRef(HOME, SeriesId("1")), name="S")
    for row in ({**FILM, name: value} for name in names):
        vod.film(row, NAMED, ORIGIN)
        vod.series(row, NAMED, ORIGIN)
        vod.is_series(row)
        vod.versions([row])
        vod.season_row(row, whose, 1)
        vod.season_of(row, 1)
        vod.episode(row, whose, 1, "1", 1)


def paged(rows, size=14):
    """Answers pages of rows, and takes no page for the first."""

    def answer(asked):
        place = max(int(asked.said.get("p", 1)), 1)
        data = rows[size * (place - 1) : size * place]
        return {"total_items": len(rows), "max_page_items": size, "cur_page": 0, "data": data}

    return answer


def listing(host, rows, **more):
    """The lists of a portal; what lies below a row is by the ids that are asked for."""
    host.lets_in()

    def ordered(asked):
        if "movie_id" not in asked.said:
            return host.js(paged(rows)(asked))
        place = "/".join(asked.said[name] for name in ("movie_id", "season_id", "episode_id"))
        return host.js({"data": more.get(place, []), "total_items": len(more.get(place, []))})

    host.answers |= {
        "vod/get_categories": [{"id": "*", "title": "All"}, {"id": "4", "title": "Drama"}],
        "vod/get_ordered_list": ordered,
        "vod/create_link": lambda asked: host.js({"cmd": f"ffmpeg http://cdn.example{asked.said['cmd']}"}),
    }


def below(**places):
    return {name.replace("_", "/").strip("m"): rows for name, rows in places.items()}


def test_films_come_in_pages_and_are_asked_for_newest_first(host, box):
    listing(host, [{**FILM, "id": str(number)} for number in range(30)])
    assert len(list(box().films())) == 30
    asked = host.all("vod/get_ordered_list")
    assert [one.said["p"] for one in asked] == ["1", "2", "3"]
    assert (asked[0].said["category"], asked[0].said["sortby"]) == ("*", "added")


def failing(host, rows, *places):
    """Pages of rows, but for these."""
    give = paged(rows)
    broken = host.raw(b"", 500)
    return lambda asked: broken if int(asked.said["p"]) in places else host.js(give(asked))


def test_a_page_that_the_portal_cannot_give_costs_its_films_and_not_the_list(host, box):
    rows = [{**FILM, "id": str(number)} for number in range(70)]
    listing(host, rows)
    host.answers["vod/get_ordered_list"] = failing(host, rows, 2, 4)
    ours = box()
    assert len(list(ours.films())) == 42
    assert not ours.whole()


def test_a_portal_that_gives_no_page_any_more_is_left_alone(host, box):
    rows = [{**FILM, "id": str(number)} for number in range(140)]
    listing(host, rows)
    host.answers["vod/get_ordered_list"] = failing(host, rows, *range(2, 11))
    with pytest.raises(ServerFault):
        list(box().films())
    assert host.counts()["vod/get_ordered_list"] == 4


def test_all_pages_are_the_whole(host, box):
    listing(host, [{**FILM, "id": str(number)} for number in range(30)])
    ours = box()
    list(ours.films())
    assert ours.whole()


def test_a_portal_that_takes_no_notice_of_the_page_is_not_read_whole(host, box):
    listing(host, [])
    host.answers["vod/get_ordered_list"] = {"data": [FILM], "total_items": 900}
    ours = box()
    assert len(list(ours.films())) == 1
    assert not ours.whole()


RAIN = [{**FILM, "id": str(number), "name": f"Rain {number}"} for number in range(50)]


def test_the_portal_looks_for_a_text(host, box):
    listing(host, RAIN)
    found = box().seek(Query(text="rain 4"))
    asked = host.all("vod/get_ordered_list")
    assert [one.said["p"] for one in asked] == ["1", "2", "3"], "no more than a few pages"
    assert (asked[0].said["search"], asked[0].said["category"]) == ("rain 4", "*")
    assert [film.name for film in found] == ["Rain 4", "Rain 14", "Rain 24", "Rain 34", "Rain 40", "Rain 41"]


def test_the_portal_sorts_and_sifts(host, box):
    listing(host, RAIN)
    box().seek(Query(shelf="films", category="Drama", year=1999, sorting=Sorting.RATING))
    said = host.last("vod/get_ordered_list").said
    assert (said["category"], said["years"], said["sortby"]) == ("4", "1999", "rating")
    assert "search" not in said


def test_a_portal_that_takes_no_notice_of_what_is_looked_for(host, box):
    listing(host, RAIN)
    ours = box()
    assert ours.seek(Query(text="snow")) == ()
    assert ours.seek(Query(year=2031)) == ()
    assert host.counts()["vod/get_ordered_list"] == 2, "and no second page of that"


GENRES = [{"id": "*", "title": "*"}, {"id": "7", "title": "Drama"}, {"id": 8, "title": "Science fiction"}]


def test_the_portal_is_asked_for_a_genre_by_its_own_id_which_it_tells_once(host, box):
    listing(host, RAIN)
    host.answers["vod/get_genres_by_category_alias"] = GENRES
    ours = box()
    assert len(ours.seek(Query(shelf="films", genre="drama"))) == 42
    assert ours.seek(Query(shelf="films", genre="Science Fiction")) == (), "no row says that it is any"
    assert [one.said.get("genre") for one in host.all("vod/get_ordered_list")] == ["7", "7", "7", "8"]
    assert host.last("vod/get_genres_by_category_alias").said["cat_alias"] == "*"
    assert host.counts()["vod/get_genres_by_category_alias"] == 1


@pytest.mark.parametrize("genres", [[], False, None], ids=["as the imitation", "js false", "js null"])
def test_a_portal_without_genres_is_not_asked_for_one_and_its_rows_are_sifted(host, box, genres):
    listing(host, [FILM, {**FILM, "id": "72", "name": "No sea", "genres_str": "Drama"}])
    host.answers["vod/get_genres_by_category_alias"] = genres
    assert [film.name for film in box().seek(Query(shelf="films", genre="Sea"))] == ["The Ferry"]
    assert "genre" not in host.last("vod/get_ordered_list").said


def test_a_series_list_of_its_own_knows_no_genres(host, box):
    listing(host, [])
    host.answers |= {
        "series/get_categories": [{"id": "9", "title": "Soaps"}],
        "series/get_ordered_list": paged([{**FILM, "id": "81", "name": "Ferries"}]),
    }
    found = box().seek(Query(shelf="series", genre="Sea"))
    assert [(one.name, one.genre) for one in found] == [("Ferries", "Drama, Sea")]
    assert host.counts()["vod/get_genres_by_category_alias"] == 0


def test_what_follows_is_on_the_next_pages(host, box):
    listing(host, RAIN)
    ours = box()
    parts = [ours.seek(Query(shelf="films", category="Drama", part=part)) for part in range(3)]
    assert [len(part) for part in parts] == [42, 8, 0]
    assert len({film.ref for part in parts for film in part}) == 50
    assert [one.said["p"] for one in host.all("vod/get_ordered_list")] == ["1", "2", "3", "4", "5", "7"]


@pytest.mark.parametrize(
    ("text", "row"),
    [
        pytest.param("lind", {"director": "M. Lind"}, id="director"),
        pytest.param("oda berg", {"actors": "A. Berg, K. Oda"}, id="actors in any order"),
        pytest.param("reve", {"o_name": "Le Rêve"}, id="without accents"),
        pytest.param("احلام", {"name": "أحلام"}, id="without hamza"),
        pytest.param("1999", {"year": "1999"}, id="year"),
    ],
)
def test_what_a_portal_finds_in_other_fields_is_taken(host, box, text, row):
    listing(host, [{**FILM, **row}])
    assert len(box().seek(Query(text=text))) == 1


def test_a_category_that_the_portal_does_not_have(host, box):
    listing(host, RAIN)
    assert box().seek(Query(category="No such")) == ()
    assert host.counts()["vod/get_ordered_list"] == 0


def test_series_are_found_where_they_stand(host, box):
    listing(host, [FILM, {**FILM, "id": "80", "name": "Ferry days", "is_series": "1", "has_files": "9"}])
    both = box().seek(Query(text="ferry"))
    assert [type(one).__name__ for one in both] == ["Film", "Series"]
    assert [one.name for one in box().seek(Query(shelf="series", text="ferry"))] == ["Ferry days"]
    host.answers |= {
        "series/get_categories": [{"id": "9", "title": "Soaps"}],
        "series/get_ordered_list": paged([{**FILM, "id": "81", "name": "Ferries"}]),
    }
    assert [one.name for one in box().seek(Query(shelf="series", text="ferr"))] == ["Ferries"]


def test_a_portal_that_does_not_list_all_at_once_is_asked_by_category(host, box):
    listing(host, [FILM])
    ordered = host.answers["vod/get_ordered_list"]
    none = {"data": [], "total_items": 0}
    host.answers["vod/get_ordered_list"] = lambda asked: (
        host.js(none) if asked.said["category"] == "*" else ordered(asked)
    )
    assert [film.category for film in box().films()] == ["Drama"]


def test_categories_in_the_operators_order(host, box):
    listing(host, [])
    ours = box()
    assert ours.categories(Shelf.FILMS) == ("Drama",)
    assert ours.categories(Shelf.SERIES) == ("Drama",), "there series stand among the films"


def film_ref(row):
    return FilmRef(HOME, row["id"])


def test_a_film_is_lent(host, box):
    listing(host, [FILM])
    ours = box()
    (film,) = ours.films()
    assert ours.lend(film.ref, film.link).address == "http://cdn.example/media/71.mpg"
    assert host.last("vod/create_link").said["cmd"] == "/media/71.mpg"
    details = ours.film(film)
    assert (details.about.plot, details.versions) == ("A ferry.\nA night.", ())


FILES = [
    {"id": "901", "is_file": True, "name": "English / 1080p", "cmd": "/media/file_901.mpg"},
    {"id": "902", "is_file": True, "name": "Italian / 720p", "cmd": "http://files.example/902.mkv"},
]


def test_a_film_with_files_in_languages_and_qualities(host, box):
    listing(host, [{**FILM, "has_files": "2"}], **{"71/0/0": FILES})
    ours = box()
    (film,) = ours.films()
    english, italian = ours.film(film).versions
    assert (english.name, italian.name) == ("English / 1080p", "Italian / 720p")
    assert ours.lend(film.ref, italian.link).address == "http://files.example/902.mkv"
    assert host.counts()["vod/create_link"] == 0, "a link of the operator's own is played as it is"
    assert ours.lend(film.ref, film.link).address == "http://cdn.example/media/file_901.mpg"


def test_the_portal_is_told_which_film_is_watched(host, box):
    listing(host, [FILM])
    ours = box()
    (film,) = ours.films()
    ours.lend(film.ref, film.link)
    host.wait_for("vod/set_played")
    assert host.last("vod/set_played").said["video_id"] == "71"


def test_a_film_whose_files_are_gone(host, box):
    listing(host, [{**FILM, "cmd": ""}])
    ours = box()
    (film,) = ours.films()
    with pytest.raises(NoSuchItem):
        ours.lend(film.ref, film.link)


def test_the_first_shape_a_row_that_counts_its_episodes(host, box):
    listing(
        host,
        [
            FILM,
            {**FILM, "id": "80", "name": "The Lighthouse", "series": ["1", "2", 3], "cmd": "/media/80.mpg"},
        ],
    )
    ours = box()
    assert [film.ref.film for film in ours.films()] == ["71"]
    (series,) = ours.series()
    (season,) = ours.seasons(series).seasons
    assert [episode.number for episode in season.episodes] == [1, 2, 3]
    third = season.episodes[2]
    assert third.name == "The Lighthouse 1x03"
    ours.lend(third.ref, third.link)
    said = host.last("vod/create_link").said
    assert (said["cmd"], said["series"]) == ("/media/80.mpg", "3")


def test_the_second_shape_seasons_episodes_and_files(host, box):
    listing(
        host,
        [{**FILM, "id": "90", "name": "Harbour", "is_series": "1", "has_files": "4", "cmd": ""}],
        **{
            "90/0/0": [
                {"id": "90:2", "is_season": True, "season_number": "2", "name": "Season 2"},
                {"id": "90:1", "is_season": True, "season_number": "1", "name": "Season 1"},
            ],
            "90/90:1/0": [
                {"id": "501", "is_episode": True, "series_number": "2", "name": "Out"},
                {"id": "500", "is_episode": True, "series_number": "1", "name": "In"},
            ],
            "90/90:2/0": [{"id": "600", "is_episode": True, "series_number": 1, "name": "Back"}],
            "90/90:1/501": FILES,
        },
    )
    ours = box()
    assert list(ours.films()) == []
    (series,) = ours.series()
    first, second = ours.seasons(series).seasons
    assert (first.number, [episode.name for episode in first.episodes]) == (1, ["In", "Out"])
    assert (second.number, [episode.name for episode in second.episodes]) == (2, ["Back"])
    out = first.episodes[1]
    assert out.ref == EpisodeRef(series.ref, EpisodeId("501"))
    assert ours.lend(out.ref, out.link).address == "http://cdn.example/media/file_901.mpg"


def season(number, count, name):
    cmd = b64encode(json.dumps({"series_id": 44, "season_num": number, "type": "series"}).encode()).decode()
    return {"id": f"44:{number}", "name": name, "series": list(range(1, count + 1)), "cmd": cmd}


def test_the_third_shape_a_row_for_each_season(host, box):
    """The imitation's own list: newest season first, specials, episodes by their place."""
    host.lets_in(token=host.blob)
    rows = [{"id": "44", "name": "Tides", "cmd": "", "category_id": "4"}]
    seasons = [season(2, 2, "Season 2"), season(1, 3, "Season 1"), season(0, 1, "Specials")]

    def ordered(asked):
        found = seasons if "movie_id" in asked.said else rows
        return host.js({"total_items": len(found), "data": found})

    host.answers |= {
        "vod/get_categories": [],
        "vod/get_ordered_list": {"data": []},
        "series/get_categories": [{"id": "4", "title": "Sea"}],
        "series/get_ordered_list": ordered,
        "vod/create_link": {"id": 1, "cmd": "ffmpeg http://cdn.example/44", "error": ""},
    }
    ours = box()
    (series,) = ours.series()
    assert (series.name, series.category) == ("Tides", "Sea")
    found = ours.seasons(series).seasons
    assert [(one.number, len(one.episodes)) for one in found] == [(1, 3), (2, 2), (0, 1)]
    assert host.last("series/get_ordered_list").said["movie_id"] == "44"
    last = found[1].episodes[1]
    assert ours.lend(last.ref, last.link).address == "http://cdn.example/44"
    said = host.last("vod/create_link").said
    assert (said["series"], json.loads(__import__("base64").b64decode(said["cmd"]))["season_num"]) == ("2", 2)


def test_a_fork_whose_seasons_have_no_link():
    whose = Series(ref=SeriesRef(HOME, SeriesId("44")), name="Tides")
    found = vod.season_row({"id": "44:3", "name": "Season 3", "series": [1]}, whose, 1)
    assert read(found.episodes[0].link).cmd == "/media/44:3.mpg"


def test_the_genuine_portal_knows_no_list_of_series(host, box):
    listing(host, [FILM])
    host.answers["series/get_categories"] = False
    assert list(box().series()) == []
    assert host.counts()["series/get_ordered_list"] == 0


def test_films_and_series_of_one_list_are_crawled_once(host, box):
    listing(host, [FILM, {**FILM, "id": "80", "series": [1]}])
    ours = box()
    assert (len(list(ours.films())), len(list(ours.series()))) == (1, 1)
    assert host.counts()["vod/get_ordered_list"] == 1


def test_an_error_of_the_imitation_with_a_useless_link(host, box):
    listing(host, [FILM])
    host.answers["vod/create_link"] = {"id": 1, "cmd": "ffmpeg http://h/x", "error": "player_file_missing"}
    ours = box()
    with pytest.raises(NoSuchItem):
        ours.lend(FilmRef(HOME, "71"), vod.film(FILM, NAMED, ORIGIN).link)
    assert isinstance(vod.film(FILM, NAMED, ORIGIN), Film)
