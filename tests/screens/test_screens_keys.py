"""What keys mean on each screen: the remote grammar."""

from collections.abc import Callable

import pytest

from stb.messages import (
    ChangeVolume,
    Intent,
    Open,
    ScreenName,
    ShowBanner,
    SubmitCode,
    SwapBack,
    ToggleMute,
    TryAgain,
    TypeDigits,
    Watch,
)
from stb.model import ChannelId, ChannelRef, Key, SourceId
from stb.screens.activation import Activation
from stb.screens.channels import Channels
from stb.screens.notice import NoticeScreen
from stb.screens.remote import Remote
from stb.screens.remote_learn import RemoteLearn
from stb.screens.remote_test import RemoteTest
from stb.screens.screen import Screen
from stb.screens.starting import Starting
from stb.screens.view import Choice, Notice, View
from stb.screens.watching import Watching

MakeView = Callable[..., View]
DIGITS = {name[-1]: Key[name] for name in Key.__members__ if name.startswith("NUMERIC_")}


def ref(number: int) -> ChannelRef:
    return ChannelRef(SourceId("home"), ChannelId(str(number)))


def press(screen: Screen, view: View, *keys: Key, held: bool = False) -> tuple[Screen, Intent | None]:
    """The screen after all keys, and what the last of them asked for."""
    intent = None
    for key in keys:
        screen, intent = screen.press(key, view, held=held)
    return screen, intent


@pytest.mark.parametrize(
    ("key", "meaning"),
    [
        (Key.CHANNELUP, Watch(ref(3))),
        (Key.UP, Watch(ref(3))),
        (Key.CHANNELDOWN, Watch(ref(1))),
        (Key.DOWN, Watch(ref(1))),
        (Key.OK, Open(ScreenName.CHANNELS)),
        (Key.MENU, Open(ScreenName.HOME)),
        (Key.HOME, Open(ScreenName.HOME)),
        (Key.SETUP, Open(ScreenName.SETTINGS)),
        (Key.LEFT, Open(ScreenName.CHANNELS, groups=True)),
        (Key.RIGHT, ShowBanner(shown=True)),
        (Key.INFO, ShowBanner(shown=True)),
        (Key.BACK, ShowBanner(shown=False)),
        (Key.LAST, SwapBack()),
        (Key.VOLUMEUP, ChangeVolume(5)),
        (Key.VOLUMEDOWN, ChangeVolume(-5)),
        (Key.MUTE, ToggleMute()),
    ],
    ids=lambda value: value.value if isinstance(value, Key) else "",
)
def test_while_watching(view: MakeView, key: Key, meaning: Intent) -> None:
    assert press(Watching(), view(number=2), key)[1] == meaning


def test_left_and_right_follow_the_language(view: MakeView) -> None:
    arabic = view("ar", number=2)
    assert press(Watching(), arabic, Key.RIGHT)[1] == Open(ScreenName.CHANNELS, groups=True)
    assert press(Watching(), arabic, Key.LEFT)[1] == ShowBanner(shown=True)


@pytest.mark.parametrize("key", [Key.OK, Key.LAST, Key.INFO, Key.NUMERIC_3], ids=lambda key: key.value)
def test_ok_digits_and_last_act_on_the_press_only(view: MakeView, key: Key) -> None:
    assert press(Watching(), view(number=2), key, held=True)[1] is None


def test_zapping_goes_round_the_end(view: MakeView) -> None:
    assert press(Watching(), view(number=20), Key.CHANNELUP)[1] == Watch(ref(1))


def test_a_number_is_tuned_at_once_when_none_can_follow(view: MakeView) -> None:
    assert press(Watching(), view(number=2), Key.NUMERIC_3)[1] == Watch(ref(3))


def test_a_number_waits_when_another_digit_can_follow(view: MakeView) -> None:
    assert press(Watching(), view(number=2), Key.NUMERIC_1)[1] == TypeDigits("1")
    assert press(Watching(), view(number=2, digits="1"), Key.NUMERIC_2)[1] == Watch(ref(12))


def test_a_number_nobody_has_is_shown_and_waits(view: MakeView) -> None:
    assert press(Watching(), view(number=2), Key.NUMERIC_9)[1] == TypeDigits("9")


def test_a_code_is_typed_with_digits(view: MakeView) -> None:
    screen, intent = press(Activation(), view(), *(DIGITS[digit] for digit in "5634"))
    assert (screen, intent) == (Activation(), SubmitCode("5634"))


def test_a_code_is_typed_with_arrows_and_ok_alone(view: MakeView) -> None:
    walk = (Key.DOWN, Key.RIGHT, Key.OK)  # 5
    walk += (Key.RIGHT, Key.OK)  # 6
    walk += (Key.UP, Key.OK)  # 3
    walk += (Key.LEFT, Key.LEFT, Key.DOWN, Key.OK)  # 4
    assert press(Activation(), view(), *walk)[1] == SubmitCode("5634")


