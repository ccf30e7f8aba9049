"""The units as systemd itself reads them."""

import shutil
import subprocess
from pathlib import Path

import pytest

import stb

HOUSE = Path(stb.__file__).parents[1]
UNITS = HOUSE / "systemd"
PROGRAMS = ("bin/sh", "usr/bin/cec-ctl", "usr/bin/journalctl", "usr/bin/stb", "usr/lib/xorg/Xorg")
TARGETS = ("basic", "multi-user", "shutdown", "sysinit")
SOCKETS = ("systemd-journald@", "systemd-journald-varlink@")
WORST_EXPOSURE = 25
"""Tenths of systemd-analyze's ten for the box, which draws, decodes and speaks to the Internet."""


@pytest.fixture
def root(tmp_path):
    """A system with our units, the targets they hang off, and the programs they start."""
    install = ["make", "install-files", f"DESTDIR={tmp_path}"]
    subprocess.run(install, cwd=HOUSE, check=True, capture_output=True, timeout=30)
    units = tmp_path / "usr/lib/systemd/system"
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


def systemd_analyze(root, *arguments):
    return subprocess.run(
        ["systemd-analyze", f"--root={root}", *arguments],
        check=False,
        capture_output=True,
        text=True,
        timeout=30,
    )


def test_systemd_has_nothing_to_say_against_them(root):
    names = sorted(unit.name for unit in UNITS.glob("*.service"))
    verified = systemd_analyze(root, "verify", *names)
    assert (verified.returncode, verified.stdout, verified.stderr) == (0, "", "")


def test_a_fault_in_one_would_be_found(root):
    with (root / "usr/lib/systemd/system/stb.service").open("a") as unit:
        unit.write("[Service]\nWatchdogSecs=30\n")
    assert "WatchdogSecs" in systemd_analyze(root, "verify", "stb.service").stderr


def test_the_box_is_shut_in(root):
    judged = systemd_analyze(
        root, "security", "--offline=yes", f"--threshold={WORST_EXPOSURE}", "stb.service"
    )
    assert judged.returncode == 0, judged.stdout


def test_the_box_never_waits_for_a_network():
    assert "network-online" not in "".join(
        line for line in (UNITS / "stb.service").read_text().splitlines() if not line.startswith("#")
    )


def test_the_boxs_user_may_use_its_hardware_and_no_more(tmp_path):
    groups = tmp_path / "usr/lib/sysusers.d"
    groups.mkdir(parents=True)
    shutil.copy(UNITS / "sysusers.d/stb.conf", groups)
    (tmp_path / "etc").mkdir()
    subprocess.run(["systemd-sysusers", f"--root={tmp_path}"], check=True, capture_output=True, timeout=30)
    members = (tmp_path / "etc/group").read_text().splitlines()
    assert {line.split(":")[0] for line in members if line.endswith(":stb")} == {
        "audio",
        "input",
        "render",
        "video",
    }
    assert "/var/lib/stb:/usr/sbin/nologin" in (tmp_path / "etc/passwd").read_text()
