"""When what the operator offers is read again, as values: no process, no clock."""

from dataclasses import replace

import pytest

from stb.app.effects import EndReading, LookUpAges, ReadLists, ReadParts, SetAlarm
from stb.app.freshness import AGAIN_SECONDS, ASLEEP_SECONDS
from stb.app.state import Progress, State
from stb.app.step import step
from stb.messages import (
    Alarm,
    AlarmRang,
    ChangeSetting,
    ClockSet,
    Part,
    PartFailed,
    PartProgressed,
    PartRefreshed,
    PartsAged,
    RefreshFailed,
    ScreenName,
    SignedIn,
    SourceRefreshed,
    StandBy,
    StopReading,
)
from stb.model import Account, AccountStatus, ChannelId, ChannelRef, Failure, SourceId
from stb.screens.view import Choice
from stb.settings.settings import Refresh, Settings

SOURCE = SourceId("home")
HOUR = 3600.0
NOW = 1_000_000.0
FAILURE = Failure(kind="Unreachable", advice="error.unreachable")
STOPPED_BY_THE_VIEWER = Failure(kind="Stopped", advice="error.stopped")
LISTS, LIBRARY, GUIDE = Part
NEW = State(was_active=True, offered=tuple(Part))
SERVED = SignedIn(SOURCE, Account(status=AccountStatus.ACTIVE, revision="r1"))
LET_IN = replace(NEW, account=SERVED.account, has_lists=True, lists_revision="r1")
RANG = AlarmRang(Alarm.REFRESH)


def read(**hours_ago):
    return {Part(part): Progress(read_at=NOW - hours * HOUR) for part, hours in hours_ago.items()}


def after(state, *messages, now=NOW):
    effects = []
    for message in messages:
        state, caused = step(state, message, now=now)
        effects += caused
    return state, [one for one in effects if isinstance(one, ReadParts | ReadLists | LookUpAges)], effects


def alarm(effects):
    """In how many hours the box wants to be reminded."""
    (seconds,) = [one.seconds for one in effects if isinstance(one, SetAlarm) and one.alarm is Alarm.REFRESH]
    return seconds / HOUR


def test_a_new_box_reads_the_lists_and_then_the_rest():
    state, reads, _ = after(NEW, SERVED)
    assert reads == [ReadLists()]
    state, reads, _ = after(state, SourceRefreshed(SOURCE, 3, "r1"))
    assert reads == [ReadParts((LIBRARY, GUIDE))]
    state, reads, _ = after(state, PartRefreshed(SOURCE, LIBRARY, 5))
    assert reads == []
    _, reads, effects = after(state, PartRefreshed(SOURCE, GUIDE, 7))
    assert reads == []
    assert alarm(effects) == 1


@pytest.mark.parametrize(
    ("ages", "due", "alarm_in"),
    [
        pytest.param({"lists": 0.5, "library": 1, "guide": 5}, (), 0.5, id="all is young"),
        pytest.param({"lists": 1, "library": 1, "guide": 5}, (LISTS,), None, id="the lists are old"),
        pytest.param({"lists": 2, "library": 30, "guide": 7}, (LISTS, LIBRARY, GUIDE), None, id="all is old"),
        pytest.param({"lists": 0.1, "guide": 5.9}, (LIBRARY,), None, id="one was never read"),
        pytest.param({"lists": 0.95, "library": 1, "guide": 5.99}, (), 0.01, id="the guide is old first"),
    ],
)
def test_what_is_due_when_the_operator_lets_the_box_in(ages, due, alarm_in):
    _, reads, effects = after(replace(LET_IN, parts=read(**ages)), SERVED)
    assert reads == ([ReadParts(due)] if due else [])
    if alarm_in:
        assert alarm(effects) == pytest.approx(alarm_in)


def test_the_settings_say_how_old_is_old():
    chosen = Settings(refresh=Refresh(streams_hours=5, guide_hours=48, categories_hours=3))
    box = replace(LET_IN, parts=read(lists=4, library=2, guide=40), settings=chosen)
    assert alarm(after(box, RANG)[2]) == 1


def test_what_the_viewer_chooses_applies_at_once():
    state = replace(LET_IN, parts=read(lists=0.5, library=0.5, guide=0.5))
    state, reads, effects = after(state, ChangeSetting("refresh.streams_hours", 2))
    assert (reads, alarm(effects)) == ([], 1.5)
    state, reads, _ = after(state, ChangeSetting("refresh.guide_hours", 1), now=NOW + HOUR)
    assert reads == [ReadParts((GUIDE,))]


def test_the_alarm_has_read_what_is_due():
    box = replace(LET_IN, parts=read(lists=1, library=1, guide=6))
    state, reads, _ = after(box, RANG)
    assert reads == [ReadParts((LISTS, GUIDE))]
    assert state.reading_lists
    assert state.parts[GUIDE].reading


def test_nothing_is_read_while_something_is_being_read():
    box = replace(LET_IN, parts=read(lists=1, library=30, guide=6))
    state, _, _ = after(box, RANG)
    assert after(state, RANG, SERVED)[1] == []
    state, reads, _ = after(state, SourceRefreshed(SOURCE, 3, "r1"), PartFailed(SOURCE, LIBRARY, FAILURE))
    assert reads == []
    assert after(state, PartRefreshed(SOURCE, GUIDE, 7))[1] == []


