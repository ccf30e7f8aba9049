"""The box as systemd starts it: when it is ready, how it lives, how it ends, and what it never says."""

import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from stb.app.control import ask, is_served
from stb.app.places import SOCKET_NAME

LOGIN, PASSWORD, TOKEN = "viewer7731", "pa55word9913", "t0k3n4407"
SECRETS = (LOGIN, PASSWORD, TOKEN)
_SETTINGS = """
[[source]]
id = "home"
kind = "alkarma"
name = "Home Portal"
address = "http://{login}:{password}@{server}/api/client?token={token}"
"""
PATIENCE = 60.0


class Screen:
    """An X server of the test's own."""

    def __init__(self):
        reader, writer = os.pipe()
        command = ["setpriv", "--pdeathsig", "KILL", "Xvfb", "-displayfd", str(writer)]
        options = ["-screen", "0", "1280x720x24", "-nolisten", "tcp", "-noreset"]
        self.process = subprocess.Popen([*command, *options], pass_fds=(writer,), stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as answer:
            self.name = f":{answer.readline().strip()}"

    def close(self):
        self.process.kill()
        self.process.wait()


@pytest.fixture
def screen():
    screen = Screen()
    yield screen
    screen.close()


@pytest.fixture
def environment(tmp_path, screen, systemd, portal):
    """Of a box with an operator's address that is full of secrets."""
    state = tmp_path / "state"
    state.mkdir()
    server = portal.address.removeprefix("http://")
    (state / "stb.toml").write_text(
        _SETTINGS.format(login=LOGIN, password=PASSWORD, server=server, token=TOKEN), "utf-8"
    )
    return os.environ | {
        "DISPLAY": screen.name,
        "STB_STATE": str(state),
        "STB_RUNTIME": str(tmp_path / "run"),
        "STB_CACHE": str(tmp_path / "cache"),
        "NOTIFY_SOCKET": str(systemd.path),
        "WATCHDOG_USEC": "1000000",
    }


@pytest.fixture
def box(environment, tmp_path):
    with (tmp_path / "log").open("wb") as log:
        box = subprocess.Popen(
            ["setpriv", "--pdeathsig", "KILL", sys.executable, "-m", "stb", "run"],
            env=environment,
            stderr=log,
        )
    yield box
    box.kill()
    box.wait()


def socket_of(environment):
    return Path(environment["STB_RUNTIME"]) / SOCKET_NAME


def test_the_box_is_ready_when_its_first_frame_is_seen_and_says_when_it_ends(systemd, box, environment):
    systemd.until("READY=1")
    assert systemd.told == ["READY=1"]
    assert is_served(socket_of(environment))
    assert systemd.until("STATUS=") == "STATUS=signing in"
    assert systemd.until("STATUS=") == "STATUS=activation"
    box.send_signal(signal.SIGTERM)
    systemd.until("STOPPING=1")
    assert box.wait(PATIENCE) == 0


def test_the_box_is_alive_while_the_screen_answers_and_not_while_it_hangs(systemd, box, screen):
    systemd.until("READY=1")
    systemd.until("WATCHDOG=1")
    systemd.until("WATCHDOG=1")
    screen.process.send_signal(signal.SIGSTOP)
    while not systemd.is_silent(1.5):
        pass  # what was under way when the screen stopped
    assert systemd.is_silent(1.5)
    screen.process.send_signal(signal.SIGCONT)
    systemd.until("WATCHDOG=1")
    assert box.poll() is None


def test_a_box_without_a_screen_is_never_ready_and_ends(systemd, environment):
    environment["DISPLAY"] = ":987"
    ended = subprocess.run(
        [sys.executable, "-m", "stb", "run"],
        check=False,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
    )
    assert (ended.returncode, systemd.is_silent(0.1)) == (1, True)
    assert ended.stderr.splitlines()[-1].startswith("stb: ")
    assert "Traceback" not in ended.stderr


def seen_from_outside(box):
    """What anybody sees of the box and all that it started, and what they hand to each other."""
    process = psutil.Process(box.pid)
    seen = []
    for each in (process, *process.children(recursive=True)):
        with suppress(psutil.NoSuchProcess):  # it has just ended
            seen.append(f"{each.cmdline()} {each.environ()}")
    assert len(seen) > 1, "the player is there"
    return "\n".join(seen)


def test_no_secret_is_in_the_log_or_seen_in_a_list_of_processes(systemd, box, environment, portal, tmp_path):
    systemd.until("STATUS=activation")
    [device] = portal.world.devices()
    code = device.activation_code
    ask(socket_of(environment), "press", tuple(f"NUMERIC_{(int(digit) + 1) % 10}" for digit in code))
    ask(socket_of(environment), "press", tuple(f"NUMERIC_{digit}" for digit in code))
    systemd.until("STATUS=watching")
    outside = seen_from_outside(box)
    portal.stop()
    systemd.until("STATUS=tuning")
    outside += seen_from_outside(box)
    box.send_signal(signal.SIGTERM)
    assert box.wait(PATIENCE) == 0
    said = (tmp_path / "log").read_bytes()
    assert b"phase=watching" in said
    assert not re.search(rb"\b%s\b" % code.encode(), said)
    for secret in SECRETS:
        assert secret.encode() not in said
        assert secret not in outside
        assert secret not in "".join(systemd.told)
