"""The units as systemd itself reads them, and what they promise."""

import shutil
import subprocess
from configparser import ConfigParser
from pathlib import Path

import pytest

import stb

HOUSE = Path(stb.__file__).parents[1]
UNITS = HOUSE / "systemd"
NAMES = sorted(unit.name for kind in ("service", "slice", "socket") for unit in UNITS.glob(f"*.{kind}"))
SERVICES = [name for name in NAMES if name.endswith(".service")]
PROGRAMS = (
    *("bin/cat", "bin/rm", "bin/sh", "usr/bin/cec-ctl", "usr/bin/journalctl", "usr/bin/stb"),
    "usr/lib/xorg/Xorg",
)
TARGETS = ("basic", "multi-user", "shutdown", "sysinit")
SOCKETS = ("systemd-journald@", "systemd-journald-varlink@")
WORST_EXPOSURE = {"stb-x.service": 26}
"""Tenths of systemd-analyze's ten: X is root, for the terminal and the display."""
WORST_OF_OTHERS = 20


@pytest.fixture
def root(tmp_path):
    """A system with our units, the targets they hang off, and the programs they start."""
    install = ["make", "install-files", f"DESTDIR={tmp_path}"]
    subprocess.run(install, cwd=HOUSE, check=True, capture_output=True, timeout=120)
    units = tmp_path / "usr/lib/systemd/system"
    if version() < 254:  # as `make install` does
        shutil.rmtree(units / "stb.service.d")
    for target in TARGETS:
        (units / f"{target}.target").write_text("[Unit]\nDescription=A target\n")
    for socket in SOCKETS:
        (units / f"{socket}.socket").write_text(f"[Socket]\nListenStream=/run/{socket}%i\nAccept=yes\n")
    for name in PROGRAMS:
        program = tmp_path / name
        program.parent.mkdir(parents=True, exist_ok=True)
        program.write_text("#!/bin/sh\n")
        program.chmod(0o755)
    return tmp_path


def version():
    said = subprocess.run(["systemctl", "--version"], check=True, capture_output=True, text=True).stdout
    return int(said.split()[1])


class Unit(ConfigParser):
    """A unit file; a setting that stands there several times has its lines together."""

    def __init__(self, name):
        super().__init__(strict=False, interpolation=None, delimiters="=", comment_prefixes="#")
        self.optionxform = str
        self.lines = (UNITS / name).read_text(encoding="utf-8").splitlines()
        self.read(UNITS / name, encoding="utf-8")

    def all(self, setting):
        return [line.partition("=")[2] for line in self.lines if line.startswith(f"{setting}=")]


