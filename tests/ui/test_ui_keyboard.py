import pytest

from stb.model import Key
from stb.ui.keyboard import KEYS
from stb.ui.sdl import pygame


def test_a_keyboard_has_every_key_of_the_remote():
    assert set(KEYS.values()) == set(Key)


@pytest.mark.parametrize(
    ("pressed", "meant"),
    [
        (pygame.K_RETURN, Key.OK),
        (pygame.K_ESCAPE, Key.BACK),
        (pygame.K_PAGEUP, Key.CHANNELUP),
        (pygame.K_KP7, Key.NUMERIC_7),
        (pygame.K_7, Key.NUMERIC_7),
        (pygame.K_TAB, Key.LAST),
        (pygame.K_EQUALS, Key.VOLUMEUP),
    ],
    ids=["enter", "escape", "page up", "keypad digit", "digit", "tab", "plus without shift"],
)
def test_what_a_key_means(pressed, meant):
    assert KEYS[pressed] is meant
