"""The line of news over the picture."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from stb.catalogue.catalogue import Catalogue
from stb.model import NewsId, NewsItem, NewsRef, PlayerState, PlayerStatus, SourceId, TrackKind
from stb.screens.ticker import FRAME_SECONDS, HOLD_SECONDS, SPEED, STAND_SECONDS
from stb.screens.view import View
from stb.screens.watching import Watching
from stb.ui.scene import Crawl, Plate

MakeView = Callable[..., View]
SOURCE = SourceId("home")
PLAYING = PlayerStatus(state=PlayerState.PLAYING, height=720)
SHORT, LONG = "صيانة مساء الخميس", "word " * 50
"""A letter is 16 units wide here, and some 1500 units are free."""


@pytest.fixture
def watching(lists: Catalogue, view: MakeView) -> Callable[..., View]:
    """A channel that carries two messages, a short one and a long one, so many seconds after they began."""
    items = [
        NewsItem(ref=NewsRef(SOURCE, NewsId(str(number))), title=title)
        for number, title in enumerate((SHORT, LONG.strip()))
    ]
    lists.replace(SOURCE, (one._replace(has_news=True) for one in lists.channels(0, 10)), "r2", items)

    def at(seconds: float | None, **fields: object) -> View:
        return view(**{"number": 1, "status": PLAYING, "news_for": seconds} | fields)

    return at


def seen(view: View) -> Crawl | None:
    return next((item for item in Watching().scene(view).items if isinstance(item, Crawl)), None)


def played(watching: Callable[..., View], **fields: object) -> list[tuple[float, str, int]]:
    """What is seen until it is over: when, which message, and how far it has moved."""
    shown, now = [], 0.0
    while crawl := seen(watching(now, **fields)):
        shown.append((now, crawl.text, crawl.shift))
        wait = Watching().changes_in(watching(now, **fields))
        assert wait is not None
        assert wait > 0
        now += wait + 1e-6
    return shown


def test_each_message_is_shown_once_and_then_the_line_goes(watching: Callable[..., View]) -> None:
    shown = played(watching)
    assert list(dict.fromkeys(text for _, text, _ in shown)) == [SHORT, LONG.strip()]
    assert Watching().changes_in(watching(1000.0)) is None


def test_a_short_message_stands_still_and_costs_one_picture(watching: Callable[..., View]) -> None:
    assert [(when, shift) for when, text, shift in played(watching) if text == SHORT] == [(0.0, 0)]


def test_a_long_message_waits_runs_evenly_and_waits_at_its_end(watching: Callable[..., View]) -> None:
    run = [(when - STAND_SECONDS, shift) for when, text, shift in played(watching) if text != SHORT]
    assert run[0][1] == run[1][1] == 0
    assert run[1][0] == pytest.approx(HOLD_SECONDS, abs=0.01)
    steps = [after[1] - before[1] for before, after in pairwise(run[1:-1])]
    assert set(steps) <= {int(SPEED * FRAME_SECONDS), int(SPEED * FRAME_SECONDS) + 1}
    window = seen(watching(STAND_SECONDS))
    assert window is not None
    assert run[-1][1] == 16 * len(LONG.strip()) - window.region.width


def test_a_slow_board_turns_pages_until_the_end_was_seen(watching: Callable[..., View]) -> None:
    quick, slow = played(watching), played(watching, smooth=False)
    assert len(slow) < 5
    assert slow[-1][1:] == quick[-1][1:]
    assert all(after[0] - before[0] >= STAND_SECONDS - 0.01 for before, after in pairwise(slow))


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"news_for": None}, id="not begun"),
        pytest.param({"trouble": "watching.retrying"}, id="no picture"),
        pytest.param({"channel": None}, id="no channel"),
        pytest.param({"choosing": TrackKind.AUDIO}, id="tracks are chosen"),
    ],
)
def test_there_is_no_line(watching: Callable[..., View], fields: dict[str, object]) -> None:
    assert seen(watching(1.0, **fields)) is None


def test_a_channel_without_news_has_no_line(watching: Callable[..., View]) -> None:
    here = watching(1.0)
    assert here.channel is not None
    assert seen(replace(here, channel=here.channel._replace(has_news=False))) is None


def test_another_operators_news_are_not_shown(watching: Callable[..., View], lists: Catalogue) -> None:
    here = watching(1.0)
    lists.replace(SOURCE, lists.channels(0, 10), "r3")
    other = NewsItem(ref=NewsRef(SourceId("other"), NewsId("1")), title="Not here")
    lists.replace(SourceId("other"), (), "r1", [other])
    assert seen(here) is None


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("banner", [True, False], ids=["with banner", "alone"])
def test_everything_lies_on_the_plate_and_beside_the_chip(
    watching: Callable[..., View], language: str, *, banner: bool
) -> None:
    scene = Watching().scene(watching(STAND_SECONDS + 5, language=language, banner=banner))
    crawl = next(item for item in scene.items if isinstance(item, Crawl))
    plates = [item.region for item in scene.items if isinstance(item, Plate)]
    assert any(plate.contains(crawl.region) for plate in plates)
    chip = next(item for item in scene.items if isinstance(item, Plate) and item.colour == "live")
    assert not chip.region.overlaps(crawl.region)
    assert {"en": "News", "ar": "خبر"}[language] in scene.words


def test_the_line_stands_above_the_banner_and_takes_its_place_when_it_goes(
    watching: Callable[..., View],
) -> None:
    above, alone = (seen(watching(1.0, banner=shown)) for shown in (True, False))
    assert above
    assert alone
    assert above.region.bottom < 790
    assert alone.region.bottom == 1026


def test_a_very_long_message_is_cut_at_a_word(watching: Callable[..., View], lists: Catalogue) -> None:
    here = watching(1.0)
    item = NewsItem(ref=NewsRef(SOURCE, NewsId("1")), title="Title", body="wording " * 500)
    lists.replace(SOURCE, lists.channels(0, 10), "r3", [item])
    crawl = seen(here)
    assert crawl is not None
    assert len(crawl.text) <= 302
    assert crawl.text.endswith("wording …")
    assert crawl.text.startswith("Title — wording")
