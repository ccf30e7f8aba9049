"""The plug is pulled; `power.py` beside this does it fifty times."""

import random
import tempfile
from pathlib import Path

import pytest
from rig.card import Card
from rig.power import FLASHED, Return, evening

SECONDS = 60.0


@pytest.mark.qemu
def test_a_box_without_power_at_any_moment_comes_back_with_a_picture(image, operator):
    with tempfile.TemporaryDirectory(prefix="stb-power-", dir="/var/tmp") as home:
        card = Card(image, Path(home), told=operator.settings())
        card.keep(FLASHED)
        seen = list(evening(card, random.Random(7), SECONDS))  # noqa: S311 # moments, not secrets
    backs = [each for each in seen if isinstance(each, Return)]
    cuts = [each for each in seen if not isinstance(each, Return)]
    assert {(back.shown, back.failed, back.trouble) for back in backs} == {("picture", "", "")}
    assert [cut for cut in cuts if cut.left.broken or not cut.left.sound] == []
