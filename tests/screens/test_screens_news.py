"""The operator's news: the list, the text, and what keys do there."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest

from stb.catalogue.catalogue import Catalogue
from stb.messages import Intent, Open, ScreenName
from stb.model import Key, NewsId, NewsItem, NewsRef, SourceId
from stb.screens.channels import Channels
from stb.screens.news import News
from stb.screens.view import View
from stb.screens.watching import Watching
from stb.ui.scene import Align, Scene, Text

MakeView = Callable[..., View]
SOURCE = SourceId("home")
LONG = "\n".join(f"Paragraph {number}" for number in range(1, 41))


def an_item(name: str, title: str, body: str = "", day: int | None = None) -> NewsItem:
    return NewsItem(
        ref=NewsRef(SOURCE, NewsId(name)),
        title=title,
        body=body,
        created=None if day is None else datetime(2026, 3, day, 23, 30, tzinfo=UTC),
    )


@pytest.fixture
def told(lists: Catalogue) -> Catalogue:
    """Newest first: a long one, an Arabic one, a short one without a date."""
    items = [
        an_item("3", "Long read", LONG, 29),
        an_item("2", "أهلاً بكم", "قناة الفانوس على Blue Valley HD", 14),
        an_item("1", "Welcome", "Good evening."),
    ]
    lists.replace(SOURCE, lists.channels(0, 10), "r2", items)
    return lists


def press(screen: News, view: View, *keys: Key, held: bool = False) -> tuple[News, Intent | None]:
    intent = None
    for key in keys:
        screen, intent = screen.press(key, view, held=held)
    return screen, intent


def texts(scene: Scene) -> dict[str, Text]:
    plain = {ord("\N{LEFT-TO-RIGHT MARK}"): None, ord("\N{RIGHT-TO-LEFT MARK}"): None}
    return {item.text.translate(plain): item for item in scene.items if isinstance(item, Text)}


@pytest.mark.usefixtures("told")
def test_the_newest_is_read_first(view: MakeView) -> None:
    shown = texts(News().scene(view()))
    assert {"News", "3 messages", "Long read", "أهلاً بكم", "Welcome", "Paragraph 1"} <= shown.keys()
    assert "Good evening." not in shown


@pytest.mark.usefixtures("told")
def test_arrows_walk_the_list_and_the_text_follows(view: MakeView) -> None:
    shown = texts(press(News(), view(), Key.DOWN, Key.DOWN)[0].scene(view()))
    assert "Good evening." in shown
    assert "Paragraph 1" not in shown
    assert "Paragraph 1" in texts(press(News(), view(), Key.DOWN, Key.DOWN, Key.DOWN)[0].scene(view()))


@pytest.mark.usefixtures("told")
def test_dates_are_the_viewers(view: MakeView) -> None:
    now = datetime(2026, 11, 22, 20, 47, tzinfo=timezone(timedelta(hours=3)))
    assert "30 Mar 2026, 02:30" in texts(News().scene(view(now=now)))
    assert "٣٠ مارس ٢٠٢٦، ٠٢:٣٠" in texts(News().scene(view("ar", now=now)))


@pytest.mark.usefixtures("told")
def test_a_long_text_is_scrolled_to_its_end_and_no_further(view: MakeView) -> None:
    reading, _ = press(News(), view(), Key.OK)
    assert reading.reading
    assert "Paragraph 40" not in texts(reading.scene(view()))
    down, _ = press(reading, view(), Key.DOWN)
    assert "Paragraph 1" not in texts(down.scene(view()))
    assert press(down, view(), Key.UP, Key.UP)[0] == reading
    end, _ = press(reading, view(), *[Key.CHANNELDOWN] * 9)
    assert "Paragraph 40" in texts(end.scene(view()))
    assert press(end, view(), Key.DOWN)[0] == end


@pytest.mark.usefixtures("told")
def test_nothing_of_a_text_is_lost_from_page_to_page(view: MakeView) -> None:
    screen, _ = press(News(), view(), Key.OK)
    seen: set[str] = set()
    for _ in range(9):
        seen |= texts(screen.scene(view())).keys()
        screen, _ = press(screen, view(), Key.CHANNELDOWN)
    assert set(LONG.split("\n")) <= seen


@pytest.mark.usefixtures("told")
def test_back_leads_from_the_text_to_the_list_and_then_to_where_the_viewer_was(view: MakeView) -> None:
    there = view(behind=ScreenName.WATCHING)
    screen, intent = press(News(), there, Key.OK, Key.BACK)
    assert (screen.reading, intent) == (False, None)
    assert press(screen, there, Key.BACK)[1] == Open(ScreenName.WATCHING)


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize(("language", "forward"), [("en", Key.RIGHT), ("ar", Key.LEFT)])
def test_the_arrow_toward_the_text_reads_and_the_other_one_leaves_it(
    view: MakeView, language: str, forward: Key
) -> None:
    backward = Key.LEFT if forward is Key.RIGHT else Key.RIGHT
    here = view(language)
    assert not press(News(), here, backward)[0].reading
    assert press(News(), here, forward)[0].reading
    assert press(News(), here, forward, forward)[0].reading
    assert not press(News(), here, forward, backward)[0].reading


@pytest.mark.usefixtures("told")
def test_a_short_text_needs_no_reading(view: MakeView) -> None:
    screen, _ = press(News(), view(), Key.DOWN, Key.DOWN, Key.OK)
    assert not screen.reading


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_each_line_stands_where_its_own_script_begins(view: MakeView, language: str) -> None:
    screen, _ = press(News(), view(language), Key.DOWN)
    arabic = texts(screen.scene(view(language)))["قناة الفانوس على Blue Valley HD"]
    assert arabic.align is (Align.START if language == "ar" else Align.END)


def test_a_focused_message_stays_focused_when_news_come(view: MakeView, told: Catalogue) -> None:
    screen, _ = press(News(), view(), Key.DOWN, Key.DOWN)
    newer = [an_item("4", "Newer", "", 30), *told.news(0, 10)]
    told.replace(SOURCE, told.channels(0, 10), "r3", newer)
    assert "Good evening." in texts(screen.scene(view()))


def test_a_message_that_is_gone_leaves_the_newest(view: MakeView, told: Catalogue) -> None:
    screen, _ = press(News(), view(), Key.DOWN, Key.DOWN)
    told.replace(SOURCE, told.channels(0, 10), "r3", told.news(0, 1))
    assert "Paragraph 1" in texts(screen.scene(view()))


def test_without_news_it_says_so_and_keys_do_no_harm(view: MakeView) -> None:
    screen, _ = press(News(), view(), Key.DOWN, Key.CHANNELUP, Key.OK, Key.RIGHT)
    assert "Home Portal has no news." in texts(screen.scene(view()))


@pytest.mark.parametrize("screen", [Watching(), Channels()], ids=["watching", "channels"])
def test_the_text_key_opens_the_news(view: MakeView, screen: Watching | Channels) -> None:
    assert screen.press(Key.TEXT, view(number=1), held=False)[1] == Open(ScreenName.NEWS)


def test_the_hint_of_the_text_key_is_shown_where_there_are_news(view: MakeView, lists: Catalogue) -> None:
    assert "TEXT" not in texts(Channels().scene(view()))
    lists.replace(SOURCE, lists.channels(0, 10), "r2", [an_item("1", "Welcome")])
    assert "TEXT" in texts(Channels().scene(view()))
