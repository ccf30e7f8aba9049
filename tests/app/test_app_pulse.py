"""The proof of life: as often as it is wanted, and only when everything has been gone through."""

from types import SimpleNamespace

import pytest

from stb.app.pulse import Pulse
from stb.messages import Beat


class Rig:
    """A pulse with a clock in the test's hand."""

    def __init__(self, feed_seconds: float | None) -> None:
        self.now = 100.0
        self.posted: list[Beat] = []
        self.told: list[str] = []
        manager = SimpleNamespace(feed_seconds=feed_seconds, alive=lambda: self.told.append("alive"))
        self.pulse = Pulse(manager, self.posted.append, lambda: self.now)

    def answers(self) -> None:
        self.told.append("display")


@pytest.fixture
def rig():
    return Rig(15.0)


def test_a_beat_is_due_once_in_an_interval(rig):
    assert rig.pulse.next_in() == 15.0
    rig.pulse.tick()
    assert rig.posted == []
    rig.now += 15
    assert rig.pulse.next_in() == 0
    rig.pulse.tick()
    rig.pulse.tick()
    assert rig.posted == [Beat()]
    assert rig.pulse.next_in() == 15.0


def test_the_manager_is_told_after_the_display_has_answered(rig):
    rig.pulse.feel()
    rig.pulse.pass_on(rig.answers)
    rig.pulse.pass_on(rig.answers)
    assert rig.told == ["display", "alive"]


def test_a_beat_that_stays_in_the_inbox_is_no_sign_of_life(rig):
    rig.now += 15
    rig.pulse.tick()
    rig.pulse.pass_on(rig.answers)
    assert rig.told == []


def test_where_nobody_waits_nothing_beats():
    rig = Rig(None)
    rig.now += 3600
    rig.pulse.tick()
    assert (rig.pulse.next_in(), rig.posted) == (None, [])
