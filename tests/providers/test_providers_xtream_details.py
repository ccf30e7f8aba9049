"""Films and series looked at closely, in every shape that panels were seen to send."""

import pytest

from stb.model import Film, FilmId, FilmRef, Series, SeriesId, SeriesRef, SourceId
from stb.providers.xtream.details import film_details, series_details

HOME = SourceId("home")
BASE = "http://tv.example:8080"
FILM = Film(
    ref=FilmRef(HOME, FilmId("7")),
    name="Listed",
    link="7.avi",
    poster="http://e.example/l.jpg",
    year=1990,
    rating=5.0,
)
SERIES = Series(ref=SeriesRef(HOME, SeriesId("9")), name="Listed", poster="http://e.example/l.jpg", year=1990)
INFO = {
    "tmdb_id": "12345",
    "name": "Movie Title",
    "o_name": "Original Title",
    "cover_big": "http://e.example/cover.jpg",
    "movie_image": "http://e.example/poster.jpg",
    "releasedate": "2024-01-01",
    "director": "Director Name",
    "actors": "Actor 1, Actor 2",
    "cast": "Cast Member 1, Cast Member 2",
    "description": "Movie description...",
    "plot": "Movie plot...",
    "age": "16+",
    "country": "USA",
    "genre": "Action",
    "duration_secs": 7200,
    "duration": "2:00:00",
    "rating": "8.5",
    "backdrop_path": ["http://e.example/wide.jpg"],
}
DATA = {"stream_id": 7, "name": "Movie Title", "added": "1", "category_id": "1", "container_extension": "mkv"}


def about(**changes):
    return film_details({"info": {**INFO, **changes}, "movie_data": DATA}, FILM, BASE).about


def test_a_film_of_the_usual_panel():
    details = film_details({"info": INFO, "movie_data": DATA}, FILM, BASE)
    assert (details.film.ref, details.film.name, details.film.link) == (FILM.ref, "Movie Title", "7.mkv")
    told = details.about
    assert (told.plot, told.genre, told.director, told.country) == (
        "Movie plot...",
        "Action",
        "Director Name",
        "USA",
    )
    assert (told.cast, told.age) == ("Cast Member 1, Cast Member 2", "16+")
    assert (told.year, told.rating, told.seconds) == (2024, 8.5, 7200)
    assert (told.poster, told.backdrop) == ("http://e.example/poster.jpg", "http://e.example/wide.jpg")


@pytest.mark.parametrize(
    ("changes", "read"),
    [
        pytest.param({"backdrop_path": ""}, {"backdrop": ""}, id="backdrop empty"),
        pytest.param({"backdrop_path": None}, {"backdrop": ""}, id="backdrop null"),
        pytest.param({"backdrop_path": []}, {"backdrop": ""}, id="backdrop an empty list"),
        pytest.param(
            {"backdrop_path": [None, "/w.jpg"]},
            {"backdrop": f"{BASE}/w.jpg"},
            id="backdrop a path (null first: xtreamcodeserver)",
        ),
        pytest.param(
            {"backdrop_path": "http://e.example/b"}, {"backdrop": "http://e.example/b"}, id="backdrop a text"
        ),
        pytest.param({"releasedate": 2021}, {"year": 2021}, id="releasedate a number (emby-xtream 32)"),
        pytest.param({"releasedate": None}, {"year": 1990}, id="releasedate null, as in the list"),
        pytest.param({"releasedate": "", "release_date": "2020-05-05"}, {"year": 2020}, id="release_date"),
        pytest.param({"rating": ""}, {"rating": 5.0}, id="rating as in the list"),
        pytest.param({"cast": "", "actors": "A"}, {"cast": "A"}, id="actors"),
        pytest.param({"cast": ["A", "B"]}, {"cast": "A, B"}, id="cast a list"),
        pytest.param({"genre": None}, {"genre": ""}, id="genre null"),
        pytest.param({"plot": None}, {"plot": "Movie description..."}, id="description"),
        pytest.param({"plot": "One.\r\n\r\n\r\nTwo."}, {"plot": "One.\n\nTwo."}, id="paragraphs"),
        pytest.param({"duration_secs": "5400"}, {"seconds": 5400}, id="seconds as text"),
        pytest.param({"duration_secs": None, "duration": "01:30:00"}, {"seconds": 5400}, id="clock"),
        pytest.param({"duration_secs": 0, "duration": "45:30"}, {"seconds": 2730}, id="minutes and seconds"),
        pytest.param({"duration_secs": "", "duration": "90 min"}, {"seconds": 5400}, id="minutes"),
        pytest.param(
            {"duration_secs": None, "duration": None, "episode_run_time": "45"},
            {"seconds": 2700},
            id="run time",
        ),
        pytest.param({"duration_secs": 10**12}, {"seconds": 0}, id="thousands of years"),
        pytest.param(
            {"movie_image": "", "cover_big": None},
            {"poster": "http://e.example/l.jpg"},
            id="poster of the list",
        ),
        pytest.param({"age": None, "mpaa_rating": "PG"}, {"age": "PG"}, id="mpaa_rating"),
    ],
)
def test_a_field_of_a_film_in_every_shape(changes, read):
    told = about(**changes)
    assert {name: getattr(told, name) for name in read} == read


