"""The guide as the box keeps it: whose programmes they are, when they are on, what is new, what is over."""

import sqlite3
from contextlib import closing
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stb.catalogue import Guide, NowNext, guide_writing
from stb.catalogue.airtimes import DAY, put_right
from stb.catalogue.mishaps import Mishap
from stb.errors import CatalogueError
from stb.model import Channel, ChannelId, ChannelRef, GuideChannel, Programme, SourceId
from stb.model.wording import one_line

A, B = SourceId("a"), SourceId("b")
TODAY = 1_800_000_000 // DAY * DAY
NOON = TODAY + DAY // 2
HOUR = 3600


def a_channel(number=1, *, source=A, name="", **fields):
    ref = ChannelRef(source, ChannelId(str(number)))
    return Channel(ref=ref, number=number, name=name or f"Channel {number}", link="x", **fields)


def on(start, stop=None, title="x", *, channel="c", **fields):
    """In hours from noon."""
    end = None if stop is None else NOON + int(stop * HOUR)
    return Programme(channel=channel, start=NOON + int(start * HOUR), stop=end, title=title, **fields)


C = a_channel(guide_id="c")


@pytest.fixture
def file(tmp_path):
    return tmp_path / "state" / "guide.db"


@pytest.fixture
def guide(file):
    with Guide(file) as guide:
        yield guide


@pytest.fixture
def keep(guide):
    def keep(*entries, channels=(C,), revision="r1", now=NOON, source=A):
        return guide.replace(source, entries, channels, revision, now=now)

    return keep


def titles(programmes):
    return [programme.title for programme in programmes]


def test_a_new_guide_knows_nothing(guide):
    assert (guide.revision(A), guide.knows(A), guide.count(A)) == ("", False, 0)
    assert guide.now_next([C], NOON) == {}
    assert guide.between(C, 0, 2**40) == ()


def test_all_that_is_said_of_a_programme_comes_back(guide, keep):
    programme = on(
        0,
        1,
        "News",
        subtitle="at noon",
        text="What happened.",
        category="News",
        season=3,
        episode=4,
        link="http://tv.example/news",
    )
    assert keep(programme) == 1
    assert guide.programme(C, NOON) == programme
    assert (guide.revision(A), guide.count(A)) == ("r1", 1)


def test_what_is_on_now_and_next(guide, keep):
    keep(on(-1, 0, "before"), on(0, 1, "now"), on(1, 2, "then"), on(2, 3, "later"))
    (both,) = guide.now_next([C], NOON).values()
    assert (both.now.title, both.next.title) == ("now", "then")


@pytest.mark.parametrize(
    ("at", "now", "then"),
    [
        pytest.param(-2, None, "one", id="before all"),
        pytest.param(-1, "one", "two", id="the moment it begins"),
        pytest.param(-0.001, "one", "two", id="just before its end"),
        pytest.param(0.5, None, "two", id="in a gap"),
        pytest.param(1.5, "two", None, id="the last one"),
    ],
)
def test_now_and_next_around_gaps(guide, keep, at, now, then):
    keep(on(-1, 0, "one"), on(1, 2, "two"))
    moment = NOON + int(at * HOUR)
    both = guide.now_next([C], moment)[C.ref]
    assert (both.now and both.now.title, both.next and both.next.title) == (now, then)


def test_after_the_last_programme_nothing_is_known(guide, keep):
    keep(on(-1, 0))
    assert guide.now_next([C], NOON) == {}


def test_a_programme_over_midnight(guide, keep):
    keep(on(11, 14, "late film"), on(14, 15, "night"))
    assert guide.now_next([C], NOON + 13 * HOUR)[C.ref].now.title == "late film"
    assert titles(guide.between(C, TODAY + DAY, TODAY + 2 * DAY)) == ["late film", "night"]


def test_a_window_has_all_that_touches_it(guide, keep):
    keep(*(on(hour, hour + 1, str(hour)) for hour in range(-5, 6)))
    begin, end = NOON - HOUR // 2, NOON + 2 * HOUR
    assert titles(guide.between(C, begin, end)) == ["-1", "0", "1"]


