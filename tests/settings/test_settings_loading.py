"""The settings file: what it says, and everything that is wrong with it."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from stb.errors import SettingsError
from stb.model import Source, SourceId
from stb.settings import Settings, load

PACKAGED = Path(__file__).parents[2] / "config" / "stb.toml"


@pytest.fixture
def file(tmp_path):
    return tmp_path / "stb.toml"


def problems(file, text):
    file.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        load(file)
    assert all(problem in str(caught.value) for problem in caught.value.problems)
    return caught.value.problems


def test_without_a_file_the_defaults_apply(file):
    assert load(file) == Settings()


def test_an_empty_file_is_the_defaults(file):
    file.touch()
    assert load(file) == Settings()


def test_the_packaged_file_says_what_the_defaults_are():
    assert load(PACKAGED) == Settings()


def test_the_packaged_file_names_every_setting():
    text = PACKAGED.read_text()
    names = set(Settings.__dataclass_fields__) - {"sources"} | set(Source.__dataclass_fields__)
    assert [name for name in names if f"{name} = " not in text] == []


def test_what_the_packaged_file_shows_of_an_operator_can_be_used(file):
    lines = PACKAGED.read_text().splitlines()
    start = lines.index("# [[source]]")
    file.write_text("\n".join(line.removeprefix("# ") for line in lines[start:]))
    (source,) = load(file).sources
    assert source == Source(id=SourceId("home"), kind="alkarma", name="AlKarma TV", address="tv.example:5000")


def test_a_file_of_everything(file):
    file.write_text(
        """
        language = "pt-BR"
        volume = 0
        [[source]]
        id = "one"
        kind = "alkarma"
        address = " http://one.example "
        [[source]]
        id = "two"
        kind = "alkarma"
        name = "Zwei"
        address = "two.example"
        """
    )
    assert load(file) == Settings(
        language="pt-BR",
        volume=0,
        sources=(
            Source(id=SourceId("one"), kind="alkarma", name="one", address="http://one.example"),
            Source(id=SourceId("two"), kind="alkarma", name="Zwei", address="two.example"),
        ),
    )


def test_all_faults_are_told_at_once_with_their_places_and_the_near_words(file):
    text = """
        langauge = "en"
        volume = 101
        [[source]]
        id = "One Two"
        kind = ""
        adress = "one.example"
        [[source]]
        id = "two"
        kind = 3
        address = "two.example"
    """
    assert problems(file, text) == (
        "langauge: no such setting, did you mean 'language'?",
        "volume: a whole number from 0 to 100 expected",
        "source[1].adress: no such setting, did you mean 'address'?",
        "source[1].id: a short name of a-z, 0-9 and - expected",
        "source[1].kind: a text expected",
        "source[1].address: missing",
        "source[2].kind: a text expected",
    )


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        pytest.param(
            "language = 1", 'language: a language tag like "en" expected', id="language of a number"
        ),
        pytest.param('language = "../en"', 'language: a language tag like "en" expected', id="a path"),
        pytest.param("volume = true", "volume: a whole number from 0 to 100 expected", id="boolean volume"),
        pytest.param("volume = 5.5", "volume: a whole number from 0 to 100 expected", id="broken volume"),
        pytest.param("volume = -1", "volume: a whole number from 0 to 100 expected", id="negative volume"),
        pytest.param("source = 1", "source: written as [[source]] expected", id="source of a number"),
        pytest.param("[source]\nid = 'a'", "source: written as [[source]] expected", id="one bracket"),
        pytest.param("source = [1]", "source: written as [[source]] expected", id="list of numbers"),
    ],
)
def test_a_value_of_the_wrong_kind(file, text, problem):
    assert problems(file, text) == (problem,)


def test_the_same_id_twice(file):
    row = "[[source]]\nid = 'a'\nkind = 'alkarma'\naddress = 'h'\n"
    assert problems(file, row * 3) == ("source: the id 'a' is there twice",)


def test_a_setting_of_a_newer_version_is_passed_over_and_logged(file, caplog):
    file.write_text("telepathy = true\nvolume = 5")
    assert load(file) == Settings(volume=5)
    assert "telepathy" in caplog.text


def test_a_file_that_is_no_toml_says_where(file):
    (problem,) = problems(file, "volume = 5\nlanguage = en\n")
    assert "line 2" in problem


def test_a_file_that_is_no_text(file):
    file.write_bytes(b"language = '\xff'")
    with pytest.raises(SettingsError):
        load(file)


def test_a_file_that_cannot_be_read(tmp_path):
    with pytest.raises(SettingsError):
        load(tmp_path)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=200))
def test_any_file_is_settings_or_a_fault(file, content):
    file.write_bytes(content)
    with suppress(SettingsError):
        load(file)


VALUES = st.recursive(
    st.booleans() | st.integers(-5, 200) | st.text("ab-1 ", max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=4,
)


def toml(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name} = {toml(one)}" for name, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(toml, value)) + "]"
    return str(value).lower() if isinstance(value, bool) else repr(value)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "language": VALUES,
            "volume": VALUES,
            "source": VALUES
            | st.lists(
                st.fixed_dictionaries(
                    {}, optional={"id": VALUES, "kind": VALUES, "name": VALUES, "address": VALUES}
                ),
                max_size=3,
            ),
        },
    )
)
def test_any_values_are_settings_or_faults(file, document):
    file.write_text("\n".join(f"{name} = {toml(value)}" for name, value in document.items()))
    with suppress(SettingsError):
        read = load(file)
        assert 0 <= read.volume <= 100
        assert all(source.id and source.kind and source.address for source in read.sources)