@pytest.mark.parametrize(
    "data",
    [
        pytest.param({"stream_id": 8}, id="no extension"),
        pytest.param({"stream_id": 8, "container_extension": None}, id="extension null"),
        pytest.param({"container_extension": "mkv"}, id="no id"),
        pytest.param([], id="list"),
        pytest.param(None, id="null"),
    ],
)
def test_id_and_extension_are_of_one_source(data):
    assert film_details({"info": INFO, "movie_data": data}, FILM, BASE).film.link == "7.avi"


@pytest.mark.parametrize("value", [{"info": []}, {"info": None, "movie_data": []}, {"info": {}}])
def test_a_film_that_the_operator_does_not_know(value):  # XC_VM: a list in place of an object, no movie_data
    assert film_details(value, FILM, BASE) is None


@pytest.mark.parametrize("value", [[], {}, None, "", {"info": [], "movie_data": {"stream_id": 7}}])
def test_where_nothing_is_said_the_film_is_as_in_the_list(value):
    details = film_details(value, FILM, BASE)
    assert details.film == FILM
    assert (details.about.year, details.about.rating, details.about.poster) == (1990, 5.0, FILM.poster)


# --- series ---------------------------------------------------------------------------------------------


def episode(number, **changes):
    return {
        "id": str(100 + number),
        "episode_num": number,
        "title": f"Part {number}",
        "container_extension": "mkv",
        "info": {"duration_secs": 3600, "plot": "Episode plot..."},
        **changes,
    }


def shape(episodes, seasons=(), **info):
    """What became of it: numbers of episodes by season."""
    value = {"seasons": list(seasons), "info": info, "episodes": episodes}
    return {
        season.number: [each.number for each in season.episodes]
        for season in series_details(value, SERIES, BASE).seasons
    }


@pytest.mark.parametrize(
    ("episodes", "seasons"),
    [
        pytest.param(
            {"1": [episode(1), episode(2)], "2": [episode(3)]},
            {1: [1, 2], 2: [3]},
            id="object of lists: usual",
        ),
        pytest.param(
            [[episode(9)], [episode(1)], [episode(2)]],
            {1: [1], 2: [2], 0: [9]},
            id="list of lists: seasons 0, 1, 2 (SFVIP-Player 12)",
        ),
        pytest.param(
            {"1": {"0": episode(1), "2": episode(2)}},
            {1: [1, 2]},
            id="object of objects: a PHP array with gaps",
        ),
        pytest.param([episode(1, season=3), episode(2, season="3")], {3: [1, 2]}, id="one list"),
        pytest.param({"1": [episode(2), episode(1)]}, {1: [1, 2]}, id="in another order"),
        pytest.param({"1": [episode(1), episode(1)]}, {1: [1]}, id="twice the same"),
        pytest.param({"1": [], "2": [episode(1)]}, {2: [1]}, id="an empty season"),
        pytest.param({"1": None, "2": [episode(1)]}, {2: [1]}, id="a season null"),
        pytest.param({"1": [episode(1, id=None), episode(2)]}, {1: [2]}, id="one without an id"),
        pytest.param({"1": [episode(3, episode_num="3")]}, {1: [3]}, id="number as text"),
        pytest.param({"1": [episode(1, episode_num=None)]}, {1: [0]}, id="number null"),
        pytest.param({"1": [episode(1, info=[])]}, {1: [1]}, id="info an empty list (iptv-proxy 147)"),
        pytest.param({"1": [episode(1, info=None)]}, {1: [1]}, id="info null (iptv-proxy 147)"),
        pytest.param(
            {"1": [episode(1, info={"season": 4})]}, {4: [1]}, id="season in the info before the key"
        ),
        pytest.param({"1": [episode(1, season=None)]}, {1: [1]}, id="season only in the key"),
        pytest.param(
            {"1": [episode(1, added="", info={"video": [], "rating": "8.0"})]},
            {1: [1]},
            id="added empty (Jellyfin.Xtream 209)",
        ),
        pytest.param([], {}, id="empty list"),
        pytest.param(None, {}, id="null"),
        pytest.param("", {}, id="empty text"),
        pytest.param({}, {}, id="empty object"),
        pytest.param([[]], {}, id="list of nothing"),
        pytest.param({"Specials": [episode(1)]}, {0: [1]}, id="a key that is a word"),
    ],
)
def test_episodes_in_every_shape_of_a_php_array(episodes, seasons):
    found = shape(episodes)
    assert found == seasons
    assert list(found) == list(seasons)


