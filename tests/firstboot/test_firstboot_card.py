"""stb.toml of the card: what is said comes into effect, what is wrong is told, what is secret goes."""

import stat

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stb.firstboot.card import read_card
from stb.firstboot.wish import Fixed, Reading

WHOLE = """\
# our living room
language = "ar"
time_zone = "Asia/Baghdad"
hostname = "living-room"

[sound]
output = "hdmi0"

[network]
wifi = "Home"            # the router's
password = "open sesame"
country = "iq"
address = "192.168.1.50/24"
gateway = "192.168.1.1"
dns = ["192.168.1.1", "2001:db8::1"]

[display]
mode = "1280x720"

[[source]]
id = "cable"
kind = "xtream"
address = "http://tv.example:8080"
user = "joe"
password = "sealed"      # from the letter
"""


def test_all_that_is_said_comes_into_effect(box, key):
    box.write(f'{WHOLE}\n[ssh]\nkeys = ["{key}"]\n')
    assert box.boot().problems == ()
    settings = box.settings.settings
    assert (settings.language, settings.time_zone, settings.sound.output) == ("ar", "Asia/Baghdad", "hdmi0")
    assert [source.address for source in settings.sources] == ["http://tv.example:8080"]
    assert "sealed" in box.password("cable").values()
    assert box.names == ["living-room"]
    assert box.kept("system/hostname") == "living-room\n"
    assert box.kept("system/wifi-country") == "COUNTRY=IQ\n"
    assert box.kept("system/ssh/authorized_keys") == f"{key}\n"
    assert 'Modes "1280x720"' in box.kept("config/xorg/stb.conf")
    assert "psk=open sesame" in box.kept("network/stb-wifi.nmconnection")


def test_nobody_else_may_read_what_is_secret(box):
    box.write(WHOLE)
    box.boot()
    for name in ("network/stb-wifi.nmconnection", "state/vault.json", "state/stb.toml"):
        assert stat.S_IMODE((box.disk.data / name).stat().st_mode) == 0o600
    assert stat.S_IMODE((box.disk.data / "system/hostname").stat().st_mode) == 0o644


def test_secrets_go_and_comments_stay(box):
    box.write(WHOLE)
    box.boot()
    assert box.on_card() == WHOLE.replace("open sesame", "").replace("sealed", "")
    for path in box.disk.card.iterdir():
        assert b"sesame" not in path.read_bytes()
        assert b"sealed" not in path.read_bytes()


def test_a_login_in_an_address_is_a_secret_too(box):
    box.write(
        '[[source]]\nid = "list"\nkind = "m3u"\n'
        'address = "http://h.example/get.php?username=joe&password=sesame&type=m3u_plus"\n'
    )
    box.boot()
    assert "sesame" not in box.on_card()
    assert "sesame" not in box.kept("state/stb.toml")
    assert "sesame" in "".join(box.password("list").values())


def test_what_was_said_once_holds_when_something_else_is_written_later(box):
    box.write(WHOLE)
    box.boot()
    wifi, password = box.kept("network/stb-wifi.nmconnection"), box.password("cable")
    box.write(box.on_card().replace("living-room", "kitchen"))
    box.boot()
    assert box.names == ["living-room", "kitchen"]
    assert box.kept("network/stb-wifi.nmconnection") == wifi
    assert box.password("cable") == password


def test_another_wifi_does_not_get_the_password_of_the_one_before(box):
    box.write(WHOLE)
    box.boot()
    box.write(box.on_card().replace('"Home"', '"Café"'))
    box.boot()
    assert "psk" not in box.kept("network/stb-wifi.nmconnection")


def test_a_file_as_the_box_left_it_says_nothing_new(box):
    box.write(WHOLE)
    box.boot()
    (box.disk.data / "system/hostname").unlink()
    assert box.boot() == Reading()
    assert not (box.disk.data / "system/hostname").exists()


def test_operators_of_the_screen_stay_beside_those_of_the_card(box):
    box.write('[[source]]\nid = "first"\nkind = "alkarma"\naddress = "a.example"\n')
    box.boot()
    box.write('[[source]]\nid = "second"\nkind = "alkarma"\naddress = "b.example"\n')
    box.boot()
    assert [source.id for source in box.settings.settings.sources] == ["second", "first"]


def test_ssh_is_off_again_when_the_keys_are_taken_out(box, key):
    box.write(f'[ssh]\nkeys = ["{key}"]\n')
    box.boot()
    box.write("[ssh]\nkeys = []\n")
    box.boot()
    assert not (box.disk.data / "system/ssh/authorized_keys").exists()


