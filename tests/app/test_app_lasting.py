"""Films, episodes and what was on, as values: where they begin, are wound, left and gone on with."""

from dataclasses import replace

import pytest

from stb.app.effects import (
    FindItem,
    FollowOn,
    Mark,
    Pause,
    Play,
    Quit,
    Remember,
    Resolve,
    SetAlarm,
    StopPlaying,
    Wind,
)
from stb.app.lasting import NEXT_SECONDS, SEEK_SECONDS
from stb.app.state import State
from stb.app.step import step
from stb.app.tuning import MARK_SECONDS
from stb.messages import (
    Alarm,
    AlarmRang,
    ItemGone,
    Leave,
    Message,
    Open,
    PauseLive,
    PlayerChanged,
    PlayNext,
    ScreenName,
    Seek,
    StandBy,
    StreamReady,
    StreamRefused,
    SwapBack,
    WakeUp,
    Watch,
    WindowClosed,
)
from stb.model import (
    Account,
    AccountStatus,
    ChannelId,
    ChannelRef,
    Episode,
    EpisodeId,
    EpisodeRef,
    Failure,
    Film,
    FilmId,
    FilmRef,
    PastRef,
    Playable,
    PlayerState,
    PlayerStatus,
    Programme,
    SeriesId,
    SeriesRef,
    SourceId,
    Stream,
)
from stb.screens.view import DayTold

SOURCE = SourceId("home")
ONE, TWO = (ChannelRef(SOURCE, ChannelId(name)) for name in ("1", "2"))
FILM = FilmRef(SOURCE, FilmId("f"))
THE_FILM = Film(ref=FILM, name="A Film", link="film-link")
SERIES = SeriesRef(SOURCE, SeriesId("s"))
FIRST, SECOND, THIRD = (
    Episode(ref=EpisodeRef(SERIES, EpisodeId(str(n))), season=1, number=n, name=f"Part {n}", link=f"e{n}")
    for n in (1, 2, 3)
)
NINE = 1_700_000_000
PAST = PastRef(ONE, NINE)
NEWS = Programme(channel="one", start=NINE, stop=NINE + 1800, title="The News")
HOUR = 3600.0


def after(state: State, *messages: Message, now: float = 100.0) -> tuple[State, list[object]]:
    effects: list[object] = []
    for message in messages:
        state, caused = step(state, message, now)
        effects += caused
    return state, effects


def told(state: State, at: float, kind: PlayerState = PlayerState.PLAYING, **more: object) -> PlayerChanged:
    fields = {"displayed": int(at * 25) + 2, "position": at, "duration": HOUR, "seekable": True}
    return PlayerChanged(state.tune, PlayerStatus(state=kind, **(fields | more)))  # type: ignore[arg-type]


def playing(wish: Watch, at: float = 600.0, **more: object) -> State:
    """Chosen in the details, and seen to play since."""
    state, _ = after(State(screen=ScreenName.DETAILS, live=ONE), wish)
    state, _ = after(state, told(state, wish.at, **more))
    return after(state, told(state, at, **more))[0]


def film(at: float = 600.0) -> State:
    return playing(Watch(FILM, item=THE_FILM), at)


def test_a_film_is_resolved_with_its_link_and_begins_where_it_is_told_to() -> None:
    state, effects = after(State(screen=ScreenName.DETAILS), Watch(FILM, 600.0, THE_FILM))
    assert Resolve(state.tune, FILM, THE_FILM) in effects
    stream = Stream(ref=FILM, address="http://operator.example/film")
    assert Play(state.tune, stream, at=600.0) in after(state, StreamReady(state.tune, stream))[1]


def test_a_film_that_nobody_looked_at_is_looked_up_first() -> None:
    state, effects = after(State(screen=ScreenName.HOME), Watch(FILM, 600.0))
    assert effects == [FindItem(Watch(FILM, 600.0))]
    state, _ = after(state, ItemGone())
    assert (state.screen, state.watching, state.toast) == (ScreenName.HOME, None, "watching.gone")


