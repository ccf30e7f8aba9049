"""Looking closer: details, the days of a channel, and when an operator is asked what is on."""

import pytest

from stb.app.effects import AskAboutDay, AskShortGuide, LookClosely, SetAlarm
from stb.app.looking import ANSWER_SECONDS, ASK_SECONDS, REST_SECONDS
from stb.app.state import State
from stb.app.step import step
from stb.messages import (
    Alarm,
    AlarmRang,
    AskDay,
    DayFailed,
    DayReady,
    DetailsFailed,
    DetailsReady,
    LookAt,
    Message,
    Open,
    RestOn,
    ScreenName,
    ShortGuideReady,
    ShowDay,
    Watch,
)
from stb.model import (
    ChannelId,
    ChannelRef,
    Failure,
    Film,
    FilmDetails,
    FilmId,
    FilmRef,
    Programme,
    SourceId,
)

SOURCE = SourceId("home")
ONE, TWO = (ChannelRef(SOURCE, ChannelId(name)) for name in ("1", "2"))
FILM = FilmRef(SOURCE, FilmId("7"))
DETAILS = FilmDetails(film=Film(ref=FILM, name="City of Rain", link="7.mkv"))
FAILED = Failure(kind="ServerFault", advice="error.server_fault")
NEWS = Programme(channel="1", start=0, title="News")
REST = AlarmRang(Alarm.REST)


def after(state: State, *messages: Message, now: float = 100.0) -> State:
    for message in messages:
        state, _ = step(state, message, now)
    return state


def effects(state: State, message: Message, now: float = 100.0) -> tuple[object, ...]:
    return step(state, message, now)[1]


def test_a_film_is_shown_at_once_and_its_operator_asked() -> None:
    state, asked = step(State(screen=ScreenName.FILMS), LookAt(FILM), 100.0)
    assert (state.screen, state.looked_at) == (ScreenName.DETAILS, FILM)
    assert asked == (LookClosely(FILM),)


def test_what_was_told_is_kept_and_not_asked_for_again() -> None:
    told = after(State(), LookAt(FILM), DetailsReady(FILM, DETAILS), Open(ScreenName.FILMS))
    assert told.details[FILM] == DETAILS
    assert effects(told, LookAt(FILM)) == ()


def test_a_failure_is_shown_and_asking_again_takes_it_away() -> None:
    failed = after(State(), LookAt(FILM), DetailsFailed(FILM, FAILED))
    assert failed.details_failure == FAILED
    again, asked = step(failed, LookAt(FILM), 100.0)
    assert (again.details_failure, asked) == (None, (LookClosely(FILM),))


def test_what_is_said_of_a_film_that_was_left_shows_on_no_other() -> None:
    other = FilmRef(SOURCE, FilmId("8"))
    left = after(State(), LookAt(FILM), LookAt(other))
    assert after(left, DetailsFailed(FILM, FAILED)).details_failure is None
    failed = after(left, DetailsFailed(other, FAILED))
    assert after(failed, DetailsReady(FILM, DETAILS)).details_failure == FAILED


def test_only_a_few_are_kept() -> None:
    state = State()
    for number in range(30):
        ref = FilmRef(SOURCE, FilmId(str(number)))
        state = after(state, LookAt(ref), DetailsReady(ref, DETAILS))
    assert len(state.details) < 10
    assert FilmRef(SOURCE, FilmId("29")) in state.details


@pytest.mark.parametrize("screen", [ScreenName.CHANNELS, ScreenName.WATCHING, ScreenName.HOME])
def test_the_days_lead_back_to_where_the_viewer_was(screen: ScreenName) -> None:
    state = after(State(screen=screen), ShowDay(ONE))
    assert (state.screen, state.day, state.day_from) == (ScreenName.DAY, ONE, screen)
    assert after(state, ShowDay(TWO)).day_from is screen


def test_an_operator_is_asked_after_the_viewer_rested() -> None:
    state, asked = step(State(), RestOn(ONE), 100.0)
    assert asked == (SetAlarm(Alarm.REST, REST_SECONDS),)
    assert effects(state, REST) == (AskShortGuide(ONE),)


@pytest.mark.parametrize(
    "message", [Watch(ONE), Open(ScreenName.CHANNELS)], ids=["tuning", "opening the list"]
)
def test_the_tuned_channel_is_rested_on(message: Message) -> None:
    tuned = after(State(), Watch(ONE))
    assert SetAlarm(Alarm.REST, REST_SECONDS) in effects(tuned, message)
    assert effects(after(tuned, message), REST) == (AskShortGuide(ONE),)


def test_one_question_at_a_time() -> None:
    asked = after(State(), RestOn(ONE), REST, RestOn(TWO))
    assert effects(asked, REST) == (SetAlarm(Alarm.REST, REST_SECONDS),)
    assert effects(after(asked, ShortGuideReady(ONE, ())), REST) == (AskShortGuide(TWO),)