def test_a_wrong_digit_is_erased(view: MakeView) -> None:
    screen, _ = press(Activation(), view(), Key.NUMERIC_5, Key.NUMERIC_7, Key.BACK)
    assert screen == Activation(typed="5")
    screen, _ = press(Activation(typed="57"), view(), Key.UP, Key.OK)
    assert screen == Activation(typed="5", row=3)


def test_back_on_an_empty_code_leads_to_the_notice_it_was_come_from(view: MakeView) -> None:
    off = view(notice=Notice(title="notice.disabled"))
    assert press(Activation(), off, Key.BACK)[1] == Open(ScreenName.NOTICE)


def test_back_on_an_empty_code_stays(view: MakeView) -> None:
    assert press(Activation(), view(), Key.BACK) == (Activation(), None)


@pytest.mark.parametrize(
    ("keys", "meaning"),
    [
        ((Key.OK,), TryAgain()),
        ((Key.RIGHT, Key.OK), Open(ScreenName.ACTIVATION)),
        ((Key.LEFT, Key.OK), Open(ScreenName.CHANNELS)),
        ((Key.BACK,), Open(ScreenName.CHANNELS)),
    ],
    ids=["the first choice", "the next", "round the end", "back to the channels"],
)
def test_a_notice_offers_its_choices(view: MakeView, keys: tuple[Key, ...], meaning: Intent) -> None:
    choices = (Choice.TRY_AGAIN, Choice.TYPE_CODE, Choice.CHANNELS)
    assert (
        press(NoticeScreen(), view(notice=Notice(title="notice.disabled", choices=choices)), *keys)[1]
        == meaning
    )


def test_back_leads_nowhere_a_notice_does_not_offer(view: MakeView) -> None:
    assert press(NoticeScreen(), view(notice=Notice(title="notice.disabled")), Key.BACK)[1] is None


def test_the_list_opens_on_the_channel_that_plays(view: MakeView) -> None:
    assert Channels().opened(view(number=3)).focus == ref(3)


def test_ok_watches_what_is_focused(view: MakeView) -> None:
    screen = Channels().opened(view(number=2))
    assert press(screen, view(number=2), Key.DOWN, Key.OK)[1] == Watch(ref(3))


def test_ok_on_the_channel_that_plays_and_back_return_to_the_picture(view: MakeView) -> None:
    screen = Channels().opened(view(number=2))
    for key in (Key.OK, Key.BACK):
        assert press(screen, view(number=2), key)[1] == Open(ScreenName.WATCHING)


def test_back_without_a_picture_stays_in_the_list(view: MakeView) -> None:
    assert press(Channels(), view(), Key.BACK) == (Channels(), None)


@pytest.mark.parametrize(
    ("keys", "focused"),
    [
        ((Key.UP,), 20),
        ((Key.CHANNELDOWN,), 20),
        ((Key.CHANNELDOWN, Key.CHANNELUP), 1),
        ((Key.DOWN, Key.DOWN, Key.DOWN), 12),
    ],
    ids=["round the top", "a page down stops at the end", "a page up at the top", "row by row"],
)
def test_moving_in_the_list(view: MakeView, keys: tuple[Key, ...], focused: int) -> None:
    screen, _ = press(Channels().opened(view(number=1)), view(number=1), *keys)
    assert isinstance(screen, Channels)
    assert screen.focus == ref(focused)


@pytest.mark.parametrize(
    ("held", "focused"),
    [(0.0, 2), (0.5, 2), (1.2, 12), (3.0, 20)],
    ids=["pressed", "held", "held for longer", "held for long stops at the end"],
)
def test_a_held_arrow_moves_faster_and_faster(view: MakeView, held: float, focused: int) -> None:
    there = view(number=1, held=held)
    screen, _ = press(Channels().opened(there), there, Key.DOWN, held=held > 0)
    assert isinstance(screen, Channels)
    assert screen.focus == ref(focused)


def test_a_held_arrow_does_not_go_round(view: MakeView) -> None:
    there = view(number=20, held=0.6)
    screen, _ = press(Channels().opened(there), there, Key.DOWN, held=True)
    assert isinstance(screen, Channels)
    assert screen.focus == ref(20)


def test_a_group_is_chosen_and_its_channels_are_listed(view: MakeView) -> None:
    screen, _ = press(Channels(), view(), Key.LEFT, Key.DOWN, Key.OK, Key.DOWN)
    assert screen == Channels(group="News", focus=ref(2))
    assert press(screen, view(), Key.OK)[1] == Watch(ref(2))


def test_keys_in_an_empty_list_do_no_harm(view: MakeView) -> None:
    empty = view()
    empty.lists.replace(SourceId("home"), (), "r2")
    for key in Key:
        press(Channels(), empty, key)
    assert press(Channels(), empty, Key.OK)[1] == TryAgain()


def test_every_screen_bears_every_key(view: MakeView) -> None:
    """Nothing that a remote can send raises, wherever the viewer is."""
    remote = (Remote(), RemoteTest(), RemoteLearn())
    for screen in (Starting(), Activation(), NoticeScreen(), Channels(), Watching(), *remote):
        for key in Key:
            for held in (False, True):
                press(screen, view(), key, held=held)
