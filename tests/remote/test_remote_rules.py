"""What a viewer did, from what the kernel's input layer says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.messages import KeyPressed, KeySeen
from stb.model import REPEATING, Key
from stb.remote.devices import EV_KEY, EV_MSC, EV_SYN, MSC_SCAN, SYN_DROPPED, InputEvent
from stb.remote.kernel import event_codes, key_names
from stb.remote.keymap import Keymap
from stb.remote.rules import SAME_PRESS, Rules
from stb.remote.strokes import Phase, Strokes


def presses(messages):
    return [message for message in messages if isinstance(message, KeyPressed)]


def keys(messages):
    return [(press.key, round(press.held, 3)) for press in presses(messages)]


RC5_HELD = [
    (10.000, "KEY_DOWN", 1, 0x0E3E),
    (10.114, "", 0, 0x0E3E),
    (10.228, "", 0, 0x0E3E),
    (10.342, "", 0, 0x0E3E),
    (10.500, "KEY_DOWN", 2, None),
    (10.625, "KEY_DOWN", 2, None),
    (10.750, "KEY_DOWN", 2, None),
    (10.870, "KEY_DOWN", 0, None),
]
"""rc-core: each further signal says its code alone, the repeats are the input layer's."""


def test_a_press_is_told_once_with_all_that_is_known_of_it(hear):
    assert hear((10.0, "KEY_OK", 1, 0x0E2C), (10.1, "KEY_OK", 0, None)) == [
        KeyPressed(Key.OK, seen=KeySeen("a remote", "KEY_OK", 0x0E2C, Key.OK)),
    ]


def test_a_held_arrow_repeats_and_says_for_how_long(hear):
    assert keys(hear(*RC5_HELD)) == [(Key.DOWN, 0), (Key.DOWN, 0.5), (Key.DOWN, 0.625), (Key.DOWN, 0.75)]


@pytest.mark.parametrize("name", ["KEY_OK", "KEY_NUMERIC_1", "KEY_MUTE"])
def test_other_keys_act_on_the_press_only(hear, name):
    held = [(10 + 0.1 * n, name, 1 if n == 0 else 2, None) for n in range(20)]
    assert len(keys(hear(*held))) == 1


def test_a_digit_pressed_twice_is_two_digits(hear):
    twice = [(at + up, "KEY_NUMERIC_1", 0 if up else 1, 0x0E01) for at in (10.0, 10.2) for up in (0, 0.11)]
    assert keys(hear(*twice)) == [(Key.NUMERIC_1, 0)] * 2


def test_a_press_that_arrives_twice_over_hdmi_cec_is_one(hear):
    cec = [
        (10.0, "KEY_OK", 1, 0),
        (10.01, "KEY_OK", 0, None),
        (10.03, "KEY_OK", 1, 0),
        (10.04, "KEY_OK", 0, None),
    ]
    assert keys(hear(*cec)) == [(Key.OK, 0)]


def test_ok_and_enter_for_one_key_are_one_press(hear):
    both = [(10.0, "KEY_OK", 1, None), (10.002, "KEY_ENTER", 1, None), (10.1, "KEY_OK", 0, None)]
    assert keys(hear(*both)) == [(Key.OK, 0)]


def test_a_press_that_arrives_twice_and_is_then_held_repeats(hear):
    held = [
        (10.0, "KEY_DOWN", 1, None),
        (10.01, "KEY_DOWN", 0, None),
        (10.03, "KEY_DOWN", 1, None),
        (10.5, "KEY_DOWN", 2, None),
    ]
    assert keys(hear(*held)) == [(Key.DOWN, 0), (Key.DOWN, 0.5)]


def test_a_remote_that_presses_again_and_again_without_letting_go_still_counts_presses(hear):
    again = [(10 + 0.2 * n, "KEY_DOWN", 1, None) for n in range(4)]
    assert keys(hear(*again)) == [(Key.DOWN, 0)] * 4


def test_repeats_of_a_key_that_was_down_before_we_listened_say_nothing(hear):
    assert hear((10.0, "KEY_DOWN", 2, None), (10.1, "KEY_DOWN", 0, None)) == []


