"""The keys of a remote, under the kernel's names without ``KEY_`` (input-event-codes.h)."""

from enum import StrEnum


class Key(StrEnum):
    """One meaning each; the kernel's several codes for a meaning are folded by `key_named`."""

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


_SETS: dict[Key, tuple[str, ...]] = {
    Key.OK: ("ENTER", "SELECT", "KPENTER"),
    Key.BACK: ("EXIT", "ESC", "BACKSPACE"),
    Key.LAST: ("PREVIOUS", "AGAIN"),
    Key.EPG: ("PROGRAM", "GUIDE"),
    Key.HOME: ("HOMEPAGE", "ROOT_MENU", "MEDIA_TOP_MENU"),
    Key.MENU: ("CONTEXT_MENU", "COMPOSE", "OPTION"),
    Key.SETUP: ("CONFIG",),
    Key.CHANNELUP: ("PAGEUP",),
    Key.CHANNELDOWN: ("PAGEDOWN",),
    Key.AUDIO: ("LANGUAGE",),
    Key.ZOOM: ("FULL_SCREEN", "ASPECT_RATIO", "SCREEN"),
    Key.PLAY: ("PLAYCD",),
    Key.PAUSE: ("PAUSECD",),
    Key.STOP: ("STOPCD",),
    Key.REWIND: ("PREVIOUSSONG",),
    Key.FASTFORWARD: ("NEXT", "NEXTSONG"),
    Key.FAVORITES: ("BOOKMARKS",),
    Key.SEARCH: ("FIND",),
    Key.POWER: ("POWER2",),
    **{Key[f"NUMERIC_{n}"]: (str(n), f"KP{n}") for n in range(10)},
}
_NAMES: dict[str, Key] = {key.value: key for key in Key} | {
    name: key for key, names in _SETS.items() for name in names
}

REPEATING = frozenset(
    {
        *(Key.UP, Key.DOWN, Key.LEFT, Key.RIGHT, Key.BACK),
        *(Key.CHANNELUP, Key.CHANNELDOWN, Key.VOLUMEUP, Key.VOLUMEDOWN),
        *(Key.REWIND, Key.FASTFORWARD),
    }
)
"""Keys that go on acting while they are held; every other acts on the press only."""


def key_named(name: str) -> Key | None:
    """The key a kernel name stands for, with or without ``KEY_``, in any case.

    Key sets as in UX section 0: ``KPENTER`` is ``OK``. None for a key the box does not know.
    """
    return _NAMES.get(name.upper().removeprefix("KEY_"))
