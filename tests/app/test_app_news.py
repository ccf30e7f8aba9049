"""When the news run over the picture."""

import pytest

from stb.app.state import State
from stb.app.step import step
from stb.messages import Message, Open, PlayerChanged, ScreenName, ShowBanner, Watch
from stb.model import ChannelId, ChannelRef, PlayerState, PlayerStatus, SourceId

ONE, TWO = (ChannelRef(SourceId("home"), ChannelId(name)) for name in ("1", "2"))


def playing(state: State) -> PlayerChanged:
    return PlayerChanged(state.tune, PlayerStatus(state=PlayerState.PLAYING, displayed=1))


def after(state: State, *messages: Message, now: float = 100.0) -> State:
    for message in messages:
        state, _ = step(state, message, now)
    return state


@pytest.fixture
def watching() -> State:
    tuning = after(State(), Watch(ONE))
    assert tuning.news_since is None
    return after(tuning, playing(tuning))


def test_they_begin_with_the_picture(watching: State) -> None:
    assert watching.news_since == 100.0


def test_they_begin_anew_with_the_next_channel(watching: State) -> None:
    tuning = after(watching, Watch(TWO), now=200.0)
    assert tuning.news_since is None
    assert after(tuning, playing(tuning), now=201.0).news_since == 201.0


def test_a_lost_picture_that_comes_back_does_not_begin_them_again(watching: State) -> None:
    ended = PlayerChanged(watching.tune, PlayerStatus(state=PlayerState.ENDED))
    lost = after(watching, ended, now=200.0)
    assert after(lost, playing(lost), now=210.0).news_since == 100.0


def test_the_viewer_sends_them_away_and_has_them_back(watching: State) -> None:
    gone = after(watching, ShowBanner(shown=False), now=101.0)
    assert gone.news_since is None
    assert after(gone, ShowBanner(shown=True), now=102.0).news_since == 102.0


def test_they_do_not_go_on_behind_another_screen(watching: State) -> None:
    assert after(watching, Open(ScreenName.CHANNELS)).news_since is None


def test_the_news_lead_back_to_the_picture(watching: State) -> None:
    reading = after(watching, Open(ScreenName.NEWS))
    assert (reading.screen, reading.behind) == (ScreenName.NEWS, ScreenName.WATCHING)
