"""One field for all: typed with the remote, found while typing, chosen from."""

from collections.abc import Callable

import pytest

from stb.catalogue import Catalogue, Guide, Library
from stb.catalogue.search import Search
from stb.messages import Intent, LookAt, LookFor, Open, ScreenName, ShowDay, Watch
from stb.model import (
    Channel,
    ChannelId,
    ChannelRef,
    Film,
    FilmId,
    FilmRef,
    Key,
    PastRef,
    Programme,
    Query,
    Series,
    SeriesId,
    SeriesRef,
    SourceId,
)
from stb.screens.channels import Channels
from stb.screens.day import Day
from stb.screens.details import Details
from stb.screens.home import Home
from stb.screens.search import SearchScreen
from stb.screens.view import View
from stb.ui.scene import Colour, Image, Plate, Scene, Text

MakeView = Callable[..., View]
SOURCE = SourceId("home")
NOW = 1_795_380_420
"""2026-11-22 20:47 UTC, as the view has it."""
NEWS = Channel(
    ref=ChannelRef(SOURCE, ChannelId("1")),
    number=1,
    name="World News",
    group="News",
    link="",
    guide_id="news",
    archive=24,
)
RAIN = Film(
    ref=FilmRef(SOURCE, FilmId("1")),
    name="City of Worlds",
    category="Drama",
    link="",
    poster="p.jpg",
    year=2019,
)
LAMP = Film(ref=FilmRef(SOURCE, FilmId("2")), name="آخر مدرسة", category="دراما", link="")
LIGHT = Series(ref=SeriesRef(SOURCE, SeriesId("7")), name="Small World", category="Drama")
ON = Programme(channel="news", start=NOW - 600, stop=NOW + 600, title="World Tonight")
KEPT = Programme(channel="news", start=NOW - 4200, stop=NOW - 600, title="Worldly Goods")
LATER = Programme(channel="news", start=NOW + 40_000, stop=NOW + 43_000, title="World Cup")


@pytest.fixture
def looking(view: MakeView, lists: Catalogue, library: Library, guide: Guide) -> Callable[..., View]:
    lists.replace(SOURCE, (NEWS,), "r1")
    library.replace_films(SOURCE, (RAIN, LAMP), ())
    library.replace_series(SOURCE, (LIGHT,), ())
    guide.replace(SOURCE, (ON, KEPT, LATER), (NEWS,), "g1", now=NOW)

    def make(language: str = "en", **fields: object) -> View:
        search = Search(lists, library, guide)
        return view(language, **({"found": lambda text: search.find(text, 8, NOW)} | fields))

    return make


def press(screen: SearchScreen, view: View, *keys: Key) -> tuple[SearchScreen, Intent | None]:
    intent = None
    for key in keys:
        screen, intent = screen.press(key, view, held=False)
    return screen, intent


def typed(view: View, text: str) -> SearchScreen:
    """The screen after a text was typed by arrows and OK alone."""
    screen = SearchScreen().opened(view)
    for character in text:
        rows = screen.keyboard.rows
        row = next(n for n, faces in enumerate(rows) if character in faces)
        while screen.keyboard.row != row:
            screen, _ = press(screen, view, Key.DOWN)
        toward_start = Key.RIGHT if view.words.mirrored else Key.LEFT
        while screen.keyboard.focused != character:
            screen, _ = press(screen, view, toward_start)
        screen, _ = press(screen, view, Key.OK)
    return screen


def said(scene: Scene) -> str:
    return "\n".join(scene.words).replace("\N{LEFT-TO-RIGHT MARK}", "").replace("\N{RIGHT-TO-LEFT MARK}", "")


def focused(scene: Scene) -> list[str]:
    plates = [item.region for item in scene.items if isinstance(item, Plate) and item.colour is Colour.FOCUS]
    return [
        item.text
        for item in scene.items
        if isinstance(item, Text) and any(plate.contains(item.region) for plate in plates)
    ]


def test_all_kinds_are_found_under_their_headings_while_typing(looking: MakeView) -> None:
    view = looking()
    text = said(typed(view, "wor").scene(view))
    order = (
        "Channels",
        "World News",
        "Films",
        "City of Worlds",
        "Series",
        "Small World",
        "Programmes",
        "World Tonight",
    )
    places = [text.index(words) for words in order]
    assert places == sorted(places)
    assert "On now · World News" in text


def test_before_anything_is_typed_it_says_what_can_be_found(looking: MakeView) -> None:
    text = said(SearchScreen().opened(looking()).scene(looking()))
    assert "Channel, film, series or programme" in text
    assert "appears here" in text


def test_what_nothing_is_called_is_said(looking: MakeView) -> None:
    view = looking()
    assert "Nothing here is called “xyz”" in said(typed(view, "xyz").scene(view))
    screen, intent = press(typed(view, "xyz"), view, Key.BLUE, Key.OK)
    assert (screen.focus, intent) == (None, LookFor(Query(text="xyzz")))


