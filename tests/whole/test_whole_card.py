"""A card that is damaged, worn out or full: the box starts, says so, and what to do."""

import os
import sqlite3
from contextlib import closing

import pytest

from stb.app.state import Phase
from stb.catalogue import Catalogue, Guide, Library, Viewer
from stb.errors import DiskFull
from stb.messages import Alarm, Part, PartFailed, ScreenName
from stb.model import Key, SourceId


def truncated(path):
    os.truncate(path, 5000)


def newer(path):
    with closing(sqlite3.connect(path)) as file:
        file.execute("PRAGMA user_version = 99")


def unusable(path):
    path.unlink()
    path.mkdir()


@pytest.fixture
def kept(places):
    """The files of a box that ran before; the viewer left it at 35 %."""
    for kind, path in (
        (Catalogue, places.lists),
        (Library, places.library),
        (Guide, places.guide),
        (Viewer, places.viewer),
    ):
        kind(path).close()
    with Viewer(places.viewer) as viewer:
        viewer.remember(volume=35)
    return places


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize(
    ("damage", "which", "remark"),
    [
        pytest.param(truncated, "lists", "remark.lists_anew", id="lists cut short"),
        pytest.param(newer, "lists", "remark.lists_anew", id="lists of a newer version"),
        pytest.param(newer, "library", "remark.lists_anew", id="films of a newer version"),
        pytest.param(newer, "guide", "remark.lists_anew", id="a guide of a newer version"),
        pytest.param(truncated, "viewer", "remark.viewer_restored", id="the viewer's own cut short"),
        pytest.param(newer, "viewer", "remark.viewer_newer", id="the viewer's own of a newer version"),
        pytest.param(unusable, "lists", "remark.disk_read_only", id="lists that cannot be opened"),
        pytest.param(
            lambda path: path.write_text("{"), "vault", "remark.passwords", id="passwords cut short"
        ),
    ],
)
def test_what_became_of_the_files_is_said_and_the_box_goes_on(
    switch_on, kept, damage, which, remark, language
):
    damage(getattr(kept, which))
    pilot = switch_on(language)
    words = pilot.box.words
    pilot.until(lambda: pilot.box.state.shown is ScreenName.REMARK, "the remark")
    assert words(remark) in pilot.words
    assert pilot.box.state.remarks[0].says == f"{remark}_says"
    pilot.press(Key.OK)
    pilot.until_phase(Phase.ACTIVATION)
    assert pilot.box.state.volume == (
        35 if which != "viewer" or damage is truncated else pilot.box.state.settings.volume
    )


def test_a_card_that_takes_no_new_guide_is_told_over_the_picture(switch_on, portal):
    pilot = switch_on()
    pilot.until_phase(Phase.ACTIVATION)
    portal.world.activate(pilot.box.identity.duid)
    pilot.ring(Alarm.ASK)
    pilot.until_watching(1)
    full = PartFailed(SourceId("home"), Part.GUIDE, DiskFull("no room").failure)
    pilot.box.handle(full)
    assert pilot.box.words("channels.card") in pilot.words
    pilot.ring(Alarm.TOAST)
    pilot.box.handle(full)
    assert pilot.box.words("channels.card") not in pilot.words
    assert pilot.channel == 1
