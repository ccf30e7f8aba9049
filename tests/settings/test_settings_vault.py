"""The vault: kept whole through power cuts, read by nobody else."""

import base64
import json
import os
import signal
import subprocess
import sys
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stb.errors import SettingsError
from stb.settings import Vault
from stb.settings.seal import Seal, WrongSeal, board_seal
from stb.settings.vault import BOX

SECRET = "hunter2-is-a-secret"
SEAL = Seal(b"this board")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state" / "vault.json"


@pytest.fixture
def put(path):
    """A vault of this board, as the next start finds it."""

    def put(section="home", **values):
        Vault(path, SEAL).put(section, **values)

    return put


def test_what_was_never_put_is_empty(path):
    assert Vault(path, SEAL).get("home", "code") == ""
    assert Vault(path, SEAL).section("home") == {}
    assert not path.parent.exists()


def test_what_was_put_is_there_for_the_next_start(path, put):
    put(code="0634", duid="195C")
    assert Vault(path, SEAL).section("home") == {"code": "0634", "duid": "195C"}


def test_putting_leaves_the_rest_as_it_was(path, put):
    put(code="1", seen="yes")
    put("board", code="2")
    put(code="3")
    vault = Vault(path, SEAL)
    assert (vault.section("home"), vault.section("board")) == ({"code": "3", "seen": "yes"}, {"code": "2"})


def test_a_section_is_forgotten_alone(path, put):
    put(code="1")
    put("other", code="2")
    Vault(path, SEAL).forget("home")
    Vault(path, SEAL).forget("never put")
    assert (Vault(path, SEAL).section("home"), Vault(path, SEAL).get("other", "code")) == ({}, "2")


def test_any_text_can_be_kept(path):
    text = "بسم الله\n\0\"'\\ \ud800"
    for section in ("a.b", BOX):
        Vault(path, SEAL).put(section, value=text)
        assert Vault(path, SEAL).get(section, "value") == text


def test_putting_what_is_there_writes_nothing(path, put):
    put(code="1", seen="yes")
    before = path.stat().st_ino
    put(code="1")
    assert path.stat().st_ino == before


def test_nobody_else_reads_it_whatever_the_umask(path, put):
    before = os.umask(0)
    try:
        put(code="1")
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_it_is_nobody_elses_before_the_first_byte(path, put, monkeypatch):
    put(code="old")
    modes = []

    def look(descriptor):
        modes.append(os.fstat(descriptor).st_mode & 0o777)
        assert path.with_name("vault.json.new").stat().st_mode & 0o777 == 0o600
        raise OSError(5, "the card is gone")

    leftover = path.with_name("vault.json.new")
    leftover.write_text("what a power cut left")
    leftover.chmod(0o666)
    monkeypatch.setattr(os, "fsync", look)
    with pytest.raises(SettingsError, match="the card is gone"):
        put(code="new")
    assert modes == [0o600]
    assert Vault(path, SEAL).get("home", "code") == "old"


def test_no_secret_lies_open_on_the_disk(path, put):
    put(BOX, duid="195C5756E85D88A")
    put(password=SECRET)
    content = path.read_bytes()
    written = json.loads(content)
    inside = base64.b64decode(written["sealed"])
    for lying in (SECRET, "password", "home"):
        assert lying.encode() not in content + inside
        assert base64.b64encode(lying.encode())[:-3] not in content
    assert written["open"] == {BOX: {"duid": "195C5756E85D88A"}}
    assert Vault(path, SEAL).get("home", "password") == SECRET


def test_the_same_secret_is_never_sealed_the_same(path, put):
    put(code="1")
    first = path.read_bytes()
    put(code="2")
    put(code="1")
    assert path.read_bytes() != first


def test_a_card_in_another_board_keeps_who_the_box_is_and_begins_the_rest_anew(path, put, caplog):
    put(BOX, duid="195C5756E85D88A")
    put(password=SECRET)
    before = path.read_bytes()
    vault = Vault(path, Seal(b"another board"))
    assert vault.get(BOX, "duid") == "195C5756E85D88A"
    assert vault.get("home", "password") == ""
    assert "sealed by another board" in caplog.text
    assert path.with_name("vault.json.other-board").read_bytes() == before
    vault.put("home", password="new")
    again = Vault(path, Seal(b"another board"))
    assert (again.get(BOX, "duid"), again.get("home", "password")) == ("195C5756E85D88A", "new")


def test_who_the_box_is_can_be_read_without_opening_the_seal(path, put):
    put(BOX, duid="195C5756E85D88A")
    put(password=SECRET)
    assert Vault(path, Seal(b"another board")).section(BOX) == {"duid": "195C5756E85D88A"}
    assert not path.with_name("vault.json.other-board").exists()


def test_an_unsealed_file_of_before_is_read_and_sealed_with_the_next_word(path, put):
    path.parent.mkdir()
    path.write_text(json.dumps({"home": {"password": SECRET}, BOX: {"duid": "195C"}}))
    assert Vault(path, SEAL).get("home", "password") == SECRET
    put(code="1")
    assert SECRET not in path.read_text()
    assert Vault(path, SEAL).section("home") == {"password": SECRET, "code": "1"}
    assert Vault(path, SEAL).section(BOX) == {"duid": "195C"}


