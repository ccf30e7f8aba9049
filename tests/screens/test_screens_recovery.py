"""The screen of a box that does not start: what it says, and what its keys do."""

import pytest

from stb.i18n import Words
from stb.model import Key
from stb.screens.recovery import Page, Recovery, Way
from stb.ui.scene import Text


@pytest.fixture
def page(view):
    """A page in English, a minute before the box is tried again."""

    def make(language="en", **fields):
        seen = view(language)
        defaults = {
            "words": Words(language),
            "measure": seen.measure,
            "wrap": seen.wrap,
            "width": 1920,
            "reason": "recovery.ended",
            "again_in": 59.2,
        }
        return Page(**defaults | fields)

    return make


def texts(recovery, page):
    return [item.text for item in recovery.scene(page).items if isinstance(item, Text)]


@pytest.mark.parametrize(
    ("key", "way"),
    [
        pytest.param(Key.OK, Way.AS_IT_WAS, id="OK tries again"),
        pytest.param(Key.RED, Way.QUIETLY, id="red without a channel"),
        pytest.param(Key.YELLOW, Way.FRESH_SETTINGS, id="yellow with fresh settings"),
        pytest.param(Key.BLUE, Way.FRESH_LISTS, id="blue without lists"),
        pytest.param(Key.UP, None, id="an arrow does nothing"),
    ],
)
def test_a_key_says_how_the_box_is_tried_again(key, way):
    assert Recovery().press(key) == (Recovery(), way)


def test_green_changes_the_language():
    arabic, _ = Recovery().press(Key.GREEN)
    assert arabic.language == "ar"
    assert arabic.press(Key.GREEN)[0].language == "en"


def test_info_opens_the_log_and_back_closes_it(page):
    opened, _ = Recovery().press(Key.INFO)
    assert "the last line" in texts(opened, page(said=("the last line",)))
    assert opened.press(Key.BACK)[0] == opened.press(Key.INFO)[0] == Recovery()


def test_of_a_long_log_its_end_is_seen(page):
    said = tuple(f"line {number}" for number in range(100))
    shown = texts(Recovery(log=True), page(said=said))
    assert "line 99" in shown
    assert "line 0" not in shown


def test_power_makes_it_dark_and_any_key_light_again(page):
    dark, _ = Recovery().press(Key.POWER)
    assert texts(dark, page()) == []
    assert dark.press(Key.OK) == (Recovery(), None)


def test_seconds_are_counted_before_minutes_are(page):
    assert "It is tried again in 60 seconds." in texts(Recovery(), page())
    assert "It is tried again in 5 minutes." in texts(Recovery(), page(again_in=299.0))
    assert Recovery().changes_in(page()) == 1.0
    assert Recovery().changes_in(page(again_in=130.0)) == pytest.approx(10.01)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("reason", ["ended", "full", "sealed", "state"])
def test_everything_is_on_the_screen_and_nothing_above_another(page, language, reason):
    said = page(language, reason=f"recovery.{reason}")
    items = [item for item in Recovery(language=language).scene(said).items if isinstance(item, Text)]
    assert all(item.region.y >= 0 and item.region.bottom <= 1080 - 54 for item in items)
    begins = next(item.region.y for item in items if item.text == said.words("recovery.again"))
    explains = [item for item in items if item.region.y < begins]
    assert len(explains) >= 3
    assert max(item.region.bottom for item in explains) <= begins