def test_the_next_start_begins_with_a_channel_not_with_a_film() -> None:
    _, effects = after(film(), AlarmRang(Alarm.SETTLED))
    assert not any(isinstance(effect, Remember) for effect in effects)


def test_presses_add_up_and_the_stream_follows_when_they_stop() -> None:
    state, effects = after(film(), Seek(10), Seek(10), Seek(-30))
    assert state.winding == 590
    assert SetAlarm(Alarm.SEEK, SEEK_SECONDS) in effects
    assert not any(isinstance(effect, Wind) for effect in effects)
    state, effects = after(state, AlarmRang(Alarm.SEEK))
    assert Wind(590.0) in effects
    assert (state.winding, state.at) == (None, 590)


@pytest.mark.parametrize(
    ("by", "to"), [(-10_000, 0), (10_000, HOUR - 5)], ids=["the beginning", "just before the end"]
)
def test_nobody_winds_past_an_end(by: float, to: float) -> None:
    assert after(film(), Seek(by))[0].winding == to


def test_what_cannot_be_wound_says_so() -> None:
    state = playing(Watch(FILM, item=THE_FILM), seekable=False)
    state, _ = after(state, Seek(10))
    assert (state.winding, state.toast) == (None, "watching.no_winding")


def test_a_channel_is_not_wound() -> None:
    state, _ = after(State(), Watch(ONE))
    state, _ = after(state, told(state, 1))
    assert after(state, Seek(10)) == (state, [])


def test_a_lost_film_goes_on_where_it_was_lost() -> None:
    state, effects = after(film(600), told(film(), 600, PlayerState.FAILED))
    assert StopPlaying() in effects
    assert (state.watching, state.at) == (FILM, 600)
    state, effects = after(state, AlarmRang(Alarm.RECONNECT))
    assert Resolve(state.tune, FILM, THE_FILM) in effects
    stream = Stream(ref=FILM, address="http://operator.example/film")
    assert Play(state.tune, stream, at=600.0) in after(state, StreamReady(state.tune, stream))[1]


def test_a_key_tries_a_lost_film_again_at_once() -> None:
    state, _ = after(film(600), told(film(), 600, PlayerState.FAILED))
    state, effects = after(state, PauseLive(paused=False))
    assert Resolve(state.tune, FILM, THE_FILM) in effects
    assert (state.retry_at, state.at) == (None, 600)


def test_one_that_is_cut_off_before_its_end_is_lost_not_over() -> None:
    state, _ = after(film(600), told(film(), 600, PlayerState.ENDED))
    assert state.retry_at is not None
    assert state.watching == FILM


def test_at_its_end_a_film_is_marked_as_seen_and_left_for_where_it_was_chosen() -> None:
    state, effects = after(film(3599), told(film(), 3599, PlayerState.ENDED))
    assert Mark(FILM, HOUR, HOUR) in effects
    assert [effect for effect in effects if isinstance(effect, Mark)] == [Mark(FILM, HOUR, HOUR)]
    assert (state.screen, state.watching, state.item) == (ScreenName.DETAILS, None, None)


def test_a_wrong_length_does_not_make_a_film_go_on_for_ever() -> None:
    state = replace(film(600), losses=2)
    assert after(state, told(state, 600, PlayerState.ENDED))[0].watching is None


@pytest.mark.parametrize(
    "leaving",
    [Leave(), StandBy(), WindowClosed(), Watch(TWO), PauseLive(paused=True), AlarmRang(Alarm.MARK)],
    ids=["leaving", "stand-by", "the end of the box", "a zap", "a pause", "now and then"],
)
def test_the_place_in_a_film_is_kept(leaving: Message) -> None:
    assert Mark(FILM, 600.0, HOUR) in after(film(600), leaving)[1]


def test_who_only_looked_in_for_a_moment_leaves_no_mark() -> None:
    assert not any(isinstance(effect, Mark) for effect in after(film(4), Leave())[1])


