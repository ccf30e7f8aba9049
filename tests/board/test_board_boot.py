"""Where the time went at the machine's start: what systemd and the box say, as a table."""

import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stb.board.boot import BUDGETS, STAGES, Boot, Marker, Marks, boot, read_boot, read_budget, table
from stb.board.models import CHIPS

SAID = """\
FirmwareTimestampMonotonic=0
UserspaceTimestampMonotonic=2100000
FinishTimestampMonotonic=9000000
"""
MARKS = b'{"begun": 4.0, "frame": 6.5, "picture": 8.0}'


def test_each_stage_begins_where_the_one_before_ends():
    stages = table(boot(SAID, MARKS), BUDGETS["brcm,bcm2711"])
    assert [(stage.name, stage.at, stage.took) for stage in stages] == [
        ("firmware", None, None),
        ("kernel", 2.1, 2.1),
        ("system", 4.0, pytest.approx(1.9)),
        ("first frame", 6.5, 2.5),
        ("first picture", 8.0, 1.5),
    ]
    assert [stage.budget for stage in stages] == [6.0, 2.0, 1.5, 2.5, 2.0]


def test_a_machine_that_tells_of_its_firmware_is_believed():
    told = boot(SAID.replace("FirmwareTimestampMonotonic=0", "FirmwareTimestampMonotonic=3500000"), MARKS)
    assert (told.firmware, table(told, {})[0].took) == (3.5, 3.5)


def test_a_box_without_a_picture_has_no_time_for_one():
    stages = table(boot(SAID, b'{"begun": 4.0, "frame": 6.5, "picture": null}'), {})
    assert [stage.took for stage in stages[3:]] == [2.5, None]


@given(
    said=st.text(), marks=st.binary() | st.sampled_from([b"[]", b"null", b'{"begun": 1}', b'{"begun": []}'])
)
def test_nonsense_is_no_time(said, marks):
    told = boot(said, marks)
    assert [stage.name for stage in table(told, {})] == list(STAGES)


def test_every_board_has_a_budget():
    assert {chip.name for chip in CHIPS} == BUDGETS.keys()


def test_a_board_is_told_by_its_device_tree(tmp_path):
    assert read_budget(tmp_path) == {}
    tree = tmp_path / "proc/device-tree"
    tree.mkdir(parents=True)
    (tree / "compatible").write_bytes(b"raspberrypi,5-model-b\0brcm,bcm2712\0")
    assert read_budget(tmp_path) == BUDGETS["brcm,bcm2712"]


def test_the_box_writes_down_its_first_start_only(tmp_path):
    path, now = tmp_path / "start.json", [50.0]
    marker = Marker(path, lambda: now[0])
    marker.frame()
    now[0] = 52.0
    marker.picture()
    now[0] = 60.0
    marker.picture()
    again = Marker(path, lambda: now[0])
    again.frame()
    told = json.loads(path.read_text())
    assert (told["frame"], told["picture"]) == (50.0, 52.0)
    assert read_boot(path).marks == Marks(**told)


def test_a_process_knows_when_it_was_started(tmp_path):
    marker = Marker(tmp_path / "start.json")
    marker.frame()
    told = json.loads((tmp_path / "start.json").read_text())
    assert 0 < told["begun"] <= told["frame"] <= time.monotonic()


def test_a_picture_that_the_viewer_asked_for_is_no_part_of_the_start(tmp_path):
    marker = Marker(tmp_path / "start.json", lambda: 50.0)
    marker.frame()
    marker.stop()
    marker.picture()
    assert json.loads((tmp_path / "start.json").read_text())["picture"] is None


def test_nothing_is_written_where_it_cannot_be(tmp_path):
    Marker(tmp_path / "nowhere/start.json").frame()
    Marker(None).frame()
    assert list(tmp_path.iterdir()) == []


def test_without_systemd_and_marks_nothing_is_known(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert read_boot(tmp_path / "start.json") == Boot()
