"""The image boots in an emulated machine, as it would on a board: picture, keys, infrared, CEC, sound."""

import array
import base64
import re
from pathlib import Path

import pytest
from rig.box import Box
from rig.card import PATIENCE
from rig.patience import until
from rig.pictures import colours, difference, read

pytestmark = pytest.mark.qemu
KEPT = Path(__file__).parent / "pictures"
ALIKE = 0.02
CHANNELUP = "0x0e3c"
PLAYBACK = re.compile(r"Logical Address +: (\d+) \(Playback")


def test_the_first_frame_is_the_welcome(fresh):
    assert difference(read(fresh.look()), read(KEPT / "welcome.png")) < ALIKE


def test_a_key_of_the_keyboard_goes_through_the_kernel_to_the_screen(fresh):
    before = read(fresh.look())
    fresh.press("down")
    until(lambda: difference(read(fresh.look()), before) > 0, "another language", PATIENCE)
    fresh.press("ret")
    Box(fresh, PATIENCE).until("the next step", phase="starting")


def test_it_plays_and_zaps_and_the_picture_moves(machine, box):
    assert moves(machine)
    machine.press("pgup")
    box.until("the next channel", channel=2, playing="playing")
    assert moves(machine)


def test_infrared_codes_become_keys_by_the_kernels_decoder_and_our_table(machine, box):
    done(machine, "modprobe rc-loopback && udevadm settle")
    done(
        machine,
        "rc=$(basename $(dirname $(grep -l rc-loopback /sys/class/rc/rc*/uevent))) && "
        "ir-keytable --sysdev=$rc --clear --write /etc/rc_keymaps/mag.toml && "
        "until journalctl -b -u stb --no-pager -o cat | grep 'rc-core loopback'; do sleep 1; done",
    )
    done(machine, f"ir-ctl --device=/dev/lirc0 --scancode=rc5:{CHANNELUP}")
    box.until("the next channel", channel=2, playing="playing")


def test_the_tvs_own_remote_zaps_over_cec(machine, box):
    done(machine, "modprobe vivid && udevadm settle && ls /dev/cec0 /dev/cec1")
    for adapter in ("cec0", "cec1"):  # one is the TV's
        box.until_unit(f"stb-cec@{adapter}.service", "ActiveState", "active")
    done(machine, "cec-ctl -d /dev/cec0 --tv")
    address = until(lambda: claimed(machine), "the box's address", PATIENCE)
    done(machine, f"cec-ctl -d /dev/cec0 --to {address} --user-control-pressed ui-cmd=channel-up")
    box.until("the next channel", channel=2, playing="playing")


def test_its_sound_leaves_by_the_jack(machine, box):
    assert box.status()["sound"]["output"] == "jack"
    until(lambda: loudest(machine) > 0.01, "a sound", PATIENCE)


def test_a_picture_stays_however_long_nobody_presses_a_key(machine):
    """The console's own timer is ten seconds in this machine; X has none."""
    timers = "from Xlib.display import Display; print(Display(':0').get_screen_saver().timeout)"
    asked = done(machine, f'XAUTHORITY=/run/stb-x/authority python3 -c "{timers}"')
    assert asked.strip() == "0"
    done(machine, "sleep 15")
    assert colours(read(machine.look())) > 1000


def test_power_sends_it_to_sleep_and_wakes_it_and_the_system_stays_up(machine, box):
    machine.press("power")
    box.until("stand-by", screen="standby", playing="idle")
    assert colours(read(machine.look())) < 1000
    machine.press("power")
    box.until("the channel again", phase="watching", channel=1, playing="playing")
    assert machine.alive()


def test_the_network_goes_and_comes_back(machine, box):
    machine.plug_network(into=False)
    until(lambda: box.status()["player"]["state"] != "playing", "the end of the picture", PATIENCE)
    assert colours(read(machine.look())) > 100
    machine.plug_network(into=True)
    box.until("the channel again", phase="watching", channel=1, playing="playing")
    assert moves(machine)


def loudest(machine):
    """Of two seconds at the other end of the jack; a machine that is too slow for its sound drops it."""
    record = "arecord -q -D hw:Headphones,1 -f FLOAT_LE -c 2 -r 48000 -d 2 -t raw 2>/dev/null | base64 -w 0"
    heard = array.array("f", base64.b64decode(done(machine, record)))
    assert max(heard) <= 1.0
    return max(heard)


def claimed(machine):
    """The address that the box has at the TV, which was plugged in; on a slow machine not always at once."""
    for screen in (0, 2):
        done(machine, f"v4l2-ctl -d /dev/video0 --set-ctrl hdmi_000_0_is_connected_to={screen} && sleep 4")
    found = PLAYBACK.search(machine.ask("cec-ctl -d /dev/cec1")[1])
    return found and found[1]


def moves(machine):
    """Whether the video on the screen goes on."""
    before = read(machine.look("before.png"))

    def apart():
        return difference(read(machine.look("moving.png")), before)

    until(lambda: apart() > 0.002, "a picture that moves", PATIENCE)
    return True


def done(machine, command):
    """What a command in the machine says that has to succeed."""
    code, told = machine.ask(command, PATIENCE)
    assert code == 0, told
    return told
