"""The keys of a remote, under the kernel's names without ``KEY_`` (input-event-codes.h)."""

from enum import StrEnum


class Key(StrEnum):
    """One meaning each; the kernel's several codes for a meaning are folded by `config/keymaps`."""

    UP = "UP"
    DOWN = "DOWN"
    LEFT = "LEFT"
    RIGHT = "RIGHT"
    OK = "OK"
    BACK = "BACK"
    MENU = "MENU"
    HOME = "HOME"
    SETUP = "SETUP"
    EPG = "EPG"
    INFO = "INFO"
    LAST = "LAST"
    CHANNELUP = "CHANNELUP"
    CHANNELDOWN = "CHANNELDOWN"
    VOLUMEUP = "VOLUMEUP"
    VOLUMEDOWN = "VOLUMEDOWN"
    MUTE = "MUTE"
    AUDIO = "AUDIO"
    SUBTITLE = "SUBTITLE"
    ZOOM = "ZOOM"
    TEXT = "TEXT"
    RED = "RED"
    GREEN = "GREEN"
    YELLOW = "YELLOW"
    BLUE = "BLUE"
    PLAY = "PLAY"
    PAUSE = "PAUSE"
    PLAYPAUSE = "PLAYPAUSE"
    STOP = "STOP"
    REWIND = "REWIND"
    FASTFORWARD = "FASTFORWARD"
    RECORD = "RECORD"
    FAVORITES = "FAVORITES"
    SEARCH = "SEARCH"
    POWER = "POWER"
    """Stand-by, or awake again."""
    SLEEP = "SLEEP"
    """Stand-by, never awake: what HDMI-CEC sends for "power off"."""
    WAKEUP = "WAKEUP"
    """Awake, never stand-by."""
    NUMERIC_0 = "NUMERIC_0"
    NUMERIC_1 = "NUMERIC_1"
    NUMERIC_2 = "NUMERIC_2"
    NUMERIC_3 = "NUMERIC_3"
    NUMERIC_4 = "NUMERIC_4"
    NUMERIC_5 = "NUMERIC_5"
    NUMERIC_6 = "NUMERIC_6"
    NUMERIC_7 = "NUMERIC_7"
    NUMERIC_8 = "NUMERIC_8"
    NUMERIC_9 = "NUMERIC_9"

    @property
    def digit(self) -> str:
        """``"7"`` for ``NUMERIC_7``; empty for a key that is no digit."""
        return self.value[-1] if self.value.startswith("NUMERIC_") else ""


REPEATING = frozenset(
    {
        *(Key.UP, Key.DOWN, Key.LEFT, Key.RIGHT, Key.BACK),
        *(Key.CHANNELUP, Key.CHANNELDOWN, Key.VOLUMEUP, Key.VOLUMEDOWN),
        *(Key.REWIND, Key.FASTFORWARD),
    }
)
"""Keys that go on acting while they are held; every other acts on the press only."""


def key_named(name: str) -> Key | None:
    """The key of this name, with or without ``KEY_``, in any case; a digit alone is its key.

    None for a key the box does not know. The kernel's other names are the keymaps' (``config/keymaps``).
    """
    plain = name.upper().removeprefix("KEY_")
    return Key.__members__.get(f"NUMERIC_{plain}" if plain.isdecimal() else plain)
