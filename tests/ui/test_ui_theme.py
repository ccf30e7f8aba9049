import subprocess
import sys

import pytest

import stb.ui
from stb.ui import DARK, Colour, Style
from stb.ui.theme import Rgb


def luminance(colour):
    """Relative luminance (WCAG 2.2)."""
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(DARK.colours[one]), luminance(DARK.colours[other])), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_every_name_means_something():
    assert set(DARK.colours) == set(Colour)
    assert set(DARK.faces) == set(Style)


def test_a_colour_is_read_from_its_hexadecimal_form():
    assert Rgb.parse("#37C8AE") == (0x37, 0xC8, 0xAE)


@pytest.mark.parametrize("ground", [Colour.GROUND, Colour.PLATE, Colour.RAISED])
def test_words_are_readable_on_every_ground(ground):
    assert contrast(Colour.INK, ground) >= 7
    assert contrast(Colour.SOFT, ground) >= 4.5


def test_the_focused_thing_is_dark_on_light():
    assert contrast(Colour.ON_FOCUS, Colour.FOCUS) >= 7


def test_the_smallest_type_is_readable_from_the_sofa():
    assert min(face.size for face in DARK.faces.values()) >= 26


def test_the_face_of_the_room_is_whole_and_in_order():
    assert stb.ui.__all__ == sorted(stb.ui.__all__, key=lambda name: (not name.isupper(), name))
    assert all(hasattr(stb.ui, name) for name in stb.ui.__all__)


def test_a_screen_is_made_without_loading_what_draws_it():
    script = (
        "import sys, stb.ui; print([name for name in ('pygame', 'Xlib', 'segno') if name in sys.modules])"
    )
    result = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout == "[]\n"
