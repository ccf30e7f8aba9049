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


LISTED = (
    GuideChannel(id="bbc1.uk", names=("BBC One", "BBC 1")),
    GuideChannel(id="bbc2.uk", names=("BBC Two",)),
    GuideChannel(id="bbcnews.uk", names=("BBC News",)),
    GuideChannel(id="aljazeera.qa", names=("Al Jazeera", "الجزيرة")),
    GuideChannel(id="nameless"),
)


def test_candidates_are_proposed_the_likeliest_first(guide, keep):
    keep(LAST, *LISTED, on(0, 1, "news", "bbc1.uk"), channels=[a_channel(7, "UK| BBC One FHD")])
    found = guide.proposals(a_channel(7, "UK| BBC One FHD"), 9)
    assert [(one.station, one.name) for one in found][:1] == [("bbc1.uk", "BBC One")]
    assert "bbc2.uk" not in [one.station for one in found]
    assert [one.station for one in guide.proposals(a_channel(8, "AlJazeera"), 9)] == ["aljazeera.qa"]
    assert guide.proposals(a_channel(9, "HD"), 9) == ()
    guide.prefer((A,), {})
    assert guide.proposals(a_channel(7, "UK| BBC One FHD"), 9) == ()


def test_guide_channels_are_searched_by_name_and_id(guide, keep):
    keep(LAST, *LISTED, on(0, 1, "news", "bbc1.uk"))
    assert {one.station for one in guide.stations_called("bbc", 9)} == {"bbc1.uk", "bbc2.uk", "bbcnews.uk"}
    assert [one.station for one in guide.stations_called("الجزيره", 9)] == ["aljazeera.qa"]
    assert [one.name for one in guide.stations_called("nameless", 9)] == ["nameless"]
    assert guide.stations_called("", 9) == ()


def test_what_was_given_by_name_is_listed_the_least_sure_first(guide, keep):
    channels = [a_channel(1, "BBC One HD"), a_channel(2, "The BBC News Channel"), C]
    keep(LAST, *LISTED, on(0, 1, "news", "bbc1.uk"), on(0, 1, "x"), channels=channels)
    assert guide.count_given() == 2
    found = guide.given(0, 9)
    assert [one.channel.channel for one in found] == ["2", "1"]
    assert [one.proposal.name for one in found] == ["BBC News", "BBC One"]
    assert found[0].proposal.score < found[1].proposal.score
    assert guide.given(1, 9) == found[1:]
    assert guide.asked(channels[0]) == found[1].proposal
    assert guide.asked(a_channel(5, "Unknown")) is None


def test_what_is_on_a_guide_channel_that_may_be_chosen(guide, keep):
    keep(LAST, *LISTED, on(0, 1, "news", "bbc1.uk"), channels=[a_channel(1, "BBC One HD")])
    assert guide.on_station(GuideChoice(LAST, "bbc1.uk"), NOON).title == "news"
    assert guide.on_station(GuideChoice(LAST, "bbc1.uk", HOUR), NOON) is None
    assert guide.on_station(GuideChoice(LAST, "bbc2.uk"), NOON) is None


def test_a_choice_acts_at_once(guide, keep):
    keep(A, on(0, 1, "own"), on(0, 1, "other", "o"), chosen={C.ref: "o"})
    guide.choose(C.ref, GuideChoice(A, "o"))
    assert (now(guide), guide.choice(C.ref)) == (("other", None), GuideChoice(A, "o"))
    guide.choose(C.ref, None)
    assert (now(guide), guide.choice(C.ref)) == (("own", None), None)
