"""What the viewer reads on each screen."""

from collections.abc import Callable

import pytest

from stb.messages import Part, StopReading
from stb.model import Key, PlayerState, PlayerStatus
from stb.screens.activation import Activation
from stb.screens.channels import Channels
from stb.screens.notice import NoticeScreen
from stb.screens.parts import initials
from stb.screens.remote import Remote
from stb.screens.remote_learn import RemoteLearn
from stb.screens.remote_test import RemoteTest
from stb.screens.screen import Screen
from stb.screens.starting import Starting
from stb.screens.view import Choice, Notice, View
from stb.screens.watching import Watching
from stb.ui.geometry import Region
from stb.ui.scene import Plate, QrCode, Scene

MakeView = Callable[..., View]
PLAYING = PlayerStatus(state=PlayerState.PLAYING, width=1920, height=1080, decoder="H.264", hardware=True)
REMOTE: tuple[Screen, ...] = (Remote(), RemoteTest(), RemoteLearn())
SCREENS: tuple[Screen, ...] = (Starting(), Activation(), NoticeScreen(), Channels(), Watching(), *REMOTE)


def said(scene: Scene) -> str:
    return "\n".join(scene.words).replace("\N{LEFT-TO-RIGHT MARK}", "").replace("\N{RIGHT-TO-LEFT MARK}", "")


def test_activation_shows_who_the_box_is_and_its_code(view: MakeView) -> None:
    scene = Activation().scene(view(code="5634", asked_ago=3.4))
    for words in ("195C6 8F32A 17B98", "5634", "Registered with Home Portal · last asked 3 s ago"):
        assert words in said(scene)
    assert QrCode(Region(1524, 150, 300, 300), "195C68F32A17B98 5634") in scene.items


def test_activation_without_a_code_asks_for_it(view: MakeView) -> None:
    text = said(Activation().scene(view()))
    assert "Ask your operator for the activation code" in text
    assert "Activation code" not in text


def test_activation_says_what_the_operator_said_of_a_code(view: MakeView) -> None:
    assert "Invalid activation code." in said(
        Activation().scene(view(code_refused="Invalid activation code"))
    )


def test_activation_says_when_a_silent_operator_is_asked_again(view: MakeView) -> None:
    text = said(Activation().scene(view(code="5634", failing=True, asks_in=7.2)))
    assert "Home Portal does not answer · asks again in 8 s" in text


def test_a_notice_speaks_in_the_operators_words(view: MakeView) -> None:
    notice = Notice(title="notice.disabled", words="Please contact support.", choices=(Choice.TYPE_CODE,))
    text = said(NoticeScreen().scene(view(notice=notice, asks_in=800)))
    for words in ("This device is switched off", "Please contact support.", "in 14 minutes", "Type a code"):
        assert words in text


def test_a_notice_without_words_gives_advice(view: MakeView) -> None:
    notice = Notice(title="notice.failed", advice="error.unreachable")
    text = said(NoticeScreen().scene(view(notice=notice, asks_in=4)))
    for words in ("Home Portal cannot be asked", "Check the network cable", "in 4 s"):
        assert words in text


def test_the_list_says_where_you_are_and_how_much_there_is(view: MakeView) -> None:
    text = said(Channels().scene(view()))
    for words in ("All channels", "5 channels", "Sun 22 Nov", "20:47", "World News", "Other"):
        assert words in text


def test_the_list_shows_the_running_picture_small(view: MakeView) -> None:
    scene = Channels().scene(view(number=2, status=PLAYING))
    assert scene.video == Region(1344, 158, 480, 270)
    assert "Now playing" in said(scene)
    assert Channels().scene(view()).video is None


def test_the_list_says_why_the_small_picture_is_dark(view: MakeView) -> None:
    lost = view(number=2, trouble="watching.retrying", retry_in=3.2, tuned=0.4)
    assert "The picture was lost. Trying again in 4 s." in said(Channels().scene(lost))
    assert "Tuning" in said(Channels().scene(view(number=2)))


def test_a_picture_that_never_came_is_not_called_lost(view: MakeView) -> None:
    text = said(Watching().scene(view(number=2, trouble="watching.retrying", retry_in=3.2)))
    assert "No picture comes. Trying again in 4 s." in text
    assert "News 24 HD" in text


