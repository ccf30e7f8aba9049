"""Several guides about one channel: which is asked, what the viewer chose, what is assigned by name."""

import pytest

from stb.catalogue import Guide
from stb.catalogue.airtimes import DAY
from stb.model import Channel, ChannelId, ChannelRef, GuideChannel, GuideChoice, Programme, SourceId

A, FIRST, LAST = SourceId("a"), SourceId("first"), SourceId("last")
NOON = 1_800_000_000 // DAY * DAY + DAY // 2
HOUR = 3600


def a_channel(number=1, name="", **fields):
    ref = ChannelRef(A, ChannelId(str(number)))
    return Channel(ref=ref, number=number, name=name or f"Channel {number}", link="x", **fields)


def on(start, stop, title, channel="c"):
    return Programme(channel=channel, start=NOON + start * HOUR, stop=NOON + stop * HOUR, title=title)


C = a_channel(guide_id="c")
ITV = a_channel(2, "UK: ITV +1 HD")


@pytest.fixture
def guide(tmp_path):
    with Guide(tmp_path / "guide.db") as guide:
        guide.prefer((FIRST, A, LAST), {})
        yield guide


@pytest.fixture
def keep(guide):
    def keep(source, *entries, channels=(C, ITV), chosen=None):
        return guide.replace(source, entries, channels, "r", now=NOON, chosen=chosen)

    return keep


def shown(guide, channel=C):
    found = guide.between(channel, NOON, NOON + 6 * HOUR)
    return [(one.title, (one.start - NOON) // HOUR, (one.stop - NOON) // HOUR) for one in found]


def now(guide, channel=C, hour=0):
    both = guide.now_next([channel], NOON + hour * HOUR).get(channel.ref)
    return (both.now and both.now.title, both.next and both.next.title) if both else None


def test_the_first_guide_that_knows_the_channel_is_asked(guide, keep):
    keep(A, on(0, 1, "own"))
    assert now(guide) == ("own", None)
    keep(FIRST, on(0, 1, "first"))
    keep(LAST, on(0, 1, "last"))
    assert shown(guide) == [("first", 0, 1)]


def test_gaps_are_filled_by_the_next_guide(guide, keep):
    keep(FIRST, on(0, 1, "a"), on(3, 4, "d"))
    keep(A, on(0, 1, "x"), on(1, 2, "b"), on(2, 5, "c"))
    assert shown(guide) == [("a", 0, 1), ("b", 1, 2), ("c", 2, 3), ("d", 3, 4)]
    assert [now(guide, hour=hour) for hour in range(4)] == [("a", "d"), ("b", "d"), ("c", "d"), ("d", None)]


def test_a_guide_that_is_not_asked_is_silent(guide, keep):
    keep(FIRST, on(0, 1, "first"))
    guide.prefer((A,), {})
    assert now(guide) is None


def test_a_channel_is_found_by_its_name_alone(guide, keep):
    keep(LAST, GuideChannel(id="itv.uk", names=("ITV",)), on(0, 1, "news", "itv.uk"))
    assert shown(guide, ITV) == [("news", 1, 2)]
    assert now(guide, ITV) == (None, "news")


def test_what_the_viewer_chose_is_asked_alone(guide, keep):
    keep(A, on(0, 1, "own"))
    chosen = GuideChoice(LAST, "other", 2 * HOUR)
    keep(LAST, on(0, 1, "chosen", "other"), on(0, 1, "last"), chosen={C.ref: "other"})
    guide.prefer((A, LAST), {C.ref: chosen})
    assert shown(guide) == [("chosen", 2, 3)]
    guide.prefer((A, LAST), {C.ref: GuideChoice()})
    assert shown(guide) == []
    guide.prefer((A,), {C.ref: chosen})
    assert shown(guide) == [("own", 0, 1)]


def test_another_choice_wants_another_guide(guide, keep):
    keep(A, on(0, 1, "own"))
    assert guide.fits(A, [C, ITV])
    assert not guide.fits(A, [C, ITV], {C.ref: "other"})


def test_a_channel_that_an_id_tells_is_not_assigned_by_name(guide, keep):
    named = GuideChannel(id="c", names=("Nothing",)), GuideChannel(id="x", names=("Channel 1 HD",))
    keep(A, *named, on(0, 1, "by id"), on(0, 1, "by name", "x"))
    assert now(guide) == ("by id", None)


def test_guides_that_left_take_what_they_assigned_along(guide, keep):
    keep(LAST, GuideChannel(id="itv.uk", names=("ITV",)), on(0, 1, "news", "itv.uk"))
    keep(A, on(0, 1, "own"))
    assert guide.has_all(A) is False
    guide.keep_only(A)
    assert now(guide, ITV, 1) is None
    assert now(guide) == ("own", None)
