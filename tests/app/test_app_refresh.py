"""The refresh process, for real: each part by itself, whole or as it was, and the box told of each."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path
from queue import SimpleQueue

import psutil
import pytest

from stb.app.places import Places
from stb.app.refresh import Refresher, ages
from stb.catalogue import Catalogue, Guide, Library
from stb.messages import Part, PartFailed, PartProgressed, PartRefreshed, RefreshFailed, SourceRefreshed
from stb.model import Source, SourceId

HOME = Source(id=SourceId("home"), kind="scripted", name="Home", address="http://script.example")
LISTS, LIBRARY, GUIDE = Part
PATIENCE = 60
SETTINGS = '[[source]]\nid = "home"\nkind = "scripted"\naddress = "http://script.example"\n'
SCRIPT = {"channels": 3, "films": 5, "series": 2, "programmes": 9, "revision": "g1"}


@pytest.fixture
def places(tmp_path, monkeypatch):
    places = Places(state=tmp_path / "state", runtime=tmp_path / "run", cache=tmp_path / "cache")
    places.make()
    places.settings.write_text(SETTINGS, "utf-8")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).with_name("scripted")))
    monkeypatch.setenv("STB_STATE", str(places.state))
    monkeypatch.setenv("STB_RUNTIME", str(places.runtime))
    monkeypatch.setenv("STB_SCRIPT", str(tmp_path / "script.json"))
    return places


@pytest.fixture
def script(tmp_path):
    def script(**changes):
        (tmp_path / "script.json").write_text(json.dumps(SCRIPT | changes))

    script()
    return script


@pytest.fixture
def refresh(places, script):  # noqa: ARG001 - what the process finds
    """`stb refresh` as a person has it, and what it said."""

    def refresh(*words):
        command = [sys.executable, "-m", "stb", "refresh", *words]
        done = subprocess.run(command, capture_output=True, timeout=PATIENCE, check=False)
        said = [json.loads(line) for line in done.stdout.splitlines()]
        return done.returncode, {line["part"]: line for line in said}

    return refresh


@pytest.fixture
def inbox():
    return SimpleQueue()


@pytest.fixture
def refresher(places, script, inbox):  # noqa: ARG001 - what the process finds
    with closing(Refresher(HOME, places, inbox.put)) as refresher:
        yield refresher


def told(inbox, count):
    return [inbox.get(timeout=PATIENCE) for _ in range(count)]


def await_hanging(tmp_path):
    """Until the process has begun what never ends: its number, and how nice it is."""
    hanging, deadline = tmp_path / "hanging", time.monotonic() + PATIENCE
    while not (hanging.exists() and hanging.read_text()):
        assert time.monotonic() < deadline
        os.sched_yield()
    pid, nice = hanging.read_text().split()
    return int(pid), int(nice)


def kept(places):
    """How much of each part is on the disk, and the name of the first programme."""
    with Catalogue(places.lists) as lists, Library(places.library) as library, Guide(places.guide) as guide:
        first = lists.first()
        found = guide.between(first, 0, 2**40) if first else ()
        titles = [programme.title for programme in found][:1]
        return lists.count(), library.count("films"), library.count("series"), len(found), *titles


def test_all_parts_are_read_in_their_order(refresh, places):
    status, said = refresh("home")
    assert status == 0
    assert list(said) == [LISTS, LIBRARY, GUIDE]
    assert [line["count"] for line in said.values()] == [3, 7, 9]
    assert kept(places) == (3, 5, 2, 9, "g1 0")


def test_one_part_alone(refresh, places):
    status, said = refresh("--part", "library")
    assert (status, list(said)) == (0, [LIBRARY])
    assert kept(places) == (0, 5, 2, 0)


def test_parts_that_were_read_know_when(refresh, places):
    refresh("--part", "lists", "--part", "guide")
    with Catalogue(places.lists) as lists, Library(places.library) as library, Guide(places.guide) as guide:
        read_at = lists.read_at(HOME.id)
        assert set(read_at) == {LISTS, GUIDE}
        later = read_at[LISTS] + 100.0
        assert ages(HOME.id, lists, library, guide, later)[LISTS] == 100
        assert set(ages(HOME.id, lists, library, guide, 0.0).values()) == {0.0}
        guide.leave(HOME.id)
        assert set(ages(HOME.id, lists, library, guide, later)) == {LISTS}


@pytest.mark.parametrize(
    ("verb", "part", "stays"),
    [
        pytest.param("items", LISTS, (3, 6, 3, 10, "g2 0"), id="channels"),
        pytest.param("films", LIBRARY, (4, 5, 2, 10, "g2 0"), id="films"),
        pytest.param("guide", GUIDE, (4, 6, 3, 9, "g1 0"), id="guide"),
    ],
)
def test_a_part_that_fails_stays_as_it_was_and_the_others_are_read(
    refresh, script, places, verb, part, stays
):
    refresh()
    script(channels=4, films=6, series=3, programmes=10, revision="g2", fails=verb)
    status, said = refresh()
    assert status == 1
    assert [name for name, line in said.items() if "failure" in line] == [part]
    assert said[part]["failure"]["kind"] == "Unreachable"
    assert kept(places) == stays


def test_an_operator_that_does_not_answer_fails_every_part(refresh, script, places):
    refresh()
    script(channels=9, fails="sign_in")
    status, said = refresh()
    assert status == 1
    assert [line["failure"]["kind"] for line in said.values()] == ["Unreachable"] * 3
    assert kept(places) == (3, 5, 2, 9, "g1 0")


def test_a_guide_without_programmes_does_not_take_the_old_ones_place(refresh, script, places):
    refresh()
    script(programmes=0, revision="g2")
    _, said = refresh("--part", "guide")
    assert said[GUIDE]["failure"]["kind"] == "BadReply"
    assert kept(places) == (3, 5, 2, 9, "g1 0")


def test_a_guide_that_is_as_before_is_not_read_again(refresh, script, places):
    refresh()
    script(programmes=12)
    _, said = refresh("--part", "guide")
    assert said[GUIDE] == {"part": "guide", "count": 9, "revision": "g1"}
    assert kept(places) == (3, 5, 2, 9, "g1 0")


def test_a_guide_as_before_is_read_again_for_other_channels(refresh, script):
    refresh()
    script(channels=4, programmes=12)
    _, said = refresh()
    assert said[GUIDE]["count"] == 12


def test_lists_that_are_as_before_are_not_read_again(refresh, script, places):
    script(editions={"channels": "e1", "films": "e1", "series": "e1"})
    refresh()
    script(channels=4, films=6, series=3, editions={"channels": "e1", "films": "e1", "series": "e2"})
    _, said = refresh("--part", "lists", "--part", "library")
    assert [said[part]["count"] for part in (LISTS, LIBRARY)] == [3, 8]
    assert kept(places)[:3] == (3, 5, 3)
    script(channels=4, films=6, series=3)
    refresh("--part", "lists", "--part", "library")
    assert kept(places)[:3] == (4, 6, 3)


def test_films_that_were_fetched_wait_for_the_series(refresh, script, places):
    refresh()
    editions = {"channels": "e2", "films": "e2", "series": "e2"}
    script(channels=4, films=6, series=3, editions=editions, fails="series")
    _, said = refresh("--part", "library")
    assert "failure" in said[LIBRARY]
    assert kept(places)[:3] == (3, 5, 2)


@pytest.mark.parametrize("verb", ["items", "films", "series", "guide"])
def test_killed_at_any_moment_it_leaves_what_was_there(refresh, script, places, tmp_path, verb):
    refresh()
    script(channels=4000, films=4000, series=4000, programmes=400, revision="g2", hangs=verb)
    with subprocess.Popen([sys.executable, "-m", "stb", "refresh"], stdout=subprocess.DEVNULL) as child:
        await_hanging(tmp_path)
        child.send_signal(signal.SIGKILL)
    channels, films, series, programmes, title = kept(places)
    assert channels == (3 if verb == "items" else 4000)
    assert films == (4000 if verb in ("series", "guide") else 5)
    assert series == (4000 if verb == "guide" else 2)
    assert (programmes, title) == (9, "g1 0")


def test_a_damaged_guide_does_not_take_the_channels_away(refresh, places):
    refresh()
    places.guide.write_bytes(b"no database" * 500)
    assert kept(places) == (3, 5, 2, 0)
    refresh("--part", "guide")
    assert kept(places) == (3, 5, 2, 9, "g1 0")


def test_the_box_is_told_of_each_part_as_it_comes(refresher, inbox):
    refresher.start((LISTS, LIBRARY, GUIDE))
    assert told(inbox, 3) == [
        SourceRefreshed(HOME.id, 3, "r1"),
        PartRefreshed(HOME.id, LIBRARY, 7),
        PartRefreshed(HOME.id, GUIDE, 9),
    ]


def test_what_is_wanted_meanwhile_is_read_afterwards(refresher, inbox):
    refresher.start((LIBRARY,))
    refresher.start((GUIDE,))
    refresher.start((LISTS, GUIDE))
    first, second, third = told(inbox, 3)
    assert first == PartRefreshed(HOME.id, LIBRARY, 7)
    assert second == SourceRefreshed(HOME.id, 3, "r1")
    assert third == PartRefreshed(HOME.id, GUIDE, 9)


def test_the_box_is_told_what_failed(refresher, script, inbox):
    script(fails="sign_in")
    refresher.start((LISTS, GUIDE))
    lists, guide = told(inbox, 2)
    assert isinstance(lists, RefreshFailed)
    assert isinstance(guide, PartFailed)
    assert (lists.failure.kind, guide.part, guide.failure.kind) == ("Unreachable", GUIDE, "Unreachable")


def test_a_process_that_dies_fails_what_it_had_not_read(refresher, script, inbox, tmp_path):
    script(hangs="films")
    refresher.start((LISTS, LIBRARY))
    (lists,) = told(inbox, 1)
    assert isinstance(lists, SourceRefreshed)
    pid, _ = await_hanging(tmp_path)
    os.kill(pid, signal.SIGKILL)
    (library,) = told(inbox, 1)
    assert (library.part, library.failure.kind) == (LIBRARY, "CatalogueError")


def test_the_box_is_told_how_far_a_part_is(refresher, script, inbox):
    script(sized=True)
    refresher.start((LIBRARY,))
    reached, read = told(inbox, 2)
    assert reached == PartProgressed(HOME.id, LIBRARY, 0.25)
    assert read == PartRefreshed(HOME.id, LIBRARY, 7)


def test_what_the_viewer_stops_stays_as_it_was_and_can_be_read_again(
    refresher, script, inbox, places, tmp_path
):
    script(hangs="films")
    refresher.start((LISTS, LIBRARY, GUIDE))
    assert isinstance(*told(inbox, 1), SourceRefreshed)
    pid, _ = await_hanging(tmp_path)
    refresher.start((LISTS,))
    refresher.stop()
    ended = told(inbox, 2)
    assert {(one.part, one.failure.kind) for one in ended} == {(LIBRARY, "Stopped"), (GUIDE, "Stopped")}
    assert kept(places) == (3, 0, 0, 0)
    assert not Path(f"/proc/{pid}").exists()
    script()
    refresher.start((LIBRARY,))
    assert told(inbox, 1) == [PartRefreshed(HOME.id, LIBRARY, 7)]


def test_nothing_is_stopped_where_nothing_is_read(refresher, inbox):
    refresher.stop()
    refresher.start((LIBRARY,))
    assert told(inbox, 1) == [PartRefreshed(HOME.id, LIBRARY, 7)]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["ended", "interrupted"])
def test_a_signal_ends_it_and_its_status_says_so(refresh, script, places, tmp_path, number):
    refresh()
    script(channels=4000, films=4000, programmes=400, revision="g2", hangs="films")
    with subprocess.Popen([sys.executable, "-m", "stb", "refresh"], stdout=subprocess.DEVNULL) as child:
        await_hanging(tmp_path)
        child.send_signal(number)
    assert child.returncode == 128 + number
    assert kept(places) == (4000, 5, 2, 9, "g1 0")
    assert not list(places.state.glob("*.new"))


def test_the_menu_and_the_player_go_first(refresher, script, tmp_path):
    script(hangs="films")
    refresher.start((LIBRARY,))
    pid, nice = await_hanging(tmp_path)
    assert nice >= 10
    asked = subprocess.run(["ionice", "--pid", str(pid)], capture_output=True, text=True, check=True)
    assert asked.stdout.split(":")[0].strip() == "idle"


def test_the_process_keeps_things_where_the_box_does(refresher, script, places, tmp_path):
    script(hangs="films")
    refresher.start((LIBRARY,))
    pid, _ = await_hanging(tmp_path)
    told = psutil.Process(pid).environ()
    assert [told[f"STB_{name}"] for name in ("STATE", "RUNTIME", "CACHE")] == [
        str(place) for place in (places.state, places.runtime, places.cache)
    ]


def test_closing_ends_it(places, script, inbox, tmp_path):
    script(hangs="films")
    refresher = Refresher(HOME, places, inbox.put)
    refresher.start((LIBRARY,))
    refresher.start((GUIDE,))
    pid, _ = await_hanging(tmp_path)
    refresher.close()
    assert not Path(f"/proc/{pid}").exists()
    (library,) = told(inbox, 1)
    assert library.part is LIBRARY
    refresher.close()


@pytest.fixture
def lender(places, script, tmp_path):  # noqa: ARG001 - what the process finds
    """systemd's own stand-in for a socket that starts a service for each connection."""
    address = tmp_path / "refresh.socket"
    command = ["systemd-socket-activate", "--listen", str(address), "--accept", "--inetd"]
    kept = [word for name in os.environ if name.startswith("STB_") for word in ("--setenv", name)]
    stb = [sys.executable, "-m", "stb", "refresh", "--asked"]
    with subprocess.Popen([*command, *kept, "--setenv", "PYTHONPATH", *stb], stderr=subprocess.PIPE) as lends:
        assert b"Listening" in lends.stderr.readline()
        yield address
        lends.terminate()
        lends.stderr.read()