FAULTY = """\
langage = "en"
hostname = "living room"
[sond]
[netwrk]
[network]
wify = "Home"
wifi = "Home"
password = "short"
country = "Iraq"
address = "192.168.1.50"
dns = "192.168.1.1"
[ssh]
keys = ["ssh-ed25519 AAAA"]
[display]
mode = "big"
[[source]]
id = "cable"
kind = "xtrem"
address = "http://tv.example"
password = "kept here"
"""


def test_every_fault_is_told_at_once_on_the_screen_and_on_the_card(box):
    box.write(FAULTY)
    problems = box.boot().problems
    assert {problem.partition(":")[0] for problem in problems} == {
        *("langage", "sond", "netwrk", "hostname", "network.wify", "network.password", "network.country"),
        *("network.address", "network.dns", "ssh.keys", "display.mode", "source[1].kind"),
    }
    for word in ("'language'", "'sound'", "'network'", "'wifi'", "'xtream'"):
        assert any(f"did you mean {word}?" in problem for problem in problems)
    assert box.places.card_faults.read_text().splitlines() == list(problems)
    assert all(f"  {problem}\n" in box.report for problem in problems)


def test_what_is_wrong_is_left_as_it_was_written(box):
    box.write(FAULTY)
    box.boot()
    assert box.on_card() == FAULTY
    assert not (box.disk.data / "network").exists()
    assert box.settings.settings.sources == ()


def test_a_mended_file_ends_the_faults(box):
    box.write(FAULTY)
    box.boot()
    box.write('language = "ar"\n')
    box.boot()
    assert not box.places.card_faults.exists()
    assert "left out" not in box.report


@pytest.mark.parametrize(
    "text",
    ["language = ", "\udcff".encode("utf-8", "surrogatepass").decode("latin-1"), "[" * 5000],
    ids=["half a line", "no words", "endless"],
)
def test_what_is_no_toml_is_told_and_left(box, text):
    box.write(text)
    assert len(box.boot().problems) == 1
    assert box.on_card() == text


def test_a_file_in_another_encoding_is_told_and_left_octet_by_octet(box):
    octets = 'hostname = "box"\n[network]\nwifi = "Café"\n'.encode("latin-1")
    (box.disk.card / "stb.toml").write_bytes(octets)
    assert box.boot().problems == ("stb.toml: not in UTF-8; save it so in the editor",)
    assert (box.disk.card / "stb.toml").read_bytes() == octets
    assert box.boot() == Reading()


def test_editors_of_another_system_do_no_harm(box):
    (box.disk.card / "stb.toml").write_bytes(b'\xef\xbb\xbflanguage = "ar"\r\nhostname = "box"\r\n')
    assert box.boot().problems == ()
    assert box.names == ["box"]


def test_a_fixed_address_without_wifi_is_the_wires(box):
    box.write('[network]\naddress = "2001:db8::5/64"\n')
    box.boot()
    assert "type=ethernet" in box.kept("network/stb-wired.nmconnection")


def test_fields_of_the_network_are_read_as_they_are():
    wish = read_card('[network]\naddress = "10.0.0.2/8"\ngateway = "10.0.0.1"\ndns = ["10.0.0.1"]\n').wish
    assert wish.fixed == Fixed(address="10.0.0.2/8", gateway="10.0.0.1", dns=("10.0.0.1",))


VALUES = st.recursive(
    st.text() | st.integers(-9, 9) | st.booleans(),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "wifi", "keys"]), inner)
    ),
    max_leaves=4,
)


def _toml(value):
    match value:
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case str():
            return (
                '"'
                + "".join(f"\\U{ord(letter):08X}" for letter in value if not 0xD800 <= ord(letter) < 0xE000)
                + '"'
            )
        case list():
            return f"[{', '.join(map(_toml, value))}]"
        case _:
            return "{" + ", ".join(f"{name} = {_toml(inner)}" for name, inner in value.items()) + "}"


@settings(deadline=None)
@example({"source": [{"id": []}]})
@given(
    st.dictionaries(
        st.sampled_from(["hostname", "network", "ssh", "display", "source", "guide", "sound"]), VALUES
    )
)
def test_whatever_stands_there_is_read_or_told(document):
    reading = read_card("".join(f"{name} = {_toml(value)}\n" for name, value in document.items()))
    assert all(isinstance(problem, str) and problem for problem in reading.problems)


@settings(deadline=None)
@given(st.text())
def test_any_text_is_read_or_told(text):
    read_card(text)
