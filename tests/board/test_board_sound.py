"""Where sound leaves the machine, in made-up /proc and /sys, and what TVs say they can hear."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.board.eld import passthrough
from stb.board.sound import NOWHERE, SYSTEM, Outputs, choose, read_outputs

TVS = Path(__file__).with_name("tvs")
PI_4 = ("Headphones", "vc4hdmi0", "vc4hdmi1")
PI_5 = ("vc4hdmi0", "vc4hdmi1")
PI_3 = ("Headphones", "vc4hdmi")


def tv(name):
    return (TVS / f"{name}.txt").read_text()


@pytest.fixture
def machine(tmp_path):
    """Makes the files of a machine with these cards; a socket of each display, and what it says."""

    def make(cards, displays=(), eld=None):
        asound, drm = tmp_path / "proc/asound", tmp_path / "sys/class/drm"
        asound.mkdir(parents=True, exist_ok=True)
        rows = (
            f"{number:2} [{card:15}]: {card[:12]} - {card}\n{card:>30}\n" for number, card in enumerate(cards)
        )
        (asound / "cards").write_text("".join(rows) or "--- no soundcards ---\n")
        for number, card in enumerate(cards):
            if text := (eld or {}).get(card):
                (asound / f"card{number}").mkdir(exist_ok=True)
                (asound / f"card{number}/eld#0").write_text(text)
        for name in ("card1-HDMI-A-1", "card1-HDMI-A-2", "card1-Writeback-1"):
            (drm / name).mkdir(parents=True, exist_ok=True)
            status = "connected" if name.partition("-")[2] in displays else "disconnected"
            (drm / name / "status").write_text(f"{status}\n")
        return tmp_path

    return make


@pytest.mark.parametrize(
    ("cards", "displays", "output", "device"),
    [
        pytest.param(
            PI_4, ["HDMI-A-1"], "hdmi0", "sysdefault:CARD=vc4hdmi0", id="the TV is at the first socket"
        ),
        pytest.param(
            PI_4, ["HDMI-A-2"], "hdmi1", "sysdefault:CARD=vc4hdmi1", id="the TV is at the second socket"
        ),
        pytest.param(PI_4, ["HDMI-A-1", "HDMI-A-2"], "hdmi0", "sysdefault:CARD=vc4hdmi0", id="two TVs"),
        pytest.param(PI_4, [], "jack", "plughw:CARD=Headphones", id="the TV is off"),
        pytest.param(PI_3, ["HDMI-A-1"], "hdmi0", "sysdefault:CARD=vc4hdmi", id="a board with one socket"),
        pytest.param(PI_5, [], "null", "", id="a board without a jack, the TV off"),
    ],
)
def test_sound_goes_where_the_tv_is(machine, cards, displays, output, device):
    sound = choose(read_outputs(machine(cards, displays)), output="auto", encoded=False)

    assert (sound.name, sound.device, sound.passthrough) == (output, device, ())


@pytest.mark.parametrize(
    ("chosen", "output"),
    [
        pytest.param("hdmi1", "hdmi1", id="the other socket"),
        pytest.param("jack", "jack", id="the jack"),
        pytest.param("null", "null", id="nowhere"),
    ],
)
def test_the_viewer_may_choose_another_way(machine, chosen, output):
    outputs = read_outputs(machine(PI_4, ["HDMI-A-1"]))

    assert choose(outputs, output=chosen, encoded=False).name == output


def test_a_way_that_is_not_there_any_more_is_passed_over(machine):
    assert choose(read_outputs(machine(PI_5, ["HDMI-A-1"])), output="jack", encoded=False).name == "hdmi0"


@pytest.mark.parametrize(
    ("cards", "sound"),
    [
        pytest.param((), NOWHERE, id="no card"),
        pytest.param(("PCH", "HDMI"), SYSTEM, id="the cards of a computer"),
    ],
)
def test_other_machines_know_for_themselves(machine, cards, sound):
    assert choose(read_outputs(machine(cards)), output="auto", encoded=False) == sound


def test_a_machine_without_any_of_these_files_is_silent(tmp_path):
    assert read_outputs(tmp_path) == Outputs()
    assert choose(read_outputs(tmp_path), output="hdmi0", encoded=True) == NOWHERE


def test_a_tv_that_is_plugged_elsewhere_takes_the_sound_along(machine):
    before = read_outputs(machine(PI_4, ["HDMI-A-1"]))
    after = read_outputs(machine(PI_4, ["HDMI-A-2"]))

    assert [choose(each, output="auto", encoded=False).name for each in (before, after)] == ["hdmi0", "hdmi1"]


@pytest.mark.parametrize(
    ("name", "codecs"),
    [
        ("lg_tv", ("AC-3",)),
        ("onkyo_amplifier", ("AC-3", "E-AC-3")),
        ("sharp_tv", ()),
        ("nothing", ()),
    ],
)
def test_what_a_tv_decodes_itself(name, codecs):
    assert passthrough(tv(name)) == codecs


def test_what_the_tv_decodes_goes_to_it_as_it_is_if_the_viewer_wants_that(machine):
    outputs = read_outputs(machine(PI_4, ["HDMI-A-1"], {"vc4hdmi0": tv("onkyo_amplifier")}))

    encoded = choose(outputs, output="auto", encoded=True)
    stereo = choose(outputs, output="auto", encoded=False)

    assert (encoded.device, encoded.passthrough) == ("hdmi:CARD=vc4hdmi0,DEV=0", ("AC-3", "E-AC-3"))
    assert (stereo.device, stereo.passthrough) == ("sysdefault:CARD=vc4hdmi0", ())


def test_a_tv_that_decodes_nothing_gets_stereo_whatever_the_viewer_wants(machine):
    outputs = read_outputs(machine(PI_4, ["HDMI-A-1"], {"vc4hdmi0": tv("sharp_tv")}))

    assert choose(outputs, output="auto", encoded=True).device == "sysdefault:CARD=vc4hdmi0"


def test_the_jack_never_gets_anything_but_stereo(machine):
    outputs = read_outputs(machine(PI_4, [], {"vc4hdmi0": tv("lg_tv")}))

    assert choose(outputs, output="jack", encoded=True).passthrough == ()


lines = st.sampled_from(tv("onkyo_amplifier").splitlines())


@given(st.lists(lines | st.text()).map("\n".join))
def test_a_text_cut_to_pieces_promises_nothing_it_does_not_say(text):
    codecs = passthrough(text)

    assert ("AC-3" in codecs) <= ("[0x2]" in text)
    assert ("E-AC-3" in codecs) <= ("[0xa]" in text)


@given(st.lists(st.integers(min_value=0, max_value=15)))
def test_every_descriptor_counts_wherever_it_stands(codes):
    text = "\n".join(f"sad{at}_coding_type\t[0x{code:x}] some name" for at, code in enumerate(codes))

    assert set(passthrough(text)) == {n for code, n in ((2, "AC-3"), (10, "E-AC-3")) if code in codes}


@given(
    st.frozensets(st.sampled_from(["vc4hdmi0", "vc4hdmi1", "vc4hdmi", "Headphones", "PCH"])),
    st.frozensets(st.sampled_from(["HDMI-A-1", "HDMI-A-2"])),
    st.sampled_from(["auto", "hdmi0", "hdmi1", "jack", "null"]),
    st.booleans(),
)
def test_sound_never_goes_to_a_card_that_is_not_there(cards, connected, output, encoded):
    sound = choose(Outputs(cards=cards, connected=connected), output=output, encoded=encoded)

    assert sound in (NOWHERE, SYSTEM) or any(f"CARD={card}" in sound.device for card in cards)
