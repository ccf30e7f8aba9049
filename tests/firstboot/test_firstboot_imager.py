"""Raspberry Pi Imager's customisation is honoured, in each of its forms, and never run."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stb.firstboot.cloud import read_network_config, read_user_data
from stb.firstboot.imager import read_preseed
from stb.firstboot.script import read_script
from stb.firstboot.wish import Wifi

NAME = 'Home\'s "net"'
PMK = "0123456789abcdef" * 4
PRESEED = """\
config_version = "1.0"

[system]
hostname = "attic"

[user]
name = "pi"
password = "$y$j9T$abc$def"
password_encrypted = true
groups = ["sudo"]

[ssh]
enabled = true
password_authentication = false
authorized_keys = [
  "KEY",
]

[wlan]
ssid = "Home's \\"net\\""
password = "PMK"
password_encrypted = true
hidden = true
country = "IQ"

[locale]
keymap = "gb"
timezone = "Asia/Baghdad"
"""
SCRIPT = """\
#!/bin/sh

set +e

CURRENT_HOSTNAME=$(cat /etc/hostname | tr -d " \\t\\n\\r")
if [ -f /usr/lib/raspberrypi-sys-mods/imager_custom ]; then
   /usr/lib/raspberrypi-sys-mods/imager_custom set_hostname attic
else
   echo attic >/etc/hostname
fi
FIRSTUSER=$(getent passwd 1000 | cut -d: -f1)
if [ -f /usr/lib/raspberrypi-sys-mods/imager_custom ]; then
   /usr/lib/raspberrypi-sys-mods/imager_custom enable_ssh -k 'KEY'
fi
if [ -f /usr/lib/userconf-pi/userconf ]; then
   /usr/lib/userconf-pi/userconf 'pi' '$5$abc$def'
fi
if [ -f /usr/lib/raspberrypi-sys-mods/imager_custom ]; then
   /usr/lib/raspberrypi-sys-mods/imager_custom set_wlan  -h 'Home'"'"'s "net"' 'PMK' 'IQ'
else
cat >/etc/wpa_supplicant/wpa_supplicant.conf <<'WPAEOF'
country=XX
network={
\tssid="somebody else's"
\tpsk=0000
}
WPAEOF
fi
if [ -f /usr/lib/raspberrypi-sys-mods/imager_custom ]; then
   /usr/lib/raspberrypi-sys-mods/imager_custom set_keymap 'gb'
   /usr/lib/raspberrypi-sys-mods/imager_custom set_timezone 'Asia/Baghdad'
fi
rm -f /boot/firstrun.sh
sed -i 's| systemd.run.*||g' /boot/cmdline.txt
exit 0
"""
USER_DATA = """\
#cloud-config
manage_resolv_conf: false

hostname: attic
manage_etc_hosts: true
packages:
- avahi-daemon

timezone: Asia/Baghdad
keyboard:
  model: pc105
  layout: "gb"
users:
- name: pi
  shell: /bin/bash
  lock_passwd: false
  passwd: "$5$abc$def"
  ssh_authorized_keys:
    - KEY
  sudo: ALL=(ALL) NOPASSWD:ALL

enable_ssh: true
ssh_pwauth: false

runcmd:
  - [ rfkill, unblock, wifi ]
"""
NETWORK_CONFIG = """\
network:
  version: 2
  ethernets:
    eth0:
      dhcp4: true
      optional: true
  wifis:
    wlan0:
      dhcp4: true
      regulatory-domain: "IQ"
      access-points:
        "Home's \\"net\\"":
          hidden: true
          password: "PMK"
      optional: true
