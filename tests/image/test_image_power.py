"""The plug is pulled; `power.py` beside this does it fifty times."""

import tempfile
from pathlib import Path

import pytest
from rig.card import Card
from rig.power import BOOT, FIRST_BOOT, cuts, prepare

SECONDS = 60.0


@pytest.mark.qemu
def test_a_box_without_power_at_any_moment_comes_back_with_a_picture(image, operator):
    with tempfile.TemporaryDirectory(prefix="stb-power-", dir="/var/tmp") as home:
        card = Card(image, Path(home), told=operator.settings())
        backs = [prepare(card)]
        for _cut, left, back in cuts(card, (FIRST_BOOT, BOOT, "lists being read"), 3, 7, SECONDS):
            assert left.sound
            assert left.broken == ()
            backs.append(back)
    assert [(back.shown, back.failed, back.trouble) for back in backs] == [("picture", "", "")] * 4
