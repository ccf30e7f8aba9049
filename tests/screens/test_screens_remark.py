"""What the viewer is told once: all of it is to be read, and OK takes it away."""

from itertools import pairwise

import pytest

from stb.app.state import State
from stb.app.step import step
from stb.messages import ChangeVolume, ScreenName, Understood
from stb.model import Key
from stb.screens.remark import RemarkScreen
from stb.screens.view import Remark
from stb.ui.scene import Text

SETTINGS = Remark(
    title="remark.settings",
    says="remark.settings_says",
    details=tuple(("", f"problem {number}") for number in range(9)),
)
BOARD = Remark(
    title="remark.other_board",
    says="remark.other_board_says",
    subject="195C5756E85D88A",
    details=(("remark.set_up_on", "Raspberry Pi 4"), ("remark.now_on", "Raspberry Pi 5")),
)


@pytest.mark.parametrize("key", [Key.OK, Key.BACK])
def test_ok_and_back_take_it_away_and_a_held_key_does_not(view, key):
    assert RemarkScreen().press(key, view(remark=BOARD), held=False)[1] == Understood()
    assert RemarkScreen().press(key, view(remark=BOARD), held=True)[1] is None


def test_the_volume_keys_do_what_they_always_do(view):
    assert isinstance(RemarkScreen().press(Key.VOLUMEUP, view(remark=BOARD), held=False)[1], ChangeVolume)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_all_of_it_is_on_the_screen(view, language):
    words = "\n".join(RemarkScreen().scene(view(language, remark=BOARD)).words)
    assert all(said in words for said in ("195C5756E85D88A", "Raspberry Pi 4", "Raspberry Pi 5"))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_details_that_do_not_fit_are_counted(view, language):
    looked_at = view(language, remark=SETTINGS)
    said = "\n".join(RemarkScreen().scene(looked_at).words)
    assert "problem 4" in said
    assert "problem 5" not in said
    assert looked_at.words("remark.more", n=4) in said


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("remark", [SETTINGS, BOARD], ids=["settings", "board"])
def test_no_text_lies_over_another(view, language, remark):
    looked_at = view(language, remark=remark)
    texts = [item.region for item in RemarkScreen().scene(looked_at).items if isinstance(item, Text)]
    paragraphs = sorted(region for region in texts if region.width > 100)
    columns = {region.x for region in paragraphs}
    for x in columns:
        rows = sorted((region for region in paragraphs if region.x == x), key=lambda region: region.y)
        assert all(above.bottom <= below.y for above, below in pairwise(rows))


def test_one_is_read_after_the_other_and_the_box_goes_on_beneath():
    state = State(screen=ScreenName.CHANNELS, remarks=(BOARD, SETTINGS))
    assert state.shown is ScreenName.REMARK
    state, _ = step(state, Understood(), 0)
    assert state.remarks == (SETTINGS,)
    state, _ = step(state, Understood(), 0)
    assert (state.shown, state.remarks) == (ScreenName.CHANNELS, ())
    assert step(state, Understood(), 0) == (state, ())


def test_a_box_in_stand_by_says_nothing():
    assert State(screen=ScreenName.STANDBY, remarks=(BOARD,)).shown is ScreenName.STANDBY
