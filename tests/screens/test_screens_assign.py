"""Which guide a channel has: what was found, what may be chosen, by keys alone."""

from collections.abc import Callable

import pytest

from stb.catalogue.catalogue import Catalogue
from stb.catalogue.guide import Guide
from stb.messages import AssignGuide, ChooseGuide, Intent, Open, ScreenName
from stb.model import (
    Channel,
    ChannelId,
    ChannelRef,
    GuideChannel,
    GuideChoice,
    GuideSource,
    Key,
    Programme,
    SourceId,
)
from stb.screens.assign import Assign
from stb.screens.assigned import Assigned
from stb.screens.day import Day
from stb.screens.view import View
from stb.settings.settings import Settings
from stb.ui.scene import Scene, Text

MakeView = Callable[..., View]
HOME, WORLD = SourceId("home"), SourceId("world")
NOW = 1_795_380_420
"""2026-11-22 20:47 UTC, as the view has it."""
CITY = Channel(ref=ChannelRef(HOME, ChannelId("1")), number=1, name="UK| City One FHD", link="x")
DOCS = Channel(ref=ChannelRef(HOME, ChannelId("2")), number=2, name="The Docs", link="x")
PLAIN = Channel(ref=ChannelRef(HOME, ChannelId("3")), number=3, name="Nobody", link="x")
STATIONS = (
    GuideChannel(id="city1.uk", names=("City One",)),
    GuideChannel(id="city.uk", names=("City One East",)),
    GuideChannel(id="docs", names=("Docs",)),
)
CHOICE = GuideChoice(WORLD, "city.uk")
FOUND = GuideChoice(WORLD, "city1.uk")


def on(channel: str, title: str) -> Programme:
    return Programme(channel=channel, start=NOW - 600, stop=NOW + 600, title=title)


@pytest.fixture
def here(view: MakeView, lists: Catalogue, guide: Guide) -> MakeView:
    lists.replace(HOME, (CITY, DOCS, PLAIN), "r1")
    guide.prefer((HOME, WORLD), {})
    said = (*STATIONS, on("city1.uk", "Late News"), on("docs", "Whales"))
    guide.replace(WORLD, said, (CITY, DOCS, PLAIN), "g1", now=NOW)
    settings = Settings(guides=(GuideSource(id=WORLD, name="World guide", address="/x"),))

    def make(language: str = "en", **fields: object) -> View:
        return view(
            language,
            **(
                {
                    "assigning": CITY,
                    "settings": settings,
                    "proposals": lambda channel: guide.proposals(channel, 9),
                    "stations": lambda text: guide.stations_called(text, 9),
                }
                | fields
            ),
        )

    return make


def press(screen: Assign, view: View, *keys: Key) -> tuple[Assign, Intent | None]:
    intent: Intent | None = None
    for key in keys:
        screen, intent = screen.press(key, view, held=False)
    return screen, intent


def said(scene: Scene) -> str:
    return "\n".join(item.text for item in scene.items if isinstance(item, Text))


def test_what_was_found_is_shown_with_how_sure_that_is(here: MakeView) -> None:
    text = said(Assign().opened(here()).scene(here()))
    assert "Guide of UK| City One FHD" in text
    assert "Automatic\nCity One · World guide · 20:37 Late News\n98 % sure" in text
    assert "No guide" in text
    assert "City One East\nWorld guide" in text
    assert "Whales" not in text


def test_ok_assigns_what_is_focused(here: MakeView) -> None:
    screen = Assign().opened(here())
    assert press(screen, here(), Key.OK)[1] == ChooseGuide(CITY.ref, None)
    assert press(screen, here(), Key.DOWN, Key.OK)[1] == ChooseGuide(CITY.ref, GuideChoice())
    assert press(screen, here(), Key.DOWN, Key.DOWN, Key.OK)[1] == ChooseGuide(CITY.ref, FOUND)


def test_red_takes_away_first_what_was_chosen_and_then_what_was_found(here: MakeView, guide: Guide) -> None:
    screen = Assign().opened(here())
    assert press(screen, here(), Key.RED)[1] == ChooseGuide(CITY.ref, GuideChoice())
    guide.choose(CITY.ref, CHOICE)
    assert press(screen, here(), Key.RED)[1] == ChooseGuide(CITY.ref, None)


def test_what_was_chosen_is_focused_and_there_even_if_it_is_unlikely(here: MakeView, guide: Guide) -> None:
    guide.choose(CITY.ref, GuideChoice(WORLD, "docs"))
    screen = Assign().opened(here())
    assert screen.focus == 2
    assert "Docs\nWorld guide" in said(screen.scene(here()))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_another_one_is_searched_by_name(here: MakeView, language: str) -> None:
    view = here(language)
    screen, _ = press(Assign().opened(view), view, Key.BLUE)
    assert screen.typing
    typed = screen.keyboard
    assert typed is not None
    for letter in "doc":
        typed = typed._insert(letter)
    screen = Assign(screen.ref, keyboard=typed, typing=True)
    assert "Docs\nWorld guide · " in said(screen.scene(view))
    screen, _ = press(screen, view, Key.BLUE)
    assert not screen.typing
    screen, intent = press(screen, view, Key.OK)
    assert intent == ChooseGuide(CITY.ref, GuideChoice(WORLD, "docs"))
    assert screen.keyboard is None


def test_back_leads_from_what_was_found_to_the_keys_to_the_rows_and_out(here: MakeView) -> None:
    screen, _ = press(Assign().opened(here()), here(), Key.BLUE)
    screen, intent = press(screen, here(), Key.BACK)
    assert (screen.keyboard, intent) == (None, None)
    assert press(screen, here(assign_from=ScreenName.ASSIGNED), Key.BACK)[1] == Open(ScreenName.ASSIGNED)


def test_a_channel_of_which_nothing_is_known(here: MakeView) -> None:
    view = here(assigning=PLAIN)
    assert "Automatic\nNothing was found" in said(Assign().opened(view).scene(view))
    assert press(Assign().opened(view), here(assigning=None), Key.BACK)[1] == Open(ScreenName.DAY)


def test_guides_found_by_name_are_listed_the_least_sure_first(here: MakeView, guide: Guide) -> None:
    text = said(Assigned().scene(here()))
    assert text.index("2  The Docs\nDocs · World guide\n95 % sure") < text.index("1  UK| City One FHD")
    assert Assigned().press(Key.OK, here(), held=False)[1] == AssignGuide(DOCS.ref)
    guide.choose(DOCS.ref, GuideChoice())
    assert "2  The Docs\nNo guide\nyour choice" in said(Assigned().scene(here()))
    assert Assigned().press(Key.BACK, here(), held=False)[1] == Open(ScreenName.SETTINGS)


def test_without_any_there_is_nothing_to_look_through(view: MakeView) -> None:
    screen = Assigned().opened(view())
    assert "Every channel that has a guide" in said(screen.scene(view()))
    assert screen.press(Key.OK, view(), held=False)[1] is None


def test_the_day_of_a_channel_leads_there(here: MakeView) -> None:
    screen = Day().opened(here(day=CITY))
    assert "guide channel" in said(screen.scene(here(day=CITY)))
    assert screen.press(Key.YELLOW, here(day=CITY), held=False)[1] == AssignGuide(CITY.ref)
