"""Pictures on the canvas, and lines that run: where they stand, in both directions."""

from dataclasses import replace

import pytest

from stb.ui import DARK, Colour, Crawl, Image, Plate, Region, Scene, Size, Style
from stb.ui.canvas import Canvas
from stb.ui.gallery import LARGEST, Gallery
from stb.ui.raster import Raster
from stb.ui.sdl import pygame

ADDRESS = "http://tv.example/logo.png"
GROUND = tuple(DARK.colours[Colour.GROUND])
LEFT, RIGHT = (255, 0, 0), (0, 0, 255)
SIZE = (1920, 1080)


def two_halves(width=40, height=20):
    """Red on its left, blue on its right."""
    row = b"\0\0\xff\xff" * (width // 2) + b"\xff\0\0\xff" * (width // 2)
    return Raster(Size(width, height), row * height)


def painted(scene, gallery=None, *, mirrored=False):
    surface = pygame.Surface(SIZE, 0, 32)
    Canvas(surface, DARK, gallery).paint(scene, mirrored=mirrored)
    return surface


@pytest.fixture
def gallery():
    gallery = Gallery(SIZE[1])
    gallery.put(ADDRESS, two_halves())
    return gallery


def colour_at(surface, x, y):
    return tuple(surface.get_at((x, y)))[:3]


@pytest.mark.parametrize(("mirrored", "x"), [(False, 100), (True, 1720)], ids=["left to right", "mirrored"])
def test_a_picture_stands_in_the_middle_of_its_region_and_is_never_turned(gallery, mirrored, x):
    scene = Scene((Image(Region(100, 200, 100, 100), ADDRESS, Colour.RAISED),))
    surface = painted(scene, gallery, mirrored=mirrored)
    assert colour_at(surface, x + 10, 250) == LEFT
    assert colour_at(surface, x + 90, 250) == RIGHT
    for beyond in (220, 280):  # twice as wide as high: a quarter is free above and below
        assert colour_at(surface, x + 50, beyond) == tuple(DARK.colours[Colour.RAISED])


def test_a_picture_that_was_forgotten_leaves_its_plate_empty(gallery):
    lost = Image(Region(100, 200, 100, 100), "http://tv.example/other.png", Colour.RAISED)
    surface = painted(Scene((lost,)), gallery)
    assert colour_at(surface, 110, 250) == tuple(DARK.colours[Colour.RAISED])


def test_a_dark_picture_lies_on_a_light_plate(gallery):
    gallery.put("dark", replace(two_halves(), dark=True))
    surface = painted(Scene((Image(Region(100, 200, 100, 100), "dark", Colour.RAISED),)), gallery)
    assert colour_at(surface, 150, 220) == tuple(DARK.colours[Colour.PAPER])


def test_the_gallery_forgets_what_was_not_shown_for_the_longest():
    gallery = Gallery(SIZE[1], limit=2 * two_halves().weight)
    for address in ("a", "b"):
        gallery.put(address, two_halves())
    assert "a" in gallery
    gallery.put("c", two_halves())
    assert [address in gallery for address in "abc"] == [True, False, True]


@pytest.mark.parametrize(("height", "room"), [(1080, LARGEST), (720, (116, 71)), (2160, (348, 212))])
def test_pictures_are_kept_in_the_size_of_the_screen(height, room):
    assert Gallery(height).room == room


def test_a_picture_that_comes_is_drawn_where_only_its_plate_was(gallery):
    surface = pygame.Surface(SIZE, 0, 32)
    canvas = Canvas(surface, DARK, gallery)
    plate = Plate(Region(100, 200, 100, 100), Colour.RAISED)
    canvas.paint(Scene((plate,)))
    (changed,) = canvas.paint(Scene((Image(plate.region, ADDRESS, Colour.RAISED),)))
    assert changed == plate.region
    assert colour_at(surface, 110, 250) == LEFT


WINDOW = Region(400, 300, 300, 64)


def columns(text, shift=0, *, mirrored=False):
    """First and last column of the screen on which something of a running line is seen."""
    surface = painted(Scene((Crawl(WINDOW, text, Style.BODY, Colour.INK, shift),)), mirrored=mirrored)
    grey = pygame.mask.from_threshold(surface, GROUND, (8, 8, 8, 255))
    grey.invert()
    (box,) = [grey.get_bounding_rects()[0].unionall(grey.get_bounding_rects())]
    return box.left, box.right


ENGLISH, ARABIC = "Maintenance on Thursday night, " * 9, "صيانة مساء الخميس من الساعة " * 9


@pytest.mark.parametrize("mirrored", [False, True], ids=["left to right", "mirrored"])
@pytest.mark.parametrize("text", [ENGLISH, ARABIC], ids=["English", "Arabic"])
def test_a_line_is_never_seen_beyond_its_window(text, mirrored):
    window = WINDOW.mirrored(1920) if mirrored else WINDOW
    for shift in (0, 35, 500):
        left, right = columns(text, shift, mirrored=mirrored)
        assert window.x <= left < right <= window.right


@pytest.mark.parametrize("mirrored", [False, True], ids=["left to right", "mirrored"])
def test_a_short_line_begins_where_its_script_begins(mirrored):
    window = WINDOW.mirrored(1920) if mirrored else WINDOW
    assert columns("News", mirrored=mirrored)[0] == pytest.approx(window.x, abs=6)
    assert columns("خبر", mirrored=mirrored)[1] == pytest.approx(window.right, abs=6)


def test_a_line_runs_toward_where_it_began():
    assert columns("News")[1] - columns("News", 20)[1] == 20
    assert columns("خبر", 20)[0] - columns("خبر")[0] == 20
