"""The days of one channel, and what is on in the list of channels."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from stb.catalogue.catalogue import Catalogue
from stb.catalogue.guide import Guide, NowNext
from stb.catalogue.marks import Mark
from stb.messages import AskDay, Intent, Open, RestOn, ScreenName, ShowDay, Watch
from stb.model import (
    Channel,
    ChannelId,
    ChannelRef,
    Failure,
    Key,
    PastRef,
    PlayerState,
    PlayerStatus,
    Programme,
    SourceId,
)
from stb.screens.channels import Channels
from stb.screens.day import Day
from stb.screens.home import Home
from stb.screens.onair import of_told
from stb.screens.screen import Screen
from stb.screens.view import DayTold, View
from stb.ui.scene import Colour, Plate, Scene, Text

MakeView = Callable[..., View]
SOURCE = SourceId("home")
NOW = datetime(2026, 11, 22, 20, 47, tzinfo=UTC)
"""A Sunday."""
PLAYING = PlayerStatus(state=PlayerState.PLAYING, width=1920, height=1080)


def at(day: int, hour: int, minute: int = 0) -> int:
    return int(datetime(2026, 11, day, hour, minute, tzinfo=UTC).timestamp())


def a_programme(title: str, begin: int, end: int | None, text: str = "") -> Programme:
    return Programme(channel="n24", start=begin, stop=end, title=title, text=text)


MATINEE = a_programme("Matinee", at(21, 14), at(21, 16))
LATE = a_programme("Late Film", at(21, 23), at(22, 1))
LUNCH = a_programme("Lunch News", at(22, 12), at(22, 13))
LAST = "z" * 20
"""What the text of this one ends with."""
TONIGHT = a_programme(
    "World Tonight",
    at(22, 20, 30),
    at(22, 21, 15),
    " ".join(letter * 40 for letter in "abcdefghijklmnopqrstuvwxyz"),
)
AFTER = a_programme("Night Line", at(22, 21, 15), at(22, 22))
AHEAD = a_programme("Breakfast", at(24, 7), at(24, 9))


@pytest.fixture
def channel(lists: Catalogue, guide: Guide) -> Channel:
    """Number 2: kept for thirty hours."""
    channels = [
        one._replace(guide_id="n24", archive=30) if one.number == 2 else one for one in lists.channels(0, 10)
    ]
    lists.replace(SOURCE, channels, "r2")
    shown = (MATINEE, LATE, LUNCH, TONIGHT, AFTER, AHEAD)
    guide.replace(SOURCE, shown, channels, "g1", now=int(NOW.timestamp()))
    return next(one for one in channels if one.number == 2)


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


def on(view: MakeView, channel: Channel | None, language: str = "en", **fields: object) -> tuple[Day, View]:
    shown = view(language, day=channel, **fields)
    return Day().opened(shown), shown


def test_what_is_on_now_is_focused_at_first(view: MakeView, channel: Channel) -> None:
    screen, shown = on(view, channel)
    scene = screen.scene(shown)
    assert {"20:30", "World Tonight"} <= set(focused(scene))
    for words in ("News 24 HD", "Today", "Yesterday", "Tomorrow", "Lunch News", "20:30 – 21:15", "22 Nov"):
        assert words in said(scene)
    assert "Matinee" not in said(scene)


def test_days_reach_as_far_as_something_is_known(view: MakeView, channel: Channel) -> None:
    text = said(on(view, channel)[0].scene(view(day=channel)))
    assert "Friday" not in text  # thirty hours back is Saturday
    assert "24 Nov" in text
    assert "25 Nov" not in text


def test_what_goes_on_over_midnight_is_on_both_days(view: MakeView, channel: Channel) -> None:
    screen, shown = on(view, channel)
    assert "Late Film" in said(screen.scene(shown))
    assert "Late Film" in said(press(screen, shown, Key.REWIND)[0].scene(shown))


def test_of_another_day_the_first_that_begins_on_it_is_focused(view: MakeView, channel: Channel) -> None:
    screen, shown = on(view, channel, now=NOW + timedelta(days=1))
    yesterday, _ = press(screen, shown, Key.REWIND)
    assert "Late Film" in said(yesterday.scene(shown))
    assert "Lunch News" in focused(yesterday.scene(shown))


def test_days_begin_at_the_viewers_midnight(view: MakeView, channel: Channel) -> None:
    screen, shown = on(view, channel, now=NOW.astimezone(timezone(timedelta(hours=3))))
    text = said(press(screen, shown, Key.REWIND)[0].scene(shown))
    assert "17:00" in text
    assert "02:00" not in text  # Late Film, which is tomorrow's there


def test_where_nobody_says_what_was_on_the_kept_hours_are_watched(view: MakeView, lists: Catalogue) -> None:
    silent = next(iter(lists.channels(0, 1)))._replace(archive=30)
    today, yesterday = at(22, 0), at(21, 0)
    screen, shown = on(view, silent, days={(silent.ref, day): DayTold(()) for day in (today, yesterday)})
    assert "20:00" in focused(screen.scene(shown))
    assert press(screen, shown, Key.RED)[1] == Watch(silent.ref)
    watched = press(screen, shown, Key.UP, Key.OK)[1]
    assert isinstance(watched, Watch)
    assert isinstance(watched.item, Programme)
    assert (watched.ref, watched.item.stop) == (PastRef(silent.ref, at(22, 19)), at(22, 20))
    assert "21:00 – 22:00" not in said(screen.scene(shown))  # that hour has not begun
    first, _ = press(screen, shown, Key.REWIND)
    assert "15:00" in focused(first.scene(shown))
    assert "14:00 – 15:00" not in said(first.scene(shown))  # not all of that is kept


def test_where_nothing_is_kept_and_nobody_says_anything_that_is_said(
    view: MakeView, lists: Catalogue
) -> None:
    silent = next(iter(lists.channels(0, 1)))
    screen, shown = on(view, silent, days={(silent.ref, at(22, 0)): DayTold(())})
    assert "Nothing is known of this day." in said(screen.scene(shown))


def test_what_is_kept_plays_from_its_start(view: MakeView, channel: Channel) -> None:
    screen, shown = on(view, channel)
    there, intent = press(screen, shown, Key.UP, Key.OK)
    assert intent == Watch(
        PastRef(channel.ref, LUNCH.start), item=shown.guide.programme(channel, LUNCH.start)
    )
    assert "Can be watched now" in said(there.scene(shown))


def test_what_was_begun_goes_on_where_it_was_left(view: MakeView, channel: Channel) -> None:
    screen, shown = on(view, channel, marked=lambda _ref: Mark(position=600, duration=3600, at=1))
    intent = press(screen, shown, Key.UP, Key.OK)[1]
    assert isinstance(intent, Watch)
    assert intent.at == 600


def test_what_is_on_now_plays_from_its_start_or_live(view: MakeView, channel: Channel) -> None:
    screen, shown = on(view, channel)
    begun = press(screen, shown, Key.OK)[1]
    assert isinstance(begun, Watch)
    assert begun.ref == PastRef(channel.ref, TONIGHT.start)
    assert press(screen, shown, Key.RED)[1] == Watch(channel.ref)


def test_without_an_archive_only_what_is_on_plays(view: MakeView, channel: Channel) -> None:
    screen, shown = on(view, channel._replace(archive=0))
    assert press(screen, shown, Key.OK)[1] == Watch(channel.ref)
    there, intent = press(screen, shown, Key.UP, Key.OK)
    assert intent is None
    assert "No longer kept" in said(there.scene(shown))


@pytest.mark.parametrize(
    ("keys", "words"),
    [
        ((Key.DOWN,), "Not yet on"),
        ((Key.REWIND,), "No longer kept"),
        ((Key.FASTFORWARD,), "Nothing is known of this day."),
    ],
    ids=["to come", "too old", "unknown"],
)
def test_what_cannot_be_watched_says_why(
    view: MakeView, channel: Channel, keys: tuple[Key, ...], words: str
) -> None:
    screen, shown = on(view, channel)
    there, intent = press(screen, shown, *keys, Key.OK)
    assert intent is None
    assert words in said(there.scene(shown))


@pytest.mark.parametrize(("language", "back"), [("en", Key.LEFT), ("ar", Key.RIGHT)])
def test_a_day_is_chosen_at_the_start_edge(
    view: MakeView, channel: Channel, language: str, back: Key
) -> None:
    screen, shown = on(view, channel, language)
    there, _ = press(screen, shown, back, Key.UP, Key.OK)
    assert "Matinee" in said(there.scene(shown))
    assert press(there, shown, back, Key.BACK)[1] is None


def test_a_long_text_is_read_to_its_end(view: MakeView, channel: Channel) -> None:
    screen, shown = on(view, channel)
    assert LAST not in said(screen.scene(shown))
    reading, _ = press(screen, shown, Key.RIGHT, Key.CHANNELDOWN, Key.CHANNELDOWN)
    assert LAST in said(reading.scene(shown))
    assert press(reading, shown, Key.BACK)[0] == screen


@pytest.mark.parametrize("key", [Key.BACK, Key.EPG])
def test_one_goes_back_to_where_one_was(view: MakeView, channel: Channel, key: Key) -> None:
    screen, shown = on(view, channel, day_from=ScreenName.HOME)
    assert press(screen, shown, key)[1] == Open(ScreenName.HOME)


def test_after_watching_the_same_programme_is_focused(view: MakeView, channel: Channel) -> None:
    screen, shown = on(view, channel)
    watched, _ = press(screen, shown, Key.OK)
    later = view(day=channel, now=NOW + timedelta(hours=1))
    assert "World Tonight" in focused(watched.opened(later).scene(later))


def test_another_channel_begins_at_what_is_on_it(view: MakeView, channel: Channel, lists: Catalogue) -> None:
    screen, shown = on(view, channel)
    moved, _ = press(screen, shown, Key.REWIND)
    other = view(day=lists.numbered(1))
    assert "Today" in said(moved.opened(other).scene(other))


def test_a_channel_that_is_gone_leaves_a_way_back(view: MakeView) -> None:
    screen, shown = on(view, None)
    assert "BACK" in said(screen.scene(shown))
    assert press(screen, shown, Key.DOWN, Key.OK, Key.BACK)[1] == Open(ScreenName.CHANNELS)


def test_where_the_guide_is_silent_what_the_operator_said_is_shown(view: MakeView, lists: Catalogue) -> None:
    quiet = lists.numbered(12)
    assert quiet
    shown = view(day=quiet, told={quiet.ref: (TONIGHT, AFTER)})
    text = said(Day().opened(shown).scene(shown))
    assert "World Tonight" in text
    assert "Night Line" in text


SATURDAY = AskDay(ChannelRef(SOURCE, ChannelId("2")), at(21, 0), at(22, 0))
FAILED = Failure(kind="ServerFault", advice="error.server_fault")
FORENOON = a_programme("Forenoon", at(21, 9), at(21, 11))
SAME = MATINEE._replace(title="By another name")


def told(
    programmes: tuple[Programme, ...] | None = None, failure: Failure | None = None
) -> dict[str, object]:
    """What the operator said of Saturday."""
    return {"days": {(SATURDAY.ref, SATURDAY.begin): DayTold(programmes, failure)}}


def test_what_the_guide_lacks_of_a_day_is_asked_for_once(view: MakeView, channel: Channel) -> None:
    screen, shown = on(view, channel)
    yesterday, _ = press(screen, shown, Key.REWIND)
    assert isinstance(yesterday, Day)
    assert yesterday.lacks(shown) == SATURDAY
    assert yesterday.lacks(view(day=channel, **told())) is None


def test_a_day_that_the_guide_knows_is_not_asked_for(view: MakeView, channel: Channel, guide: Guide) -> None:
    both = a_programme("Forenoon", at(20, 23), at(21, 14)), a_programme("Afternoon", at(21, 14), at(22, 1))
    guide.replace(SOURCE, both, [channel], "g2", now=at(20, 0))
    screen, shown = on(view, channel)
    yesterday, _ = press(screen, shown, Key.REWIND)
    assert isinstance(yesterday, Day)
    assert yesterday.lacks(shown) is None


@pytest.mark.parametrize(
    ("key", "archive"), [(Key.REWIND, 0), (Key.FASTFORWARD, 30)], ids=["not kept", "to come"]
)
def test_what_cannot_be_watched_is_not_asked_for(
    view: MakeView, channel: Channel, key: Key, archive: int
) -> None:
    screen, shown = on(view, channel._replace(archive=archive))
    there, _ = press(screen, shown, key)
    assert isinstance(there, Day)
    assert there.lacks(shown) is None


def test_what_the_operator_told_of_a_day_stands_beside_what_the_guide_knows(
    view: MakeView, channel: Channel
) -> None:
    screen, shown = on(view, channel, **told((FORENOON, SAME)))
    titles = press(screen, shown, Key.REWIND)[0].scene(shown).words
    assert {"Forenoon", "Matinee", "Late Film"} <= set(titles)
    assert SAME.title not in titles


def test_what_the_operator_told_of_a_day_plays_by_its_link(view: MakeView, channel: Channel) -> None:
    kept = FORENOON._replace(link="4711")
    screen, shown = on(view, channel, **told((kept,)), now=NOW - timedelta(hours=10))
    assert press(screen, shown, Key.REWIND, Key.OK)[1] == Watch(PastRef(channel.ref, kept.start), item=kept)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({}, "Asking Home Portal what was on."),
        (told(), "Asking Home Portal what was on."),
        (told(failure=FAILED), "Home Portal cannot say anything about it now."),
        (told(failure=replace(FAILED, words="Not today")), "Not today"),
    ],
    ids=["about to be asked", "asking", "failed", "refused in the operator's words"],
)
def test_an_empty_day_says_why(
    view: MakeView, channel: Channel, guide: Guide, answer: dict[str, object], words: str
) -> None:
    guide.replace(SOURCE, (TONIGHT,), [channel], "g2", now=at(30, 0))
    screen, shown = on(view, channel, **answer)
    there, intent = press(screen, shown, Key.REWIND, Key.OK)
    assert words in said(there.scene(shown))
    failed = "cannot" in words or "Not today" in words
    assert intent == (SATURDAY if failed else None)
    assert ("Ask now" in said(there.scene(shown))) == failed


@pytest.mark.usefixtures("channel")
def test_the_list_of_channels_says_what_is_on_and_what_comes(view: MakeView) -> None:
    shown = view(number=2, status=PLAYING)
    scene = Channels().opened(shown).scene(shown)
    for words in ("World Tonight", "20:30 – 21:15", "21:15  Night Line", "EPG"):
        assert words in said(scene)
    line, filled = (
        item.region for item in scene.items if isinstance(item, Plate) and item.region.height == 4
    )
    assert filled.width == pytest.approx(line.width * 17 / 45, abs=1)


def test_the_list_says_nothing_where_nothing_is_known(view: MakeView) -> None:
    text = said(Channels().scene(view(number=2, status=PLAYING)))
    assert "EPG" not in text
    assert "Guide of" not in said(Home().scene(view(number=2)))


def test_the_list_changes_when_a_programme_ends(view: MakeView, channel: Channel) -> None:
    near = view(now=datetime(2026, 11, 22, 21, 14, 50, tzinfo=UTC))
    assert Channels().changes_in(near) == 10
    told = {channel.ref: (a_programme("Short", at(22, 20), None), a_programme("Next", at(22, 20, 48), None))}
    assert Channels().changes_in(view(told=told)) == 60


@pytest.mark.usefixtures("channel")
def test_the_day_opens_from_the_list_and_from_the_menu(view: MakeView) -> None:
    second = ChannelRef(SOURCE, ChannelId("2"))
    shown = view(number=2)
    assert press(Channels().opened(shown), shown, Key.EPG)[1] == ShowDay(second)
    assert press(Home(), shown, Key.DOWN, Key.OK)[1] == ShowDay(second)
    assert press(Home(), view(live=second), Key.DOWN, Key.OK)[1] == ShowDay(second)


def test_a_channel_come_to_is_told(view: MakeView) -> None:
    assert press(Channels(), view(), Key.DOWN)[1] == RestOn(ChannelRef(SOURCE, ChannelId("2")))
    assert press(Channels(), view(), Key.LEFT, Key.DOWN)[1] is None


def test_of_what_an_operator_did_not_say(view: MakeView, channel: Channel) -> None:
    assert of_told((), at(22, 20)) == NowNext()
    assert said(Channels().scene(view(told={channel.ref: ()})))


@pytest.mark.parametrize(
    ("moment", "titles"),
    [
        (at(22, 20, 40), ("World Tonight", "Night Line")),
        (at(22, 20), (None, "World Tonight")),
        (at(22, 21, 20), ("Night Line", None)),
        (at(22, 23), (None, None)),
    ],
    ids=["between", "before", "the last one", "after"],
)
def test_of_what_an_operator_said(moment: int, titles: tuple[str | None, str | None]) -> None:
    both = of_told((TONIGHT._replace(stop=None), AFTER), moment)
    assert (both.now and both.now.title, both.next and both.next.title) == titles