def test_missing_ends_and_overlaps_are_put_right_where_they_are_read(guide, keep):
    keep(on(0, None, "open"), on(1, 3, "long"), on(2, None, "last"))
    assert [(one.title, one.stop - NOON) for one in guide.between(C, NOON, NOON + DAY)] == [
        ("open", HOUR),
        ("long", 2 * HOUR),
        ("last", 8 * HOUR),
    ]


def test_a_shift_of_the_channel_acts_at_once(guide, keep):
    keep(on(0, 1, "noon"))
    later = a_channel(guide_id="c", guide_shift=2 * HOUR)
    assert guide.now_next([later], NOON) == {
        C.ref: NowNext(None, on(2, 3, "noon")),
    }
    assert guide.programme(later, NOON + 2 * HOUR) == on(2, 3, "noon")


@pytest.mark.parametrize(
    "channel",
    [
        pytest.param(a_channel(guide_id="Some.One"), id="its id"),
        pytest.param(a_channel(guide_id="SOME.ONE"), id="its id in capitals"),
        pytest.param(a_channel(guide_id="another", guide_name="the_one"), id="its name in the guide"),
        pytest.param(a_channel(name="The  one"), id="its own name"),
        pytest.param(a_channel(name="Number 1"), id="another name the guide has"),
    ],
)
def test_guide_channels_are_found_by(guide, keep, channel):
    named = GuideChannel(id="Some.One", names=("The One", "Number 1"))
    assert keep(named, on(0, 1, "found", channel="Some.One"), channels=[channel]) == 1
    assert guide.now_next([channel], NOON)[channel.ref].now.title == "found"


def test_a_channel_without_programmes_is_no_obstacle(keep):
    assert keep(GuideChannel(id="c"), GuideChannel(id="d"), on(0, 1, "x"), GuideChannel(id="c")) == 1


def test_an_id_counts_more_than_a_name(guide, keep):
    channel = a_channel(guide_id="one", name="Two")
    entries = (
        GuideChannel(id="two", names=("Two",)),
        on(0, 1, "by name", channel="two"),
        GuideChannel(id="ONE"),
        on(0, 1, "by id", channel="ONE"),
    )
    keep(*entries, channels=[channel])
    assert guide.programme(channel, NOON).title == "by id"


def test_several_channels_share_one_guide_channel(guide, keep):
    both = [a_channel(1, guide_id="c"), a_channel(2, guide_id="C", guide_shift=HOUR)]
    keep(on(0, 2, "shared"), channels=both)
    assert [found.now and found.now.title for found in guide.now_next(both, NOON).values()] == [
        "shared",
        None,
    ]


def test_programmes_may_come_before_their_channel_and_strangers_are_passed_over(guide, keep):
    channel = a_channel(name="By Name")
    entries = (
        on(0, 1, "early", channel="x"),
        on(0, 1, "stranger", channel="y"),
        GuideChannel(id="x", names=("by_name",)),
        GuideChannel(id="y", names=("Somebody Else",)),
        GuideChannel(id="z", names=("Nobody",)),
        on(0, 1, "nobody", channel="z"),
    )
    assert keep(*entries, channels=[channel]) == 1
    assert guide.programme(channel, NOON).title == "early"


def test_a_new_guide_takes_the_place_of_the_old_one_from_where_it_begins(guide, keep):
    keep(on(-4, -3, "yesterday's news"), on(0, 1, "old"), on(1, 2, "cancelled"), on(2, 3, "same"))
    keep(on(0, 1, "new"), on(2, 3, "same"), revision="r2")
    assert titles(guide.between(C, TODAY, TODAY + DAY)) == ["yesterday's news", "new", "same"]
    assert guide.revision(A) == "r2"


def test_a_guide_that_goes_less_far_leaves_what_comes_after_it(guide, keep):
    there = a_channel(2, guide_id="d")
    old = (on(0, 1, "old"), on(1, 2, "cancelled"), on(2, 3, "after"), on(1, 2, "other", channel="d"))
    keep(*old, channels=[C, there])
    keep(on(0, 1.5, "new"), channels=[C, there], revision="r2")
    assert titles(guide.between(C, NOON, NOON + DAY)) == ["new", "after"]
    assert titles(guide.between(there, NOON, NOON + DAY)) == ["other"]


