"""The window's keyboard as a remote."""

import time
from collections.abc import Mapping

from stb.messages import KeyPressed
from stb.model import REPEATING, Key
from stb.ui.sdl import pygame

KEYS: Mapping[int, Key] = {
    pygame.K_UP: Key.UP,
    pygame.K_DOWN: Key.DOWN,
    pygame.K_LEFT: Key.LEFT,
    pygame.K_RIGHT: Key.RIGHT,
    pygame.K_RETURN: Key.OK,
    pygame.K_KP_ENTER: Key.OK,
    pygame.K_ESCAPE: Key.BACK,
    pygame.K_BACKSPACE: Key.BACK,
    pygame.K_MENU: Key.MENU,
    pygame.K_F10: Key.MENU,
    pygame.K_HOME: Key.HOME,
    pygame.K_F9: Key.SETUP,
    pygame.K_g: Key.EPG,
    pygame.K_i: Key.INFO,
    pygame.K_l: Key.LAST,
    pygame.K_TAB: Key.LAST,
    pygame.K_PAGEUP: Key.CHANNELUP,
    pygame.K_PAGEDOWN: Key.CHANNELDOWN,
    pygame.K_PLUS: Key.VOLUMEUP,
    pygame.K_EQUALS: Key.VOLUMEUP,
    pygame.K_KP_PLUS: Key.VOLUMEUP,
    pygame.K_MINUS: Key.VOLUMEDOWN,
    pygame.K_KP_MINUS: Key.VOLUMEDOWN,
    pygame.K_m: Key.MUTE,
    pygame.K_a: Key.AUDIO,
    pygame.K_s: Key.SUBTITLE,
    pygame.K_z: Key.ZOOM,
    pygame.K_t: Key.TEXT,
    pygame.K_F1: Key.RED,
    pygame.K_F2: Key.GREEN,
    pygame.K_F3: Key.YELLOW,
    pygame.K_F4: Key.BLUE,
    pygame.K_F5: Key.PLAY,
    pygame.K_PAUSE: Key.PAUSE,
    pygame.K_SPACE: Key.PLAYPAUSE,
    pygame.K_F6: Key.STOP,
    pygame.K_F7: Key.REWIND,
    pygame.K_F8: Key.FASTFORWARD,
    pygame.K_r: Key.RECORD,
    pygame.K_f: Key.FAVORITES,
    pygame.K_SLASH: Key.SEARCH,
    pygame.K_p: Key.POWER,
    pygame.K_F12: Key.POWER,
    pygame.K_F11: Key.SLEEP,
    pygame.K_w: Key.WAKEUP,
    **{getattr(pygame, f"K_{digit}"): Key[f"NUMERIC_{digit}"] for digit in range(10)},
    **{getattr(pygame, f"K_KP{digit}"): Key[f"NUMERIC_{digit}"] for digit in range(10)},
}
"""What each key of pygame means; + is on the key of = on many keyboards."""

_REPEAT_AFTER, _REPEAT_EVERY = 400, 60
"""Milliseconds."""


class Keyboard:
    """Tells presses from repeats."""

    def __init__(self) -> None:
        """Ask SDL for repeats, which it does not give by itself, and for no text.

        X repeats a held key too; pygame drops those events, but they wake the loop, which then
        finds the repeats that pygame's timer put into the queue.
        """
        pygame.key.set_repeat(_REPEAT_AFTER, _REPEAT_EVERY)
        pygame.key.stop_text_input()
        self._down: dict[int, float] = {}

    def read(self, event: pygame.event.Event) -> KeyPressed | None:
        """What a key event means; None for a release and for a key that means nothing."""
        if event.type == pygame.KEYUP:
            self._down.pop(event.key, None)
            return None
        now = time.monotonic()
        held = now - self._down.setdefault(event.key, now)
        key = KEYS.get(event.key)
        return KeyPressed(key, held) if key and (not held or key in REPEATING) else None
