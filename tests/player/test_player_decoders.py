"""What is known of libVLC on each machine."""

import pytest

from stb.model import Machine, SoundOut
from stb.player.decoders import NULL_SOUND, described, options, why_software

PI_4 = Machine(name="Raspberry Pi 4 Model B", silicon=("H.264", "HEVC"), gpu=True, deinterlacer="yadif")
PI_5 = Machine(name="Raspberry Pi 5 Model B", silicon=("HEVC",), gpu=True)
COMPUTER = Machine(name="")
TV = SoundOut(name="hdmi0", device="sysdefault:CARD=vc4hdmi0")
NOWHERE = SoundOut(name="null")


def test_a_raspberry_pi_draws_with_gles2_and_decodes_in_hardware():
    chosen = options(PI_4, TV)

    assert "--gl=none" in chosen
    assert "--gles2=none" not in chosen
    assert ":avcodec-hw=none" not in chosen


@pytest.mark.parametrize("machine", [PI_4, PI_5, COMPUTER], ids=["Pi 4", "Pi 5", "a computer"])
def test_no_machine_names_a_decoder(machine):
    assert not any("avcodec-codec" in option for option in options(machine, TV))


def test_everything_else_draws_through_plain_x():
    assert {"--gl=none", "--gles2=none", ":avcodec-hw=none"} <= set(options(COMPUTER, TV))


def test_each_machine_deinterlaces_as_well_as_it_can_afford():
    assert "--deinterlace-mode=yadif" in options(PI_4, TV)
    assert "--deinterlace-mode=yadif2x" in options(COMPUTER, TV)


def test_sound_goes_where_it_was_chosen_to_go():
    assert {"--aout=alsa", "--alsa-audio-device=sysdefault:CARD=vc4hdmi0"} <= set(options(PI_4, TV))


def test_without_a_sound_card_there_is_no_sound():
    assert NULL_SOUND[0] in options(COMPUTER, NOWHERE)


def test_a_computer_chooses_for_itself():
    assert not any("aout" in option for option in options(COMPUTER, SoundOut(name="default")))


def test_only_what_the_tv_decodes_goes_through_as_it_is():
    encoded = SoundOut(name="hdmi0", device="hdmi:CARD=vc4hdmi0,DEV=0", passthrough=("AC-3", "E-AC-3"))

    assert {"--spdif", "?--alsa-passthrough-types=ac3,eac3"} <= set(options(PI_4, encoded))
    assert "--spdif" not in options(PI_4, TV)


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


@pytest.mark.parametrize(
    ("decoder", "machine", "said", "why"),
    [
        pytest.param("H.264", PI_5, "", "this board has no H.264 decoder", id="none in silicon"),
        pytest.param("MPEG-2", COMPUTER, "", "this computer has no MPEG-2 decoder", id="no board at all"),
        pytest.param(
            "H.264", PI_4, "Set hw fail for h264", "libVLC fell back: Set hw fail for h264", id="it failed"
        ),
        pytest.param("HEVC", PI_4, "", "libVLC did not try", id="nobody knows"),
        pytest.param("", PI_4, "", "", id="nothing is decoded"),
    ],
)
def test_there_is_a_reason_for_software(decoder, machine, said, why):
    assert why_software(decoder, machine, said) == why
