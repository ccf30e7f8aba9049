import io
import time
from pathlib import Path

import pytest
from PIL import Image
from Xlib import X
from Xlib.display import Display

from stb.errors import DisplayError
from stb.ui import DARK, Colour, Plate, Region, Scene, Size, Style, Text
from stb.ui.sdl import pygame
from stb.ui.window import Window

PATIENCE = 60
"""Seconds after which something that should have happened did not."""
SCREEN = Region(0, 0, 1920, 1080)
BANNER = Plate(Region(96, 790, 1728, 236), Colour.GROUND, 24)
CHIP = Plate(Region(132, 948, 94, 34), Colour.ACCENT, 8)
NAME = Text(Region(632, 812, 900, 64), "City TV Live", Style.NAME)
MENU = Scene((Plate(SCREEN, Colour.RAISED), NAME))
WATCHING = Scene((), SCREEN)
WITH_BANNER = Scene((BANNER, CHIP, NAME), SCREEN)
PICTURE = {(200, 0, 0), (0, 0, 200)}


def colour(name):
    return tuple(DARK.colours[name])


def seen(window):
    """What the television shows."""
    return Image.open(io.BytesIO(window.screenshot())).convert("RGB")


def at(window, x, y):
    """The pixel of a 720p window at a place in units."""
    return seen(window).getpixel((x * 720 // 1080, y * 720 // 1080))


def until(condition):
    """Wait for what comes from outside."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it did not happen"


def test_a_scene_is_seen(window):
    window.show(MENU)
    assert at(window, 30, 30) == colour(Colour.RAISED)
    assert colour(Colour.INK) in {pixel for _, pixel in seen(window).getcolors(2**20)}


@pytest.mark.parametrize(
    "size", [Size(1280, 720), Size(1920, 1080), None], ids=["720p", "1080p", "full screen"]
)
def test_a_screenshot_is_the_canvas_pixel_by_pixel(open_window, size):
    with open_window(size) as window:
        window.show(MENU, mirrored=True)
        drawn = pygame.display.get_surface()
        picture = seen(window)
        assert picture.size == drawn.get_size() == (size or (1920, 1080))
        assert picture.tobytes() == pygame.image.tobytes(drawn, "RGB")
        assert window.width == 1920


def test_the_pointer_is_hidden_on_the_whole_display(open_window):
    with open_window(None):
        assert not pygame.mouse.get_visible()
    with open_window():
        assert pygame.mouse.get_visible()


def test_sound_is_left_alone(window):
    window.show(MENU)
    assert pygame.mixer.get_init() is None


def test_picture_and_banner_are_seen_together(window, play):
    window.show(WATCHING)
    play(window.video)
    window.show(WITH_BANNER)
    shot = seen(window)
    inside = shot.crop((64 + 20, 527 + 20, 64 + 1152 - 20, 527 + 157 - 20))
    assert {colour(Colour.GROUND), colour(Colour.ACCENT), colour(Colour.INK)} <= {
        pixel for _, pixel in inside.getcolors(2**20)
    }
    assert not PICTURE & {pixel for _, pixel in inside.getcolors(2**20)}
    assert {shot.getpixel(point) for point in ((5, 5), (640, 300), (30, 600), (1270, 715))} <= PICTURE


def test_the_picture_moves_beside_a_banner_that_does_not(window, play):
    window.show(WITH_BANNER)
    play(window.video)
    colours, banners = set(), set()

    def both_seen():
        shot = seen(window)
        colours.add(shot.getpixel((640, 300)))
        banners.add(shot.crop((90, 550, 1190, 660)).tobytes())
        return colours >= PICTURE

    until(both_seen)
    assert len(banners) == 1


def test_the_edge_of_a_banner_is_either_picture_or_plate(window, play):
    """One-bit corners: nothing of what was there before shines through."""
    window.show(MENU)
    window.show(WATCHING)
    play(window.video)
    window.show(WITH_BANNER)
    edge = seen(window).crop((60, 523, 84, 547)).getcolors(2**10)
    assert {pixel for _, pixel in edge} <= PICTURE | {colour(Colour.GROUND)}
    assert len(edge) >= 2


def test_a_banner_that_goes_leaves_nothing(window, play):
    window.show(WITH_BANNER)
    play(window.video)
    window.show(WATCHING)
    until(lambda: {pixel for _, pixel in seen(window).getcolors(2**20)} <= PICTURE)


def test_a_banner_that_changes_is_drawn_where_it_stands(window, play):
    window.show(WITH_BANNER)
    play(window.video)
    gold = Plate(CHIP.region, Colour.GOLD, 8)
    window.show(Scene((BANNER, gold, NAME), SCREEN))
    assert at(window, 170, 960) == colour(Colour.GOLD)


def test_the_menu_covers_the_picture(window, play):
    window.show(WATCHING)
    play(window.video)
    window.show(MENU)
    assert not PICTURE & {pixel for _, pixel in seen(window).getcolors(2**20)}


def test_a_small_picture_stands_in_the_menu_and_on_the_other_side_when_mirrored(window, play):
    preview = Scene((Plate(Region(0, 0, 800, 1080), Colour.RAISED),), Region(1320, 108, 480, 270))
    window.show(preview)
    play(window.video)
    assert at(window, 1500, 240) in PICTURE
    assert at(window, 1200, 240) == colour(Colour.GROUND)
    window.show(preview, mirrored=True)
    until(lambda: at(window, 300, 240) in PICTURE)
    assert at(window, 1500, 240) == colour(Colour.RAISED)


def test_without_a_player_the_picture_is_black(window):
    window.show(MENU)
    window.show(WITH_BANNER)
    assert at(window, 960, 300) == (0, 0, 0)
    assert at(window, 110, 900) == colour(Colour.GROUND)


def test_a_player_that_dies_does_not_harm_the_window(window, play):
    window.show(WITH_BANNER)
    player = play(window.video)
    player.kill()
    player.wait()
    until(lambda: at(window, 960, 300) == (0, 0, 0))
    assert at(window, 110, 900) == colour(Colour.GROUND)
    play(window.video)
    assert at(window, 960, 300) in PICTURE
    window.show(MENU)
    assert at(window, 960, 300) == colour(Colour.RAISED)


def test_what_stood_above_the_window_leaves_nothing(window, display, settle):
    window.show(MENU)
    settle(window)
    stranger = Display(display)
    above = stranger.screen().root.create_window(
        0, 0, 900, 900, 0, X.CopyFromParent, background_pixel=0x123456
    )
    above.map()
    above.destroy()
    stranger.sync()
    assert at(window, 30, 30) == (0x12, 0x34, 0x56)
    until(lambda: not window.poll() and at(window, 30, 30) == colour(Colour.RAISED))
    stranger.close()


def test_without_a_display_there_is_an_error_with_advice(monkeypatch):
    monkeypatch.setenv("DISPLAY", ":32123")
    with pytest.raises(DisplayError, match=":32123") as raised:
        Window(Size(640, 360), "television")
    assert raised.value.advice == "error.display"


def test_a_window_can_be_closed_twice_and_opened_again(open_window):
    for _ in range(2):
        with open_window() as window:
            window.show(MENU)
            window.close()


def test_closing_gives_back_every_descriptor(open_window):
    with open_window() as window:
        window.show(MENU)
    before = len(list(Path("/proc/self/fd").iterdir()))
    with open_window() as window:
        window.show(WITH_BANNER)
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_an_error_of_x_is_a_line_in_the_log_not_the_end(window, caplog):
    window.show(WATCHING)
    window._video._window.destroy()
    window.show(WITH_BANNER)
    window.show(MENU)
    assert at(window, 30, 30) == colour(Colour.RAISED)
    assert "BadWindow" in caplog.text
