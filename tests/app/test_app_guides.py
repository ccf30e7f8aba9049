"""Guides of the viewer's own, read by the refresh process beside that of the operator."""

import json
import subprocess
import sys
import time

import pytest

from stb.app.guiding import asked_guides
from stb.app.places import Places
from stb.catalogue import Catalogue, Guide, Viewer
from stb.model import GuideChoice, GuideSource, Source, SourceId
from stb.providers import Offer
from stb.settings import Settings

HOME, WORLD, NEAR = SourceId("home"), SourceId("world"), SourceId("near")
HOUR = 3600
DAY = 24 * HOUR
NOW = int(time.time()) // HOUR * HOUR
LIST = """#EXTM3U
#EXTINF:-1 tvg-id="one" ,Channel One
http://tv.example/1.ts
#EXTINF:-1,UK| Two Hearts FHD
http://tv.example/2.ts
#EXTINF:-1,Three
http://tv.example/3.ts
"""
SETTINGS = """
[[source]]
id = "home"
kind = "m3u"
address = "{folder}/list.m3u"
guide = "{folder}/own.xml"

[[guide]]
id = "world"
address = "{folder}/world.xml"

[[guide]]
id = "near"
address = "{folder}/near.xml"
order = -1
"""


def xmltv(*channels):
    """Of ids, names and titles: a programme an hour, from now on."""
    stamp = [time.strftime("%Y%m%d%H%M%S +0000", time.gmtime(NOW + hour * HOUR)) for hour in range(9)]
    named = [
        f'<channel id="{one}"><display-name>{name}</display-name></channel>' for one, name, _ in channels
    ]
    said = [
        f'<programme channel="{one}" start="{stamp[hour]}" stop="{stamp[hour + 1]}">'
        f"<title>{title}</title></programme>"
        for one, _, titles in channels
        for hour, title in enumerate(titles)
        if title
    ]
    return f"<tv>{''.join(named + said)}</tv>"


@pytest.fixture
def places(tmp_path, monkeypatch):
    places = Places(state=tmp_path / "state", runtime=tmp_path / "run", cache=tmp_path / "cache")
    places.make()
    places.settings.write_text(SETTINGS.format(folder=tmp_path))
    (tmp_path / "list.m3u").write_text(LIST)
    (tmp_path / "own.xml").write_text(xmltv(("one", "One", ["own", "", "own"])))
    (tmp_path / "world.xml").write_text(
        xmltv(
            ("one", "One", ["world"] * 4),
            ("2h.uk", "Two Hearts", ["hearts"] * 4),
            ("3x", "Three Extra", ["extra"]),
        )
    )
    (tmp_path / "near.xml").write_text(xmltv(("far", "Nobody", ["nothing"])))
    monkeypatch.setenv("STB_STATE", str(places.state))
    monkeypatch.setenv("STB_RUNTIME", str(places.runtime))
    monkeypatch.setenv("STB_CACHE", str(places.cache))
    return places


def refresh(*words):
    command = [sys.executable, "-m", "stb", "refresh", *words]
    done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    said = [json.loads(line) for line in done.stdout.splitlines()]
    return done.returncode, [line for line in said if line.keys() & {"count", "failure"}]


def titles(places, choices=None, order=(NEAR, HOME, WORLD)):
    """What is on each channel in the next hours."""
    with Catalogue(places.lists) as lists, Guide(places.guide) as guide:
        guide.prefer(order, choices or {})
        found = {channel.name: guide.between(channel, NOW, NOW + DAY) for channel in lists.channels(0, 9)}
        return {name: [programme.title for programme in shown] for name, shown in found.items() if shown}


def test_all_guides_are_read_and_asked_in_their_order(places):
    status, said = refresh("--part", "lists", "--part", "guide")
    assert (status, [line["part"] for line in said]) == (0, ["lists", "guide"])
    assert said[1]["count"] == 2 + 4 + 4
    assert titles(places) == {
        "Channel One": ["own", "world", "own", "world"],
        "UK| Two Hearts FHD": ["hearts"] * 4,
    }
    assert titles(places, order=(WORLD, HOME))["Channel One"] == ["world"] * 4
    assert titles(places, order=(HOME,)) == {"Channel One": ["own", "own"]}


def test_one_guide_alone(places, tmp_path):
    refresh("--part", "lists", "--part", "guide")
    new = [("one", "One", ["", "new"]), ("2h.uk", "Two Hearts", ["new"] * 5)]
    (tmp_path / "world.xml").write_text(xmltv(*new))
    (tmp_path / "own.xml").write_text(xmltv(("one", "One", ["not read"])))
    status, said = refresh("world")
    assert (status, [line["part"] for line in said]) == (0, ["guide"])
    assert titles(places) == {
        "Channel One": ["own", "new", "own", "world"],
        "UK| Two Hearts FHD": ["new"] * 5,
    }


def test_a_guide_that_cannot_be_read_leaves_the_others(places, tmp_path):
    refresh("--part", "lists")
    (tmp_path / "world.xml").unlink()
    status, said = refresh("--part", "guide")
    assert (status, said[0]["failure"]["kind"]) == (1, "NoSuchItem")
    assert titles(places) == {"Channel One": ["own", "own"]}


def test_what_the_viewer_chose_is_read_too(places):
    refresh("--part", "lists", "--part", "guide")
    with Catalogue(places.lists) as lists:
        three = lists.channels(2, 1)[0].ref
    choice = GuideChoice(WORLD, "3x")
    assert "Three" not in titles(places, {three: choice})
    with Viewer(places.viewer) as viewer:
        viewer.choose_guide(three, choice)
    refresh("--part", "guide")
    assert titles(places, {three: choice})["Three"] == ["extra"]


def test_the_order_of_guides():
    class Guided:
        offers = frozenset({Offer.GUIDE})

    class Unguided:
        offers = frozenset()

    home = Source(id=HOME, kind="m3u", name="Home", address="/list")
    guides = tuple(
        GuideSource(id=SourceId(name), name=name, address="/x", order=order)
        for name, order in (("later", 5), ("before", -1), ("first", -9), ("after", 0))
    )
    settings = Settings(guides=guides)
    assert asked_guides(Guided(), home, settings) == ("first", "before", "home", "after", "later")
    assert asked_guides(Unguided(), home, settings) == ("first", "before", "after", "later")


def test_a_guide_that_left_the_settings_leaves_the_box(places):
    refresh("--part", "lists", "--part", "guide")
    with Guide(places.guide) as guide:
        guide.prefer((HOME, WORLD), {})
        assert guide.has_all(HOME)
        guide.keep_only(HOME, NEAR)
        assert not guide.has_all(HOME)
    assert titles(places)["Channel One"] == ["own", "own"]