def test_radio_keeps_its_name_on_the_screen(view: MakeView) -> None:
    radio = PlayerStatus(state=PlayerState.PLAYING, decoder="AAC")
    assert "News 24 HD" in said(Watching().scene(view(number=2, status=radio)))


def test_an_empty_list_says_so(view: MakeView) -> None:
    empty = view()
    empty.lists.replace(empty.lists.channels(0, 1)[0].ref.source, (), "r2")
    assert "Home Portal offers no channels to this device yet." in said(Channels().scene(empty))


def test_the_banner_says_what_is_on_and_how_it_came(view: MakeView) -> None:
    text = said(Watching().scene(view(number=12, banner=True, status=PLAYING, tuned=0.314)))
    for words in ("12", "City TV", "1080p", "H.264 HW", "tuned in 0.31 s", "20:47"):
        assert words in text


def test_a_picture_without_a_banner_has_nothing_over_it(view: MakeView) -> None:
    assert Watching().scene(view(number=12, status=PLAYING)).items == ()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Tuning"),
        ({"status": PlayerStatus(state=PlayerState.BUFFERING, buffering=40)}, "Filling the buffer: 40 %"),
        ({"trouble": "watching.retrying", "retry_in": 3.2}, "Trying again in 4 s"),
        ({"trouble": "watching.retrying"}, "Trying again now"),
        ({"trouble": "watching.refused"}, "Home Portal does not give this channel now."),
    ],
    ids=["tuning", "buffering", "counting down", "trying", "refused"],
)
def test_nothing_is_ever_black_without_words(view: MakeView, fields: dict[str, object], words: str) -> None:
    assert words in said(Watching().scene(view(number=12, **fields)))


def test_the_old_picture_stays_three_seconds_at_the_most(view: MakeView) -> None:
    soon, late = (view(number=12, waiting=seconds) for seconds in (2.0, 3.0))
    everything = Region(0, 0, 1920, 1080)
    assert Watching().changes_in(soon) == 1.0
    assert [
        everything in {item.region for item in Watching().scene(seen).items} for seen in (soon, late)
    ] == [
        False,
        True,
    ]


def test_over_the_picture_every_word_lies_on_a_plate(view: MakeView) -> None:
    scene = Watching().scene(
        view(
            number=12,
            banner=True,
            status=PLAYING,
            digits="1",
            toast="A message",
            volume_shown=True,
            tuned=1.0,
        )
    )
    plates = [item.region for item in scene.items if isinstance(item, Plate)]
    for item in scene.items:
        assert any(
            plate.x <= item.region.x
            and plate.y <= item.region.y
            and item.region.right <= plate.right
            and item.region.bottom <= plate.bottom
            for plate in plates
        ), item


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name.value)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_everything_stands_inside_the_safe_area(view: MakeView, screen: Screen, language: str) -> None:
    """Five per cent that an overscanning TV may cut, on every side."""
    scene = screen.scene(view(language, number=3, code="5634", banner=True, digits="12", volume_shown=True))
    safe = Region(96, 54, 1920 - 2 * 96, 1080 - 2 * 50)
    assert [item for item in scene.items if item.region.union(safe) != safe] == []


@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name.value)
def test_arabic_says_nothing_in_english(view: MakeView, screen: Screen) -> None:
    english = set(said(screen.scene(view("en"))).split("\n"))
    arabic = set(said(screen.scene(view("ar"))).split("\n"))
    shared = {text for text in english & arabic if any(map(str.islower, text))}
    assert shared <= {"World News", "News 24 HD", "City TV", "Docs", "News", "City"}


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("World News", "WN"),
        ("News 24 HD", "N24"),
        ("الخبر HD", "الخبر"),
        ("Euro", "Euro"),
        ("HD", "HD"),
        ("euronews", "eurone"),
        ("★ Movies", "Movies"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


@pytest.mark.parametrize(("language", "reached"), [("en", "43%"), ("ar", "٤٣%")])
def test_the_first_reading_of_the_lists_says_how_far_it_is(
    view: Callable[..., View], language: str, reached: str
) -> None:
    shown = view(language, reading_lists=True, reading={Part.LISTS: 0.43})
    scene = Starting().scene(shown)
    assert reached in scene.words
    assert shown.words("hint.stop_reading") in scene.words
    assert Starting().press(Key.BACK, shown, held=False)[1] == StopReading()
    assert Starting().press(Key.BACK, view(language), held=False)[1] is None
