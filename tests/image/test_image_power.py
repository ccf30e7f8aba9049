"""The plug is pulled; `power.py` beside this does it fifty times."""

import tempfile
from pathlib import Path

import pytest
from rig.card import Card
from rig.power import returns

BOOT = 60.0


@pytest.mark.qemu
def test_a_box_without_power_at_any_moment_comes_back_with_a_picture(image, operator):
    with tempfile.TemporaryDirectory(prefix="stb-power-", dir="/var/tmp") as home:
        card = Card(image, Path(home), told=operator.settings())
        seen = list(returns(card, 3, 7, BOOT))
    assert {back.shown for back in seen} == {"picture"}
    assert {back.failed for back in seen} == {""}
