"""The settings file: what it says, and everything that is wrong with it."""

from dataclasses import asdict, replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stb.model import GuideSource, Source, SourceId
from stb.settings import Settings, load
from stb.settings.rules import SETTINGS
from stb.settings.settings import Picture, Remote, Sound, Standby

WORLD = GuideSource(
    id=SourceId("world"), name="World guide", address="http://tv.example/guide.xml.gz", order=1
)
PACKAGED = Path(__file__).parents[2] / "config" / "stb.toml"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "stb.toml"


def read(file, text):
    file.write_text(text, encoding="utf-8")
    return load(file)


def flat(chosen):
    """Every setting by its place in the file."""
    tables = {name: value for name, value in asdict(chosen).items() if name not in ("sources", "guides")}
    return {
        f"{name}.{key}" if key else name: one
        for name, value in tables.items()
        for key, one in (value.items() if isinstance(value, dict) else [("", value)])
    }


def test_without_a_file_the_defaults_apply(file):
    assert load(file).settings == Settings()
    assert load(file, Settings(volume=5)).settings == Settings(volume=5)
    assert load(file).problems == ()


def test_an_empty_file_is_the_defaults(file):
    loaded = read(file, "")
    assert (loaded.settings, loaded.problems) == (Settings(), ())


def test_every_field_has_a_rule_and_every_rule_a_field():
    assert set(flat(Settings())) == set(SETTINGS)


def test_the_defaults_keep_their_rules():
    assert {name: SETTINGS[name](value) for name, value in flat(Settings()).items()} == dict.fromkeys(
        SETTINGS, ""
    )


def test_the_packaged_file_says_what_the_defaults_are():
    loaded = load(PACKAGED)
    assert (loaded.settings, loaded.problems) == (Settings(), ())


def test_the_packaged_file_names_every_setting():
    text = PACKAGED.read_text()
    names = {name.rpartition(".")[2] for name in SETTINGS} | set(Source.__dataclass_fields__)
    assert [name for name in names if f"{name} = " not in text] == []


def shown(table):
    """What the packaged file shows of a table, as a person would write it."""
    lines = PACKAGED.read_text().splitlines()
    rest = lines[lines.index(f"# [[{table}]]") :]
    return "\n".join(line.removeprefix("# ") for line in rest[: rest.index("") if "" in rest else None])


def test_what_the_packaged_file_shows_of_a_guide_can_be_used(file):
    loaded = read(file, shown("guide"))
    assert loaded.settings.guides == (WORLD,)
    assert loaded.problems == ()


def test_what_the_packaged_file_shows_of_an_operator_can_be_used(file):
    loaded = read(file, shown("source"))
    (source,) = loaded.settings.sources
    assert source == Source(id=SourceId("home"), kind="alkarma", name="AlKarma TV", address="tv.example:5000")
    assert loaded.problems == ()


def test_a_file_of_everything(file):
    loaded = read(
        file,
        """
        language = "pt-BR"
        time_zone = "Asia/Baghdad"
        volume = 0
        [sound]
        output = "jack"
        passthrough = true
        delay_ms = -120
        [picture]
        aspect = "16:9"
        zoom = "fill"
        [standby]
        tv_off = false
        tv_on = true
        [remote]
        grab = false
        [[source]]
        id = "one"
        kind = "alkarma"
        address = " http://one.example "
        [[source]]
        id = "two"
        kind = "stalker"
        name = "Zwei"
        address = "two.example"
        user = "viewer"
        mac = "00:1a:79:01:02:03"
        guide = "http://two.example/guide.xml"
        user_agent = "Box/1"
        model = "MAG254"
        fingerprint = "5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a5a"
        """,
    )
    assert loaded.problems == ()
    assert loaded.settings == Settings(
        language="pt-BR",
        time_zone="Asia/Baghdad",
        volume=0,
        sound=Sound(output="jack", passthrough=True, delay_ms=-120),
        picture=Picture(aspect="16:9", zoom="fill"),
        standby=Standby(tv_off=False, tv_on=True),
        remote=Remote(grab=False),
        sources=(
            Source(id=SourceId("one"), kind="alkarma", name="one", address="http://one.example"),
            Source(
                id=SourceId("two"),
                kind="stalker",
                name="Zwei",
                address="two.example",
                user="viewer",
                mac="00:1a:79:01:02:03",
                guide="http://two.example/guide.xml",
                user_agent="Box/1",
                model="MAG254",
                fingerprint="5a" * 32,
            ),
        ),
    )


