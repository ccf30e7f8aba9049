"""Where the log goes, and what must never be in it."""

import logging
import os
import socket
import subprocess
import sys

import pytest

from stb.net import redacted_text
from stb.service import JournalHandler, Redacting, fields_of

SECRET = "http://me:pa55word@tv.example/live?token=t0k3n"


def record(message, *arguments, level=logging.INFO, error=None):
    trace = (type(error), error, error.__traceback__) if error else None
    return logging.LogRecord("stb.app.box", level, "/stb/app/box.py", 7, message, arguments, trace, "step")


@pytest.fixture
def journal():
    """Everything that was sent to it, and the handler that sends."""
    sent = []
    handler = JournalHandler(redacted_text, lambda message, **fields: sent.append((message, fields)))
    handler.setFormatter(Redacting("%(message)s", redacted_text))
    return sent, handler


@pytest.mark.parametrize(
    ("message", "arguments", "fields"),
    [
        pytest.param("phase=%s tune=%d", ("watching", 3), {"PHASE": "watching", "TUNE": "3"}, id="two"),
        pytest.param("job failed kind=%s", ("BadReply",), {"KIND": "BadReply"}, id="behind words"),
        pytest.param(
            "%s says key=%r", ("remote", "KEY_OK"), {"KEY": "KEY_OK"}, id="behind a value without name"
        ),
        pytest.param("window xid=%#x", (255,), {"XID": "0xff"}, id="a number in its form"),
        pytest.param("full=%d%%", (90,), {"FULL": "90"}, id="a per cent sign"),
        pytest.param("plain", (), {}, id="none"),
        pytest.param("_pid=%d", (1,), {}, id="a name that is the journal's own"),
        pytest.param("a=%s b=%s", ("one",), {"A": "one"}, id="a value too few"),
    ],
)
def test_named_values_are_fields(message, arguments, fields):
    assert dict(fields_of(record(message, *arguments))) == fields


def test_a_record_goes_to_the_journal_whole(journal):
    sent, handler = journal
    handler.handle(record("phase=%s", "tuning", level=logging.WARNING))
    [(message, fields)] = sent
    assert message == "phase=tuning"
    assert (
        fields.items()
        >= {
            "PHASE": "tuning",
            "PRIORITY": "4",
            "LOGGER": "stb.app.box",
            "SYSLOG_IDENTIFIER": "stb",
            "CODE_FUNC": "step",
            "CODE_LINE": 7,
        }.items()
    )


def test_a_value_does_not_pass_for_a_field_of_the_journals(journal):
    sent, handler = journal
    handler.handle(record("message priority=%s", "urgent"))
    assert sent[0][1]["PRIORITY"] == "6"


def secrets_of(said):
    return [secret for secret in ("me:", "pa55word", "t0k3n") if secret in str(said)]


def failing():
    """An error that carries a secret, with a trace."""
    try:
        raise ValueError(SECRET)  # noqa: TRY301 - a traceback is wanted
    except ValueError as error:
        return error


@pytest.mark.parametrize(
    "made",
    [
        pytest.param(lambda: record(SECRET), id="in the message"),
        pytest.param(lambda: record("address=%s", SECRET), id="in a field"),
        pytest.param(lambda: record("broke", error=failing()), id="in a traceback"),
    ],
)
def test_no_secret_goes_to_the_journal(journal, made):
    sent, handler = journal
    handler.handle(made())
    assert sent
    assert secrets_of(sent) == []


def test_a_journal_that_is_broken_does_not_break_what_logs(capsys):
    def send(_message, **_fields):
        raise OSError

    JournalHandler(redacted_text, send).handle(record("phase=%s", "tuning"))
    assert "Logging error" in capsys.readouterr().err


LOGGING = """
import logging, sys, threading
from stb.net import redacted_text
from stb.service import start_log
start_log(redacted_text)
logging.getLogger("test").warning("address=%s", sys.argv[1])
"""
FAILING = """
def fail(): raise ValueError(sys.argv[1])
thread = threading.Thread(target=fail, name="worker-1")
thread.start(); thread.join()
fail()
"""


def test_what_ends_a_thread_or_the_process_is_logged_without_secrets():
    ended = subprocess.run(
        [sys.executable, "-c", LOGGING + FAILING, SECRET],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ended.returncode == 1
    assert "test WARNING address=http://tv.example/live?token=***" in ended.stderr
    assert "thread broke kind=ValueError thread=worker-1" in ended.stderr
    assert "CRITICAL broke kind=ValueError" in ended.stderr
    assert secrets_of(ended.stderr) == []


def test_where_standard_error_is_the_journal_no_line_goes_there():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        stream = os.fstat(theirs.fileno())
        subprocess.run(
            [sys.executable, "-c", LOGGING, SECRET],
            check=True,
            stderr=theirs,
            env=os.environ | {"JOURNAL_STREAM": f"{stream.st_dev}:{stream.st_ino}"},
            timeout=120,
        )
        theirs.close()
        assert ours.recv(65536) == b""
