"""Films, series, and what there is to know of each."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from stb.catalogue.library import Library
from stb.catalogue.marks import Mark
from stb.messages import Intent, LookAt, LookFor, Open, Part, ScreenName, SortShelf, StopReading, Watch
from stb.model import (
    About,
    Episode,
    EpisodeId,
    EpisodeRef,
    Failure,
    Film,
    FilmDetails,
    FilmId,
    FilmRef,
    Key,
    Query,
    Season,
    Series,
    SeriesDetails,
    SeriesId,
    SeriesRef,
    Sorting,
    SourceId,
    Version,
)
from stb.screens.details import Details
from stb.screens.films import Films
from stb.screens.home import Home
from stb.screens.screen import Screen
from stb.screens.series import SeriesScreen
from stb.screens.view import View
from stb.ui.scene import Colour, Image, Plate, Scene, Text

MakeView = Callable[..., View]
SOURCE = SourceId("home")
CITY = Film(
    ref=FilmRef(SOURCE, FilmId("1")),
    name="City of Rain",
    category="Drama",
    link="1.mkv",
    poster="http://operator.example/1.jpg",
    year=2019,
    rating=7.4,
    genre="Thriller, Crime",
)
BAKER = Film(
    ref=FilmRef(SOURCE, FilmId("2")), name="خباز الحي", category="كوميديا", link="2.mp4", genre="crime"
)
FILMS = (CITY, BAKER)
LIGHT = Series(ref=SeriesRef(SOURCE, SeriesId("7")), name="Lighthouse", category="Drama", year=2021)
ABOUT = About(
    plot="It rains for forty days.", genre="Drama", director="M. Lind", cast="A. Berg, K. Oda", seconds=8040
)
FAILED = Failure(kind="ServerFault", advice="error.server_fault", words="Maintenance until six.")


def an_episode(season: int, number: int, **fields: object) -> Episode:
    ref = EpisodeRef(LIGHT.ref, EpisodeId(f"{season}-{number}"))
    told = {"name": f"Part {season}.{number}", "link": f"{season}{number}.mkv", "seconds": 3120}
    return Episode(ref=ref, season=season, number=number, **(told | fields))  # type: ignore[arg-type]


SEASONS = (
    Season(number=1, episodes=tuple(an_episode(1, number) for number in (1, 2))),
    Season(number=2, episodes=tuple(an_episode(2, number, plot="\n".join("abcd" * 9)) for number in (1, 2))),
    Season(number=0, episodes=(an_episode(0, 1),)),
)
SERIES = SeriesDetails(series=LIGHT, about=replace(ABOUT, seconds=0), seasons=SEASONS)


@pytest.fixture
def shelves(library: Library) -> Library:
    library.replace_films(SOURCE, FILMS, ("Drama", "كوميديا"))
    library.replace_series(SOURCE, (LIGHT,), ())
    return library


def said(scene: Scene) -> str:
    return "\n".join(scene.words).replace("\N{LEFT-TO-RIGHT MARK}", "").replace("\N{RIGHT-TO-LEFT MARK}", "")


def press(screen: Screen, view: View, *keys: Key) -> tuple[Screen, Intent | None]:
    intent = None
    for key in keys:
        screen, intent = screen.press(key, view, held=False)
    return screen, intent


def focused(scene: Scene) -> list[str]:
    """Words on the light plate."""
    plates = [item.region for item in scene.items if isinstance(item, Plate) and item.colour is Colour.FOCUS]
    return [
        item.text
        for item in scene.items
        if isinstance(item, Text) and any(plate.contains(item.region) for plate in plates)
    ]


def marks(**left: tuple[float, float, int]) -> Callable[[object], Mark | None]:
    """By the id of what is marked: position, duration, when."""

    def marked(ref: object) -> Mark | None:
        name = getattr(ref, "film", None) or getattr(ref, "episode", None)
        found = left.get(f"at_{name}".replace("-", "_"))
        return Mark(position=found[0], duration=found[1], at=found[2]) if found else None

    return marked


@pytest.mark.usefixtures("shelves")
def test_the_shelf_says_where_you_are_and_how_much_there_is(view: MakeView) -> None:
    text = said(Films().scene(view()))
    for words in ("All films", "2 films", "Drama", "City of Rain", "2019 · ★ 7.4", "خباز الحي"):
        assert words in text


@pytest.mark.usefixtures("shelves")
def test_the_poster_of_the_focused_film_is_shown(view: MakeView) -> None:
    scene = Films().scene(view(has_poster=lambda address: address == CITY.poster))
    assert [item.address for item in scene.items if isinstance(item, Image)] == [CITY.poster]


@pytest.mark.usefixtures("shelves")
def test_a_category_is_listed_alone(view: MakeView) -> None:
    screen, _ = press(Films(), view(), Key.LEFT, Key.DOWN, Key.OK)
    text = said(screen.scene(view()))
    assert "1 film · " in text
    assert "خباز الحي" not in text


@pytest.mark.usefixtures("shelves")
def test_red_has_the_shelf_in_the_next_order_from_its_beginning(view: MakeView) -> None:
    screen, intent = press(Films(focus=BAKER.ref), view(), Key.RED)
    assert intent == SortShelf(Query(shelf="films", sorting=Sorting.NEWEST))
    assert "City of Rain" in focused(screen.scene(view()))
    last = view(sortings={"films": Sorting.YEAR})
    assert press(Films(), last, Key.RED)[1] == SortShelf(Query(shelf="films"))
    series = Query(shelf="series", sorting=Sorting.NEWEST)
    assert press(SeriesScreen(), last, Key.RED)[1] == SortShelf(series)


@pytest.mark.usefixtures("shelves")
def test_the_order_is_said_and_held_to(view: MakeView) -> None:
    assert "2 films · as the operator lists them" in said(Films().scene(view()))
    assert "City of Rain" in focused(Films().scene(view()))
    by_name = view(sortings={"films": Sorting.NAME})
    screen, _ = press(Films(), by_name, Key.DOWN)
    assert "2 films · by name" in said(screen.scene(by_name))
    assert press(screen, by_name, Key.OK)[1] == LookAt(BAKER.ref)
    arabic = view("ar", sortings={"films": Sorting.NAME})
    assert "حسب الاسم" in said(Films().scene(arabic))


@pytest.mark.usefixtures("shelves")
def test_yellow_puts_years_where_the_categories_were(view: MakeView) -> None:
    screen, _ = press(Films(), view(), Key.YELLOW)
    text = said(screen.scene(view()))
    assert "All years" in focused(screen.scene(view()))
    assert "Drama" not in text
    screen, _ = press(screen, view(), Key.DOWN, Key.OK)
    text = said(screen.scene(view()))
    for words in ("All films · 2019", "1 film ·", "City of Rain"):
        assert words in text
    assert "خباز الحي" not in text
    screen, _ = press(screen, view(), Key.YELLOW, Key.YELLOW, Key.DOWN, Key.DOWN, Key.OK)
    text = said(screen.scene(view()))
    for words in ("كوميديا · 2019", "Nothing of 2019 is here."):
        assert words in text


@pytest.mark.usefixtures("shelves")
def test_another_category_or_year_is_looked_for_at_the_operator_too(view: MakeView) -> None:
    screen, intent = press(Films(), view(), Key.LEFT, Key.DOWN)
    assert intent == LookFor(Query(shelf="films", category="Drama"))
    by_name = view(sortings={"films": Sorting.NAME})
    screen, intent = press(screen, by_name, Key.YELLOW, Key.DOWN)
    assert intent == LookFor(Query(shelf="films", category="Drama", year=2019, sorting=Sorting.NAME))
    _, intent = press(screen, view(), Key.YELLOW, Key.DOWN)
    asked = Query(shelf="films", category="Drama", year=2019, genre="Thriller")
    assert intent == LookFor(replace(asked, genre="Crime"))
    screen, intent = press(screen, view(), Key.YELLOW, Key.DOWN, Key.DOWN, Key.RED)
    assert intent == SortShelf(replace(asked, sorting=Sorting.NEWEST)), "of what is listed"


@pytest.mark.usefixtures("shelves")
def test_after_the_years_come_the_genres_each_in_its_first_spelling(view: MakeView) -> None:
    screen, _ = press(Films(), view(), Key.YELLOW)
    assert "genres" in said(screen.scene(view()))
    screen, _ = press(screen, view(), Key.YELLOW)
    text = said(screen.scene(view()))
    assert "All genres" in focused(screen.scene(view()))
    assert "categories" in text
    for words in ("Thriller", "Crime"):
        assert words in text
    screen, _ = press(screen, view(), Key.DOWN, Key.DOWN, Key.OK)
    text = said(screen.scene(view()))
    for words in ("All films · Thriller", "1 film ·", "City of Rain"):
        assert words in text
    assert "خباز الحي" not in text
    assert "كل الأنواع" in said(screen.scene(view("ar")))


def many(count: int) -> list[Film]:
    return [BAKER._replace(ref=FilmRef(SOURCE, FilmId(f"{at}"))) for at in range(count)]


def test_more_is_looked_for_where_the_focus_comes_near_the_last_that_was_found(
    library: Library, view: MakeView
) -> None:
    films = many(40)
    library.replace_films(SOURCE, films, ())
    further = LookFor(Query(shelf="films"), further=True)
    assert press(Films(), view(), Key.DOWN)[1] is None
    assert press(Films(focus=films[36].ref), view(), Key.DOWN)[1] == further
    assert press(Films(focus=films[36].ref), view(), Key.UP)[1] is None
    found = view(last_find=films[20].ref)
    assert press(Films(focus=films[9].ref), found, Key.DOWN)[1] is None
    assert press(Films(focus=films[11].ref), found, Key.DOWN)[1] == further


@pytest.mark.usefixtures("library")
def test_where_there_is_nothing_there_is_nothing_to_sort(view: MakeView) -> None:
    text = said(Films().scene(view()))
    assert "sort" not in text
    assert "years" not in text


@pytest.mark.usefixtures("shelves")
def test_blue_searches(view: MakeView) -> None:
    assert press(Films(), view(), Key.BLUE)[1] == Open(ScreenName.SEARCH)


@pytest.mark.usefixtures("shelves")
def test_ok_looks_closer_and_back_leads_to_the_menu(view: MakeView) -> None:
    assert press(Films(), view(), Key.DOWN, Key.OK)[1] == LookAt(BAKER.ref)
    assert press(SeriesScreen(), view(), Key.OK)[1] == LookAt(LIGHT.ref)
    assert press(Films(), view(), Key.BACK)[1] == Open(ScreenName.HOME)


@pytest.mark.usefixtures("shelves")
def test_the_focus_is_kept_when_one_comes_back(view: MakeView) -> None:
    screen, _ = press(Films(), view(), Key.DOWN)
    assert "خباز الحي" in focused(screen.opened(view()).scene(view()))


@pytest.mark.usefixtures("shelves")
def test_what_was_seen_and_what_was_begun_is_marked(view: MakeView) -> None:
    shown = view(marked=marks(at_1=(8000, 8040, 5), at_2=(2530, 6000, 6)))
    scene = Films().scene(shown)
    assert "✓" in scene.words
    lines = [item.region.width for item in scene.items if isinstance(item, Plate) and item.region.height == 4]
    assert lines[1] == pytest.approx(lines[0] * 2530 / 6000, abs=1)


@pytest.mark.parametrize(("reading", "words"), [(True, "are being read"), (False, "has no films")])
def test_an_empty_shelf_says_why(view: MakeView, words: str, *, reading: bool) -> None:
    shown = view(reading_library=reading)
    assert words in said(Films().scene(shown))
    assert press(Films(), shown, Key.DOWN, Key.OK)[1] is None


def test_a_shelf_that_is_being_read_says_how_far_it_is_and_can_be_stopped(view: MakeView) -> None:
    shown = view(reading_library=True, reading={Part.LIBRARY: 0.43})
    assert {"43%", "stop reading"} <= set(Films().scene(shown).words)
    assert press(Films(), shown, Key.GREEN)[1] == StopReading()
    assert press(Films(), view(), Key.GREEN)[1] is None


@pytest.mark.usefixtures("shelves")
def test_the_menu_has_films_and_series_where_there_are_some(view: MakeView, library: Library) -> None:
    assert press(Home(), view(), Key.DOWN, Key.OK)[1] == Open(ScreenName.FILMS)
    assert press(Home(), view(), Key.DOWN, Key.DOWN, Key.OK)[1] == Open(ScreenName.SERIES)
    library.replace_films(SOURCE, (), ())
    assert "Films" not in said(Home().scene(view()))


def of_film(view: MakeView, language: str = "en", **fields: object) -> tuple[Details, View]:
    shown = view(language, **({"looked_at": CITY} | fields))
    return Details().opened(shown), shown


def test_what_the_list_knows_is_shown_at_once_and_can_be_played(view: MakeView) -> None:
    screen, shown = of_film(view)
    text = said(screen.scene(shown))
    for words in ("City of Rain", "2019 · ★ 7.4", "Asking Home Portal", "Play"):
        assert words in text
    assert press(screen, shown, Key.OK)[1] == Watch(CITY.ref, item=CITY)


def test_what_the_operator_tells_is_shown(view: MakeView) -> None:
    screen, shown = of_film(view, details=FilmDetails(film=CITY, about=ABOUT))
    text = said(screen.scene(shown))
    for words in ("134 min", "Directed by M. Lind", "With A. Berg, K. Oda", "It rains for forty days."):
        assert words in text


def test_a_film_that_was_begun_goes_on_or_begins_anew(view: MakeView) -> None:
    screen, shown = of_film(view, marked=marks(at_1=(2530, 8040, 5)))
    assert "Continue from 42:10" in focused(screen.scene(shown))
    assert press(screen, shown, Key.OK)[1] == Watch(CITY.ref, 2530, item=CITY)
    assert press(screen, shown, Key.RIGHT, Key.OK)[1] == Watch(CITY.ref, item=CITY)


def test_a_version_is_chosen_before_it_is_played(view: MakeView) -> None:
    versions = (Version(name="1080p", link="hd"), Version(name="4K", link="uhd"))
    screen, shown = of_film(view, details=FilmDetails(film=CITY, versions=versions))
    there, _ = press(screen, shown, Key.RIGHT, Key.OK)
    assert "Version: 4K" in said(there.scene(shown))
    assert press(there, shown, Key.LEFT, Key.OK)[1] == Watch(CITY.ref, item=CITY._replace(link="uhd"))


def test_a_failure_is_said_in_the_operators_words_and_ok_asks_again(view: MakeView) -> None:
    screen, shown = of_film(view, details_failure=FAILED)
    assert "Maintenance until six." in said(screen.scene(shown))
    assert press(screen, shown, Key.OK)[1] == LookAt(CITY.ref)
    assert press(screen, shown, Key.RIGHT, Key.OK)[1] == Watch(CITY.ref, item=CITY)


def test_a_film_that_the_operator_no_longer_has_is_called_gone(view: MakeView) -> None:
    gone = Failure(kind="NoSuchItem", advice="error.no_such_item")
    screen, shown = of_film(view, details_failure=gone)
    assert "Home Portal no longer has this." in said(screen.scene(shown))


def test_a_long_plot_is_read_to_its_end(view: MakeView) -> None:
    plot = "\n".join(f"Line {number}." for number in range(1, 31))
    screen, shown = of_film(view, details=FilmDetails(film=CITY, about=replace(ABOUT, plot=plot)))
    assert "Line 30." not in said(screen.scene(shown))
    reading, _ = press(screen, shown, Key.UP, *[Key.CHANNELDOWN] * 9)
    assert "Line 30." in said(reading.scene(shown))
    assert press(reading, shown, Key.BACK) == (screen, None)
    assert press(screen, shown, Key.BACK)[1] == Open(ScreenName.FILMS)


def of_series(view: MakeView, language: str = "en", **fields: object) -> tuple[Details, View]:
    shown = view(language, **({"looked_at": LIGHT, "details": SERIES} | fields))
    return Details().opened(shown), shown


def test_a_series_shows_its_seasons_and_the_episodes_of_one(view: MakeView) -> None:
    screen, shown = of_series(view)
    text = said(screen.scene(shown))
    for words in ("Lighthouse", "3 seasons", "Season 1", "Specials", "Part 1.1", "52 min", "It rains"):
        assert words in text
    assert "Part 2.1" not in text


@pytest.mark.parametrize(
    ("left", "name"),
    [
        ({}, "Part 1.1"),
        ({"at_1_1": (3100, 3120, 5)}, "Part 1.2"),
        ({"at_1_1": (3100, 3120, 5), "at_1_2": (600, 3120, 6)}, "Part 1.2"),
        ({"at_1_2": (3100, 3120, 6)}, "Part 2.1"),
        ({"at_2_1": (600, 3120, 4), "at_1_1": (600, 3120, 9)}, "Part 1.1"),
    ],
    ids=["nothing seen", "one seen", "one begun", "a season seen", "the one watched last"],
)
def test_the_episode_to_go_on_with_is_focused(
    view: MakeView, left: dict[str, tuple[float, float, int]], name: str
) -> None:
    screen, shown = of_series(view, marked=marks(**left))
    assert name in focused(screen.scene(shown))


def test_ok_plays_from_where_it_was_left_with_those_that_follow(view: MakeView) -> None:
    screen, shown = of_series(view, marked=marks(at_1_2=(600, 3120, 6)))
    first, second = SEASONS[0].episodes[1], SEASONS[1].episodes
    assert press(screen, shown, Key.OK)[1] == Watch(first.ref, 600, item=first, then=second)
    assert press(screen, shown, Key.RED)[1] == Watch(first.ref, 0.0, item=first, then=second)


def test_a_season_is_chosen_at_the_start_edge(view: MakeView) -> None:
    screen, shown = of_series(view)
    there, _ = press(screen, shown, Key.LEFT, Key.DOWN, Key.RIGHT)
    assert "Part 2.1" in focused(there.scene(shown))
    assert press(there, shown, Key.BACK)[1] == Open(ScreenName.SERIES)


def test_an_episode_is_called_by_its_own_name(view: MakeView) -> None:
    names = ("Lighthouse - S01E01 - Fog", "lighthouse S1 E2: Storm", "Lighthouse S01E03", "Lighthouses")
    episodes = tuple(an_episode(1, number, name=name) for number, name in enumerate(names, 1))
    screen, shown = of_series(view, details=replace(SERIES, seasons=(Season(number=1, episodes=episodes),)))
    rows = {item.text for item in screen.scene(shown).items if isinstance(item, Text)}
    assert {"Fog", "Storm", "Lighthouse S01E03", "Lighthouses"} <= rows


def test_the_text_of_an_episode_is_read_beside_the_list(view: MakeView) -> None:
    screen, shown = of_series(view)
    there, _ = press(screen, shown, Key.LEFT, Key.DOWN, Key.OK)
    reading, _ = press(there, shown, Key.RIGHT, Key.DOWN)
    assert reading.scene(shown) != there.scene(shown)
    assert press(reading, shown, Key.BACK)[0] == there


def test_a_series_without_episodes_says_so(view: MakeView) -> None:
    screen, shown = of_series(view, details=replace(SERIES, seasons=()))
    assert "Home Portal has no episodes of this yet." in said(screen.scene(shown))
    assert press(screen, shown, Key.DOWN, Key.OK)[1] is None


def test_a_series_the_operator_tells_nothing_of_says_why_and_asks_again(view: MakeView) -> None:
    screen, shown = of_series(view, details=None, details_failure=FAILED)
    assert "Maintenance until six." in said(screen.scene(shown))
    assert press(screen, shown, Key.OK)[1] == LookAt(LIGHT.ref)
    waiting = of_series(view, details=None)[1]
    assert "Asking Home Portal" in said(screen.scene(waiting))


@pytest.mark.usefixtures("shelves")
@pytest.mark.parametrize("which", ["films", "series", "a film", "a series"])
def test_arabic_says_nothing_in_english(view: MakeView, which: str) -> None:
    def lines(language: str) -> set[str]:
        shown = {
            "films": (Films(), view(language)),
            "series": (SeriesScreen(), view(language)),
            "a film": of_film(view, language, details=FilmDetails(film=CITY, about=ABOUT)),
            "a series": of_series(view, language),
        }
        screen, here = shown[which]
        return set(said(screen.scene(here)).split("\n"))

    shared = {line for line in lines("en") & lines("ar") if any(map(str.islower, line))}
    assert shared <= {"City of Rain", "Lighthouse", "Drama", "Lighth", ABOUT.plot, "Part 1.1", "Part 1.2"}
