"""What time it is for a box that starts in the past."""

import select
from datetime import UTC, datetime, timedelta

import pytest

from stb.board.clock import LATEST, Clock, Leaps, is_synchronised

STARTED = datetime(2026, 2, 1, 12, 0, tzinfo=UTC)
"""When the box was last alive: what a clock without a battery begins with."""
TODAY = datetime(2026, 11, 22, 20, 47, tzinfo=UTC)


def clock(system=STARTED, *, synchronised=False):
    return Clock(system.timestamp, synchronised=lambda: synchronised)


def test_the_systems_time_is_the_boxs():
    assert clock(TODAY).now() == TODAY


def test_a_later_time_of_the_operators_is_believed():
    box = clock()
    assert box.hear(TODAY)
    assert box.now() == TODAY


def test_the_time_goes_on_from_there():
    system = [STARTED.timestamp()]
    box = Clock(lambda: system[0], synchronised=lambda: False)
    box.hear(TODAY)
    system[0] += 60
    assert box.now() == TODAY + timedelta(minutes=1)


@pytest.mark.parametrize(
    "told",
    [
        pytest.param(STARTED - timedelta(days=1), id="earlier"),
        pytest.param(STARTED + timedelta(seconds=30), id="hardly later"),
        pytest.param(LATEST + timedelta(days=1), id="later than a box lives"),
        pytest.param(datetime.max.replace(tzinfo=UTC), id="the end of time"),
        pytest.param(datetime(1970, 1, 1, tzinfo=UTC), id="before there were boxes"),
    ],
)
def test_an_implausible_time_is_not_believed(told):
    box = clock()
    assert not box.hear(told)
    assert box.now() == STARTED


def test_time_never_goes_back():
    box = clock()
    box.hear(TODAY)
    assert not box.hear(TODAY - timedelta(days=30))
    assert box.now() == TODAY


def test_nobody_is_believed_against_a_time_server():
    box = clock(synchronised=True)
    assert not box.hear(TODAY)
    assert box.now() == STARTED


def test_once_the_systems_clock_is_set_it_alone_counts():
    system = [STARTED.timestamp()]
    box = Clock(lambda: system[0], synchronised=lambda: False)
    box.hear(TODAY + timedelta(days=1))
    system[0] = TODAY.timestamp()
    box.set()
    assert box.now() == TODAY


def test_a_time_server_was_heard_when_its_mark_is_there(tmp_path):
    mark = tmp_path / "synchronized"
    mark.touch()
    assert is_synchronised(mark)


def test_a_clock_nobody_sets_never_wakes_the_box():
    leaps = Leaps()
    try:
        assert select.select([leaps], [], [], 0) == ([], [], [])
        assert not leaps.take()
    finally:
        leaps.close()
        leaps.close()
