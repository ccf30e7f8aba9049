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
    INFO = "INFO"
    LAST = "LAST"
    CHANNELUP = "CHANNELUP"
    CHANNELDOWN = "CHANNELDOWN"
    VOLUMEUP = "VOLUMEUP"
    VOLUMEDOWN = "VOLUMEDOWN"
    MUTE = "MUTE"
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
    **{Key[f"NUMERIC_{n}"]: (str(n), f"KP{n}") for n in range(10)},
}
_NAMES: dict[str, Key] = {key.value: key for key in Key} | {
    name: key for key, names in _SETS.items() for name in names
}


def key_named(name: str) -> Key | None:
    """The key a kernel name stands for, with or without ``KEY_``, in any case.

    Key sets as in UX section 0: ``KPENTER`` is ``OK``. None for a key the box does not know.
    """
    return _NAMES.get(name.upper().removeprefix("KEY_"))
