"""What a key means wherever the viewer is, before the screen is asked."""

from stb.app.teaching import HEARING
from stb.messages import Intent, KeyPressed, Open, ScreenName, StandBy
from stb.model import Key

LONG_PRESS = 1.0
"""Seconds."""
_DEAF = (*HEARING, ScreenName.STANDBY)


def anywhere(pressed: KeyPressed, screen: ScreenName) -> Intent | None:
    """POWER is stand-by, and BACK held down leads straight to the picture. None: the screen is to say."""
    if screen in _DEAF:
        return None
    match pressed:
        case KeyPressed(Key.POWER | Key.SLEEP, held) if not held:  # what is still held has just woken the box
            return StandBy()
        case KeyPressed(Key.BACK, held) if held >= LONG_PRESS:
            return Open(ScreenName.WATCHING)
    return None
