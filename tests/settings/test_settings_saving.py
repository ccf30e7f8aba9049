"""What the viewer changes goes into the file, and nothing else of it changes."""

import signal
import subprocess
import sys
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stb.errors import SettingsError
from stb.model import GuideSource, Source, SourceId
from stb.settings import Settings, load, save
from stb.settings.settings import Sound

HOME = Source(id=SourceId("home"), kind="alkarma", name="Home", address="h.example")
AWAY = Source(id=SourceId("away"), kind="stalker", name="away", address="a.example", mac="00:1A:79:01:02:03")
WRITTEN = """\
# my box
language = "en"   # for the guests
telepathy = true

[sound]
# the amplifier is slow
delay_ms = 120
fragrance = "rose"

[[source]]
id = "home"       # the first one
kind = "alkarma"
address = "h.example"
colour = "green"
"""


@pytest.fixture
def file(tmp_path):
    return tmp_path / "state" / "stb.toml"


@pytest.fixture
def written(file):
    file.parent.mkdir()
    file.write_text(WRITTEN)
    return file


def test_the_first_change_makes_the_file(file):
    save(file, {"language": "ar", "sound.output": "jack", "source": (HOME,)})
    loaded = load(file)
    assert loaded.settings == Settings(language="ar", sound=Sound(output="jack"), sources=(HOME,))
    assert loaded.problems == ()
    assert file.read_text().endswith('"\n')
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_change_changes_its_value_and_not_a_letter_besides(written):
    save(written, {"language": "ar", "sound.delay_ms": -40})
    assert written.read_text() == WRITTEN.replace('"en"', '"ar"').replace("120", "-40")


def test_what_is_new_comes_to_what_is_there(written):
    save(written, {"volume": 5, "sound.output": "jack", "picture.zoom": "fill"})
    text = written.read_text()
    assert all(line in text for line in WRITTEN.splitlines())
    assert load(written).settings.volume == 5
    assert load(written).settings.sound == Sound(output="jack", delay_ms=120)
    assert load(written).settings.picture.zoom == "fill"


def test_saying_what_is_there_writes_nothing(written):
    before = written.stat().st_ino
    save(written, {"language": "en", "sound.delay_ms": 120})
    (home,) = load(written).settings.sources
    save(written, {"source": (home,)})
    assert written.stat().st_ino == before


def test_another_operator_comes_behind_the_first_which_stays_as_it_is(written):
    (home,) = load(written).settings.sources
    save(written, {"source": (home, AWAY)})
    assert written.read_text().startswith(WRITTEN.rstrip("\n"))
    assert load(written).settings.sources == (home, AWAY)


def test_guides_come_move_and_go(written):
    world = GuideSource(id=SourceId("world"), name="World", address="/guide.xml", sources=(HOME.id,))
    near = GuideSource(id=SourceId("near"), name="near", address="/near.xml", order=-1)
    save(written, {"guide": (world, near)})
    assert load(written).settings.guides == (world, near)
    assert written.read_text().startswith(WRITTEN)
    save(written, {"guide": (replace(world, order=-2, sources=()), near)})
    assert load(written).settings.guides_of(HOME.id) == (replace(world, order=-2, sources=()), near)
    save(written, {"guide": ()})
    assert written.read_text().rstrip() == WRITTEN.rstrip()
    with pytest.raises(SettingsError, match=r"order"):
        save(written, {"guide": (replace(world, order=100),)})


def test_operators_take_the_order_they_are_given_and_keep_what_else_they_hold(written):
    (home,) = load(written).settings.sources
    save(written, {"source": (AWAY, home)})
    assert load(written).settings.sources == (AWAY, home)
    assert 'colour = "green"' in written.read_text()


def test_an_operator_that_is_gone_is_gone_from_the_file(written):
    save(written, {"source": ()})
    assert load(written).settings.sources == ()
    assert "[[source]]" not in written.read_text()
    assert "fragrance" in written.read_text()


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(
            'source = [{ id = "home", kind = "alkarma", address = "h.example", x = 1 }]', id="inline"
        ),
        pytest.param("source = 1", id="no rows at all"),
        pytest.param('source = ["home"]', id="words for rows"),
        pytest.param('[source]\nid = "home"', id="one bracket"),
    ],
)
def test_operators_written_in_another_way(file, rows):
    file.parent.mkdir()
    file.write_text(f"volume = 5\n{rows}\n")
    save(file, {"source": (AWAY, HOME)})
    assert load(file).settings == Settings(volume=5, sources=(AWAY, HOME))


def test_rows_that_are_none_go_when_there_are_no_operators(file):
    file.parent.mkdir()
    file.write_text("source = 1\n")
    save(file, {"source": ()})
    assert load(file).problems == ()


@pytest.mark.parametrize(
    "section", ["sound = 1", "[[sound]]", 'sound.output = "jack"', "sound = {output = 'jack'}"]
)
def test_a_section_written_in_another_way(file, section):
    file.parent.mkdir()
    file.write_text(f"{section}\n")
    save(file, {"sound.delay_ms": 40, "language": "ar"})
    loaded = load(file)
    assert loaded.problems == ()
    assert (loaded.settings.sound.delay_ms, loaded.settings.language) == (40, "ar")
    assert loaded.settings.sound.output == ("jack" if "jack" in section else "auto")


