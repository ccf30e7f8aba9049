"""What systemd is told, over a real socket in its place."""

import os
import socket

import pytest

from stb.service import Manager


@pytest.fixture
def systemd(tmp_path, monkeypatch):
    """The socket that systemd would listen at."""
    path = tmp_path / "notify"
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as listener:
        listener.bind(os.fspath(path))
        listener.setblocking(False)  # noqa: FBT003
        monkeypatch.setenv("NOTIFY_SOCKET", os.fspath(path))
        yield listener


@pytest.mark.parametrize(
    ("verb", "told"),
    [
        pytest.param(Manager.ready, b"READY=1", id="the first frame is there"),
        pytest.param(Manager.alive, b"WATCHDOG=1", id="the box lives"),
        pytest.param(Manager.stopping, b"STOPPING=1", id="the box ends"),
        pytest.param(lambda manager: manager.status("tuning"), b"STATUS=tuning", id="what it does"),
        pytest.param(
            lambda manager: manager.status("watching 3 الخبر"),
            "STATUS=watching 3 الخبر".encode(),
            id="what it does, in Arabic",
        ),
    ],
)
def test_systemd_is_told(systemd, verb, told):
    verb(Manager())
    assert systemd.recv(1024) == told


def test_a_computer_without_systemd_hears_nothing(systemd, monkeypatch):
    monkeypatch.delenv("NOTIFY_SOCKET")
    Manager().ready()
    with pytest.raises(BlockingIOError):
        systemd.recv(1024)


def test_a_service_manager_that_went_away_does_not_end_the_box(systemd, caplog):
    manager = Manager()
    systemd.close()
    manager.alive()
    assert "does not listen" in caplog.text


@pytest.mark.parametrize(
    ("variables", "seconds"),
    [
        pytest.param({"WATCHDOG_USEC": "30000000"}, 15.0, id="half the time it waits"),
        pytest.param({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": str(os.getpid())}, 15.0, id="of us"),
        pytest.param({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "1"}, None, id="of our parent, not of us"),
        pytest.param({}, None, id="it does not wait"),
        pytest.param({"WATCHDOG_USEC": "0"}, None, id="never"),
        pytest.param({"WATCHDOG_USEC": "soon"}, None, id="nonsense"),
    ],
)
def test_how_often_a_sign_of_life_is_wanted(variables, seconds):
    assert Manager({"NOTIFY_SOCKET": "/run/nowhere", **variables}).feed_seconds == seconds


def test_without_systemd_no_sign_of_life_is_wanted():
    assert Manager({"WATCHDOG_USEC": "30000000"}).feed_seconds is None