def systemd_analyze(root, *arguments):
    return subprocess.run(
        ["systemd-analyze", f"--root={root}", *arguments],
        check=False,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_systemd_has_nothing_to_say_against_them(root):
    verified = systemd_analyze(root, "verify", *NAMES)
    assert (verified.returncode, verified.stdout, verified.stderr) == (0, "", "")


def test_a_fault_in_one_would_be_found(root):
    with (root / "usr/lib/systemd/system/stb.service").open("a") as unit:
        unit.write("[Service]\nWatchdogSecs=30\n")
    assert "WatchdogSecs" in systemd_analyze(root, "verify", "stb.service").stderr


@pytest.mark.parametrize("name", SERVICES)
def test_each_is_shut_in(root, name):
    worst = WORST_EXPOSURE.get(name, WORST_OF_OTHERS)
    judged = systemd_analyze(root, "security", "--offline=yes", f"--threshold={worst}", name)
    assert judged.returncode == 0, judged.stdout


@pytest.mark.parametrize("name", [name for name in SERVICES if name != "stb-x.service"])
def test_none_but_the_screen_keeps_a_capability(name):
    unit = Unit(name)
    assert unit["Service"]["CapabilityBoundingSet"] == unit["Service"]["AmbientCapabilities"] == ""
    assert unit["Service"].get("User", "") == "stb" or unit["Service"]["DynamicUser"] == "yes"
    assert unit["Service"]["ProtectProc"] == "invisible"


@pytest.mark.parametrize("name", NAMES)
def test_nothing_waits_for_a_network_or_for_the_time(name):
    waits = [word for setting in ("After", "Wants", "Requires") for word in Unit(name).all(setting)]
    assert not [word for word in waits if "online" in word or "time-" in word]


@pytest.mark.parametrize("name", SERVICES)
def test_none_leaves_a_core_with_passwords(name):
    assert Unit(name)["Service"]["LimitCORE"] == "0"


def test_a_box_that_does_not_start_ends_in_a_screen_that_says_so():
    box, recovery = Unit("stb.service"), Unit("stb-recovery.service")
    assert box["Service"]["Restart"] == "always"
    assert box["Unit"]["OnFailure"] == "stb-recovery.service"
    assert int(box["Unit"]["StartLimitBurst"]) > 1
    assert Unit("stb.service.d/restart.conf")["Service"]["RestartMode"] == "direct"
    assert recovery["Unit"]["OnFailure"] == "stb.service"
    assert recovery["Unit"]["StartLimitIntervalSec"] == "0"
    assert Unit("stb-x.service")["Unit"]["OnFailure"] == "stb-console.service"


def test_the_screen_of_recovery_needs_nothing_of_what_may_be_broken():
    recovery = Unit("stb-recovery.service")
    assert not recovery.all("StateDirectory")
    assert not recovery.all("CacheDirectory")
    assert recovery.all("ReadWritePaths") == ["-/var/lib/stb", "-/var/cache/stb"]


def test_reading_has_no_device_and_its_own_limits():
    service, limits = Unit("stb-refresh@.service")["Service"], Unit("stb-refresh.slice")["Slice"]
    assert service["Slice"] == "stb-refresh.slice"
    assert (service["PrivateDevices"], service["IOSchedulingClass"]) == ("yes", "idle")
    assert int(service["Nice"]) > 0
    assert limits["MemoryMax"].endswith("M")


def test_the_box_asks_where_systemd_listens():
    (listens,) = Unit("stb-refresh.socket").all("ListenStream")
    assert f"STB_REFRESH={listens}" in Unit("stb.service").all("Environment")


def test_the_journal_is_in_memory_and_its_errors_are_on_the_card():
    assert "Storage=volatile" in (UNITS / "journald.conf.d/stb.conf").read_text("utf-8")
    assert "Storage=persistent" in (UNITS / "journald@errors.conf.d/stb.conf").read_text("utf-8")
    follower = Unit("stb-errors.service")["Service"]
    assert follower["LogNamespace"] == "errors"
    assert "--priority=err" in follower["ExecStart"]


def test_the_power_key_is_the_televisions():
    assert "HandlePowerKey=ignore" in (UNITS / "logind.conf.d/stb.conf").read_text("utf-8")


def test_a_receiver_without_a_table_gets_all_of_ours():
    rules = (UNITS / "udev/rules.d/69-stb.rules").read_text("utf-8")
    assert {path.name for path in (HOUSE / "config/rc_keymaps").iterdir()} == {
        word.rpartition("/")[2].strip('"') for word in rules.split() if word.startswith("--write=")
    }


def test_the_boxs_user_may_use_its_hardware_and_no_more(tmp_path):
    groups = tmp_path / "usr/lib/sysusers.d"
    groups.mkdir(parents=True)
    shutil.copy(UNITS / "sysusers.d/stb.conf", groups)
    (tmp_path / "etc").mkdir()
    subprocess.run(["systemd-sysusers", f"--root={tmp_path}"], check=True, capture_output=True, timeout=120)
    members = (tmp_path / "etc/group").read_text().splitlines()
    assert {line.split(":")[0] for line in members if line.endswith(":stb")} == {
        "audio",
        "input",
        "render",
        "video",
    }
    assert "/var/lib/stb:/usr/sbin/nologin" in (tmp_path / "etc/passwd").read_text()