def test_a_faulty_value_is_healed_by_its_change_and_by_no_other(file):
    file.parent.mkdir()
    file.write_text("volume = 700\n")
    save(file, {"language": "ar"})
    assert load(file).problems == ("volume: a whole number from 0 to 100 expected",)
    save(file, {"volume": 70})
    assert load(file).problems == ()


def test_a_number_in_the_place_of_a_truth_is_replaced(file):
    file.parent.mkdir()
    file.write_text("[remote]\ngrab = 1\n")
    save(file, {"remote.grab": True})
    assert load(file).problems == ()


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        pytest.param({"volume": 101}, "volume: a whole number", id="too loud"),
        pytest.param({"colour": "red"}, "colour: no such setting", id="unknown"),
        pytest.param(
            {"source": (HOME, Source(id="A B", kind="x", name="x", address="x"))}, "[2].id", id="id"
        ),
    ],
)
def test_a_value_that_breaks_its_rule_is_not_written(written, changes, problem):
    with pytest.raises(SettingsError) as caught:
        save(written, {"language": "ar", **changes})
    assert problem in caught.value.problems[0]
    assert written.read_text() == WRITTEN


@pytest.mark.parametrize("damage", [b"language = ", b"\xff\xfe", b"[" * 5000])
def test_a_damaged_file_is_set_aside_and_a_new_one_begun(file, damage, caplog):
    file.parent.mkdir()
    file.write_bytes(damage)
    save(file, {"language": "ar"})
    assert load(file).settings == Settings(language="ar")
    assert file.with_name("stb.toml.damaged").read_bytes() == damage
    assert "settings damaged" in caplog.text


def test_a_disk_that_refuses_is_an_error_of_ours(tmp_path):
    (tmp_path / "state").write_text("a file where the folder should be")
    with pytest.raises(SettingsError):
        save(tmp_path / "state" / "stb.toml", {"language": "ar"})


WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(str.strip)
LINES = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
VALUES = {
    "language": st.sampled_from(["en", "ar", "pt-BR"]),
    "time_zone": st.sampled_from(["", "UTC", "Asia/Baghdad"]),
    "volume": st.integers(0, 100),
    "sound.output": st.sampled_from(["auto", "jack", "null"]),
    "sound.passthrough": st.booleans(),
    "sound.delay_ms": st.integers(-2000, 2000),
    "picture.aspect": st.sampled_from(["auto", "4:3"]),
    "standby.tv_on": st.booleans(),
    "remote.grab": st.booleans(),
}
SOURCES = st.lists(
    st.builds(
        Source,
        id=st.sampled_from(["a", "b", "c-1"]).map(SourceId),
        kind=st.sampled_from(["alkarma", "xtream"]),
        name=WORDS.map(str.strip),
        address=WORDS.map(str.strip),
        user=LINES.map(str.strip),
        mac=st.sampled_from(["", "00:1A:79:01:02:03"]),
    ),
    unique_by=lambda source: source.id,
    max_size=3,
).map(tuple)
CHANGES = st.fixed_dictionaries({}, optional={**VALUES, "source": SOURCES})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(CHANGES, max_size=4))
def test_what_was_saved_is_loaded_and_what_was_not_stays(file, steps):
    file.parent.mkdir(exist_ok=True)
    file.write_text("# mine\ntelepathy = true\n[hologram]\nx = 1\n")
    expected = {}
    for changes in steps:
        save(file, changes)
        expected |= changes
    loaded = load(file)
    assert loaded.problems == ()
    chosen = loaded.settings
    found = {"source": chosen.sources} | {
        name: getattr(getattr(chosen, name.rpartition(".")[0], chosen), name.rpartition(".")[2])
        if "." in name
        else getattr(chosen, name)
        for name in VALUES
    }
    assert {name: found[name] for name in expected} == expected
    assert all(line in file.read_text() for line in ("# mine", "telepathy = true", "[hologram]", "x = 1"))


WRITER = """
import sys
from pathlib import Path
from stb.settings import save
print("going", flush=True)
turn = 0
while True:
    turn += 1
    save(Path(sys.argv[1]), {"volume": turn % 100, "sound.delay_ms": turn % 100})
"""


@pytest.mark.parametrize("lines_read", range(3))
def test_a_power_cut_in_mid_write_leaves_the_old_or_the_new_one(file, lines_read):
    save(file, {"volume": 0, "sound.delay_ms": 0})
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(file)], stdout=subprocess.PIPE, text=True)
    with writer:
        assert writer.stdout.readline() == "going\n"
        seen = set()
        while len(seen) <= lines_read * 3:
            seen.add(load(file).settings.volume)
        writer.send_signal(signal.SIGKILL)
    loaded = load(file)
    assert loaded.problems == ()
    assert loaded.settings.volume == loaded.settings.sound.delay_ms
