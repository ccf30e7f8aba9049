"""Power is cut at every step that reaches the card: the next boot makes the same of it; nothing is lost."""

import io
import itertools
import os
from dataclasses import replace

import pytest

from stb.app.identity import open_vault
from stb.firstboot.clearing import Change

CARD = """\
language = "ar"
hostname = "attic"
[network]
wifi = "Home"
password = "open sesame"
country = "IQ"
[ssh]
keys = ["KEY"]
[[source]]
id = "cable"
kind = "xtream"
address = "http://tv.example:8080"
user = "joe"
password = "sealed"
[[source]]
id = "wrong"
kind = "strange"
address = "x"
"""
IMAGER = 'config_version = "1.0"\n[system]\nhostname = "other"\n[locale]\ntimezone = "Asia/Baghdad"\n'
SCRIPT = "#!/bin/sh\nexit 0\n"
STEPS = ("open", "fsync", "replace", "unlink", "mkdir", "chown")


class PowerCut(BaseException):
    """Nothing of the program runs any more."""


@pytest.fixture
def plug(monkeypatch):
    """Cuts the power before a step, and from then on before every other; none: never."""
    left = itertools.repeat(None)

    def cut_at(step):
        nonlocal left
        left = itertools.repeat(None) if step is None else itertools.chain(range(step), itertools.repeat(-1))
        return left

    def cut_before(function):
        def call(*arguments, **options):
            if next(left) == -1:
                raise PowerCut
            return function(*arguments, **options)

        return call

    def opened(path, mode="r", *arguments, **options):
        """Reading is no step."""
        return (opening if mode in {"r", "rb"} else writing)(path, mode, *arguments, **options)

    opening, writing = io.open, cut_before(io.open)
    for name in STEPS:
        monkeypatch.setattr(os, name, cut_before(getattr(os, name)))
    monkeypatch.setattr(io, "open", opened)
    return cut_at


def _prepared(box, key):
    box.write(CARD.replace("KEY", key))
    box.write(IMAGER, "rpi-preseed.toml")
    box.write(SCRIPT, "firstrun.sh")


def _all(box):
    """All there is on the card, sealed things opened."""
    files = {
        str(path.relative_to(box.folder)): path.read_bytes()
        for folder in (box.disk.card, box.disk.data)
        for path in folder.rglob("*")
        if path.is_file() and not path.name.startswith("vault.json")
    }
    mark = str(box.folder).encode()
    vault = open_vault(box.places)
    return {name: text.replace(mark, b"") for name, text in files.items()}, vault.section("cable")


def _steps(box, plug):
    """How many steps a boot takes."""
    counted = plug(10_000)
    box.boot()
    taken = next(counted) - 1
    plug(None)
    return taken


def test_a_cut_at_any_step_changes_nothing_in_the_end(tmp_path, box, plug, key):
    _prepared(box, key)
    steps = _steps(box, plug)
    assert steps > 40
    meant = _all(box)
    for step in range(steps):
        again = replace(box, folder=tmp_path / str(step))
        again.disk.card.mkdir(parents=True)
        again.disk.data.mkdir()
        _prepared(again, key)
        plug(step)
        with pytest.raises(PowerCut):
            again.boot()
        plug(None)
        again.boot()
        assert _all(again) == meant, f"cut before step {step}"


def test_a_name_that_the_cut_took_is_there_again(box, key):
    """FAT has no journal: between two names there may be none."""
    _prepared(box, key)
    box.boot()
    left = box.on_card()
    was = box.disk.clearing.mark.read_text()
    box.disk.clearing.begin([Change(name="stb.toml", was="?", text=left)])
    (box.disk.card / "stb.toml").unlink()
    box.boot()
    assert box.on_card() == left
    assert box.disk.clearing.mark.read_text() == was


def test_what_somebody_wrote_after_the_cut_is_not_overwritten(box):
    box.disk.clearing.mark.parent.mkdir()
    box.disk.clearing.begin([Change(name="stb.toml", was="?", text="")])
    box.write('language = "ar"\n')
    box.boot()
    assert box.on_card() == 'language = "ar"\n'
    assert box.settings.settings.language == "ar"