def test_what_the_file_does_not_say_stays_as_the_box_came(file):
    came_with = Settings(volume=5, sound=Sound(output="jack", delay_ms=7))
    chosen = read(file, "[sound]\ndelay_ms = 0\n")
    assert chosen.settings == Settings(sound=Sound(delay_ms=0))
    assert load(file, came_with).settings == Settings(volume=5, sound=Sound(output="jack", delay_ms=0))


def test_all_faults_are_told_at_once_and_what_could_be_read_applies(file):
    loaded = read(
        file,
        """
        langauge = "en"
        volume = 101
        time_zone = "Asia/Bagdad"
        [sond]
        output = "jack"
        [sound]
        output = "jak"
        passthruogh = true
        delay_ms = 40
        [[source]]
        id = "One Two"
        kind = ""
        adress = "one.example"
        [[source]]
        id = "two"
        kind = "alkarma"
        address = "two.example"
        mac = "nonsense"
        """,
    )
    assert set(loaded.problems) == {
        "langauge: no such setting, did you mean 'language'?",
        "volume: a whole number from 0 to 100 expected",
        "time_zone: there is no time zone 'Asia/Bagdad', did you mean 'Asia/Baghdad'?",
        "sond: no such setting, did you mean 'sound'?",
        "sound.output: one of auto, hdmi0, hdmi1, jack, null expected, did you mean 'jack'?",
        "sound.passthruogh: no such setting, did you mean 'passthrough'?",
        "source[1].adress: no such setting, did you mean 'address'?",
        "source[1].id: a short name of a-z, 0-9 and - expected",
        "source[1].kind: a text expected",
        "source[1].address: missing",
        'source[2].mac: an address like "00:1A:79:01:02:03" expected',
    }
    two = Source(id=SourceId("two"), kind="alkarma", name="two", address="two.example")
    assert loaded.settings == Settings(sound=Sound(delay_ms=40), sources=(two,))


LANGUAGE = 'language: a language tag like "en" expected'
VOLUME = "volume: a whole number from 0 to 100 expected"
ROWS = "source: written as [[source]] expected"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param("language = 1", LANGUAGE, id="language of a number"),
        pytest.param('language = "../en"', LANGUAGE, id="a path"),
        pytest.param("volume = true", VOLUME, id="boolean volume"),
        pytest.param("volume = 5.5", VOLUME, id="broken volume"),
        pytest.param("volume = -1", VOLUME, id="negative volume"),
        pytest.param("source = 1", ROWS, id="source of a number"),
        pytest.param("[source]\nid = 'a'", ROWS, id="one bracket"),
        pytest.param("source = [1]", ROWS, id="list of numbers"),
        pytest.param("sound = 1", "sound: written as [sound] expected", id="section of a number"),
        pytest.param("[[sound]]", "sound: written as [sound] expected", id="two brackets"),
        pytest.param("remote.grab = 1", "remote.grab: true or false expected", id="number for yes"),
        pytest.param("time_zone = 1", 'time_zone: a time zone like "Asia/Baghdad" expected', id="zone 1"),
        pytest.param(
            "picture.zoom = ['fit']", "picture.zoom: one of fit, fill, stretch expected", id="list of choices"
        ),
    ],
)
def test_a_value_of_the_wrong_kind(file, text, problem):
    loaded = read(file, text)
    assert (loaded.settings, loaded.problems) == (Settings(), (problem,))


@pytest.mark.parametrize("zone", ["../../etc/passwd", "/etc/passwd", "Asia", "Mars/Base", "\0", "a\nb"])
def test_a_time_zone_that_is_none(file, zone):
    loaded = read(file, f"time_zone = {zone!r}".replace("'", '"').replace("\\x00", "\\u0000"))
    assert loaded.settings.time_zone == ""
    assert loaded.problems[0].startswith("time_zone: there is no time zone")


def test_no_operator_has_the_name_of_the_box_whose_section_is_not_sealed(file):
    loaded = read(file, "[[source]]\nid = 'box'\nkind = 'alkarma'\naddress = 'h'\n")
    assert (loaded.settings.sources, loaded.problems) == ((), ("source[1].id: 'box' is the box itself",))