def test_the_place_is_kept_every_few_minutes_while_a_film_plays() -> None:
    assert SetAlarm(Alarm.MARK, MARK_SECONDS) in after(film(), AlarmRang(Alarm.MARK))[1]


def test_the_box_ends_after_the_place_is_kept() -> None:
    assert after(film(600), WindowClosed())[1][-1] == Quit()


def test_stand_by_goes_on_with_the_film_where_it_was() -> None:
    state, _ = after(film(600), StandBy())
    assert state.watching is None
    state, effects = after(state, WakeUp())
    assert Resolve(state.tune, FILM, THE_FILM) in effects
    assert (state.watching, state.at, state.origin) == (FILM, 600, ScreenName.DETAILS)


def test_the_last_channel_is_one_press_from_a_film_and_films_are_none() -> None:
    state, _ = after(State(), Watch(TWO), Watch(ONE), Watch(FILM, item=THE_FILM))
    assert (state.live, state.previous) == (ONE, TWO)
    state, _ = after(state, SwapBack())
    assert (state.watching, state.live, state.previous) == (ONE, ONE, TWO)


def test_the_way_back_to_the_picture_after_a_film_is_the_channel_before_it() -> None:
    state, _ = after(film(), Leave(), Open(ScreenName.WATCHING))
    assert (state.screen, state.watching) == (ScreenName.WATCHING, ONE)


def test_a_film_is_held_behind_a_menu_and_goes_on_after_it() -> None:
    state, effects = after(film(600), Open(ScreenName.SETTINGS))
    assert {Pause(paused=True), Mark(FILM, 600.0, HOUR)} <= set(effects)
    state, _ = after(state, told(state, 600, PlayerState.PAUSED))
    assert Pause(paused=False) in after(state, Open(ScreenName.WATCHING))[1]


def test_a_film_held_for_long_goes_on_without_being_asked_for_again() -> None:
    state, _ = after(film(), PauseLive(paused=True))
    _, effects = after(state, PauseLive(paused=False), now=5000.0)
    assert Pause(paused=False) in effects
    assert not any(isinstance(effect, Resolve) for effect in effects)


def test_a_film_the_operator_no_longer_has_leads_back_with_a_word() -> None:
    state, _ = after(State(screen=ScreenName.DETAILS), Watch(FILM, item=THE_FILM))
    failure = Failure(kind="NoSuchItem", advice="error.no_such_item")
    state, _ = after(state, StreamRefused(state.tune, failure))
    assert (state.screen, state.toast, state.retry_at) == (ScreenName.DETAILS, "watching.gone", None)


def seen_to_the_end(*then: Episode) -> tuple[State, list[object]]:
    state = playing(Watch(FIRST.ref, item=FIRST, then=then), 3599)
    return after(state, told(state, 3599, PlayerState.ENDED))


def test_after_an_episode_the_next_one_is_offered_and_begins_by_itself() -> None:
    state, effects = seen_to_the_end(SECOND, THIRD)
    assert Mark(FIRST.ref, HOUR, HOUR) in effects
    assert SetAlarm(Alarm.NEXT, NEXT_SECONDS) in effects
    assert (state.screen, state.next_at) == (ScreenName.WATCHING, 100 + NEXT_SECONDS)
    state, effects = after(state, AlarmRang(Alarm.NEXT))
    assert Resolve(state.tune, SECOND.ref, SECOND) in effects
    assert (state.at, state.then, state.next_at) == (0, (THIRD,), None)


def test_the_next_episode_can_be_had_at_once() -> None:
    state, effects = after(seen_to_the_end(SECOND)[0], PlayNext())
    assert Resolve(state.tune, SECOND.ref, SECOND) in effects


def test_whoever_does_not_want_it_leaves_and_keeps_the_first_as_seen() -> None:
    state, effects = after(seen_to_the_end(SECOND)[0], Leave())
    assert (state.screen, state.watching, state.next_at) == (ScreenName.DETAILS, None, None)
    assert not any(isinstance(effect, Mark) for effect in effects)