def test_a_question_that_was_lost_does_not_stand_in_the_way_for_ever() -> None:
    asked = after(State(), RestOn(ONE), REST, RestOn(TWO))
    assert effects(asked, REST, 100.0 + ANSWER_SECONDS) == (AskShortGuide(TWO),)


def test_the_same_channel_is_asked_about_again_only_after_ten_minutes() -> None:
    told = after(State(), RestOn(ONE), REST, ShortGuideReady(ONE, (NEWS,)), RestOn(ONE))
    assert told.told[ONE].programmes == (NEWS,)
    assert effects(told, REST, 100.0 + ASK_SECONDS - 1) == ()
    assert effects(told, REST, 100.0 + ASK_SECONDS) == (AskShortGuide(ONE),)


def test_the_days_of_a_channel_ask_at_once() -> None:
    assert AskShortGuide(ONE) in effects(State(screen=ScreenName.CHANNELS), ShowDay(ONE))


def test_what_operators_said_of_channels_does_not_grow_without_end() -> None:
    state = State()
    for number in range(300):
        state = after(state, ShortGuideReady(ChannelRef(SOURCE, ChannelId(str(number))), (NEWS,)))
    assert len(state.told) == 200


MONDAY, TUESDAY = (AskDay(ONE, begin, begin + 86_400) for begin in (0, 86_400))


def test_what_was_on_a_day_is_asked_for_and_kept() -> None:
    state, asked = step(State(screen=ScreenName.DAY), MONDAY, 100.0)
    assert asked == (AskAboutDay(ONE, 0, 86_400),)
    assert state.days[ONE, 0].asking
    told = after(state, DayReady(ONE, 0, (NEWS,)))
    assert told.days[ONE, 0].programmes == (NEWS,)
    assert not told.days[ONE, 0].asking


def test_one_day_is_asked_for_at_a_time() -> None:
    asking = after(State(), MONDAY)
    assert step(asking, TUESDAY, 100.0) == (asking, ())
    answered = after(asking, DayReady(ONE, 0, ()))
    assert effects(answered, TUESDAY) == (AskAboutDay(ONE, 86_400, 2 * 86_400),)


def test_a_day_that_was_not_told_says_so_and_may_be_asked_for_again() -> None:
    failed = after(State(), MONDAY, DayFailed(ONE, 0, FAILED))
    assert failed.days[ONE, 0].failure == FAILED
    assert effects(failed, MONDAY) == (AskAboutDay(ONE, 0, 86_400),)


def test_days_opened_anew_keep_what_was_told_and_no_more() -> None:
    state = after(State(), MONDAY, DayReady(ONE, 0, (NEWS,)), TUESDAY, DayFailed(ONE, 86_400, FAILED))
    lost = after(state, AskDay(TWO, 0, 86_400))
    assert list(after(lost, ShowDay(ONE)).days) == [(ONE, 0)]


def test_days_that_were_told_do_not_grow_without_end() -> None:
    state = State()
    for begin in range(100):
        state = after(state, DayReady(ONE, begin, (NEWS,)))
    assert list(state.days) == [(ONE, begin) for begin in range(70, 100)]


def test_an_operators_answer_meanwhile_does_not_take_the_viewer_away() -> None:
    state = after(State(screen=ScreenName.HOME, behind=ScreenName.WATCHING), Open(ScreenName.FILMS))
    assert (state.screen, state.behind) == (ScreenName.FILMS, ScreenName.WATCHING)
    assert after(state, LookAt(FILM)).behind is ScreenName.WATCHING


@pytest.mark.parametrize("screen", [ScreenName.HOME, ScreenName.WATCHING, ScreenName.FILMS])
def test_the_search_leads_back_to_where_the_viewer_came_from(screen):
    state = after(State(screen=screen), Open(ScreenName.SEARCH))
    assert (state.screen, state.search_from) == (ScreenName.SEARCH, screen)
    seen = after(state, LookAt(FILM), Open(ScreenName.SEARCH))
    assert (seen.screen, seen.search_from) == (ScreenName.SEARCH, screen)


def test_a_film_that_was_found_leads_back_to_the_search():
    state = after(State(screen=ScreenName.SEARCH), LookAt(FILM))
    assert state.details_from is ScreenName.SEARCH
    assert (
        after(State(screen=ScreenName.FILMS, details_from=ScreenName.SEARCH), LookAt(FILM)).details_from
        is None
    )


def test_the_programme_that_was_looked_for_is_shown_until_the_days_are_opened_again():
    state = after(State(screen=ScreenName.SEARCH), ShowDay(ONE, 1000))
    assert (state.day_at, state.day_from) == (1000, ScreenName.SEARCH)
    assert after(state, ShowDay(ONE)).day_at is None