"""
FORMS = {
    "rpi-preseed": {"rpi-preseed.toml": PRESEED},
    "custom": {"custom.toml": PRESEED.replace('"1.0"', "1")},
    "systemd": {"firstrun.sh": SCRIPT},
    "cloudinit": {"user-data": USER_DATA, "network-config": NETWORK_CONFIG, "meta-data": "instance-id: x\n"},
}


@pytest.fixture(params=FORMS.values(), ids=FORMS)
def imaged(request, box, key):
    """A card that Imager wrote."""
    for name, text in request.param.items():
        box.write(text.replace("KEY", key).replace("PMK", PMK), name)
    return box


def test_every_form_says_the_same(imaged, key):
    assert imaged.boot().problems == ()
    assert imaged.names == ["attic"]
    assert imaged.settings.settings.time_zone == "Asia/Baghdad"
    assert imaged.kept("system/wifi-country") == "COUNTRY=IQ\n"
    assert imaged.kept("system/ssh/authorized_keys") == f"{key}\n"
    profile = imaged.kept("network/stb-wifi.nmconnection")
    octets = "".join(f"{octet};" for octet in NAME.encode())
    assert f"ssid={octets}\n" in profile
    assert f"psk={PMK}\n" in profile
    assert "hidden=true\n" in profile


def test_nothing_of_it_stays_on_the_card(imaged):
    imaged.boot()
    assert {path.name for path in imaged.disk.card.iterdir()} <= {"stb-report.txt", "meta-data"}
    assert PMK not in imaged.report


def test_the_boxs_own_file_has_the_last_word(imaged):
    imaged.write('hostname = "cellar"\n[network]\nwifi = "Other"\n')
    imaged.boot()
    assert imaged.names == ["cellar"]
    assert "psk" not in imaged.kept("network/stb-wifi.nmconnection")
    assert imaged.settings.settings.time_zone == "Asia/Baghdad"


def test_the_boxs_own_file_may_say_that_nobody_comes_in(imaged):
    imaged.write("[ssh]\nkeys = []\n")
    imaged.boot()
    assert not (imaged.disk.data / "system/ssh/authorized_keys").exists()


def test_somebodys_own_script_is_neither_run_nor_lost(box):
    script = "#!/bin/sh\ntouch /tmp/was-here\n"
    box.write(script, "firstrun.sh")
    assert box.boot().problems == (
        "firstrun.sh: not what Raspberry Pi Imager writes; scripts are not run on this box",
    )
    assert box.on_card("firstrun.sh.unread") == script


@pytest.mark.parametrize(
    "value",
    ["$(reboot)", "`reboot`", "a; reboot", "a && reboot", "../../etc/passwd"],
)
def test_what_a_shell_would_run_is_a_wrong_name(value):
    helper = "/usr/lib/raspberrypi-sys-mods/imager_custom"
    reading = read_script(f"   {helper} set_hostname '{value}'\n")
    assert reading.wish.hostname == ""
    assert len(reading.problems) == 1


def test_ssh_by_password_is_told_to_be_impossible():
    reading = read_preseed("[ssh]\nenabled = true\npassword_authentication = true\n", "rpi-preseed.toml")
    assert reading.wish.keys is None
    assert reading.problems == ("rpi-preseed.toml: ssh: a key is needed, this box knows no passwords",)


def test_a_network_whose_password_is_wrong_is_not_taken_for_an_open_one():
    reading = read_preseed('[wlan]\nssid = "Home"\npassword = "short"\n', "rpi-preseed.toml")
    assert reading.wish.wifi is None
    assert len(reading.problems) == 1


def test_a_name_that_is_no_text_comes_in_digits():
    reading = read_preseed('[wlan]\nssid_hex = "ff00fe"\n', "rpi-preseed.toml")
    assert reading.wish.wifi == Wifi(name=b"\xff\x00\xfe")


def test_the_language_of_the_system_is_the_menus():
    assert read_preseed('[locale]\nlang = "ar_IQ.UTF-8"\n', "x").wish.settings == {"language": "ar"}
    assert read_preseed('[locale]\nlang = "fr_FR.UTF-8"\n', "x").wish.settings == {}


def test_what_a_television_has_no_use_for_is_said():
    reading = read_preseed('[runcmd]\nlate = ["reboot"]\n', "rpi-preseed.toml")
    assert reading.notes == ("rpi-preseed.toml: [runcmd] is not for this box",)


def test_an_escape_of_yaml_is_read():
    text = NETWORK_CONFIG.replace("PMK", PMK).replace("Home's", "\\x07Home")
    assert read_network_config(text).wish.wifi == Wifi(name=b'\x07Home "net"', password=PMK, hidden=True)


READERS = {
    "preseed": lambda text: read_preseed(text, "x"),
    "script": read_script,
    "user-data": lambda text: read_user_data(f"#cloud-config\n{text}"),
    "network-config": read_network_config,
}
PIECES = st.sampled_from(
    [*PRESEED.split("\n"), *SCRIPT.split("\n"), *USER_DATA.split("\n"), *NETWORK_CONFIG.split("\n")]
)


@pytest.mark.parametrize("read", READERS.values(), ids=READERS)
@settings(deadline=None)
@given(st.text() | st.lists(PIECES | st.text(max_size=20), max_size=12).map("\n".join))
def test_whatever_is_there_is_read_or_told(read, text):
    reading = read(text)
    assert all(isinstance(problem, str) and problem for problem in reading.problems)
