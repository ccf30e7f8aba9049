from hypothesis import given
from hypothesis import strategies as st

from stb.ui import Region
from stb.ui.damage import damage, merged

WHOLE = Region(0, 0, 16, 16)
small = st.builds(Region, st.integers(0, 9), st.integers(0, 9), st.integers(0, 6), st.integers(0, 6))
pieces = st.tuples(small, st.sampled_from("abc"))
lists = st.lists(pieces, max_size=8)


def bounds(piece):
    return piece[0]


def drawn(scene, before=None, regions=(WHOLE,)):
    """A grid of letters, drawn from first to last within some regions."""
    grid = dict(before or {})
    for region in regions:
        for x in range(region.x, region.right):
            for y in range(region.y, region.bottom):
                grid[x, y] = next(
                    (letter for place, letter in reversed(scene) if place.contains(Region(x, y, 1, 1))), "."
                )
    return grid


@given(lists, lists)
def test_drawing_the_damage_again_is_as_drawing_everything(before, after):
    assert drawn(after, drawn(before), damage(before, after, bounds)) == drawn(after)


@given(lists, st.randoms(use_true_random=False))
def test_pieces_that_only_change_places_are_damage_too(before, random):
    after = before.copy()
    random.shuffle(after)
    assert drawn(after, drawn(before), damage(before, after, bounds)) == drawn(after)


@given(lists)
def test_the_same_again_costs_nothing(scene):
    assert damage(scene, list(scene), bounds) == ()


def test_one_changed_piece_damages_only_its_place():
    row = [(Region(x, 0, 2, 2), "a") for x in range(0, 12, 3)]
    changed = [*row[:2], (row[2][0], "b"), row[3]]
    assert damage(row, changed, bounds) == (row[2][0],)


@given(st.lists(small, max_size=12))
def test_merging_loses_nothing_and_grows_no_list(regions):
    result = merged(regions)
    whole = [region for region in regions if region.width and region.height]
    assert all(any(one.contains(region) for one in result) for region in whole)
    assert len(result) <= len(whole)


def test_far_regions_stay_apart():
    corners = (Region(0, 0, 2, 2), Region(90, 90, 2, 2))
    assert merged(corners) == corners


def test_neighbours_become_one():
    assert merged([Region(0, 0, 5, 2), Region(5, 0, 5, 2)]) == (Region(0, 0, 10, 2),)