def test_the_last_episode_leads_back_to_the_series() -> None:
    assert seen_to_the_end()[0].screen is ScreenName.DETAILS


def archived(ref: Playable = PAST, item: Programme = NEWS, **more: object) -> State:
    return playing(Watch(ref, item=item), 130.0, **({"duration": 0.0, "seekable": False} | more))


def test_an_archive_is_wound_by_asking_it_for_another_minute() -> None:
    state, _ = after(archived(), Seek(10))
    assert state.winding == 190
    state, effects = after(state, AlarmRang(Alarm.SEEK))
    assert Resolve(state.tune, PAST, NEWS._replace(start=NINE + 180)) in effects
    stream = Stream(ref=PAST, address="http://operator.example/timeshift")
    assert Play(state.tune, stream, at=0.0) in after(state, StreamReady(state.tune, stream))[1]
    state, _ = after(state, told(state, 2.0, duration=0.0), told(state, 4.0, duration=0.0))
    assert (state.at, state.duration) == (184.0, 1800.0)


def test_nobody_winds_past_what_is_on_the_air() -> None:
    assert after(archived(), Seek(600, there=240.0))[0].winding == 240


def test_a_file_of_an_archive_is_wound_itself() -> None:
    state, effects = after(archived(duration=1800.0, seekable=True), Seek(10), AlarmRang(Alarm.SEEK))
    assert Wind(140.0) in effects
    assert state.at == 140


def test_an_archive_that_names_its_programmes_cannot_be_asked_for_the_middle_of_one() -> None:
    state, _ = after(archived(item=NEWS._replace(link="programme-7")), Seek(10))
    assert state.toast == "watching.no_winding"


def test_a_stream_that_begins_before_what_was_asked_for_is_wound_to_it() -> None:
    linked = NEWS._replace(link="991")
    state, _ = after(State(screen=ScreenName.DAY, live=ONE), Watch(PAST, item=linked))
    stream = Stream(ref=PAST, address="http://operator.example/hour", begins=-780.0, ends=2580.0)
    state, effects = after(state, StreamReady(state.tune, stream))
    assert Play(state.tune, stream, at=780.0) in effects
    state, _ = after(state, told(state, 780.0), told(state, 900.0))
    assert state.at == 120.0
    state, effects = after(state, Seek(60), AlarmRang(Alarm.SEEK))
    assert Wind(960.0) in effects


def test_a_stream_that_cannot_be_wound_has_not_begun_until_it_comes_to_what_was_asked_for() -> None:
    state, _ = after(State(screen=ScreenName.DAY, live=ONE), Watch(PAST, item=NEWS._replace(link="991")))
    stream = Stream(ref=PAST, address="http://operator.example/hour", begins=-780.0)
    state, _ = after(state, StreamReady(state.tune, stream), told(state, 1.0), told(state, 30.0))
    assert state.at == 0.0


def seen_to_its_end(*, goes_on: bool) -> tuple[State, list[object]]:
    account = Account(status=AccountStatus.ACTIVE, archive_goes_on=goes_on)
    later = tuple(Programme(channel="one", start=NINE + start) for start in (3600, 1800, 0))
    state = playing(Watch(PAST, item=NEWS), at=1795.0)
    state = replace(state, account=account, days={(ONE, 0): DayTold(later)})
    return after(state, told(state, 1795.0, PlayerState.ENDED))


def test_an_archive_that_goes_on_is_followed_from_where_the_viewer_chose() -> None:
    state, effects = seen_to_its_end(goes_on=True)
    assert FollowOn(ONE, NINE + 1800, Programme(channel="one", start=NINE + 1800)) in effects
    assert state.screen == ScreenName.DETAILS


def test_an_archive_that_does_not_ends() -> None:
    assert not any(isinstance(effect, FollowOn) for effect in seen_to_its_end(goes_on=False)[1])
