"""What follows a programme that was watched to its end."""

from pathlib import Path

import pytest

from stb.app.effects import FollowOn
from stb.app.lending import after
from stb.catalogue import Catalogue, Guide
from stb.messages import Watch
from stb.model import Channel, ChannelId, ChannelRef, PastRef, Programme, SourceId

HOME = SourceId("home")
ONE = ChannelRef(HOME, ChannelId("1"))
STOP = 1_700_000_000
HOUR = 3600


def found(tmp_path: Path, follow: FollowOn, now: float) -> Watch | None:
    one = Channel(ref=ONE, number=1, name="One", link="1.ts")
    with Catalogue(tmp_path / "lists.db") as lists, Guide(tmp_path / "guide.db") as guide:
        lists.replace(HOME, (one,), "r1")
        return after(follow, guide, lists, now)


def test_what_the_operator_told_of_that_day_follows(tmp_path: Path) -> None:
    told = Programme(channel="1", start=STOP, title="Then")
    watch = Watch(PastRef(ONE, STOP), item=told)
    assert found(tmp_path, FollowOn(ONE, STOP, told), STOP + HOUR) == watch


@pytest.mark.parametrize(
    ("follow", "now"),
    [
        pytest.param(FollowOn(ONE, STOP, None), STOP + HOUR, id="nobody knows"),
        pytest.param(
            FollowOn(ONE, STOP, Programme(channel="1", start=STOP + HOUR)), STOP + 9 * HOUR, id="much later"
        ),
        pytest.param(FollowOn(ONE, STOP, Programme(channel="1", start=STOP)), STOP, id="not yet begun"),
        pytest.param(
            FollowOn(ChannelRef(HOME, ChannelId("2")), STOP, Programme(channel="2", start=STOP)),
            STOP + HOUR,
            id="a channel that is gone",
        ),
    ],
)
def test_what_does_not(tmp_path: Path, follow: FollowOn, now: float) -> None:
    assert found(tmp_path, follow, now) is None
