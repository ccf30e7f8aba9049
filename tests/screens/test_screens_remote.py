"""The remote's own screens: the way there and back, the tester, the lesson."""

from collections.abc import Callable

import pytest

from stb.messages import ForgetTaught, KeySeen, Open, ScreenName
from stb.model import Key
from stb.screens.lesson import ASKED, Lesson
from stb.screens.remote import Remote
from stb.screens.remote_learn import RemoteLearn
from stb.screens.remote_test import RemoteTest
from stb.screens.view import View
from stb.ui.scene import Style, Text

MakeView = Callable[..., View]
SEEN = (
    KeySeen("gpio_ir_recv", "KEY_CHANNELUP", 0x0E3C, Key.CHANNELUP),
    KeySeen("gpio_ir_recv", "SCAN_E38", 0x0E38),
    KeySeen("", "KEY_NUMERIC_7", None, Key.NUMERIC_7),
)


def press(screen, view, *keys, held=False):
    intent = None
    for key in keys:
        screen, intent = screen.press(key, view, held=held)
    return screen, intent


def words(screen, view) -> set[str]:
    text = "\n".join(screen.scene(view).words)
    return set(text.replace("\N{LEFT-TO-RIGHT MARK}", "").split("\n"))


@pytest.mark.parametrize(
    ("keys", "intent"),
    [
        ((Key.OK,), Open(ScreenName.REMOTE_TEST)),
        ((Key.DOWN, Key.OK), Open(ScreenName.REMOTE_LEARN)),
        ((Key.UP, Key.OK), ForgetTaught()),
        ((Key.BACK,), Open(ScreenName.SETTINGS)),
    ],
    ids=["tester", "lesson", "forget", "back"],
)
def test_where_the_remotes_menu_leads(view: MakeView, keys, intent):
    assert press(Remote(), view(taught=True), *keys)[1] == intent


def test_there_is_nothing_to_forget_before_something_was_taught(view: MakeView):
    there = view(taught=False)
    assert press(Remote(), there, Key.UP, Key.OK)[1] == Open(ScreenName.REMOTE_LEARN)
    assert there.words("remote.forget") not in words(Remote(), there)
    assert Remote(row=2).opened(there).row == 1


def test_back_twice_leaves_the_tester(view: MakeView):
    assert press(RemoteTest(), view(), Key.BACK, Key.BACK)[1] == Open(ScreenName.REMOTE)


@pytest.mark.parametrize("keys", [(Key.BACK,), (Key.BACK, Key.OK, Key.BACK)], ids=["once", "not in a row"])
def test_nothing_else_leaves_it(view: MakeView, keys):
    assert press(RemoteTest(), view(), *keys)[1] is None


def test_every_other_key_does_nothing_in_the_tester_and_in_the_lesson(view: MakeView):
    for key in set(Key) - {Key.BACK}:
        assert press(RemoteTest(), view(), key) == (RemoteTest(), None)
        assert press(RemoteLearn(), view(), key) == (RemoteLearn(), None)


def test_back_held_down_does_not_leave_the_tester(view: MakeView):
    screen, _ = press(RemoteTest(), view(), Key.BACK)
    assert press(screen, view(), Key.BACK, held=True)[1] is None


def test_the_tester_shows_what_a_key_is_and_where_it_came_from(view: MakeView):
    shown = words(RemoteTest(), view(seen=SEEN, silent_in=11.4))
    assert shown >= {"Channel up", "KEY_CHANNELUP", "0xe3c", "gpio_ir_recv"}
    assert shown >= {"no meaning", "SCAN_E38", "0xe38"}
    assert shown >= {"7", "this window"}
    assert any("12 s" in line for line in shown)


def test_the_lesson_asks_for_one_key_after_the_other(view: MakeView):
    asked = []
    for at in range(len(ASKED)):
        scene = RemoteLearn().scene(view(lesson=Lesson(at=at), silent_in=8.0))
        assert any(line.endswith(f"{at + 1} of {len(ASKED)}") for line in scene.words)
        asked += [item.text for item in scene.items if isinstance(item, Text) and item.style is Style.TITLE]
    assert asked[:3] == ["OK", "Back", "Up"]
    assert len(set(asked)) == len(ASKED)


def test_the_lesson_names_only_keys_that_were_taught(view: MakeView):
    assert "enough" not in words(RemoteLearn(), view(lesson=Lesson(at=1), silent_in=8.0))
    taught = (("KEY_A", Key.OK), ("KEY_B", Key.BACK))
    shown = words(RemoteLearn(), view(lesson=Lesson(at=2, taught=taught), silent_in=8.0))
    assert shown >= {"OK", "not on this remote", "BACK", "enough"}


def test_the_lesson_says_that_a_key_was_taken(view: MakeView):
    shown = words(RemoteLearn(), view(lesson=Lesson(at=3, twice=Key.UP), silent_in=8.0))
    assert "This key is Up already. Press another one." in shown


def test_the_lesson_ends_with_the_question_whether_to_keep_it(view: MakeView):
    lesson = Lesson(at=len(ASKED), taught=(("KEY_A", Key.OK),))
    shown = words(RemoteLearn(), view(lesson=lesson, silent_in=5.0))
    assert shown >= {"To keep all this, press the key for", "OK"}
    assert any("nothing changes" in line for line in shown)
