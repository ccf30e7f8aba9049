"""What guides say of beginnings and ends, put right."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.catalogue.airtimes import DAY, UNSAID, put_right
from stb.model import Programme

NOON = 1_800_000_000
HOUR = 3600


def on(start, stop=None, title="x"):
    """In hours from noon."""
    end = None if stop is None else NOON + int(stop * HOUR)
    return Programme(channel="c", start=NOON + int(start * HOUR), stop=end, title=title)


@pytest.mark.parametrize(
    ("said", "right"),
    [
        pytest.param([on(0, 1), on(1, 2)], [on(0, 1), on(1, 2)], id="as it should be"),
        pytest.param([on(1, 2), on(0, 1)], [on(0, 1), on(1, 2)], id="in another order"),
        pytest.param([on(0), on(1, 2)], [on(0, 1), on(1, 2)], id="no end: until the next one"),
        pytest.param([on(0)], [on(0, 6)], id="no end, and nothing after it"),
        pytest.param([on(0), on(9, 10)], [on(0, 6), on(9, 10)], id="no end, and the next one is far away"),
        pytest.param([on(0, 1.5), on(1, 2)], [on(0, 1), on(1, 2)], id="they overlap"),
        pytest.param([on(0, 4), on(1, 2)], [on(0, 1), on(1, 2)], id="one within the other"),
        pytest.param([on(0, 1), on(2, 3)], [on(0, 1), on(2, 3)], id="a gap stays"),
        pytest.param([on(0, 0), on(1, 2)], [on(0, 1), on(1, 2)], id="as long as nothing"),
        pytest.param([on(0, -1), on(1, 2)], [on(0, 1), on(1, 2)], id="over before it begins"),
        pytest.param([on(0, 90)], [on(0, 24)], id="days long"),
        pytest.param([on(0, 1, "one"), on(0, 2, "two")], [on(0, 2, "two")], id="two at once: the later word"),
        pytest.param([], [], id="nothing"),
    ],
)
def test_put_right(said, right):
    assert put_right(said) == tuple(right)


MOMENTS = st.integers(NOON - 3 * DAY, NOON + 3 * DAY)
PROGRAMMES = st.lists(
    st.builds(Programme, channel=st.just("c"), start=MOMENTS, stop=st.none() | MOMENTS, title=st.text())
)


@given(PROGRAMMES)
def test_any_programmes_in_any_order(said):
    right = put_right(said)
    assert [one.start for one in right] == sorted({one.start for one in said})
    assert all(one.start < one.stop <= one.start + DAY for one in right)
    assert all(one.stop <= following.start for one, following in pairwise(right))
    told = {one.start: one for one in said}
    for one in right:
        stop = told[one.start].stop
        assert one.stop <= (stop if stop is not None and stop > one.start else one.start + UNSAID)


@given(PROGRAMMES)
def test_what_is_right_stays(said):
    right = put_right(said)
    assert put_right(right) == right
