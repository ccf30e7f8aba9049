"""What is known of boards and decoders."""

import pytest

from stb.player.decoders import NULL_SOUND, described, options

NO_CARDS = "--- no soundcards ---\n"
CARDS = " 0 [vc4hdmi0       ]: vc4-hdmi - vc4-hdmi-0\n                      vc4-hdmi-0\n"


def test_a_raspberry_pi_draws_with_gles2_and_decodes_in_hardware():
    chosen = options("Raspberry Pi 4 Model B Rev 1.4", CARDS)

    assert "--gl=none" in chosen
    assert "--gles2=none" not in chosen
    assert ":avcodec-hw=none" not in chosen


@pytest.mark.parametrize("model", ["", "Radxa ROCK 5B"], ids=["a computer", "another board"])
def test_everything_else_draws_through_plain_x(model):
    assert {"--gl=none", "--gles2=none", ":avcodec-hw=none"} <= set(options(model, CARDS))


@pytest.mark.parametrize(
    ("cards", "silent"),
    [
        pytest.param(CARDS, False, id="a card"),
        pytest.param(NO_CARDS, True, id="a driver without cards"),
        pytest.param("", True, id="no driver"),
    ],
)
def test_without_a_sound_card_there_is_no_sound(cards, silent):
    assert (NULL_SOUND[0] in options("", cards)) is silent


@pytest.mark.parametrize(
    ("decoder", "words"),
    [
        ("h264", ("H.264", False)),
        ("h264_v4l2m2m", ("H.264", True)),
        ("hevc", ("HEVC", False)),
        ("mpeg2video", ("MPEG-2", False)),
        ("aac", ("", False)),
    ],
)
def test_decoders_have_the_viewers_names(decoder, words):
    assert described(decoder) == words