def test_a_credential_of_systemd_seals_and_what_was_sealed_without_it_still_opens(
    path, tmp_path, monkeypatch
):
    Vault(path, board_seal("1000")).put("home", code="1")
    (tmp_path / "vault-key").write_bytes(b"from the TPM")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    vault = Vault(path, board_seal("1000"))
    assert vault.get("home", "code") == "1"
    vault.put("home", code="2")
    monkeypatch.delenv("CREDENTIALS_DIRECTORY")
    assert Vault(path, board_seal("1000")).get("home", "code") == ""


def test_a_folder_of_credentials_without_ours_changes_nothing(path, tmp_path, monkeypatch):
    Vault(path, board_seal("1000")).put("home", code="1")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert Vault(path, board_seal("1000")).get("home", "code") == "1"


@settings(deadline=None, max_examples=30)
@given(st.binary(max_size=60), st.integers(min_value=0), st.integers(1, 255))
def test_a_seal_gives_back_what_it_closed_or_says_that_it_was_touched(plain, place, change):
    sealed = SEAL.close(plain, b"about")
    assert SEAL.open(sealed, b"about") == plain
    with pytest.raises(WrongSeal):
        SEAL.open(sealed, b"something else")
    touched = bytearray(sealed)
    touched[16 + place % (len(sealed) - 16)] ^= change
    with pytest.raises(WrongSeal):
        SEAL.open(bytes(touched), b"about")


@pytest.mark.parametrize("length", [0, 1, 16, 27, 28, 40])
def test_what_is_too_short_for_a_seal_was_not_sealed_by_us(length):
    with pytest.raises(WrongSeal):
        SEAL.open(SEAL.close(b"plain text of some length", b"")[:length], b"")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b'{"home": {"code": "1', id="cut short"),
        pytest.param(b"\0" * 4096, id="zeros"),
        pytest.param(b"\xff\xfe\xfd", id="no text"),
        pytest.param(b"[]", id="a list"),
        pytest.param(b'{"home": 1}', id="a number as section"),
        pytest.param(b'{"home": {"code": 1}}', id="a number as value"),
        pytest.param(b'{"open": {"box": 1}}', id="a number as open section"),
        pytest.param(b'{"open": {}, "sealed": 1}', id="a number as seal"),
        pytest.param(b'{"open": {}, "sealed": "%"}', id="no base64 as seal"),
        pytest.param(b"[" * 100_000, id="nested without end"),
    ],
)
def test_a_damaged_file_is_set_aside_and_a_fresh_one_begun(path, content, caplog):
    path.parent.mkdir()
    path.write_bytes(content)
    vault = Vault(path, SEAL)
    assert vault.get("home", "code") == ""
    assert path.with_name("vault.json.damaged").read_bytes() == content
    assert "vault damaged" in caplog.text
    vault.put("home", code="2")
    assert Vault(path, SEAL).get("home", "code") == "2"


def test_a_place_that_cannot_be_written_is_an_error_of_ours(tmp_path):
    (tmp_path / "state").write_text("a file where the folder should be")
    vault = Vault(tmp_path / "state" / "vault.json", SEAL)
    with pytest.raises(SettingsError):
        vault.put("home", code="1")


def test_a_folder_in_the_place_of_the_file_is_an_error_of_ours(path):
    path.mkdir(parents=True)
    with pytest.raises(SettingsError):
        Vault(path, SEAL).get("home", "code")


def test_threads_do_not_lose_what_another_put(path):
    vault = Vault(path, SEAL)

    def put(name):
        for value in range(10):
            vault.put("home", **{name: str(value)})

    threads = [Thread(target=put, args=(f"name{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Vault(path, SEAL).section("home") == {f"name{n}": "9" for n in range(4)}


FILLER = """
import sys
from pathlib import Path
from stb.settings import Vault
from stb.settings.seal import Seal
vault = Vault(Path(sys.argv[1]), Seal(b"this board"))
for value in range(40):
    vault.put("home", **{f"{sys.argv[2]}{value}": "x"})
    vault.put(sys.argv[2], last=str(value))
    vault.forget(f"nobody{value}")
"""


def test_processes_do_not_lose_what_another_put(path):
    command = [sys.executable, "-c", FILLER, str(path)]
    fillers = [subprocess.Popen([*command, name]) for name in ("one", "other", "third")]
    assert [filler.wait() for filler in fillers] == [0, 0, 0]
    kept = Vault(path, SEAL)
    assert len(kept.section("home")) == 3 * 40
    assert kept.get("other", "last") == kept.get("third", "last") == "39"


WRITER = """
import sys
from pathlib import Path
from stb.settings import Vault
from stb.settings.seal import Seal
vault = Vault(Path(sys.argv[1]), Seal(b"this board"))
for turn in range(1_000_000):
    vault.put("home", one=str(turn) * 5000, other=str(turn) * 5000)
    print(turn, flush=True)
"""


@pytest.mark.parametrize("turns", [1, 4, 9, 17])
def test_a_writer_killed_at_any_moment_leaves_the_old_or_the_new_whole(path, put, turns, caplog):
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
    ) as writer:
        for _ in range(turns):
            done = int(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)
    vault = Vault(path, SEAL)
    one = vault.get("home", "one")
    assert one == vault.get("home", "other")
    assert int(one[: len(one) // 5000]) >= done
    assert "set aside" not in caplog.text
    put(one="goes on")
    assert Vault(path, SEAL).get("home", "one") == "goes on"