def test_hamza_does_not_matter_on_the_arabic_keyboard(looking: MakeView) -> None:
    view = looking("ar")
    assert LAMP.name in said(typed(view, "اخر").scene(view))
    assert LAMP.name in said(typed(view, "مدرسه").scene(view))


@pytest.mark.parametrize(
    ("language", "over", "back"), [("en", Key.RIGHT, Key.LEFT), ("ar", Key.LEFT, Key.RIGHT)]
)
def test_one_walks_over_from_the_keyboard_to_the_results_and_back(
    looking: MakeView, language: str, over: Key, back: Key
) -> None:
    view = looking(language)
    screen, _ = press(SearchScreen().opened(view), view, Key.NUMERIC_1)
    for _ in range(10):
        screen, _ = press(screen, view, over)
    assert screen.focus == 0
    assert "World News" in focused(screen.scene(view))
    screen, _ = press(screen, view, back)
    assert screen.focus is None
    assert "World News" not in focused(screen.scene(view))


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("news", Watch(NEWS.ref)),
        ("city", LookAt(RAIN.ref)),
        ("small", LookAt(LIGHT.ref)),
        ("tonight", Watch(NEWS.ref)),
        ("goods", Watch(PastRef(NEWS.ref, KEPT.start), item=KEPT)),
        ("cup", ShowDay(NEWS.ref, LATER.start)),
    ],
    ids=["a channel", "a film", "a series", "what is on", "what was on", "what will be on"],
)
def test_ok_does_what_can_be_done(looking: MakeView, text: str, intent: Intent) -> None:
    view = looking()
    assert press(typed(view, text), view, Key.BLUE, Key.OK)[1] == intent


def test_the_list_scrolls_and_goes_round(looking: MakeView, library: Library) -> None:
    films = [
        Film(ref=FilmRef(SOURCE, FilmId(str(n))), name=f"World {n}", category="", link="") for n in range(8)
    ]
    library.replace_films(SOURCE, films, ())
    view = looking()
    screen, _ = press(typed(view, "wor"), view, Key.BLUE, Key.UP)
    shown = screen.scene(view)
    assert "World Cup" in focused(shown) or "Worldly Goods" in focused(shown)
    assert max(item.region.bottom for item in shown.items) <= 1080
    screen, _ = press(screen, view, Key.DOWN)
    assert "World News" in focused(screen.scene(view))


def test_colour_keys_and_digits_type_wherever_one_is(looking: MakeView) -> None:
    view = looking()
    screen, _ = press(typed(view, "wor"), view, Key.BLUE, Key.DOWN, Key.RED)
    assert (screen.keyboard.text, screen.focus) == ("wo", None)
    screen, _ = press(screen, view, Key.BLUE, Key.NUMERIC_1)
    assert (screen.keyboard.text, screen.focus) == ("wo1", None)


def test_back_leads_to_the_keyboard_then_to_where_one_came_from(looking: MakeView) -> None:
    view = looking(search_from=ScreenName.WATCHING)
    screen, intent = press(typed(view, "wor"), view, Key.BLUE, Key.BACK)
    assert (screen.focus, intent) == (None, None)
    assert press(screen, view, Key.BACK)[1] == Open(ScreenName.WATCHING)


def test_what_was_typed_is_still_there_when_one_comes_back(looking: MakeView) -> None:
    view = looking()
    screen, _ = press(typed(view, "wor"), view, Key.BLUE, Key.DOWN)
    again = screen.opened(view)
    assert "City of Worlds" in focused(again.scene(view))


def test_pictures_stand_beside_the_names(looking: MakeView) -> None:
    view = looking(has_poster=lambda address: address == RAIN.poster)
    scene = typed(view, "city").scene(view)
    assert [item.address for item in scene.items if isinstance(item, Image)] == [RAIN.poster]


def test_the_menu_a_key_and_a_colour_lead_here(looking: MakeView) -> None:
    view = looking()
    home = Home()
    intents = []
    for _ in range(8):
        intents.append(home.press(Key.OK, view, held=False)[1])
        home, _ = home.press(Key.DOWN, view, held=False)
    assert Open(ScreenName.SEARCH) in intents
    assert home.press(Key.SEARCH, view, held=False)[1] == Open(ScreenName.SEARCH)
    assert Channels().press(Key.BLUE, view, held=False)[1] == Open(ScreenName.SEARCH)


def test_details_that_the_search_led_to_lead_back_to_it(looking: MakeView) -> None:
    view = looking(looked_at=RAIN, details_from=ScreenName.SEARCH)
    assert Details().opened(view).press(Key.BACK, view, held=False)[1] == Open(ScreenName.SEARCH)


def test_the_days_of_a_channel_open_at_the_programme_that_was_looked_for(looking: MakeView) -> None:
    view = looking(day=NEWS, day_at=LATER.start)
    screen = Day().opened(view)
    assert LATER.title in focused(screen.scene(view))
    moved, _ = screen.press(Key.UP, view, held=False)
    assert moved.opened(view) == moved
