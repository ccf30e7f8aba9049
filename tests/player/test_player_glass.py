"""Whether there is a picture in an X window."""

import select
import threading

import pytest

from stb.player.glass import Glass


@pytest.fixture
def glass(television):
    glass = Glass(television.target)
    yield glass
    glass._display.close()


def await_picture(glass):
    while not glass.shows_picture():
        told, _, _ = select.select([glass.fileno()], [], [], 60)
        assert told


@pytest.mark.usefixtures("glass")
def test_the_window_starts_black(television):
    assert television.colour() == (0, 0, 0)


def test_black_is_no_picture(glass, television):
    glass.watch()

    television.paint(0x000000)

    assert not glass.shows_picture()


def test_a_colour_is_a_picture(glass, television):
    glass.watch()

    television.paint(0x000040)

    await_picture(glass)


def test_what_was_drawn_before_watching_does_not_matter(glass, television):
    television.paint(0xFF0000)
    television.paint(0x000000)

    glass.watch()

    assert not glass.shows_picture()


def test_what_shows_through_a_hole_is_no_picture(glass, television):
    glass.watch()

    television.cut_middle()
    television.paint_behind(0xFF0000)
    television.paint(0x000000)

    assert television.colour() == (255, 0, 0)
    assert not glass.shows_picture()


def test_a_picture_between_black_ones_is_not_missed(glass, television):
    def flicker():
        for _ in range(5):
            television.paint(0x000000)
        television.paint(0x00FF00)

    for _ in range(50):
        glass.watch()
        painter = threading.Thread(target=flicker)
        painter.start()
        await_picture(glass)
        painter.join()
        glass.rest()
