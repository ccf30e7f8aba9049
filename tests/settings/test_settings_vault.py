"""The vault: kept whole through power cuts, read by nobody else."""

import json
import os
import signal
import subprocess
import sys
from threading import Thread

import pytest

from stb.errors import SettingsError
from stb.settings import Vault


@pytest.fixture
def path(tmp_path):
    return tmp_path / "state" / "vault.json"


def test_what_was_never_put_is_empty(path):
    assert Vault(path).get("home", "code") == ""
    assert not path.parent.exists()


def test_what_was_put_is_there_for_the_next_start(path):
    Vault(path).put("home", code="0634", duid="195C")
    vault = Vault(path)
    assert (vault.get("home", "code"), vault.get("home", "duid")) == ("0634", "195C")


def test_putting_leaves_the_rest_as_it_was(path):
    vault = Vault(path)
    vault.put("home", code="1", seen="yes")
    vault.put("board", code="2")
    vault.put("home", code="3")
    assert [vault.get("home", "code"), vault.get("home", "seen"), vault.get("board", "code")] == [
        "3",
        "yes",
        "2",
    ]


def test_any_text_can_be_kept(path):
    text = "بسم الله\n\0\"'\\ \ud800"
    Vault(path).put("a.b", value=text)
    assert Vault(path).get("a.b", "value") == text


def test_putting_what_is_there_writes_nothing(path):
    vault = Vault(path)
    vault.put("home", code="1", seen="yes")
    before = path.stat().st_ino
    vault.put("home", code="1")
    assert path.stat().st_ino == before


def test_nobody_else_reads_it_whatever_the_umask(path):
    before = os.umask(0)
    try:
        Vault(path).put("home", code="1")
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_it_is_nobody_elses_before_the_first_byte(path, monkeypatch):
    vault = Vault(path)
    vault.put("home", code="old")
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
        vault.put("home", code="new")
    assert modes == [0o600]
    assert vault.get("home", "code") == "old"


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
        pytest.param(b"[" * 100_000, id="nested without end"),
    ],
)
def test_a_damaged_file_is_set_aside_and_a_fresh_one_begun(path, content, caplog):
    path.parent.mkdir()
    path.write_bytes(content)
    vault = Vault(path)
    assert vault.get("home", "code") == ""
    assert path.with_name("vault.json.damaged").read_bytes() == content
    assert "vault damaged" in caplog.text
    vault.put("home", code="2")
    assert Vault(path).get("home", "code") == "2"


def test_a_place_that_cannot_be_written_is_an_error_of_ours(tmp_path):
    (tmp_path / "state").write_text("a file where the folder should be")
    vault = Vault(tmp_path / "state" / "vault.json")
    with pytest.raises(SettingsError):
        vault.put("home", code="1")


def test_a_folder_in_the_place_of_the_file_is_an_error_of_ours(path):
    path.mkdir(parents=True)
    with pytest.raises(SettingsError):
        Vault(path).get("home", "code")


def test_threads_do_not_lose_what_another_put(path):
    vault = Vault(path)

    def put(name):
        for value in range(10):
            vault.put("home", **{name: str(value)})

    threads = [Thread(target=put, args=(f"name{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert json.loads(path.read_text()) == {"home": {f"name{n}": "9" for n in range(4)}}


WRITER = """
import sys
from pathlib import Path
from stb.settings import Vault
vault = Vault(Path(sys.argv[1]))
for turn in range(1_000_000):
    vault.put("home", one=str(turn) * 5000, other=str(turn) * 5000)
    print(turn, flush=True)
"""


@pytest.mark.parametrize("turns", [1, 4, 9, 17])
def test_a_writer_killed_at_any_moment_leaves_the_old_or_the_new_whole(path, turns, caplog):
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True
    ) as writer:
        for _ in range(turns):
            done = int(writer.stdout.readline())
        writer.send_signal(signal.SIGKILL)
    vault = Vault(path)
    one = vault.get("home", "one")
    assert one == vault.get("home", "other")
    assert int(one[: len(one) // 5000]) >= done
    assert "damaged" not in caplog.text
    vault.put("home", one="goes on")
    assert Vault(path).get("home", "one") == "goes on"
