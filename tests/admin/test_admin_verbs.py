"""``stb admin`` as it is typed: what is printed, what is kept, and the exit status."""

import io
import json
import logging
import os
import pty
import subprocess
import sys
import threading

import pytest

from stb.admin import doing
from stb.cli import main

USER, PASSWORD = "root", "pa55 & word"


@pytest.fixture(autouse=True)
def _log_as_before(monkeypatch):
    """The command line sends the log and what breaks where it wants them; that ends with the test."""
    handlers, level = logging.root.handlers[:], logging.root.level
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    yield
    logging.root.handlers[:] = handlers
    logging.root.setLevel(level)


@pytest.fixture(autouse=True)
def state(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    return tmp_path / "state" / "stb" / "admin.json"


@pytest.fixture
def typed(capfd):
    """Run the command line: its status, and what it said on both sides."""

    def typed(*words: str) -> tuple[int, str, str]:
        try:
            status = main(["admin", *words])
        except SystemExit as left:
            status = int(left.code or 0)
        said = capfd.readouterr()
        return status, said.out, said.err

    return typed


@pytest.fixture
def inside(scripted, typed, monkeypatch):
    """Somebody is logged in."""
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\n"))
    status, out, _ = typed("--url", scripted.address, "login", "--user", USER, "--password", "-")
    assert (status, out) == (doing.DONE, f"logged in ({scripted.dialect})\n")
    return scripted


@pytest.mark.usefixtures("inside")
def test_logging_in_keeps_the_cookie_and_never_the_password(state):
    kept = state.read_text()
    assert "fresh1" in kept
    assert PASSWORD not in kept
    assert state.stat().st_mode & 0o777 == 0o600


def test_a_password_in_the_command_is_refused(typed, scripted):
    status, _, err = typed("--url", scripted.address, "login", "--user", USER, "--password", "s3cret")
    assert status == doing.USAGE
    assert "s3cret" not in err
    assert scripted.asked == []


def test_a_wrong_password_is_told_in_the_panels_words(typed, scripted, monkeypatch, state):
    monkeypatch.setattr(sys, "stdin", io.StringIO("wr0ng\n"))
    status, out, err = typed("--url", scripted.address, "login", "--user", USER, "--password", "-")
    assert (status, out) == (doing.FAILED, "")
    assert "Incorrect username or password." in err
    assert "wr0ng" not in err
    assert not state.exists()


def test_nothing_is_done_for_nobody(typed):
    status, _, err = typed("user", "list")
    assert status == doing.FAILED
    assert "stb admin --url URL login" in err


@pytest.mark.usefixtures("inside")
def test_lists_are_tables_with_names_over_them(typed):
    status, out, _ = typed("user", "list")
    lines = out.splitlines()
    assert status == doing.DONE
    assert lines[0].split()[:2] == ["ID", "NAME"]
    assert lines[1].split()[:2] == ["101", "amal"]
    assert "pa55" not in out


@pytest.mark.usefixtures("inside")
def test_lists_for_programs(typed):
    status, out, _ = typed("stream", "list", "--json")
    first = json.loads(out)[0]
    assert status == doing.DONE
    assert (first["id"], first["server"], first["state"], first["uptime"]) == ("7", 1, "running", 3723)


@pytest.mark.usefixtures("inside")
def test_the_verbs_of_the_document(typed):
    for words in (
        ("stream", "stop", "7", "--server", "1"),
        ("stream", "restart", "7", "--server", "1"),
        ("user", "kill", "101"),
        ("connection", "kill", "4713"),
        ("process", "kill", "4000", "--server", "1"),
    ):
        status, out, _ = typed(*words)
        assert status == doing.DONE, words
        assert out.startswith(words[0])


def test_names_of_the_document_are_understood_too(inside, typed):
    status, *_ = typed("user", "lockk", "101")
    assert status == (doing.DONE if inside.dialect == "xtream-ui" else doing.FAILED)


def test_what_is_not_seen_to_be_done_has_a_status_of_its_own(inside, typed):
    inside.answers["user" if inside.dialect == "xtream-ui" else "line"] = '{"result":true}'
    inside.hidden.add("users" if inside.dialect == "xtream-ui" else "lines")
    status, out, _ = typed("user", "ban", "101", "--json")
    told = json.loads(out)
    assert status == doing.UNVERIFIED
    assert (told["ok"], told["answered"], told["verified"]) == (False, True, False)


def test_a_refusal_for_programs(inside, typed):
    inside.answers["process"] = '{"result":false}'
    status, out, err = typed("--json", "process", "kill", "4000", "--server", "1")
    assert status == doing.FAILED
    assert json.loads(out)["error"] == "NoPermission"
    assert err == ""


@pytest.mark.parametrize(
    "words",
    [
        pytest.param(("stream", "stop", "7"), id="no server"),
        pytest.param(("stream", "stop", "-7", "--server", "1"), id="a negative id"),
        pytest.param(("stream", "stop", "7;8", "--server", "1"), id="no number"),
        pytest.param(("process", "kill", "0", "--server", "1"), id="process 0"),
        pytest.param(("process", "kill", "99999999999", "--server", "1"), id="a huge pid"),
        pytest.param(("connection", "kill", "../x"), id="a path"),
        pytest.param(("stream", "explode", "7", "--server", "1"), id="no such verb"),
        pytest.param(("--url", "", "login"), id="login nowhere"),
        pytest.param((), id="nothing"),
    ],
)
def test_what_is_typed_wrong_is_asked_of_nobody(typed, words):
    assert typed(*words)[0] == doing.USAGE


def test_a_deletion_needs_somebody_who_agrees(inside, typed):
    status, _, err = typed("user", "delete", "101")
    assert status == doing.USAGE
    assert "--yes" in err
    assert "101" in inside.users
    assert typed("user", "delete", "101", "--yes")[0] == doing.DONE
    assert "101" not in inside.users


def test_logging_out_forgets(inside, typed):
    assert typed("logout")[0] == doing.DONE
    assert inside.session == ""
    assert typed("user", "list")[0] == doing.FAILED


@pytest.mark.parametrize(
    ("answer", "status", "left"),
    [
        pytest.param("y\n", doing.DONE, False, id="yes"),
        pytest.param("n\n", doing.USAGE, True, id="no"),
        pytest.param("\n", doing.USAGE, True, id="only enter"),
    ],
)
def test_a_person_at_a_terminal_is_asked(inside, answer, status, left):
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "stb", "admin", "stream", "delete", "8", "--server", "1"]
    process = subprocess.Popen(
        command, stdin=theirs, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    os.write(ours, answer.encode())
    _, err = process.communicate()
    os.close(ours)
    os.close(theirs)
    assert process.returncode == status
    assert "Delete stream 8 on server 1 (News & more)? [y/N]" in err
    assert (("8", 1) in inside.streams) is left