@pytest.fixture
def borrower(places, lender, inbox):
    with closing(Refresher(HOME, places, inbox.put, lender)) as borrower:
        yield borrower


def test_systemd_lends_the_process_where_it_can(borrower, inbox, places):
    borrower.start((LISTS,))
    (lists,) = told(inbox, 1)
    assert isinstance(lists, SourceRefreshed)
    assert kept(places)[0] == 3
    borrower.start((LIBRARY,))
    (library,) = told(inbox, 1)
    assert isinstance(library, PartRefreshed)


def test_a_lent_process_keeps_the_place_that_systemd_gave_it(borrower, script, tmp_path):
    script(hangs="films")
    borrower.start((LIBRARY,))
    assert await_hanging(tmp_path)[1] == os.nice(0)


def test_a_lent_process_ends_when_nobody_waits_for_it(borrower, script, inbox, tmp_path, gone):
    script(hangs="films")
    borrower.start((LIBRARY,))
    pid, _ = await_hanging(tmp_path)
    borrower.close()
    (library,) = told(inbox, 1)
    assert isinstance(library, PartFailed)
    gone(pid)


def test_where_systemd_lends_nothing_the_box_starts_its_own(places, script, inbox, tmp_path):  # noqa: ARG001
    with closing(Refresher(HOME, places, inbox.put, tmp_path / "nobody")) as refresher:
        refresher.start((LISTS,))
        (lists,) = told(inbox, 1)
        assert isinstance(lists, SourceRefreshed)
