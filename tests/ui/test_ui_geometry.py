from hypothesis import given
from hypothesis import strategies as st

from stb.ui import Region

edges = st.integers(-200, 2200)
sides = st.integers(0, 2000)
regions = st.builds(Region, edges, edges, sides, sides)


@given(regions, st.integers(1, 4000))
def test_turned_round_twice_is_as_before(region, width):
    assert region.mirrored(width).mirrored(width) == region


@given(regions, st.sampled_from([480, 720, 768, 1080, 2160]))
def test_neighbours_stay_neighbours_in_pixels(region, height):
    neighbour = Region(region.right, region.y, 50, region.height)
    assert region.scaled(height).right == neighbour.scaled(height).x


@given(regions, regions)
def test_what_two_regions_share_lies_in_both(one, other):
    shared = one.intersection(other)
    if one.overlaps(other):
        assert one.contains(shared)
        assert other.contains(shared)
    else:
        assert not shared.width or not shared.height


@given(regions, regions)
def test_the_union_holds_both(one, other):
    assert one.union(other).contains(one)
    assert one.union(other).contains(other)