def test_the_past_is_kept_for_a_day_and_as_long_as_the_archive(guide, keep):
    days = [on(-24 * day, None, str(day), channel=which) for which in "cd" for day in range(9)]
    channels = [C, a_channel(2, guide_id="d", archive=73)]
    keep(*days, channels=channels)
    assert titles(guide.between(channels[0], 0, NOON + 1)) == ["1", "0"]
    assert titles(guide.between(channels[1], 0, NOON + 1)) == ["4", "3", "2", "1", "0"]
    keep(on(48, None, "next", channel="d"), channels=channels, now=NOON + 2 * DAY)
    assert titles(guide.between(channels[1], 0, NOON + 3 * DAY)) == ["2", "1", "0", "next"]
    assert guide.between(channels[0], 0, NOON + 3 * DAY) == ()


def test_a_guide_knows_the_channels_it_was_cut_down_to(guide, keep):
    keep(on(0, 1))
    assert guide.fits(A, [C])
    assert guide.fits(A, [a_channel(guide_id="c", guide_shift=HOUR, logo="http://tv.example/c.png")])
    assert not guide.fits(A, [C, a_channel(2)])
    assert not guide.fits(B, [])


def test_two_operators_have_guides_of_their_own(guide, keep):
    there = a_channel(source=B, guide_id="c")
    keep(on(0, 1, "here"))
    keep(on(0, 1, "there"), channels=[there], source=B)
    assert guide.programme(C, NOON).title == "here"
    assert guide.programme(there, NOON).title == "there"
    guide.keep_only(B)
    assert (guide.programme(C, NOON), guide.knows(A)) == (None, False)
    assert guide.programme(there, NOON).title == "there"
    guide.leave(B)
    assert not guide.knows(B)


HOURS = st.integers(-12, 36)
TEXTS = st.text().map(lambda text: one_line(text, 4000))
PROGRAMMES = st.lists(
    st.builds(
        on, HOURS, st.none() | HOURS, st.sampled_from("abc"), channel=st.sampled_from("cd"), text=TEXTS
    ),
    max_size=30,
)


@given(guides=st.lists(PROGRAMMES, min_size=1, max_size=3), begin=HOURS, length=st.integers(1, 30))
@settings(deadline=None, max_examples=60)
def test_any_guide_after_any_other(tmp_path_factory, guides, begin, length):
    channels = [C, a_channel(2, guide_id="d")]
    with Guide(tmp_path_factory.mktemp("guide") / "guide.db") as guide:
        for said in guides:
            guide.replace(A, said, channels, "", now=NOON)
        for channel in channels:
            first = NOON + begin * HOUR
            found = guide.between(channel, first, first + length * HOUR)
            assert all(one.start < first + length * HOUR and one.stop > first for one in found)
            assert all(one.stop <= following.start for one, following in pairwise(found))
            right = put_right(one for one in said if one.channel == channel.guide_id)
            if right:
                assert guide.between(channel, right[0].start, right[-1].stop) == right


@given(
    guides=st.lists(st.permutations(range(-30, 30)), min_size=1, max_size=3),
    waits=st.sampled_from([1, 9, 1000]),
)
@settings(deadline=None, max_examples=30)
def test_it_does_not_matter_in_which_order_a_guide_tells_and_how_much_is_written_at_once(
    tmp_path_factory, guides, waits
):
    channels = [C, a_channel(2, guide_id="d")]
    with pytest.MonkeyPatch.context() as patch, Guide(tmp_path_factory.mktemp("guide") / "guide.db") as guide:
        patch.setattr(guide_writing, "_TOGETHER", waits * guide_writing._ROW)
        patch.setattr(guide_writing, "_MOST_TOGETHER", waits * guide_writing._ROW)
        for turn, hours in enumerate(guides):
            said = [
                on(hour, hour + 1, f"{hour} {turn * (hour % 7 == 0)}", channel="cd"[hour % 2])
                for hour in hours
            ]
            assert guide.replace(A, said, channels, "", now=NOON) == len(said)
            for channel in channels:
                right = put_right(one for one in said if one.channel == channel.guide_id)
                assert guide.between(channel, right[0].start, right[-1].stop) == right


