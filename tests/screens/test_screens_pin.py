"""The parental code: typed with digits, or with the arrows and OK alone; nobody reads it."""

from collections.abc import Callable

import pytest

from stb.messages import Intent, Open, ScreenName, SubmitPin
from stb.model import Key
from stb.screens.pin import Pin
from stb.screens.view import View
from stb.ui.scene import Scene, Text

MakeView = Callable[..., View]


def press(screen: Pin, view: View, *keys: Key) -> tuple[Pin, Intent | None]:
    intent: Intent | None = None
    for key in keys:
        screen, intent = screen.press(key, view, held=False)
    return screen, intent


def said(scene: Scene) -> str:
    return "\n".join(item.text for item in scene.items if isinstance(item, Text))


DIGITS = (Key.NUMERIC_1, Key.NUMERIC_2, Key.NUMERIC_3, Key.NUMERIC_4)


def test_four_digits_are_tried_at_once(view: MakeView) -> None:
    assert press(Pin(), view(), *DIGITS)[1] == SubmitPin("1234")


def test_arrows_and_ok_do(view: MakeView) -> None:
    keys = (Key.OK, Key.RIGHT, Key.OK, Key.RIGHT, Key.OK, Key.DOWN, Key.OK)
    assert press(Pin(), view(), *keys)[1] == SubmitPin("1236")


def test_a_longer_code_is_typed_to_its_end(view: MakeView) -> None:
    wrong = view(pin_wrong=True)
    screen, intent = press(Pin(), wrong, *DIGITS, Key.NUMERIC_5)
    assert intent is None
    assert press(screen, wrong, Key.BLUE)[1] == SubmitPin("12345")


def test_digits_are_taken_back(view: MakeView) -> None:
    screen, _ = press(Pin(), view(), Key.NUMERIC_1, Key.NUMERIC_2, Key.RED, Key.UP, Key.OK)
    assert screen.typed == ""


@pytest.mark.parametrize("language", ["en", "ar"])
def test_nobody_reads_the_code(view: MakeView, language: str) -> None:
    screen, _ = press(Pin(), view(language), Key.NUMERIC_7, Key.NUMERIC_9)
    text = said(screen.scene(view(language)))
    assert text.count("\N{BULLET}") == 2
    assert "79" not in repr(screen)


def test_what_came_of_it_is_said(view: MakeView) -> None:
    assert "Home Portal has locked this" in said(Pin().scene(view()))
    assert "another code" in said(Pin().scene(view(pin_wrong=True)))
    assert "did not tell" in said(Pin().scene(view(pin_unknown=True)))
    assert "One moment" in said(Pin().scene(view(pin_asking=True)))


def test_back_leads_to_the_channels(view: MakeView) -> None:
    assert press(Pin(), view(), Key.BACK)[1] == Open(ScreenName.CHANNELS)
