"""The on-screen keyboard, as a value."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.model import Key
from stb.screens.keyboard import COLUMNS, LONGEST, Act, Keyboard, Layout, Typed
from stb.ui.geometry import Region
from stb.ui.scene import Text

ARROWS = (Key.UP, Key.DOWN, Key.LEFT, Key.RIGHT)
keyboards = st.sampled_from(
    [Keyboard.of_address("tv.example"), Keyboard.of_text("", "ar"), Keyboard.of_text("الخبر HD", "en")]
)


def press(keyboard, *keys):
    for key in keys:
        keyboard, _ = keyboard.press(key)
    return keyboard


def reach(keyboard, face):
    """Walk to a key by arrows alone."""
    for _ in range(len(keyboard.rows)):
        for _ in range(COLUMNS):
            if keyboard.focused == face:
                return keyboard
            keyboard = press(keyboard, Key.RIGHT)
        keyboard = press(keyboard, Key.DOWN)
    raise AssertionError(face)


def by_arrows(keyboard, text):
    """Type by arrows and OK alone, with the shift and layout keys on the screen."""
    for character in text:
        for _ in range(2 * len(keyboard.layouts)):
            if any(character in row for row in keyboard.rows):
                break
            if any(character.lower() in row for row in keyboard.rows) and not keyboard.shift:
                keyboard = press(reach(keyboard, Act.SHIFT), Key.OK)
            else:
                keyboard = press(reach(keyboard, Act.LAYOUT), Key.OK)
        face = Act.SPACE if character == " " else character
        keyboard = press(reach(keyboard, face), Key.OK)
    return keyboard


@given(keyboards, st.lists(st.sampled_from(Key), max_size=80))
def test_whatever_is_pressed_the_caret_stays_in_the_text(keyboard, keys):
    for key in keys:
        keyboard, typed = keyboard.press(key)
        assert 0 <= keyboard.caret <= len(keyboard.text) <= LONGEST
        assert keyboard.focused
        assert typed in (None, Typed(keyboard.text))


@pytest.mark.parametrize(
    "characters",
    [
        string.ascii_letters,
        string.digits,
        string.punctuation + " ",
        "ابتثجحخدذرزسشصضطظعغفقكلمنهويىءةأإآؤئ؟،؛",
    ],
    ids=["Latin letters", "digits", "ASCII signs and space", "Arabic letters and signs"],
)
def test_every_character_can_be_typed_by_arrows_and_ok_alone(characters):
    assert by_arrows(Keyboard.of_text("", "en"), characters).text == characters


def test_an_address_can_be_typed_by_arrows_and_ok_alone():
    address = "tv-1.example_x/api?user=Ab&x=%7E@h"
    keyboard = by_arrows(Keyboard.of_address(), address)
    assert keyboard.text == address


@pytest.mark.parametrize("whole", ["http://", "https://", ".com", ".net", "www."])
def test_an_address_has_whole_pieces_on_one_key(whole):
    assert press(reach(Keyboard.of_address(), whole), Key.OK).text == whole


def test_digits_of_the_remote_type_at_once():
    assert press(Keyboard.of_address("tv:"), Key.NUMERIC_5, Key.NUMERIC_0).text == "tv:50"


def test_colour_keys_are_short_cuts():
    keyboard = press(Keyboard.of_text("ab", "en"), Key.RED)
    assert keyboard.text == "a"
    assert press(keyboard, Key.GREEN, Key.OK).text == "aQ"
    assert press(keyboard, Key.GREEN, Key.OK, Key.OK).text == "aQq"
    assert press(keyboard, Key.YELLOW).layouts[0] is Layout.ARABIC
    assert keyboard.press(Key.BLUE)[1] == Typed("a")


def test_held_keys_erase_and_walk_but_do_not_type():
    keyboard = Keyboard.of_text("abc", "en")
    assert keyboard.press(Key.RED, held=True)[0].text == "ab"
    assert keyboard.press(Key.OK, held=True)[0] == keyboard
    assert keyboard.press(Key.NUMERIC_1, held=True)[0] == keyboard
    assert keyboard.press(Key.RIGHT, held=True)[0].column == 1


def test_letters_go_in_where_the_caret_is():
    keyboard = press(reach(Keyboard.of_text("ac", "en"), Act.LEFT), Key.OK)
    assert press(reach(keyboard, "b"), Key.OK).text == "abc"


def test_the_left_key_moves_the_caret_to_the_left_in_arabic_too():
    arabic = press(reach(Keyboard.of_text("اب", "ar"), Act.RIGHT), Key.OK)
    assert arabic.caret == 1
    assert press(reach(arabic, Act.LEFT), Key.OK).caret == 2


def test_arabic_letters_run_from_the_right():
    assert "".join(reversed(Keyboard.of_text("", "ar").rows[1])).startswith("ابتث")


def test_wide_keys_are_passed_in_one_step():
    keyboard = reach(Keyboard.of_address(), "http://")
    assert press(keyboard, Key.RIGHT).focused == "https://"
    assert press(keyboard, Key.RIGHT, Key.LEFT).focused == "http://"


def test_a_whole_text_is_cleared_by_one_key():
    assert press(reach(Keyboard.of_text("abc", "en"), Act.CLEAR), Key.OK).text == ""


def test_a_text_that_is_full_takes_no_more():
    full = Keyboard.of_text("x" * LONGEST, "en")
    assert press(full, Key.NUMERIC_1) == full


def test_keys_keep_their_places_in_right_to_left_languages(view):
    for language in ("en", "ar"):
        there = view(language)
        items = [item for item in Keyboard.of_address().keys(there, 300) if isinstance(item, Text)]
        places = {item.text.strip("\N{LEFT-TO-RIGHT MARK}"): item.region for item in items}
        if there.words.mirrored:
            places = {face: region.mirrored(there.width) for face, region in places.items()}
        assert places["q"].x < places["w"].x < places["p"].x


def test_an_address_reads_from_left_to_right_with_the_caret_in_it(view):
    field = Keyboard.of_address("tv.example:50").field(view("ar"), Region(0, 0, 900, 96))
    assert [item.text for item in field if isinstance(item, Text)] == ["\N{LEFT-TO-RIGHT MARK}tv.example:50|"]


def test_an_example_stands_in_an_empty_field(view):
    region = Region(0, 0, 900, 96)
    empty = Keyboard.of_address().field(view(), region, "tv.example.net")
    assert "tv.example.net" in [item.text for item in empty if isinstance(item, Text)]
    typed = Keyboard.of_address("x").field(view(), region, "tv.example.net")
    assert "tv.example.net" not in [item.text for item in typed if isinstance(item, Text)]
