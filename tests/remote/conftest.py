"""Recorded remotes, in the short form in which a test can be read."""

from collections.abc import Callable, Iterable, Iterator

import pytest

from stb.messages import KeyPressed, KeySeen
from stb.model import Key
from stb.remote.devices import EV_KEY, EV_MSC, EV_SYN, MSC_SCAN, InputEvent
from stb.remote.kernel import event_codes, key_names
from stb.remote.keymap import Keymap
from stb.remote.rules import Rules
from stb.remote.strokes import Strokes

Frame = tuple[float, str, int, int | None]
"""Seconds, the kernel's name of a key ("" for none), its value, the code that came with it."""

KEYS = {
    "KEY_OK": Key.OK,
    "KEY_ENTER": Key.OK,
    "KEY_DOWN": Key.DOWN,
    "KEY_ZOOM": Key.ZOOM,
    "KEY_NUMERIC_1": Key.NUMERIC_1,
    "KEY_BACK": Key.BACK,
    "KEY_MUTE": Key.MUTE,
}


def events_of(frames: Iterable[Frame]) -> Iterator[InputEvent]:
    for at, name, value, scancode in frames:
        if scancode is not None:
            yield InputEvent(at, EV_MSC, MSC_SCAN, scancode)
        if name:
            yield InputEvent(at, EV_KEY, event_codes("EV_KEY", name)[1], value)
        yield InputEvent(at, EV_SYN, 0, 0)


@pytest.fixture
def hear() -> Callable[..., list[KeyPressed | KeySeen]]:
    """What the box hears of a recording."""

    def heard(*frames: Frame, keymap: Keymap | None = None) -> list[KeyPressed | KeySeen]:
        strokes, rules = Strokes(key_names), Rules()
        meaning = (keymap or Keymap(KEYS)).meaning
        return [
            message
            for event in events_of(frames)
            for stroke in strokes.take(event)
            for message in rules.take(stroke, "a remote", meaning)
        ]

    return heard
