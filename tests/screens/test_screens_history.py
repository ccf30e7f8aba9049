"""What was watched lately, as a list to choose from."""

from dataclasses import replace

import pytest

from stb.catalogue import Mark, Watched
from stb.messages import ForgetHistory, LookAt, Open, ScreenName, Watch
from stb.model import (
    ChannelId,
    ChannelRef,
    EpisodeId,
    EpisodeRef,
    Film,
    FilmId,
    FilmRef,
    Key,
    Series,
    SeriesId,
    SeriesRef,
    SourceId,
)
from stb.screens.history import History
from stb.screens.home import entries
from stb.ui.scene import Text

SOURCE = SourceId("home")
CHANNEL, GONE = (ChannelRef(SOURCE, ChannelId(name)) for name in ("1", "999"))
FILM = FilmRef(SOURCE, FilmId("7"))
SERIES = SeriesRef(SOURCE, SeriesId("7"))
EPISODE = EpisodeRef(SERIES, EpisodeId("7"))
LONG = "The Long Way Round to the End of the World and Back Again, Told by Those Who Went " * 2
AT = 1795380000
LATELY = (
    Watched(ref=CHANNEL, name="World News", at=AT),
    Watched(ref=FILM, name=LONG, at=AT - 600),
    Watched(ref=EPISODE, name="The Series · One", at=AT - 90000),
    Watched(ref=GONE, name=LONG, at=AT - 900000),
)


@pytest.fixture
def shown(view, library):
    library.replace_films(SOURCE, [Film(ref=FILM, name=LONG, category="", link="7")], "r1")
    library.replace_series(SOURCE, [Series(ref=SERIES, name="The Series", category="")], "r1")
    return lambda language="en", **fields: view(language, **{"lately": lambda: LATELY} | fields)


@pytest.mark.parametrize(
    ("focus", "wish"),
    [(0, Watch(CHANNEL)), (1, Watch(FILM, 60.0)), (2, LookAt(SERIES)), (3, None)],
    ids=["a channel", "a film goes on", "a series", "gone"],
)
def test_ok_plays_what_is_there(shown, focus, wish):
    view = shown(marked=lambda _ref: Mark(position=60.0, duration=6000.0, at=AT))
    assert History(focus).press(Key.OK, view, held=False)[1] == wish


@pytest.mark.parametrize(
    ("days", "said"),
    [(0, "Today 20:40"), (6, "Monday 20:40"), (7, "15 Nov 20:40")],
    ids=["today", "this week", "before"],
)
def test_when_it_was_watched(shown, days, said):
    watched = Watched(ref=CHANNEL, name="World News", at=AT - days * 86400)
    assert said in History().scene(shown(lately=lambda: (watched,))).words


def test_all_is_forgotten_only_after_a_question(shown):
    asked, intent = History(2).press(Key.RED, shown(), held=False)
    assert (asked.asking, intent) == (True, None)
    assert asked.press(Key.BACK, shown(), held=False) == (History(), None)
    assert asked.press(Key.OK, shown(), held=True)[1] is None
    assert asked.press(Key.OK, shown(), held=False) == (History(), ForgetHistory())


def test_without_a_history_there_is_nothing_to_choose_or_forget(view):
    assert ScreenName.HISTORY not in {getattr(one.intent, "screen", None) for one in entries(view())}
    assert History().press(Key.OK, view(), held=False) == (History(), None)
    assert History().press(Key.RED, view(), held=False) == (History(), None)
    assert History().press(Key.BACK, view(), held=False)[1] == Open(ScreenName.HOME)


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("width", [1440, 1920, 2560])
@pytest.mark.parametrize("asking", [False, True], ids=["list", "question"])
def test_no_words_stand_on_others(shown, language, width, asking):
    view = replace(shown(language), width=width)
    texts = [item.region for item in History(asking=asking).scene(view).items if isinstance(item, Text)]
    for at, one in enumerate(texts):
        assert 0 <= one.x <= one.right <= width
        for other in texts[at + 1 :]:
            apart = one.right <= other.x or other.right <= one.x
            assert apart or one.y + one.height <= other.y or other.y + other.height <= one.y
