"""The image's tree boots into the television: real units under a real systemd, an operator beside it."""

import struct
from contextlib import contextmanager

import pytest
from rig.box import Box
from rig.patience import until
from rig.pictures import colours, dumped

PATIENCE = 300.0
LOGIN, PASSWORD, TOKEN = "viewer7731", "pa55word9913", "t0k3n4407"
SETTINGS = f"""
language = "en"
time_zone = "UTC"
[[source]]
id = "home"
kind = "alkarma"
name = "Home Portal"
address = "http://{LOGIN}:{PASSWORD}@127.0.0.1:5055/api/client?token={TOKEN}"
"""
PORTAL = """\
[Service]
ExecStart=/usr/bin/stb portal --state /run/portal --cache /run/clips --port 5055 --activate-after 2
StandardOutput=null
StandardError=null
[Install]
WantedBy=multi-user.target
"""
FILES = {
    "/etc/systemd/system/portal.service": PORTAL,
    "/etc/systemd/system/stb.service.d/portal.conf": "[Unit]\nWants=portal.service\n",
    "/run/host/settings.toml": SETTINGS,
    "/etc/tmpfiles.d/settings.conf": "C /var/lib/stb/stb.toml 0600 stb stb - /run/host/settings.toml\n",
}
"""An operator inside, and a box that knows of it: as it will be after the first boot."""


@pytest.fixture(scope="module")
def fresh(boot):
    """A box out of its package."""
    return boot()


@pytest.fixture(scope="module")
def room(boot):
    """A box with an operator."""
    return boot(files=FILES)


@pytest.fixture
def box(room):
    return Box(room, PATIENCE)


def test_it_boots_to_the_first_frame_and_nothing_has_failed(fresh):
    box = Box(fresh, PATIENCE)
    box.until_unit("multi-user.target", "ActiveState", "active")
    box.until_unit("stb.service", "ActiveState", "active")
    box.until("the welcome", screen="welcome")
    assert fresh.ask("systemctl --failed --no-legend --plain")[1] == ""


def test_it_signs_in_plays_zaps_sleeps_and_wakes(box, room):
    box.until("the first channel", phase="watching", channel=1, playing="playing")
    box.press("CHANNELUP")
    box.until("the next channel", channel=2, playing="playing")
    until(lambda: seen(room) > 2000, "a picture", PATIENCE)
    box.press("POWER")
    box.until("stand-by", screen="standby", playing="idle")
    until(lambda: seen(room) < 500, "a screen without a picture", PATIENCE)
    assert box.unit("multi-user.target", "ActiveState") == "active"
    box.press("OK")
    box.until("the channel again", phase="watching", channel=2, playing="playing")


def test_a_box_that_hangs_is_ended_by_the_watchdog_and_begins_anew(box, room):
    box.until("the box", phase="watching")
    with restarted(box):
        room.run("kill", "-STOP", box.unit("stb.service", "MainPID"))
    assert "watchdog" in box.journal().lower()


def test_a_box_whose_screen_dies_begins_anew_with_a_screen(box, room):
    box.until("the box", phase="watching")
    with restarted(box):
        room.run("kill", "-KILL", box.unit("stb-x.service", "MainPID"))


def test_lists_are_read_by_a_process_in_a_slice_of_its_own(box, room):
    box.until("lists that were read", refresh={"lists": "read"})
    assert "Started" in room.ask("journalctl --no-pager --output=cat --unit='stb-refresh@*'")[1]
    assert box.unit("stb-refresh.slice", "MemoryMax") != "infinity"


def test_what_the_box_says_and_shows_has_no_secret_in_it(box, room):
    box.until("a channel", phase="watching", playing="playing")
    everything = room.ask("journalctl --no-pager --output=export; ps axeww")[1]
    assert [secret for secret in (LOGIN, PASSWORD, TOKEN) if secret in everything] == []


def test_a_box_that_never_lasts_ends_in_a_screen_that_says_so(box, room):
    until(lambda: not lasts(box, room), "the end of trying", PATIENCE)
    box.until_unit("stb-recovery.service", "ActiveState", "active")
    until(lambda: seen(room) > 20, "words on the screen", PATIENCE)


def test_systemd_has_nothing_to_say_against_the_units_in_the_image(fresh):
    names = fresh.ask("cd /usr/lib/systemd/system && find -name 'stb*' -type f ! -name '*@*'")[1].split()
    judged = fresh.ask(f"systemd-analyze verify {' '.join(names)}")
    print("systemd-analyze verify", *names, "->", judged)  # noqa: T201 # for who reads along
    assert judged == (0, "")


def test_the_box_is_shut_in(fresh):
    code, judged = fresh.ask("systemd-analyze security --threshold=20 stb.service")
    print(judged)  # noqa: T201 # for who reads along
    assert code == 0


@contextmanager
def restarted(box):
    """What is done meanwhile ends the box, and it comes back by itself."""
    before = int(box.unit("stb.service", "NRestarts"))
    yield
    until(lambda: int(box.unit("stb.service", "NRestarts")) > before, "a new beginning", PATIENCE)
    box.until("the box, again", phase="watching", playing="playing")


def lasts(box, room):
    """Whether the box is still started anew when it was killed once more."""
    if box.unit("stb-recovery.service", "ActiveState") in {"active", "activating"}:
        return False
    if (pid := box.unit("stb.service", "MainPID")) != "0":
        room.run("kill", "-KILL", pid, check=False)
    return True


def seen(room):
    """How many colours the TV shows; none while there is no screen."""
    try:
        return colours(dumped(room.read("/tmp/Xvfb_screen0")))  # noqa: S108 # it is in the container
    except (FileNotFoundError, struct.error, ValueError):
        return 0