def test_a_guide_that_breaks_off_leaves_the_old_one(guide, keep):
    def broken():
        yield on(0, 1, "new")
        raise CatalogueError("cut off")

    keep(on(0, 1, "old"))
    with pytest.raises(CatalogueError):
        guide.replace(A, broken(), [C], "r2", now=NOON)
    assert (guide.programme(C, NOON).title, guide.revision(A)) == ("old", "r1")


def test_readers_see_the_old_guide_until_the_new_one_is_whole(file, guide, keep):
    keep(on(0, 1, "old"))
    with Guide(file) as reader:
        seen = []

        def entries():
            yield on(0, 1, "new")
            seen.append(reader.programme(C, NOON).title)

        guide.replace(A, entries(), [C], "r2", now=NOON)
        assert seen == ["old"]
        assert reader.programme(C, NOON).title == "new"


def written(file):
    """The file's log: what is written goes there first."""
    return file.with_name(f"{file.name}-wal").stat().st_size


def a_week(*, hours=range(24 * 7), changed=-1):
    for number in range(20):
        for hour in hours:
            text = f"{number} {hour} {'changed' if hour == changed else ''}" + "x" * 300
            yield on(hour, hour + 1, channel=f"c{number}", text=text)


def test_a_guide_that_is_as_before_writes_nothing(file, keep):
    channels = [a_channel(number, guide_id=f"c{number}") for number in range(20)]
    keep(*a_week(), channels=channels)
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        keep(*a_week(), channels=channels)
        assert written(file) == 0


def test_some_hours_later_little_is_written(file, keep):
    channels = [a_channel(number, guide_id=f"c{number}") for number in range(20)]
    keep(*a_week(), channels=channels)
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        later = a_week(hours=range(6, 24 * 7 + 6), changed=50)
        keep(*later, channels=channels, revision="r2", now=NOON + 6 * HOUR)
        assert written(file) < file.stat().st_size / 6


def test_one_text_that_changes_is_written_without_its_day(file, guide, keep):
    channels = [a_channel(number, guide_id=f"c{number}") for number in range(20)]
    keep(*a_week(), channels=channels)
    with closing(sqlite3.connect(file)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        keep(*a_week(changed=50), channels=channels, revision="r2")
        assert written(file) < file.stat().st_size / 20
    assert guide.programme(channels[7], NOON + 50 * HOUR).text.startswith("7 50 changed")
    assert guide.count(A) == 20 * 24 * 7


def test_what_changes_over_and_over_does_not_pile_up(file, guide, keep):
    for turn in range(9):
        keep(*(on(hour, None, text=f"{turn} {hour}" + "x" * 2000) for hour in range(-12, 12)))
        assert guide.count(A) == 24
    with closing(sqlite3.connect(file)) as other:
        kept = "SELECT sum(length(texts)) FROM (SELECT texts FROM run UNION ALL SELECT texts FROM change)"
        assert other.execute(kept).fetchone()[0] < 24 * 2100 * 5 / 4


def test_what_a_guide_says_of_a_year_beyond_all_is_passed_over(keep):
    assert keep(on(0, 1), Programme(channel="c", start=2**60, title="x")) == 1


def test_damage_that_is_met_among_questions_at_once_is_remembered(file, keep):
    keep(*(on(hour, 1, text=f"{hour}" + "x" * 3000) for hour in range(2000)))
    with Guide(file) as reader:
        with file.open("r+b") as opened:
            opened.seek(4096 * 20)
            opened.write(b"\xff" * (file.stat().st_size - 4096 * 20))
        with reader.at_once():
            for _ in range(2):
                assert reader.between(C, NOON, NOON + 90 * DAY) == ()
        assert reader.mishap is None
        assert reader.count(A) == 0
        assert reader.mishap is Mishap.DAMAGED


def test_a_damaged_guide_is_an_empty_one(file, guide, keep, caplog):
    keep(*(on(hour, None, text=f"{hour}" + "x" * 3000) for hour in range(400)))
    guide.close()
    with file.open("r+b") as opened:
        opened.seek(4096)
        opened.write(b"\xff" * (file.stat().st_size - 4096))
    with Guide(file) as anew:
        assert anew.between(C, NOON, NOON + 9 * DAY) == ()
        assert anew.count(A) == 0
        assert anew.replace(A, [on(0, 1)], [C], "", now=NOON) == 1
    assert "database damaged" in caplog.text