def test_a_key_released_and_pressed_is_held_from_the_new_press(hear):
    again = [*RC5_HELD, (12.0, "KEY_DOWN", 1, 0x0E3E), (12.5, "KEY_DOWN", 2, None)]
    assert keys(hear(*again))[-2:] == [(Key.DOWN, 0), (Key.DOWN, 0.5)]


def test_a_key_that_means_nothing_is_seen_and_not_pressed(hear):
    assert hear((10.0, "KEY_COFFEE", 1, 0x52)) == [KeySeen("a remote", "KEY_COFFEE", 0x52)]


def test_a_code_without_a_key_has_a_name_of_ours_and_can_be_given_a_meaning(hear):
    """An infrared remote that no table knows: rc-core says its codes alone."""
    taught = Keymap({}, {"SCAN_8052": Key.OK})
    signals = [(10.0 + 0.11 * n, "", 0, 0x8052) for n in range(4)]
    assert hear(*signals) == [KeySeen("a remote", "SCAN_8052", 0x8052)]
    assert keys(hear(*signals, (12.0, "", 0, 0x8052), keymap=taught)) == [(Key.OK, 0)] * 2


def test_an_unnamed_arrow_repeats_with_its_signals(hear):
    taught = Keymap({}, {"SCAN_8053": Key.DOWN})
    signals = [(10.0 + 0.11 * n, "", 0, 0x8053) for n in range(4)]
    assert keys(hear(*signals, keymap=taught)) == [(Key.DOWN, held) for held in (0, 0.11, 0.22, 0.33)]


def test_buttons_of_a_mouse_say_nothing():
    strokes = Strokes(key_names)
    button = event_codes("EV_KEY", "BTN_LEFT")[1]
    assert strokes.take(InputEvent(1.0, EV_KEY, button, 1)) == ()
    assert strokes.take(InputEvent(1.0, EV_SYN, 0, 0)) == ()


def test_a_frame_that_the_kernel_dropped_is_passed_over_to_its_end():
    strokes, ok = Strokes(key_names), event_codes("EV_KEY", "KEY_OK")[1]
    lost = [
        InputEvent(1.0, EV_SYN, SYN_DROPPED, 0),
        InputEvent(1.0, EV_KEY, ok, 1),
        InputEvent(1.0, EV_SYN, 0, 0),
    ]
    assert [stroke for event in lost for stroke in strokes.take(event)] == []
    (stroke,) = [
        stroke
        for event in (InputEvent(2.0, EV_KEY, ok, 1), InputEvent(2.0, EV_SYN, 0, 0))
        for stroke in strokes.take(event)
    ]
    assert (stroke.phase, stroke.names) == (Phase.DOWN, ("KEY_OK",))


def test_both_names_of_a_key_count(hear):
    assert keys(hear((1.0, "KEY_FULL_SCREEN", 1, None))) == [(Key.ZOOM, 0)]


EVENTS = st.tuples(
    st.floats(0, 0.3),
    st.one_of(
        st.tuples(st.just(EV_KEY), st.integers(0, 0x2FF), st.integers(-1, 3)),
        st.tuples(st.just(EV_MSC), st.just(MSC_SCAN), st.integers(-(2**31), 2**31 - 1)),
        st.tuples(st.just(EV_SYN), st.integers(0, 3), st.just(0)),
        st.tuples(st.integers(0, 0x1F), st.integers(0, 0x2FF), st.integers(-(2**31), 2**31 - 1)),
    ),
)


@given(st.lists(EVENTS, max_size=60))
def test_whatever_a_device_says_nothing_breaks_and_no_press_comes_too_soon(events):
    strokes, rules, now, told = Strokes(key_names), Rules(), 0.0, {}

    def meaning(names):
        return list(Key)[len(names[0]) % len(Key)]

    for pause, (kind, code, value) in events:
        now += pause
        for stroke in strokes.take(InputEvent(now, kind, code, value)):
            for press in presses(rules.take(stroke, "any", meaning)):
                assert not press.held or press.key in REPEATING
                assert press.held >= 0
                assert stroke.at - told.get(press.key, -1.0) >= SAME_PRESS
                told[press.key] = stroke.at
