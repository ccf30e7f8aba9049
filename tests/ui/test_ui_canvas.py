import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from stb.ui import DARK, Align, Colour, Crawl, Plate, QrCode, Region, Scene, Style, Text
from stb.ui.canvas import Canvas
from stb.ui.sdl import pygame

SIZE = (480, 270)
"""A small screen, 1920 units wide, so that many scenes are drawn quickly."""

regions = st.builds(
    Region, st.integers(-100, 1900), st.integers(-100, 1000), st.integers(0, 900), st.integers(0, 400)
)
plates = st.builds(
    Plate,
    regions,
    st.sampled_from(Colour),
    st.integers(0, 60),
    st.none() | st.sampled_from(Colour),
    st.integers(1, 9),
)
texts = st.builds(
    Text,
    regions,
    st.sampled_from(["World News", "الخبر HD", "20:47", "Storm Watch: the Atlantic", "", "新闻"]),
    st.sampled_from(Style),
    st.sampled_from(Colour),
    st.sampled_from(Align),
    st.integers(1, 3),
)
crawls = st.builds(
    Crawl,
    regions,
    st.sampled_from(["Maintenance on Thursday", "صيانة مساء الخميس"]),
    st.sampled_from(Style),
    st.sampled_from(Colour),
    st.integers(0, 900),
)
codes = st.builds(QrCode, regions, st.just("https://tv.example.net"))
items = plates | texts | crawls | codes
scenes = st.builds(Scene, st.lists(items, max_size=8).map(tuple), st.none() | regions)
pool = st.lists(items, min_size=1, max_size=6).flatmap(
    lambda some: st.lists(
        st.builds(Scene, st.lists(st.sampled_from(some), max_size=8).map(tuple), st.none() | regions),
        min_size=2,
        max_size=4,
    )
)
"""Scenes that share items, as those of one screen do."""


def surface_of(size=SIZE):
    """A picture in memory; drawing needs no display."""
    return pygame.Surface(size, 0, 32)


def painted(scene, size=SIZE, *, mirrored=False):
    """A scene, drawn from scratch."""
    surface = surface_of(size)
    Canvas(surface, DARK).paint(scene, mirrored=mirrored)
    return surface


def pixels(surface):
    return pygame.image.tobytes(surface, "RGB")


@settings(deadline=None, max_examples=60)
@given(pool, st.booleans())
def test_drawing_differences_is_as_drawing_from_scratch(some, mirrored):
    surface = surface_of()
    canvas = Canvas(surface, DARK)
    for scene in some:
        canvas.paint(scene, mirrored=mirrored)
        assert pixels(surface) == pixels(painted(scene, mirrored=mirrored))


@settings(deadline=None, max_examples=60)
@given(scenes, scenes)
def test_the_regions_told_hold_every_changed_pixel(before, after):
    surface = surface_of()
    canvas = Canvas(surface, DARK)
    canvas.paint(before)
    old = surface.copy()
    for region in canvas.paint(after):
        old.blit(surface, region[:2], region)
    assert pixels(old) == pixels(surface)


def test_the_first_scene_is_drawn_whole():
    canvas = Canvas(surface_of((1280, 720)), DARK)
    assert canvas.paint(Scene()) == (Region(0, 0, 1280, 720),)
    assert canvas.paint(Scene()) == ()
    canvas.forget()
    assert canvas.paint(Scene()) == (Region(0, 0, 1280, 720),)


def test_another_direction_is_drawn_whole():
    canvas = Canvas(surface_of((1280, 720)), DARK)
    canvas.paint(Scene())
    assert canvas.paint(Scene(), mirrored=True) == (Region(0, 0, 1280, 720),)


def test_a_focus_that_moves_a_row_draws_two_rows():
    rows = tuple(Text(Region(96, 158 + 96 * row, 400, 96), f"Channel {row}", Style.BODY) for row in range(8))
    focus = [Plate(Region(80, 158 + 96 * row, 600, 96), Colour.FOCUS, 14) for row in range(8)]
    canvas = Canvas(surface_of((1920, 1080)), DARK)
    canvas.paint(Scene((focus[2], *rows)))
    assert canvas.paint(Scene((focus[3], *rows))) == (Region(80, 158 + 96 * 2, 600, 192),)


