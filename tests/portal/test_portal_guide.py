"""The guide: made up, without holes, and the same each time."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.portal import archive
from stb.portal.guide import Guide
from stb.portal.seed import CHANNELS

HOUR = 3600
AMBER, BLUE, CLOCK = CHANNELS[:3]
NOW = datetime(2026, 3, 28, 12, tzinfo=UTC)


@pytest.fixture
def guide() -> Guide:
    return Guide()


@pytest.mark.parametrize(
    ("day", "hours"),
    [(date(2026, 3, 28), 24), (date(2026, 3, 29), 23), (date(2026, 10, 25), 25)],
    ids=["an ordinary day", "the clock goes forward", "the clock goes back"],
)
def test_a_day_is_full_from_midnight_to_midnight(guide, day, hours):
    for channel in CHANNELS:
        shows = guide.day(channel, day)

        assert shows[0].start == datetime(day.year, day.month, day.day, tzinfo=guide.zone).timestamp()
        assert shows[-1].stop - shows[0].start == hours * HOUR
        assert all(one.stop == other.start for one, other in pairwise(shows))
        assert all(show.title and show.title_arabic for show in shows)


def test_channels_and_days_differ_and_come_again(guide):
    days = [date(2026, 3, 1), date(2026, 3, 2)]
    told = {(channel.id, day): guide.day(channel, day) for channel in (AMBER, BLUE) for day in days}

    assert len({tuple(show.title for show in shows) for shows in told.values()}) == 4
    assert told == {(channel.id, day): Guide().day(channel, day) for channel in (AMBER, BLUE) for day in days}


def test_the_guide_is_told_for_eight_days_back_and_three_ahead(guide):
    begin, end = guide.window(NOW)

    # On the 29th the clock goes forward.
    assert guide.local(begin) == datetime(2026, 3, 20, tzinfo=guide.zone)
    assert end - begin == 12 * 24 * HOUR - HOUR


@given(st.integers(0, 4_000_000_000), st.integers(0, 3 * 24 * HOUR))
def test_between_two_moments_there_is_no_hole(begin, length):
    guide = Guide()
    shows = guide.shows(CLOCK, begin, begin + length)

    if not length:
        assert shows == ()
        return
    assert shows[0].start <= begin < shows[0].stop
    assert shows[-1].start < begin + length <= shows[-1].stop
    assert all(one.stop == other.start for one, other in pairwise(shows))
    assert guide.at(CLOCK, begin) == shows[0]
    assert guide.place_of(shows[0].id) == (CLOCK.id, shows[0].start)


def test_a_wall_clock_that_shows_an_hour_twice_means_the_first(guide):
    twice = datetime(2026, 10, 25, 3, 30)  # noqa: DTZ001 # on the wall

    assert guide.moment(twice) == datetime(2026, 10, 25, 0, 30, tzinfo=UTC).timestamp()


def test_the_archive_keeps_what_has_ended_for_as_many_days_as_the_channel_has(guide):
    now = int(NOW.timestamp())
    running, ended = guide.at(CLOCK, now), guide.at(CLOCK, now - 3 * HOUR)
    old = guide.at(CLOCK, now - 8 * 24 * HOUR)

    assert not archive.has(CLOCK, running, NOW)
    assert archive.has(CLOCK, ended, NOW)
    assert not archive.has(CLOCK, old, NOW)
    assert archive.kept(CLOCK, running.start, NOW), "what is running can be seen from its beginning"
    assert not archive.kept(BLUE, now - HOUR, NOW), "a channel without an archive"
    assert not archive.kept(CLOCK, now + 60, NOW)
    assert archive.kept(AMBER, now - timedelta(days=3).days * 24 * HOUR, NOW)
