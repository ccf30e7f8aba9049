from itertools import combinations

from hypothesis import assume, given
from hypothesis import strategies as st

from stb.ui import Colour, Plate, Region, Scene, Text
from stb.ui.cutout import Cutout, Hole
from stb.ui.scene import Style
from stb.ui.sdl import pygame
from stb.ui.shapes import plate
from stb.ui.theme import Rgb

VIDEO = Region(0, 0, 1920, 1080)
BANNER = Plate(Region(96, 790, 1728, 236), Colour.GROUND, 24)
RED = Rgb(255, 0, 0)

videos = st.builds(Region, st.integers(0, 20), st.integers(0, 20), st.integers(1, 40), st.integers(1, 40))
holes = st.builds(
    Hole,
    st.builds(Region, st.integers(0, 40), st.integers(0, 40), st.integers(1, 40), st.integers(1, 40)),
    st.integers(0, 20),
)


def points(regions):
    return {(x, y) for part in regions for x in range(part.x, part.right) for y in range(part.y, part.bottom)}


@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 30))
def test_a_hole_lies_where_its_plate_is_opaque(width, height, radius):
    hole = Hole(Region(0, 0, width, height), radius)
    surface = pygame.Surface((width, height), 0, 32)
    plate(surface, hole.region, radius, RED)
    assert all(surface.get_at(point)[:3] == RED for point in points(hole.rows))


@given(st.integers(10, 60), st.integers(10, 60), st.integers(0, 30))
def test_a_hole_is_hardly_smaller_than_its_plate(width, height, radius):
    hole = Hole(Region(0, 0, width, height), radius)
    surface = pygame.Surface((width, height), 0, 32)
    plate(surface, hole.region, radius, RED)
    opaque = {(x, y) for x in range(width) for y in range(height) if surface.get_at((x, y))[:3] == RED}
    inner = {(x, y) for x, y in opaque if {(x - 2, y), (x + 2, y), (x, y - 2), (x, y + 2)} <= opaque}
    assert inner <= points(hole.rows)


@given(videos, st.lists(holes, max_size=4))
def test_the_picture_is_seen_exactly_where_no_hole_is(video, over):
    visible = Cutout(video, tuple(over)).visible
    cut = points(row for hole in over for row in hole.rows)
    assert points(visible) == points([video]) - cut
    assert not any(one.overlaps(other) for one, other in combinations(visible, 2))


@given(videos, st.lists(holes, max_size=4))
def test_regions_come_from_the_top_down(video, over):
    """As X wants them (YXBanded): bands of the same rows, each from left to right."""
    visible = Cutout(video, tuple(over)).visible
    assert list(visible) == sorted(visible, key=lambda part: (part.y, part.x))
    rows = {(part.y, part.bottom) for part in visible}
    assert all(one[1] <= other[0] for one, other in zip(sorted(rows), sorted(rows)[1:], strict=False))


def test_plates_over_the_picture_become_holes():
    chip = Plate(Region(132, 948, 94, 34), Colour.RAISED, 8)
    beside = Plate(Region(0, 0, 50, 50), Colour.RAISED)
    words = Text(Region(300, 300, 50, 50), "News", Style.BODY)
    scene = Scene((beside, BANNER, chip, words), Region(50, 50, 1870, 1030))
    assert Cutout.of(scene, 1080) == Cutout(Region(50, 50, 1870, 1030), (Hole(BANNER.region, 24),))


def test_a_scene_without_a_picture_asks_for_none():
    assert Cutout.of(Scene((BANNER,)), 1080) is None


def test_holes_are_in_pixels_of_the_display():
    cutout = Cutout.of(Scene((BANNER,), VIDEO), 720)
    assert cutout == Cutout(Region(0, 0, 1280, 720), (Hole(BANNER.region.scaled(720), 16),))


@given(st.lists(holes, max_size=5), st.integers(0, 4))
def test_a_plate_within_a_plate_cuts_nothing_of_its_own(over, index):
    assume(index < len(over))
    outer = over[index]
    hidden = [hole for hole in over if outer.hides(hole)]
    cut = points(outer.rows)
    assert all(points(hole.rows) <= cut for hole in hidden)


def test_new_holes_are_what_comes_to_light():
    bare, banner = Cutout(VIDEO), Cutout(VIDEO, (Hole(BANNER.region, 24),))
    assert banner.uncovered_after(bare) == (BANNER.region,)
    assert banner.uncovered_after(banner) == ()
    assert bare.uncovered_after(banner) == ()
    assert banner.uncovered_after(None) == ()


def test_a_picture_that_moves_uncovers_its_old_place():
    small = Cutout(Region(1400, 100, 480, 270))
    assert small.uncovered_after(Cutout(VIDEO)) == (VIDEO,)