def test_of_two_operators_with_the_same_id_the_first_one_counts(file):
    row = "[[source]]\nid = 'a'\nkind = 'alkarma'\naddress = 'h{}'\n"
    loaded = read(file, "".join(map(row.format, range(3))))
    assert [source.address for source in loaded.settings.sources] == ["h0"]
    assert loaded.problems == ("source[2].id: 'a' is there already", "source[3].id: 'a' is there already")


def test_a_password_in_the_file_is_refused_without_saying_it(file):
    row = "[[source]]\nid = 'a'\nkind = 'xtream'\naddress = 'h'\npassword = 'hunter2'\n"
    loaded = read(file, row)
    (problem,) = loaded.problems
    assert problem.startswith("source[1].password: secrets are not kept in this file")
    assert "hunter2" not in problem
    assert len(loaded.settings.sources) == 1


def test_a_setting_of_a_newer_version_is_passed_over_and_logged(file, caplog):
    loaded = read(file, "telepathy = true\nvolume = 5\n[sound]\nfragrance = 'rose'\n[hologram]\nx = 1")
    assert (loaded.settings, loaded.problems) == (Settings(volume=5), ())
    assert all(name in caplog.text for name in ("telepathy", "sound.fragrance", "hologram"))


def test_a_file_that_is_no_toml_says_where(file):
    loaded = read(file, "volume = 5\nlanguage = en\n")
    assert loaded.settings == Settings()
    assert "line 2" in loaded.problems[0]


def test_a_file_that_is_no_text(file):
    file.write_bytes(b"language = '\xff'")
    assert load(file).problems


def test_a_file_that_cannot_be_read(tmp_path):
    assert load(tmp_path).problems


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=200))
def test_any_file_can_be_started_with(file, content):
    file.write_bytes(content)
    load(file)


VALUES = st.recursive(
    st.booleans() | st.integers(-5, 200) | st.sampled_from(["jack", "fit", "UTC", "4:3", "a-1", " ", ""]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=4,
)


def toml(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {toml(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return str(value).lower() if isinstance(value, bool) else repr(value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.dictionaries(st.sampled_from(sorted(SETTINGS)), VALUES),
    st.lists(
        st.dictionaries(st.sampled_from(sorted(Source.__dataclass_fields__)), VALUES | st.just("ok")),
        max_size=3,
    ),
)
def test_any_values_are_settings_that_keep_the_rules(file, values, rows):
    text = "\n".join(f"{name} = {toml(value)}" for name, value in values.items())
    loaded = read(file, f"{text}\nsource = {toml(rows)}")
    assert {name: SETTINGS[name](value) for name, value in flat(loaded.settings).items()} == dict.fromkeys(
        SETTINGS, ""
    )
    assert {problem.partition(":")[0] for problem in loaded.problems if not problem.startswith("source")} == {
        name for name, value in values.items() if SETTINGS[name](value)
    }
    assert all(source.id and source.kind and source.address for source in loaded.settings.sources)


def test_guides_are_asked_by_their_order_about_the_operators_they_are_for():
    first = replace(WORLD, id=SourceId("first"), order=-1)
    other = replace(WORLD, id=SourceId("other"), order=-2, sources=(SourceId("cable"),))
    chosen = Settings(guides=(WORLD, other, first))
    assert chosen.guides_of(SourceId("home")) == (first, WORLD)
    assert chosen.guides_of(SourceId("cable")) == (other, first, WORLD)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        pytest.param('id = "x"', "guide[1].address: missing", id="no address"),
        pytest.param('id = "X"\naddress = "/x"', "guide[1].id", id="an id with a capital"),
        pytest.param('id = "x"\naddress = "/x"\norder = 100', "guide[1].order", id="too late"),
        pytest.param('id = "x"\naddress = "/x"\nsources = "home"', "guide[1].sources", id="no list"),
        pytest.param('id = "x"\naddress = "/x"\nadress = "/x"', "guide[1].adress", id="a slip of the pen"),
        pytest.param('id = "home"\naddress = "/x"', "guide: 'home' is an operator", id="an operator"),
    ],
)
def test_what_is_wrong_with_a_guide(file, row, problem):
    home = '[[source]]\nid = "home"\nkind = "m3u"\naddress = "/list"\n'
    loaded = read(file, f"{home}[[guide]]\n{row}\n")
    assert [one for one in loaded.problems if one.startswith(problem)]
    assert len(loaded.problems) == 1
    assert all(guide.address == "/x" and guide.id != "home" for guide in loaded.settings.guides)
