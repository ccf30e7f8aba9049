"""A display that comes later, or changes its size, under a box that fills it."""

import select
from collections.abc import Iterator
from io import BytesIO

import pytest
from Xlib.display import Display
from Xlib.ext import randr

from stb.messages import WindowResized
from stb.ui.geometry import Region, Size
from stb.ui.scene import Colour, Plate, Scene
from stb.ui.sdl import pygame
from stb.ui.window import Window

LONG = 60.0


class Tv:
    """The one socket of the virtual display, with a hand at the plug."""

    def __init__(self, name: str) -> None:
        self._display = Display(name)
        self._root = self._display.screen().root
        resources = self._root.xrandr_get_screen_resources()
        self._crtc, self._output = resources.crtcs[0], resources.outputs[0]
        self._modes = {Size(mode.width, mode.height): mode.id for mode in resources.modes}
        geometry = self._root.get_geometry()
        self.first = Size(geometry.width, geometry.height)

    def switch_to(self, size: Size) -> None:
        self.darken()
        self._root.xrandr_set_screen_size(*size, 400, 300)
        at = self._root.xrandr_get_screen_resources().config_timestamp
        mode, output = self._mode(size), [self._output]
        self._display.xrandr_set_crtc_config(self._crtc, at, 0, 0, mode, randr.Rotate_0, output)
        self._display.sync()

    def darken(self) -> None:
        """As X leaves a socket whose display has come later."""
        at = self._root.xrandr_get_screen_resources().config_timestamp
        self._display.xrandr_set_crtc_config(self._crtc, at, 0, 0, 0, randr.Rotate_0, [])
        self._display.sync()

    @property
    def hertz(self) -> float:
        resources = self._root.xrandr_get_screen_resources()
        crtc = self._display.xrandr_get_crtc_info(self._crtc, resources.config_timestamp)
        mode = next(mode for mode in resources.modes if mode.id == crtc.mode)
        return mode.dot_clock / (mode.h_total * mode.v_total)

    def offer(self, size: Size, *rates: float) -> None:
        """Modes of one size, the favourite first."""
        for hertz in rates:
            width, height = size
            name = f"{width}x{height}@{hertz}"
            clock = round(hertz * width * height)
            timing = (0, width, height, clock, *[width] * 3, 0, *[height] * 3, len(name), 0)
            mode = self._root.xrandr_create_mode(timing, name).mode
            self._display.xrandr_add_output_mode(self._output, mode)
            self._modes.setdefault(size, int(mode))
        self._display.sync()

    @property
    def lit(self) -> bool:
        at = self._root.xrandr_get_screen_resources().config_timestamp
        return bool(self._display.xrandr_get_output_info(self._output, at).crtc)

    def _mode(self, size: Size) -> int:
        if size not in self._modes:
            width, height = size
            name = f"{width}x{height}"
            timing = (0, width, height, 60 * width * height, *[width] * 3, 0, *[height] * 3, len(name), 0)
            self._modes[size] = int(self._root.xrandr_create_mode(timing, name).mode)
            self._display.xrandr_add_output_mode(self._output, self._modes[size])
        return self._modes[size]

    def close(self) -> None:
        self.switch_to(self.first)
        self._display.close()


@pytest.fixture
def tv(display: str) -> Iterator[Tv]:
    tv = Tv(display)
    yield tv
    tv.close()


@pytest.fixture
def window(tv: Tv, display: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Window]:
    del tv  # only has to be there first and to go last
    monkeypatch.setenv("DISPLAY", display)
    window = Window(size=None, title="test")
    yield window
    window.close()


def await_resize(window: Window) -> None:
    """Turn as the main loop does until the window says that it has another size."""
    while WindowResized() not in window.poll():
        told, _, _ = select.select(window.filenos, [], [], 0 if window.pending else LONG)
        assert told or window.pending, "the window never followed"


@pytest.mark.parametrize(
    ("size", "width"), [(Size(1280, 720), 1920), (Size(1024, 768), 1440)], ids=["16:9", "4:3"]
)
def test_the_window_follows_the_display(window: Window, tv: Tv, size: Size, width: int) -> None:
    tv.switch_to(size)

    await_resize(window)

    assert pygame.display.get_surface().get_size() == size
    assert window.width == width


def test_everything_is_drawn_anew_at_the_new_size(window: Window, tv: Tv) -> None:
    scene = Scene((Plate(Region(0, 0, window.width, 1080), Colour.ACCENT),))
    window.show(scene)
    tv.switch_to(Size(1280, 720))
    await_resize(window)

    window.show(scene)

    picture = pygame.image.load(BytesIO(window.screenshot()), "tv.png")
    assert picture.get_size() == (1280, 720)
    assert picture.get_at((1279, 719))[:3] == (0x37, 0xC8, 0xAE)


def test_a_display_that_comes_later_gets_a_picture(window: Window, tv: Tv) -> None:
    tv.switch_to(Size(1280, 720))
    await_resize(window)

    tv.darken()
    await_resize(window)

    assert tv.lit
    assert pygame.display.get_surface().get_size() == tv.first


def test_a_display_that_was_there_before_the_box_gets_one_too(
    tv: Tv, display: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", display)
    tv.darken()

    window = Window(size=None, title="test")

    assert tv.lit
    window.close()


def test_a_window_leaves_displays_alone(tv: Tv, display: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", display)
    window = Window(size=Size(640, 360), title="test")

    tv.darken()

    assert WindowResized() not in window.poll()
    assert not tv.lit
    window.close()


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        pytest.param(50, 50.0, id="one it has"),
        pytest.param(60, 59.94, id="59.94 is 60"),
        pytest.param(72, 30.0, id="one it has not leaves its favourite"),
    ],
)
def test_a_display_gets_the_rate_that_is_wanted_and_its_favourite_again(
    window: Window, tv: Tv, wanted: int, given: float
) -> None:
    size = Size(960, 540 + wanted)  # no other test's: modes stay
    tv.offer(size, 30.0, 50.0, 59.94)
    tv.switch_to(size)
    await_resize(window)
    assert tv.hertz == pytest.approx(30.0, abs=0.01)

    window.set_rate(wanted)
    assert tv.hertz == pytest.approx(given, abs=0.01)

    window.set_rate(None)
    assert tv.hertz == pytest.approx(30.0, abs=0.01)


def test_a_display_that_comes_later_gets_the_rate_too(window: Window, tv: Tv) -> None:
    size = Size(960, 700)
    tv.offer(size, 30.0, 50.0)
    window.set_rate(50)
    tv.switch_to(size)
    await_resize(window)
    tv.darken()
    while not tv.lit:
        select.select(window.filenos, [], [], LONG)
        window.poll()
    assert window.width > 0
