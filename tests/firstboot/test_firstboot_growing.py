"""The data partition grows to the end of the card, by the very commands of the unit: here of a file."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

UNIT = Path(__file__).parents[2] / "image/rootfs/usr/lib/systemd/system/stb-grow.service"
MIB = 1024 * 1024
SMALL, CARD = 64 * MIB, 256 * MIB
TABLE = """\
label: dos
label-id: 0x12345678
start=2048, size=8192, type=c
start=10240, size=8192, type=83
start=18432, size=8192, type=83
start=26624, size=32768, type=83
"""
ENVIRONMENT = {**os.environ, "PATH": f"{os.environ['PATH']}:/usr/sbin:/sbin"}

pytestmark = pytest.mark.skipif(
    shutil.which("sfdisk", path=ENVIRONMENT["PATH"]) is None
    or shutil.which("resize2fs", path=ENVIRONMENT["PATH"]) is None,
    reason="without sfdisk or resize2fs nothing grows",
)


def _run(*command, **options):
    return subprocess.run(
        command, check=True, capture_output=True, text=True, env=ENVIRONMENT, **options
    ).stdout


def _setting(name):
    found = re.search(rf"^{name}=(.*)$", UNIT.read_text(), re.MULTILINE)
    assert found, name
    return found[1]


@pytest.fixture
def card(tmp_path):
    """An image on a larger card."""
    path = tmp_path / "card.img"
    path.touch()
    os.truncate(path, SMALL)
    _run("sfdisk", "-q", path, input=TABLE)
    os.truncate(path, CARD)
    return path


def _grow(card):
    program, *arguments = _setting("ExecStart").split()
    said = _setting("StandardInputText")
    _run(
        Path(program).name,
        *(str(card) if word == "/dev/stb/disk" else word for word in arguments),
        input=f"{said}\n",
    )


def _parts(card):
    table = json.loads(_run("sfdisk", "--json", card))["partitiontable"]
    return table["id"], [(part["start"], part["size"]) for part in table["partitions"]]


def test_the_last_partition_reaches_the_end_of_the_card(card):
    before, after = _parts(card), (_grow(card), _parts(card))[1]
    assert after[0] == before[0], "the boot loader finds the root by it"
    assert after[1][:3] == before[1][:3]
    start, size = after[1][3]
    assert start == before[1][3][0]
    assert CARD - (start + size) * 512 < MIB


def test_growing_again_changes_nothing(card):
    _grow(card)
    once = card.read_bytes()[:512]
    _grow(card)
    assert card.read_bytes()[:512] == once


def test_only_the_first_sector_is_written(card):
    """A cut leaves the one or the other, for a sector is written as a whole."""
    before = card.read_bytes()
    _grow(card)
    after = card.read_bytes()
    assert after[:512] != before[:512]
    assert after[512:] == before[512:]


def test_the_file_system_grows_with_it_and_keeps_what_is_in_it(tmp_path):
    data, kept = tmp_path / "data.img", tmp_path / "kept"
    kept.mkdir()
    (kept / "stb.toml").write_text('language = "ar"\n')
    data.touch()
    os.truncate(data, 16 * MIB)
    _run("mke2fs", "-q", "-t", "ext4", "-L", "stb-data", "-d", kept, data)
    os.truncate(data, 128 * MIB)
    for _ in range(2):
        _run("e2fsck", "-p", "-f", data)
        _run("resize2fs", data)
        blocks = re.search(r"^Block count: +(\d+)$", _run("dumpe2fs", "-h", data), re.MULTILINE)
        assert blocks
        assert int(blocks[1]) * 1024 >= 127 * MIB
    assert _run("debugfs", "-R", "cat /stb.toml", data) == 'language = "ar"\n'
