"""The box as a person starts it: processes, signals, power cuts, and what they leave behind."""

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Timer

import psutil
import pytest

STB = (sys.executable, "-m", "stb")
PATIENCE = 180.0


class Started:
    """A verb of ``stb`` that goes on, read line by line."""

    def __init__(self, environment, *arguments):
        self.environment = environment
        self.process = subprocess.Popen(
            [*STB, *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        self.lines = []

    def until(self, words):
        """The first line from now on with these words; who never says them is ended, and so is the test."""
        late = Timer(PATIENCE, kill_all, (self.environment,))
        late.start()
        try:
            for line in self.process.stdout:
                self.lines.append(line.rstrip())
                if words in line:
                    return line.rstrip()
        finally:
            late.cancel()
        raise AssertionError(f"{words!r} never came:\n" + "\n".join(self.lines))

    def ended(self):
        """Its exit status, once it has ended and said everything."""
        with self.process:
            self.lines += [line.rstrip() for line in self.process.stdout]
        return self.process.returncode

    def cut_the_power(self):
        """End everything that belongs to it at once, as a pulled plug does."""
        kill_all(self.environment)
        if not self.process.stdout.closed:
            self.ended()


def living(environment):
    """Every process of this box, by the state directory it was started with."""
    of_it = []
    for process in psutil.process_iter():
        with suppress(psutil.NoSuchProcess, psutil.AccessDenied):
            if process.environ().get("STB_STATE") == environment["STB_STATE"]:
                of_it.append(process)
    return of_it


def kill_all(environment):
    for process in living(environment):
        with suppress(psutil.NoSuchProcess):
            process.kill()


def stb(environment, *arguments):
    """A verb that answers at once."""
    done = subprocess.run([*STB, *arguments], env=environment, check=True, capture_output=True, text=True)
    return done.stdout


@pytest.fixture
def environment(tmp_path, clips_cache):
    """A home of the test's own; the clips are shared, since they take a while to make."""
    cache = tmp_path / "cache"
    cache.mkdir()
    (cache / "stb").symlink_to(clips_cache)
    clips_cache.mkdir(parents=True, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "XDG_RUNTIME_DIR"}}
    made = kept | {
        "HOME": str(tmp_path),
        "STB_STATE": str(tmp_path / "state"),
        "STB_RUNTIME": str(tmp_path / "run"),
        "XDG_CACHE_HOME": str(cache),
    }
    yield made
    kill_all(made)


@contextmanager
def started(environment, *arguments):
    box = Started(environment, *arguments)
    try:
        yield box
    finally:
        box.cut_the_power()


def test_the_demo_comes_to_a_picture_untouched_and_leaves_nothing_behind(environment, tmp_path):
    with started(environment, "demo") as demo:
        demo.until("No display here")
        address = demo.until("The operator's portal listens at").rstrip(".").split()[-1]
        demo.until("phase=activation")
        demo.until("phase=watching")
        status = json.loads(stb(environment, "status", "--json"))
        assert (status["phase"], status["channel"]["number"]) == ("watching", 1)
        assert status["zap_ms"] > 0
        picture = tmp_path / "tv.png"
        stb(environment, "screenshot", str(picture))
        assert picture.read_bytes().startswith(b"\x89PNG")
        stb(environment, "press", "OK")
        assert json.loads(stb(environment, "status", "--json"))["screen"] == "channels"
        stb(environment, "stop")
        assert living(environment) == []
        assert demo.ended() == 0
    assert not (tmp_path / "run" / "control.sock").exists()
    port = int(address.rsplit(":", 1)[1])
    assert not listens(port)


def listens(port):
    """Whether anybody listens at a TCP port (proc(5), net/tcp: state 0A)."""
    rows = (line.split() for line in Path("/proc/net/tcp").read_text("ascii").splitlines()[1:])
    return any(row[1].endswith(f":{port:04X}") and row[3] == "0A" for row in rows)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda n: n.name)
def test_a_signal_ends_the_demo_in_order(environment, number):
    with started(environment, "demo", "--by-hand") as demo:
        demo.until("phase=activation")
        demo.process.send_signal(number)
        assert demo.ended() == 0
        assert living(environment) == []
        assert "Traceback" not in "\n".join(demo.lines)


def test_a_killed_demo_takes_its_portal_its_player_and_its_display_along(environment, gone):
    with started(environment, "demo") as demo:
        demo.until("phase=watching")
        of_it = living(environment)
        demo.process.kill()
        for process in of_it:
            gone(process.pid)
        assert living(environment) == []


def test_the_demo_goes_on_when_its_box_begins_anew(environment):
    with started(environment, "demo", "--kind", "xtream") as demo:
        demo.until("phase=watching")
        to_use_this_operator = ("SETUP", "CHANNELDOWN", "OK", "DOWN", "DOWN", "OK")
        stb(environment, "press", *to_use_this_operator)
        demo.until("beginning anew")
        demo.until("phase=watching")
        stb(environment, "stop")
        assert demo.ended() == 0
        assert living(environment) == []


def test_a_power_cut_in_mid_activation_keeps_the_code(environment):
    with started(environment, "demo", "--by-hand") as demo:
        registered = demo.until("is registered").split()
        demo.until("phase=activation")
        demo.cut_the_power()
    with started(environment, "demo", "--by-hand") as demo:
        demo.until("phase=activation")
        listed = stb(environment, "portal", "device", "list").split("\n")
        (device,) = (line for line in listed if line.strip())
        duid, code = device.split()[0], device.split("code ")[1].split()[0]
        assert duid in registered
        stb(environment, "press", *code)
        demo.until("phase=watching")


def test_a_second_demo_is_refused(environment):
    with started(environment, "demo", "--by-hand") as demo:
        demo.until("phase=activation")
        second = subprocess.run([*STB, "demo"], env=environment, check=False, capture_output=True, text=True)
        assert (second.returncode, second.stderr) == (
            1,
            "stb: a demo is running already: `stb stop` ends it\n",
        )
        assert json.loads(stb(environment, "status", "--json"))["phase"] == "activation"


def test_only_the_owner_may_drive_the_box(environment, tmp_path):
    with started(environment, "demo", "--by-hand") as demo:
        demo.until("phase=activation")
        assert (tmp_path / "run" / "control.sock").stat().st_mode & 0o777 == 0o600


def test_an_unknown_key_presses_none(environment):
    with started(environment, "demo", "--by-hand") as demo:
        demo.until("phase=activation")
        refused = subprocess.run(
            [*STB, "press", "OK", "BANANA"], env=environment, check=False, capture_output=True, text=True
        )
        assert (refused.returncode, refused.stderr) == (1, "stb: the remote has no key BANANA\n")


@pytest.mark.parametrize(
    "verb", [("status",), ("press", "OK"), ("screenshot", "tv.png"), ("stop",)], ids=lambda v: v[0]
)
def test_without_a_box_a_verb_says_so(environment, verb):
    refused = subprocess.run([*STB, *verb], env=environment, check=False, capture_output=True, text=True)
    assert refused.returncode == 1
    assert refused.stderr.startswith("stb: no box answers at ")