@pytest.mark.parametrize("value", [[], None, "", {"seasons": []}, {"info": []}])
def test_a_series_that_the_panel_has_lost_has_no_seasons(value):  # Jellyfin.Xtream 282
    details = series_details(value, SERIES, BASE)
    assert (details.series, details.seasons) == (SERIES, ())
    assert details.about.year == 1990


def test_what_there_is_to_read_of_a_series():
    info = {
        "name": "Series Title",
        "plot": "P",
        "genre": "Drama",
        "releaseDate": "2024-01-01",
        "rating": "8.5",
        "cover": "http://e.example/c.jpg",
        "backdrop_path": ["http://e.example/w.jpg"],
        "episode_run_time": "45",
    }
    details = series_details({"info": info, "episodes": {}}, SERIES, BASE)
    told = details.about
    assert (details.series.name, details.series.ref) == ("Series Title", SERIES.ref)
    assert (told.plot, told.genre, told.year, told.rating, told.seconds) == ("P", "Drama", 2024, 8.5, 2700)
    assert (told.poster, told.backdrop) == ("http://e.example/c.jpg", "http://e.example/w.jpg")


def test_an_episode_as_the_player_needs_it():
    row = episode(1, info={"movie_image": "http://e.example/e.jpg", "duration": "0:50:00", "overview": "O"})
    (season,) = series_details({"episodes": {"2": [row]}}, SERIES, BASE).seasons
    (found,) = season.episodes
    assert (found.ref.series, found.ref.episode, found.link) == (SERIES.ref, "101", "101.mkv")
    assert (found.season, found.number, found.name) == (2, 1, "Part 1")
    assert (found.plot, found.seconds, found.poster) == ("O", 3000, "http://e.example/e.jpg")


def test_an_episode_without_a_title_has_the_name_of_its_series():
    (season,) = series_details({"episodes": {"2": [episode(3, title="")]}}, SERIES, BASE).seasons
    assert season.episodes[0].name == "Listed S02E03"


@pytest.mark.parametrize(
    ("seasons", "name"),
    [
        pytest.param(
            [{"season_number": 1, "name": "The Beginning", "air_date": None}],
            "The Beginning",
            id="list (air_date null: Jellyfin.Xtream 151)",
        ),
        pytest.param({"1": {"season_number": "1", "name": "The Beginning"}}, "The Beginning", id="object"),
        pytest.param([{"season_number": 1, "name": "Season 1"}], "", id="only its number"),
        pytest.param([{"season_number": 1, "name": "الموسم 1"}], "", id="only its number, in Arabic"),
        pytest.param([{"season_number": 2, "name": "Another"}], "", id="of a season without episodes"),
        pytest.param([], "", id="none"),
        pytest.param(None, "", id="null"),
        pytest.param([None, "x", {}], "", id="nonsense"),
    ],
)
def test_names_of_seasons(seasons, name):
    value = {"seasons": seasons, "episodes": {"1": [episode(1)]}}
    assert [season.name for season in series_details(value, SERIES, BASE).seasons] == [name]