def test_what_could_not_be_read_is_tried_ever_later():
    box = replace(LET_IN, parts=read(lists=0, library=0, guide=7))
    for seconds in (*AGAIN_SECONDS, AGAIN_SECONDS[-1]):
        box, _, _ = after(box, RANG)
        box, reads, effects = after(box, PartFailed(SOURCE, GUIDE, FAILURE))
        assert reads == []
        assert alarm(effects) == min(seconds / HOUR, 1)
        assert box.parts[GUIDE].failure == "Unreachable"
        box = replace(box, parts=box.parts | {GUIDE: replace(box.parts[GUIDE], tried_at=NOW - seconds)})
    box, reads, _ = after(box, RANG)
    assert reads == [ReadParts((GUIDE,))]
    box, _, _ = after(box, PartRefreshed(SOURCE, GUIDE, 7))
    assert box.parts[GUIDE] == Progress(read_at=NOW, count=7)


def test_how_far_a_part_is_lasts_until_it_is_read():
    state, _, _ = after(replace(LET_IN, parts=read(lists=0, library=0, guide=7)), RANG)
    state, reads, effects = after(state, PartProgressed(SOURCE, GUIDE, 0.43))
    assert (reads, effects) == ([], [])
    assert (state.parts[GUIDE].share, state.parts[GUIDE].reading) == (0.43, True)
    state, _, _ = after(state, PartRefreshed(SOURCE, GUIDE, 7))
    assert state.parts[GUIDE].share is None


def test_what_the_viewer_stopped_is_not_read_again_soon():
    state, _, _ = after(replace(LET_IN, parts=read(lists=0, library=0, guide=7)), RANG)
    _, _, effects = after(state, StopReading())
    assert effects == [EndReading()]
    state, reads, _ = after(state, PartFailed(SOURCE, GUIDE, STOPPED_BY_THE_VIEWER))
    assert reads == []
    again = replace(state, parts=state.parts | {GUIDE: replace(state.parts[GUIDE], tried_at=NOW - 5 * HOUR)})
    assert after(again, RANG)[1] == []


def test_a_first_list_that_the_viewer_stopped_waits_for_the_viewer():
    starting = replace(LET_IN, screen=ScreenName.STARTING, has_lists=False, parts={})
    state, _, _ = after(starting, SERVED)
    assert state.reading_lists
    state, reads, _ = after(state, RefreshFailed(SOURCE, STOPPED_BY_THE_VIEWER))
    assert (state.screen, state.reading_lists, reads) == (ScreenName.NOTICE, False, [])
    assert state.notice.title == "notice.stopped"
    assert Choice.TRY_AGAIN in state.notice.choices


def test_lists_that_the_viewer_stopped_do_not_disturb_the_picture():
    box = replace(LET_IN, screen=ScreenName.WATCHING, parts=read(lists=1, library=0, guide=0))
    state, _, _ = after(box, RANG)
    state, reads, _ = after(state, RefreshFailed(SOURCE, STOPPED_BY_THE_VIEWER))
    assert (state.screen, state.failures, reads) == (ScreenName.WATCHING, 0, [])


def test_a_library_that_cannot_be_read_does_not_disturb_the_viewer():
    watching = replace(
        LET_IN,
        screen=ScreenName.WATCHING,
        watching=ChannelRef(SOURCE, ChannelId("1")),
        showing=True,
        parts=read(lists=0, guide=0),
    )
    state, _, effects = after(watching, PartFailed(SOURCE, LIBRARY, FAILURE))
    assert replace(state, parts={}) == replace(watching, parts={})
    assert {type(effect) for effect in effects} == {SetAlarm}


def test_lists_that_cannot_be_read_are_not_read_again_at_once():
    box = replace(LET_IN, parts=read(lists=1, library=0, guide=0))
    state, _, _ = after(box, RANG)
    state, reads, _ = after(state, RefreshFailed(SOURCE, FAILURE), SERVED)
    assert reads == []


@pytest.mark.parametrize(
    "box",
    [
        pytest.param(replace(LET_IN, account=None), id="the operator was not asked yet"),
        pytest.param(replace(LET_IN, failures=1), id="it cannot be asked"),
        pytest.param(
            replace(LET_IN, account=Account(status=AccountStatus.DISABLED)), id="it does not let us in"
        ),
        pytest.param(replace(LET_IN, offered=()), id="there is no operator"),
    ],
)
def test_nothing_is_read_when(box):
    assert after(box, RANG)[1] == []


def test_asleep_the_box_reads_twice_a_day():
    box = replace(LET_IN, screen=ScreenName.CHANNELS, parts=read(lists=0.5, library=3, guide=5))
    state, reads, effects = after(box, StandBy())
    assert reads == []
    assert alarm(effects) == pytest.approx(7)
    late = NOW + 7 * HOUR
    state, reads, _ = after(state, RANG, now=late)
    assert reads == [ReadParts((GUIDE,))]
    state, reads, effects = after(state, PartRefreshed(SOURCE, GUIDE, 7), now=late)
    assert (state.screen, reads) == (ScreenName.STANDBY, [])
    assert alarm(effects) == pytest.approx(ASLEEP_SECONDS / HOUR - 7.5)


def test_a_clock_that_was_set_shows_how_old_things_are():
    box = replace(LET_IN, parts=read(lists=0, library=0, guide=0))
    state, reads, _ = after(box, ClockSet())
    assert reads == [LookUpAges()]
    _, reads, _ = after(state, PartsAged(SOURCE, {LISTS: 0.0, LIBRARY: 2 * HOUR, GUIDE: 90 * HOUR}))
    assert reads == [ReadParts((GUIDE,))]
