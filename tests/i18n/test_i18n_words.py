"""Every language says everything, in its own forms."""

import ast
import re
import string
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

import stb
from stb.errors import StbError
from stb.i18n import LANGUAGES, Words
from stb.i18n.words import messages

MOMENT = datetime(2026, 11, 22, 20, 47)  # noqa: DTZ001 - a clock on a wall
HOUSE = Path(stb.__file__).parent


def forms(message: object) -> list[str]:
    return [message] if isinstance(message, str) else list(dict(message).values())  # type: ignore[call-overload]


def places(message: object) -> set[str]:
    parts = (string.Formatter().parse(form) for form in forms(message))
    return {name for part in parts for _, name, _, _ in part if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_message_and_no_other(language: str) -> None:
    assert messages(language).keys() == messages("en").keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_message_says_the_same_values_in_every_language(language: str) -> None:
    for name, message in messages(language).items():
        assert places(message) == places(messages("en")[name]), name


def test_arabic_counts_in_six_forms() -> None:
    words = Words("ar")
    said = [words("channels.count", n=n) for n in (0, 1, 2, 3, 11, 100)]
    assert said == ["لا قنوات", "قناة واحدة", "قناتان", "٣ قنوات", "١١ قناة", "١٠٠ قناة"]


def test_english_counts_in_two() -> None:
    words = Words("en")
    assert [words("channels.count", n=n) for n in (1, 2314)] == ["1 channel", "2,314 channels"]


def test_the_clock_and_the_day() -> None:
    assert (Words("en").clock(MOMENT), Words("en").day(MOMENT)) == ("20:47", "Sun 22 Nov")
    assert (Words("ar").clock(MOMENT), Words("ar").day(MOMENT)) == ("٢٠:٤٧", "الأحد ٢٢ نوفمبر")


def test_the_date() -> None:
    assert [Words(language).date(MOMENT) for language in LANGUAGES] == ["22 Nov 2026", "٢٢ نوفمبر ٢٠٢٦"]


def test_the_direction() -> None:
    assert [Words(language).mirrored for language in ("en", "ar")] == [False, True]


def test_an_unknown_language_is_english() -> None:
    assert Words("tlh").language == "en"


def kinds(error: type[StbError]) -> Iterator[type[StbError]]:
    yield error
    for kind in error.__subclasses__():
        yield from kinds(kind)


def test_every_error_has_words_for_the_viewer() -> None:
    assert {kind.advice for kind in kinds(StbError)} <= messages("en").keys()


def test_every_message_is_said_somewhere() -> None:
    """A message id stands in the code as a text of its own."""
    said = {
        node.value
        for path in HOUSE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert {name for name in messages("en") if re.fullmatch(r"[a-z_]+\.[a-z_]+", name)} <= said
