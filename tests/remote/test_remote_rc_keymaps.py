"""The tables that ir-keytable loads into the kernel (rc_keymap(5))."""

import re
import tomllib

import pytest
from evdev import ecodes

from stb.app.places import packaged
from stb.model import Key
from stb.remote.keymap import parse

PATHS = sorted((packaged() / "rc_keymaps").glob("*.toml"))
KEYS = [parse(path.read_text(), path.name) for path in (packaged() / "keymaps").glob("*.toml")]
MEANINGS = {name: key for table in KEYS for name, key in table.items()}
VARIANTS = {"nec": {"nec", "necx", "nec32"}, "rc5": {"rc5", "rc5x_20", "rc5_sz"}, "rc6": {"rc6_0", "rc6_mce"}}
LONGEST = {"nec": 0xFFFF, "necx": 0xFFFFFF, "rc5": 0x1F7F}
WANTED = {Key.UP, Key.DOWN, Key.LEFT, Key.RIGHT, Key.OK, Key.BACK, Key.POWER, Key.VOLUMEUP, Key.CHANNELUP}

each = pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)


def test_there_are_tables():
    assert PATHS


@each
def test_a_table_is_in_the_form_of_ir_keytable(path):
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    assert document.keys() == {"protocols"}
    for protocol in document["protocols"]:
        assert protocol.keys() == {"name", "protocol", "variant", "scancodes"}
        assert protocol["variant"] in VARIANTS[protocol["protocol"]]
        for code, name in protocol["scancodes"].items():
            assert re.fullmatch(r"0x[0-9a-f]+", code), code
            assert int(code, 16) <= LONGEST[protocol["variant"]], code
            assert name in ecodes.ecodes, name


@each
def test_a_table_says_where_its_codes_are_from(path):
    comments = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    assert re.search(r"^# Codes: \S+\.\S+/\S+", "\n".join(comments), re.MULTILINE)


@each
def test_no_key_is_there_twice_and_a_viewer_gets_along_with_them(path):
    (protocol,) = tomllib.loads(path.read_text(encoding="utf-8"))["protocols"]
    names = list(protocol["scancodes"].values())
    assert len(names) == len(set(names))
    meant = {MEANINGS[name] for name in names if name in MEANINGS}
    assert meant >= WANTED | {key for key in Key if key.digit}