def test_a_clock_that_goes_on_draws_the_clock():
    def at(time):
        return Scene(
            (
                Plate(Region(0, 0, 1920, 1080), Colour.PLATE),
                Text(Region(1600, 54, 224, 66), time, Style.CLOCK, align=Align.END),
            )
        )

    canvas = Canvas(surface_of((1920, 1080)), DARK)
    canvas.paint(at("20:47"))
    (changed,) = canvas.paint(at("20:48"))
    assert Region(1600, 54, 230, 66).contains(changed)


@pytest.mark.parametrize("size", [(1280, 720), (1920, 1080), (1366, 768), (720, 576)])
def test_a_mirrored_plate_stands_as_far_from_the_other_side(size):
    scene = Scene((Plate(Region(96, 54, 300, 200), Colour.ACCENT, 20),))
    turned = pygame.transform.flip(painted(scene, size, mirrored=True), flip_x=True, flip_y=False)
    accent = pygame.mask.from_threshold(
        turned, DARK.colours[Colour.ACCENT], (1, 1, 1, 255)
    ).get_bounding_rects()
    plain = pygame.mask.from_threshold(
        painted(scene, size), DARK.colours[Colour.ACCENT], (1, 1, 1, 255)
    ).get_bounding_rects()
    assert abs(accent[0].x - plain[0].x) <= 1
    assert accent[0].y == plain[0].y


def test_round_corners_are_soft_and_outside_them_is_the_ground():
    surface = painted(Scene((Plate(Region(100, 100, 300, 200), Colour.INK, 40),)), (1920, 1080))
    corner = [surface.get_at((x, y))[:3] for x in range(100, 140) for y in range(100, 140)]
    assert corner[0] == DARK.colours[Colour.GROUND]
    assert surface.get_at((140, 100))[:3] == DARK.colours[Colour.INK]
    between = [pixel for pixel in corner if DARK.colours[Colour.GROUND] < pixel < DARK.colours[Colour.INK]]
    assert len(between) > 30


@pytest.mark.parametrize("side", range(1, 40))
def test_every_size_of_plate_is_filled_and_the_same_from_all_sides(side):
    surface = painted(Scene((Plate(Region(10, 10, side, 20), Colour.INK, 12),)), (1920, 1080))
    drawn = surface.subsurface((10, 10, side, 20))
    for turned in (
        pygame.transform.flip(drawn, flip_x=True, flip_y=False),
        pygame.transform.flip(drawn, flip_x=False, flip_y=True),
    ):
        assert pixels(turned) == pixels(drawn)
    assert drawn.get_at((side // 2, 10))[:3] == DARK.colours[Colour.INK]


def test_an_outline_lies_inside_the_edge():
    surface = painted(
        Scene((Plate(Region(100, 100, 200, 100), Colour.RAISED, 16, Colour.FOCUS, 5),)), (1920, 1080)
    )
    line = [surface.get_at((x, 150))[:3] for x in range(98, 108)]
    focus, raised, ground = (DARK.colours[name] for name in (Colour.FOCUS, Colour.RAISED, Colour.GROUND))
    assert line == [ground] * 2 + [focus] * 5 + [raised] * 3


def test_behind_the_picture_it_is_black():
    surface = painted(Scene((), Region(1000, 100, 480, 270)), (1920, 1080))
    assert surface.get_at((1000, 100))[:3] == (0, 0, 0)
    assert surface.get_at((999, 100))[:3] == DARK.colours[Colour.GROUND]


@pytest.mark.parametrize("height", [720, 1080])
def test_a_code_has_square_modules_and_a_quiet_margin(height):
    text = "https://tv.example.net/?device=195C68F32A17B98"
    region = Region(100, 100, 300, 300)
    surface = painted(Scene((QrCode(region, text),)), (height * 16 // 9, height))
    code = surface.subsurface(region.scaled(height))
    matrix = segno.make_qr(text, error="m").matrix
    module = code.get_width() // (len(matrix) + 8)
    start = (code.get_width() - module * len(matrix)) // 2
    assert start >= 4 * module
    read = [
        [code.get_at((start + x * module + module // 2, start + y * module + module // 2))[:3] == (0, 0, 0)
         for x in range(len(matrix))]
        for y in range(len(matrix))
    ]  # fmt: skip
    assert read == [[bool(cell) for cell in row] for row in matrix]


def test_a_plate_of_no_size_and_a_code_too_small_draw_nothing_and_do_not_fail():
    scene = Scene((Plate(Region(5, 5, 0, 9), Colour.INK, 4), QrCode(Region(5, 5, 8, 8), "x")))
    assert painted(scene).get_size() == SIZE
