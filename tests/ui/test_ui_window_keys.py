import select

import pytest
from Xlib.display import Display
from Xlib.protocol.event import ClientMessage

from stb.messages import KeyPressed, WindowClosed
from stb.model import Key
from stb.ui import Colour, Plate, Region, Scene
from stb.ui.connection import Connection

SCREEN = Region(0, 0, 1920, 1080)
BANNER = Plate(Region(96, 790, 1728, 236), Colour.GROUND, 24)
MENU = Scene((Plate(SCREEN, Colour.RAISED),))
WATCHING = Scene((), SCREEN)
WITH_BANNER = Scene((BANNER,), SCREEN)


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        (["Up", "Down", "Left", "Right"], [Key.UP, Key.DOWN, Key.LEFT, Key.RIGHT]),
        (["Return", "KP_Enter", "Escape", "BackSpace"], [Key.OK, Key.OK, Key.BACK, Key.BACK]),
        (["Prior", "Next"], [Key.CHANNELUP, Key.CHANNELDOWN]),
        (["5", "6", "0"], [Key.NUMERIC_5, Key.NUMERIC_6, Key.NUMERIC_0]),
        (["plus", "minus", "m"], [Key.VOLUMEUP, Key.VOLUMEDOWN, Key.MUTE]),
        (["Home", "F10", "i", "l", "Tab"], [Key.HOME, Key.MENU, Key.INFO, Key.LAST, Key.LAST]),
        (["x", "Insert", "7"], [Key.NUMERIC_7]),
    ],
    ids=["arrows", "ok and back", "channels", "digits", "sound", "others", "keys that mean nothing"],
)
def test_keys_of_the_keyboard_are_keys_of_the_remote(window, fingers, typed, keys, events, settle):
    settle(window)
    fingers.press(*typed)
    assert events(window, len(keys)) == [KeyPressed(key) for key in keys]


def test_a_key_held_down_repeats(window, fingers, events, settle):
    settle(window)
    fingers.down("Down")
    first, *repeats = events(window, 4)
    fingers.up("Down")
    assert first == KeyPressed(Key.DOWN)
    assert {press.key for press in repeats} == {Key.DOWN}
    assert 0 < repeats[0].held < repeats[1].held < repeats[2].held
    settle(window)
    fingers.press("Down")
    assert events(window, 1) == [KeyPressed(Key.DOWN)]


def test_a_deaf_window_says_nothing_of_keys(window, fingers, events, settle, display):
    window.deafen()
    settle(window)
    fingers.press("Down")
    close(display)
    assert events(window, 1) == [WindowClosed()]


def test_keys_are_heard_while_a_player_draws(window, fingers, play, events, settle):
    window.show(WATCHING)
    play(window.video)
    settle(window)
    fingers.press("Prior")
    assert events(window, 1) == [KeyPressed(Key.CHANNELUP)]


def test_no_key_is_missed_while_the_window_draws(window, fingers, events, settle):
    """Drawing takes events off the connection: a loop that only watched it would sleep over them."""
    settle(window)
    scenes = [MENU, WITH_BANNER, WATCHING, Scene((BANNER,))]
    happened, ahead = [], 0
    for number in range(40):
        fingers.press(str(number % 10))
        window.show(scenes[number % 4])
        quiet = not select.select(window.filenos, (), (), 0)[0]
        assert window.pending or not quiet, "a loop would sleep over a key"
        ahead += quiet
        happened += events(window, 1)
    assert [event.key.digit for event in happened] == [str(number % 10) for number in range(40)]
    assert ahead, "drawing never took an event: this shows nothing"


def test_an_idle_window_wakes_nobody(window, play, settle):
    window.show(WITH_BANNER)
    play(window.video)
    settle(window, quiet=1.5)


def test_closing_the_window_is_told(window, display, events, settle):
    settle(window)
    close(display)
    assert events(window, 1) == [WindowClosed()]


def close(display):
    """As a window manager does it."""
    manager = Display(display)
    atom = manager.intern_atom
    target = manager.create_resource_object("window", Connection().window)
    target.send_event(
        ClientMessage(
            window=target, client_type=atom("WM_PROTOCOLS"), data=(32, [atom("WM_DELETE_WINDOW"), 0, 0, 0, 0])
        )
    )
    manager.sync()
    manager.close()
