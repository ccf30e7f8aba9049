"""What keys mean: the packaged tables, and what the viewer taught."""

import logging
from pathlib import Path

import pytest
from evdev import ecodes
from hypothesis import given
from hypothesis import strategies as st

from stb.app.places import packaged
from stb.errors import KeymapError, SettingsError
from stb.model import Key
from stb.remote.keymap import Keymap, Keymaps, parse, written
from stb.settings.writing import write

FOLDER = packaged() / "keymaps"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    return tmp_path / "keymap.toml"


@pytest.fixture
def keymaps(own: Path) -> Keymaps:
    return Keymaps(FOLDER, own, write)


@pytest.mark.parametrize(
    ("key", "names"),
    [
        (Key.OK, "OK ENTER SELECT KPENTER"),
        (Key.BACK, "BACK EXIT ESC BACKSPACE"),
        (Key.LAST, "LAST PREVIOUS AGAIN"),
        (Key.EPG, "EPG PROGRAM"),
        *((Key[f"NUMERIC_{n}"], f"NUMERIC_{n} {n} KP{n}") for n in range(10)),
    ],
    ids=lambda value: value if isinstance(value, Key) else "",
)
def test_several_kernel_keys_are_one_of_ours(keymaps, key, names):
    assert {keymaps.meaning((f"KEY_{name}",)) for name in names.split()} == {key}


def test_every_key_of_ours_can_be_sent():
    tables = [parse(path.read_text(), path.name) for path in FOLDER.glob("*.toml")]
    assert {key for table in tables for key in table.values()} == set(Key)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.toml")), ids=lambda path: path.stem)
def test_packaged_keymaps_use_names_that_the_kernel_has(path):
    assert [name for name in parse(path.read_text(), path.name) if name not in ecodes.ecodes] == []


def test_packaged_keymaps_do_not_contradict_each_other():
    names = [name for path in FOLDER.glob("*.toml") for name in parse(path.read_text(), path.name)]
    assert len(names) == len(set(names))


def test_all_faults_of_a_file_are_told_at_once():
    text = '[keys]\nKEY_OK = "OKAY"\nenter = "OK"\nKEY_UP = 3\nKEY_DOWN = "DOWN"\n[key]\nKEY_UP = "UP"\n'
    with pytest.raises(KeymapError) as raised:
        parse(text, "keymap.toml")
    assert raised.value.problems == (
        "key: no such table, [keys] expected",
        "keys.KEY_OK: no key of ours is 'OKAY', did you mean 'OK'?",
        "keys.enter: a name like KEY_ENTER expected",
        "keys.KEY_UP: no key of ours is 3",
    )


@pytest.mark.parametrize(
    "text", ["[keys", "keys = 1", 'keys = [["KEY_UP"]]'], ids=["no toml", "a number", "a list"]
)
def test_what_is_no_keymap_is_refused(text):
    with pytest.raises(KeymapError):
        parse(text, "keymap.toml")


@given(st.text(max_size=80))
def test_any_text_is_read_or_refused(text):
    try:
        table = parse(text, "keymap.toml")
    except KeymapError:
        return
    assert set(table.values()) <= set(Key)


@given(st.dictionaries(st.from_regex(r"\A(KEY_[A-Z0-9_]{1,12}|SCAN_[0-9A-F]{1,8})\Z"), st.sampled_from(Key)))
def test_what_is_written_is_read(table):
    assert parse(written(table), "keymap.toml") == table


def test_what_was_taught_goes_before(keymaps):
    keymaps.teach({"KEY_F5": Key.OK, "KEY_ENTER": Key.MENU})
    assert keymaps.meaning(("KEY_F5",)) is Key.OK
    assert keymaps.meaning(("KEY_ENTER",)) is Key.MENU
    assert keymaps.meaning(("KEY_SELECT",)) is Key.OK


def test_what_was_taught_goes_before_under_any_name_of_the_key():
    keymap = Keymap({"KEY_FULL_SCREEN": Key.ZOOM}, {"KEY_ZOOM": Key.EPG})
    assert keymap.meaning(("KEY_FULL_SCREEN", "KEY_ZOOM")) is Key.EPG


def test_what_was_taught_outlives_the_box_and_grows(keymaps, own):
    keymaps.teach({"KEY_F5": Key.OK})
    keymaps.teach({"SCAN_E3F": Key.LEFT})
    again = Keymaps(FOLDER, own, write)
    assert (again.meaning(("KEY_F5",)), again.meaning(("SCAN_E3F",)), again.taught) == (Key.OK, Key.LEFT, 2)


def test_what_was_taught_can_be_thrown_away(keymaps, own):
    keymaps.teach({"KEY_ENTER": Key.MENU})
    keymaps.forget()
    keymaps.forget()
    assert (keymaps.meaning(("KEY_ENTER",)), keymaps.taught, own.exists()) == (Key.OK, 0, False)


def test_what_cannot_be_written_is_not_taught(tmp_path):
    (tmp_path / "file").write_text("")
    keymaps = Keymaps(FOLDER, tmp_path / "file" / "keymap.toml", write)
    with pytest.raises(SettingsError):
        keymaps.teach({"KEY_ENTER": Key.MENU})
    assert keymaps.meaning(("KEY_ENTER",)) is Key.OK


@pytest.mark.parametrize(
    "content", [b"[keys", b'[keys]\nKEY_UP = "OOPS"', b"\xff\xfe"], ids=["cut off", "wrong", "no text"]
)
def test_a_damaged_file_of_the_box_is_passed_over_with_a_line_in_the_log(own, content, caplog):
    own.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        keymaps = Keymaps(FOLDER, own, write)
    assert "keymap passed over" in caplog.text
    assert keymaps.meaning(("KEY_ENTER",)) is Key.OK
